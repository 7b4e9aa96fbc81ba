"""Files into a book: shown first, written without harm, once, and only where they belong."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from restock_xl.imports.import_files import Import, prepare_import
from restock_xl.imports.one_file import Wishes
from restock_xl.package.book import Book

from .books import LAMP, NOW, TODAY, make, parts, sheet_rows, type_cells
from .test_bad_input import run

YESTERDAY = TODAY - dt.timedelta(days=1)
STOCK = "SKU,Warehouse,On hand,Reserved\nLAMP-03,us-la,250,12\nMUG-11,US-LA,,4\nCUP-9,US-LA,7,\n"


def prepared(book: Path, text: str, name: str = "export.csv", **wishes: Any) -> Import:
    """A text as a file, held against the book."""
    path = book.parent / name
    path.write_text(text, encoding="utf-8")
    return prepare_import(book, [path], Wishes(**{"today": TODAY, **wishes}))


def put(book: Path, text: str, name: str = "export.csv", **wishes: Any) -> list[str]:
    """Import a text as a file; what was said before."""
    found = prepared(book, text, name, **wishes)
    assert not found.failed, found.failed
    found.write(NOW)
    return found.lines()


def column(book: Path, sheet: str, *headers: str) -> list[tuple[Any, ...]]:
    """Some columns of a sheet."""
    return [tuple(row[header] for header in headers) for row in sheet_rows(book, sheet) if row[headers[0]]]


def stock(book: Path) -> dict[tuple[str, str], tuple[Any, ...]]:
    """On hand, reserved and stock date by SKU and warehouse."""
    rows = column(book, "Stock", "SKU*", "Warehouse", "On hand* (units)", "Reserved (units)", "Stock date")
    return {row[:2]: row[2:] for row in rows}


def sales(book: Path) -> list[tuple[Any, ...]]:
    """The rows of Sales, sorted."""
    rows = column(book, "Sales", "Date*", "SKU*", "Warehouse", "Quantity* (units)", "Order no.")
    return sorted((f"{row[0]:%m-%d}", *row[1:]) for row in rows)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes], list[str]]:
    """A book after a snapshot of stock, its parts before, and what was said."""
    book = make(tmp_path_factory.mktemp("import") / "stock.xlsx", "en", LAMP)
    before = parts(book)
    return book, before, put(book, STOCK)


Imported = tuple[Path, dict[str, bytes], list[str]]


def test_a_snapshot_changes_its_warehouse_only(imported: Imported) -> None:
    """Stock of the file's warehouse is new; other warehouses, and SKUs that the file lacks, stay."""
    found, today = stock(imported[0]), dt.datetime.combine(TODAY, dt.time())
    assert found["LAMP-03", "US-LA"] == (250, 12, today)
    assert found["MUG-11", "DE-HAM"] == (900, None, None)
    assert found["00123", "US-LA"] == (0, None, None)


def test_an_empty_cell_never_overwrites(imported: Imported) -> None:
    """A row without a number on hand is refused and named, and what stands in the book stays."""
    assert stock(imported[0])["MUG-11", "US-LA"] == (30, None, None)
    assert "Row 3, On hand: nothing stands there." in imported[2]


def test_a_new_sku_gets_a_row_that_calculates(imported: Imported) -> None:
    """A SKU that Stock did not have is added where the next blank row is, under its formulas."""
    page = openpyxl.load_workbook(imported[0])["Stock"]
    assert [page.cell(10, place).value for place in (1, 2, 3, 4)] == ["CUP-9", "US-LA", 7, None]
    assert str(page.cell(10, 8).value).startswith("=")
    shown = {row["SKU*"]: row["Tier"] for row in sheet_rows(imported[0], "Stock") if row["SKU*"]}
    assert shown["CUP-9"] == "NO DATA"


def test_nothing_else_in_the_book_changes(imported: Imported) -> None:
    """Sheets that the file does not concern lie in the package byte for byte."""
    before, after = imported[1], parts(imported[0])
    part_of = {sheet.name: sheet.part for sheet in Book(imported[0]).sheets}
    changed = {name for name, data in before.items() if after.get(name) != data and name.startswith("xl/worksheets/s")}
    assert changed == {part_of["Stock"], part_of["Import log"]}
    assert not [name for name in before if name not in after]


