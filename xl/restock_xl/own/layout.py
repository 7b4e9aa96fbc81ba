"""Where our tables stand on a sheet, before a press and after it. Rows and columns count from 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from restock.ledger.lines import key_text
from restock.schema.columns import Column, Kind, Table, normal_header, normal_key
from restock.schema.outputs import OUTPUT_TABLES
from restock_xl.package.cells import SheetCells
from restock_xl.package.read import BookContents
from restock_xl.package.references import Area, area
from restock_xl.previous import table_on_owned
from restock_xl.sheets.committed_table import COMMITTED_ON
from restock_xl.sheets.layout import TABLES_OF_CHARTS
from restock_xl.sheets.model import Formula, SheetModel, TableModel
from restock_xl.sheets.values import cell_value

Key = tuple[str, ...]
"""The folded texts of a row's key columns, then which of the rows with that key it is."""

_ALSO = COMMITTED_ON | {"SoldOut": "History"} | dict.fromkeys(TABLES_OF_CHARTS, "Charts")
_KEYS = {"Problems": ("sheet", "cell", "message")}  # their numbers say nothing about them


@dataclass(frozen=True)
class TableLayout:
    """One table of ours.

    Attributes:
        names: Of each column from left to right, our name for it; "" for one of the user's own.
        headers: What stands above each column.
        last_row: The last row that belongs to it.
        stated: The rows that state a key.
        find_keys: Gives key → row of these; asked only where something of the user's is to be joined.
    """

    table: Table
    header_row: int
    left: int
    names: tuple[str, ...]
    headers: tuple[str, ...]
    last_row: int
    stated: Collection[int]
    find_keys: Callable[[], dict[Key, int]]

    @cached_property
    def keys(self) -> dict[Key, int]:
        """Key → row."""
        return self.find_keys()

    @property
    def right(self) -> int:
        """Its last column."""
        return self.left + len(self.names) - 1

    @cached_property
    def rows(self) -> dict[int, Key]:
        """The key of each row."""
        return {row: key for key, row in self.keys.items()}

    @cached_property
    def ours(self) -> frozenset[int]:
        """The columns that we write."""
        return frozenset(self.left + place for place, name in enumerate(self.names) if name)

    @cached_property
    def own(self) -> dict[str, int]:
        """Header → column, of the user's own columns."""
        return {self.headers[place]: self.left + place for place, name in enumerate(self.names) if not name}

    @cached_property
    def column_of(self) -> dict[str, int]:
        """Our name → column."""
        return {name: self.left + place for place, name in enumerate(self.names) if name}

    @property
    def key_columns(self) -> tuple[str, ...]:
        """Names of the columns that tell its rows apart."""
        return key_columns(self.table)


@dataclass(frozen=True)
class Band:
    """Tables that stand side by side, with the rows above that belong to them (`head`) and all below until the next."""

    tables: tuple[TableLayout, ...]
    head: int

    @property
    def header_row(self) -> int:
        """The row of the headers."""
        return self.tables[0].header_row

    @property
    def last_row(self) -> int:
        """The last row of the longest table."""
        return max(table.last_row for table in self.tables)

    @property
    def right(self) -> int:
        """The last column of the tables."""
        return max(table.right for table in self.tables)

    def table_at(self, column: int) -> TableLayout:
        """The table to which a column belongs; one beside the tables belongs to the last of them."""
        return next((table for table in self.tables if column <= table.right), self.tables[-1])

    @property
    def keyed(self) -> TableLayout | None:
        """The table whose keys say to what the cells beside it belong; none where two stand side by side."""
        return self.tables[0] if len(self.tables) == 1 else None


