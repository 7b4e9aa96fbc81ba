"""Charts by XlsxWriter, from their models."""

from __future__ import annotations

from typing import Any

from restock_xl.sheets.chart_model import CHART_NAME, Cells, Chart, ColumnOf, Series
from restock_xl.sheets.model import SheetModel

_GRID = {"visible": True, "line": {"color": "#E4E7EC"}}
_FONT = {"size": 9, "color": "#475467"}
_TYPES = {
    "bar": {"type": "bar", "subtype": "stacked"}, "column": {"type": "column"},
    "area": {"type": "area", "subtype": "stacked"}, "base": {"type": "area", "subtype": "stacked"},
    "line": {"type": "line"}, "marks": {"type": "line"},
}  # fmt: skip
_MONTH_DAYS = 14


def insert_chart(book: Any, sheet: Any, model: SheetModel, chart: Chart) -> None:
    """Put a chart on a sheet. Series of another type than the first one's are drawn over it."""
    name = CHART_NAME + chart.name
    groups: dict[str, Any] = {}
    for series in chart.series:
        kind = _TYPES[series.kind]
        made = groups.setdefault(kind["type"], None) or book.add_chart({**kind, "name": name})
        groups[kind["type"]] = made
        made.add_series(_series(sheet.get_name(), model, chart, series))
    drawn, *others = groups.values()
    for other in others:
        drawn.combine(other)
    unnamed = [place for place, series in enumerate(chart.series) if not series.name]
    _set_up(drawn, chart, unnamed)
    spot = {"x_offset": chart.right, "description": chart.title}
    sheet.insert_chart(chart.row, chart.column, drawn, spot)


def _set_up(drawn: Any, chart: Chart, unnamed: list[int]) -> None:
    drawn.set_title({"name": chart.title, "name_font": {"size": 12, "bold": True, "color": "#1F3A4D"}, "overlay": False})
    category: dict[str, Any] = {"num_font": _FONT, "name": chart.category_title, "name_font": _FONT}
    if chart.category_format:
        category |= {"num_format": chart.category_format}
    if chart.dates:
        category |= {"date_axis": True, "major_unit": _MONTH_DAYS, "major_unit_type": "days", "position_axis": "on_tick"}
    value = {
        "num_font": _FONT, "name": chart.value_title, "name_font": _FONT, "min": 0, "num_format": "#,##0",
        "major_gridlines": _GRID, "line": {"none": True},
    }  # fmt: skip
    if any(series.kind == "bar" for series in chart.series):
        category |= {"reverse": True}
        value |= {"crossing": "max", "label_position": "next_to"}
    drawn.set_x_axis(category)
    drawn.set_y_axis(value)
    drawn.set_legend({"position": "bottom", "delete_series": unnamed, "font": {"size": 9}})
    drawn.set_size({"width": chart.width, "height": chart.height})
    drawn.set_chartarea({"border": {"color": "#D0D5DD"}})
    drawn.show_hidden_data()
    drawn.show_na_as_empty_cell()


def _series(sheet: str, model: SheetModel, chart: Chart, series: Series) -> dict[str, Any]:
    made: dict[str, Any] = {
        "categories": [sheet, *_area(model, chart.categories)],
        "values": [sheet, *_area(model, series.values)],
        "name": [sheet, *series.name_cell] if series.name_cell else series.name,
    }
    line = {"color": series.color, "width": 2.25, "dash_type": series.dash}
    if series.kind == "base":
        return made | {"fill": {"none": True}, "line": {"none": True}}
    if series.kind in ("area", "bar", "column"):
        made |= {"fill": {"color": series.color}, "border": {"color": "#98A2B3", "width": 0.5}, "gap": 45}
    else:
        made |= {"line": line if series.kind == "line" else {"none": True}}
    if series.labels:
        made |= {"data_labels": {"value": True, "num_format": "#,##0;;", "font": {"size": 9}}}
    if series.kind in ("line", "marks"):
        size = {"size": 9 if series.kind == "marks" else 5}
        looks = {"fill": {"color": series.color}, "border": {"color": "#FFFFFF"}}
        made |= {"marker": {"type": series.mark, **size, **looks} if series.mark else {"type": "none"}}
    return made


def _area(model: SheetModel, place: Cells | ColumnOf) -> tuple[int, int, int, int]:
    if isinstance(place, Cells):
        return place.first_row, place.first_column, place.last_row, place.last_column
    table = model.tables[place.table]
    column = table.column + place.column
    return table.row + 1, column, table.last_row, column