def test_the_log_says_what_was_done(imported: Imported) -> None:
    """File, kind, counts and reasons stand on the import log."""
    (line,) = sheet_rows(imported[0], "Import log")
    assert (line["File"], line["What it is"], line["Rows read"], line["Rows used"], line["Refused"]) == (
        "export.csv", "Table of stock", 3, 2, 1,
    )  # fmt: skip
    assert line["Why"] == "Row 3, On hand: nothing stands there."


def test_the_same_file_twice_changes_nothing(imported: Imported) -> None:
    """A file that the log knows is told, and nothing is offered to be written."""
    again = prepared(imported[0], STOCK, "the same.csv")
    assert not again.changes_anything
    assert again.lines() == ["the same.csv was imported on Mon 23 Nov already: nothing to do."]


def test_an_older_snapshot_is_not_used(imported: Imported) -> None:
    """Stock of an earlier day does not take the place of a later one."""
    found = prepared(imported[0], "SKU,Warehouse,On hand\nLAMP-03,US-LA,999\n", today=YESTERDAY)
    assert "US-LA: the stock of the file is older than that of 23 Nov in the book, so it was not used." in [
        line.replace("Mon ", "") for line in found.lines()
    ]
    assert not found.files[0].changes


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("untouched") / "stock.xlsx", "en", LAMP)


@pytest.fixture
def book(untouched: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(untouched, tmp_path))


def test_the_command_shows_first_and_writes_when_told(book: Path) -> None:
    """Without --yes nothing is written; with it the book is, and the old one is kept."""
    (book.parent / "stock.csv").write_text(STOCK)
    before = book.read_bytes()
    command = ("import", str(book), str(book.parent / "stock.csv"), "--today", TODAY.isoformat())
    shown = run(*command)
    assert (shown.returncode, book.read_bytes()) == (0, before)
    assert shown.stdout.splitlines()[1] == "To write: Stock 1 new, 1 changed, 0 removed."
    assert shown.stdout.splitlines()[-1] == "Nothing was written. Add --yes to write."
    assert "The book as it was: " in run(*command, "--yes").stdout
    assert stock(book)["LAMP-03", "US-LA"][0] == 250
    (kept,) = (book.parent / "restock-backups").iterdir()
    assert kept.read_bytes() == before


def test_the_command_refuses_what_it_does_not_know(book: Path) -> None:
    """An option of another kind and a file that is not there are one sentence and exit code 2."""
    wrong, missing = run("import", str(book), "x.csv", "--dates", "ymd"), run("import", str(book), "x.csv")
    assert (wrong.returncode, wrong.stderr.strip()) == (
        2, '--dates: "ymd" is not one of dmy or mdy. Type one of them.',
    )  # fmt: skip
    assert (missing.returncode, missing.stdout.strip()) == (
        2, "x.csv cannot be read. Check the name and that the file is there.",
    )  # fmt: skip


ORDERS = (
    "Name,Financial Status,Created at,Lineitem quantity,Lineitem sku,Cancelled at,Id\n"
    "#1,paid,2026-11-20 10:00:00 -0500,2,LAMP-03,,51\n#1,,,1,MUG-11,,\n"
    "#2,paid,2026-11-21 10:00:00 -0500,3,LAMP-03,,52\n"
)
LATER = (
    "Name,Financial Status,Created at,Lineitem quantity,Lineitem sku,Cancelled at,Id\n"
    "#2,refunded,2026-11-21 10:00:00 -0500,3,LAMP-03,2026-11-22 10:00:00 -0500,52\n"
    "#1,paid,2026-11-20 10:00:00 -0500,1,LAMP-03,,51\n#3,paid,2026-11-22 10:00:00 -0500,5,00123,,53\n"
)


