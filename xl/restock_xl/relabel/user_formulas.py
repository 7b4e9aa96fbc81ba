"""The formulas in a book that are not ours, each with where it stands, and which of them read what is ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from restock.schema.words import CHOICES, words
from restock.text import Words, cell_reference
from restock_xl.own.found import own_sheets
from restock_xl.package.escapes import decode
from restock_xl.package.markup import whole_number
from restock_xl.package.read import BookContents
from restock_xl.package.references import column_letter
from restock_xl.package.relationships import reachable
from restock_xl.package.renaming import sheets_of, words_of
from restock_xl.package.scratch_book import formulas_in
from restock_xl.relabel.labels import LANGUAGES
from restock_xl.relabel.names import NewNames
from restock_xl.relabel.stock import Ours

_RULES = re.compile(rb"<(?:[\w.-]+:)?(?:conditionalFormatting|dataValidations)\b.*", re.DOTALL)
_DRAWN = re.compile(r"/(?:charts|drawings|ctrlProps)/", re.IGNORECASE)


@dataclass(frozen=True)
class UserFormula:
    """One formula: `sheet` is "" for a name of the book, `place` the cell, None for a rule, a chart or a name."""

    text: str
    sheet: str
    place: tuple[int, int] | None = None
    name: str = ""

    def where(self, in_words: Words, sheets: Mapping[str, str]) -> str:
        """Where it stands, as people say it; `sheets` has new names of sheets by their old ones."""
        sheet = sheets.get(self.sheet, self.sheet)
        if self.place is None:
            return self.name or sheet
        return cell_reference(sheet, f"{column_letter(self.place[1])}{self.place[0]}", in_words)


def user_formulas(contents: BookContents, names: NewNames, ours: Ours) -> list[UserFormula]:
    """Return every formula of the user's: cells, rules of colour, checks, charts, defined names."""
    return [*_cells(contents, names, ours), *_rules(contents), *_drawn(contents), *_named(contents)]


def reading_ours(contents: BookContents, names: NewNames, formulas: list[UserFormula]) -> list[UserFormula]:
    """Return those that read a sheet or table of ours, stand on one, or read a sheet that does."""
    near = {sheet.casefold() for sheet in (*names.tabs.values(), *(table.sheet for table in names.tables))}
    on_sheet = {ref.name.casefold(): ref.sheet.casefold() for ref in contents.book.tables()}
    named = {formula.name.casefold(): formula for formula in formulas if formula.name}
    reads = [(formula, _read(formula, on_sheet)) for formula in formulas]
    reached: set[int] = set()
    before = -1
    while len(reached) != before:
        before = len(reached)
        for number, (formula, read) in enumerate(reads):
            if number in reached or not (read & near or formula.sheet.casefold() in near):
                continue
            reached.add(number)
            # A name that reads ours carries on to whoever uses it, like a sheet.
            near.add(formula.name.casefold() if formula.name.casefold() in named else formula.sheet.casefold())
    return [formulas[number] for number in sorted(reached)]


def _read(formula: UserFormula, on_sheet: dict[str, str]) -> set[str]:
    named = words_of(formula.text)
    return sheets_of(formula.text) | named | {on_sheet[word] for word in named if word in on_sheet}


def _cells(contents: BookContents, names: NewNames, ours: Ours) -> Iterator[UserFormula]:
    stock = contents.raw.tables["Stock"].sheet if "Stock" in contents.raw.tables else ""
    owned = {sheet.casefold() for sheet in contents.book.owned().values()}
    for sheet in contents.book.sheets:
        if sheet.part is None or sheet.name.casefold() in owned or b"<f" not in contents.book.archive.read(sheet.part):
            continue
        formulas = contents.cells(sheet.name).formulas
        for place in formulas:
            text = formulas.text(*place)
            if text and not (sheet.name == stock and place in ours):
                yield UserFormula(text, sheet.name, place)
    for own in own_sheets(contents).values():
        for place, cell in own.cells.items():
            if cell.formula:
                yield UserFormula(cell.formula, own.name, place)


def _rules(contents: BookContents) -> Iterator[UserFormula]:
    """Rules of colour and checks, ours among them; our colours know the words of both languages."""
    lists = {f'"{",".join(words(kind, language))}"' for kind in CHOICES for language in LANGUAGES}
    for sheet in contents.book.sheets:
        data = contents.book.archive.read(sheet.part) if sheet.part else b""
        found = _RULES.search(data, max(data.rfind(b"sheetData>"), 0))
        for text in sorted(set(formulas_in(found[0])) - lists) if found else ():
            yield UserFormula(text, sheet.name)


def _drawn(contents: BookContents) -> Iterator[UserFormula]:
    """Charts, and what pictures and controls are linked to."""
    archive = contents.book.archive
    for sheet in contents.book.sheets:
        for part in reachable(archive, [sheet.part]) if sheet.part else ():
            if PurePosixPath(part).suffix.lower() in (".xml", ".vml") and _DRAWN.search(part):
                yield from (UserFormula(text, sheet.name) for text in formulas_in(archive.read(part)))


def _named(contents: BookContents) -> Iterator[UserFormula]:
    for element in contents.book.defined_names:
        name, text = decode(element.get("name") or ""), decode(element.text or "")
        index = whole_number(element.get("localSheetId"), -1)
        sheet = contents.book.sheets[index].name if 0 <= index < len(contents.book.sheets) else ""
        if not name.startswith("_") and not name.upper().startswith("RESTOCK_"):
            yield UserFormula(text, sheet, name=name)
