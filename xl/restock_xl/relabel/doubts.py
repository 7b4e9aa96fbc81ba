"""What in a book cannot follow to the other language safely: it is named, and the book is left as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from restock_xl.package.book import Book
from restock_xl.package.macro_project import has_our_macros
from restock_xl.package.markup import parse
from restock_xl.package.read import BookContents
from restock_xl.package.renaming import columns_of, texts_of
from restock_xl.relabel.asked_texts import asked_texts
from restock_xl.relabel.labels import renamed_words
from restock_xl.relabel.names import NewNames
from restock_xl.relabel.pivots import pivots_of_ours
from restock_xl.relabel.user_formulas import UserFormula

_BUILDS = re.compile(r"\bINDIRECT\s*\(", re.IGNORECASE)
_CRITERION = re.compile(r"^(?:<>|<=|>=|=|<|>)?[*?]*|[*?]+$")
_MASHUP = b"DataMashup"


class Doubt(NamedTuple):
    """One thing: the sentence that says it, where it stands, and what the sentence names."""

    key: str
    at: UserFormula | None
    params: dict[str, Any]


def doubts_of(contents: BookContents, names: NewNames, formulas: list[UserFormula]) -> list[Doubt]:
    """Return everything that cannot follow.

    Args:
        formulas: Those of the user's that read what is ours.
    """
    texts = _Texts(names)
    found = [doubt for formula in formulas for doubt in texts.doubts(formula)]
    for table, place in names.taken:
        cell = UserFormula("", table.sheet, (table.header_row, table.left + place))
        found.append(Doubt("relabel.taken", cell, {"value": table.headers[place], "new": table.new_headers()[place]}))
    return [*found, *_parts(contents.book, names)]


class _Texts:
    """The texts in formulas that mean something of ours."""

    def __init__(self, names: NewNames) -> None:
        self._words = renamed_words(names.target)
        self._sheets = {old.casefold(): new for old, new in names.sheets.items()}
        self._headers: dict[str, tuple[str, str]] = {}
        for table in names.tables:
            for place, new in names.headers(table).items():
                name = table.ref.name if table.ref is not None else table.key
                self._headers.setdefault(table.headers[place].casefold(), (name, new))
        self._renaming = names.renaming

    def doubts(self, formula: UserFormula) -> Iterator[Doubt]:
        """Yield at most one doubt of each kind."""
        asked = asked_texts(formula.text)
        folded = {text.casefold() for text in asked}
        yield from self._of_words(formula, asked, folded)
        for text in asked:
            table, new = self._headers.get(text.casefold(), ("", ""))
            if table and text.casefold() not in self._words and new.casefold() not in folded:
                yield Doubt("relabel.header", formula, {"value": text, "new": new, "table": table})
                break
        if _BUILDS.search(formula.text):
            yield from self._of_pieces(formula, texts_of(self._renaming.formula(formula.text)))
        yield from self._without_table(formula)

    def _of_words(self, formula: UserFormula, asked: list[str], folded: set[str]) -> Iterator[Doubt]:
        for text in asked:
            for piece in (text, _CRITERION.sub("", text), *text.split(",")):
                new = self._words.get(piece.strip().casefold())
                if new is not None and not any(new.casefold() in one for one in folded):
                    yield Doubt("relabel.word", formula, {"value": piece.strip(), "new": new})
                    return

    def _of_pieces(self, formula: UserFormula, texts: list[str]) -> Iterator[Doubt]:
        """A reference put together from pieces: what follows INDIRECT at once was renamed already."""
        for text in texts:
            for old, new in (*self._sheets.items(), *((old, pair[1]) for old, pair in self._headers.items())):
                if old in text.casefold():
                    yield Doubt("relabel.indirect", formula, {"value": old, "new": new})
                    return

    def _without_table(self, formula: UserFormula) -> Iterator[Doubt]:
        for table, brackets in columns_of(formula.text):
            name = brackets.strip("[]@ ")
            if not table and name.casefold() in self._headers:
                yield Doubt("relabel.no_table", formula, {"value": name})
                return


def _parts(book: Book, names: NewNames) -> Iterator[Doubt]:
    """Macros, queries, pivot tables and slicers."""
    if book.part_of_kind("vbaProject") is not None and not has_our_macros(book):
        yield Doubt("relabel.macros", None, {})
    for part in book.archive.parts():
        if part.lower().startswith("customxml/item") and _MASHUP in book.archive.read(part).replace(b"\0", b""):
            yield Doubt("relabel.query", None, {})
            break
    yield from _pivots(book, names)


def _pivots(book: Book, names: NewNames) -> Iterator[Doubt]:
    for sheet, table, _ in pivots_of_ours(book, names):
        yield Doubt("relabel.pivot", None, {"sheet": sheet, "value": table.key})
    numbers = {str(table.ref.number): table.ref.name for table in names.tables if table.ref is not None}
    for relation in book.relationships:
        if relation.kind == "slicerCache" and book.archive.has(relation.target):
            root = parse(book.archive.read(relation.target), relation.target)
            for one in root.iter("{*}tableSlicerCache"):
                if one.get("tableId") in numbers:
                    yield Doubt("relabel.slicer", None, {"value": numbers[one.get("tableId") or ""]})
