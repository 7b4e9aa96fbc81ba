"""What was typed in a copy goes home into the book: once, losslessly, and never over what is typed there."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from restock.errors import InputError, WorkbookError
from restock_xl.exports.export import export_book
from restock_xl.exports.returning.read_back import ReadBack, read_back, write_read_back
from restock_xl.exports.roles.supplier import supplier_copy
from restock_xl.exports.roles.warehouse import warehouse_copy
from restock_xl.sheets.layout import DONE_COLUMN, LIST_COLUMN
from restock_xl.sheets.values import serial

from .books import LAMP, NOW, TODAY, make, parts, press, saved_by_libreoffice
from .role_books import marked_book, read, rows, type_quickly, type_under, write
from .test_bad_input import run

TRANSFER = "TR-20261123-DE-HAM-US-LA"
DAY = dt.date(2026, 11, 25)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return marked_book(tmp_path / "book.xlsx", "en")


def warehouse(book: Path, name: str = "US-LA") -> Path:
    return write(warehouse_copy(read(book), name, TODAY), book.with_name(f"{name}.xlsx"))


def supplier(book: Path) -> Path:
    return write(supplier_copy(read(book), "Huamei", TODAY), book.with_name("huamei.xlsx"))


def taken(book: Path, copy: Path) -> ReadBack:
    """Read a copy back and write it."""
    found = read_back(book, copy, TODAY)
    write_read_back(found, NOW)
    return found


def sentences(found: ReadBack) -> list[str]:
    return [change.sentence for change in found.changes]


def receive(copy: Path, document: str, **cells: Any) -> None:
    headers = {"now": "Received now (units)", "on": "Received on", "remark": "Remark"}
    type_under(copy, "Receive", {"Document": document}, {headers[name]: value for name, value in cells.items()})


def inbound(book: Path, document: str) -> dict[str, Any]:
    return next(row for row in rows(book, "Inbound") if row["Document"] == document)


def test_a_receipt_on_inbound(book: Path) -> None:
    """Units and day go to Inbound, the state follows, and the sentence says where, what, before and after."""
    copy = warehouse(book)
    receive(copy, "PO-8", now=96, on=DAY)
    found = taken(book, copy)
    assert sentences(found) == [
        "Inbound!F5: received so far of MUG-11, PO-8: 0 → 96",
        "Inbound!G5: received on of MUG-11, PO-8: blank → 2026-11-25",
        "Inbound!J5: state of MUG-11, PO-8: ordered → received",
    ]
    row = inbound(book, "PO-8")
    assert (row["Received so far (units)"], row["Received on"], row["State"]) == (96, serial(DAY), "received")


def test_only_the_cells_that_were_typed_change(book: Path) -> None:
    """Every other part is the same byte for byte, every other cell says the same, and the old book is kept."""
    before, old = parts(book), openpyxl.load_workbook(book)
    copy = warehouse(book)
    receive(copy, "PO-8", now=10)
    found = read_back(book, copy, TODAY)
    backup = write_read_back(found, NOW)
    assert backup is not None
    assert parts(backup) == before
    after, new = parts(book), openpyxl.load_workbook(book)
    assert list(after) == list(before)
    assert [name for name in after if after[name] != before[name]] == [read(book).book.part_of_sheet("Inbound")]
    now, then = ({cell.coordinate: (cell.value, cell.style_id) for row in page["Inbound"].iter_rows() for cell in row}
                 for page in (new, old))  # fmt: skip
    assert [place for place in now if now[place] != then[place]] == ["F5", "J5"]


def test_reading_twice_changes_nothing(book: Path) -> None:
    """A copy that was read already has nothing more to say, before and after the press that follows."""
    copy = warehouse(book)
    receive(copy, "PO-8", now=96, on=DAY)
    receive(copy, TRANSFER, now=100, on=TODAY, remark="2 cartons wet")
    assert taken(book, copy).changes
    for presses in (0, 1):
        if presses:
            press(book, TODAY)
        before = book.read_bytes()
        found = taken(book, copy)
        assert (found.changes, found.conflicts, found.refused) == ([], [], [])
        assert book.read_bytes() == before


def test_the_next_press_counts_what_came_home(book: Path) -> None:
    """Received units of a transfer are there after the press, the rest is on the way, and the sender's have left."""
    units = rows(book, "TransfersCommitted")[0]["Units"]
    before = {(row["SKU"], row["Warehouse"]): row for row in rows(book, "Forecast")}
    sent, got = warehouse(book, "DE-HAM"), warehouse(book)
    type_under(sent, "Ship", {"Document": TRANSFER}, {"Shipped (units)": units, "Shipped on": TODAY})
    receive(got, TRANSFER, now=100, on=TODAY)
    taken(book, sent)
    taken(book, got)
    (line,) = rows(book, "TransfersCommitted")
    assert (line["State"], line["Shipped on"], line["Received so far (units)"]) == ("part received", serial(TODAY), 100)
    press(book, TODAY)
    after = {(row["SKU"], row["Warehouse"]): row for row in rows(book, "Forecast")}
    here, there = ("MUG-11", "US-LA"), ("MUG-11", "DE-HAM")
    assert after[here]["Available (units)"] == before[here]["Available (units)"] + 100
    assert after[here]["On the way (units)"] == before[here]["On the way (units)"] - 100
    assert after[there]["Available (units)"] == before[there]["Available (units)"]


