"""The rows of a table: bad cells reported, rows without a needed cell left out, names matched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from restock.schema.cell import Reading, is_blank, read_choice, read_flag, read_text, shown
from restock.schema.checks import Checks
from restock.schema.columns import Column, Kind
from restock.schema.date_cell import read_date
from restock.schema.frames import blank_value
from restock.schema.names import Names, is_total_word
from restock.schema.number_cell import read_number
from restock.schema.table_view import TableView

# Optional cells whose default would plan wrongly: the row is left out instead. A bad scope of an event would
# stretch it to everything, a bad cost of a route would make it free.
_ROW_NEEDS = {
    "Inbound": ("ordered", "warehouse"),
    "Livestreams": ("viewers", "conversion", "share", "planned_units", "actual_units", "warehouse"),
    "Events": ("end", "uplift", "warehouse", "sku"),
    "Routes": ("cost_per_unit", "cost_per_shipment", "minimum", "slot_cost", "slot_volume", "slot_weight"),
}
# What a bad cell means until it is put right, where that is more than "left out" or "its default".
_UNTIL = {
    ("Inbound", "ordered"): "double_order",
    ("Inbound", "received"): "received",
    ("Inbound", "sellable_on"): "undated",
    ("Inbound", "state"): "state",
}


# What a blank choice means, where it means something.
_ASSUMED = {("Catalog", "status"): "active"}


@dataclass
class Row:
    """One usable row: `values` checked, `typed` as it stands in the cells, `faults` the ignored columns."""

    position: int
    typed: dict[str, Any]
    values: dict[str, Any]
    faults: set[str] = field(default_factory=set)


def read_cell(content: Any, column: Column) -> Reading:
    """Read a cell as its column's kind asks (§4)."""
    if column.kind is Kind.TEXT:
        return read_text(content)
    if column.kind is Kind.NUMBER:
        return read_number(content, column)
    if column.kind is Kind.CHOICE:
        return read_choice(content, column.choices)
    if column.kind is Kind.FLAG:
        return read_flag(content)
    return read_date(content, with_time=column.kind is Kind.TIME)


def read_rows(view: TableView, checks: Checks) -> list[Row]:
    """Return the usable rows of a table in sheet order; what could not be used is in the log."""
    filled = [(position, typed) for position, typed in enumerate(typed_rows(view)) if _is_filled(typed)]
    unrecognised = len(view) > 0 and not view.known
    if not (filled or unrecognised) or _lacks_a_column(view, checks):
        return []
    rows = []
    for position, typed in filled:
        if is_total_row(view, typed):
            note_total(view, checks, position, typed)
        elif (row := _read_row(view, checks, position, typed)) is not None:
            rows.append(row)
    return rows


def typed_rows(view: TableView) -> list[dict[str, Any]]:
    """Every row as column name to content."""
    names = list(view.known)
    cells = [view.contents(name) for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]


def _is_filled(typed: dict[str, Any]) -> bool:
    return not all(map(is_blank, typed.values()))


def _lacks_a_column(view: TableView, checks: Checks) -> bool:
    missing = [
        column.name for column in view.table.columns if column.required and column.name not in view.known
    ]
    for name in missing:
        cell = f"A{view.raw.header_row}"
        checks.fault(view, name, cell, None, Reading(fault="problem.no_column"), "row")
    return bool(missing)


def is_total_row(view: TableView, typed: dict[str, Any]) -> bool:
    """Whether a row holds totals: its first column, SKU or warehouse says so, or its name without a SKU."""
    names = {view.table.columns[0].name, "sku", "warehouse"}
    if is_blank(typed.get("sku")):
        names.add("name")
    return any(isinstance(typed.get(name), str) and is_total_word(typed[name]) for name in names)


def note_total(view: TableView, checks: Checks, position: int, typed: dict[str, Any]) -> None:
    """Say that a row of totals was skipped."""
    name = next(name for name in typed if isinstance(typed[name], str) and is_total_word(typed[name]))
    checks.note(view, "problem.total_row", view.cell(name, position), typed[name])


def _read_row(view: TableView, checks: Checks, position: int, typed: dict[str, Any]) -> Row | None:
    row = Row(position, typed, {"row": view.row(position)})
    usable = True
    for column in view.table.columns:
        reading = read_cell(typed.get(column.name), column)
        row.values[column.name] = _default(view, column) if reading.value is None else reading.value
        if reading.blank and column.required:
            reading = Reading(fault="problem.blank")
        if reading.fault:
            usable &= report(view, checks, row, column, reading) != "row"
    return row if usable else None


def report(view: TableView, checks: Checks, row: Row, column: Column, reading: Reading) -> str:
    """Report an unusable cell with what it means for its row, and return the effect."""
    table, name = view.table.name, column.name
    effect = "row" if column.required or name in _ROW_NEEDS.get(table, ()) else "cell"
    default = _default(view, column)
    meanwhile = "left_out" if effect == "row" else "empty" if default in (None, "") else "default"
    more: dict[str, Any] = {"until": _UNTIL.get((table, name), meanwhile), "default": default}
    row.faults.add(name)
    content = row.typed.get(name)
    checks.fault(view, name, view.cell(name, row.position), content, reading, effect, **_who(row), **more)
    return effect


def _default(view: TableView, column: Column) -> Any:
    return _ASSUMED.get((view.table.name, column.name)) or blank_value(column)


def _who(row: Row) -> dict[str, Any]:
    """The SKU and warehouse of a row for its sentences, where they can be read."""
    readings = {name: read_text(row.typed.get(name)) for name in ("sku", "warehouse")}
    return {name: reading.value or "" for name, reading in readings.items()}


def leave_out(view: TableView, checks: Checks, row: Row, name: str, key: str, **params: Any) -> None:
    """Report why a row that can be read cannot be used."""
    cell = view.cell(name, row.position)
    content = row.typed.get(name)
    checks.fault(
        view, name, cell, content, Reading(fault=key), "row", until="left_out", **_who(row), **params
    )


def match_names(view: TableView, checks: Checks, rows: Iterable[Row], kinds: dict[str, Names]) -> None:
    """Spell the names in the given columns as they were first met (§10)."""
    for row in rows:
        for name, names in kinds.items():
            if row.values[name]:
                cell = view.cell(name, row.position)
                row.values[name] = checks.match(names, view, cell, shown(row.typed[name]))


def unique_rows(view: TableView, checks: Checks, rows: Sequence[Row]) -> list[Row]:
    """Keep the first row of each key; each later one is a problem that names both cells."""
    first: dict[tuple[Any, ...], Row] = {}
    name = view.table.key[0]
    key = "problem.duplicate" if len(view.table.key) == 1 else "problem.duplicate_pair"
    for row in rows:
        earlier = first.setdefault(tuple(row.values[part] for part in view.table.key), row)
        if earlier is not row:
            leave_out(view, checks, row, name, key, like=view.cell(name, earlier.position))
    return list(first.values())
