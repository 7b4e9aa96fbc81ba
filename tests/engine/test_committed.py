"""The life of an accepted line: frozen as seen, counted once at both ends, closed when a count holds it (§33)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restock.ledger import Previous, adjustment, open_supply, settle, unsent_units
from restock.ledger.accepting import document
from restock.ledger.lines import ORDER, TRANSFER
from restock.schema.sentences import problem_sentence
from restock.text import Words

from .desks import TABLES, Desk, cells_of, sheet_of
from .plan_books import STEADY, day, plan_of, tables_of

LA = {"sku": "MUG", "warehouse": "US-LA", "on_hand": 30, "daily_sales": 12}
HAM = {"sku": "MUG", "warehouse": "DE-HAM", "on_hand": 900, "daily_sales": 9}
ITEM = {"sku": "MUG", "name": "Mug", "cost": 3, "price": 12, "case_pack": 48, "supplier": "Huamei", "barcode": "690"}
LANE = {"from": "DE-HAM", "to": "US-LA", "mode": "air", "days": 8, "cost_per_unit": 3.1}
MOVED = 240.0
"""LA sells out on day 2 and loses 12 a day from day 9 to day 29: 252, of which 5 whole cartons of 48 pay."""


def desk(**tables: Any) -> Desk:
    """A book in which 240 mugs are suggested to be moved, pressed once."""
    made = Desk(**{"Stock": [dict(LA), dict(HAM)], "Catalog": [ITEM], "Routes": [LANE], "Settings": STEADY} | tables)
    made.press()
    return made


def accepted(**tables: Any) -> Desk:
    """The same after the press that accepts the move."""
    made = desk(**tables)
    made.mark("Transfers", "MUG")
    made.press()
    return made


def moment(offset: int) -> dt.datetime:
    return dt.datetime.combine(day(offset), dt.time())


def move(made: Desk) -> dict[str, Any]:
    (line,) = made.lines("TransfersCommitted")
    return line


def test_accepting_freezes_what_was_seen() -> None:
    """Quantity, dates and freight are those of the sheet; the state is accepted, the day that of the press."""
    made = desk()
    (seen,) = made.lines("Transfers")
    made.mark("Transfers", "MUG", note="ask Li")
    made.press(1)
    line = move(made)
    assert (line["document"], line["state"], line["accepted_on"]) == (
        "TR-20261124-DE-HAM-US-LA", "accepted", moment(1),
    )  # fmt: skip
    assert (line["units"], line["cartons"], line["freight"], line["note"]) == (MOVED, 5, 744, "ask Li")
    assert (line["ship_by"], line["sellable_on"]) == (seen["ship_by"], seen["arrives_on"])
    assert line["shipped_on"] is None


def test_marks_are_followed_once() -> None:
    """A suggestion of the same key that is made again has its note, not the Y and quantity that were followed."""
    made = desk()
    made.mark("Transfers", "MUG", own_units=48, note="half now")
    made.press()
    assert [line["units"] for line in made.lines("TransfersCommitted")] == [48]
    (again,) = made.lines("Transfers")
    assert (again["units"], again["accept"], again["own_units"], again["note"]) == (192, None, None, "half now")
    made.press()
    assert [line["units"] for line in made.lines("TransfersCommitted")] == [48]


@pytest.mark.parametrize(
    ("mark", "units"),
    [
        pytest.param({"accept": "Y"}, [MOVED], id="Y"),
        pytest.param({"accept": " y "}, [MOVED], id="y"),
        pytest.param({"accept": "是"}, [MOVED], id="Chinese"),
        pytest.param({"accept": True}, [MOVED], id="ticked"),
        pytest.param({"accept": "Y", "own_units": 96}, [96.0], id="own quantity"),
        pytest.param({"accept": "Y", "own_units": "96"}, [96.0], id="own quantity as text"),
        pytest.param({"accept": "no"}, [], id="no"),
        pytest.param({"accept": None, "own_units": 96}, [], id="own quantity alone"),
    ],
)
def test_what_is_accepted(mark: dict[str, Any], units: list[float]) -> None:
    """A line marked Y is accepted with the user's own quantity where typed, and stands on the transfer order."""
    made = desk()
    made.mark("Transfers", "MUG", **mark)
    plan = made.press()
    assert [line["units"] for line in made.lines("TransfersCommitted")] == units
    assert plan.transfer_orders["units"].tolist() == units
    assert plan.transfer_orders["barcode"].tolist() == ["690"] * len(units)
    assert made.row("MUG", "DE-HAM")["available"] == 900 - sum(units)
    assert plan.committed.problems == []