def test_a_part_shipment(book: Path) -> None:
    """Fewer units shipped stand on Transfer orders and in the note; that the rest still counts is said."""
    units = rows(book, "TransfersCommitted")[0]["Units"]
    copy = warehouse(book, "DE-HAM")
    type_under(copy, "Ship", {"Document": TRANSFER}, {"Shipped (units)": 200, "Remark": "lorry full"})
    found = taken(book, copy)
    assert rows(book, "TransferOrders")[0]["Shipped (units)"] == 200
    (line,) = rows(book, "TransfersCommitted")
    assert (line["State"], line["Your note"]) == ("shipped", f"DE-HAM: 200 of {units:n} shipped, lorry full")
    assert line["Units"] == units
    assert found.told == [
        f"MUG-11, {TRANSFER}: 200 of {units:n} were shipped. The other {units - 200:n} still count as on the way: "
        "change Units if they will not come."
    ]


def test_a_receipt_adds_to_an_earlier_one(book: Path) -> None:
    """PO-7 had 60 without a day, which lie in the count: 30 more without a day make 90."""
    copy = warehouse(book)
    receive(copy, "PO-7", now=30)
    taken(book, copy)
    assert inbound(book, "PO-7")["Received so far (units)"] == 90


@pytest.mark.parametrize(
    ("home", "cells", "changes", "says"),
    [
        pytest.param({"F4": 75}, {"now": 30}, 0, "F4: received so far of LAMP-03, PO-7 says 75, the copy says 90",
                     id="the book says another sum"),
        pytest.param({"F4": 90}, {"now": 30}, 1, "", id="the sum is there, the state follows"),
        pytest.param({"G5": TODAY}, {"document": "PO-8", "now": 5, "on": DAY}, 2,
                     "received on of MUG-11, PO-8 says 2026-11-23, the copy says 2026-11-25", id="another day"),
        pytest.param({"J5": "cancelled"}, {"document": "PO-8", "now": 5}, 0, "PO-8 is cancelled here", id="cancelled"),
        pytest.param({"F5": "=2+3"}, {"document": "PO-8", "now": 5}, 0, "is a formula here", id="a formula"),
        pytest.param({"F5": "some"}, {"document": "PO-8", "now": 5}, 0, "says some, the copy says 5", id="unreadable"),
        pytest.param({}, {"now": 30, "on": DAY}, 0, "would need a second date", id="a second day on Inbound"),
        pytest.param({}, {"on": DAY}, 0, "but no units", id="a day without units"),
        pytest.param({}, {"now": "12 pcs"}, 0,
                     'Receive!M4, received now of LAMP-03: "12 pcs" is not a number. Type 12.', id="text for a number"),
        pytest.param({}, {"now": -3}, 0, "-3 is below 0", id="below zero"),
        pytest.param({}, {"document": "PO-8", "now": 5, "on": "25/11/2026"}, 2, "Type 2026-11-25.", id="date as text"),
        pytest.param({"A5": "PO-99"}, {"document": "PO-8", "now": 5}, 0, "MUG-11, PO-8 does not stand in the book",
                     id="the line is gone"),
        pytest.param({"A6": "PO-8", "B6": "MUG-11", "D6": "US-LA", "E6": 96, "I6": dt.date(2027, 1, 12)},
                     {"document": "PO-8", "now": 5}, 2, "", id="the same document twice, one from the supplier"),
        pytest.param({}, {"document": "PO-8", "remark": "wet"}, 0, "“wet” has no column in the book", id="a remark"),
    ],
)  # fmt: skip
def test_what_is_not_written(
    book: Path, home: dict[str, Any], cells: dict[str, Any], changes: int, says: str
) -> None:
    """What the book says itself stays, what cannot be read is named with its cell, and the rest is taken."""
    copy = warehouse(book)
    receive(copy, **({"document": "PO-7"} | cells))
    type_quickly(book, "Inbound", home)
    found = taken(book, copy)
    assert len(found.changes) == changes, sentences(found)
    listed = [*found.conflicts, *found.refused, *found.told]
    assert len(listed) == bool(says), listed
    assert all(says in sentence for sentence in listed)


