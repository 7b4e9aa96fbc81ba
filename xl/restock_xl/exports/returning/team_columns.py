"""What was typed on our sheets in a copy of the whole book: Accept, quantities, notes, Done, states and dates."""

from __future__ import annotations

from restock.text import say
from restock_xl.exports.returning.gathering import Gathering
from restock_xl.exports.returning.homes import Homes
from restock_xl.exports.returning.matching import only_line
from restock_xl.exports.returning.returned import ReturnedRow


def read_team_row(row: ReturnedRow, homes: Homes, gathering: Gathering) -> None:
    """Take the typed columns of a row home; the states of a line move on, never back."""
    key = {name: row.value(name) for name in row.table.key}
    home = only_line(row, homes, gathering, ((row.table, key),))
    if home is None:
        return
    for column in row.table.columns:
        if not column.typed or column.name in row.table.key:
            continue
        value, where = row.typed(column.name), row.where(column.name)
        if column.name == "state" and value not in (None, "cancelled") and home.values["state"] != "cancelled":
            gathering.progress(home, str(value), where)
        else:
            gathering.put(home, column.name, value, where)
    note = say("read_back.only_typed", gathering.words)
    gathering.told += [] if note in gathering.told else [note]