@pytest.mark.parametrize(
    ("mark", "key", "column"),
    [
        pytest.param({"own_units": 1.5}, "problem.not_whole", "own_units", id="half"),
        pytest.param({"own_units": 0}, "problem.too_low", "own_units", id="none"),
        pytest.param({"own_units": -4}, "problem.too_low", "own_units", id="negative"),
        pytest.param({"own_units": "ten"}, "problem.not_number", "own_units", id="word"),
        pytest.param({"own_units": "#N/A"}, "problem.error_cell", "own_units", id="error"),
        pytest.param({"units": None}, "problem.no_quantity", "own_units", id="no units"),
        pytest.param({"units": "a few"}, "problem.not_number", "units", id="suggestion overtyped"),
        pytest.param({"accept": "maybe"}, "problem.not_in_list", "accept", id="neither yes nor no"),
    ],
)
def test_what_is_not_accepted(mark: dict[str, Any], key: str, column: str) -> None:
    """Such a line is not accepted, its mark stays, and the cell is named."""
    made = desk()
    made.mark("Transfers", "MUG", **mark)
    plan = made.press()
    assert made.lines("TransfersCommitted") == []
    (problem,) = plan.committed.problems
    assert (problem.key, problem.effect, problem.params["column"]) == (key, "note", column)
    assert problem.cell[-1] == "4"
    assert problem in plan.tables.problems
    assert made.lines("Transfers")[0]["accept"] == mark.get("accept", "Y")


def test_document_numbers() -> None:
    """A document names day and supplier or route, in letters and digits; a missing supplier is called so."""
    today = day(0)
    assert document(ORDER, ("华美 Ltd. (Ningbo)",), "en", today) == "PO-20261123-华美-Ltd-Ningbo"
    assert document(ORDER, ("",), "zh", today) == "PO-20261123-未指定"
    assert document(TRANSFER, ("DE-HAM", "US-LA"), "en", today) == "TR-20261123-DE-HAM-US-LA"
    assert document(ORDER, ("A" * 30,), "en", today) == "PO-20261123-" + "A" * 20


def test_one_document_per_supplier_and_press() -> None:
    """Lines of one press and supplier share a document; no number is reused, neither Inbound's nor an earlier one."""
    stock = [{"sku": sku, "warehouse": "US", "on_hand": 0, "daily_sales": 9} for sku in "ABCD"]
    catalog = [{"sku": sku, "supplier": "Huamei" if sku != "C" else "Other"} for sku in "ABCD"]
    inbound = [{"document": "po-20261123-other", "sku": "D", "ordered": 1, "sellable_on": day(9)}]
    made = Desk(Stock=stock, Catalog=catalog, Inbound=inbound)
    made.press()
    for sku in "ABC":
        made.mark("Orders", sku)
    made.press()
    numbers = {line["sku"]: line["document"] for line in made.lines("OrdersCommitted")}
    assert numbers == {"A": "PO-20261123-Huamei", "B": "PO-20261123-Huamei", "C": "PO-20261123-Other-2"}
    made.mark("Orders", "D")
    made.press()
    (line,) = (line for line in made.lines("OrdersCommitted") if line["sku"] == "D")
    assert line["document"] == "PO-20261123-Huamei-2"


def test_an_accepted_order_is_in_the_position() -> None:
    """The position rises by the accepted units, and the same order is not suggested again (§15)."""
    made = Desk(Stock=[{"sku": "A", "warehouse": "US", "on_hand": 400, "daily_sales": 10}], Settings=STEADY)
    made.press()
    (seen,) = made.lines("Orders")
    before = made.row("A", "US")["position"]
    made.mark("Orders", "A")
    plan = made.press()
    assert made.row("A", "US")["position"] == before + seen["units"]
    assert made.row("A", "US")["next_arrival"] == seen["sellable_on"]
    assert plan.orders.empty


