"""The other tables: Inbound, Livestreams, Catalog, Warehouses, Suppliers, Routes, Events and Settings."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from restock.schema.sentences import problem_sentence
from restock.schema.settings import SETTINGS_BY_KEY, SETTINGS_LIST, Settings
from restock.schema.tables import Tables
from restock.schema.validate import validate
from restock.text import Words

from .raw_books import raw_book

TODAY = dt.date(2026, 11, 23)
STOCK = (
    ["sku", "warehouse", "on_hand", "daily_sales"],
    [["A", "US-LA", 5, 1], ["A", "JP-OSA", 5, 1], ["B", "US-LA", 5, 1]],
)
SOON = dt.date(2026, 12, 1)


def check(language: str = "en", **tables: Any) -> Tables:
    return validate(raw_book(language, Stock=STOCK, **tables), TODAY)


def found(tables: Tables) -> list[tuple[str, str, str]]:
    return [
        (problem.key.removeprefix("problem."), problem.effect, problem.cell) for problem in tables.problems
    ]


INBOUND = ["sku", "To warehouse", "ordered", "received", "sellable_on", "state"]


@pytest.mark.parametrize(
    ("row", "problem", "kept"),
    [
        pytest.param(["A", "US-LA", "x", None, SOON, None], ("not_number", "row", "C4"), False, id="ordered"),
        pytest.param(
            ["A", "US-LA", None, None, SOON, None], ("blank", "row", "C4"), False, id="ordered-blank"
        ),
        pytest.param(["A", "US-LA", 5, "y", SOON, None], ("not_number", "cell", "D4"), True, id="received"),
        pytest.param(
            ["A", "US-LA", 5, None, "11/12/2026", None], ("date_two", "cell", "E4"), True, id="date"
        ),
        pytest.param(["A", "US-LA", 5, None, None, "boat"], ("not_in_list", "cell", "F4"), True, id="state"),
        pytest.param(
            ["Q", "US-LA", 5, None, SOON, None], ("unknown_sku", "row", "A4"), False, id="unknown-sku"
        ),
        pytest.param(
            ["A", "MARS", 5, None, SOON, None], ("unknown_warehouse", "row", "B4"), False, id="warehouse"
        ),
        pytest.param(
            ["A", None, 5, None, SOON, None], ("which_warehouse", "row", "B4"), False, id="no-warehouse"
        ),
        pytest.param(
            ["B", "JP-OSA", 5, None, SOON, None], ("pair_not_on_stock", "note", "A4"), True, id="pair"
        ),
        pytest.param(
            ["A", "US-LA", 5, None, dt.date(2062, 1, 1), None], ("far_ahead", "note", "E4"), True, id="2062"
        ),
        pytest.param(
            ["A", "US-LA", 5, 2, dt.date(2026, 9, 1), None], ("long_past", "note", "E4"), True, id="past"
        ),
    ],
)
def test_inbound_problems(row: list[Any], problem: tuple[str, str, str], kept: bool) -> None:
    """A row of Inbound that can still be counted stays on order, without a date where that is unclear."""
    tables = check(Inbound=(INBOUND, [row]))
    assert found(tables) == [problem]
    assert len(tables.inbound) == kept
    if problem[1] == "cell" and problem[0] != "not_in_list":
        assert tables.inbound["sellable_on"].isna().all()


def test_a_bad_ordered_quantity_warns_of_a_double_order() -> None:
    """The sentence says what leaving an inbound row out may lead to."""
    tables = check(Inbound=(INBOUND, [["A", "US-LA", "1,500", None, SOON, None]]))
    assert problem_sentence(tables.problems[0], Words()) == (
        'Inbound!C4, ordered of A in US-LA: "1,500" can mean 1500 or 1.5. Type the one you mean, in digits. '
        "This row is left out until then: the goods may be ordered twice."
    )


@pytest.mark.parametrize(
    "row",
    [["A", "US-LA", 5, 5, dt.date(2025, 9, 1), None], ["Q", "MARS", 5, None, dt.date(2025, 9, 1), "已到"]],
    ids=["all-received", "closed-and-unknown"],
)
def test_closed_inbound_asks_nothing(row: list[Any]) -> None:
    """What has arrived plans nothing, so its old dates and names are not asked about."""
    assert found(check(Inbound=(INBOUND, [row]))) == []


SHOWS = ["show", "start", "zone", "conversion", "sku", "Ships from", "share", "planned_units"]
START = "2026-11-26 18:00"


@pytest.mark.parametrize(
    ("row", "problem", "kept"),
    [
        pytest.param(
            ["S", START, None, 3, "A", "US-LA", None, None], ("percent", "row", "D4"), False, id="conversion"
        ),
        pytest.param(
            ["S", START, None, None, "A", "US-LA", 50, None], ("percent", "row", "G4"), False, id="share"
        ),
        pytest.param(
            ["S", START, None, None, "A", "US-LA", None, -1], ("too_low", "row", "H4"), False, id="planned"
        ),
        pytest.param(
            ["S", "soon", None, None, "A", "US-LA", None, 1], ("not_date", "row", "B4"), False, id="start"
        ),
        pytest.param(
            ["S", START, "PST!", None, "A", "US-LA", None, 1], ("not_zone", "cell", "C4"), True, id="zone"
        ),
        pytest.param(
            ["S", START, None, None, "A", None, None, 1], ("which_warehouse", "row", "F4"), False, id="where"
        ),
        pytest.param(
            ["S", START, None, None, "Q", "US-LA", None, 1], ("unknown_sku", "row", "E4"), False, id="sku"
        ),
    ],
)
def test_livestream_problems(row: list[Any], problem: tuple[str, str, str], kept: bool) -> None:
    """A show's number that cannot be used leaves its row out; an unknown zone becomes the warehouse's."""
    tables = check(Livestreams=(SHOWS, [row]))
    assert found(tables) == [problem]
    assert tables.livestreams["zone"].tolist() == ["America/Los_Angeles"] * kept


def test_shows_keep_their_time_and_take_the_default_warehouse() -> None:
    """Start keeps its time; a blank warehouse is that of Settings, a blank zone the warehouse's."""
    shows = [
        ["S", START, None, "3", "A", None, None, None],
        ["S", START, "asia/shanghai", 0.03, "A", "US-LA", None, 5],
    ]
    tables = check(
        Livestreams=(SHOWS, shows[1:]), Settings=(["setting", "value"], [["default_warehouse", "JP-OSA"]])
    )
    assert tables.livestreams["start"].tolist() == [pd.Timestamp("2026-11-26 18:00")]
    assert tables.livestreams["zone"].tolist() == ["Asia/Shanghai"]
    blank = [["S", START, None, None, "A", None, None, None]]
    tables = check(
        Livestreams=(SHOWS, blank), Settings=(["setting", "value"], [["default_warehouse", "JP-OSA"]])
    )
    assert tables.livestreams[["warehouse", "zone"]].values.tolist() == [["JP-OSA", "Asia/Tokyo"]]


