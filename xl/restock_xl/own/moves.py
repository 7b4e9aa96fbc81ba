"""Where each cell of a sheet stands after a press, and what formulas of the user's then say."""

from __future__ import annotations

from restock_xl.own.cell import End, OwnCell, Place, rewritten
from restock_xl.own.found import OwnSheet
from restock_xl.own.layout import Band, SheetLayout, TableLayout
from restock_xl.own.rows import BandRows, band_rows
from restock_xl.own.text_layout import TextLayout
from restock_xl.package.sheet_columns import LAST_COLUMN, LAST_ROW


class Moves:
    """The places of one sheet's cells, before and after."""

    def __init__(self, sheet: OwnSheet, old: SheetLayout, new: SheetLayout) -> None:
        self._sheet, self._old, self._new = sheet, old, new
        pairs = zip(range(len(old.bands)), new.bands, strict=False)
        self.rows: list[BandRows] = [band_rows(sheet, old, index, band) for index, band in pairs]
        self._most = max([column for _, column in sheet.cells], default=0)

    def is_gone(self, row: int, column: int) -> bool:
        """Whether a cell stands in a row of a table whose key is gone, so that it has no place."""
        index = self._old.index_of(row)
        band = self._old.bands[index]
        if not band.header_row < row <= band.last_row or row in self.rows[index].tail:
            return False
        if self._sheet.pinned(row, column) is not None:
            return False
        table = band.table_at(column)
        beside = band.keyed is None and not table.left <= column <= table.right
        return row in table.rows and (band.tables.index(table), row) not in self.rows[index].body and not beside

    def place(self, row: int, column: int) -> Place:
        """The new place of a cell; what stands in one piece moves in one piece."""
        pin = self._sheet.pinned(row, column)
        if pin is None:
            return self.row(row, column), self.column(row, column)
        rows = 0 if self._in_body(pin.top) is not None else self.row(pin.top, pin.left) - pin.top
        return row + rows, column + self.column(pin.top, pin.left) - pin.left

    def row(self, row: int, column: int) -> int:
        """The new row of a cell; that at the same distance from the header where its own is gone."""
        if row == LAST_ROW:  # a reference that reaches to the end of the sheet goes on to do so
            return row
        index = self._old.index_of(row)
        old, new, rows = self._old.bands[index], self._new.bands[index], self.rows[index]
        if row <= old.header_row:
            return max(1, new.header_row + row - old.header_row)
        if row in rows.tail:
            return min(new.last_row + rows.tail[row], LAST_ROW)
        table = old.table_at(column)
        found = rows.body.get((old.tables.index(table), row))
        if found is not None and (old.keyed is not None or table.left <= column <= table.right):
            return new.header_row + found
        if row <= old.last_row:
            return new.header_row + row - old.header_row
        return min(new.last_row + row - old.last_row + rows.shift, LAST_ROW)

    def column(self, row: int, column: int) -> int:
        """The new column of a cell."""
        if column == LAST_COLUMN:
            return column
        index = self._old.index_of(row)
        old, new = self._old.bands[index], self._new.bands[index]
        if column < old.tables[0].left:
            return new.right + max(self._most - old.right, 0) + 1 + column
        for before, after in zip(old.tables, new.tables, strict=True):
            if column < before.left:
                return column + after.left - before.left
            if column <= before.right:
                return _column_in(before, after, column)
        return min(column + new.right - old.right, LAST_COLUMN)

    def formula(self, cell: OwnCell, new_row: int) -> str:
        """What a formula says once its cell stands in another row.

        A reference from a row of a table to a row of the same table keeps its distance, as when a person sorts; one to
        all rows of a table keeps to all rows; any other follows the cell that it means.
        """
        if not cell.formula:
            return ""

        def ends(found: list[End]) -> list[End]:
            one = len(found) == 1
            rows = [self._single(cell.row, new_row, found[0])] if one else self._range(cell.row, new_row, found)
            return [end._replace(row=row, column=self.column(found[0].row, end.column))
                    for end, row in zip(found, rows, strict=True)]  # fmt: skip

        first = self._old.bands[0].header_row
        return rewritten(cell.formula, self._sheet.name, ends, lambda column: self.column(first, column))

    def _in_body(self, row: int) -> Band | None:
        band = self._old.band_of(row)
        return band if band.header_row < row <= band.last_row else None

    def _single(self, row: int, new_row: int, end: End) -> int:
        body = self._in_body(row)
        if end.row == row:
            return new_row
        if body is not None and not end.row_fixed and body.header_row <= end.row <= body.last_row:
            return end.row + new_row - row
        return self.row(end.row, end.column)

    def _range(self, row: int, new_row: int, ends: list[End]) -> list[int]:
        top, bottom = ends
        index = self._old.index_of(top.row)
        old, new = self._old.bands[index], self._new.bands[index]
        all_rows = top.row - old.header_row in (0, 1) and bottom.row == old.last_row
        if all_rows and (top.row_fixed == bottom.row_fixed or self._in_body(row) is not old):
            return [top.row + new.header_row - old.header_row, new.last_row]
        return [self._end(row, new_row, end, old, new) for end in ends]

    def _end(self, row: int, new_row: int, end: End, old: Band, new: Band) -> int:
        """One end of a range that does not hold all rows of a table."""
        if not old.header_row <= end.row <= old.last_row:
            return self.row(end.row, end.column)
        if self._in_body(row) is old and not end.row_fixed:
            return end.row + new_row - row
        return end.row + new.header_row - old.header_row


def _column_in(before: TableLayout, after: TableLayout, column: int) -> int:
    place = column - before.left
    name = before.names[place]
    if name:
        return after.column_of.get(name, column)
    return list(after.own.values())[list(before.own.values()).index(column)]


class TextMoves:
    """The same for a sheet of text: what stands beside it stays, what stands below it keeps its distance."""

    def __init__(self, sheet: OwnSheet, old: TextLayout, new: TextLayout) -> None:
        self._sheet, self._old, self._new = sheet, old, new

    def is_gone(self, row: int, column: int) -> bool:
        """Whether a cell has no place: never."""
        return False

    def place(self, row: int, column: int) -> Place:
        """The new place of a cell."""
        return self.row(row, column), column

    def row(self, row: int, column: int) -> int:
        """The new row of a cell."""
        if column > self._old.columns or not self._old.last_row or row == LAST_ROW:
            return row
        if row > self._old.last_row:
            return min(row + self._new.last_row - self._old.last_row, LAST_ROW)
        return row

    def formula(self, cell: OwnCell, new_row: int) -> str:
        """What a formula says once its cell stands in another row."""
        if not cell.formula:
            return ""
        return rewritten(cell.formula, self._sheet.name,
                         lambda ends: [end._replace(row=self.row(end.row, end.column)) for end in ends])  # fmt: skip
