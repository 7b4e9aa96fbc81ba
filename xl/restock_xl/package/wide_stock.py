"""Stock with a column per warehouse, as many sellers keep it; it is found here and unfolded by the engine."""

from __future__ import annotations

from collections.abc import Callable

from restock.schema.columns import normal_header, normal_key
from restock.schema.inputs import STOCK

from .cells import SheetCells
from .locate import KNOWN_HEADERS, Located, Region, is_free, sheet_has_name_of
from .references import column_letter

_SAMPLE_ROWS = 20


def find_wide_stock(
    regions: list[Region], found: dict[str, Located], cells: Callable[[str], SheetCells]
) -> Located | None:
    """Return the headers with an SKU and a column per warehouse, or None.

    A column belongs to a warehouse when its header is the name of one. Where the book names no warehouses,
    two or more unknown headers above numbers will do.
    """
    names = _warehouse_names(found, cells)
    ranked = []
    for order, region in enumerate(regions):
        columns = region.match(STOCK)
        if "sku" not in columns or "on_hand" in columns or not is_free(region, found):
            continue
        count = (
            _count_named(region, names) if names is not None else _count_numeric(region, cells(region.sheet))
        )
        if count >= (1 if names is not None else 2):
            ranked.append(
                (-count, not sheet_has_name_of(region, STOCK), order, Located(STOCK, region, columns, "wide"))
            )
    return min(ranked, key=lambda entry: entry[:3])[3] if ranked else None


def _warehouse_names(found: dict[str, Located], cells: Callable[[str], SheetCells]) -> set[str] | None:
    """Return the folded names on the Warehouses table; None where there is no such table or it is empty."""
    warehouses = found.get("Warehouses")
    if warehouses is None:
        return None
    sheet, region = cells(warehouses.region.sheet), warehouses.region
    rows = [row for row in sheet.rows if row > region.row]
    values = sheet.column(column_letter(warehouses.columns["warehouse"]), rows)
    return {normal_key(value) for value in values if isinstance(value, str) and value.strip()} or None


def _count_named(region: Region, names: set[str]) -> int:
    return sum(header is not None and normal_key(header) in names for header in region.headers)


def _count_numeric(region: Region, sheet: SheetCells) -> int:
    rows = [row for number, row in sheet.head(region.row + _SAMPLE_ROWS).items() if number > region.row]
    count = 0
    for place, header in enumerate(region.headers):
        if header and normal_header(header) not in KNOWN_HEADERS:
            shown = [
                row[region.left + place] for row in rows if row.get(region.left + place) not in (None, "")
            ]
            numbers = sum(isinstance(value, float) for value in shown)
            count += 2 * numbers > len(shown)
    return count
