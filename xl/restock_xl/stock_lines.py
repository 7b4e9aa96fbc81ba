"""The small charts on the user's Stock sheet: which rows have them, and which row of Trend lines each one draws (§43).

A program moves a chart with its row, and the formula on Trend lines follows the same row, so every pair that a file
shows is right as it stands. A press keeps these pairs, whatever rows they are by now, and makes only what is missing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from restock.schema.columns import normal_header
from restock.text.say import catalogue
from restock_xl.package.read import BookContents
from restock_xl.package.references import area, column_letter
from restock_xl.package.sparklines import Sparkline, sparklines_of, with_sparklines
from restock_xl.sheets.layout import FIRST_ROW
from restock_xl.sheets.small_charts import LABELS, small_charts

MOST_LINES = 5000
"""Rows of Stock that get them. Each row costs twenty-six formulas and a press some forty microseconds; beyond this many
rows nobody scrolls along them, and a browser's spreadsheet takes seconds to draw them."""


@dataclass(frozen=True)
class StockLines:
    """The small charts of a book.

    Attributes:
        places: Row of Stock → row of Trend lines, from 1; none in a book whose Stock has no columns for them.
        part: The name of Stock's part and what it says with all of them; None where they are there already.
    """

    places: dict[int, int]
    part: tuple[str, bytes] | None = None


def stock_lines(contents: BookContents, last_row: int, sheet: str) -> StockLines:
    """Return the small charts of a book.

    Args:
        last_row: The last row of Stock that is planned.
        sheet: The sheet Trend lines, as it is or will be called.
    """
    table = contents.raw.tables["Stock"]
    headers = contents.cells(table.sheet).row(table.header_row)
    columns = {kind: column_letter(found) for kind, key in LABELS.items() if (found := _column(headers.items(), key))}
    if not columns:
        return StockLines({})
    part = contents.book.part_of_sheet(table.sheet)
    data = contents.book.archive.read(part)
    there = [one for group in sparklines_of(data, sheet) for one in group]
    pairs = {pair for one in there if (pair := _pair(one)) is not None}
    last = min(max(last_row, _end_of_table(contents, table.sheet, table.header_row)), table.header_row + MOST_LINES)
    places = placed(pairs, range(table.header_row + 1, last + 1))
    groups = small_charts(columns, places, sheet)
    wanted = {(area(one.draws.rpartition("!")[2]), one.cell) for group in groups for one in group.each}
    if wanted == {(area(one.draws.rpartition("!")[2]), one.cell.replace("$", "")) for one in there}:
        return StockLines(places)
    return StockLines(places, (part, with_sparklines(data, groups, sheet)))


def placed(pairs: Collection[tuple[int, int]], rows: Iterable[int]) -> dict[int, int]:
    """Return which row of Trend lines each of `rows` draws.

    A pair that stands in the file is kept where no other contradicts it; the others get rows that nobody draws yet,
    their own number where it is free. So a chart that cannot be changed for now draws its own item or nothing.

    >>> placed({(4, 4), (6, 5)}, range(4, 7)), placed({(4, 4), (5, 4)}, range(4, 6))
    ({4: 4, 6: 5, 5: 6}, {4: 5, 5: 6})
    """
    drawn: dict[int, set[int]] = {}
    draws: dict[int, set[int]] = {}
    for row, place in pairs:
        drawn.setdefault(place, set()).add(row)
        draws.setdefault(row, set()).add(place)
    listed = list(rows)
    kept = {row: next(iter(draws[row])) for row in listed
            if len(draws.get(row, ())) == 1 and drawn[next(iter(draws[row]))] == {row}}  # fmt: skip
    used, free = {place for _, place in pairs}, FIRST_ROW + 1
    for row in listed:
        if row in kept:
            continue
        if row in used or row <= FIRST_ROW:
            while free in used:
                free += 1
            kept[row] = free
        else:
            kept[row] = row
        used.add(kept[row])
    return kept


def _pair(one: Sparkline) -> tuple[int, int] | None:
    """Row of Stock and row of Trend lines."""
    cell, drawn = area(one.cell), area(one.draws.rpartition("!")[2])
    return (cell.top, drawn.top) if cell is not None and drawn is not None and drawn.top > FIRST_ROW else None


def _column(headers: Iterable[tuple[int, object]], key: str) -> int:
    labels = {normal_header(text) for text in catalogue()[key]}
    return next((column for column, text in headers if text and normal_header(str(text)) in labels), 0)


def _end_of_table(contents: BookContents, sheet: str, header_row: int) -> int:
    for ref in contents.book.tables():
        place = area(ref.ref)
        if ref.sheet.casefold() == sheet.casefold() and place is not None and place.top == header_row:
            return place.bottom - ref.totals_rows
    return 0
