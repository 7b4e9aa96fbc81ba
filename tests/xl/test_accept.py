"""A suggestion marked Y on the sheet moves to the accepted lines, counts from then on, and is said nowhere twice."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from .books import LAMP, TODAY, committed_rows, make, press, recalculated, sheet_rows, type_beside, type_cells

SHEETS = {"en": ("Orders", "Transfers", "Transfer orders"), "zh": ("采购建议", "调拨建议", "调拨单")}
HEADERS = {
    "en": {"accept": "Accept (Y)", "own": "Your quantity", "note": "Your note", "why": "Why", "sku": "SKU",
           "document": "Document", "state": "State", "units": "Units", "sku_stock": "SKU*",
           "available": "Available (units)", "way": "On the way (units)", "place": "Warehouse"},
    "zh": {"accept": "接受(Y)", "own": "您的数量", "note": "备注", "why": "说明", "sku": "货号 SKU", "document": "单号",
           "state": "状态", "units": "件数", "sku_stock": "货号 SKU*",
           "available": "可售库存(件)", "way": "在途(件)", "place": "仓库"},
}  # fmt: skip


def day(offset: int) -> dt.date:
    return TODAY + dt.timedelta(days=offset)


def moment(offset: int) -> dt.datetime:
    return dt.datetime.combine(day(offset), dt.time())


@pytest.fixture
def lamp(tmp_path: Path) -> Path:
    path = make(tmp_path / "lamp.xlsx", data=LAMP)
    press(path)
    return path


def stock(path: Path, language: str = "en") -> dict[tuple[str, str], tuple[Any, Any]]:
    """Available and on the way of each SKU and warehouse, as Stock shows them."""
    say, sheet = HEADERS[language], {"en": "Stock", "zh": "库存"}[language]
    rows = [row for row in sheet_rows(path, sheet) if row[say["sku_stock"]]]
    return {(row[say["sku_stock"]], row[say["place"]]): (row[say["available"]], row[say["way"]]) for row in rows}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_press_accept_press_press(tmp_path: Path, language: str) -> None:
    """After the press that accepts, another one writes nothing; the file is the same byte for byte."""
    path = make(tmp_path / "book.xlsx", language, LAMP)
    press(path)
    say, (orders, transfers, documents) = HEADERS[language], SHEETS[language]
    type_beside(path, orders, {say["accept"]: "Y"})
    type_beside(path, transfers, {say["accept"]: "是", say["own"]: 120, say["note"]: "ask Li"})
    accepted = sheet_rows(path, orders)[0][say["sku"]]
    assert press(path).changed
    before = path.read_bytes()
    again = press(path)
    assert (again.changed, again.backup) == (False, None)
    assert path.read_bytes() == before
    move = committed_rows(path, transfers)[0]
    assert (move[say["document"]], move[say["units"]]) == ("TR-20261123-DE-HAM-US-LA", 120)
    assert (move[say["state"]], move[say["note"]]) == ({"en": "accepted", "zh": "已接受"}[language], "ask Li")
    order = committed_rows(path, orders)[0]
    unknown = {"en": "Unassigned", "zh": "未指定"}[language]
    assert (order[say["document"]], order[say["sku"]]) == (f"PO-20261123-{unknown}", accepted)
    assert [row[say["units"]] for row in sheet_rows(path, documents)] == [120]


def test_the_sheet_is_frozen_not_the_plan(lamp: Path) -> None:
    """What is accepted a day later is the line that stood on the sheet, with its dates and quantity."""
    place, seen = next((k, row) for k, row in enumerate(sheet_rows(lamp, "Orders")) if row["Supplier"] == "Huamei")
    type_beside(lamp, "Orders", {"Accept (Y)": "Y"}, row=place)
    press(lamp, day(1))
    line = committed_rows(lamp, "Orders")[0]
    assert line["Document"] == "PO-20261124-Huamei"
    assert line["Accepted on"] == moment(1)
    for ours, theirs in (("Units", "Order (units)"), ("Sellable on", "Sellable on"), ("Amount", "Amount"),
                         ("Cartons", "Cartons"), ("Mode", "Mode"), ("To warehouse", "To warehouse")):  # fmt: skip
        assert line[ours] == seen[theirs], ours


def test_an_accepted_order_is_not_suggested_again(lamp: Path) -> None:
    """The accepted units are on the way, on Stock too, and the order is gone from the suggestions."""
    row = sheet_rows(lamp, "Orders")[0]
    key = (row["SKU"], row["To warehouse"])
    before = stock(lamp)[key][1]
    type_beside(lamp, "Orders", {"Accept (Y)": "Y"})
    press(lamp)
    assert stock(lamp)[key][1] == before + row["Order (units)"]
    assert key not in [(row["SKU"], row["To warehouse"]) for row in sheet_rows(lamp, "Orders")]


def test_a_transfer_from_suggestion_to_count(lamp: Path, tmp_path: Path) -> None:
    """The units of the network are the same while a transfer is accepted, shipped, counted and received."""
    move = sheet_rows(lamp, "Transfers")[0]
    giver, taker, units = ("MUG-11", "DE-HAM"), ("MUG-11", "US-LA"), move["Move (units)"]
    shown = [stock(lamp)]
    type_beside(lamp, "Transfers", {"Accept (Y)": "Y"})
    press(lamp)
    shown.append(stock(lamp))
    assert (shown[1][giver][0], shown[1][taker][1]) == (900 - units, 96 + units)
    assert stock(recalculated(lamp, tmp_path)) == shown[1]
    type_beside(lamp, "Transfers", {"State": "shipped"}, committed=True)
    press(lamp, day(1))
    assert committed_rows(lamp, "Transfers")[0]["Shipped on"] == moment(1)
    assert sheet_rows(lamp, "Transfer orders") == []
    shown.append(stock(lamp))
    type_cells(lamp, "Stock", {"C6": 900 - units})  # Hamburg's count lacks what it shipped
    press(lamp, day(2))
    shown.append(stock(lamp))
    type_beside(lamp, "Transfers", {"State": "received", "Received on": moment(3)}, committed=True)
    press(lamp, day(3))
    shown.append(stock(lamp))
    assert (shown[4][taker]) == (30 + units, 96)
    type_cells(lamp, "Stock", {"C5": 30 + units})
    press(lamp, day(4))
    shown.append(stock(lamp))
    assert committed_rows(lamp, "Transfers") == []
    networks = {sum(sum(numbers) for (sku, _), numbers in rows.items() if sku == "MUG-11") for rows in shown}
    assert networks == {30 + 900 + 96}


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        pytest.param(1.5, "1.5 is not a whole number. Type 1 or 2.", id="half"),
        pytest.param(-4, "-4 is below 1. Type 1 or more.", id="negative"),
        pytest.param("ten", '"ten" is not a number. Type digits only, such as 12.', id="word"),
        pytest.param("12 pcs", '"12 pcs" is not a number. Type 12.', id="unit"),
    ],
)
def test_a_quantity_that_cannot_be_used(lamp: Path, typed: Any, says: str) -> None:
    """Such a line is not accepted, its mark stays, and Problems names the cell and what to type."""
    type_beside(lamp, "Transfers", {"Accept (Y)": "Y", "Your quantity": typed})
    press(lamp)
    row = sheet_rows(lamp, "Transfers")[0]
    assert (row["Accept (Y)"], row["Your quantity"]) == ("Y", typed)
    assert committed_rows(lamp, "Transfers") == []
    problem = next(row for row in sheet_rows(lamp, "Problems") if row["Sheet"] == "Transfers")
    assert problem["Cell"] == "N4"
    where = "Transfers!N4, your quantity of MUG-11 in US-LA"
    until = "The line is not accepted until then; your Y stays."
    assert problem["What to do"] == f"{where}: {says} {until}"
    assert press(lamp).changed is False


def test_a_problem_names_the_cell_where_it_stands_now(lamp: Path) -> None:
    """Where the press moves a row, or the table below, Problems names the cell in its new place."""
    rows = [(row["SKU"], row["To warehouse"]) for row in sheet_rows(lamp, "Orders")]
    for row, (key, own) in enumerate(zip(rows, (None, 2.5, None, None), strict=True)):
        if key != rows[-1]:
            type_beside(lamp, "Orders", {"Accept (Y)": "Y", "Your quantity": own}, row=row)
    press(lamp)
    type_beside(lamp, "Orders", {"State": "at sea", "Received so far (units)": "all"}, committed=True)
    type_beside(lamp, "Transfers", {"Accept (Y)": "Y"})
    press(lamp)
    page = openpyxl.load_workbook(lamp)["Orders"]
    found = {row["Cell"]: row["What stands there"] for row in sheet_rows(lamp, "Problems") if row["Sheet"] == "Orders"}
    assert sorted(found.values()) == ["2.5", "all", "at sea"]
    assert {cell: str(page[cell].value) for cell in found} == found
    assert press(lamp).changed is False


def test_accepting_what_is_no_longer_suggested(lamp: Path) -> None:
    """A line without units needs the user's own quantity; with one it is accepted."""
    type_beside(lamp, "Transfers", {"Your note": "call first"})
    type_cells(lamp, "Stock", {"C5": 5000})
    press(lamp)
    type_beside(lamp, "Transfers", {"Accept (Y)": "Y"})
    press(lamp)
    problem = next(row for row in sheet_rows(lamp, "Problems") if row["Sheet"] == "Transfers")
    assert "no longer suggested. Type how many units, or delete the Y." in problem["What to do"]
    type_beside(lamp, "Transfers", {"Your quantity": 48})
    press(lamp)
    line = committed_rows(lamp, "Transfers")[0]
    assert (line["Units"], line["From"], line["Name"], line["Your note"]) == (48, "DE-HAM", "Mug", "call first")
    assert sheet_rows(lamp, "Transfers") == []
    assert press(lamp).changed is False


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_vanished_note_stands_last_and_goes_when_deleted(tmp_path: Path, language: str) -> None:
    """A note whose suggestion is gone is marked in the book's language, stays the same, and goes when deleted."""
    path = make(tmp_path / "book.xlsx", language, LAMP)
    press(path)
    say, sheet = HEADERS[language], SHEETS[language][1]
    type_beside(path, sheet, {say["note"]: "call"})
    type_cells(path, {"en": "Stock", "zh": "库存"}[language], {"C5": 5000})
    press(path)
    row = sheet_rows(path, sheet)[-1]
    assert (row[say["note"]], row[say["why"]]) == ("call", {"en": "No longer suggested", "zh": "不再建议"}[language])
    assert press(path).changed is False
    type_beside(path, sheet, {say["note"]: None})
    press(path)
    assert sheet_rows(path, sheet) == []


