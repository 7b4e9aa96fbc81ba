"""What a book reads from outside itself: other files, programs, web addresses. It is named, and never opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from .book import Book
from .escapes import decode
from .markup import RELATIONSHIP_ID, elements, is_true, local_name, parse
from .relationships import relationship_tree, relationships
from .renaming import words_of
from .shared_strings import unescape

_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f(?:\s[^<>]*)?(?<!/)>([^<]+)</")
_REFERENCE = re.compile(rb"""<(?:[\w.-]+:)?c\s[^<>]*?\br\s*=\s*["']([A-Z]+\d+)["']""")
_ASKING = ("webservice", "rtd", "image", "stockhistory")
_FUNCTIONS = frozenset(prefix + name for name in _ASKING for prefix in ("", "_xlfn."))
# As Excel writes them, and as programs do that do not know them.
_SPELLED = [b"|", *(spelling.encode() + b"(" for name in _ASKING for spelling in (name.upper(), name))]
_PROGRAM = re.compile(r"\w+\|(?:'(?:[^']|'')*'|\w+)!")
_TEXT = re.compile(r'"((?:[^"]|"")*)"')
_SOURCE = re.compile(r"(?:^|;)\s*(?:Data Source|Server|Source|Location)\s*=\s*([^;]*)", re.IGNORECASE)


class OutsideLink(NamedTuple):
    """One thing outside a book that it reads.

    `kind` is "workbook", "dde", "ole", "picture", "connection" or "function"; `where` is how formulas call it (`[1]`),
    the name of a connection, a sheet, or a cell; `target` is the file, program or address, "" where none is stated.
    """

    kind: str
    where: str
    target: str


def outside_links(book: Book | Path | str, largest_sheet: int | None = None) -> list[OutsideLink]:
    """Return what a book reads from outside itself when it is opened or computed; nothing is followed.

    These are other workbooks, DDE and OLE links (`program|topic!item` in a formula too), linked pictures, connections
    that refresh on opening, and formulas with WEBSERVICE, RTD, IMAGE or STOCKHISTORY. Hyperlinks are not among them:
    only a click follows them.

    Args:
        book: A workbook, or its file.
        largest_sheet: A sheet with more bytes than this is not searched for formulas; None searches all.
    Raises:
        WorkbookError: The file cannot be read.
    """
    book = book if isinstance(book, Book) else Book(Path(book))
    return [
        *_external_books(book), *_connections(book), *_pivot_sources(book), *_on_sheets(book),
        *_asking_formulas(book, largest_sheet),
    ]  # fmt: skip


def _external_books(book: Book) -> Iterator[OutsideLink]:
    parts = {relation.id: relation.target for relation in book.relationships if relation.kind == "externalLink"}
    references = elements(book.tree.find("{*}externalReferences"))
    for number, reference in enumerate(references, start=1):
        part = parts.get(reference.get(RELATIONSHIP_ID) or "")
        if part is None or not book.archive.has(part):
            continue
        root, where = parse(book.archive.read(part), part), f"[{number}]"
        targets = _external_targets(book, part)
        for link in elements(root):
            if local_name(link) == "ddeLink":
                yield OutsideLink("dde", where, "|".join(filter(None, (link.get("ddeService"), link.get("ddeTopic")))))
            elif local_name(link) in ("externalBook", "oleLink"):
                kind = "ole" if local_name(link) == "oleLink" else "workbook"
                yield OutsideLink(kind, where, targets.get(link.get(RELATIONSHIP_ID) or "", ""))


def _connections(book: Book) -> Iterator[OutsideLink]:
    part = book.part_of_kind("connections")
    if part is not None:
        for connection in elements(parse(book.archive.read(part), part)):
            if is_true(connection.get("refreshOnLoad")):
                yield OutsideLink("connection", decode(connection.get("name") or ""), _source(connection))


def _source(connection: etree._Element) -> str:
    """Return where a connection leads, without the rest of its settings: they may hold a password."""
    for element in connection.iter(etree.Element):
        for attribute in ("url", "sourceFile"):
            if element.get(attribute):
                return str(element.get(attribute))
        found = _SOURCE.search(element.get("connection") or "")
        if found:
            return found[1].strip().strip('"')
    return connection.get("sourceFile") or connection.get("odcFile") or ""


def _pivot_sources(book: Book) -> Iterator[OutsideLink]:
    for relation in book.relationships:
        if relation.kind != "pivotCacheDefinition" or not book.archive.has(relation.target):
            continue
        root = parse(book.archive.read(relation.target), relation.target)
        source = root.find("{*}cacheSource/{*}worksheetSource")
        targets = _external_targets(book, relation.target)
        if source is not None and (identifier := source.get(RELATIONSHIP_ID)) in targets:
            where = decode(source.get("sheet") or source.get("name") or "")
            yield OutsideLink("workbook", where, targets[str(identifier)])


def _on_sheets(book: Book) -> Iterator[OutsideLink]:
    """Linked pictures and objects, and queries that refresh on opening."""
    for sheet in book.sheets:
        for relation in relationships(book.archive, sheet.part) if sheet.part else ():
            if relation.kind == "drawing":
                for target in _external_targets(book, relation.target, "image").values():
                    yield OutsideLink("picture", sheet.name, target)
            elif relation.kind == "queryTable" and book.archive.has(relation.target):
                root = parse(book.archive.read(relation.target), relation.target)
                if is_true(root.get("refreshOnLoad")):
                    yield OutsideLink("connection", sheet.name, decode(root.get("name") or ""))
        for target in _external_targets(book, sheet.part or "", "oleObject").values() if sheet.part else ():
            yield OutsideLink("ole", sheet.name, target)


def _asking_formulas(book: Book, largest_sheet: int | None) -> Iterator[OutsideLink]:
    for sheet in book.sheets:
        if sheet.part is None or (largest_sheet is not None and book.archive.unpacked_size(sheet.part) > largest_sheet):
            continue
        data = book.archive.read(sheet.part)
        if b"<f" not in data or not any(spelling in data for spelling in _SPELLED):
            continue
        for found in _FORMULA.finditer(data):
            if asked := _asked(unescape(found[1])):
                cell = _REFERENCE.match(data, data.rfind(b"<", 0, data.rfind(b" r=", 0, found.start())))
                yield OutsideLink(asked[0], f"{sheet.name}!{cell[1].decode() if cell else ''}", asked[1])
    for name in book.defined_names:
        if asked := _asked(name.text or ""):
            yield OutsideLink(asked[0], decode(name.get("name") or ""), asked[1])


def _asked(formula: str) -> tuple[str, str] | None:
    """Return the kind and the target of what a formula asks for outside the book; most ask nothing."""
    program = _PROGRAM.search(_TEXT.sub('""', formula))
    if program is not None:
        return "dde", program[0].removesuffix("!")
    if _FUNCTIONS.isdisjoint(words_of(formula)):
        return None
    found = _TEXT.search(formula)  # nearly always the address
    return "function", found[1].replace('""', '"') if found else formula


def _external_targets(book: Book, part: str, kind: str = "") -> dict[str, str]:
    """Return the targets outside the book that a part names, by the relationship's id."""
    tree = relationship_tree(book.archive, part)
    return {
        element.get("Id") or "": element.get("Target") or ""
        for element in elements(tree)
        if element.get("TargetMode") == "External" and (element.get("Type") or "").endswith(kind)
    }
