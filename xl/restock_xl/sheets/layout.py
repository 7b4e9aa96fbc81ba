"""Where things stand: tab order, tab names, header row, pre-made rows."""

from __future__ import annotations

from dataclasses import dataclass

from restock.schema.inputs import INPUT_TABLES
from restock.schema.outputs import OUTPUT_TABLES

TITLE_ROW, HINT_ROW, HEADER_ROW = 0, 1, 2
FIRST_ROW = HEADER_ROW + 1


@dataclass(frozen=True)
class Tab:
    """One tab of a new book: its key, its names, and whether it is shown on day one."""

    key: str
    en: str
    zh: str
    visible: bool = False
    ours: bool = True

    def name(self, language: str) -> str:
        """The tab's name in a new book."""
        return self.zh if language == "zh" else self.en


def _tab(key: str, visible: bool = False) -> Tab:
    table = INPUT_TABLES.get(key) or OUTPUT_TABLES[key]
    return Tab(key, table.en, table.zh, visible, key in OUTPUT_TABLES)


TABS: tuple[Tab, ...] = (
    Tab("Start", "Start", "开始", True),
    Tab("Today", "Today", "今日补货", True),
    _tab("Stock", True), _tab("Inbound", True), _tab("Livestreams", True), _tab("Orders", True),
    _tab("Transfers"), _tab("TransferOrders"),
    _tab("LivePicks"),
    _tab("Alerts"), _tab("Sales", True), _tab("Catalog"), _tab("Suppliers"), _tab("Warehouses"), _tab("Routes"),
    _tab("Bundles"), _tab("Events"), _tab("Settings", True), _tab("Forecast"),
    _tab("Accuracy"),
    Tab("Charts", "Charts", "图表"),
    Tab("Explain", "Explain", "算法说明"),
    _tab("Problems"), _tab("RunLog"), _tab("SkuMap"), _tab("ImportLog"),
    Tab("Functions", "Functions", "函数"),
    _tab("History"), _tab("Trend"), _tab("TrendLines"),
)  # fmt: skip
TAB_BY_KEY = {tab.key: tab for tab in TABS}
WRITTEN = ("Today", "Orders", "Transfers", "TransferOrders", "LivePicks", "Alerts", "Forecast", "Accuracy", "Charts",
           "Explain", "Problems", "RunLog", "History", "Trend", "TrendLines")  # fmt: skip
CHOSEN_CELLS = ("B3", "B4")
"""On Explain: the SKU and the warehouse that are typed there."""
ALWAYS_HIDDEN = ("History", "Trend", "TrendLines")
TABLES_OF_CHARTS = ("ByWarehouse", "ByWeek")
PREMADE_ROWS = {
    "Stock": 500, "Sales": 1000, "Inbound": 300, "Livestreams": 200, "Catalog": 500, "Bundles": 50, "Warehouses": 20,
    "Suppliers": 30, "Routes": 60, "Events": 40,
    "SkuMap": 100,
}  # fmt: skip


def tab_names(language: str) -> dict[str, str]:
    """Tab names of a new book in `language`, by key."""
    return {tab.key: tab.name(language) for tab in TABS}


def quoted(sheet: str) -> str:
    """A sheet's name as it stands in a formula.

    >>> quoted("Stock"), quoted("Run log"), quoted("Tom's")
    ('Stock', "'Run log'", "'Tom''s'")
    """
    plain = sheet.replace("_", "a").isalnum() and not sheet[0].isdigit() and sheet.isascii() and len(sheet) > 3
    return sheet if plain else "'" + sheet.replace("'", "''") + "'"
