"""The sheets people type into: headers, pre-made rows, lists to choose from; Stock with its calculated columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from restock.schema.columns import Kind
from restock.schema.inputs import CATALOG, INBOUND, INPUT_TABLES, SALES_ORDER, SETTINGS, STOCK
from restock.schema.outputs import STOCK_COMPUTED
from restock.schema.settings import DEFAULT_CURRENCY, SETTINGS_LIST
from restock.schema.words import CHOICES, word, words
from restock_xl.sheets.layout import FIRST_ROW, HEADER_ROW, PREMADE_ROWS, TAB_BY_KEY, quoted, tab_names
from restock_xl.sheets.model import CellModel, ColumnModel, Formula, Highlight, SheetModel
from restock_xl.sheets.small_charts import LABELS, small_chart_columns, small_charts
from restock_xl.sheets.stock_formulas import FormulaRows, StockPlace
from restock_xl.sheets.style import kind_style
from restock_xl.sheets.table_sheet import input_column, table_sheet, tier_highlights

_LISTS = ("class", "status", "mode", "inbound_state", "flag", "language")
_LIST_COLUMN = 5
_NAMED_LISTS = {"warehouse": "Warehouses", "supplier": "Suppliers"}
_TYPED_BY_PLAN = {
    "sells_out_on",
    "action",
    "order_by",
    "order_units",
    "next_show",
    "show_units",
    "next_arrival",
    "trend",
}
_WORKING = {"forecast_row", "need_1", "need_2", "need_3", "need_4", "need_5", "cover"}
Rows = Sequence[dict[str, Any]]


def input_sheets(language: str, data: dict[str, Rows] | None = None, native: bool = False) -> dict[str, SheetModel]:
    """Every input sheet of a new book by key; `data` holds rows to fill in, by table and column name."""
    data = data or {}
    sheets = {
        "Stock": _stock(language, data.get("Stock", ()), native),
        "Settings": _settings(language, data.get("Settings", ())),
    }
    for key, table in INPUT_TABLES.items():
        if key in sheets:
            continue
        rows = data.get(key, ())
        columns = tuple(
            _filled(input_column(column, language, _source(key, column.name, language)), rows, column.name)
            for column in (*table.columns, *([SALES_ORDER] if key == "Sales" else []))
        )
        length = max(len(rows), PREMADE_ROWS[key])
        sheets[key] = table_sheet(
            table, language, columns, length, TAB_BY_KEY[key].name(language),
            hidden=not TAB_BY_KEY[key].visible and not rows,
        )  # fmt: skip
    return sheets


def _filled(column: ColumnModel, rows: Rows, name: str) -> ColumnModel:
    return replace(column, values=[row.get(name) for row in rows])


def _source(table: str, column: str, language: str) -> str:
    """Where the words to choose from stand, as a range."""
    names = tab_names(language)
    spec = INPUT_TABLES[table].by_name.get(column, SALES_ORDER)
    kind = {Kind.CHOICE: spec.choices, Kind.FLAG: "flag"}.get(spec.kind, "")
    if kind:
        letter = xl_col_to_name(_LIST_COLUMN + _LISTS.index(kind))
        last = FIRST_ROW + len(CHOICES[kind])
        return f"={quoted(names['Settings'])}!${letter}${FIRST_ROW + 1}:${letter}${last}"
    target = _NAMED_LISTS.get(column, "")
    if not target or target == table or table == "Sales":
        return ""
    return f"={quoted(names[target])}!$A${FIRST_ROW + 1}:$A${FIRST_ROW + PREMADE_ROWS[target]}"


def stock_place(language: str, native: bool = False) -> StockPlace:
    """Where the formulas of Stock find what they need in a new book."""
    names = tab_names(language)
    everything = (*STOCK.columns, *STOCK_COMPUTED)
    return StockPlace(
        columns={column.name: xl_col_to_name(k) for k, column in enumerate(everything)},
        forecast_sheet=names["Forecast"],
        settings_sheet=names["Settings"],
        settings={setting.key: f"$B${FIRST_ROW + 1 + k}" for k, setting in enumerate(SETTINGS_LIST)},
        catalog_sheet=names["Catalog"],
        catalog={column.name: xl_col_to_name(k) for k, column in enumerate(CATALOG.columns)},
        inbound_sheet=names["Inbound"],
        inbound={column.name: xl_col_to_name(k) for k, column in enumerate(INBOUND.columns)},
        language=language,
        native=native,
    )


def _stock(language: str, rows: Rows, native: bool) -> SheetModel:
    length = max(len(rows), PREMADE_ROWS["Stock"])
    patterns = FormulaRows(stock_place(language, native))
    formulas = [patterns.row(FIRST_ROW + 1 + k) for k in range(length)]
    columns = [
        _filled(input_column(column, language, _source("Stock", column.name, language)), rows, column.name)
        for column in STOCK.columns
    ]
    for column in STOCK_COMPUTED:
        style = "formula_tier" if column.name == "tier" else kind_style("formula", column.kind.value, column.unit)
        working = column.name in _WORKING
        columns.append(ColumnModel(
            column.header(language), [Formula(line[column.name]) for line in formulas], style,
            "header_plan" if column.name in _TYPED_BY_PLAN else "header_formula", column.width,
            formula=formulas[0][column.name], level=1 if working else 0, hidden=working,
        ))  # fmt: skip
    names = [column.name for column in (*STOCK.columns, *STOCK_COMPUTED)]
    last = HEADER_ROW + length
    lights = tier_highlights(names.index("tier"), last, len(names) - 1) + _order_by_lights(names, last, language)
    name = TAB_BY_KEY["Stock"].name(language)
    pictures = small_chart_columns(language)
    letters = dict(zip(LABELS, (xl_col_to_name(len(columns) + k) for k in range(len(pictures))), strict=True))
    rows_with = range(FIRST_ROW + 1, FIRST_ROW + 1 + length)
    groups = small_charts(letters, dict(zip(rows_with, rows_with, strict=True)), tab_names(language)["TrendLines"])
    model = table_sheet(STOCK, language, (*columns, *pictures), length, name, highlights=lights, freeze_columns=2)
    return replace(model, sparklines=groups)


def _order_by_lights(names: list[str], last: int, language: str) -> tuple[Highlight, ...]:
    """The second colour: an order date that has passed, or falls within the week."""
    column = names.index("order_by")
    cell = f"${xl_col_to_name(column)}{FIRST_ROW + 1}"
    pressed = f"{quoted(tab_names(language)['Forecast'])}!$E$1"
    soon = f"{quoted(tab_names(language)['Settings'])}!{stock_place(language).settings['order_soon_days']}"
    late = f"=AND(ISNUMBER({cell}),{cell}<{pressed})"
    week = f"=AND(ISNUMBER({cell}),{cell}<={pressed}+{soon})"
    area = (FIRST_ROW, column, last, column)
    return (Highlight(*area, late, "if_late"), Highlight(*area, week, "if_week"))


def _settings(language: str, rows: Rows) -> SheetModel:
    typed = {row["key"]: row["value"] for row in rows}
    values, styles = [], []
    for setting in SETTINGS_LIST:
        value = typed.get(setting.key, setting.default)
        if setting.key == "language":
            value = word("language", typed.get("language", language), language)
        if setting.key == "currency":
            value = value or DEFAULT_CURRENCY[language]
        values.append(value)
        styles.append(kind_style("input", setting.kind.value, setting.unit))
    columns = (
        ColumnModel(SETTINGS["setting"].header(language), [s.label(language) for s in SETTINGS_LIST], "plain",
                    "header", 44),
        ColumnModel(SETTINGS["value"].header(language), values, "input", "header_input", 16, row_styles=tuple(styles)),
        ColumnModel(SETTINGS["meaning"].header(language), [s.help(language) for s in SETTINGS_LIST], "plain_wrap",
                    "header", 74),
    )  # fmt: skip
    name = TAB_BY_KEY["Settings"].name(language)
    return table_sheet(SETTINGS, language, columns, len(SETTINGS_LIST), name, extra=_lists(language))


def _lists(language: str) -> tuple[CellModel, ...]:
    """The words to choose from, beside the settings."""
    cells = []
    for k, kind in enumerate(_LISTS):
        column = _LIST_COLUMN + k
        cells.append(CellModel(HEADER_ROW, column, kind.replace("_", " "), "hint"))
        cells += [CellModel(FIRST_ROW + i, column, text, "hint") for i, text in enumerate(words(kind, language))]
    return tuple(cells)
