"""The buttons of a book with macros: a row of them on Start and on Today, and the sentences that name them."""

from __future__ import annotations

from dataclasses import replace

from restock.text import Words, say
from restock_xl.sheets.model import Button, CellModel, SheetModel
from restock_xl.sheets.start_sheet import WIDTHS, wide_height

MACROS = {
    "recompute": "RestockRecompute",
    "export": "RestockExport",
    "check": "RestockCheck",
    "explain": "RestockExplain",
    "last_backup": "RestockLastBackup",
}
"""The commands in the order in which people see them, each with the macro that runs it."""

_HEIGHT, _GAP = 26, 6
_WIDTHS = {"recompute": 110, "export": 150, "check": 100, "explain": 90, "last_backup": 130}
_TITLE_HEIGHT = 28.0
_ROW_HEIGHT = 30.0
_POINT = 4 / 3  # pixels


def button_row(words: Words, row: int, y: int) -> tuple[Button, ...]:
    """Every command beside the others, from the left edge, `y` pixels below the top of a row."""
    found, x = [], _GAP
    for command, macro in MACROS.items():
        width = _WIDTHS[command]
        found.append(Button(row, 0, x, y, width, _HEIGHT, say(f"button.{command}", words), macro))
        x += width + _GAP
    return tuple(found)


def today_with_buttons(model: SheetModel, words: Words) -> SheetModel:
    """Today of a book with macros: its first row is frozen and holds title and buttons."""
    spoken = {say(f"sheet.{key}", words): say(f"sheet.{key}_button", words) for key in ("today_empty", "drop_hint")}
    cells = tuple(_spoken(cell, spoken) for cell in model.cells)
    heights = model.row_heights | {0: _TITLE_HEIGHT + _ROW_HEIGHT}
    buttons = button_row(words, 0, round(_TITLE_HEIGHT * _POINT))
    return replace(model, cells=cells, row_heights=heights, buttons=buttons)


def _spoken(cell: CellModel, spoken: dict[str, str]) -> CellModel:
    style = "title_top" if cell.row == 0 and cell.style == "title" else cell.style
    value = spoken.get(cell.value, cell.value) if isinstance(cell.value, str) else cell.value
    return replace(cell, value=value, style=style)


def start_with_buttons(model: SheetModel, words: Words) -> SheetModel:
    """Start of a book with macros: buttons below the title, and what to do where they are dead."""
    old, new = say("start.step3", words), say("start.step3_button", words)
    last = max(cell.row for cell in model.cells) + 2
    blocked = say("start.blocked", words)
    cells = [_spoken(cell, {old: new}) for cell in model.cells] + [CellModel(last, 0, blocked, "wrap")]
    heights = model.row_heights | {1: _ROW_HEIGHT + 4, last: wide_height(blocked)}
    heights |= {cell.row: wide_height(new, "step") for cell in cells if cell.value == new}
    merges = (*model.merges, (last, 0, last, len(WIDTHS) - 1))
    return replace(
        model, cells=tuple(cells), row_heights=heights, merges=merges, buttons=button_row(words, 1, 4)
    )
