"""The state of one recalculation: the book, its names as trees, the day, and how functions are found."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import numpy as np

from restock.formula.areas import Area
from restock.formula.cells import BLANK, CALC, REF, TEXT, VALUE, Cells, aligned, error_block
from restock.formula.frame import Frame, Function, LaneByLane, Lanes, Unsupported, Value
from restock.formula.parse import FormulaError, parse
from restock.formula.tree import Call, Node, TableRef
from restock.formula.workbook import Table, Workbook
from restock.functions import CATALOGUE

_EPOCH = dt.datetime(1899, 12, 30)
DAYS_1904 = 1462
MOST_KEPT = 64


class Engine:
    """Finds what names and functions mean while formulas are evaluated.

    Attributes:
        today: What TODAY() answers; its time of day is NOW()'s.
        spills: Rows and columns that dynamic arrays fill now, where that is not what the file says.
        notes: The first place where a LAMBDA of the book and our function of that name differ.
        before_reading: Called with each area before it is read by a reference that was computed.
    """

    def __init__(self, book: Workbook, today: dt.datetime | dt.date | None, seed: int = 0) -> None:
        from restock.formula.kernels import KERNELS

        self.book = book
        self.today = today
        self.random = np.random.default_rng(seed)
        self._kept: dict[str, OrderedDict[Any, Any]] = {}
        self.versions: dict[tuple[str, int], int] = {}
        self.before_reading: Callable[[Area], None] = lambda area: None
        self.notes: dict[str, tuple[str, str, int, int]] = {}
        self.spills: dict[tuple[str, int, int], tuple[int, int]] = {}
        self._kernels = KERNELS
        self._names: dict[tuple[str, str], Node | None] = {}

    def now(self) -> float:
        """Return the serial number of now, as the book counts its dates.

        Raises:
            Unsupported: No day was given.
        """
        if self.today is None:
            raise Unsupported("formula.no_today")
        moment = self.today if isinstance(self.today, dt.datetime) else dt.datetime.combine(self.today, dt.time())
        days = (moment - _EPOCH) / dt.timedelta(days=1)
        return days - DAYS_1904 if self.book.date1904 else days

    def knows(self, name: str) -> bool:
        """Return whether a function of that name is built in."""
        return name in self._kernels

    def kept(self, kind: str, key: Any, make: Callable[[], Any]) -> Any:
        """Return what `make` made for this key before, or make it now; the latest of each kind are kept."""
        shelf = self._kept.setdefault(kind, OrderedDict())
        if key in shelf:
            shelf.move_to_end(key)
        else:
            shelf[key] = make()
            if len(shelf) > MOST_KEPT:
                shelf.popitem(last=False)
        return shelf[key]

    def version(self, area: Area) -> tuple[int, ...]:
        """Return a mark of what stands in an area's columns; it changes when results are put there."""
        name = area.sheet.name
        return tuple(self.versions.get((name, column), 0) for column in range(area.left, area.right + 1))

    def changed(self, sheet: str, column: int) -> None:
        """Take note that a column has new results."""
        self.versions[sheet, column] = self.versions.get((sheet, column), 0) + 1

    def name_tree(self, key: str, sheet: str | None, home: str) -> Node | None:
        """Return what a defined name stands for, or None where there is no such name.

        Args:
            key: The name in capitals.
            sheet: The sheet written before it.
            home: The sheet of the formula, whose own names come first.

        Raises:
            Unsupported: What the name stands for cannot be read.
        """
        scope = (sheet or home).upper()
        if (scope, key) not in self._names:
            text = self.book.sheet_names.get((scope, key), self.book.names.get(key))
            self._names[scope, key] = None if text is None else self._parsed(text, key)
        return self._names[scope, key]

    def _parsed(self, text: str, key: str) -> Node:
        try:
            return parse(text, 1, 1)
        except FormulaError as error:
            raise Unsupported(error.reason, key) from error

    def call(self, frame: Frame, node: Call) -> Value:
        """Return what a function answers: one of the book's own LAMBDA names first, then a built-in one.

        Raises:
            Unsupported: There is no such function here.
        """
        own = self.name_tree(node.name, None, frame.lanes.sheet.name)
        if own is not None:
            function = frame.value(_named(node.name))
            if isinstance(function, Function):
                answer = frame.call(function, [frame.value(one) for one in node.arguments])
                if node.name in CATALOGUE and node.name not in self.notes:
                    self._compare(frame, node, answer)
                return answer
        return self._built_in(frame, node)

    def _built_in(self, frame: Frame, node: Call) -> Value:
        from restock.formula.kernels.registry import CellFailure, Request

        kernel = self._kernels.get(node.name)
        if kernel is None:
            raise Unsupported("formula.function", node.name)
        try:
            return kernel(Request(frame, node.name, node.arguments))
        except CellFailure as failure:
            return error_block(failure.code)

    def _compare(self, frame: Frame, node: Call, answer: Value) -> None:
        """Take note where a LAMBDA of the book answers differently from our function of that name."""
        try:
            ours, theirs = aligned(frame.operand(self._built_in(frame, node)), frame.operand(answer))
        except (Unsupported, LaneByLane):
            return
        same = (ours.kind == theirs.kind) & np.isclose(ours.number, theirs.number, rtol=1e-9, atol=1e-9)
        if ours.text is not None and theirs.text is not None:
            same &= (ours.kind != TEXT) | (ours.text == theirs.text)
        if not same.all():
            lane = int(np.argwhere(~same)[0][0]) % len(frame.lanes.rows)
            self.notes[node.name] = (node.name, frame.lanes.sheet.name, int(frame.lanes.rows[lane]), frame.lanes.column)

    def spilled(self, area: Area) -> Area | None:
        """Return what the array formula of a cell fills now, or None where it has none."""
        place = (area.sheet.name, int(np.min(area.top)), area.left)
        for array in area.sheet.arrays:
            if (array.row, array.column) == place[1:]:
                old = array.last_row - array.row + 1, array.last_column - array.column + 1
                size = self.spills.get(place, old)
                return Area(area.sheet, array.row, array.column, *size)
        return None

    def table_area(self, node: TableRef, lanes: Lanes) -> Value:
        """Return the cells of a structured reference."""
        row, column = int(lanes.rows[0]), lanes.column
        table = self.book.table(node.table) if node.table else self.book.table_at(lanes.sheet.name, row, column)
        if table is None:
            return error_block(REF)
        sheet = self.book.sheet(table.sheet)
        edges = table_columns(table, node)
        if sheet is None or edges is None:
            return error_block(REF)
        left, width = table.left + edges[0], edges[1] - edges[0] + 1
        if "#This Row" in node.items:
            rows = lanes.rows
            inside = (rows >= table.top + table.header_rows) & (rows <= table.bottom - table.totals_rows)
            if not inside.all():
                if inside.any():
                    raise LaneByLane
                return error_block(VALUE)
            return Area(sheet, rows if len(rows) > 1 else int(rows[0]), left, 1, width)
        span = table_rows(table, node.items)
        return error_block(REF) if span is None else Area(sheet, span[0], left, span[1] - span[0] + 1, width)