def test_accepted_units_are_not_offered_twice() -> None:
    """What the sender has promised is not spare for a second receiver, and a reserved line stands on no other order."""
    made = accepted()
    plan = made.press()
    assert plan.transfers.empty
    assert made.row("MUG", "DE-HAM")["available"] == 660
    assert made.row("MUG", "DE-HAM")["unsent"] == MOVED
    assert (plan.view["adjustment"] == [0, -MOVED]).all()


def test_a_transfer_from_suggestion_to_count() -> None:
    """Available and on the way together stay the same while a transfer is accepted, shipped, counted and received."""
    made = desk()
    seen = [made.network("MUG")]
    made.mark("Transfers", "MUG")
    steps: list[tuple[dict[str, Any], tuple[str, float] | None]] = [
        ({}, None),
        ({"state": "shipped"}, None),
        ({}, ("DE-HAM", 660)),
        ({"state": "part received", "received": 100, "received_on": day(3)}, None),
        ({}, ("US-LA", 130)),
        ({"received": 200, "received_on": day(5)}, None),
        ({"state": "received", "received": 240, "received_on": day(6)}, None),
        ({}, ("US-LA", 270)),
    ]
    for offset, (typed, count) in enumerate(steps):
        if typed:
            made.type("TransfersCommitted", "MUG", **typed)
        if count is not None:
            made.count("MUG", count[0], on_hand=count[1])
        made.press(offset)
        seen.append(made.network("MUG"))
    assert seen == [930.0] * 9
    assert made.lines("TransfersCommitted") == []
    assert (made.row("MUG", "US-LA")["available"], made.row("MUG", "DE-HAM")["available"]) == (270, 660)


@pytest.mark.parametrize(
    ("shipped", "left"),
    [
        pytest.param(-1, 900, id="before the count"),
        pytest.param(0, 660, id="on the stock date"),
        pytest.param(1, 660, id="later"),
    ],
)
@pytest.mark.parametrize("state", ["shipped", "accepted"])
def test_shipped_and_counted(shipped: int, left: float, state: str) -> None:
    """A count made after shipping lacks the units already; one of that morning, or older, does not."""
    made = accepted()
    made.count("MUG", "DE-HAM", stock_date=day(0))
    made.type("TransfersCommitted", "MUG", state=state, shipped_on=day(shipped))
    made.press(2)
    assert made.row("MUG", "DE-HAM")["available"] == left
    assert made.row("MUG", "US-LA")["on_the_way"] == MOVED


@pytest.mark.parametrize(
    ("line", "left"),
    [
        pytest.param({"state": "planned"}, 840, id="planned"),
        pytest.param({"state": "ordered"}, 840, id="ordered"),
        pytest.param({}, 900, id="blank"),
        pytest.param({"state": "shipped"}, 900, id="shipped some day"),
        pytest.param({"state": "shipped", "shipped_on": day(-2)}, 900, id="shipped before"),
        pytest.param({"state": "shipped", "shipped_on": day(-1)}, 840, id="shipped on the stock date"),
        pytest.param({"shipped_on": day(0)}, 840, id="dated later"),
        pytest.param({"state": "received", "shipped_on": day(0), "received_on": day(0)}, 840, id="received"),
        pytest.param({"state": "cancelled"}, 900, id="cancelled"),
        pytest.param({"state": "ordered", "from": "de-ham "}, 840, id="spelled differently"),
        pytest.param({"state": "ordered", "from": "Huamei"}, 900, id="from a supplier"),
        pytest.param({"state": "ordered", "from": "US-LA"}, 900, id="to itself"),
    ],
)
def test_inbound_from_a_warehouse_of_ours(line: dict[str, Any], left: float) -> None:
    """A line of Inbound that another warehouse sends is taken off there where its count still holds the units."""
    inbound = {"document": "T-1", "sku": "MUG", "from": "DE-HAM", "warehouse": "US-LA", "ordered": 60,
               "sellable_on": day(5)}  # fmt: skip
    plan = plan_of(Stock=[LA, HAM | {"stock_date": day(-1)}], Inbound=[inbound | line])
    found = plan.view.set_index("warehouse")["available"]
    assert found["DE-HAM"] == left