def test_lines_that_cannot_be_told_apart(book: Path) -> None:
    """Two lines that say the same are not guessed between."""
    copy = warehouse(book)
    receive(copy, "PO-8", now=5)
    again = {"A6": "PO-8", "B6": "MUG-11", "C6": "Huamei", "D6": "US-LA", "E6": 96, "I6": dt.date(2027, 1, 12)}
    type_quickly(book, "Inbound", again | {"J6": "ordered"})
    found = read_back(book, copy, TODAY)
    assert found.changes == []
    assert "stands in the book 2 times" in found.refused[0]


def test_a_second_receipt_of_an_accepted_line(book: Path) -> None:
    """An accepted line remembers what a count held, so that its day may move on."""
    for day, now in ((TODAY, 100), (DAY, 64)):
        copy = warehouse(book)
        receive(copy, TRANSFER, now=now, on=day)
        taken(book, copy)
    (line,) = rows(book, "TransfersCommitted")
    assert (line["Received so far (units)"], line["Received on"]) == (164, serial(DAY))


def confirm(copy: Path, goods: dict[str, Any], **cells: Any) -> None:
    headers = {"units": "Confirmed quantity (units)", "ready": "Confirmed ready date", "remark": "Remark"}
    type_under(copy, "Order", goods, {headers[name]: value for name, value in cells.items()})


def test_what_a_supplier_confirms(book: Path) -> None:
    """A draft takes the quantity as the user's own; an order keeps its units and date, and both stand in the note."""
    units = next(row for row in rows(book, "OrdersCommitted") if row["Supplier"] == "Huamei")["Units"]
    draft = next(row for row in rows(book, "Orders") if row["Supplier"] == "Huamei")
    copy = supplier(book)
    confirm(copy, {"Document": None, "Our SKU": draft["SKU"], "Ship to": draft["To warehouse"]}, units=480)
    confirm(copy, {"Document": "PO-20261123-Huamei"}, units=480, ready=dt.date(2026, 12, 12), remark="=half")
    found = taken(book, copy)
    now = next(row for row in rows(book, "Orders") if row["SKU"] == draft["SKU"])
    assert (now["Your quantity"], now["Your note"]) == (480, draft["Your note"])
    line = next(row for row in rows(book, "OrdersCommitted") if row["Supplier"] == "Huamei")
    assert line["Your note"] == f"Huamei: 480 of {units:,.0f} confirmed, ready 2026-12-12, =half"
    assert (line["Units"], line["Sellable on"]) == (units, serial(dt.date(2027, 1, 11)))
    assert any("Sellable on is unchanged" in text for text in found.told)
    assert any(f"480 confirmed, {units:,.0f} ordered" in text for text in found.told)
    assert read_back(book, copy, TODAY).changes == []