def test_a_later_file_of_orders_takes_the_place_of_the_same_orders(book: Path) -> None:
    """Orders of two overlapping files count once, as the later file has them; cancelled ones go."""
    type_cells(book, "Sales", {"A4": dt.datetime(2026, 11, 1), "B4": "LAMP-03", "D4": 9})
    put(book, ORDERS)
    own = ("11-01", "LAMP-03", None, 9, None)
    assert sales(book) == [
        own, ("11-20", "LAMP-03", None, 2, "#1 51"), ("11-20", "MUG-11", None, 1, "#1 51"),
        ("11-21", "LAMP-03", None, 3, "#2 52"),
    ]  # fmt: skip
    put(book, LATER, "later.csv")
    assert sales(book) == [own, ("11-20", "LAMP-03", None, 1, "#1 51"), ("11-22", "00123", None, 5, "#3 53")]


def test_a_book_that_counts_from_1904_keeps_its_days(book: Path) -> None:
    """Days are written and found again in a book that counts days from 1904."""
    old = openpyxl.load_workbook(book)
    old.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    old.save(book)
    put(book, ORDERS)
    put(book, LATER, "later.csv")
    assert sales(book) == [("11-20", "LAMP-03", None, 1, "#1 51"), ("11-22", "00123", None, 5, "#3 53")]


def test_ledger_and_orders_do_not_count_twice(book: Path) -> None:
    """Sales that All Orders told are left out of the ledger, day by day and country by country."""
    head = "amazon-order-id\tpurchase-date\torder-status\tfulfillment-channel\tsales-channel\tsku\tquantity\n"
    put(book, head + "111-0000001-0000001\t2026-11-20T20:00:00+00:00\tShipped\tAmazon\tAmazon.com\tLAMP-03\t2\n")
    head = "Date\tMSKU\tEvent Type\tQuantity\tDisposition\tCountry\n"
    rows = "11/20/2026\tLAMP-03\tShipments\t-2\tSELLABLE\tUS\n11/21/2026\tLAMP-03\tShipments\t-3\tSELLABLE\tUS\n"
    lines = put(book, head + rows, "ledger.txt")
    assert [(row[0], row[3]) for row in sales(book)] == [("11-20", 2), ("11-21", 3)]
    assert any("1 day that the other report has told already" in line for line in lines)


def test_rows_without_order_numbers_are_not_written_twice(book: Path) -> None:
    """A day that stands on Sales with the same rows is left out and told."""
    put(book, "Date,SKU,Warehouse,Qty\n2026-11-20,LAMP-03,US-LA,3\n")
    more = "Date,SKU,Warehouse,Qty\n2026-11-20,LAMP-03,US-LA,3\n2026-11-21,LAMP-03,US-LA,4\n"
    assert any(line.startswith("1 day stand on Sales already") for line in put(book, more, "more.csv"))
    assert [row[3] for row in sales(book)] == [3, 4]


def test_platform_skus_and_bundles_are_joined_to_own(book: Path) -> None:
    """The SKU map gives own SKUs and units; what neither it nor the book knows is named."""
    type_cells(book, "SKU map", {
        "A4": "TT-LAMP-2", "B4": "LAMP-03", "C4": 2, "A5": "SET", "B5": "LAMP-03", "A6": "SET", "B6": "MUG-11", "C6": 3,
        "A7": "SET", "B7": "00123", "D7": "Amazon",
    })  # fmt: skip
    text = "Date,SKU,Qty\n2026-11-20,tt-lamp-2,5\n2026-11-20,SET,4\n2026-11-20,OTHER,1\n"
    lines = put(book, text)
    assert sorted(row[1:4] for row in sales(book)) == [
        ("LAMP-03", None, 4), ("LAMP-03", None, 10), ("MUG-11", None, 12), ("OTHER", None, 1)
    ]  # fmt: skip
    assert any(line.startswith("Not among your SKUs: OTHER (1).") for line in lines)