def test_a_sender_that_is_not_on_stock() -> None:
    """Where the sender has no row for the SKU there is nothing to take the units off."""
    inbound = {"sku": "MUG", "from": "JP", "warehouse": "US-LA", "ordered": 60, "state": "planned"}
    plan = plan_of(Stock=[LA, {"sku": "CUP", "warehouse": "JP", "on_hand": 8, "daily_sales": 1}], Inbound=[inbound])
    assert plan.view["unsent"].tolist() == [0, 0]


def test_the_day_of_shipping_is_filled_in_once() -> None:
    """A line found shipped without a date gets the day of that press, at the latest the day it was received."""
    made = accepted()
    made.type("TransfersCommitted", "MUG", state="已发运")
    made.press(2)
    made.press(4)
    assert (move(made)["state"], move(made)["shipped_on"]) == ("shipped", moment(2))
    other = accepted()
    other.type("TransfersCommitted", "MUG", state="received", received_on=day(1))
    other.press(3)
    assert move(other)["shipped_on"] == moment(1)


def test_an_order_that_was_received() -> None:
    """A received order adds to a count that does not know it, once, and leaves when a newer count is there."""
    made = Desk(Stock=[{"sku": "A", "warehouse": "US", "on_hand": 400, "daily_sales": 10}], Settings=STEADY)
    made.press()
    made.mark("Orders", "A")
    made.press()
    units = made.lines("OrdersCommitted")[0]["units"]
    made.type("OrdersCommitted", "A", state="received", received_on=day(3))
    for offset in (3, 4):
        made.press(offset)
        row = made.row("A", "US")
        assert (row["available"], row["on_the_way"]) == (400 + units, 0)
    made.count("A", "US", on_hand=395 + units)
    made.press(5)
    assert made.row("A", "US")["available"] == 395 + units
    assert made.lines("OrdersCommitted") == []


def test_received_without_a_day_is_in_the_count() -> None:
    """An order received without a date is taken to be in the count, and leaves at once."""
    made = Desk(Stock=[{"sku": "A", "warehouse": "US", "on_hand": 400, "daily_sales": 10}])
    made.press()
    made.mark("Orders", "A")
    made.press()
    made.type("OrdersCommitted", "A", state="received")
    made.press(1)
    assert (made.row("A", "US")["available"], made.row("A", "US")["on_the_way"]) == (400, 0)
    assert made.lines("OrdersCommitted") == []


def test_a_receipt_that_is_corrected() -> None:
    """A day typed later, or moved behind the count, brings the units; a slip in a cell makes nothing forget."""
    made = accepted()
    steps: list[tuple[dict[str, Any], tuple[str, float] | None, float]] = [
        ({"state": "part received", "received": 100}, None, 30),  # without a day it is taken to be in the count
        ({"received_on": day(1)}, None, 130),
        ({}, ("US-LA", 125), 125),
        ({"received": "two hundred"}, None, 125),
        ({"received": 200, "received_on": day(4)}, None, 225),
        ({"received": 100, "received_on": day(4)}, None, 225),
    ]
    for offset, (typed, count, available) in enumerate(steps, start=1):
        made.type("TransfersCommitted", "MUG", **typed)
        if count is not None:
            made.count("MUG", count[0], on_hand=count[1])
        made.press(offset)
        assert made.row("MUG", "US-LA")["available"] == available, offset