def test_columns_of_ones_own_survive_beside_accepted_lines(lamp: Path) -> None:
    """A column added to the accepted lines keeps its cells, beside the same line, from press to press."""
    type_beside(lamp, "Orders", {"Accept (Y)": "Y"})
    press(lamp)
    book = openpyxl.load_workbook(lamp)
    page = book["Orders"]
    table = page.tables["OrdersCommitted"]
    _, top, right, bottom = openpyxl.utils.range_boundaries(table.ref)
    page.cell(top, right + 1, "Container")
    page.cell(top + 1, right + 1, "MSKU 7")
    table.ref = f"A{top}:{openpyxl.utils.get_column_letter(right + 1)}{bottom}"
    table.autoFilter.ref = table.ref
    table.tableColumns.append(openpyxl.worksheet.table.TableColumn(id=right + 1, name="Container"))
    book.save(lamp)
    press(lamp)
    assert committed_rows(lamp, "Orders")[0]["Container"] == "MSKU 7"
    type_beside(lamp, "Orders", {"State": "cancelled"}, committed=True)
    press(lamp, day(1))
    assert "Container" in [cell.value for cell in openpyxl.load_workbook(lamp)["Orders"][_lower(lamp, "Orders")]]


def _lower(path: Path, sheet: str) -> int:
    tables = openpyxl.load_workbook(path)[sheet].tables.values()
    return max(openpyxl.utils.range_boundaries(table.ref)[1] for table in tables)


