"""A replayed year on a terminal, and in a new workbook with a chart."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from restock.errors import WorkbookError
from restock.schema.records import records
from restock.text import say
from restock_xl.sheets.style import STYLES
from restock_xl.simulation import Simulation, dial_text, mean_rows

if TYPE_CHECKING:
    from rich.table import Table
    from xlsxwriter.chart import Chart

_SHORT = ("fill", "show_fill", "out_days", "stock", "cost")
_ALL = (
    "fill", "show_fill", "out_days", "stock", "stock_value", "cost", "lost_margin", "holding", "ordering", "moving",
    "order_lines", "transfer_lines", "transfer_units",
)  # fmt: skip
_SHARES, _TENTHS = ("fill", "show_fill"), ("out_days",)
_MARKS = {
    "article_7": ("#F79009", "triangle"), "article_15": ("#D92D20", "square"), "classic": ("#98A2B3", "diamond"),
    "ours": ("#7CB9C6", "circle"), "ours_moves": ("#1F3A4D", "circle"), "clairvoyant": ("#12B76A", "x"),
}  # fmt: skip
_HEAD, _CHART_ROWS, _SHEET = 3, 24, "Simulation"


def simulation_table(simulation: Simulation) -> Table:
    """The rules as a table to print, over the mean of the worlds."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    words = simulation.words
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), caption=say("simulate.table_note", words))
    for name in ("rule", "dial"):
        table.add_column(say(f"simulate.column_{name}", words), no_wrap=True)
    for name in _SHORT:
        table.add_column(say(f"simulate.short_{name}", words), justify="right", no_wrap=True)
    for row in records(mean_rows(simulation)):
        dial = dial_text(row["rule"], row["dial"], row["natural"], words)
        style = "bold" if row["natural"] else None
        table.add_row(say(f"simulate.{row['rule']}", words), dial, *(_shown(row, name) for name in _SHORT), style=style)
    return table


def _shown(row: dict[str, Any], name: str) -> str:
    value = row[name]
    if math.isnan(value):
        return "–"
    if name in _SHARES:
        return f"{value:.1%}"
    return f"{value:.1f}" if name in _TENTHS else f"{value:,.0f}"


def write_simulation(simulation: Simulation, path: Path) -> None:
    """Write sentences, table and chart as a new workbook.

    Raises:
        WorkbookError: The file is there already, its name does not end in .xlsx, or it cannot be written.
    """
    check_new_file(path)
    import xlsxwriter

    try:
        with xlsxwriter.Workbook(path, {"nan_inf_to_errors": False}) as book:
            _fill(book, simulation)
    except OSError as error:
        raise WorkbookError(f"{path} cannot be written: {error.strerror or error}. Choose another folder.") from error


def check_new_file(path: Path) -> None:
    """Refuse a name that no new workbook can have, before a long run rather than after it.

    Raises:
        WorkbookError: With a sentence.
    """
    if path.suffix.lower() != ".xlsx":
        raise WorkbookError(f'--out: {path.name} must end in .xlsx, for example "{path.stem or "year"}.xlsx".')
    if path.exists():
        raise WorkbookError(f"--out: {path} is there already and is left as it is. Choose another name.")
    if not path.absolute().parent.is_dir():
        raise WorkbookError(f"--out: there is no folder {path.absolute().parent}. Make it first, or choose another.")


def _fill(book: Any, simulation: Simulation) -> None:
    words, rows = simulation.words, mean_rows(simulation)
    look = {name: book.add_format(style) for name, style in STYLES.items() if not name.startswith(("if_", "row_"))}
    sheet = book.add_worksheet(_SHEET)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 42, look["text"])
    sheet.set_column(1, 1, 10, look["text"])
    sheet.set_column(2, 1 + len(_ALL), 13, look["text"])
    sheet.write_string(0, 0, say("simulate.title", words), look["title"])
    sentences = simulation.sentences()
    for place, sentence in enumerate(sentences):
        sheet.merge_range(1 + place, 0, 1 + place, 8, sentence, look["wrap"])
        sheet.set_row(1 + place, 15 * (1 + len(sentence.encode()) // 130))
    above = _HEAD + len(sentences) - 1
    head = above + _CHART_ROWS
    for column, name in enumerate(("rule", "dial", *_ALL)):
        sheet.write_string(head, column, say(f"simulate.column_{name}", words), look["header"])
    sheet.set_row(head, 58)
    for line, row in enumerate(records(rows), start=head + 1):
        sheet.write_string(line, 0, say(f"simulate.{row['rule']}", words), look["plain"])
        sheet.write_string(line, 1, dial_text(row["rule"], row["dial"], row["natural"], words), look["plain"])
        for column, name in enumerate(_ALL, start=2):
            _write(sheet, line, column, row[name], look[_style(name)])
    sheet.freeze_panes(0, 1)
    sheet.insert_chart(above, 0, _chart(book, rows, head + 1, simulation))


def _style(name: str) -> str:
    if name in _SHARES:
        return "plain_share"
    return "plain_tenth" if name in _TENTHS else "plain_units"


def _write(sheet: Any, line: int, column: int, value: float, style: Any) -> None:
    if math.isnan(value):
        sheet.write_blank(line, column, None, style)
    else:
        sheet.write_number(line, column, value, style)


def _chart(book: Any, rows: pd.DataFrame, first: int, simulation: Simulation) -> Chart:
    """Fill against stock, a series per rule; trials of a rule stand in adjoining lines."""
    words = simulation.words
    chart = book.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
    stock, fill = 2 + _ALL.index("stock"), 2 + _ALL.index("fill")
    for rule, part in rows.groupby("rule", sort=False):
        colour, mark = _MARKS[str(rule)]
        part = part[~part["dial"].isna()] if len(part) > 1 else part
        top, end = first + int(part.index[0]), first + int(part.index[-1])
        chart.add_series({
            "name": say(f"simulate.{rule}", words),
            "categories": [_SHEET, top, stock, end, stock],
            "values": [_SHEET, top, fill, end, fill],
            "line": {"color": colour, "width": 1.75},
            "marker": {"type": mark, "size": 7, "fill": {"color": colour}, "border": {"color": colour}},
        })  # fmt: skip
    chart.set_title({"name": say("simulate.chart", words), "name_font": {"size": 12}})
    grid = {"visible": True, "line": {"color": "#E4E7EC"}}
    axis = {"num_format": "#,##0", "min": 0, "major_gridlines": grid}
    chart.set_x_axis({"name": say("simulate.column_stock", words), **axis})
    lowest = math.floor(float(rows["fill"].min()) * 20) / 20
    chart.set_y_axis({"name": say("simulate.column_fill", words), "num_format": "0%", "min": lowest, "max": 1,
                      "major_gridlines": grid})  # fmt: skip
    chart.set_legend({"position": "right", "font": {"size": 10}})
    chart.set_size({"width": 1000, "height": 460})
    return chart
