"""One press of the button on a book as a file."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from restock.errors import InputError
from restock_xl.package.book import Book

from .books import LAMP, TODAY, make, parts, press, recalculated, sheet_rows, type_beside, type_cells

LANGUAGES = {"en": ("Stock", "Alerts", "Orders", "Transfers"), "zh": ("库存", "预警", "采购建议", "调拨建议")}


@pytest.fixture
def lamp(tmp_path: Path) -> Path:
    return make(tmp_path / "lamp.xlsx", data=LAMP)


def _by_sku(rows: list[dict[str, Any]], header: str = "SKU*") -> dict[tuple[str, str], dict[str, Any]]:
    return {(row[header], row["Warehouse"]): row for row in rows if row[header]}


def test_worked_example(lamp: Path) -> None:
    """280 in stock, 20 a day, a show of 75 in three days and 240 arriving on 1 December sell out on 15 December."""
    assert press(lamp).changed
    row = _by_sku(sheet_rows(lamp, "Stock"))["LAMP-03", "US-LA"]
    assert (row["Tier"], row["Days left"], row["Stock + on the way"]) == ("YELLOW", 10.2, 520)
    assert row["Sells out on"] == dt.datetime(2026, 12, 15)
    assert row["Next arrival"] == dt.datetime(2026, 12, 1)
    assert row["Order by"] == dt.datetime(2026, 10, 10)  # 45 days, at 99 % 45 + 2.326 × 9: 66
    assert row["Next show"] == dt.datetime(2026, 11, 26)


def test_tiers_of_blank_empty_and_slow_rows(lamp: Path) -> None:
    """Blank stock is NO DATA, nothing left is RED, stock without sales is NO SALES; none of them is GREEN."""
    press(lamp)
    rows = _by_sku(sheet_rows(lamp, "Stock"))
    assert rows["NEW-1", "US-LA"]["Tier"] == "NO DATA"
    assert rows["00123", "US-LA"]["Tier"] == "RED"
    assert rows["SLOW*1", "US-LA"]["Tier"] == "NO SALES"


def test_tier_is_the_same_word_everywhere(lamp: Path) -> None:
    """Stock, Forecast's readers, Alerts and Today never show two tiers for one row."""
    press(lamp)
    stock = {key: row["Tier"] for key, row in _by_sku(sheet_rows(lamp, "Stock")).items()}
    alerts = {key: row["Tier"] for key, row in _by_sku(sheet_rows(lamp, "Alerts"), "SKU").items()}
    assert alerts
    assert all(stock[key] == tier for key, tier in alerts.items())