def test_a_line_typed_under_the_table_is_kept(lamp: Path) -> None:
    """Programs that do not let a table grow lose nothing: a row typed right under it becomes an accepted line."""
    type_beside(lamp, "Orders", {"Accept (Y)": "Y"})
    press(lamp)
    before = stock(lamp)["LAMP-03", "US-LA"][1]
    cells = {"Document": "PI-7", "SKU": "LAMP-03", "To warehouse": "US-LA", "Units": 96}
    type_beside(lamp, "Orders", cells, row=1, committed=True)
    press(lamp)
    assert [row["Document"] for row in committed_rows(lamp, "Orders")] == ["PO-20261123-Unassigned", "PI-7"]
    assert stock(lamp)["LAMP-03", "US-LA"][1] == before + 96
    assert press(lamp).changed is False


def test_a_state_that_cannot_be_read_stays_as_typed(lamp: Path) -> None:
    """An unknown word is left in its cell and named on Problems, and the line counts as on order."""
    type_beside(lamp, "Orders", {"Accept (Y)": "Y"})
    press(lamp)
    before = stock(lamp)
    type_beside(lamp, "Orders", {"State": "on the boat", "Shipped on": "25/11/26"}, committed=True)
    press(lamp)
    line = committed_rows(lamp, "Orders")[0]
    assert (line["State"], line["Shipped on"]) == ("on the boat", "25/11/26")
    cells = {row["Cell"]: row["What to do"] for row in sheet_rows(lamp, "Problems") if row["Sheet"] == "Orders"}
    assert len(cells) == 2
    assert any("accepted, ordered, shipped, part received, received, cancelled" in text for text in cells.values())
    assert stock(lamp) == before


