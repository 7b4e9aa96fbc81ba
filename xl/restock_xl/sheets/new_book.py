"""A new workbook: every sheet in its place, inputs ready to type into, outputs pre-made and empty."""

from __future__ import annotations

from pathlib import Path

from restock.functions.lambda_names import lambda_names
from restock.schema.settings import Settings
from restock.text import Words, say
from restock_xl.sheets.buttons import start_with_buttons, today_with_buttons
from restock_xl.sheets.charts_sheet import charts_sheet
from restock_xl.sheets.explain_sheet import empty_explain
from restock_xl.sheets.functions_sheet import functions_sheet
from restock_xl.sheets.input_sheets import Rows, input_sheets
from restock_xl.sheets.layout import TAB_BY_KEY, TABS
from restock_xl.sheets.model import CellModel, SheetModel
from restock_xl.sheets.output_sheets import empty_sheets, new_targets
from restock_xl.sheets.render import render
from restock_xl.sheets.style import TAB_HELP
from restock_xl.sheets.text_height import text_height
from restock_xl.sheets.today import empty_today

_START_WIDTH = 96.0


def new_book(
    path: Path,
    language: str = "en",
    data: dict[str, Rows] | None = None,
    note: str = "",
    native: bool = False,
    named: bool = True,
    buttons: bool = False,
) -> None:
    """Write a new workbook at `path`.

    Args:
        language: "en" or "zh": of tabs, headers, help and sentences.
        data: Rows to fill into input tables, by table and column name.
        note: Key of a sentence to put on Start.
        native: Let the days left call our function: for a team that is all on Microsoft 365, or a book with macros.
        named: Carry our functions as LAMBDA names; never in a file whose macros hold functions of these names.
        buttons: Put buttons on Start and Today, for a book with macros.
    """
    models = book_models(language, data, note, native)
    if buttons:
        words = Words(language)
        dressed = {"Start": start_with_buttons, "Today": today_with_buttons}
        by_name = {TAB_BY_KEY[key].name(language): dress for key, dress in dressed.items()}
        models = [by_name[model.name](model, words) if model.name in by_name else model for model in models]
    names = [(name.name, name.text) for name in lambda_names()] if named else []
    render(models, path, active=models[0].name, names=names)


def book_models(
    language: str, data: dict[str, Rows] | None = None, note: str = "", native: bool = False
) -> list[SheetModel]:
    """Every sheet of a new book, in tab order."""
    words = Words(language)
    sheets = input_sheets(language, data, native) | empty_sheets(language, words, Settings().knots())
    for tab in TABS:
        name = tab.name(language)
        if tab.key == "Start":
            sheets["Start"] = _start(name, words, note)
        elif tab.key == "Today":
            sheets["Today"] = empty_today(language, words, name)
        elif tab.key == "Functions":
            sheets["Functions"] = functions_sheet(name, words)
        elif tab.key == "Explain":
            sheets["Explain"] = empty_explain(name, words)
        elif tab.key == "Charts":
            sheets["Charts"] = charts_sheet(None, words, new_targets(language))
    return [sheets[tab.key] for tab in TABS if tab.key in sheets]


def _start(name: str, words: Words, note: str) -> SheetModel:
    """Three numbered steps, with the example here and never in an input table."""
    keys = ("start.step1", "start.step2", "start.step3", "start.send", *([note] if note else []))
    cells, heights, row = [CellModel(0, 0, say("start.title", words), "title")], {0: 28.0}, 2
    for key in keys:
        text = say(key, words)
        cells.append(CellModel(row, 0, text, "wrap"))
        heights[row] = text_height(text, _START_WIDTH) + 6
        row += 1
    cells.append(CellModel(row + 1, 0, say("start.example_title", words), "section"))
    cells.append(CellModel(row + 2, 0, say("start.example", words), "wrap"))
    heights[row + 2] = text_height(say("start.example", words), _START_WIDTH)
    return SheetModel(name, "", tuple(cells), widths=(_START_WIDTH,), row_heights=heights, tab_color=TAB_HELP,
                      gridlines=False)  # fmt: skip
