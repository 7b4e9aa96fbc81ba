"""The lines that stand in a book now, from which the copies for warehouses and suppliers are made: nothing is planned.

Input tables are read as a press reads them; accepted lines and suggestions as people left them on our sheets.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from restock.ledger.lines import ORDER, TRANSFER, Line, LineType, read_lines, spelled
from restock.schema.columns import Table, normal_key
from restock.schema.outputs import FORECAST, ORDERS
from restock.schema.raw import RawBook
from restock.schema.records import records
from restock.schema.rows import read_cell
from restock.schema.table_view import TableView
from restock.schema.tables import Tables
from restock.schema.validate import validate
from restock.text import Words
from restock_xl.package.read import BookContents
from restock_xl.previous import last_press, output_table

Row = dict[str, Any]
_CLOSED = ("received", "cancelled")
_NOT_NEEDED = ("Sales", "Livestreams", "Events", "Bundles", "Routes")


@dataclass(frozen=True)
class BookLines:
    """What a book holds for the copies.

    Attributes:
        contents: The book as it was read.
        tables: Its input tables, checked; without Sales and shows.
        words: The book's language and currency, and the day of the copy.
        names: The spelling of every SKU, warehouse and supplier by its folded name (§10).
        pressed: Day of the last press; None where the button was never pressed.
    """

    contents: BookContents
    tables: Tables
    words: Words
    names: dict[str, str]
    pressed: dt.date | None

    @cached_property
    def catalog(self) -> dict[str, Row]:
        """The row of Catalog of each SKU."""
        return {row["sku"]: row for row in records(self.tables.catalog.drop_duplicates("sku"))}

    @cached_property
    def inbound(self) -> list[Row]:
        """The open lines of Inbound; `blank` names of places are filled in as a press does."""
        rows = records(self.tables.inbound)
        return [row for row in rows if row["state"] not in _CLOSED and row["ordered"] > (row["received"] or 0.0)]

    def orders(self) -> list[Row]:
        """The accepted order lines that are open and do not stand on Inbound."""
        return self._committed(ORDER)

    def transfers(self) -> list[Row]:
        """The accepted transfers that are open and do not stand on Inbound."""
        return self._committed(TRANSFER)

    def order_drafts(self) -> list[Row]:
        """The suggested orders, each of the user's own quantity where one is typed."""
        found = []
        for row in self._rows(ORDERS):
            if row["sku"] and row["units"]:
                units = row["own_units"] or row["units"]
                changed = units != row["units"]
                cost = row["unit_cost"]
                amount = (None if cost is None else units * cost) if changed else row["amount"]
                found.append(row | {"units": units, "amount": amount})
        return found

    def forecasts(self) -> list[Row]:
        """The rows of the forecast of the last press."""
        return [row for row in self._rows(FORECAST) if row["sku"]]

    def spelling(self, name: str) -> str:
        """A name as the book spells it."""
        return self.names.get(normal_key(name), name)

    def _rows(self, table: Table) -> list[Row]:
        raw = output_table(self.contents, table)
        if raw is None:
            return []
        view = TableView.of(raw, table)
        cells = {name: view.contents(name) for name in table.by_name}
        rows = [
            {name: read_cell(cells[name][place], table[name]).value for name in table.by_name}
            for place in range(len(view))
        ]
        for row in rows:
            for name in ("sku", "supplier", "warehouse"):
                if row.get(name):
                    row[name] = self.spelling(row[name])
        return rows

    def _committed(self, kind: LineType) -> list[Row]:
        lines, _ = read_lines(kind, output_table(self.contents, kind.committed), self.names)
        return [line.values for line in lines if _is_open(line) and not self._on_inbound(kind, line)]

    def _on_inbound(self, kind: LineType, line: Line) -> bool:
        """Whether the line has moved to Inbound, where it then counts (§33)."""
        key = tuple(normal_key(line.values[name]) for name in ("document", "sku", kind.destination))
        return bool(key[0]) and key in self._inbound_keys

    @cached_property
    def _inbound_keys(self) -> set[tuple[str, ...]]:
        columns = (self.tables.inbound[name] for name in ("document", "sku", "warehouse"))
        return {tuple(map(normal_key, key)) for key in zip(*columns, strict=True)}


def book_lines(contents: BookContents, day: dt.date) -> BookLines:
    """Read the lines of a book for copies made on `day`.

    Raises:
        InputError: Stock is missing, empty or unusable.
    """
    raw = contents.raw
    needed = {name: table for name, table in raw.tables.items() if name not in _NOT_NEEDED}
    tables = validate(RawBook(needed, raw.language), day)
    words = Words(tables.settings.language, tables.settings.currency, day)
    return BookLines(contents, tables, words, spelled(tables), last_press(contents))


def find_name(wanted: str, known: Iterable[str]) -> str | None:
    """The name that is meant, spelled as the book does; None where there is none."""
    return {normal_key(name): name for name in known}.get(normal_key(wanted))


def in_language(words: Words, language: str) -> Words:
    """The same words in another language; "" changes nothing."""
    return dataclasses.replace(words, language=language) if language else words


def _is_open(line: Line) -> bool:
    values = line.values
    received = values["received"] or 0.0
    return bool(line.usable and values["state"] not in _CLOSED and received < values["units"])