def test_accepted_lines_in_a_book_that_counts_from_1904(tmp_path: Path) -> None:
    """Dates of accepted lines are the days that people see, press after press."""
    import xlsxwriter

    path = tmp_path / "mac.xlsx"
    with xlsxwriter.Workbook(str(path), {"date_1904": True}) as book:
        sheet = book.add_worksheet("Stock")
        sheet.write_row("A1", ["SKU", "On hand", "Daily sales"])
        sheet.write_row("A2", ["A-1", 10, 20])
    press(path)
    seen = sheet_rows(path, "Orders")[0]
    type_beside(path, "Orders", {"Accept (Y)": "Y"})
    press(path)
    line = committed_rows(path, "Orders")[0]
    assert (line["Accepted on"], line["Sellable on"]) == (moment(0), seen["Sellable on"])
    assert line["Document"] == "PO-20261123-Unassigned"
    assert press(path).changed is False


def test_late_accepted_lines_are_asked_about(lamp: Path) -> None:
    """A line past its day stands on Today with the sheet where to type the new date."""
    type_beside(lamp, "Transfers", {"Accept (Y)": "Y"})
    press(lamp)
    due = committed_rows(lamp, "Transfers")[0]["Sellable on"].date()
    press(lamp, due + dt.timedelta(days=3))
    page = openpyxl.load_workbook(lamp, data_only=True)["Today"]
    said = [str(cell) for row in page.values for cell in row if cell and "TR-20261123" in str(cell)]
    assert len(said) == 1
    assert "3 days late" in said[0]
    assert "Under Committed on Transfers type the new date" in said[0]


def test_the_states_are_offered(lamp: Path) -> None:
    """The state's cells offer the six words, in the book's language, at once in a book with lines."""
    rules = openpyxl.load_workbook(lamp)["Orders"].data_validations.dataValidation
    lists = [rule.formula1 for rule in rules if rule.type == "list"]
    assert lists == ['"accepted,ordered,shipped,part received,received,cancelled"']
