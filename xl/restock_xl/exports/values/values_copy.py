"""The copy of a book in values: what its sheets show, in a new file that holds nothing else."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from lxml import etree

from restock.formula.engine import Engine
from restock_xl.exports.values.conditional import paints_of
from restock_xl.exports.values.sheet_frame import Cut
from restock_xl.exports.values.shown_styles import ShownStyles
from restock_xl.exports.values.shown_values import shown_book
from restock_xl.exports.values.text_table import TextTable
from restock_xl.exports.values.value_sheet import ValueSheet
from restock_xl.exports.values.values_package import CopiedSheet, CopyPackage
from restock_xl.package.book import Book, TableRef
from restock_xl.package.formula_book import FormulaBook
from restock_xl.package.markup import MAIN, elements, main_tag, parse, serialise, whole_number
from restock_xl.package.references import area, column_letter, column_number
from restock_xl.package.relationships import relationships_part
from restock_xl.package.shared_strings import SharedStrings
from restock_xl.package.styles import EMPTY_STYLESHEET
from restock_xl.sheets.layout import quoted

_ROWS_REPEATED = re.compile(r"\$(\d+):\$(\d+)")


def values_copy(
    book: Book, cuts: Mapping[str, Cut], active: str | None, about: str, mark: str, today: dt.date
) -> CopyPackage:
    """Return the copy; nothing is written yet.

    Args:
        book: The book; formulas without a value are evaluated in its package in memory.
        cuts: What is shown of each sheet, by name, in the order of the copy's tabs.
        active: The tab that opens first; the first of all where it is not among them.
        about: The title in the file's properties, also on top of each printed page.
        mark: The value of the property that marks the file as a copy.
        today: What TODAY() answers.
    Raises:
        WorkbookError: A part is damaged.
    """
    copier = _Copier(shown_book(book, today), today)
    names = list(cuts)
    shown = active if active is not None and active in cuts else names[0]
    sheets = [copier.copied(name, cuts[name], name == shown, about) for name in names]
    return CopyPackage(
        sheets, copier.styles, copier.texts, names.index(shown), book.date1904, about, mark, today, _theme(book)
    )


class _Copier:
    """Copies sheet after sheet; they share styles, texts and the numbers of tables."""

    def __init__(self, shown: FormulaBook, today: dt.date) -> None:
        self._book, self._workbook = shown.book, shown.workbook
        self._filtered = {sheet.name: sheet.filtered_rows for sheet in self._workbook.sheets}
        self._engine = Engine(self._workbook, today)
        self._strings = SharedStrings(self._book.archive, self._book.part_of_kind("sharedStrings"))
        part = self._book.part_of_kind("styles")
        data = EMPTY_STYLESHEET if part is None else self._book.archive.read(part)
        self.styles, self.texts = ShownStyles(parse(data, "styles")), TextTable()
        self._tables = 0

    def copied(self, name: str, cut: Cut, selected: bool, header: str) -> CopiedSheet:
        """Return one sheet of the copy."""
        part = self._book.part_of_sheet(name)
        root = parse(self._book.archive.read(part), part)
        rows = root.findall(f"{main_tag('sheetData')}/{main_tag('row')}")
        sheet = self._workbook.sheet(name)
        paints = {}
        if sheet is not None and rows:
            last_row = max(whole_number(rows[-1].get("r")), len(rows))
            paints = paints_of(root, sheet, self._engine, last_row, _last_column(rows))
        tables = [made for ref in self._book.tables() if ref.sheet == name and (made := self._table(ref, cut))]
        ids = [f"rId{number}" for number, _ in enumerate(tables, start=1)]
        filtered = self._filtered.get(name, frozenset())
        page = ValueSheet(root, self._strings, self.styles, self.texts, paints, filtered, self._book.date1904, cut)
        return CopiedSheet(name, page.markup(selected, header, ids), tuple(tables), self._print_titles(name))

    def _table(self, ref: TableRef, cut: Cut) -> bytes | None:
        """The table of a copy: its range, its headers and its look; None where it is not shown."""
        place = area(ref.ref)
        if place is None or not ref.header_rows or (cut.place(place.top, place.left) is None and cut.columns is None):
            return None
        old = parse(self._book.archive.read(ref.part), ref.part)
        names = [column.get("name") or "" for column in elements(old.find(main_tag("tableColumns")))]
        places = [(cut.place(place.top, place.left + offset), name) for offset, name in enumerate(names)]
        shown = sorted((column, name) for column, name in places if column is not None)
        last = place.bottom - ref.totals_rows
        if not shown or last <= place.top or cut.place(last, place.left + names.index(shown[0][1])) is None:
            return None
        self._tables += 1
        left, right = column_letter(shown[0][0]), column_letter(shown[-1][0])
        reference = f"{left}{place.top}:{right}{last}"
        return _table_markup(old, self._tables, reference, [name for _, name in shown])

    def _print_titles(self, name: str) -> str:
        """The rows that each page of a sheet repeats, as a reference; "" where none are."""
        sheet = self._book.sheet(name)
        for element in self._book.defined_names:
            local = whole_number(element.get("localSheetId"), -1)
            if sheet is not None and local == sheet.index and element.get("name") == "_xlnm.Print_Titles":
                found = _ROWS_REPEATED.search(element.text or "")
                return f"{quoted(name)}!${found[1]}:${found[2]}" if found else ""
        return ""


def _table_markup(old: etree._Element, number: int, reference: str, names: list[str]) -> bytes:
    attributes = {"id": str(number), "name": old.get("displayName") or "", "displayName": old.get("displayName") or "",
                  "ref": reference, "totalsRowShown": "0"}  # fmt: skip
    table = etree.Element(main_tag("table"), attributes, nsmap={None: MAIN})  # type: ignore[dict-item]
    if old.find(main_tag("autoFilter")) is not None:
        etree.SubElement(table, main_tag("autoFilter"), {"ref": reference})
    columns = etree.SubElement(table, main_tag("tableColumns"), {"count": str(len(names))})
    for place, name in enumerate(names, start=1):
        etree.SubElement(columns, main_tag("tableColumn"), {"id": str(place), "name": name})
    look = old.find(main_tag("tableStyleInfo"))
    if look is not None:
        etree.SubElement(table, main_tag("tableStyleInfo"), {str(k): str(v) for k, v in look.attrib.items()})
    return serialise(table)


def _last_column(rows: list[etree._Element]) -> int:
    found = 1
    for row in rows:
        last = next(row.iterchildren(main_tag("c"), reversed=True), None)
        stated = re.match("[A-Za-z]{1,3}", last.get("r") or "") if last is not None else None
        found = max(found, column_number(stated.group()) if stated else len(row))
    return found


def _theme(book: Book) -> bytes | None:
    """The theme, where it is whole in itself."""
    part = book.part_of_kind("theme")
    if part is None or book.archive.has(relationships_part(part)):
        return None
    return book.archive.read(part)