def test_a_draft_that_was_accepted_meanwhile(book: Path) -> None:
    """What a supplier confirms of a draft goes to the order that it has become."""
    copy = supplier(book)
    draft = next(row for row in rows(book, "Orders") if row["Supplier"] == "Huamei")
    goods = {"SKU": draft["SKU"], "To warehouse": draft["To warehouse"]}
    line_of_copy = {"Document": None, "Our SKU": goods["SKU"], "Ship to": goods["To warehouse"]}
    confirm(copy, line_of_copy, units=draft["Order (units)"])
    type_under(book, "Orders", goods, {"Accept (Y)": "Y", "Your note": None})
    press(book, TODAY)
    taken(book, copy)
    line = next(row for row in rows(book, "OrdersCommitted") if goods.items() <= row.items())
    assert line["Your note"] == f"Huamei: {draft['Order (units)']:n} confirmed"


def values_copy(book: Path) -> Path:
    """The whole book as values, as a team member has it."""
    target = book.with_name("team.xlsx")
    values = openpyxl.load_workbook(book, data_only=True)
    for name in set(values.sheetnames) - {"Alerts", "Orders", "Transfers", "Live picks"}:  # the others are not read
        del values[name]
    values.save(target)
    return target


def test_a_copy_of_the_whole_book(book: Path) -> None:
    """Accept, quantities, Done, states and dates typed in the team's copy go to the same rows; states only move on."""
    copy = values_copy(book)
    alert = rows(book, "Alerts")[0]
    goods = {"SKU": alert["SKU"], "Warehouse": alert["Warehouse"]}
    draft = rows(book, "Orders")[0]
    type_under(copy, "Alerts", goods, {"Done (Y / name)": "Li"})
    place = {"SKU": draft["SKU"], "To warehouse": draft["To warehouse"], "Mode": draft["Mode"]}
    type_under(copy, "Orders", place, {"Accept (Y)": "y", "Your quantity": 96})
    typed = {"State": "已发运", "Shipped on": TODAY, "Your note": "by DHL"}
    type_under(copy, "Transfers", {"Document": TRANSFER}, typed)
    found = taken(book, copy)
    assert (found.conflicts, found.refused) == ([], [])
    assert rows(book, "Alerts")[0]["Done (Y / name)"] == "Li"
    assert [rows(book, "Orders")[0][name] for name in ("Accept (Y)", "Your quantity")] == ["y", 96]
    (line,) = rows(book, "TransfersCommitted")
    assert (line["State"], line["Shipped on"], line["Your note"]) == ("shipped", serial(TODAY), "by DHL")
    assert "Stock, Inbound and your other sheets" in found.told[0]
    row = read(book).table_cells("TransfersCommitted").numbers[0]  # type: ignore[union-attr]
    type_quickly(book, "Transfers", {f"J{row}": "part received", f"O{row}": "by sea"})
    again = read_back(book, copy, TODAY)
    assert again.changes == []
    assert [text.split(" (")[0] for text in again.conflicts] == [
        f"Transfers!O{row}: your note of MUG-11, {TRANSFER} says by sea, the copy says by DHL"
    ]


@pytest.mark.parametrize("audience", ["team", "phone"])
def test_an_answer_on_today_of_a_copy(book: Path, audience: str) -> None:
    """Done typed beside a line of Today in a copy goes to the row of Alerts that it is about, once."""
    copy = export_book(book, book.with_name("copy.xlsx"), None, audience, TODAY, NOW).path
    lines = [row for row in openpyxl.load_workbook(copy)["Today"].iter_rows() if row[LIST_COLUMN].value == "MUG-11"]
    type_quickly(copy, "Today", {lines[0][DONE_COLUMN].coordinate: "Li"})
    found = taken(book, copy)
    assert (len(found.changes), found.conflicts, found.refused) == (1, [], [])
    (alert,) = [row for row in rows(book, "Alerts") if row["Done (Y / name)"]]
    assert (alert["SKU"], alert["Done (Y / name)"]) == ("MUG-11", "Li")
    assert read_back(book, copy, TODAY).changes == []


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("program", ["as written", "LibreOffice"])
def test_a_copy_saved_by_another_program(tmp_path: Path, language: str, program: str) -> None:
    """Tables are found by their headers in either language, also after LibreOffice saved the file."""
    book = marked_book(tmp_path / "book.xlsx", language)
    copy = warehouse(book)
    sheet, now, on, document = {
        "en": ("Receive", "Received now (units)", "Received on", "Document"),
        "zh": ("收货", "本次实收(件)", "收货日期", "单号"),
    }[language]  # fmt: skip
    type_under(copy, sheet, {document: "PO-8"}, {now: 96, on: DAY})
    type_under(copy, sheet, {document: TRANSFER}, {now: 12, on: DAY})
    if program == "LibreOffice":
        copy = saved_by_libreoffice(copy, tmp_path)
    found = taken(book, copy)
    assert (len(found.changes), found.conflicts, found.refused) == (6, [], [])
    (line,) = rows(book, "TransfersCommitted")
    name, word = {"en": ("State", "part received"), "zh": ("状态", "部分到货")}[language]
    assert line[name] == word
    row = next(row for row in rows(book, "Inbound") if row[document] == "PO-8")
    assert row[{"en": "Received on", "zh": "收货日期"}[language]] == serial(DAY)