def table_columns(table: Table, node: TableRef) -> tuple[int, int] | None:
    """Return the first and last column of a structured reference, from 0, or None where a name is unknown."""
    if not node.first:
        return 0, len(table.columns) - 1
    names = [name.casefold() for name in table.columns]
    try:
        first, last = names.index(node.first.casefold()), names.index(node.last.casefold())
    except ValueError:
        return None
    return min(first, last), max(first, last)


def table_rows(table: Table, items: tuple[str, ...]) -> tuple[int, int] | None:
    """Return the first and last row of a structured reference; None where the table has no such part."""
    data = table.top + table.header_rows, table.bottom - table.totals_rows
    parts = {
        "#All": (table.top, table.bottom),
        "#Data": data,
        "#Headers": (table.top, table.top + table.header_rows - 1),
        "#Totals": (table.bottom - table.totals_rows + 1, table.bottom),
    }
    spans = [parts[item] for item in items] or [data]
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    return (first, last) if first <= last else None


def _named(name: str) -> Node:
    from restock.formula.tree import Name

    return Name(name)


def settled(value: Value, frame: Frame) -> Cells:
    """Return what a formula shows: a blank shows 0, a function none; one cell a lane unless arrays are asked for."""
    if isinstance(value, Function):
        return error_block(CALC)
    cells = frame.operand(value)
    blank = cells.kind == BLANK
    return Cells(np.where(blank, np.uint8(0), cells.kind), cells.number, cells.text) if blank.any() else cells
