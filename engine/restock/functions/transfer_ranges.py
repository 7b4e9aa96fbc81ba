"""The ranges of RESTOCK_TRANSFERS as tables of a book: read by their headers, nothing left out silently (§25)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.errors import RestockError
from restock.functions.entry import LARGEST, LONGEST_DAYS
from restock.functions.values import CODE
from restock.schema.cell import Reading, is_blank, shown
from restock.schema.columns import Column, Kind, Table, normal_key
from restock.schema.inputs import CATALOG, ROUTES, STOCK
from restock.schema.number_cell import text_number
from restock.schema.outputs import STOCK_COMPUTED
from restock.schema.raw import CellError, RawBook, RawColumn, RawTable
from restock.schema.rows import is_total_row, read_cell, typed_rows
from restock.schema.table_view import TableView

Row = dict[str, Any]

FACTS = ("class", "cost", "price", "case_pack", "volume", "weight", "status", "transferable")
"""What the stock range may say of an item; the other columns of Catalog do not bear on a transfer."""

_NEVER_BLANK = ("sku", "warehouse", "from", "to", "days")


class RangeError(RestockError):
    """A range that cannot be used; the cell with the function shows `code`."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.cell_error = code


def _limited(column: Column) -> Column:
    """The column with the limits that a function's arguments have (§18)."""
    low = -LARGEST if column.minimum is None else column.minimum
    high = LARGEST if column.maximum is None else column.maximum
    high = min(high, LONGEST_DAYS) if column.unit == "days" else high
    return replace(column, required=column.name in _NEVER_BLANK, minimum=low, maximum=high)


def _range(name: str, columns: Sequence[Column], needed: tuple[str, ...]) -> Table:
    return Table(name, name, name, tuple(map(_limited, columns)), signature=needed)


_AVAILABLE = replace(next(column for column in STOCK_COMPUTED if column.name == "available"), also=("可用库存",))
_PAIR, _FACTS = (STOCK["sku"], STOCK["warehouse"], STOCK["daily_sales"]), [CATALOG[name] for name in FACTS]
AVAILABLE_RANGE = _range("stock", [*_PAIR, _AVAILABLE, *_FACTS], ("sku", "warehouse", "available", "daily_sales"))
ON_HAND_RANGE = _range(
    "stock", [*_PAIR, STOCK["on_hand"], STOCK["reserved"], *_FACTS], ("sku", "warehouse", "on_hand", "daily_sales")
)
ROUTES_RANGE = _range("routes", ROUTES.columns, ROUTES.signature)


def transfer_book(pairs: Sequence[Row], items: Sequence[Row], lanes: Sequence[Row]) -> RawBook:
    """Return the book of the plan that these rows make."""
    return RawBook(
        {
            "Stock": _table("Stock", ("sku", "warehouse", "on_hand", "reserved", "daily_sales"), pairs),
            "Catalog": _table("Catalog", ("sku", *FACTS), items),
            "Routes": _table("Routes", [column.name for column in ROUTES.columns], lanes),
        }
    )


def stock_rows(cells: NDArray[Any]) -> list[Row]:
    """Return one row per SKU and warehouse, in the order of these names (§16).

    `on_hand` is what can be sold where the range has an Available column; On hand and Reserved are then not read.

    Raises:
        RangeError: A cell cannot be used, a pair stands twice, or there is no pair.
    """
    has_available = "available" in AVAILABLE_RANGE.match_headers(_headers(cells))
    rows = read_range(cells, AVAILABLE_RANGE if has_available else ON_HAND_RANGE)
    if not rows:
        raise RangeError("#N/A", "The stock range has no rows. Select the header row and the rows below it.")
    _require_distinct(rows, "stock", "sku", "warehouse")
    for row in rows:
        row["on_hand"] = row["available"] if has_available else row["on_hand"]
    return sorted(rows, key=lambda row: (row["sku"], row["warehouse"]))


def route_rows(cells: NDArray[Any]) -> list[Row]:
    """Return one row per route and mode.

    Raises:
        RangeError: A cell cannot be used, or a route stands twice.
    """
    rows = read_range(cells, ROUTES_RANGE)
    _require_distinct(rows, "routes", "from", "to", "mode")
    return rows


def _require_distinct(rows: Sequence[Row], range_name: str, *key: str) -> None:
    if len({tuple(normal_key(row[name] or "") for name in key) for row in rows}) < len(rows):
        raise RangeError("#VALUE!", f"Two rows of the {range_name} range have the same {', '.join(key)}. Keep one.")