@pytest.mark.parametrize(
    ("cells", "leaves"),
    [
        pytest.param({}, True, id="as accepted"),
        pytest.param({"shipped_on": "soon"}, True, id="shipped, unreadably"),
        pytest.param({"units": None}, True, id="without units"),
        pytest.param({"received": "some"}, False, id="received, unreadably"),
        pytest.param({"received": 20, "received_on": day(0)}, False, id="some received since the count"),
        pytest.param({"received": 20, "received_on": day(-1), "shipped_on": day(-2)}, True, id="some in the count"),
    ],
)
def test_when_a_cancelled_line_leaves(cells: dict[str, Any], leaves: bool) -> None:
    """It leaves at once, unless units that have arrived stand in no count yet or cannot be read."""
    made = accepted()
    made.type("TransfersCommitted", "MUG", state="cancelled", **cells)
    made.press()
    assert (made.lines("TransfersCommitted") == []) is leaves


def test_received_tomorrow_is_still_on_the_way() -> None:
    """A receipt dated ahead has not happened: the units stay on the way until that day."""
    made = accepted()
    made.type("TransfersCommitted", "MUG", state="received", received_on=day(3))
    made.press(1)
    assert (made.row("MUG", "US-LA")["available"], made.row("MUG", "US-LA")["on_the_way"]) == (30, MOVED)
    made.press(3)
    assert (made.row("MUG", "US-LA")["available"], made.row("MUG", "US-LA")["on_the_way"]) == (270, 0)


def test_cancelling_brings_units_back() -> None:
    """A cancelled line leaves at the next press; its units are the sender's again and may be suggested anew."""
    made = accepted()
    made.type("TransfersCommitted", "MUG", state="cancelled")
    plan = made.press()
    assert made.lines("TransfersCommitted") == []
    assert (made.row("MUG", "DE-HAM")["available"], made.row("MUG", "US-LA")["on_the_way"]) == (900, 0)
    assert plan.transfers["units"].tolist() == [MOVED]


def test_inbound_replaces() -> None:
    """A line whose document and SKU stand on Inbound, however spelled, leaves; another SKU of the document stays."""
    made = accepted()
    made.tables["Inbound"] = [
        {"document": "tr-20261123-de-ham-us-la ", "sku": "mug", "from": "DE-HAM", "warehouse": "US-LA", "ordered": 200,
         "state": "ordered", "sellable_on": day(9)},
    ]  # fmt: skip
    made.press()
    assert made.lines("TransfersCommitted") == []
    assert (made.row("MUG", "US-LA")["on_the_way"], made.row("MUG", "DE-HAM")["available"]) == (200, 700)
    other = accepted()
    cup = {"sku": "CUP", "warehouse": "US-LA", "on_hand": 5, "daily_sales": 0}
    other.tables["Stock"].append(cup)
    other.tables["Inbound"] = [{"document": move(other)["document"], "sku": "CUP", "warehouse": "US-LA", "ordered": 7}]
    other.press()
    assert move(other)["units"] == MOVED


@pytest.mark.parametrize(
    ("late", "on_order", "flagged"),
    [(0, MOVED, False), (2, MOVED, False), (3, MOVED, True), (30, MOVED, True), (31, 0, True)],
)
def test_late_lines(late: int, on_order: float, flagged: bool) -> None:
    """An accepted line is flagged after 2 days and on order for 30, like a line of Inbound (§12)."""
    made = accepted()
    due = (move(made)["sellable_on"].date() - day(0)).days
    plan = made.press(due + late)
    assert made.row("MUG", "US-LA")["on_the_way"] == on_order
    (line,) = plan.supply.lines.to_dict("records")
    assert (line["flagged"], line["source"], line["late_days"]) == (flagged, "TransfersCommitted", late)


def test_a_corrected_date_counts() -> None:
    """The day that the user types is when the goods arrive."""
    made = accepted()
    made.type("TransfersCommitted", "MUG", sellable_on=day(20))
    made.press()
    assert made.row("MUG", "US-LA")["next_arrival"] == moment(20)