def test_transfer_and_order_are_suggested(lamp: Path) -> None:
    """The mug's sales in Los Angeles are saved from Hamburg, and the lamp is ordered in whole cartons."""
    press(lamp)
    move = sheet_rows(lamp, "Transfers")[0]
    assert (move["SKU"], move["From"], move["To"], move["Ship by"]) == (
        "MUG-11",
        "DE-HAM",
        "US-LA",
        dt.datetime(2026, 11, 24),
    )
    assert move["Sellable on"] == dt.datetime(2026, 12, 2)
    order = next(row for row in sheet_rows(lamp, "Orders") if row["SKU"] == "LAMP-03")
    assert order["Order (units)"] % 48 == 0
    assert order["Order (units)"] >= order["Fill up to"] - order["Stock + on the way"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_cached_values_are_what_a_program_computes(tmp_path: Path, language: str) -> None:
    """After a press every formula cell shows what LibreOffice computes from the same cells."""
    path = make(tmp_path / "book.xlsx", language, LAMP)
    press(path)
    shown = openpyxl.load_workbook(path, data_only=True)
    computed = openpyxl.load_workbook(recalculated(path, tmp_path), data_only=True)
    different = [
        (name, cell.coordinate, cell.value, computed[name][cell.coordinate].value)
        for name in shown.sheetnames
        for row in shown[name].iter_rows()
        for cell in row
        if not _alike(cell.value, computed[name][cell.coordinate].value)
    ]
    assert different == []


def _alike(first: Any, second: Any) -> bool:
    if first in (None, "") or second in (None, ""):
        return first in (None, "") and second in (None, "")
    if isinstance(first, int | float) and isinstance(second, int | float):
        return math.isclose(first, second, rel_tol=1e-9, abs_tol=1e-9)
    return bool(first == second)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_pressing_again_changes_nothing(tmp_path: Path, language: str) -> None:
    """A press that would say the same again writes nothing and makes no backup."""
    path = make(tmp_path / "book.xlsx", language, LAMP)
    assert press(path).backup is not None
    before = path.read_bytes()
    again = press(path)
    assert (again.changed, again.backup) == (False, None)
    assert path.read_bytes() == before
    assert len(list((tmp_path / "restock-backups").iterdir())) == 1


def test_next_day_is_another_press(lamp: Path) -> None:
    """On the next day the same data gives another plan, and the log keeps both, the newest first."""
    press(lamp)
    assert press(lamp, TODAY + dt.timedelta(days=1)).changed
    log = sheet_rows(lamp, "Run log")
    assert [row["Computed for"].date() for row in log] == [TODAY + dt.timedelta(days=1), TODAY]


def test_only_our_parts_change(lamp: Path) -> None:
    """A press leaves every input sheet but Stock, whose cached values change, byte for byte as it was."""
    before, book = parts(lamp), Book(lamp)
    ours = {book.part_of_sheet(name) for name in book.owned().values()} | {book.part_of_sheet("Stock")}
    press(lamp)
    after = parts(lamp)
    sheets = {name for name in before if name.startswith("xl/worksheets/sheet")}
    assert {name for name in sheets if before[name] != after[name]} <= ours
    assert all(before[name] == after[name] for name in before if name.startswith("xl/theme"))


def test_out_leaves_the_book_alone(lamp: Path, tmp_path: Path) -> None:
    """With another target the book itself is not touched and no backup is made."""
    before = lamp.read_bytes()
    outcome = press(lamp, out=tmp_path / "result.xlsx")
    assert lamp.read_bytes() == before
    assert outcome.path == tmp_path / "result.xlsx"
    assert sheet_rows(outcome.path, "Alerts")
    assert not (tmp_path / "restock-backups").exists()


def test_typed_stock_counts_at_once_and_at_the_next_press(lamp: Path, tmp_path: Path) -> None:
    """New stock typed after a press shows its tier in the cells at once, and the next press agrees."""
    press(lamp)
    type_cells(lamp, "Stock", {"C4": 1000})
    before = _by_sku(sheet_rows(recalculated(lamp, tmp_path), "Stock"))["LAMP-03", "US-LA"]
    press(lamp)
    after = _by_sku(sheet_rows(lamp, "Stock"))["LAMP-03", "US-LA"]
    assert before["Tier"] == after["Tier"] == "GREEN"
    assert math.isclose(before["Days left"], after["Days left"])


def test_what_people_type_on_our_sheets_is_kept(lamp: Path) -> None:
    """Own quantity, notes and Done survive presses beside their keys."""
    press(lamp)
    type_beside(lamp, "Transfers", {"Accept (Y)": "no", "Your quantity": 120, "Your note": "ask Li"})
    done = openpyxl.load_workbook(lamp)["Alerts"]
    last = [cell.value for cell in done[3]].index("Done (Y / name)") + 1
    type_cells(lamp, "Alerts", {f"{openpyxl.utils.get_column_letter(last)}4": "Wang"})
    press(lamp, TODAY + dt.timedelta(days=1))
    move = sheet_rows(lamp, "Transfers")[0]
    assert (move["Accept (Y)"], move["Your quantity"], move["Your note"]) == ("no", 120, "ask Li")
    assert any(row["Done (Y / name)"] == "Wang" for row in sheet_rows(lamp, "Alerts"))


def test_notes_on_a_vanished_suggestion_stay(lamp: Path) -> None:
    """A note beside a suggestion that is no longer made stays on the sheet, marked."""
    press(lamp)
    headers = [cell.value for cell in openpyxl.load_workbook(lamp)["Transfers"][3]]
    note = openpyxl.utils.get_column_letter(headers.index("Your note") + 1)
    type_cells(lamp, "Transfers", {f"{note}4": "call first"})
    type_cells(lamp, "Stock", {"C5": 5000})
    press(lamp)
    kept = sheet_rows(lamp, "Transfers")[-1]
    assert (kept["Your note"], kept["Why"]) == ("call first", "No longer suggested")


def test_since_goes_on_while_the_tier_stays(lamp: Path) -> None:
    """An alert that nobody answered says since when."""
    press(lamp)
    press(lamp, TODAY + dt.timedelta(days=1))
    alert = _by_sku(sheet_rows(lamp, "Alerts"), "SKU")["00123", "US-LA"]
    assert alert["Since"].date() == TODAY


def test_stock_alone_with_three_columns(tmp_path: Path) -> None:
    """A book of somebody's own with three headers and nothing else gets all our sheets behind its own."""
    path = tmp_path / "mine.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("whatever")
        sheet.write_column("A1", ["SKU", "A-1", "B-2"])
        sheet.write_column("B1", ["On hand", 280, 10])
        sheet.write_column("C1", ["Daily sales", 20, 5])
    before = parts(path)
    press(path)
    after = parts(path)
    assert before["xl/worksheets/sheet1.xml"] == after["xl/worksheets/sheet1.xml"]
    assert Book(path).sheet_names[0] == "whatever"
    tiers = {row["SKU"]: row["Tier"] for row in sheet_rows(path, "Alerts")}
    assert tiers == {"A-1": "YELLOW", "B-2": "RED"}
    assert press(path).changed is False


def test_a_sheet_of_the_same_name_is_the_users_own(tmp_path: Path) -> None:
    """A sheet called Forecast that we did not make is never touched; ours becomes Forecast (2)."""
    path = tmp_path / "mine.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Forecast")
        sheet.write_row("A1", ["SKU", "On hand", "Daily sales"])
        sheet.write_row("A2", ["A-1", 280, 20])
    before = parts(path)["xl/worksheets/sheet1.xml"]
    press(path)
    assert parts(path)["xl/worksheets/sheet1.xml"] == before
    assert "Forecast (2)" in Book(path).sheet_names


