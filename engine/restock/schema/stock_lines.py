"""Stock as lines of one SKU and warehouse, from a long sheet or a wide one (a column a warehouse)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from restock.schema.cell import is_blank, read_text, shown, tidy
from restock.schema.checks import Checks
from restock.schema.columns import normal_header, normal_key
from restock.schema.inputs import CATALOG, STOCK, WAREHOUSES
from restock.schema.names import is_total_word
from restock.schema.number_cell import read_number, text_number
from restock.schema.raw import CellError, RawColumn
from restock.schema.rows import is_total_row, typed_rows
from restock.schema.table_view import TableView, contents

_NUMBERS = ("on_hand", "reserved", "daily_sales")
_UNITS = re.compile(r"\s*(?:\*|[（(]\s*(?:units|pcs|件|个)\s*[)）])\s*", re.IGNORECASE)


@dataclass
class Line:
    """One line of Stock before it is believed.

    Attributes:
        row: Sheet row.
        typed: Column name to what stands in the cell.
        letters: Column name to the letter of the column it stands in.
        header: In a wide sheet the header that named the warehouse, as it stands there; None in a long one.
    """

    row: int
    typed: dict[str, Any]
    letters: dict[str, str]
    header: str | None = None

    def cell(self, name: str) -> str:
        """The reference of the cell of a column; of the row where the sheet has no such column."""
        return f"{self.letters.get(name, '')}{self.row}"

    @property
    def filled(self) -> bool:
        """Whether there is anything to plan or to complain about: a SKU or a number."""
        return any(not is_blank(self.typed.get(name)) for name in ("sku", *_NUMBERS))


def stock_lines(view: TableView, checks: Checks, warehouses: TableView) -> list[Line]:
    """Return the filled lines of Stock in sheet order, without rows of totals."""
    columns = _warehouse_columns(view, warehouses) if view.raw.found_by == "wide" else {}
    lines = _wide(view, checks, columns) if columns else _long(view)
    return _without_totals(view, checks, [line for line in lines if line.filled])


def _long(view: TableView) -> list[Line]:
    letters = {name: column.letter for name, column in view.known.items()}
    name = view.named(CATALOG["name"].headers())
    names = [None] * len(view) if name is None else contents(name, CATALOG["name"])
    lines = [Line(view.row(place), typed, letters) for place, typed in enumerate(typed_rows(view))]
    for line, text in zip(lines, names, strict=False):
        line.typed["name"] = text
    return lines


def _wide(view: TableView, checks: Checks, columns: dict[str, RawColumn]) -> list[Line]:
    """Each filled cell under a warehouse's name is a line; a blank one says that it is not kept there."""
    single = len(columns) == 1
    ignored = [
        name
        for name in ("warehouse", *_NUMBERS)
        if name in view.known and not (single and name in _NUMBERS[1:])
    ]
    _say_ignored(view, checks, ignored)
    shared = [name for name in view.known if name not in ignored]
    quantities = {name: contents(column, STOCK["on_hand"]) for name, column in columns.items()}
    lines = []
    for place, typed in enumerate(typed_rows(view)):
        common = {name: typed[name] for name in shared}
        for name, column in columns.items():
            if not is_blank(quantities[name][place]):
                letters = {part: view.known[part].letter for part in shared} | dict.fromkeys(
                    ("on_hand", "warehouse"), column.letter
                )
                cells = {**common, "warehouse": name, "on_hand": quantities[name][place]}
                lines.append(Line(view.row(place), cells, letters, column.header))
    return lines


def _say_ignored(view: TableView, checks: Checks, names: Iterable[str]) -> None:
    for name in names:
        if not all(map(is_blank, view.contents(name))):
            cell = f"{view.known[name].letter}{view.raw.header_row}"
            checks.note(view, "problem.wide_ignored", cell, view.known[name].header, column=name)


def _warehouse_columns(view: TableView, warehouses: TableView) -> dict[str, RawColumn]:
    """Warehouse to column: headers that Warehouses lists, else unrecognised columns of mostly numbers."""
    listed = {text for content in warehouses.contents("warehouse") if (text := read_text(content).value)}
    spelling = {fold(text): text for text in sorted(listed) for fold in (normal_header, normal_key)}
    matched: dict[str, RawColumn] = {}
    numeric: dict[str, RawColumn] = {}
    for column in view.others:
        header = column.header or ""
        name = spelling.get(normal_key(header)) or spelling.get(normal_header(header))
        if name:
            matched.setdefault(name, column)
        elif _holds_quantities(column):
            numeric.setdefault(tidy(_UNITS.sub(" ", header)), column)
    return matched or numeric


def _holds_quantities(column: RawColumn) -> bool:
    """Whether an unrecognised column looks like a warehouse's: its own header over mostly numbers."""
    header = column.header or ""
    if is_blank(header) or is_total_word(header) or normal_header(header) in _foreign_headers():
        return False
    filled = [content for content in contents(column, STOCK["on_hand"]) if not is_blank(content)]
    return 2 * sum(map(_is_number, filled)) > len(filled)


def _foreign_headers() -> set[str]:
    """Headers of prices, cartons and the like, which never name a warehouse."""
    columns = [*CATALOG.columns, *WAREHOUSES.columns[1:]]
    return {header for column in columns for header in column.headers()}


def _is_number(content: Any) -> bool:
    if isinstance(content, str):
        return text_number(content) is not None
    return not isinstance(content, bool | CellError)


def _without_totals(view: TableView, checks: Checks, lines: list[Line]) -> list[Line]:
    kept: list[Line] = []
    sums = _Sums()
    for _, group in groupby(lines, key=lambda line: line.row):
        together = list(group)
        if is_total_row(view, together[0].typed) or sums.reached(together):
            _say_total(view, checks, together[0])
            sums.restart()
        else:
            sums.add(together)
            kept += together
    return kept


def _say_total(view: TableView, checks: Checks, line: Line) -> None:
    words = [name for name in ("sku", "warehouse", "name") if is_total_word(shown(line.typed.get(name)))]
    name = words[0] if words and words[0] in line.letters else "on_hand"
    content = line.typed.get(words[0] if words else "on_hand")
    checks.note(view, "problem.total_row", line.cell(name), content, row=line.row)


@dataclass
class _Sums:
    """Running sum and count of on-hand by column, over the sheet and since the last row of totals."""

    overall: dict[str, tuple[float, int]] = field(default_factory=dict)
    recent: dict[str, tuple[float, int]] = field(default_factory=dict)

    def add(self, lines: list[Line]) -> None:
        for line in lines:
            number = _on_hand(line)
            if number is not None:
                letter = line.letters["on_hand"]
                for sums in (self.overall, self.recent):
                    total, count = sums.get(letter, (0.0, 0))
                    sums[letter] = (total + number, count + 1)

    def restart(self) -> None:
        self.recent.clear()

    def reached(self, lines: list[Line]) -> bool:
        """Whether the row has no SKU and its quantities are the sums of two or more rows above."""
        return is_blank(lines[0].typed.get("sku")) and all(map(self._is_sum, lines))

    def _is_sum(self, line: Line) -> bool:
        number = _on_hand(line)
        above = [sums.get(line.letters.get("on_hand", ""), (0.0, 0)) for sums in (self.overall, self.recent)]
        return bool(number) and any(count > 1 and abs(total - (number or 0)) < 1e-6 for total, count in above)


def _on_hand(line: Line) -> float | None:
    number: float | None = read_number(line.typed.get("on_hand"), STOCK["on_hand"]).value
    return number