def test_a_copy_in_the_other_language(tmp_path: Path) -> None:
    """A Chinese book takes home what stands under English headers."""
    english, book = marked_book(tmp_path / "en.xlsx", "en"), marked_book(tmp_path / "book.xlsx", "zh")
    copy = warehouse(english)
    receive(copy, "PO-8", now=96)
    assert sentences(taken(book, copy))[0] == "在途表F5：MUG-11, PO-8 已收：0 → 96"


def test_a_date_in_a_cell_that_shows_numbers(book: Path) -> None:
    """Where a cell has no date format, the date is written as year-month-day, which the next press reads."""
    workbook = openpyxl.load_workbook(book)
    workbook["Inbound"]["G5"].number_format = "General"
    workbook.save(book)
    copy = warehouse(book)
    receive(copy, "PO-8", now=5, on=DAY)
    taken(book, copy)
    assert inbound(book, "PO-8")["Received on"] == "2026-11-25"


def test_what_is_no_copy_of_the_book(book: Path, tmp_path: Path) -> None:
    """A copy of another book, a file without our tables, the book itself: a sentence, and nothing is written."""
    before = book.read_bytes()
    other = make(tmp_path / "other.xlsx", data=LAMP | {"Inbound": [LAMP["Inbound"][0] | {"document": "PO-1"}]})
    plain = tmp_path / "plain.xlsx"
    openpyxl.Workbook().save(plain)
    for copy, error, says in (
        (warehouse(other), InputError, "copy of another book"),
        (plain, InputError, "no table that can be read back"),
        (book, InputError, "is the book itself"),
        (tmp_path / "none.xlsx", WorkbookError, "There is no file"),
        (tmp_path, WorkbookError, "is a folder"),
    ):
        with pytest.raises(error, match=says):
            read_back(book, copy, TODAY)
    assert book.read_bytes() == before


def test_a_book_that_changed_since_the_preview(book: Path) -> None:
    """Between preview and writing nobody else's work is lost."""
    copy = warehouse(book)
    receive(copy, "PO-8", now=5)
    found = read_back(book, copy, TODAY)
    type_quickly(book, "Inbound", {"F4": 61})
    with pytest.raises(WorkbookError, match="was changed"):
        write_read_back(found, NOW)


def test_the_command(book: Path) -> None:
    """Without a terminal it shows what would change and how to write it; --yes writes."""
    copy = warehouse(book)
    receive(copy, "PO-8", now=5)
    before = book.read_bytes()
    done = run("read-back", str(book), str(copy))
    assert done.returncode == 0, done.stderr
    assert "2 changes:" in done.stdout
    assert '--yes' in done.stdout.splitlines()[-1]
    assert book.read_bytes() == before
    assert run("read-back", str(book), str(copy), "--yes").returncode == 0
    assert inbound(book, "PO-8")["Received so far (units)"] == 5


def test_a_remark_as_long_as_a_cell_can_hold_fits_its_note(book: Path) -> None:
    """The warehouse's name before it makes it no longer than Excel takes, and it is read once only."""
    copy = warehouse(book)
    receive(copy, TRANSFER, remark="r" * 32_767)
    note = taken(book, copy).changes[0].value
    assert note.startswith("US-LA: rrr")
    assert len(note) == 32_767
    assert taken(book, copy).changes == []