def test_sums_on_the_way_follow_the_file_and_spare_typed_lines(book: Path) -> None:
    """A sum is written where Inbound has no line of its own, and a later one takes its place."""
    head = "库存SKU编号,仓库,仓位库存,在途量,未发货量,可用库存量\n"
    lines = put(book, head + "LAMP-03,US-LA,280,500,0,280\n00123,US-LA,0,40,0,0\n")
    assert "Inbound has lines of its own for 1 SKU, so the file's sums on the way were not added." in lines
    columns = ("Inbound", "Document", "SKU*", "To warehouse", "Ordered (units)")
    assert ("马帮 在途", "00123", "US-LA", 40) in column(book, *columns)
    put(book, head + "00123,US-LA,0,0,0,0\n", "later.csv")
    assert ("马帮 在途", "00123", "US-LA", 0) in column(book, *columns)


def test_text_like_a_formula_stays_text(book: Path) -> None:
    """A cell that begins like a formula is written as the text that it is."""
    put(book, "SKU,Warehouse,On hand\n=1+1,US-LA,5\n+A1,US-LA,6\n@SUM(1),US-LA,7\n")
    page = openpyxl.load_workbook(book)["Stock"]
    assert [(page.cell(row, 1).value, page.cell(row, 1).data_type) for row in (10, 11, 12)] == [
        ("=1+1", "s"), ("+A1", "s"), ("@SUM(1)", "s")
    ]  # fmt: skip


def test_formulas_of_the_user_stay(book: Path) -> None:
    """A number that the user calculates is not overwritten, and told."""
    type_cells(book, "Stock", {"C4": "=200+80"})
    assert any(line.startswith("1 cell of Stock hold formulas") for line in put(book, STOCK))
    assert openpyxl.load_workbook(book)["Stock"]["C4"].value == "=200+80"


def test_a_table_grows_with_formulas_and_formats(book: Path) -> None:
    """More SKUs than pre-made rows: the table reaches over them, and the new rows calculate."""
    rows = "".join(f"NEW-{k:03},US-LA,{k}\n" for k in range(520))
    put(book, "SKU,Warehouse,On hand\n" + rows)
    page = openpyxl.load_workbook(book)["Stock"]
    last = 3 + 6 + 520
    assert page.tables["Stock"].ref.endswith(str(last))
    assert page.cell(last, 1).value == "NEW-519"
    assert str(page.cell(last, 8).value).startswith("=")
    assert page.cell(last, 6).number_format == page.cell(4, 6).number_format


@pytest.mark.parametrize(
    ("text", "wishes", "says"),
    [
        ("SKU,On hand\nLAMP-03,5\n", {}, "which warehouse it is of, so nothing of it was used. Say "
         "--warehouse NAME, one of: US-LA, DE-HAM."),
        ("Date,SKU,Qty\n03/04/2026,LAMP-03,1\n", {}, "Say --dates dmy (day first) or --dates mdy (month first)."),
        ('SKU,Warehouse,On hand\nLAMP-03,US-LA,"1,200"\n', {},
         "it cannot be told whether 1,200 has a decimal or a thousands separator"),
        ("SKU,Warehouse,On hand\nA,US-LA,1\nB,DE-HAM,1\n", {"warehouse": "US-LA"},
         "names several warehouses (US-LA, DE-HAM)"),
    ],
    ids=["warehouse", "dates", "decimals", "several warehouses"],
)  # fmt: skip
def test_what_cannot_be_told_is_asked(book: Path, text: str, wishes: dict[str, str], says: str) -> None:
    """Nothing of such a file is used; the sentence says what to add to the command."""
    found = prepared(book, text, **wishes)
    assert not found.files
    assert says in found.failed[0]


def test_the_stated_warehouse_is_taken(book: Path) -> None:
    """Stock of a file without a warehouse goes to the one that was said."""
    put(book, "SKU,On hand\nMUG-11,5\n", warehouse="de-ham")
    assert stock(book)["MUG-11", "DE-HAM"][0] == 5


def test_a_chinese_book_speaks_chinese(tmp_path: Path) -> None:
    """Preview and log are in the language of the book."""
    book = make(tmp_path / "库存.xlsx", "zh", LAMP)
    lines = put(book, STOCK)
    assert lines[0] == "export.csv：库存表。读取3行，使用2行，不计0行，拒绝1行。"
    assert sheet_rows(book, "导入记录")[0]["原因"] == "第3行，On hand：是空的。"
