"""Colours that follow a cell, and what may be typed into it: rules of ours that a sheet lost."""

from __future__ import annotations

import copy
import re

from lxml import etree

from restock.schema.columns import Table
from restock.schema.inputs import INPUT_TABLES
from restock.text import Words, say
from restock_xl.checking.headers import columns_of, known_columns
from restock_xl.package.book import TableRef
from restock_xl.package.markup import elements, insert_ordered, main_tag, whole_number
from restock_xl.package.read import BookContents
from restock_xl.package.references import Area, area, column_letter, column_number
from restock_xl.package.sheet_frame_edit import ORDER, with_frame
from restock_xl.repair.formats import FormatMaker
from restock_xl.repair.reference import Reference
from restock_xl.sheets.input_sheets import stock_place as new_place
from restock_xl.sheets.layout import FIRST_ROW, quoted, tab_names
from restock_xl.stock_cells import folded_formula
from restock_xl.stock_place import place_in

_OWN_CELL = re.compile(rf"(?<![!$A-Z])\$([A-Z]{{1,2}}){FIRST_ROW + 1}(?!\d)")
_SHEETS = ("Settings", "Warehouses", "Suppliers", "Forecast")


def put_back_rules(contents: BookContents, reference: Reference, words: Words) -> list[str]:
    """Put back the colours and the checks of cells that the input tables of a book of ours have lost."""
    done: list[str] = []
    for ref in contents.book.tables() if contents.book.owned() else ():
        table = next((one for one in INPUT_TABLES.values() if one.name.casefold() == ref.name.casefold()), None)
        if table is not None and area(ref.ref) is not None:
            done += _Rules(contents, reference, table, ref).put_back(words)
    return done


class _Rules:
    """The rules of one table, as they would stand in this book."""

    def __init__(self, contents: BookContents, reference: Reference, table: Table, ref: TableRef) -> None:
        place = area(ref.ref)
        assert place is not None
        self._contents, self._reference, self._table, self._place = contents, reference, table, place
        self._sheet = ref.sheet
        known = known_columns(table, list(ref.columns))
        names = [column.name for column in columns_of(table)]
        self._columns = {k: place.left + known[name] for k, name in enumerate(names, start=1) if name in known}
        self._formats = FormatMaker(contents.book, reference)
        self._texts = self._references()
        self.checks = self.colours = 0

    def put_back(self, words: Words) -> list[str]:
        part = self._contents.book.part_of_sheet(self._sheet)
        archive = self._contents.book.archive
        archive.write(part, with_frame(archive.read(part), part, self._edit))
        if self.colours:
            self._formats.store()
        found = []
        if self.checks:
            found.append(say("repair.checks", words, sheet=self._sheet, count=self.checks))
        if self.colours:
            found.append(say("repair.colours", words, sheet=self._sheet, count=self.colours))
        return found

    def _edit(self, frame: etree._Element) -> bool:
        new = self._reference.frame(self._table)
        self._add_checks(frame, new)
        self._add_colours(frame, new)
        return bool(self.checks or self.colours)

    def _add_checks(self, frame: etree._Element, new: etree._Element) -> None:
        held = frame.find(main_tag("dataValidations"))
        areas = [one for rule in elements(held) for one in _areas(rule)]
        for rule in elements(new.find(main_tag("dataValidations"))):
            place = area(rule.get("sqref") or "")
            column = self._columns.get(place.left) if place is not None else None
            if place is None or column is None or _covered(areas, self._place.top + 1, column):
                continue
            copied = self._copied(rule)
            if copied is None:
                continue
            bottom = max(self._place.bottom, self._place.top + place.bottom - place.top)
            letter = column_letter(column)
            copied.set("sqref", f"{letter}{self._place.top + 1}:{letter}{bottom}")
            if held is None:
                held = frame.makeelement(main_tag("dataValidations"), {})
                insert_ordered(frame, held, ORDER)
            held.append(copied)
            held.set("count", str(len(list(elements(held)))))
            self.checks += 1

    def _add_colours(self, frame: etree._Element, new: etree._Element) -> None:
        held = {folded_formula(one.text or "") for one in frame.iter(main_tag("formula"))}
        priority = max((whole_number(one.get("priority")) for one in frame.iter(main_tag("cfRule"))), default=0)
        for group in new.findall(main_tag("conditionalFormatting")):
            place = area(group.get("sqref") or "")
            columns = [self._columns.get(k) for k in (place.left, place.right)] if place is not None else [None]
            copied = self._copied(group)
            if copied is None or None in columns:
                continue
            for rule in list(elements(copied)):
                text = "".join(one.text or "" for one in rule.findall(main_tag("formula")))
                if folded_formula(text) in held:
                    copied.remove(rule)
                    continue
                priority += 1
                rule.set("priority", str(priority))
                rule.set("dxfId", str(self._formats.differential(whole_number(rule.get("dxfId")))))
                self.colours += 1
            if len(copied):
                first, last = sorted(column for column in columns if column is not None)
                top = self._place.top + 1
                copied.set("sqref", f"{column_letter(first)}{top}:{column_letter(last)}{self._place.bottom}")
                insert_ordered(frame, copied, ORDER)

    def _copied(self, rule: etree._Element) -> etree._Element | None:
        """A rule with its formulas as they read in this book; None where it needs what the book lacks."""
        copied = copy.deepcopy(rule)
        for one in copied.iter(main_tag("formula"), main_tag("formula1"), main_tag("formula2")):
            text = self._moved(one.text or "")
            if text is None:
                return None
            one.text = text
        return copied

    def _moved(self, text: str) -> str | None:
        missing = False

        def letter(found: re.Match[str]) -> str:
            nonlocal missing
            column = self._columns.get(column_number(found[1]))
            missing |= column is None
            return f"${column_letter(column or 1)}{self._place.top + 1}"

        text = _OWN_CELL.sub(letter, text)
        for old, new in self._texts.items():
            if old in text:
                missing |= new is None
                text = text.replace(old, new or old)
        return None if missing else text

    def _references(self) -> dict[str, str | None]:
        """What a new book calls other sheets, and what this one does; None where it has no such sheet."""
        names, language = tab_names(self._reference.language), self._reference.language
        sheets = {name: table.sheet for name, table in self._contents.raw.tables.items()} | self._contents.book.owned()
        found: dict[str, str | None] = {}
        here = place_in(self._contents, sheets.get("Forecast", ""))
        soon = f"{quoted(names['Settings'])}!{new_place(language).settings['order_soon_days']}"
        cell = None if here is None else here.settings.get("order_soon_days")
        found[soon] = None if cell is None else f"{quoted(sheets['Settings'])}!{cell}"
        for name in _SHEETS:
            found[f"{quoted(names[name])}!"] = f"{quoted(sheets[name])}!" if name in sheets else None
        return found


def _areas(rule: etree._Element) -> list[Area]:
    return [one for text in (rule.get("sqref") or "").split() if (one := area(text)) is not None]


def _covered(areas: list[Area], row: int, column: int) -> bool:
    return any(one.top <= row <= one.bottom and one.left <= column <= one.right for one in areas)
