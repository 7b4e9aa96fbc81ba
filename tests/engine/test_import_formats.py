"""Exports are recognised by their headers as a whole and give the rows that they mean."""

from __future__ import annotations

import pytest

from restock.imports.formats import FORMATS
from restock.imports.recognise import recognise

from .import_texts import EXPORTS, Export, imported, inbound_of, sales_of, stock_of


def test_every_format_has_an_export_here() -> None:
    """No format is without a sample of its own."""
    assert {export.key for export in EXPORTS} == {one.key for one in FORMATS}


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.key)
def test_an_export_gives_its_rows(export: Export) -> None:
    """Each export is recognised; its rows, and nothing else, are taken."""
    found = imported(export.text, export.delimiter)
    assert found.found.format.key == export.key
    assert stock_of(found) == set(export.stock)
    assert sales_of(found) == sorted(export.sales)
    assert inbound_of(found) == set(export.inbound)
    assert found.left_out == export.left_out
    assert not found.refused


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.key)
def test_formats_do_not_hide_one_another(one: object) -> None:
    """The signature of each format, one spelling of each header, is recognised as that format."""
    headers = [field.headers[0] for field in one.signature]  # type: ignore[attr-defined]
    found = recognise([[*headers, *(["LA"] if one.open_columns else [])]])  # type: ignore[attr-defined]
    assert found is not None
    assert found.format is one


def test_personal_data_is_not_even_read() -> None:
    """Columns of names, addresses and telephones are not among those that are read."""
    export = next(export for export in EXPORTS if export.key == "shopify_orders")
    found = imported(export.text).found
    assert "Email" not in {found.headers[place] for place in found.wanted}


@pytest.mark.parametrize(
    ("text", "reason", "column"),
    [
        ("SKU,On hand\n1.00E+10,5\n", "destroyed_number", "SKU"), ("SKU,On hand\n1-Mar,5\n", "destroyed_date", "SKU"),
        ("SKU,On hand\n3月1日,5\n", "destroyed_date", "SKU"),
        ("SKU,On hand\nA,5.77E+17\n", "destroyed_number", "On hand"),
        ("SKU,On hand\nA,365+\n", "not_number", "On hand"), ("SKU,On hand\nA,\n", "blank", "On hand"),
        ("SKU,On hand\n,5\n", "blank", "SKU"), ("SKU,On hand\nA,#N/A\n", "not_number", "On hand"),
        ("SKU,On hand\n#REF!,5\n", "error_cell", "SKU"), ("SKU,On hand\nA,5 pcs\n", "not_number", "On hand"),
        ("Date,SKU,Qty\n7月20日,A,1\n", "no_year", "Date"), ("Date,SKU,Qty\n2026-02-30,A,1\n", "not_date", "Date"),
        ("Date,SKU,Qty\n13/13/2026,A,1\n", "not_date", "Date"),
        ("Date,SKU,Qty\n13/01/2026,A,1\n01/13/2026,A,1\n03/04/2026,A,1\n", "date_unclear", "Date"),
        ("SKU,On hand,Reserved\nA,5,-1\n", "negative", "Reserved"),
        ('SKU,Warehouse,On hand\nA,"L\tA",5\n', "unreadable", "Warehouse"),
        ("SKU,On hand,Price\nA,\"1,200\",8.5\nB,\"1.200,5\",9\n", "unclear", "On hand"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_by_row(text: str, reason: str, column: str) -> None:
    """A broken cell refuses its row, with the reason and the header."""
    assert (reason, column) in {(one.reason, one.column) for one in imported(text).refused}


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Date,SKU,Qty\n03/04/2026,A,1\n05/06/2026,A,1\n", "dates"), ('SKU,On hand\nA,"1,200"\nB,7\n', "decimal"),
        ("SKU,On hand\nA,1.200\n", "decimal"), ("Date,SKU,Qty\n2026-04-03,A,1\n03/13/2026,A,1\n", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_asked(text: str, asks: str) -> None:
    """A file that may be read in two ways gives nothing and asks."""
    found = imported(text)
    assert found.asks == asks
    if asks:
        assert (len(found.stock), len(found.sales), found.used) == (0, 0, 0)


@pytest.mark.parametrize(("order", "day"), [("dmy", "2026-04-03"), ("mdy", "2026-03-04")])
def test_the_answer_decides_dates(order: str, day: str) -> None:
    """What the user says comes first, comes first."""
    assert sales_of(imported("Date,SKU,Qty\n03/04/2026,A,1\n", dates=order))[0][0] == day


@pytest.mark.parametrize(("decimal", "units"), [("point", 1200.0), ("comma", 1.2)])
def test_the_answer_decides_decimals(decimal: str, units: float) -> None:
    """What the user says of the separator decides its meaning."""
    assert imported('SKU,On hand\nA,"1,200"\n', decimal=decimal).stock["on_hand"].tolist() == [units]


def test_a_sku_twice_in_one_warehouse_is_refused() -> None:
    """Two rows of one SKU and warehouse are both refused, where they are not parts of one stock."""
    found = imported("SKU,Warehouse,On hand\nA,LA,5\nA,LA,7\nB,LA,1\n")
    assert stock_of(found) == {("B", "LA", None, None)}
    assert [(one.reason, one.rows) for one in found.refused] == [("twice", (2, 3))]


def test_the_header_of_a_needed_column_twice_is_told() -> None:
    """Where a header stands twice it cannot be told which column counts."""
    found = recognise([["SKU", "Stock", "Price", "Stock"]])
    assert found is not None
    assert found.repeated == ("Stock",)


@pytest.mark.parametrize("mark", ['"', "\t", " ", "'"])
def test_a_stray_mark_in_a_status_makes_no_sale(mark: str) -> None:
    """A cancelled order stays cancelled where a mark has slipped into its status."""
    head = "Order ID,Order Status,SKU Reference No.,Quantity,Order Creation Date\n"
    status = f"ยก{mark}เลิกแล้ว".replace('"', '""')
    found = imported(f'{head}1,"{status}",CUP-1,1,2026-11-11 00:04\n')
    assert (found.left_out, len(found.sales)) == ({"cancelled": 1}, 0)


@pytest.mark.parametrize(
    ("headers", "key"),
    [
        (["sku", "quantity", "Date"], "sales_table"), (["sku", "quantity"], None), (["数量", "货号"], None),
        (["Name", "Financial Status", "Created at", "Lineitem quantity", "Lineitem sku"], "shopify_orders"),
        (["Name", "Title"], None),
    ],
)  # fmt: skip
def test_the_signature_decides_not_the_header(headers: list[str], key: str | None) -> None:
    """A header that means different things in different files says nothing alone."""
    found = recognise([headers])
    assert (found.format.key if found else None) == key
