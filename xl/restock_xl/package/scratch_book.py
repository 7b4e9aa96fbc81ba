"""A scratch book made ready for the book it goes into: other names of sheets and tables, names of its own kept."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from xml.sax.saxutils import escape

from lxml import etree

from restock.errors import WorkbookError

from .app_properties import properties_part, rename_sheets
from .archive import Archive
from .book import Book
from .escapes import decode, encode
from .markup import elements, main_tag, parse, serialise
from .relationships import reachable, relationship_tree, relationships, write_relationships
from .renaming import Renaming, words_of
from .shared_strings import is_plain_xml, unescape

_FORMULA = re.compile(
    rb"(<(?:[\w.-]+:)?(?:f|formula|formula1|formula2|calculatedColumnFormula|totalsRowFormula|Fmla\w+)(?:\s[^<>]*)?(?<!/)>)"
    rb"([^<]+)(?=</)"
)
_ATTRIBUTE = re.compile(
    rb"""(\s(?:location|textlink|fmlaLink|fmlaRange|fmlaGroup|fmlaTxbx)\s*=\s*|<(?:[\w.-]+:)?cfvo\s[^<>]*?\bval\s*=\s*)"""
    rb"""(?:"([^"]*)"|'([^']*)')"""
)
_MARKUP = (".xml", ".vml")
_BUILT_IN = "_xlnm."


def renamed(scratch: Book, renaming: Renaming) -> Book:
    """Return the book with sheets and tables under their new names, and all its formulas and links following."""
    if not renaming:
        return scratch
    archive, tree = scratch.archive.copy(), copy.deepcopy(scratch.tree)
    for sheet in elements(tree.find(main_tag("sheets"))):
        sheet.set("name", encode(renaming.sheet(decode(sheet.get("name") or ""))))
    for name in elements(tree.find(main_tag("definedNames"))):
        name.text = renaming.formula(name.text or "")
    tables = {table.part for table in scratch.tables()}
    for part in _parts_of_sheets(scratch):
        data = _plain(archive.read(part), part)
        adapted = _adapted(data, renaming)
        adapted = _table(adapted, part, renaming) if part in tables and renaming.tables else adapted
        if adapted != data:
            archive.write(part, adapted)
        _adapt_links(archive, part, renaming)
    properties = properties_part(scratch)
    if properties is not None:
        titles = parse(archive.read(properties), properties)
        rename_sheets(titles, renaming)
        archive.write(properties, serialise(titles))
    archive.write(scratch.part, serialise(tree))
    return Book(scratch.path, archive)


def with_names_on_sheets(scratch: Book) -> Book:
    """Return the book with every name of the whole workbook as one of each sheet that uses it or that it means.

    Names of the workbook are the user's; those of our sheets come and go with them.
    """
    tree = copy.deepcopy(scratch.tree)
    names = tree.find(main_tag("definedNames"))
    shared = [name for name in elements(names) if name.get("localSheetId") is None]
    shared = [name for name in shared if not (name.get("name") or "").startswith(_BUILT_IN)]
    if names is None or not shared:
        return scratch
    texts = {_folded(name): name.text or "" for name in shared}
    for place in map(str, range(len(scratch.sheets))):
        own = {_folded(name) for name in elements(names) if name.get("localSheetId") == place}
        for key in sorted(_needed(scratch, int(place), texts) - own):
            local = copy.deepcopy(next(name for name in shared if _folded(name) == key))
            local.set("localSheetId", place)
            names.append(local)
    for name in shared:
        names.remove(name)
    archive = scratch.archive.copy()
    archive.write(scratch.part, serialise(tree))
    return Book(scratch.path, archive)


def formulas_in(data: bytes) -> Iterator[str]:
    """Yield the formulas of a part other than the workbook: of cells, tables, rules, charts and links."""
    yield from (unescape(text) for _, text in _FORMULA.findall(data))
    yield from (unescape(one or other) for _, one, other in _ATTRIBUTE.findall(data))


