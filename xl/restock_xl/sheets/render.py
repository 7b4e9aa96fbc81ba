"""The one renderer: sheet models to an .xlsx. It decides nothing; what a sheet says is in its model.

XlsxWriter makes the book, its styles, sheets, tables and rules; rows below the headers of tables come from `Body`.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import quote_sheetname, xl_range

from restock_xl.package.book import Book
from restock_xl.package.fill import fill_rows, with_range
from restock_xl.package.ownership import OWNERSHIP_NAME, WRITTEN_NAME, ownership_text
from restock_xl.package.sparklines import with_sparklines
from restock_xl.sheets.body import Body
from restock_xl.sheets.charts import insert_charts
from restock_xl.sheets.model import CellModel, ColumnModel, Formula, SheetModel, TableModel, Validation
from restock_xl.sheets.style import STYLES
from restock_xl.sheets.values import cell_value

VALIDATED_ROWS = 5000
_MAX_ROWS = 1 << 20
_PAPER_A4 = 9


def render(
    models: list[SheetModel],
    path: Path,
    date1904: bool = False,
    active: str = "",
    names: Iterable[tuple[str, str]] = (),
    compressed: bool = True,
) -> None:
    """Write `models` as a workbook at `path`.

    Args:
        date1904: Count dates from 1904, as the book does that the sheets will be put into.
        active: Name of the sheet that opens first; the first one if empty.
        names: Names of the whole book with their formulas, in the encoding of the file.
        compressed: Whether to make the file small; not worth the time for one that is gone in a moment.
    """
    bodies = {model.name: Body(model, date1904) for model in models if model.tables}
    with tempfile.TemporaryDirectory() as folder:
        frame = Path(folder) / "frame.xlsx"
        _write_frame(models, bodies, frame, date1904, active, names)
        book = Book(frame)
        _fill(book, models, bodies)
        book.archive.save(path, None if compressed else 0)


def _fill(book: Book, models: list[SheetModel], bodies: dict[str, Body]) -> None:
    """Put the rows into the frame, and let its tables reach down to them."""
    ranges = {table.name: _table_range(table, table.last_row) for model in models for table in model.tables}
    for name, body in bodies.items():
        part = book.part_of_sheet(name)
        book.archive.write(part, fill_rows(book.archive.read(part), body))
    for model in models:
        if model.sparklines:
            part = book.part_of_sheet(model.name)
            drawn = model.sparklines[0].sheet
            book.archive.write(part, with_sparklines(book.archive.read(part), model.sparklines, drawn))
    for table in book.tables():
        data = book.archive.read(table.part)
        book.archive.write(table.part, with_range(data, table.ref, ranges[table.name]))


def _write_frame(
    models: list[SheetModel],
    bodies: dict[str, Body],
    path: Path,
    date1904: bool,
    active: str,
    names: Iterable[tuple[str, str]],
) -> None:
    """Everything but the bodies, whose styles are shown by a row of blank cells.

    Tables are one row long, for XlsxWriter looks at every cell of a table and writes its formulas.
    """
    options = {
        "date_1904": date1904,
        "strings_to_numbers": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"title": "Restock", "created": dt.datetime(2026, 1, 1)})
    book.set_calc_mode("auto")
    book.calc_on_load = False
    formats = {name: book.add_format(dict(style)) for name, style in STYLES.items()}
    for model in models:
        _write_sheet(book, model, bodies.get(model.name), formats, date1904)
    chosen = next((sheet for sheet in book.worksheets() if sheet.get_name() == active), None)
    if chosen is not None:
        chosen.activate()
    for name, formula in names:
        book.define_name(name, f"={formula}")
    book.close()


def _write_sheet(book: Any, model: SheetModel, body: Body | None, formats: dict[str, Any], date1904: bool) -> None:
    sheet = book.add_worksheet(model.name)
    for column, width in enumerate(model.widths):
        sheet.set_column(column, column, width, formats["text"])
    for first, last in model.folded:
        sheet.set_column(first, last, 18, formats["text"], {"level": 1, "hidden": True})
        sheet.set_column(last + 1, last + 1, None, formats["text"], {"collapsed": True})
    for choice in model.choices:
        rule = _validation(choice.validation, None)
        sheet.data_validation(choice.row, choice.column, choice.row, choice.column, rule)
    end = body.first_row if body else _MAX_ROWS
    for row, height in model.row_heights.items():
        if row < end:
            sheet.set_row(row, height)
    for area in model.merges:
        sheet.merge_range(*area, "", formats["wrap"])
    for cell in model.cells:
        if cell.row < end:
            _write(sheet, cell.row, cell.column, cell.value, formats[cell.style], date1904)
    for table in model.tables:
        _write_table(sheet, table, formats)
    for place, style in enumerate(body.styles if body else ()):
        sheet.write_blank(end, place, None, formats[style])
    for light in model.highlights:
        area = (light.first_row, light.first_column, light.last_row, light.last_column)
        sheet.conditional_format(
            *area, {"type": "formula", "criteria": light.criterion, "format": formats[light.style]}
        )
    for press in model.buttons:
        spot = {"x_offset": press.x, "y_offset": press.y, "width": press.width, "height": press.height}
        does = {"macro": press.macro, "caption": press.caption}
        sheet.insert_button(press.row, press.column, {**does, **spot})
    insert_charts(book, sheet, model, date1904)
    _set_up(sheet, model)
    if model.key:
        book.define_name(f"{quote_sheetname(model.name)}!{OWNERSHIP_NAME}", f"={ownership_text(model.key)}")
    if model.written:
        book.define_name(f"{quote_sheetname(model.name)}!{WRITTEN_NAME}", f"={model.written}")


def _set_up(sheet: Any, model: SheetModel) -> None:
    """Frozen headers, print layout, tab colour."""
    if any(model.freeze):
        sheet.freeze_panes(*model.freeze)
    if model.tab_color:
        sheet.set_tab_color(model.tab_color)
    if model.hidden:
        sheet.hide()
    if model.landscape:
        sheet.set_landscape()
    sheet.set_paper(_PAPER_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&F – &A&R&P / &N")
    if model.paper_repeat:
        sheet.repeat_rows(*model.paper_repeat)
    if not model.gridlines:
        sheet.hide_gridlines(2)


def _write_table(sheet: Any, table: TableModel, formats: dict[str, Any]) -> None:
    columns = []
    for model in table.columns:
        column: dict[str, Any] = {"header": model.header, "header_format": formats[model.header_style]}
        if model.formula:
            column["formula"] = model.formula
        columns.append(column)
    options = {"name": table.name, "columns": columns, "style": None, "autofilter": True}
    sheet.add_table(_table_range(table, table.row + 1), options)
    for offset, model in enumerate(table.columns):
        _set_up_column(sheet, table, table.column + offset, model, formats)
    if any(model.formula for model in table.columns):
        area = xl_range(table.row + 1, table.column, table.last_row, table.last_column)
        sheet.ignore_errors({"calculated_column": area})


def _table_range(table: TableModel, last_row: int) -> str:
    return str(xl_range(table.row, table.column, last_row, table.last_column))


def _set_up_column(sheet: Any, table: TableModel, column: int, model: ColumnModel, formats: dict[str, Any]) -> None:
    options = {"hidden": model.hidden, "level": model.level}
    sheet.set_column(column, column, model.width, formats["text"], options)
    if model.validation or model.message:
        first = table.row + 1
        last = max(table.last_row, first + VALIDATED_ROWS)
        sheet.data_validation(first, column, last, column, _validation(model.validation, model.message))


def _validation(rule: Validation | None, message: tuple[str, str] | None) -> dict[str, Any]:
    options: dict[str, Any] = {"validate": "any"}
    if rule is not None and (rule.words or rule.source):
        options = {"validate": "list", "source": rule.source or list(rule.words)}
    elif rule is not None and rule.dates:
        first = dt.date(2000, 1, 1)
        options = {"validate": "date", "criteria": "between", "minimum": first, "maximum": dt.date(2099, 12, 31)}
    elif rule is not None and rule.minimum is not None:
        options = {"validate": "decimal", "criteria": ">=", "value": rule.minimum}
        if rule.maximum is not None:
            options = {"validate": "decimal", "criteria": "between", "minimum": rule.minimum, "maximum": rule.maximum}
    options |= {"error_type": "warning"}
    if message is not None:
        options |= {"input_title": message[0][:32], "input_message": message[1][:255]}
    return options


def _write(sheet: Any, row: int, column: int, value: Any, style: Any, date1904: bool) -> None:
    if isinstance(value, CellModel):
        raise TypeError("a cell's value is not a cell")
    if isinstance(value, Formula):
        shown = cell_value(value.value, date1904)
        sheet.write_formula(row, column, value.text, style, "" if shown is None else shown)
        return
    plain = cell_value(value, date1904)
    if plain is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(plain, bool):
        sheet.write_boolean(row, column, plain, style)
    elif isinstance(plain, str):
        sheet.write_string(row, column, plain, style)
    else:
        sheet.write_number(row, column, plain, style)
