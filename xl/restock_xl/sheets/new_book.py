"""A new workbook: every sheet in its place, inputs ready to type into, outputs pre-made and empty."""

from __future__ import annotations

from pathlib import Path

from restock.functions.lambda_names import lambda_names
from restock.schema.settings import Settings
from restock.text import Words
from restock_xl.sheets.buttons import start_with_buttons, today_with_buttons
from restock_xl.sheets.charts_sheet import charts_sheet
from restock_xl.sheets.explain_sheet import empty_explain
from restock_xl.sheets.functions_sheet import functions_sheet
from restock_xl.sheets.input_sheets import Rows, input_sheets
from restock_xl.sheets.layout import TAB_BY_KEY, TABS
from restock_xl.sheets.model import SheetModel
from restock_xl.sheets.output_sheets import empty_sheets, new_targets
from restock_xl.sheets.render import render
from restock_xl.sheets.start_sheet import start_sheet
from restock_xl.sheets.today import empty_today


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
            sheets["Start"] = start_sheet(name, words, note)
        elif tab.key == "Today":
            sheets["Today"] = empty_today(language, words, name)
        elif tab.key == "Functions":
            sheets["Functions"] = functions_sheet(name, words)
        elif tab.key == "Explain":
            sheets["Explain"] = empty_explain(name, words)
        elif tab.key == "Charts":
            sheets["Charts"] = charts_sheet(None, words, new_targets(language))
    return [sheets[tab.key] for tab in TABS if tab.key in sheets]