def ensure_plain_sheets(scratch: Book) -> None:
    """Refuse a scratch book that holds anything but worksheets with what is their own.

    Raises:
        WorkbookError: It is a Strict one, a tab is a chart or a dialog, or holds a pivot table.
    """
    if scratch.tree.tag != main_tag("workbook"):
        raise WorkbookError(
            f'{scratch.path.name} is saved as "Strict Open XML Spreadsheet", so its sheets cannot be written into a '
            'workbook. Save it as "Excel Workbook (*.xlsx)".'
        )
    kinds = {relation.target: relation.kind for relation in scratch.relationships}
    for sheet in scratch.sheets:
        if kinds.get(sheet.part or "") != "worksheet":
            raise WorkbookError(
                f'"{sheet.name}" in {scratch.path.name} is no worksheet, so it cannot be written into a workbook. '
                "Put its chart on a worksheet."
            )
        if any(relation.kind == "pivotTable" for relation in relationships(scratch.archive, sheet.part or "")):
            raise WorkbookError(
                f'"{sheet.name}" in {scratch.path.name} holds a pivot table, which cannot be written into another '
                "workbook. Write its values."
            )


def _needed(scratch: Book, index: int, texts: dict[str, str]) -> set[str]:
    """Return the shared names that a sheet uses, or that mean cells on it, with those that they use themselves."""
    used: set[str] = set()
    part = scratch.sheets[index].part
    for source in reachable(scratch.archive, [part] if part else []):
        if PurePosixPath(source).suffix.lower() in _MARKUP:
            for formula in formulas_in(_plain(scratch.archive.read(source), source)):
                used |= words_of(formula)
    marker = Renaming({scratch.sheets[index].name: "\0"})
    needed = {name for name, text in texts.items() if name in used or marker.formula(text) != text}
    waiting = list(needed)
    while waiting:
        more = (words_of(texts[waiting.pop()]) & texts.keys()) - needed
        needed |= more
        waiting += more
    return needed


def _folded(name: etree._Element) -> str:
    return (name.get("name") or "").casefold()


def _parts_of_sheets(book: Book) -> list[str]:
    parts = reachable(book.archive, [sheet.part for sheet in book.sheets if sheet.part])
    return [part for part in parts if PurePosixPath(part).suffix.lower() in _MARKUP]


def _plain(data: bytes, part: str) -> bytes:
    """Return a part in which formulas can be found as bytes."""
    if is_plain_xml(data) or part.lower().endswith(".vml"):
        return data
    root = parse(data, part)
    etree.strip_tags(root, etree.Comment)
    return serialise(root)


def _adapted(data: bytes, renaming: Renaming) -> bytes:
    def formula(found: re.Match[bytes]) -> bytes:
        before = unescape(found[2])
        after = renaming.formula(before)
        return found[0] if after == before else found[1] + escape(after).encode()

    def attribute(found: re.Match[bytes]) -> bytes:
        before = unescape(found[2] if found[2] is not None else found[3])
        after = renaming.formula(before)
        return found[0] if after == before else found[1] + b'"' + escape(after, {'"': "&quot;"}).encode() + b'"'

    return _ATTRIBUTE.sub(attribute, _FORMULA.sub(formula, data))


def _table(data: bytes, part: str, renaming: Renaming) -> bytes:
    root = parse(data, part)
    for attribute in ("name", "displayName"):
        if (name := root.get(attribute)) is not None:
            root.set(attribute, encode(renaming.table(decode(name))))
    return serialise(root)


def _adapt_links(archive: Archive, part: str, renaming: Renaming) -> None:
    """Let links of pictures lead to the new names: they stand among the relationships, as `#Sheet!A1`."""
    tree = relationship_tree(archive, part)
    links = [link for link in elements(tree) if (link.get("Target") or "").startswith("#")]
    for link in links:
        link.set("Target", "#" + renaming.formula((link.get("Target") or "")[1:]))
    if links:
        write_relationships(archive, part, tree)
