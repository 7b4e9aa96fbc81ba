"""The collected samples of real exports: each is recognised and mapped as its SOURCE.md says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from restock.errors import InputError
from restock.imports.reading import Imported, read_file
from restock.text import Words
from restock_xl.imports.delimited import layout_of
from restock_xl.imports.source_file import read_source
from tests.engine.import_texts import inbound_of, sales_of, stock_of

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not part of the project")
NOT_A_FILE = {"SOURCE.md", "FIELDS.md"}
MUG = "00123-BLK"

EXPECTED: dict[str, tuple[str, set[Any], list[Any], set[Any]]] = {
    "amazon_all_orders": ("amazon_orders", set(), [
        ("2026-04-28", "MAR-1", "FBA-US", 1.0, "111-0000001-0000004"),
        ("2026-05-08", MUG, "FBA-US", 2.0, "111-0000001-0000001"),
    ], set()),
    "amazon_inventory_planning": ("amazon_planning", {(MUG, "FBA-US", 277.0, 6.0)}, [],
                                  {("Amazon FBA shipped", MUG, "FBA-US", 75.0)}),
    "amazon_ledger/GET_LEDGER_DETAIL_VIEW_DATA.txt": (
        "amazon_ledger", set(), [("2026-05-13", MUG, "FBA-US", 3.0, "FBA-US 2026-05-13")], set()),
    "amazon_ledger/GET_LEDGER_SUMMARY_VIEW_DATA.txt": (
        "amazon_ledger_summary", {(MUG, "FBA-US", 277.0, 0.0)},
        [("2026-07-21", MUG, "FBA-US", 3.0, "FBA-US 2026-07-21")], set()),
    "amazon_listings_jp": ("amazon_listings", {("JP-001", "", 5.0, 0.0)}, [], set()),
    "amazon_manage_fba_inventory": (
        "amazon_fba_inventory",
        {(MUG, "FBA", 277.0, 6.0), ("1E10", "FBA", 0.0, 1.0), ("MAR-1", "FBA", 731.0, 7.0)}, [],
        {("Amazon FBA shipped", MUG, "FBA", 75.0), ("Amazon FBA working", "MAR-1", "FBA", 40.0),
         ("Amazon FBA receiving", "MAR-1", "FBA", 12.0)}),
    "amazon_reserved": ("amazon_reserved", {(MUG, "FBA", None, 6.0)}, [], set()),
    "amazon_restock": ("amazon_restock", {(MUG, "FBA-US", 277.0, 9.0), ("1E10", "FBA-US", 0.0, 1.0)}, [],
                       {("Amazon FBA shipped", MUG, "FBA-US", 75.0)}),
    "amazon_restock_jp": ("amazon_restock", {("JP-001", "FBA-JP", 18.0, 3.0)}, [],
                          {("Amazon FBA shipped", "JP-001", "FBA-JP", 24.0)}),
    "amazon_returns": ("amazon_returns", set(), [], set()),
    "amazon_shipment_contents": ("amazon_shipment", set(), [],
                                 {("FBA15LN6M80T", MUG, "FBA", 10.0), ("FBA15LN6M80T", "1E10", "FBA", 5.0)}),
    "ebay_orders": ("ebay_orders", set(), [
        ("2026-09-30", MUG, "", 1.0, "12-34567-89012"), ("2026-10-01", "1E10", "", 1.0, "12-34567-89013"),
        ("2026-10-01", "MAR-1", "", 2.0, "12-34567-89013"),
    ], set()),
    "etsy_orders": ("etsy_orders", set(), [("2026-09-03", MUG, "", 2.0, "9001")], set()),
    "goodcang_inventory": ("goodcang_inventory", {("TEST150810002", "USEA", 10335.0, 10.0)}, [],
                           {("谷仓 在途", "TEST150810002", "USEA", 1482.0),
                            ("谷仓 待上架", "TEST150810002", "USEA", 31.0)}),
    "lazada_orders": ("lazada_orders", set(), [("2026-11-11", "SKU-5", "", 1.0, "3301")] * 2, set()),
    "lingxing_stock": ("lingxing_stock", {(MUG, "深圳仓", 548.0, 12.0)}, [],
                       {("领星 待收货", MUG, "深圳仓", 1200.0), ("领星 待检待上架", MUG, "深圳仓", 38.0),
                        ("领星 调拨在途", MUG, "深圳仓", 300.0)}),
    "mabang_stock": ("mabang_stock", {(MUG, "深圳仓", 548.0, 12.0)}, [],
                     {("马帮 在途", MUG, "深圳仓", 1200.0), ("马帮 海外仓预调入", MUG, "深圳仓", 300.0)}),
    "shopee_orders/Order.all.en.csv": ("shopee_orders", set(), [("2026-11-11", "SKU-9", "", 3.0, "2409ABC123")], set()),
    "shopee_orders/Order.all.id.csv": ("shopee_orders", set(), [("2026-11-11", "SKU-9", "", 2.0, "2611111ABC")], set()),
    "shopee_orders/Order.all.tw.csv": ("shopee_orders", set(), [("2026-11-11", MUG, "", 2.0, "2611110ABCDEF")], set()),
    "shopify_inventory/inventory_export_all_states.csv": (
        "shopify_inventory", {(MUG, "Shenzhen office", 43.0, 5.0), (MUG, "US 3PL", -1.0, 1.0)}, [],
        {("Shopify incoming", MUG, "Shenzhen office", 120.0)}),
    "shopify_inventory/inventory_export_available_only.csv": (
        "shopify_inventory_columns",
        {(MUG, "Shenzhen office", 43.0, 0.0), (MUG, "US 3PL", -1.0, 0.0), ("MAR-1", "Shenzhen office", 12.0, 0.0)},
        [], set()),
    "shopify_orders": ("shopify_orders", set(), [
        ("2026-09-03", MUG, "", 2.0, "#1001 5550000000001"), ("2026-09-03", "MAR-1", "", 1.0, "#1001 5550000000001"),
    ], set()),
    "shopify_products_real": ("shopify_products", set(), [], set()),
    "temu_orders": ("temu_orders", set(), [], set()),
    "tiktok_live_api": ("tiktok_lives", set(), [], set()),
    "tiktok_orders/tiktok_orders_th.csv": (
        "tiktok_orders", set(), [("2026-05-10", "SKU-001", "", 2.0, "583870900000000001")], set()),
    "tiktok_orders/tiktok_orders_us.csv": (
        "tiktok_orders", set(), [("2026-03-01", MUG, "US FBT", 2.0, "577000000000000001")], set()),
    "woocommerce_products": ("woocommerce_products", set(), [], set()),
}  # fmt: skip
STATED = {"tiktok_orders/tiktok_orders_th.csv": "dmy"}


def files() -> list[Path]:
    """Every sample file of a platform."""
    folders = [path for path in SAMPLES.glob("*") if path.is_dir() and path.name != "awkward"]
    return sorted(path for folder in folders for path in folder.iterdir() if path.name not in NOT_A_FILE)


def read(path: Path, dates: str = "", decimal: str = "") -> Imported:
    """What a file gives."""
    source = read_source(path, Words("en"))
    return read_file(source.found, source.table, dates, decimal)


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_every_sample_is_mapped(path: Path) -> None:
    """Each sample of a platform is recognised, and gives the rows that its SOURCE.md says."""
    name = f"{path.parent.name}/{path.name}"
    key, stock, sales, inbound = EXPECTED.get(name) or EXPECTED[path.parent.name]
    found = read(path, STATED.get(name, ""))
    assert found.found.format.key == key
    assert (stock_of(found), sales_of(found), inbound_of(found)) == (stock, sales, inbound)
    assert not found.refused


def test_a_thai_file_with_small_days_asks() -> None:
    """Where every day is at most 12, day and month are asked for."""
    assert read(SAMPLES / "tiktok_orders" / "tiktok_orders_th.csv").asks == "dates"


LISTED = [("00123", "深圳仓", 1200.0, 0.0), ("1E10", "美西仓", 12.0, 0.0), ("MAR-1", "深圳仓", -3.0, 0.0)]


@pytest.mark.parametrize(
    ("name", "encoding", "stock"),
    [
        ("utf8.csv", "utf-8", LISTED), ("utf8_bom.csv", "utf-8-sig", LISTED), ("gbk.csv", "gb18030", LISTED),
        ("gb18030.csv", "gb18030", LISTED),
        ("german_excel.csv", "cp1252", [("00123", "", None, None), ("1E10", "", None, None)]),
        ("utf16le_tab_excel_unicode_text.txt", "utf-16", LISTED[1:]), ("utf16be.txt", "utf-16", LISTED[1:]),
    ],
)  # fmt: skip
def test_awkward_stock(name: str, encoding: str, stock: list[Any]) -> None:
    """Right in every encoding; where a tab stands within a number, that row is refused."""
    path = SAMPLES / "awkward" / name
    found = read(path)
    assert layout_of(path)[0].encoding == encoding
    assert stock_of(found) == set(stock)
    assert {one.reason for one in found.refused} == ({"long_row"} if encoding == "utf-16" else set())


def test_german_thousands() -> None:
    """1.200 is 1200 where another cell has 8,50."""
    assert read(SAMPLES / "awkward" / "german_excel.csv").stock["on_hand"].tolist() == [1200.0, 12.0]


def test_what_excel_destroyed() -> None:
    """Numbers and codes that Excel destroyed are refused by row; what it left whole is used."""
    found = read(SAMPLES / "awkward" / "excel_mangled.csv", "dmy")
    assert sales_of(found) == [
        ("2026-01-04", "0.5kg", "", 1.0, "00123"), ("2026-01-04", "123", "", 7.0, "577000000000000001")
    ]  # fmt: skip
    reasons = {(one.reason, one.rows) for one in found.refused}
    assert {rows for _, rows in reasons} == {(2,), (3,)}
    assert {reason for reason, _ in reasons} <= {"destroyed_number", "destroyed_date"}


@pytest.mark.parametrize(
    ("name", "encoding", "headers"),
    [
        ("big5.csv", "big5", "商品選項貨號, 商品名稱, 數量"), ("cp1252.txt", "cp1252", "sku, product-name, quantity"),
        ("cp932.txt", "cp932", "出品者SKU, 商品名, 数量"), ("currency.csv", "utf-8", "sku, price, qty"),
        ("dates.csv", "utf-8", "raw, platform"), ("dup_headers.csv", "utf-8", "SKU, Quantity, Price, Quantity, Price"),
        ("formula_injection.csv", "utf-8", "sku, name, qty"), ("quote_in_tsv.txt", "utf-8", "sku, product-name, qty"),
        ("sep_line.csv", "utf-8", "sku, qty"), ("merged_header.xlsx", "", "SKU, 名称, 深圳仓, 美西仓, 合计"),
    ],
)  # fmt: skip
def test_awkward_files_that_say_too_little(name: str, encoding: str, headers: str) -> None:
    """Units without saying whether they are stock or sold are not used; the sentence names the headers as they are."""
    path = SAMPLES / "awkward" / name
    with pytest.raises(InputError) as error:
        read(path)
    assert f"{name} is not recognised, so nothing of it was used. Its headers begin: {headers}." in str(error.value)
    assert not encoding or layout_of(path)[0].encoding == encoding


def test_every_awkward_file_is_held_here() -> None:
    """No awkward file is left out of these tests."""
    held = {name for mark in (test_awkward_stock, test_awkward_files_that_say_too_little)
            for name, *_ in mark.pytestmark[0].args[1]} | {"excel_mangled.csv"}  # type: ignore[attr-defined]  # fmt: skip
    assert held == {path.name for path in (SAMPLES / "awkward").iterdir()}