def test_chinese_headers_on_a_sheet_of_any_name(tmp_path: Path) -> None:
    """Tables are found by headers in Chinese, under title rows, in any order, and the sheets speak Chinese."""
    path = tmp_path / "mine.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("仓库盘点")
        sheet.write("A1", "十一月盘点")
        sheet.write_row("B4", ["日均销量", "备注", "实物库存", "货号"])
        sheet.write_row("B5", [12, "x", 30, "MUG-11"])
    press(path)
    alert = sheet_rows(path, "预警")[0]
    assert (alert["货号 SKU"], alert["预警"]) == ("MUG-11", "红")
    assert "剩30件" in alert["建议动作"]


def test_one_bad_cell_never_stops_the_button(lamp: Path) -> None:
    """A row that cannot be read is named on Problems and stands on Alerts as NOT PLANNED; the rest is planned."""
    type_cells(lamp, "Stock", {"E6": "1,5"})
    press(lamp)
    problem = sheet_rows(lamp, "Problems")[0]
    assert (problem["Sheet"], problem["Cell"], problem["What stands there"]) == ("Stock", "E6", "1,5")
    assert "Type 1.5" in problem["What to do"]
    alert = _by_sku(sheet_rows(lamp, "Alerts"), "SKU")["MUG-11", "DE-HAM"]
    assert alert["Tier"] == "NOT PLANNED"
    row = _by_sku(sheet_rows(lamp, "Stock"))["MUG-11", "DE-HAM"]
    assert row["Tier"] == "NO DATA"


