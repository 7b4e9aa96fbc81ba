"""One word for one number: the tier of a pair is the same wherever it stands (§8)."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from restock_xl.sheets.layout import LIST_COLUMN

from .books import LAMP, make, press, sheet_rows


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_sheet_shows_the_same_tier(tmp_path: Path, language: str) -> None:
    """Stock, Forecast, Alerts and Today name one tier for each SKU and warehouse."""
    path = make(tmp_path / "book.xlsx", language, data=LAMP)
    press(path)
    names = {"en": ("Stock", "Forecast", "Alerts", "Today", "SKU*", "SKU", "Warehouse", "Tier"),
             "zh": ("库存", "预测", "预警", "今日补货", "货号 SKU*", "货号 SKU", "仓库", "预警")}[language]  # fmt: skip
    stock, forecast, alerts, today, typed, sku, warehouse, tier = names
    of_stock = {(row[typed], row[warehouse]): row[tier] for row in sheet_rows(path, stock) if row[typed]}
    of_forecast = {(row[sku], row[warehouse]): row[tier] for row in sheet_rows(path, forecast)}
    assert of_stock == of_forecast
    listed = {(row[sku], row[warehouse]): row[tier] for row in sheet_rows(path, alerts)}
    assert listed
    assert all(of_stock[pair] == level for pair, level in listed.items())
    cells = openpyxl.load_workbook(path, data_only=True)[today].iter_rows(values_only=True)
    said = [((row[LIST_COLUMN], row[LIST_COLUMN + 1]), row[0].split("\n")[0]) for row in cells
            if row[LIST_COLUMN] not in (None, sku)]  # fmt: skip
    assert said
    assert all(of_stock[pair] == level for pair, level in said)
