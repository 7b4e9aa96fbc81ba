"""RESTOCK_TRANSFERS: from a range of stock and a range of routes to what is worth moving, by the plan's own rules."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from restock.functions.entry import LAMBDA, PLAIN, Argument, Function, Kind

if TYPE_CHECKING:
    from restock.schema.raw import RawBook
    from restock.schema.tables import Tables

HEADER = ("SKU", "From", "To", "Units", "Ship in (days)", "Sellable in (days)", "Saves sales (units)")
_DAY_0 = dt.date(2001, 1, 1)  # any day will do: answers are counted in days from it
_NEEDED = {"Stock": ("sku", "warehouse", "on_hand", "daily_sales"), "Routes": ("from", "to", "days")}
_AVAILABLE = {"available", "可售库存"}
_WHY = "each transfer changes what the next one may take, which no formula can follow"


def _transfers(stock: NDArray[Any], routes: NDArray[Any]) -> NDArray[Any]:
    """A header, then one row per transfer worth making this week, in the order of the plan."""
    from restock.demand import build_history, make_forecast
    from restock.ledger import Previous
    from restock.schema.settings import Settings
    from restock.transfer.propose import project_forecast, propose

    stock, routes = np.atleast_2d(stock), np.atleast_2d(routes)
    if len(stock) < 2:
        return np.asarray(np.nan)
    tables = _tables(_book(stock, routes))
    horizon = int(max(Settings().transfer_horizon_days, *Settings().knots()))
    history = build_history(tables, _DAY_0, Previous.none().sold_out)
    undated = np.full(len(tables.stock), np.datetime64("NaT", "D"))
    forecast = make_forecast(tables, _DAY_0, horizon, history, undated)
    available = tables.stock["on_hand"].to_numpy(float) - np.nan_to_num(tables.stock["reserved"].to_numpy(float))
    expected, safe = project_forecast(forecast, available, np.zeros((len(available), horizon)))
    moves, _ = propose(tables, forecast, expected, safe.runout_day)
    sku, place = tables.stock["sku"].tolist(), tables.stock["warehouse"].tolist()
    rows = [
        (sku[move.receiver], place[move.sender], place[move.receiver], float(move.units), float(move.ship_day),
         float(move.arrival_day), float(round(move.saved_units)))
        for move in sorted(moves, key=lambda move: (move.ship_day, -np.nan_to_num(move.saved_money),
                                                    sku[move.receiver], place[move.sender], place[move.receiver]))
    ]  # fmt: skip
    return np.array([HEADER, *rows], dtype=object)


def _book(stock: NDArray[Any], routes: NDArray[Any]) -> RawBook:
    """The two ranges as tables; what the first says of an item (carton, cost, price) is its catalog.

    Raises:
        ValueError: A required column is missing.
    """
    from restock.schema.columns import normal_header
    from restock.schema.raw import RawBook

    first = ["On hand" if normal_header(str(text)) in _AVAILABLE else text for text in stock[0]]
    own = _distinct(stock, first)
    tables = {"Stock": _table("Stock", first, stock), "Catalog": _table("Catalog", first, own)}
    if len(routes) > 1:
        tables["Routes"] = _table("Routes", list(routes[0]), routes)
    return RawBook(tables)


def _distinct(stock: NDArray[Any], headers: list[Any]) -> NDArray[Any]:
    """The header and the first row of each SKU."""
    from restock.schema.columns import normal_key
    from restock.schema.inputs import CATALOG

    column = CATALOG.match_headers([str(text) for text in headers]).get("sku", 0)
    seen: dict[str, int] = {}
    for row in range(1, len(stock)):
        seen.setdefault(normal_key(str(stock[row, column])), row)
    return stock[[0, *seen.values()]]


def _table(name: str, headers: list[Any], cells: NDArray[Any]) -> Any:
    from restock.schema.inputs import INPUT_TABLES
    from restock.schema.raw import RawColumn, RawTable

    texts: list[str | None] = [None if text is None else str(text) for text in headers]
    found = INPUT_TABLES[name].match_headers(texts)
    if not set(_NEEDED.get(name, ())) <= set(found):
        raise ValueError(f"{name} lacks a column")
    columns = tuple(RawColumn(str(headers[k]), "A", cells[1:, k]) for k in sorted(found.values()))
    return RawTable(name, name, 1, np.arange(2, len(cells) + 1), columns)


def _tables(book: RawBook) -> Tables:
    """The tables of the book.

    Raises:
        ValueError: A cell cannot be used: nothing is left out silently in a function's answer.
    """
    from restock.schema.validate import validate

    tables = validate(book, _DAY_0)
    if any(problem.effect != "note" for problem in tables.problems):
        raise ValueError("a cell cannot be used")
    return tables


FUNCTIONS = (
    Function(
        "RESTOCK_TRANSFERS",
        (
            Argument(
                "stock",
                "range with a header row: SKU, Warehouse, Available (or On hand and Reserved), Daily sales; if known"
                " Units per carton, Unit cost, Unit price",
                "带表头的区域：货号、仓库、可售库存（或实物库存、已占用）、日均销量；可加箱规、单件成本、单件售价",
                Kind.TABLE,
            ),
            Argument(
                "routes",
                "range with a header row: From, To, Days; if known Cost per unit, Cost per shipment, At least",
                "带表头的区域：从、到、天数；可加每件运费、每票费用、最少",
                Kind.TABLE,
            ),
        ),
        _transfers,
        None,
        "A table with a header: SKU; From; To; Units; days until it must ship; days until it can be sold there; sales"
        " that it saves. Only what is worth its freight.",
        "带表头的表：货号、从、到、件数、几天内发出、几天后可售、可多卖几件。只列值得运费的。",
        "the plan's transfers with default settings (CONVENTIONS §6, §10, §13)",
        ("RESTOCK_TRANSFERS(Stock!A3:G40,Routes!A3:H20)", None),
        gaps={PLAIN: _WHY, LAMBDA: _WHY},
        result="table",
    ),
)
