"""Where the Stock table of a book stands, its calculated columns, and what their formulas refer to."""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name

from restock.schema.columns import normal_header
from restock.schema.inputs import CATALOG, INBOUND, STOCK
from restock.schema.outputs import STOCK_COMPUTED
from restock.schema.raw import RawTable
from restock.schema.settings import SETTINGS_LIST
from restock_xl.package.cells import SheetCells
from restock_xl.package.read import BookContents
from restock_xl.package.references import column_number
from restock_xl.sheets.stock_formulas import StockPlace


def computed_columns(cells: SheetCells, table: RawTable) -> dict[int, str]:
    """Return the calculated columns of Stock by column number, found by their headers."""
    headers = {normal_header(str(value)): column for column, value in cells.row(table.header_row).items()}
    found = {}
    for column in STOCK_COMPUTED:
        labels = (normal_header(column.en), normal_header(column.zh))
        hits = [headers[text] for text in labels if text in headers]
        if hits:
            found[hits[0]] = column.name
    return found


def stock_place(
    contents: BookContents, table: RawTable, computed: dict[int, str], forecast_sheet: str
) -> StockPlace | None:
    """Return where the formulas of a book find what they need; None where it lacks a sheet that they name."""
    tables = contents.raw.tables
    if any(name not in tables for name in ("Settings", "Catalog", "Inbound")) or len(computed) < len(STOCK_COMPUTED):
        return None
    letters = {name: xl_col_to_name(column - 1) for column, name in computed.items()}
    inputs = _letters(table, STOCK.match_headers(table.headers()))
    if len(inputs) < len(STOCK.columns):
        return None
    headers = contents.cells(table.sheet).row(table.header_row)
    tier = next(column for column, name in computed.items() if name == "tier")
    return StockPlace(
        columns=inputs | letters,
        forecast_sheet=forecast_sheet,
        settings_sheet=tables["Settings"].sheet,
        settings=_setting_cells(contents, tables["Settings"]),
        catalog_sheet=tables["Catalog"].sheet,
        catalog=_letters(tables["Catalog"], CATALOG.match_headers(tables["Catalog"].headers())),
        inbound_sheet=tables["Inbound"].sheet,
        inbound=_letters(tables["Inbound"], INBOUND.match_headers(tables["Inbound"].headers())),
        language="en" if str(headers.get(tier, "")).isascii() else "zh",
        native=_calls_names(contents.cells(table.sheet), table, computed),
    )


def place_in(contents: BookContents, forecast_sheet: str) -> StockPlace | None:
    """Return where the formulas of a book find what they need, see `stock_place`."""
    table = contents.raw.tables["Stock"]
    return stock_place(contents, table, computed_columns(contents.cells(table.sheet), table), forecast_sheet)


def _calls_names(cells: SheetCells, table: RawTable, computed: dict[int, str]) -> bool:
    """Whether the days left of this book call our LAMBDA name, as in a book made for Microsoft 365 only."""
    column = next(column for column, name in computed.items() if name == "cover")
    return "RESTOCK_" in (cells.formulas.text(table.header_row + 1, column) or "")


def _letters(table: RawTable, found: dict[str, int]) -> dict[str, str]:
    return {name: table.columns[position].letter for name, position in found.items()}


def _setting_cells(contents: BookContents, table: RawTable) -> dict[str, str]:
    """The cell of each setting's value."""
    labels = {normal_header(text): s.key for s in SETTINGS_LIST for text in (s.key, s.en, s.zh)}
    by_header = {normal_header(column.header): column for column in table.columns}
    setting = by_header.get("setting") or by_header.get("项目")
    value = by_header.get("value") or by_header.get("数值")
    if setting is None or value is None:
        return {}
    cells = contents.cells(table.sheet)
    column = column_number(setting.letter)
    found: dict[str, str] = {}
    for row in range(table.header_row + 1, cells.max_row + 1):
        key = labels.get(normal_header(str(cells.at(row, column) or "")))
        if key:
            found.setdefault(key, f"${value.letter}${row}")
    return found