@dataclass(frozen=True)
class SheetLayout:
    """The tables of one sheet from top to bottom, and the single cells that we write outside of them."""

    bands: tuple[Band, ...]
    single: frozenset[tuple[int, int]] = field(default_factory=frozenset)

    def band_of(self, row: int) -> Band:
        """The band to which a row belongs."""
        return self.bands[self.index_of(row)]

    def index_of(self, row: int) -> int:
        """Place of that band."""
        later = (place for place, band in enumerate(self.bands) if place and row >= band.head)
        return max(later, default=0)

    def ours_in(self, row: int) -> frozenset[int]:
        """The columns of a row in which we write, going by where it stands.

        A row of a table that states no key is the user's: we never write one.
        """
        found = self._single_in.get(row, frozenset())
        for band in self.bands:
            for table in band.tables:
                if row == table.header_row or row in table.stated:
                    found = found | table.ours if found else table.ours
        return found

    @cached_property
    def _single_in(self) -> dict[int, frozenset[int]]:
        return {row: frozenset(column for one, column in self.single if one == row) for row, _ in self.single}


def tables_on(key: str) -> list[Table]:
    """Our tables on the sheet `key`, the uppermost or leftmost first; none on a sheet of text."""
    names = [key, *(name for name, sheet in _ALSO.items() if sheet == key)]
    return [OUTPUT_TABLES[name] for name in names if name in OUTPUT_TABLES]


def key_columns(table: Table) -> tuple[str, ...]:
    """Names of the columns that tell the rows of a table apart from press to press."""
    return _KEYS.get(table.name, table.key)


def is_called(name: str, table: str) -> bool:
    """Whether a table of a book is the one that we call `table`; its name has a number where ours was taken.

    >>> is_called("Orders_2", "Orders"), is_called("OrdersCommitted", "Orders")
    (True, False)
    """
    stem, _, tail = name.partition("_")
    return stem.casefold() == table.casefold() and (not tail or tail.isdigit())


def layout_of_book(contents: BookContents, key: str, sheet: str) -> SheetLayout | None:
    """Where our tables stand on a sheet of the book; None where it holds none."""
    cells, found = contents.cells(sheet), []
    for table in tables_on(key):
        name = table_on_owned(contents, table)
        ref = next((ref for ref in contents.book.tables() if name and ref.name.casefold() == name.casefold()), None)
        place = area(ref.ref) if ref is not None and ref.sheet.casefold() == sheet.casefold() else None
        if ref is None or place is None:
            continue
        names, last = _names(table, ref.columns), place.bottom - ref.totals_rows
        if table.name in COMMITTED_ON and not ref.totals_rows:
            last = _under(cells, last, place.left, place.right)
        found.append(_of_book(table, cells, place, names, ref.columns, last))
    return SheetLayout(_bands(found), _single_of(key, found)) if found else None


def _names(table: Table, headers: Sequence[str]) -> tuple[str, ...]:
    known = {place: name for name, place in table.match_headers(list(headers)).items()}
    return tuple(known.get(place, "") for place in range(len(headers)))


def _under(cells: SheetCells, last: int, left: int, right: int) -> int:
    while any(left <= column <= right for column in cells.row(last + 1)):
        last += 1
    return last


def _of_book(
    table: Table, cells: SheetCells, place: Area, names: tuple[str, ...], headers: tuple[str, ...], last: int
) -> TableLayout:
    at = {name: place.left + k for k, name in enumerate(names) if name}
    columns = [at.get(name, 0) for name in key_columns(table)]
    # An accepted line without a key is a line too.
    telling = range(place.left, place.right + 1) if table.name in COMMITTED_ON else columns
    rows = [row for row in range(place.top + 1, last + 1) if any(map(cells.row(row).get, telling))]

    def keys() -> dict[Key, int]:
        return _keys(table, ((row, [cells.row(row).get(column) for column in columns]) for row in rows))

    return TableLayout(table, place.top, place.left, names, headers, max(last, place.top + 1), frozenset(rows), keys)


