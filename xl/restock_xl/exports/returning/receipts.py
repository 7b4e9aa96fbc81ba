"""What a warehouse typed into its copy: shipments and receipts, taken to the line in the book.

A shipment gives its line the day and the state; how many units left goes to Transfer orders, which no plan reads, so a
number that differs stands in the note too. A receipt adds to what the copy says was received before: where the book
still says that number, the sum replaces it; where it says the sum, it was read already.
"""

from __future__ import annotations

import datetime as dt

from restock.schema.inputs import INBOUND
from restock.schema.outputs import ORDERS_COMMITTED, TRANSFER_ORDERS, TRANSFERS_COMMITTED
from restock.text import say
from restock_xl.exports.returning.gathering import Gathering, what
from restock_xl.exports.returning.homes import Home, Homes
from restock_xl.exports.returning.matching import only_line
from restock_xl.exports.returning.returned import ReturnedRow


def read_shipment(row: ReturnedRow, homes: Homes, gathering: Gathering) -> None:
    """Take the shipped units, the day and the remark of a row of "Ship" home."""
    key = {"document": row.text("document"), "sku": row.text("sku")}
    home = only_line(row, homes, gathering, ((INBOUND, key | {"warehouse": row.text("to")}),
                                             (TRANSFERS_COMMITTED, key | {"to": row.text("to")})))  # fmt: skip
    shipped, on, remark = row.typed("shipped"), row.typed("shipped_on"), row.typed("remark")
    if home is None or (shipped is None and on is None and not remark):
        return
    where = row.where("shipped" if shipped is not None else "shipped_on")
    texts = [remark] if remark else []
    if home.values["state"] == "cancelled" and (shipped or on):
        gathering.refused.append(_cancelled(home, where, gathering))
    else:
        for line in homes.find(TRANSFER_ORDERS, key | {"to": row.text("to")})[:1]:
            gathering.put(line, "shipped", shipped, row.where("shipped"))
        if on is not None:
            gathering.put(home, "shipped_on", on, row.where("shipped_on"))
        if on is not None or shipped:
            gathering.progress(home, "shipped", where)
        if shipped is not None and shipped != home.units:
            numbers = {"shipped": shipped, "units": home.units, "rest": home.units - shipped}
            texts.insert(0, say("read_back.note_shipped", gathering.words, **numbers))
            if 0 < shipped < home.units:
                gathering.told.append(say("read_back.part_shipped", gathering.words, what=what(home), **numbers))
    gathering.note(home, str(home.values["from"]), texts, row.where("remark" if remark else "shipped"))


def read_receipt(row: ReturnedRow, homes: Homes, gathering: Gathering) -> None:
    """Take the received units, the day and the remark of a row of "Receive" home."""
    key = {"document": row.text("document"), "sku": row.text("sku")}
    place = row.text("warehouse")
    home = only_line(row, homes, gathering, (
        (INBOUND, key | {"warehouse": place}), (ORDERS_COMMITTED, key | {"warehouse": place}),
        (TRANSFERS_COMMITTED, key | {"to": place}),
    ))  # fmt: skip
    now, on, remark = row.typed("received_now"), row.typed("received_on"), row.typed("remark")
    if home is None or (now is None and on is None and not remark):
        return
    if home.values["state"] == "cancelled" and now:
        gathering.refused.append(_cancelled(home, row.where("received_now"), gathering))
    elif now:
        _receive(row, home, float(now), on, gathering)
    elif on is not None:
        where = row.where("received_on")
        gathering.refused.append(say("read_back.no_day", gathering.words, copy=where, what=what(home), day=on))
    gathering.note(home, home.destination, [remark] if remark else [], row.where("remark"))


def _receive(row: ReturnedRow, home: Home, now: float, on: dt.datetime | None, gathering: Gathering) -> None:
    before, known = float(row.value("received") or 0.0), float(home.values["received"] or 0.0)
    total, where = before + now, row.where("received_now")
    if known not in (before, total) or home.is_unreadable("received"):
        gathering.conflict(home, "received", total, where)
        return
    is_new = known == before
    if is_new and known > 0 and not _fits_one_day(home, on):
        numbers = {"before": known, "now": now, "day": on, "copy": where}
        reference = gathering.reference(home, "received")
        gathering.refused.append(
            say("read_back.second_receipt", gathering.words, ref=reference, what=what(home), **numbers)
        )
        return
    if gathering.put(home, "received", total, where, replaces=is_new):
        gathering.put(home, "received_on", on, row.where("received_on"), replaces=is_new and known > 0)
        gathering.progress(home, "received" if total >= home.units else "part_received", where)


def _fits_one_day(home: Home, on: dt.datetime | None) -> bool:
    """Whether a line's one day of receipt can stand for an earlier receipt and this one (§33).

    Accepted lines remember what a count held of the earlier receipt, so their day may move on. Inbound does not: the
    earlier units would be added to a count that holds them. Without a day an earlier receipt lies in the count.
    """
    earlier = home.values["received_on"]
    if on is None or earlier == on:
        return True
    return home.table is not INBOUND and earlier is not None and on > earlier


def _cancelled(home: Home, where: str, gathering: Gathering) -> str:
    reference = gathering.reference(home, "state")
    return say("read_back.cancelled", gathering.words, ref=reference, what=what(home), copy=where)