@pytest.mark.parametrize(
    ("cells", "until", "on_the_way"),
    [
        pytest.param({"state": "on the boat"}, "state", MOVED, id="state"),
        pytest.param({"sellable_on": "12/11/2026"}, "undated", MOVED, id="sellable on"),
        pytest.param({"received": "some"}, "received", MOVED, id="received"),
        pytest.param({"units": "#N/A"}, "double_order", 0, id="units"),
    ],
)
def test_cells_that_cannot_be_read(cells: dict[str, Any], until: str, on_the_way: float) -> None:
    """They stay as typed, are named with what they mean meanwhile, and the line never leaves by itself."""
    made = accepted()
    made.type("TransfersCommitted", "MUG", **cells)
    for _ in range(2):
        plan = made.press()
        assert [(problem.params["until"], problem.value) for problem in plan.committed.problems] == [
            (until, next(iter(cells.values())))
        ]
        assert {name: move(made)[name] for name in cells} == cells
        assert made.row("MUG", "US-LA")["on_the_way"] == on_the_way


def test_a_line_typed_by_hand_counts() -> None:
    """A row that the user adds to the accepted lines counts like the others, whatever the spelling of its names."""
    made = desk()
    made.sheets["OrdersCommitted"] = [{"document": "PI-7", "sku": " mug", "warehouse": "us-la", "units": 60}]
    made.press()
    (line,) = made.lines("OrdersCommitted")
    assert (line["sku"], line["warehouse"], line["units"]) == ("MUG", "US-LA", 60)
    assert made.row("MUG", "US-LA")["on_the_way"] == 60


def test_a_line_whose_pair_left_stock_is_asked_about() -> None:
    """Without its row on Stock an open line cannot be planned: it stays, and the note says what to add."""
    made = accepted()
    made.tables["Stock"] = [dict(HAM), {"sku": "CUP", "warehouse": "US-LA", "on_hand": 5, "daily_sales": 0}]
    plan = made.press()
    (problem,) = plan.committed.problems
    assert problem_sentence(problem, Words("en")) == (
        "TransfersCommitted!4: MUG has no row for US-LA on Stock. Add one, with 0 on hand, to have it planned."
    )
    assert move(made)["units"] == MOVED


def test_what_has_no_row_on_stock_is_not_accepted() -> None:
    """A suggestion whose receiver has left Stock keeps its mark, and the note says what to add."""
    made = desk()
    made.mark("Transfers", "MUG")
    made.tables["Stock"] = [dict(HAM), {"sku": "CUP", "warehouse": "US-LA", "on_hand": 5, "daily_sales": 0}]
    plan = made.press()
    assert [problem.key for problem in plan.committed.problems] == ["problem.pair_not_on_stock"]
    assert made.lines("TransfersCommitted") == []
    assert plan.typed["Transfers"]["accept"].tolist() == ["Y"]


ACTIONS = ("accept", "ship", "receive some", "receive all", "cancel", "order", "order arrives", "count DE", "count US",
           "rest")  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(steps=st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 1)), max_size=12))
def test_units_are_counted_once(steps: list[tuple[str, int]]) -> None:
    """Whatever happens in whatever order, what the book counts is what there is, and no press changes it by itself."""
    world = World()
    for action, later in steps:
        world.step(action, later)