def test_catalog_has_one_row_per_sku_of_stock() -> None:
    """Missing SKUs are added with defaults, repeated ones count once; suppliers are added too."""
    rows = [
        ["Z", "Zed", None, "Huamei", 2.5],
        ["a", None, "引流款", "huamei", 12],
        ["A", "again", None, None, 1],
    ]
    tables = check(Catalog=(["sku", "name", "class", "supplier", "case_pack"], rows))
    assert found(tables)[0] == ("not_whole", "cell", "E4")
    assert ("duplicate", "row", "A6") in found(tables)
    catalog = tables.catalog[
        ["sku", "name", "class", "supplier", "case_pack", "moq", "status", "transferable", "row"]
    ]
    assert catalog.values.tolist() == [
        ["Z", "Zed", "", "Huamei", 1.0, 1.0, "active", True, 4],
        ["A", "A", "traffic", "Huamei", 12.0, 1.0, "active", True, 5],
        ["B", "B", "", "", 1.0, 1.0, "active", True, 0],
    ]
    assert tables.suppliers[["supplier", "row"]].values.tolist() == [["Huamei", 0]]


def test_warehouses_are_completed_from_stock() -> None:
    """Warehouses of Stock are added; country comes from the name, zone and region from the country."""
    rows = [
        ["us-la", None, None],
        ["DE HAM", "Germany", None],
        ["Main", None, "Mars/Base"],
        ["X", "uk", "europe/london"],
    ]
    tables = check(Warehouses=(["warehouse", "country", "zone"], rows))
    assert tables.warehouses[["warehouse", "country", "zone", "region"]].values.tolist() == [
        ["US-LA", "US", "America/Los_Angeles", "us"],
        ["DE HAM", "DE", "Europe/Berlin", "eu"],
        ["Main", "", "UTC", ""],
        ["X", "UK", "Europe/London", "eu"],
        ["JP-OSA", "JP", "Asia/Tokyo", "jp"],
    ]
    assert found(tables) == [
        ("folded", "note", "A4"),
        ("not_country", "cell", "B5"),
        ("not_zone", "cell", "C6"),
    ]


