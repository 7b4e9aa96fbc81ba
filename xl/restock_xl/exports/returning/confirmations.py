"""What a supplier typed into its copy, taken to the order line in the book.

The quantity confirmed for a draft is the user's own quantity. An accepted line keeps its units, and every line its
date: units of an order are a decision, and from a factory's date to the day of sale the days of shipping are missing.
Both stand in the note.
"""

from __future__ import annotations

from restock.schema.inputs import INBOUND
from restock.schema.outputs import ORDERS, ORDERS_COMMITTED
from restock.text import say
from restock_xl.exports.returning.gathering import Gathering, what
from restock_xl.exports.returning.homes import Home, Homes
from restock_xl.exports.returning.matching import only_line
from restock_xl.exports.returning.returned import ReturnedRow


def read_confirmation(row: ReturnedRow, homes: Homes, gathering: Gathering) -> None:
    """Take the confirmed quantity, the ready date and the remark of an order line home."""
    home = _line(row, homes, gathering)
    confirmed, ready, remark = row.typed("confirmed"), row.typed("ready_on"), row.typed("remark")
    if home is None or (confirmed is None and ready is None and not remark):
        return
    texts: list[str] = []
    if confirmed is not None:
        if home.table is ORDERS and confirmed >= 1:
            gathering.put(home, "own_units", confirmed, row.where("confirmed"))
        else:
            texts.append(_confirmed(home, confirmed, gathering))
    if ready is not None:
        texts.append(say("read_back.note_ready", gathering.words, day=f"{ready:%Y-%m-%d}"))
        note = say("read_back.ready_dates", gathering.words)
        gathering.told += [] if note in gathering.told else [note]
    texts += [remark] if remark else []
    name = next(name for name in ("remark", "ready_on", "confirmed") if row.typed(name) is not None)
    gathering.note(home, row.text("supplier"), texts, row.where(name))


def _line(row: ReturnedRow, homes: Homes, gathering: Gathering) -> Home | None:
    """The order line: of a document, else the draft, else the line or shipment that the draft has become."""
    place = {"sku": row.text("sku"), "warehouse": row.text("warehouse")}
    way = {"supplier": row.text("supplier"), **place, "mode": row.text("mode")}
    document = {"document": row.text("document"), **place}
    if document["document"]:
        return only_line(row, homes, gathering, ((INBOUND, document), (ORDERS_COMMITTED, document)))
    unnumbered = {"document": "", "from": row.text("supplier"), **place}
    return only_line(row, homes, gathering, ((ORDERS, way), (ORDERS_COMMITTED, way), (INBOUND, unnumbered)))


def _confirmed(home: Home, confirmed: float, gathering: Gathering) -> str:
    if confirmed == home.units:
        return say("read_back.note_confirmed", gathering.words, confirmed=confirmed)
    numbers = {"confirmed": confirmed, "units": home.units}
    if home.table is not ORDERS:
        gathering.told.append(say("read_back.other_units", gathering.words, what=what(home), **numbers))
    return say("read_back.note_confirmed_of", gathering.words, **numbers)