def _keys(table: Table, rows: Iterable[tuple[int, list[Any]]]) -> dict[Key, int]:
    """Key → row."""
    found: dict[Key, int] = {}
    seen: Counter[Key] = Counter()
    specs = [table[name] for name in key_columns(table)]
    for row, values in rows:
        key = tuple(key_part(value, spec) for value, spec in zip(values, specs, strict=True))
        seen[key] += 1
        found[(*key, str(seen[key]))] = row
    return found


def key_part(value: Any, column: Column) -> str:
    """A cell of a key column as keys state it: folded (§10), a moment in whole seconds.

    >>> key_part("  Lamp-03 ", Column("sku", "SKU", "货号")), key_part(46349.5, Column("start", "", "", Kind.TIME))
    ('lamp-03', '4004553600')
    """
    if column.kind in (Kind.DATE, Kind.TIME) and isinstance(value, float):
        return str(round(value * 86400))
    return normal_key(key_text(value, column))


def _bands(tables: list[TableLayout]) -> tuple[Band, ...]:
    rows = sorted({table.header_row for table in tables})
    return tuple(
        Band(tuple(sorted((table for table in tables if table.header_row == row), key=lambda table: table.left)),
             max(1, row - 2) if place else 1)
        for place, row in enumerate(rows)
    )  # fmt: skip


def _single_of(key: str, tables: list[TableLayout]) -> frozenset[tuple[int, int]]:
    """The cells above a table that we write: title, help, and what Forecast, Accuracy, Transfers and Trend say
    there."""
    if key == "Charts":
        return frozenset((row, 1) for row in (1, 2, 3))
    cells = set()
    for table in tables:
        if table.table.name != "SoldOut":
            cells |= {(table.header_row - 2, table.left), (table.header_row - 1, table.left)}
        at = table.column_of
        if table.table.name == "Trend":
            cells |= {(table.header_row - 2, table.left + k) for k in (3, 4)}
        if table.table.name in ("Accuracy", "Transfers"):
            cells.add((table.header_row - 2, table.left + 3))
        if table.table.name == "Forecast" and {"name", "discontinued", "daily_sd"} <= set(at):
            extra = ("name", "discontinued", "daily_sd", *(f"need_{k}" for k in range(1, 6)))
            cells |= {(table.header_row - 2, at[name]) for name in extra if name in at}
    return frozenset(cells)


def layout_of_model(model: SheetModel, key: str, date1904: bool) -> SheetLayout:
    """Where our tables will stand; the user's own columns of the model are among them."""
    found = [_of_model(table, own, date1904) for table, own in zip(tables_on(key), model.tables, strict=False)]
    single = {(cell.row + 1, cell.column + 1) for cell in model.cells}
    return SheetLayout(_bands(found), frozenset(single))


def _of_model(table: Table, model: TableModel, date1904: bool) -> TableLayout:
    names = tuple(column.name for column in table.columns) + ("",) * (len(model.columns) - len(table.columns))
    columns = [model.columns[names.index(name)].values for name in key_columns(table)]
    first = model.row + 2

    def keys() -> dict[Key, int]:
        rows = ([cell_value(_shown(value), date1904) for value in row] for row in zip(*columns, strict=True))
        return _keys(table, enumerate(rows, start=first))

    headers, stated = tuple(column.header for column in model.columns), range(first, first + len(columns[0]))
    return TableLayout(table, model.row + 1, model.column + 1, names, headers, model.last_row + 1, stated, keys)


def _shown(value: Any) -> Any:
    return value.value if isinstance(value, Formula) else value


def free_header(header: str, taken: Iterable[str]) -> str:
    """A header that no other column of the table has, as programs compare them.

    >>> free_header("Units", ["SKU", "units"]), free_header("Box", ["SKU"])
    ('Units (2)', 'Box')
    """
    used, name, number = {one.casefold() for one in taken}, header, 1
    while name.casefold() in used or (number == 1 and not normal_header(header) and not header):
        number += 1
        name = f"{header} ({number})"
    return name