@pytest.mark.parametrize(
    ("name", "headers", "rows", "problem"),
    [
        pytest.param(
            "Suppliers",
            ["supplier", "production_days"],
            [["H", 3], ["h", 4]],
            ("duplicate", "row", "A5"),
            id="suppliers",
        ),
        pytest.param(
            "Bundles",
            ["bundle", "sku", "qty"],
            [["S", "A", 1], ["s", "A", 2]],
            ("duplicate_pair", "row", "A5"),
            id="bundles",
        ),
        pytest.param(
            "Routes",
            ["from", "to", "mode", "days"],
            [["H", "US-LA", "sea", 3], ["H", "us-la", "海运", 4]],
            ("duplicate_pair", "row", "A5"),
            id="routes",
        ),
        pytest.param(
            "Routes",
            ["from", "to", "days", "cost_per_unit"],
            [["H", "US-LA", 3, "x"]],
            ("not_number", "row", "D4"),
            id="cost-of-a-route",
        ),
        pytest.param(
            "Routes",
            ["from", "to", "days"],
            [["US-LA", "MARS", 3]],
            ("route_to", "note", "B4"),
            id="route-to-nowhere",
        ),
        pytest.param(
            "Events",
            ["event", "start", "uplift", "sku"],
            [["E", "2026-11-27", 2, "Q"]],
            ("unknown_sku", "row", "D4"),
            id="event-sku",
        ),
        pytest.param("Catalog", ["sku", "name"], [["Total", None]], ("total_row", "note", "A4"), id="total"),
        pytest.param(
            "Suppliers",
            ["contact", "language"],
            [["x", "en"]],
            ("no_column", "row", "A3"),
            id="missing-column",
        ),
    ],
)
def test_problems_of_other_tables(
    name: str, headers: list[str], rows: list[list[Any]], problem: tuple[str, str, str]
) -> None:
    """Repeated keys, unusable costs and unknown names are reported where they stand."""
    assert problem in found(check(**{name: (headers, rows)}))


def setting(key: str, value: Any, language: str = "en") -> tuple[Any, list[str]]:
    tables = check(language, Settings=(["setting", "value"], [[SETTINGS_BY_KEY[key].label(language), value]]))
    return getattr(tables.settings, key), [
        problem_sentence(problem, Words(language, today=TODAY)) for problem in tables.problems
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("one", SETTINGS_LIST, ids=lambda one: one.key)
def test_a_blank_setting_is_its_default(one: Any, language: str) -> None:
    """Every setting is found by its label in either language; blank means the default."""
    value, problems = setting(one.key, None, language)
    expected = {"currency": {"en": "USD", "zh": "CNY"}[language], "language": language}.get(
        one.key, getattr(Settings(), one.key)
    )
    assert (value, problems) == (expected, [])


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [("red_days", 2, 2.0), ("red_days", "4", 4.0), ("currency", "eur", "EUR"), ("service_profit", 0.97, 0.97),
     ("stock_date", "2026-11-22", dt.date(2026, 11, 22)), ("default_warehouse", "us-la", "US-LA"),
     ("language", "中文", "zh")],
)  # fmt: skip
def test_usable_settings(key: str, typed: Any, value: Any) -> None:
    """A typed value within its range is in force."""
    assert setting(key, typed)[0] == value


def test_the_worked_sentence_of_a_share() -> None:
    """95 typed for 95 % is answered with what to type (§9)."""
    assert setting("service_profit", 95)[1] == [
        "Chance of not running out: profit must lie strictly between 0 and 1 (got 95) in Settings!B4. "
        "Enter 95% or 0.95, not 95. Until then 95% is used."
    ]


@pytest.mark.parametrize(
    ("key", "typed", "words"),
    [
        ("review_days", 400, "400 is not between 0 and 90"),
        ("stock_date", dt.date(2027, 1, 1), "2027-01-01 lies after today"),
        ("default_warehouse", "MARS", "Type one of US-LA, JP-OSA"),
        ("language", "Klingon", "English, Chinese"),
        ("lead_spread", 20, "Type 20% or 0.2"),
    ],
)
def test_unusable_settings_fall_back_to_their_default(key: str, typed: Any, words: str) -> None:
    """A value that cannot be used is reported and the default taken."""
    value, problems = setting(key, typed)
    assert value == getattr(Settings(), key)
    assert len(problems) == 1
    assert words in problems[0]


def test_tiers_must_rise() -> None:
    """Red, orange and yellow that do not rise all fall back (§8)."""
    tables = check(Settings=(["setting", "value"], [["red_days", 8], ["Yellow below (days)", 20]]))
    assert found(tables) == [("tiers", "cell", "B4")]
    assert (tables.settings.red_days, tables.settings.orange_days, tables.settings.yellow_days) == (3, 7, 15)


def test_unknown_and_repeated_settings_are_said() -> None:
    """A name that is no setting is noted, a setting typed twice counts once; a heading says nothing."""
    rows = [["Thresholds", None], ["red_days", 2], ["Red below (days)", 4], ["Wings", 2]]
    tables = check(Settings=(["setting", "value"], rows))
    assert found(tables) == [("setting_twice", "row", "B6"), ("setting_unknown", "note", "A7")]
    assert tables.settings.red_days == 2


def test_the_language_of_settings_is_the_language_of_the_book() -> None:
    """A book whose Settings say Chinese is Chinese, whatever its tabs are called."""
    tables = validate(
        raw_book(
            "en",
            Stock=(["sku", "on_hand"], [["A", 1]]),
            Settings=(["setting", "value"], [["language", "中文"]]),
        ),
        TODAY,
    )
    assert (tables.settings.language, tables.settings.currency) == ("zh", "CNY")
    assert tables.stock["warehouse"].tolist() == ["主仓"]