class World:
    """What really lies where, beside the ledger that hears of it cell by cell; counts are made in the morning."""

    def __init__(self) -> None:
        row = {"sku": "A", "on_hand": 500, "daily_sales": 0, "stock_date": day(0)}
        self.stock = {name: row | {"warehouse": name} for name in ("DE", "US")}
        self.sheets: dict[str, list[dict[str, Any]]] = {"TransfersCommitted": [], "OrdersCommitted": []}
        self.lies = {"DE": 500.0, "US": 500.0}
        self.road, self.ordered, self.promised, self.today = 0.0, 0.0, 0.0, 0
        self.press()

    def press(self) -> None:
        """Press twice: the second press finds the same; both count what there is."""
        for _ in range(2):
            available, on_order = self.counted()
            assert sum(available) + sum(on_order) == sum(self.lies.values()) + self.road + self.ordered
            assert available[0] == self.lies["DE"] - self.promised

    def counted(self) -> tuple[list[float], list[float]]:
        """Units available and on order in DE and US after a press of the ledger alone."""
        today = day(self.today)
        tables = tables_of(today, Stock=list(self.stock.values()))
        raw = {table.name: sheet_of(table, self.sheets.get(table.name, [])) for table in TABLES}
        dates = tables.stock["stock_date"].to_numpy("datetime64[D]")
        committed = settle(tables, replace(Previous.none(), sheets=raw), dates, today)
        self.sheets = {name: cells_of(frame) for name, frame in committed.tables.items()}
        supply = open_supply(tables, committed.lines, today, 30)
        shift = adjustment(tables, committed.lines, dates, today, np.zeros((2, 0)), today)
        available = tables.stock["on_hand"].to_numpy(float) + shift - unsent_units(tables, committed.lines, dates)
        return available.tolist(), supply.on_order.tolist()

    def step(self, action: str, later: int) -> None:
        """One thing happens, on the same day or the next one, and is typed."""
        self.today += later or action.startswith("count")
        moves, orders = self.sheets["TransfersCommitted"], self.sheets["OrdersCommitted"]
        open_moves = [line for line in moves if line["state"] not in ("received", "cancelled")]
        now = moment(self.today)
        if action == "accept" and not moves:
            self.sheets["Transfers"] = [{"sku": "A", "from": "DE", "to": "US", "units": 100, "accept": "Y"}]
            self.promised = 100.0
        elif action == "order" and not orders:
            cells = {"supplier": "S", "sku": "A", "warehouse": "US", "mode": "sea", "units": 70, "accept": "Y"}
            self.sheets["Orders"] = [cells]
            self.ordered = 70.0
        elif action == "ship" and open_moves and self.promised:
            open_moves[0]["state"] = "shipped"
            self.lies["DE"], self.road, self.promised = self.lies["DE"] - 100, 100.0, 0.0
        elif action.startswith("receive") and open_moves and self.road:
            self._receive(open_moves[0], self.road if action.endswith("all") else self.road // 2, now)
        elif action == "order arrives" and self.ordered:
            orders[0].update({"state": "received", "received_on": now})
            self.lies["US"], self.ordered = self.lies["US"] + self.ordered, 0.0
        elif action == "cancel" and open_moves and self.promised:
            open_moves[0]["state"] = "cancelled"
            self.promised = 0.0
        elif action.startswith("count"):
            name = action.split()[1]
            self.stock[name] |= {"on_hand": self.lies[name], "stock_date": day(self.today)}
        self.press()

    def _receive(self, line: dict[str, Any], units: float, now: dt.datetime) -> None:
        so_far = (line["received"] or 0.0) + units
        self.road, self.lies["US"] = self.road - units, self.lies["US"] + units
        state = "part received" if self.road else "received"
        line.update({"state": state, "received": so_far, "received_on": now})


def test_two_ways_of_one_order_are_two_documents() -> None:
    """A part by air and the rest by sea have documents of their own, and Inbound replaces the one that it names."""
    made = Desk(
        Stock=[{"sku": "A", "on_hand": 0, "daily_sales": 1}],
        Catalog=[{"sku": "A", "supplier": "H", "cost": 20, "price": 100}],
        Suppliers=[{"supplier": "H", "production_days": 5}],
        Routes=[{"from": "H", "to": "Main", "mode": "sea", "days": 30, "cost_per_unit": 1},
                {"from": "H", "to": "Main", "mode": "air", "days": 5, "cost_per_unit": 3}],
        Settings=STEADY | {"check_in_days": 0, "holding_rate": 0},
    )  # fmt: skip
    made.press()
    for line in made.lines("Orders"):
        line["accept"] = "Y"
    plan = made.press()
    air, sea = sorted(made.lines("OrdersCommitted"), key=lambda line: line["mode"])
    assert (air["mode"], air["units"], sea["mode"], sea["units"]) == ("air", 25.0, "sea", 17.0)
    assert air["document"] != sea["document"]
    assert (made.row("A", "Main")["position"], len(plan.orders)) == (42.0, 0)
    made.tables["Inbound"] = [{"document": air["document"], "sku": "A", "ordered": 25, "sellable_on": day(10)}]
    plan = made.press()
    assert [line["mode"] for line in made.lines("OrdersCommitted")] == ["sea"]
    assert (made.row("A", "Main")["position"], len(plan.orders)) == (42.0, 0)
