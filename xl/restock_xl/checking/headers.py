"""Columns of our tables that are gone, and why: renamed, deleted, or dragged out of their table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from restock.schema.columns import Column, Table, normal_header
from restock.schema.inputs import INPUT_TABLES
from restock.schema.outputs import STOCK_COMPUTED
from restock.schema.tables import Problem
from restock_xl.package.book import TableRef
from restock_xl.package.locate import HEADER_ROWS
from restock_xl.package.read import BookContents
from restock_xl.package.references import Area, area, column_letter


@dataclass(frozen=True)
class LostColumn:
    """A column of ours that its table lacks.

    Attributes:
        how: "renamed" (its header was changed), "apart" (it stands outside the table), or "deleted".
        place: Where it is now, row and column from 1; where its table begins if it was deleted.
        header: What stands there now.
        computed: It is one of the calculated columns of Stock.
    """

    table: Table
    ref: TableRef
    column: Column
    how: str
    place: tuple[int, int]
    header: str
    computed: bool

    @property
    def cell(self) -> str:
        """Its reference."""
        return f"{column_letter(self.place[1])}{self.place[0]}"

    def problem(self, language: str) -> Problem:
        """Return what to say; a press stops where the table cannot be read without the column."""
        effect = "stop" if self.column.required else "note"
        ending = "_computed" if self.computed and self.how == "deleted" else ""
        params = {"header": self.column.header(language), "kind": self.column.name}
        key = f"check.column_{self.how}{ending}"
        return Problem(key, effect, self.table.name, self.ref.sheet, self.cell, self.header, params=params)


def lost_columns(contents: BookContents) -> list[LostColumn]:
    """Return every column of ours that the tables of a book of ours lack; other people's books may lack any."""
    book = contents.book
    found: list[LostColumn] = []
    for ref in book.tables() if book.owned() else ():
        table = next((one for one in INPUT_TABLES.values() if one.name.casefold() == ref.name.casefold()), None)
        place = area(ref.ref)
        if table is not None and place is not None and ref.header_rows:
            found += _lost_of(contents, table, ref, place)
    return found


def header_problems(contents: BookContents) -> list[Problem]:
    """Return a problem for each column of ours that is gone."""
    return [lost.problem(contents.raw.language) for lost in lost_columns(contents)]


def columns_of(table: Table) -> tuple[Column, ...]:
    """The columns that a new book has in a table, from left to right."""
    return (*table.columns, *(STOCK_COMPUTED if table.name == "Stock" else ()))


def known_columns(table: Table, headers: list[str]) -> dict[str, int]:
    """Map the name of each column of ours to its position among the headers; input columns as they are recognised."""
    found = table.match_headers(list(headers))
    if table.name == "Stock":
        positions = {normal_header(header): place for place, header in reversed(list(enumerate(headers)))}
        for column in STOCK_COMPUTED:
            hits = [positions[text] for text in map(normal_header, (column.en, column.zh)) if text in positions]
            if hits:
                found[column.name] = hits[0]
    return found


def _lost_of(contents: BookContents, table: Table, ref: TableRef, place: Area) -> Iterator[LostColumn]:
    ours, headers = columns_of(table), list(ref.columns)
    known = known_columns(table, headers)
    unknown = {position: header for position, header in enumerate(headers) if position not in known.values()}
    computed = {column.name for column in STOCK_COMPUTED} if table.name == "Stock" else set()
    for order, column in enumerate(ours):
        if column.name in known:
            continue
        apart = _outside(contents, table, ref, place, column)
        renamed = _renamed(ours, order, known, unknown) if apart is None else None
        if apart is not None:
            how, at, header = "apart", apart, column.name
        elif renamed is not None:
            how, at, header = "renamed", (place.top, place.left + renamed), unknown.pop(renamed)
        else:
            how, at, header = "deleted", (place.top, place.left), ""
        yield LostColumn(table, ref, column, how, at, header, column.name in computed)


def _renamed(
    ours: tuple[Column, ...], order: int, known: dict[str, int], unknown: dict[int, str]
) -> int | None:
    """The position of an unknown header that stands right between the neighbours of a column; None without one."""
    left = known.get(ours[order - 1].name) if order else -1
    right = known.get(ours[order + 1].name) if order + 1 < len(ours) else None
    if left is not None and left + 1 in unknown and right in (None, left + 2):
        return left + 1
    if left is None and right is not None and right - 1 in unknown:
        return right - 1
    return None


def _outside(
    contents: BookContents, table: Table, ref: TableRef, place: Area, column: Column
) -> tuple[int, int] | None:
    """Where the header of a column stands on the table's sheet, outside every table; None where it does not."""
    wanted = {normal_header(text) for text in (column.en, column.zh)}
    others = [area(other.ref) for other in contents.book.tables() if other.sheet == ref.sheet]
    for row, cells in sorted(contents.cells(ref.sheet).head(max(HEADER_ROWS, place.top)).items()):
        for number, value in sorted(cells.items()):
            inside = any(one and one.top <= row <= one.bottom and one.left <= number <= one.right for one in others)
            if isinstance(value, str) and not inside and normal_header(value) in wanted:
                return row, number
    return None