def item_rows(pairs: Sequence[Row]) -> list[Row]:
    """Return what is known of each SKU: a blank in one of its rows is filled from another.

    >>> item_rows([{"sku": "A", "cost": None, "price": 9.0}, {"sku": "a", "cost": 2.0, "price": 9.0}])
    [{'sku': 'A', 'price': 9.0, 'cost': 2.0}]

    Raises:
        RangeError: Two rows of a SKU state different facts.
    """
    items: dict[str, Row] = {}
    for pair in pairs:
        item = items.setdefault(normal_key(pair["sku"]), {"sku": pair["sku"]})
        for name in FACTS:
            value = pair.get(name)
            if value is not None and item.setdefault(name, value) != value:
                both = f"{CATALOG[name].en} {item[name]} and {value}"
                raise RangeError("#VALUE!", f"The stock range gives {item['sku']} {both}. Write the same in every row.")
    return list(items.values())


def read_range(cells: NDArray[Any], table: Table) -> list[Row]:
    """Return the values of every row that is not blank in all columns of `table`, and is no row of totals.

    Raises:
        RangeError: In this order: an error cell, a missing column, text, a number outside its range, a blank (§19).
    """
    if all(map(is_blank, cells.flat)):
        raise RangeError("#N/A", f"The {table.name} range is blank. Select the header row and the rows below it.")
    view = TableView.of(_raw(cells, table.name), table)
    rows = typed_rows(view)
    _pass_on(cells, sorted(table.match_headers(_headers(cells)).values()))
    _require_columns(view)
    kept = [row for row in rows if not (all(map(is_blank, row.values())) or is_total_row(view, row))]
    readings = [{column.name: read_cell(row.get(column.name), column) for column in table.columns} for row in kept]
    _refuse_bad_cells(table, kept, readings)
    return [{name: reading.value for name, reading in row.items()} for row in readings]


def _headers(cells: NDArray[Any]) -> list[str | None]:
    return [shown(content) for content in _contents(cells[0])]


def _raw(cells: NDArray[Any], name: str) -> RawTable:
    columns = tuple(
        RawColumn(header or "", "", np.array(_contents(cells[1:, place]), dtype=object))
        for place, header in enumerate(_headers(cells))
    )
    return RawTable(name, name, 1, np.arange(2, len(cells) + 1), columns)


def _contents(cells: Iterable[Any]) -> list[Any]:
    """Cells as a host reads them: an error is never a text."""
    plain = [cell.item() if isinstance(cell, np.generic) else cell for cell in cells]
    return [CellError(str(cell)) if isinstance(cell, str) and cell in CODE else cell for cell in plain]


def _pass_on(cells: NDArray[Any], places: list[int]) -> None:
    """Raise the first error cell among the headers, then among these columns, row by row, as itself (§17)."""
    for content in _contents([*cells[0], *cells[1:, places].flat]):
        if isinstance(content, CellError):
            raise RangeError(content.code, f"A cell shows {content.code}. Mend its formula.")


def _require_columns(view: TableView) -> None:
    missing = [view.table[name].en for name in view.table.signature if name not in view.known]
    if missing:
        raise RangeError("#VALUE!", f"The {view.table.name} range has no column {', '.join(missing)}. Add it.")


_EXPECTED = {
    "#VALUE!": "Type a number, or a word that the column takes.",
    "#NUM!": "Type a number within the column's range.",
    "#N/A": "Fill it, or clear the row.",
}
"""What to do about each error, the first that counts first (§19)."""


def _refuse_bad_cells(table: Table, rows: Sequence[Row], readings: Sequence[dict[str, Reading]]) -> None:
    first: dict[str, tuple[str, Any]] = {}
    for row, read in zip(rows, readings, strict=True):
        for name, reading in read.items():
            content = row.get(name)
            first.setdefault(_code(content, table[name], reading), (name, content))
    for code, what_to_do in _EXPECTED.items():
        if code in first:
            name, content = first[code]
            cell = f'{table[name].en} of the {table.name} range holds "{shown(content)}"'
            raise RangeError(code, f"{cell}. {what_to_do}")


def _code(content: Any, column: Column, reading: Reading) -> str:
    """The error of one cell, "" where it is good."""
    if reading.blank:
        return "#N/A" if column.required else ""
    if not reading.fault:
        return ""
    return "#NUM!" if column.kind is Kind.NUMBER and _is_number(content) else "#VALUE!"


def _is_number(content: Any) -> bool:
    if isinstance(content, str):
        return text_number(content) is not None
    return isinstance(content, int | float) and not isinstance(content, bool)


def _table(name: str, columns: Sequence[str], rows: Sequence[Row]) -> RawTable:
    raw = tuple(RawColumn(column, "", np.array([row.get(column) for row in rows], dtype=object)) for column in columns)
    return RawTable(name, name, 1, np.arange(2, len(rows) + 2), raw)
