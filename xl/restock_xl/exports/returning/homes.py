"""The rows of a book to which typed cells of a copy belong, found by what names them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from restock.schema.cell import is_blank
from restock.schema.columns import Kind, Table, normal_key
from restock.schema.inputs import INBOUND
from restock.schema.outputs import OUTPUT_TABLES
from restock.schema.records import records
from restock.schema.rows import read_cell
from restock.schema.table_view import TableView
from restock.schema.words import key_of
from restock_xl.exports.roles.book_lines import BookLines
from restock_xl.package.references import column_number
from restock_xl.previous import output_table

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Home:
    """One row of a table of the book.

    Attributes:
        values: What its cells say, checked, by column name; None where blank or unreadable.
        contents: What stands in them.
        letters: The sheet column of each column that the table has.
    """

    table: Table
    sheet: str
    row: int
    values: Mapping[str, Any]
    contents: Mapping[str, Any]
    letters: Mapping[str, str]

    def has(self, name: str) -> bool:
        """Whether the book's table has the column."""
        return name in self.letters

    def cell(self, name: str) -> str:
        """The reference of a cell."""
        return f"{self.letters[name]}{self.row}"

    def place(self, name: str) -> tuple[int, int]:
        """Row and column of a cell, from 1."""
        return self.row, column_number(self.letters[name])

    def is_unreadable(self, name: str) -> bool:
        """Whether something stands there that cannot be read."""
        return self.values.get(name) is None and not is_blank(self.contents.get(name))

    @property
    def units(self) -> float:
        """The units of an order or transfer line."""
        return float(self.values["ordered" if self.table is INBOUND else "units"] or 0.0)

    @property
    def destination(self) -> str:
        """Where the goods of a line go."""
        return str(self.values.get("to") or self.values.get("warehouse") or "")


class Homes:
    """The tables of a book in which something of a copy may belong: Inbound, and ours with columns to type into."""

    def __init__(self, book: BookLines) -> None:
        self._book = book
        self._rows: dict[str, list[Home]] = {}
        self._by_key: dict[tuple[str, tuple[str, ...]], dict[Key, list[Home]]] = {}

    def find(self, table: Table, key: Mapping[str, Any]) -> list[Home]:
        """The rows of a table whose columns say what `key` does, names folded (§10)."""
        names = tuple(key)
        index = self._by_key.get((table.name, names))
        if index is None:
            index = self._by_key[table.name, names] = {}
            for home in self.rows(table):
                index.setdefault(folded(table, names, home.values), []).append(home)
        return index.get(folded(table, names, key), [])

    def rows(self, table: Table) -> list[Home]:
        """Every row of a table, in sheet order."""
        if table.name not in self._rows:
            self._rows[table.name] = self._inbound if table is INBOUND else self._ours(table)
        return self._rows[table.name]

    @cached_property
    def _inbound(self) -> list[Home]:
        """Inbound as a press reads it, so that blank warehouses are filled in."""
        raw = self._book.contents.raw.tables.get(INBOUND.name)
        if raw is None:
            return []
        view = TableView.of(raw, INBOUND)
        place = {view.row(position): position for position in range(len(view))}
        return [_home(view, place[row["row"]], _blanks(row)) for row in records(self._book.tables.inbound)]

    def _ours(self, table: Table) -> list[Home]:
        raw = output_table(self._book.contents, OUTPUT_TABLES[table.name])
        if raw is None:
            return []
        view = TableView.of(raw, table)
        return [_home(view, position) for position in range(len(view))]


def _home(view: TableView, position: int, checked: Mapping[str, Any] | None = None) -> Home:
    contents = {name: column.values[position] for name, column in view.known.items()}
    read = {column.name: read_cell(contents.get(column.name), column) for column in view.table.columns}
    values = {name: reading.value for name, reading in read.items()}
    if checked is not None:
        values |= {name: checked[name] for name, reading in read.items() if not reading.fault}
    letters = {name: column.letter for name, column in view.known.items()}
    return Home(view.table, view.raw.sheet, view.row(position), values, contents, letters)


def _blanks(row: dict[str, Any]) -> dict[str, Any]:
    return {name: None if not isinstance(value, str) and pd.isna(value) else value for name, value in row.items()}


def folded(table: Table, names: Iterable[str], values: Mapping[str, Any]) -> Key:
    """What tells rows apart: names folded, words of a list by their key, moments to the second."""
    found: list[Any] = []
    for name in names:
        value = values.get(name)
        if isinstance(value, dt.datetime):
            found.append(value.replace(microsecond=0, tzinfo=None))
        elif table[name].kind is Kind.CHOICE:
            found.append(key_of(table[name].choices, str(value)) or normal_key(str(value)) if value else "")
        else:
            found.append(normal_key(str(value)) if value is not None else "")
    return tuple(found)
