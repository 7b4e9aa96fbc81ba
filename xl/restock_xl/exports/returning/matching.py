"""Which line of the book a row of a copy is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from restock.schema.columns import Table
from restock.text import say
from restock_xl.exports.returning.gathering import Gathering
from restock_xl.exports.returning.homes import Home, Homes, folded
from restock_xl.exports.returning.returned import ReturnedRow


def only_line(
    row: ReturnedRow, homes: Homes, gathering: Gathering, places: Iterable[tuple[Table, Mapping[str, Any]]]
) -> Home | None:
    """The one line of the book that a row of a copy is about: of the first table that has any, the closest.

    Where there is none, or several that the copy does not tell apart, that is said if anything was typed.
    """
    found = next((homes.find(table, key) for table, key in places if homes.find(table, key)), [])
    gathering.matched += bool(found)
    found = _narrowed(row, found)
    if len(found) == 1:
        return found[0]
    if row.is_typed():
        name = ", ".join(text for text in (row.text("sku"), row.text("document") or row.text("warehouse")) if text)
        cell = row.where("sku")
        key = "read_back.many_lines" if found else "read_back.no_line"
        gathering.refused.append(say(key, gathering.words, copy=cell, what=name, count=len(found)))
    return None


_NARROWING = (("from", "from"), ("mode", "mode"), ("expected_on", "sellable_on"), ("wanted_on", "sellable_on"),
              ("units", "units"), ("units", "ordered"))  # fmt: skip


def _narrowed(row: ReturnedRow, homes: list[Home]) -> list[Home]:
    """Of several lines those that also come from there, that way, on that day, with as many units, where any does."""
    for mine, theirs in _NARROWING:
        if len(homes) > 1 and mine in row.table.by_name:
            said = folded(row.table, (mine,), {mine: row.value(mine)})
            fits = [
                home for home in homes
                if theirs in home.table.by_name and folded(home.table, (theirs,), home.values) == said
            ]  # fmt: skip
            homes = fits or homes
    return homes
