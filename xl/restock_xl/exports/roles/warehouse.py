"""The copy for one warehouse: what it must ship, and what it will receive. No money, and nothing of other places.

Suggested transfers are left out: a clerk ships what stands on the list, and a suggestion may be another one tomorrow.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pandas as pd

from restock.errors import InputError
from restock.schema.copies import RECEIVE, SHIP
from restock.schema.words import word
from restock.text import Words, say
from restock_xl.exports.roles.book_lines import BookLines, Row, book_lines, find_name
from restock_xl.exports.roles.role_sheet import carton_columns, role_sheet
from restock_xl.package.read import BookContents
from restock_xl.sheets.model import SheetModel

_WAITS = ("accepted", "ordered", "")
"""States of an accepted transfer that has not been shipped."""


def warehouse_copy(contents: BookContents, warehouse: str, made_for: dt.date) -> list[SheetModel]:
    """The sheets "Ship" and "Receive" of one warehouse, in the language of the book.

    To ship are accepted transfers, and lines of Inbound in the state "ordered" that name the warehouse as where they
    come from. To receive is every open line to it: of Inbound, of accepted transfers and of accepted orders.

    Args:
        contents: The book; it is read as it stands, nothing is planned.
        warehouse: Its name; width, case and spaces do not matter (§10).
        made_for: The day that the banner names.
    Raises:
        InputError: There is no such warehouse, Stock is unusable, or the book has nothing to send before a press.
    """
    book = book_lines(contents, made_for)
    places = [*book.tables.warehouses["warehouse"], *book.tables.stock["warehouse"]]
    name = find_name(warehouse, places)
    if name is None:
        known = ", ".join(dict.fromkeys(places)) or say("copies.none", book.words)
        raise InputError(say("copies.no_warehouse", book.words, name=warehouse, known=known))
    ship, receive = list(_to_ship(book, name)), list(_to_receive(book, name))
    if book.pressed is None and not ship and not receive:
        raise InputError(say("copies.not_pressed", book.words, path=contents.book.path.name))
    return [_sheet("ship", ship, name, book.words, made_for), _sheet("receive", receive, name, book.words, made_for)]


def _sheet(kind: str, rows: list[Row], name: str, words: Words, day: dt.date) -> SheetModel:
    table, date = (SHIP, "ship_by") if kind == "ship" else (RECEIVE, "expected_on")
    rows = sorted(rows, key=lambda row: (_late(row[date]), row["document"], row["sku"]))
    hint = say(f"copies.{kind}" if rows else f"copies.{kind}_nothing", words, name=name)
    return role_sheet(table, rows, words.language, say("copies.banner", words, day=day, name=name), hint)


def _late(day: Any) -> pd.Timestamp:
    """A date to sort by; none comes last."""
    return pd.Timestamp.max if day is None or pd.isna(day) else pd.Timestamp(day)


def _to_ship(book: BookLines, place: str) -> Iterator[Row]:
    for line in book.transfers():
        if line["from"] == place and line["state"] in _WAITS and line["shipped_on"] is None:
            state = _state(line["state"] or "accepted", "committed_state", book.words)
            yield _goods(book, line, line["units"]) | {"to": line["to"], "ship_by": line["ship_by"], "state": state}
    for line in book.inbound:
        if line["from"] == place != line["warehouse"] and line["state"] == "ordered" and pd.isna(line["shipped_on"]):
            state = _state("ordered", "inbound_state", book.words)
            yield _goods(book, line, line["ordered"]) | {"to": line["warehouse"], "ship_by": None, "state": state}


def _to_receive(book: BookLines, place: str) -> Iterator[Row]:
    for line in book.inbound:
        if line["warehouse"] == place:
            origin = line["from"] or book.catalog.get(line["sku"], {}).get("supplier", "")
            yield _arrival(book, line, line["ordered"], origin, place, "inbound_state")
    for line in book.orders():
        if line["warehouse"] == place:
            yield _arrival(book, line, line["units"], line["supplier"], place, "committed_state")
    for line in book.transfers():
        if line["to"] == place:
            yield _arrival(book, line, line["units"], line["from"], place, "committed_state")


def _arrival(book: BookLines, line: Row, units: float, origin: str, place: str, choices: str) -> Row:
    return _goods(book, line, units) | {
        "from": origin, "warehouse": place, "expected_on": line["sellable_on"], "received": line["received"] or None,
        "state": _state(line["state"], choices, book.words),
    }  # fmt: skip


def _goods(book: BookLines, line: Row, units: float) -> Row:
    item = book.catalog.get(line["sku"], {})
    return {
        "document": line["document"], "sku": line["sku"], "name": item.get("name", "") or line.get("name", ""),
        "barcode": item.get("barcode", ""), "units": units, **carton_columns(units, item.get("case_pack")),
    }  # fmt: skip


def _state(key: str, choices: str, words: Words) -> str:
    return word(choices, key, words.language) if key else ""
