"""Today from top to bottom: its parts in their order, what people type there, and what it says on the next day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from restock.schema.outputs import OUTPUT_TABLES
from restock.text import Words, say
from restock_xl.sheets.layout import DONE_COLUMN, LIST_COLUMN, TAB_BY_KEY
from restock_xl.sheets.today_page import WIDTHS

from .books import LAMP, TODAY, make, press, sheet_rows, type_cells

HEADS = [OUTPUT_TABLES["Alerts"]["sku"].header(language) for language in ("en", "zh")]
TOMORROW = TODAY + dt.timedelta(days=1)
SECTIONS = ("do_today", "this_week", "next_show", "on_the_way", "assumed", "chat", "legend")


def _page(path: Path, language: str = "en") -> Any:
    return openpyxl.load_workbook(path)[TAB_BY_KEY["Today"].name(language)]


def _lines(page: Any) -> dict[tuple[str, str], Any]:
    """The lines of the lists by pair, as cells."""
    rows = [row for row in page.iter_rows(max_col=LIST_COLUMN + 2) if row[LIST_COLUMN].value not in (None, *HEADS)]
    return {(row[LIST_COLUMN].value, row[LIST_COLUMN + 1].value): row for row in rows}


def _first_column(page: Any) -> list[str]:
    return [str(row[0].value).split("\n")[0] for row in page.iter_rows(max_col=1) if row[0].value is not None]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_from_top_to_bottom(tmp_path: Path, language: str) -> None:
    """Title with the year, state, verdict, numbers, then the sections in their order; five columns hold everything."""
    soon = {"document": "PO-9", "sku": "LAMP-03", "warehouse": "US-LA", "ordered": 9, "sellable_on": TOMORROW}
    path = make(tmp_path / "book.xlsx", language, LAMP | {"Inbound": [*LAMP["Inbound"], soon]})
    press(path)
    page, words = _page(path, language), Words(language)
    first = _first_column(page)
    assert first[0].endswith({"en": "Mon 23 Nov 2026", "zh": "2026年11月23日（周一）"}[language])
    assert first[1] == say("sheet.ok", words)
    titles = [say(f"sheet.{name}", words) for name in SECTIONS]
    assert [text for text in first if text in titles] == [title for title in titles if title in first]
    assert set(titles) - set(first) <= {say("sheet.this_week", words)}
    shown = [cell for row in page.iter_rows() for cell in row if cell.value is not None and cell.column <= LIST_COLUMN]
    assert max(cell.column for cell in shown) == len(WIDTHS)
    assert page.column_dimensions["U"].hidden


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_typed_in_done_on_today_is_kept_and_shown_on_alerts(tmp_path: Path, language: str) -> None:
    """An answer typed on Today stands on both sheets after the next press, and a third press changes nothing."""
    path = make(tmp_path / "book.xlsx", language, LAMP)
    press(path)
    pair, row = next(iter(_lines(_page(path, language)).items()))
    type_cells(path, TAB_BY_KEY["Today"].name(language), {row[DONE_COLUMN].coordinate: "Amy"})
    assert press(path, TOMORROW).changed
    assert _lines(_page(path, language))[pair][DONE_COLUMN].value == "Amy"
    names = {"en": ("SKU", "Warehouse", "Done (Y / name)"), "zh": ("货号 SKU", "仓库", "已办(Y/姓名)")}[language]
    alerts = sheet_rows(path, TAB_BY_KEY["Alerts"].name(language))
    assert [row[names[2]] for row in alerts if (row[names[0]], row[names[1]]) == pair] == ["Amy"]
    assert not press(path, TOMORROW).changed


def test_a_line_says_since_when(tmp_path: Path) -> None:
    """On the next day the tier's cell names the day on which it began."""
    path = make(tmp_path / "book.xlsx", data=LAMP)
    press(path)
    press(path, TOMORROW)
    assert _lines(_page(path))["MUG-11", "US-LA"][0].value == "RED\nsince 23 Nov"


def test_what_changed_since_the_day_before(tmp_path: Path) -> None:
    """The first press says nothing of changes; the next day's names them, and a second one of that day the same."""
    stock = [{"sku": "A", "warehouse": "US", "on_hand": 20, "daily_sales": 1},
             {"sku": "B", "warehouse": "US", "on_hand": 2, "daily_sales": 1}]  # fmt: skip
    path = make(tmp_path / "book.xlsx", data={"Stock": stock})
    press(path)
    assert not [text for text in _first_column(_page(path)) if text.startswith("Changed since")]
    type_cells(path, "Stock", {"C4": 2, "C5": 90})
    press(path, TOMORROW)
    first = _first_column(_page(path))
    at = first.index("Changed since 23 Nov")
    assert first[at + 1 : at + 4] == [
        "Newly RED: A (US).", "Eased: B (US).",
        "Stock moved by more than half, please check: A (US) 20 → 2, B (US) 2 → 90.",
    ]  # fmt: skip
    assert not press(path, TOMORROW).changed


def test_what_turns_red_within_the_week(tmp_path: Path) -> None:
    """A yellow row that needs no order today stands under this week, with the day on which it turns red."""
    stock = [{"sku": "A", "warehouse": "US", "on_hand": 9, "daily_sales": 1}]
    catalog = [{"sku": "A", "supplier": "Near"}]
    near = {"Suppliers": [{"supplier": "Near", "production_days": 0}],
            "Routes": [{"from": "Near", "to": "US", "mode": "land", "days": 1}],
            "Settings": [{"key": "check_in_days", "value": 0}]}  # fmt: skip
    path = make(tmp_path / "book.xlsx", data={"Stock": stock, "Catalog": catalog, **near})
    press(path)
    first = _first_column(_page(path))
    text = _lines(_page(path))["A", "US"][1].value
    assert first.index("This week") < first.index("YELLOW")
    assert text.endswith("RED on 30 Nov if nothing is done.")
