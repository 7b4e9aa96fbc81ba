"""The copy for one supplier: its own order lines with its prices, and the forecast of its own goods.

Nothing else of the book is in it: no other supplier, no selling price or margin, no stock anywhere. Only lines that
name the supplier are taken; prices are those of the lines, for Catalog's are those of the usual supplier.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pandas as pd

from restock.errors import InputError
from restock.schema.copies import ORDER_LINES, OUTLOOK
from restock.text import Words, say
from restock_xl.exports.roles.book_lines import BookLines, Row, book_lines, find_name, in_language
from restock_xl.exports.roles.role_sheet import carton_columns, role_sheet
from restock_xl.package.read import BookContents
from restock_xl.sheets.model import SheetModel

_NOT_SHIPPED = ("planned", "ordered")
_DAYS = ("next_7", "next_14", "next_30", "next_60")


def supplier_copy(contents: BookContents, supplier: str, made_for: dt.date) -> list[SheetModel]:
    """The sheets "Order" and "Forecast" of one supplier, in its language (Suppliers), else in the book's.

    Order lines are accepted ones, those on Inbound that have not been shipped, and suggested ones marked as drafts, of
    the user's own quantity where one is typed. Unit price and total are in the supplier's currency. The forecast is
    that of the last press for the goods that Catalog gives to the supplier, summed over warehouses.

    Args:
        contents: The book; it is read as it stands, nothing is planned.
        supplier: Its name; width, case and spaces do not matter (§10).
        made_for: The day that the banner names.
    Raises:
        InputError: There is no such supplier, Stock is unusable, or the book was never pressed.
    """
    book = book_lines(contents, made_for)
    suppliers = [name for name in book.tables.suppliers["supplier"] if name]
    name = find_name(supplier, suppliers)
    if name is None:
        known = ", ".join(dict.fromkeys(suppliers)) or say("copies.none", book.words)
        raise InputError(say("copies.no_supplier", book.words, name=supplier, known=known))
    if book.pressed is None:
        raise InputError(say("copies.not_pressed", book.words, path=contents.book.path.name))
    terms = book.tables.suppliers.set_index("supplier").loc[name]
    words = in_language(book.words, str(terms["language"]))
    currency = str(terms["currency"]) or book.words.currency
    lines = [*_orders(book, name, words, currency), *_drafts(book, name, words, currency)]
    banner = say("copies.banner", words, day=made_for, name=name)
    hint = say("copies.order" if lines else "copies.order_nothing", words, name=name)
    return [
        role_sheet(ORDER_LINES, lines, words.language, banner, hint),
        role_sheet(
            OUTLOOK, list(_outlook(book, name, lines)), words.language,
            say("copies.banner_to_read", words, day=made_for, name=name),
            say("copies.outlook", words, day=book.pressed),
        ),
    ]  # fmt: skip


def _orders(book: BookLines, name: str, words: Words, currency: str) -> Iterator[Row]:
    """Accepted lines, then those of Inbound that name the supplier and have not left; the latter have no price."""
    state = say("copies.state_order", words)
    for line in book.orders():
        if line["supplier"] == name:
            yield _line(book, line, state, currency)
    for line in book.inbound:
        waits = line["state"] in _NOT_SHIPPED and pd.isna(line["shipped_on"])
        if line["from"] == name and waits:
            open_units = line["ordered"] - (line["received"] or 0.0)
            yield _line(book, line | {
                "supplier": name, "supplier_item": _own_item(book, line["sku"], name), "mode": "", "units": open_units,
                "received": None, "unit_cost": None, "amount": None, "currency": "",
            }, state, currency)  # fmt: skip


def _drafts(book: BookLines, name: str, words: Words, currency: str) -> Iterator[Row]:
    state = say("copies.state_draft", words)
    for line in book.order_drafts():
        if line["supplier"] == name:
            yield _line(book, line | {"document": ""}, state, currency) | {"draft": True}


def _line(book: BookLines, line: Row, state: str, currency: str) -> Row:
    item = book.catalog.get(line["sku"], {})
    price = line["unit_cost"]
    return {
        "document": line["document"], "supplier": line["supplier"], "state": state,
        "supplier_item": line["supplier_item"], "sku": line["sku"], "name": item.get("name", ""),
        "barcode": item.get("barcode", ""), "warehouse": line["warehouse"], "mode": line["mode"],
        "units": line["units"], **carton_columns(line["units"], item.get("case_pack")),
        "wanted_on": line["sellable_on"], "unit_price": price, "total": line["amount"],
        "currency": (line["currency"] or currency) if price is not None else "",
        "draft": False, "open": line["units"] - (line.get("received") or 0.0),
    }  # fmt: skip


def _own_item(book: BookLines, sku: str, name: str) -> str:
    """The item number of the supplier, which Catalog knows for the usual one only."""
    item = book.catalog.get(sku, {})
    return str(item.get("supplier_item", "")) if item.get("supplier") == name else ""


def _outlook(book: BookLines, name: str, lines: list[Row]) -> Iterator[Row]:
    """Expected units of each of the supplier's goods, beside what is ordered and drafted."""
    sums: dict[str, dict[str, float]] = {}
    for row in book.forecasts():
        if book.catalog.get(row["sku"], {}).get("supplier") == name:
            total = sums.setdefault(row["sku"], dict.fromkeys(_DAYS, 0.0))
            for column in _DAYS:
                total[column] += row[column] or 0.0
    for sku, days in sorted(sums.items()):
        item = book.catalog[sku]
        mine = [line for line in lines if line["sku"] == sku]
        ordered = sum(line["open"] for line in mine if not line["draft"])
        drafted = sum(line["open"] for line in mine if line["draft"])
        yield {
            "supplier_item": item["supplier_item"], "sku": sku, "name": item["name"], "barcode": item["barcode"],
            **{column: round(units) for column, units in days.items()},
            "ordered": ordered or None, "drafted": drafted or None,
        }  # fmt: skip
