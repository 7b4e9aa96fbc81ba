"""Charts by XlsxWriter, from their models."""

from __future__ import annotations

from typing import Any

from restock_xl.sheets.chart_model import CHART_NAME, Cells, Chart, ColumnOf, Series
from restock_xl.sheets.model import Formula, SheetModel
from restock_xl.sheets.style import GREY, HEAD_FILL, RED
from restock_xl.sheets.values import cell_value

_GRID = {"visible": True, "line": {"color": "#E4E7EC"}}
_FONT = {"size": 9, "color": "#475467"}
_TYPES = {
    "bar": {"type": "bar", "subtype": "stacked"}, "column": {"type": "column"},
    "area": {"type": "area", "subtype": "stacked"}, "base": {"type": "area", "subtype": "stacked"},
    "line": {"type": "line"}, "marks": {"type": "line"},
}  # fmt: skip
_LABEL_DAYS = 14
_HATCH = "light_upward_diagonal"
"""Grey beside light green: the two would be one for some eyes."""


class _Shown:
    """What the cells of a sheet show: a file keeps it beside a chart, for programs that only show files."""

    def __init__(self, sheet: str, model: SheetModel, date1904: bool) -> None:
        self.sheet, self._model, self._date1904 = sheet, model, date1904
        self._cells = {(cell.row, cell.column): cell.value for cell in model.cells} if model.charts else {}

    def area(self, place: Cells | ColumnOf) -> list[Any]:
        """A range, as XlsxWriter takes it."""
        if isinstance(place, Cells):
            return [self.sheet, place.first_row, place.first_column, place.last_row, place.last_column]
        table = self._model.tables[place.table]
        column = table.column + place.column
        return [self.sheet, table.row + 1, column, table.last_row, column]

    def values(self, place: Cells | ColumnOf) -> list[Any]:
        """What stands there; None where nothing or an error does."""
        if isinstance(place, Cells):
            rows = range(place.first_row, place.last_row + 1)
            found = [self._cells.get((row, place.first_column)) for row in rows]
        else:
            found = list(self._model.tables[place.table].columns[place.column].values)
        plain = [one.value if isinstance(one, Formula) else one for one in found]
        shown = [cell_value(one, self._date1904) for one in plain]
        return [None if isinstance(one, str) and one.startswith("#") else one for one in shown]

    def text(self, place: tuple[int, int]) -> str:
        """What a cell says."""
        value = self._cells.get(place)
        return str(value.value if isinstance(value, Formula) else value or "")


def insert_charts(book: Any, sheet: Any, model: SheetModel, date1904: bool) -> None:
    """Put the charts of a model on its sheet."""
    shown = _Shown(sheet.get_name(), model, date1904)
    for chart in model.charts:
        _insert(book, sheet, shown, chart)


def _insert(book: Any, sheet: Any, shown: _Shown, chart: Chart) -> None:
    """Series of another type than the first one's are drawn over it."""
    name = CHART_NAME + chart.name
    groups: dict[str, Any] = {}
    for series in chart.series:
        kind = _TYPES[series.kind]
        made = groups.setdefault(kind["type"], None) or book.add_chart({**kind, "name": name})
        groups[kind["type"]] = made
        made.add_series(_series(shown, chart, series))
    drawn, *others = groups.values()
    for other in others:
        drawn.combine(other)
    unnamed = [place for place, series in enumerate(chart.series) if not series.name]
    _set_up(drawn, chart, unnamed)
    spot = {"x_offset": chart.right, "description": chart.title}
    sheet.insert_chart(chart.row, chart.column, drawn, spot)


def _set_up(drawn: Any, chart: Chart, unnamed: list[int]) -> None:
    drawn.set_title({"name": chart.title, "name_font": {"size": 12, "bold": True, "color": HEAD_FILL}})
    category: dict[str, Any] = {"num_font": _FONT, "name": chart.category_title, "name_font": _FONT}
    if not chart.dates:
        category |= {"text_axis": True}
    if chart.category_format:
        category |= {"num_format": chart.category_format}
    if chart.dates:
        category |= {"date_axis": True, "major_unit": _LABEL_DAYS, "major_unit_type": "days",
                     "position_axis": "on_tick"}  # fmt: skip
    value = {
        "num_font": _FONT, "name": chart.value_title, "name_font": _FONT, "min": 0, "num_format": "#,##0",
        "major_gridlines": _GRID, "line": {"none": True},
    }  # fmt: skip
    if any(series.kind == "bar" for series in chart.series):
        category |= {"reverse": True}  # the first on top, as in the table
        value |= {"label_position": "high"}
        category, value = value, category  # XlsxWriter names the axes of lying bars by where they lie
    drawn.set_x_axis(category)
    drawn.set_y_axis(value)
    drawn.set_legend({"position": "bottom", "delete_series": unnamed, "font": {"size": 9}})
    drawn.set_size({"width": chart.width, "height": chart.height})
    drawn.set_chartarea({"border": {"color": "#D0D5DD"}})
    drawn.show_hidden_data()


def _series(shown: _Shown, chart: Chart, series: Series) -> dict[str, Any]:
    made: dict[str, Any] = {
        "categories": shown.area(chart.categories), "categories_data": shown.values(chart.categories),
        "values": shown.area(series.values), "values_data": shown.values(series.values), "name": series.name,
    }  # fmt: skip
    if series.name_cell:
        made |= {"name": [shown.sheet, *series.name_cell], "name_data": [shown.text(series.name_cell)]}
    line = {"color": series.color, "width": 2.25, "dash_type": series.dash}
    if series.kind == "base":
        return made | {"fill": {"none": True}, "line": {"none": True}}
    if series.kind in ("area", "bar", "column"):
        pattern = {"pattern": _HATCH, "fg_color": "#98A2B3", "bg_color": series.color}
        made |= {"pattern": pattern} if series.color == GREY else {"fill": {"color": series.color}}
        made |= {"border": {"color": "#98A2B3", "width": 0.5}, "gap": 45}
    else:
        made |= {"line": line if series.kind == "line" else {"none": True}}
    if series.labels:
        ink = "#FFFFFF" if series.color == RED else "#000000"
        made |= {"data_labels": {"value": True, "num_format": "#,##0;;", "font": {"size": 9, "color": ink}}}
    if series.kind in ("line", "marks"):
        size = {"size": 9 if series.kind == "marks" else 5}
        looks = {"fill": {"color": series.color}, "border": {"color": "#FFFFFF"}}
        made |= {"marker": {"type": series.mark, **size, **looks} if series.mark else {"type": "none"}}
    return made
