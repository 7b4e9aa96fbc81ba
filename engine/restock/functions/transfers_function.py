"""RESTOCK_TRANSFERS: from a range of stock and a range of routes to what is worth moving, by the plan's own rules."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from restock.errors import RestockError
from restock.functions.entry import LAMBDA, PLAIN, Argument, Function, Kind

if TYPE_CHECKING:
    from restock.schema.raw import RawBook
    from restock.schema.tables import Tables
    from restock.transfer.transfer_plan import Move

HEADER = ("SKU", "From", "To", "Units", "Ship in (days)", "Sellable in (days)", "Saves sales (units)")
_DAY_0 = dt.date(2001, 1, 1)  # any day will do: answers are counted in days from it
_WHY = "each transfer changes what the next one may take, which no formula can follow"
_WHY_ZH = "每笔调拨都会改变下一笔能调多少，公式做不到"


def _transfers(stock: NDArray[Any], routes: NDArray[Any]) -> NDArray[Any]:
    """A header, then one row per transfer worth making this week, in the order of the plan."""
    from restock.functions.transfer_ranges import item_rows, route_rows, stock_rows, transfer_book

    pairs = stock_rows(np.atleast_2d(stock))
    items, lanes = item_rows(pairs), route_rows(np.atleast_2d(routes))
    known = any(pair["on_hand"] is not None for pair in pairs)
    rows = _rows(_tables(transfer_book(pairs, items, lanes))) if known else []
    return np.array([HEADER, *rows], dtype=object)


def _tables(book: RawBook) -> Tables:
    """The tables of the book.

    Raises:
        RestockError: A row cannot be used: nothing is left out silently in a function's answer.
    """
    from restock.schema.validate import validate

    tables = validate(book, _DAY_0)
    if any(problem.effect != "note" for problem in tables.problems):
        raise RestockError("A row of the ranges cannot be used. See what the button reports for the same rows.")
    return tables


def _rows(tables: Tables) -> list[tuple[Any, ...]]:
    """The transfers as rows, in the order of the plan: by route, then by ship day, then those that save most."""
    sku, place = tables.stock["sku"].tolist(), tables.stock["warehouse"].tolist()
    return [
        (sku[move.receiver], place[move.sender], place[move.receiver], float(move.units), float(move.ship_day),
         float(move.arrival_day), float(round(move.saved_units)))
        for move in _moves(tables)
    ]  # fmt: skip


def _moves(tables: Tables) -> list[Move]:
    """The plan's proposal under default settings, with nothing on the way."""
    from restock.demand import build_history, make_forecast
    from restock.ledger import Previous
    from restock.replenish.lead_time import lead_times, planning_horizon, suppliers
    from restock.replenish.orders import stock_levels
    from restock.transfer.propose import project_expected, project_safe, propose
    from restock.transfer.question import needed_by

    lead = lead_times(tables, suppliers(tables), _DAY_0)
    horizon = planning_horizon(tables.settings, lead)
    history = build_history(tables, _DAY_0, Previous.none().sold_out)
    undated = np.full(len(tables.stock), np.datetime64("NaT", "D"))
    forecast = make_forecast(tables, _DAY_0, horizon, history, undated)
    available = tables.stock["on_hand"].to_numpy(float) - np.nan_to_num(tables.stock["reserved"].to_numpy(float))
    nothing = np.zeros((len(available), horizon))
    expected, safe = (made(forecast, available, nothing) for made in (project_expected, project_safe))
    wanted = needed_by(expected.runout_day, safe.runout_day)
    safety = stock_levels(forecast, lead, tables).safety_stock
    return propose(tables, forecast, available, nothing, wanted, lead, safety).moves


FUNCTIONS = (
    Function(
        "RESTOCK_TRANSFERS",
        (
            Argument(
                "stock",
                "range with a header row: SKU, Warehouse, Daily sales, Available (beside it On hand and Reserved are"
                " ignored; without it On hand less Reserved); if known Units per carton, Unit cost, Unit price."
                " Blank stock or daily sales: takes no part",
                "带表头的区域：货号、仓库、日均销量、可售库存（有这一列就不看实物库存和已占用；没有就用实物库存减已占用）；"
                "可加箱规、单件成本、单件售价。库存或日均销量空着的行不参与",
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
        "the plan's transfers with default settings (CONVENTIONS §6, §10, §13, §25)",
        ("RESTOCK_TRANSFERS(Stock!A3:G40,Routes!A3:H20)", None),
        source_zh="与补货计划用同一调拨算法，设置取默认值（CONVENTIONS §6、§10、§13、§25）",
        gaps={PLAIN: _WHY, LAMBDA: _WHY},
        gaps_zh={PLAIN: _WHY_ZH, LAMBDA: _WHY_ZH},
        result="table",
    ),
)
