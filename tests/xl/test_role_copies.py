"""What a warehouse and a supplier are sent: their own lines, and nothing else of the book in any byte of the file."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import openpyxl
import pytest

from restock.errors import InputError
from restock.schema.columns import Kind
from restock.schema.outputs import OUTPUT_TABLES
from restock.schema.table_view import TableView
from restock_xl.exports.roles.supplier import supplier_copy
from restock_xl.exports.roles.warehouse import warehouse_copy
from restock_xl.package.read import BookContents
from restock_xl.package.stored_values import number_markup
from restock_xl.previous import output_table

from .books import LAMP, TODAY, make, parts
from .role_books import FORMULA, LINK, MARKED, NOTE, marked_book, read, table_rows, write

COPIES = {"US-LA": warehouse_copy, "DE-HAM": warehouse_copy, "Huamei": supplier_copy}
SUPPLIERS_OWN = {"unit_cost", "amount", "units", "cartons", "case_pack"}


@pytest.fixture(params=["en", "zh"])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return marked_book(tmp_path / "book.xlsx", request.param)


def saved(book: Path, name: str, folder: Path) -> Path:
    return write(COPIES[name](read(book), name, TODAY), folder / "copy.xlsx")


def computed_numbers(contents: BookContents, allowed: set[str]) -> set[float]:
    """Numbers of our sheets that no allowed column holds, and that are too odd to be equal to another by chance."""
    found, harmless = set[float](), set[float]()
    for table in OUTPUT_TABLES.values():
        raw = output_table(contents, table)
        view = TableView.of(raw, table) if raw is not None else None
        for column in table.columns if view is not None else ():
            numbers = {value for value in view.contents(column.name) if isinstance(value, float)} if view else set()
            (harmless if column.name in allowed or column.kind is not Kind.NUMBER else found).update(numbers)
    return {number for number in found - harmless if number > 50 and not number.is_integer()}


def forbidden_numbers(contents: BookContents, name: str) -> set[float]:
    is_supplier = name == "Huamei"
    stock = {row[key] for row in MARKED["Stock"] for key in ("on_hand", "reserved", "daily_sales") if key in row}
    prices = {row["price"] for row in MARKED["Catalog"]}
    costs = {row["cost"] for row in MARKED["Catalog"] if not is_supplier or row["supplier"] != name}
    freight = {row["cost_per_unit"] for row in MARKED["Routes"]}
    others = {77.25, 111.77, 0.1387, 0.0000392}
    computed = computed_numbers(contents, SUPPLIERS_OWN if is_supplier else set())
    return stock | prices | costs | freight | others | computed


def forbidden_texts(name: str) -> set[str]:
    texts = {"show-QQ", "host-QQ", "contact-QQ", "zenith-QQ@", NOTE, "PO-QQ-9", "JP-OSA"}
    if name != "US-LA":
        texts |= {"PO-7"}
    return texts | ({"Zenith", "VASE", "Vase of QQ", "ZN-QQ", "4099999000017", "PO-20261123-Zenith"}
                    if name in ("Huamei", "DE-HAM") else set())  # fmt: skip


def numbers_in(package: dict[str, bytes]) -> set[str]:
    """Every run of digits in a package that may be a number, with its point and exponent."""
    return {run.decode() for data in package.values() for run in re.findall(rb"\d+(?:\.\d+)?(?:[eE]-?\d+)?", data)}


@pytest.mark.parametrize("name", COPIES)
def test_nothing_of_others_is_in_any_byte(book: Path, name: str, tmp_path: Path) -> None:
    """No marked text or number of the book is in any part of the copy, and every one of them is in the book itself."""
    contents = read(book)
    copy, whole = parts(saved(book, name, tmp_path)), parts(book)
    texts, numbers = forbidden_texts(name), set(map(number_markup, forbidden_numbers(contents, name)))
    assert len(numbers) > 60
    assert [text for text in texts if text.encode() not in b"\n".join(whole.values())] == []
    assert numbers <= numbers_in(whole)
    letters = {part: data.lower() for part, data in copy.items()}
    assert [(part, text) for part, data in letters.items() for text in texts if text.lower().encode() in data] == []
    assert numbers & numbers_in(copy) == set()


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_a_fresh_file(book: Path, name: str, tmp_path: Path) -> None:
    """It has two sheets, none hidden, and no names, links, formulas, caches, comments or personal data."""
    path = saved(book, name, tmp_path)
    package, workbook = parts(path), openpyxl.load_workbook(path)
    assert [sheet.sheet_state for sheet in workbook.worksheets] == ["visible", "visible"]
    expected = re.compile(
        r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/(workbook|styles|sharedStrings)\.xml|"
        r"xl/theme/theme1\.xml|xl/_rels/workbook\.xml\.rels|xl/tables/table[12]\.xml|"
        r"xl/worksheets/(_rels/)?sheet[12]\.xml(\.rels)?"
    )
    assert [part for part in package if not expected.fullmatch(part)] == []
    assert not any(re.search(rb"<f[ >/]|hyperlink|_restock_owned|externalReference", data) for data in package.values())
    assert {(name.value if hasattr(name, "value") else name) for name in workbook.defined_names} == set()
    assert re.search(rb"<dc:creator></dc:creator>|<dc:creator/>", package["docProps/core.xml"])


def test_typed_texts_stay_texts(book: Path, tmp_path: Path) -> None:
    """A name that looks like a formula and a barcode that looks like an address are plain text cells."""
    path = write(supplier_copy(read(book), "Huamei", TODAY), tmp_path / "copy.xlsx")
    page = openpyxl.load_workbook(path).worksheets[0]
    cells = {cell.value: cell for row in page.iter_rows() for cell in row}
    assert {cells[text].data_type for text in (FORMULA, "+1+1", LINK)} <= {"s", "inlineStr"}
    assert cells[LINK].hyperlink is None


def test_what_a_warehouse_ships_and_receives(tmp_path: Path) -> None:
    """Accepted transfers are to be shipped, Inbound and accepted lines to be received, with cartons and what came."""
    path = marked_book(tmp_path / "book.xlsx", "en")
    sender = write(warehouse_copy(read(path), " de-ＨＡＭ ", TODAY), tmp_path / "ham.xlsx")
    (shipment,) = table_rows(sender, "Ship")
    assert (shipment["Document"], shipment["SKU"], shipment["To"]) == ("TR-20261123-DE-HAM-US-LA", "MUG-11", "US-LA")
    assert shipment["Cartons"] * 12 == shipment["Units"]
    assert (shipment["Shipped (units)"], shipment["Shipped on"], shipment["Remark"]) == (None, None, None)
    arrivals = table_rows(write(warehouse_copy(read(path), "US-LA", TODAY), tmp_path / "la.xlsx"), "Receive")
    assert [(row["Document"], row["From"]) for row in arrivals] == [
        ("PO-7", "Huamei"), ("TR-20261123-DE-HAM-US-LA", "DE-HAM"), ("PO-8", "Huamei"),
    ]  # fmt: skip
    first = arrivals[0]
    assert (first["Units"], first["Cartons"], first["Received so far (units)"], first["Barcode"]) == (
        240, 5, 60, "4006381333931",
    )  # fmt: skip
    assert first["Expected, for sale"] == dt.datetime(2026, 12, 1)
    orders = table_rows(write(supplier_copy(read(path), "Huamei", TODAY), tmp_path / "huamei.xlsx"), "Order")
    assert [(row["Document"], row["State"]) for row in orders[:2]] == [
        ("PO-20261123-Huamei", "ORDER"), ("PO-8", "ORDER"),
    ]  # fmt: skip
    assert {(row["Document"], row["State"]) for row in orders[2:]} == {(None, "DRAFT, not ordered yet")}
    order = orders[0]
    assert (order["Unit price"], order["Currency"]) == (6.1173, "CNY")
    assert order["Total"] == pytest.approx(6.1173 * order["Units"])
    outlook = {row["Our SKU"]: row for row in table_rows(tmp_path / "huamei.xlsx", "Forecast")}
    daily = {"LAMP-03": 20.125 + 17.0625, "MUG-11": 12.1875 + 9.3125}
    assert outlook["MUG-11"]["Next 14 days (units)"] == round(14 * daily["MUG-11"])
    assert outlook["LAMP-03"]["Next 14 days (units)"] == round(14 * daily["LAMP-03"] + 77.25)
    assert outlook["MUG-11"]["Ordered from you, open (units)"] == 96
    # with the supplier's own words, a quantity of the user's own, and what is closed left out
    chinese = write(supplier_copy(read(path), "zenith-qq", TODAY), tmp_path / "zenith.xlsx")
    assert openpyxl.load_workbook(chinese).sheetnames == ["订单", "预测"]


def test_banner_and_layout(book: Path, tmp_path: Path) -> None:
    """The first row says what the file is; A4 landscape, headers frozen and repeated, filters, yellow columns."""
    path = saved(book, "US-LA", tmp_path)
    for page in openpyxl.load_workbook(path).worksheets:
        assert page["A1"].value in (
            "COPY of 23 Nov · for US-LA · type in the yellow columns and send it back",
            "11月23日的副本 · 给US-LA · 请填黄色列后发回",
        )
        assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
        assert page.freeze_panes == "C4"
        assert page.print_title_rows == "$3:$3"
        (table,) = page.tables.values()
        assert table.autoFilter.ref == table.ref
        assert page.cell(4, page.max_column).fill.start_color.rgb == "FFFFF9DB"


@pytest.mark.parametrize(
    ("make_copy", "says"),
    [
        (warehouse_copy, 'There is no warehouse "Moon" in this book. Its warehouses: US-LA, DE-HAM.'),
        (supplier_copy, 'There is no supplier "Moon" in this book. Its suppliers: Huamei.'),
    ],
    ids=["warehouse", "supplier"],
)
def test_an_unknown_name_lists_those_there_are(make_copy: object, says: str, tmp_path: Path) -> None:
    """The sentence names what can be asked for."""
    path = make(tmp_path / "book.xlsx", data=LAMP)
    with pytest.raises(InputError, match=re.escape(says)):
        make_copy(read(path), "Moon", TODAY)  # type: ignore[operator]


def test_before_the_first_press(tmp_path: Path) -> None:
    """A supplier's copy needs a press; a warehouse's shows what Inbound already says."""
    path = make(tmp_path / "book.xlsx", data=LAMP)
    with pytest.raises(InputError, match="never computed"):
        supplier_copy(read(path), "Huamei", TODAY)
    with pytest.raises(InputError, match="recompute"):
        warehouse_copy(read(path), "DE-HAM", TODAY)
    assert warehouse_copy(read(path), "US-LA", TODAY)[1].tables[0].length == 2