def test_overtyped_formula_is_left_and_reported(lamp: Path) -> None:
    """A calculated cell that holds a formula of the user's keeps it and its value, and Problems says so."""
    type_cells(lamp, "Stock", {"I4": "=1+1"})
    press(lamp)
    assert openpyxl.load_workbook(lamp)["Stock"]["I4"].value == "=1+1"
    assert any(row["Cell"] == "I4" for row in sheet_rows(lamp, "Problems"))


def test_rows_under_the_table_are_read(lamp: Path) -> None:
    """Rows typed below the last row of the Excel table are planned like the others."""
    last = 3 + 500
    type_cells(
        lamp, "Stock", {f"A{last + 1}": "UNDER-1", f"B{last + 1}": "US-LA", f"C{last + 1}": 4, f"E{last + 1}": 2}
    )
    press(lamp)
    assert ("UNDER-1", "US-LA") in _by_sku(sheet_rows(lamp, "Alerts"), "SKU")


def test_wide_stock(tmp_path: Path) -> None:
    """Stock with one column a warehouse is read as it stands."""
    path = tmp_path / "wide.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("stock")
        sheet.write_row("A1", ["SKU", "US-LA", "DE-HAM"])
        sheet.write_row("A2", ["A-1", 10, 500])
        sheet.write_row("A3", ["B-2", 400, None])
        sales = book.add_worksheet("orders")
        sales.write_row("A1", ["Date", "SKU", "Warehouse", "Quantity"])
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for k in range(40):
            sales.write_datetime(k + 1, 0, dt.datetime(2026, 11, 22) - dt.timedelta(days=k), day)
            sales.write_row(k + 1, 1, ["A-1", "US-LA", 8])
    press(path)
    rows = {(row["SKU"], row["Warehouse"]) for row in sheet_rows(path, "Forecast")}
    assert rows == {("A-1", "US-LA"), ("A-1", "DE-HAM"), ("B-2", "US-LA")}
    assert sheet_rows(path, "Alerts")[0]["Tier"] == "RED"


def test_empty_stock_is_refused(tmp_path: Path) -> None:
    """A book without a single row of stock is left as it is, with a sentence."""
    path = make(tmp_path / "book.xlsx")
    before = path.read_bytes()
    with pytest.raises(InputError, match="Stock"):
        press(path)
    assert path.read_bytes() == before


def test_stock_rolls_forward_over_sales(tmp_path: Path) -> None:
    """Stock counted two days ago is brought to today by the sales since, and the cells agree with the plan."""
    sales = [{"date": TODAY - dt.timedelta(days=k), "sku": "A", "warehouse": "US", "qty": 10} for k in range(1, 60)]
    stock = [{"sku": "A", "warehouse": "US", "on_hand": 100, "stock_date": TODAY - dt.timedelta(days=2)}]
    path = make(tmp_path / "book.xlsx", data={"Stock": stock, "Sales": sales})
    press(path)
    assert sheet_rows(path, "Stock")[0]["Available (units)"] == 80
    assert sheet_rows(recalculated(path, tmp_path), "Stock")[0]["Available (units)"] == 80


def test_a_book_that_counts_from_1904(tmp_path: Path) -> None:
    """Dates of a 1904 book are the days that people see, in our sheets and at the next press."""
    path = tmp_path / "mac.xlsx"
    with xlsxwriter.Workbook(str(path), {"date_1904": True}) as book:
        sheet = book.add_worksheet("Stock")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row("A1", ["SKU", "On hand", "Daily sales", "Stock date"])
        sheet.write_row("A2", ["A-1", 280, 20])
        sheet.write_datetime("D2", dt.datetime(2026, 11, 23), day)
    press(path)
    assert sheet_rows(path, "Alerts")[0]["Sells out on"] == dt.datetime(2026, 12, 7)
    assert press(path).changed is False
    press(path, TODAY + dt.timedelta(days=1))
    assert sheet_rows(path, "Alerts")[0]["Since"] == dt.datetime(2026, 11, 23)
