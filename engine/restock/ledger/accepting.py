"""From a suggestion marked Y to an accepted line: what the user saw is frozen, and gets a document (§33)."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from restock.ledger.lines import (
    LINE_TYPES,
    Line,
    LineType,
    cell_problem,
    key_text,
    not_on_stock,
    respell,
    row_contents,
    stock_pairs,
)
from restock.schema.cell import Reading, is_blank, read_flag
from restock.schema.columns import Kind, normal_key
from restock.schema.number_cell import read_number
from restock.schema.raw import RawTable
from restock.schema.rows import read_cell
from restock.schema.table_view import TableView
from restock.schema.tables import Problem, Tables

Key = tuple[str, ...]
_LONGEST_STEM = 20
"""Characters of a name in a document's number: enough to tell suppliers apart, short enough for a carton's label."""
_NOT_IN_A_NUMBER = re.compile(r"\W+")


@dataclass
class Accepted:
    """What a press accepts: the lines, the keys of their suggestions, and marks that could not be followed."""

    lines: list[Line] = field(default_factory=list)
    keys: set[Key] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def accept(
    kind: LineType, raw: RawTable | None, tables: Tables, names: dict[str, str], today: dt.date, taken: set[str]
) -> Accepted:
    """The suggestions that the user marked Y, as lines.

    Args:
        raw: The table of suggestions as the last press wrote it and people typed into it.
        names: The spelling of each name (restock.ledger.lines.spelled).
        taken: Documents in use, folded (§10); those of the new lines are added.
    """
    result = Accepted()
    if raw is None:
        return result
    view = TableView.of(raw, kind.suggested)
    catalog, pairs = _catalog(tables), stock_pairs(tables)
    marked = [place for place, mark in enumerate(view.contents("accept")) if not is_blank(mark)]
    for position in marked:
        typed = row_contents(view, position)
        line, fault = _line(kind, typed, catalog, today)
        if fault is not None:
            problem = cell_problem(view, kind.suggested[fault[0]], position, typed, fault[1], "not_accepted")
            result.problems.append(_keyed(problem, _key(kind, typed)))
        if line is None:
            continue
        respell(line, kind, names)
        if (line.values["sku"], line.values[kind.destination]) in pairs:
            result.lines.append(line)
            result.keys.add(_key(kind, typed))
        else:
            problem = not_on_stock(kind, line, kind.suggested.name, view.raw.sheet, view.row(position))
            result.problems.append(_keyed(problem, _key(kind, typed)))
    result.lines.sort(key=lambda line: [line.values[name] for name in (*kind.stem, *kind.committed.key[1:])])
    _number(kind, result.lines, tables.settings.language, today, taken)
    return result


def _keyed(problem: Problem, key: Key) -> Problem:
    """A problem that knows its suggestion, for the sheet is written anew and the row may move."""
    return replace(problem, params=problem.params | {"suggestion": key})


def _line(
    kind: LineType, typed: dict[str, Any], catalog: dict[str, dict[str, Any]], today: dt.date
) -> tuple[Line | None, tuple[str, Reading] | None]:
    """The line of a marked suggestion; or the column that cannot be used and why; neither for one marked no."""
    mark = read_flag(typed["accept"])
    if mark.fault or not mark.value:
        return None, ("accept", mark) if mark.fault else None
    units, fault = _units(kind, typed)
    return None if units is None else _frozen(kind, typed, units, catalog, today), fault


def _units(kind: LineType, typed: dict[str, Any]) -> tuple[float | None, tuple[str, Reading] | None]:
    """The units to commit: the user's own, else those suggested; or the column that cannot be used and why."""
    own, seen = (read_number(typed[name], kind.suggested["own_units"]) for name in ("own_units", "units"))
    if own.fault:
        return None, ("own_units", own)
    if own.value is None and seen.fault:
        return None, ("units", seen)
    if own.value is None and seen.value is None:
        return None, ("own_units", Reading(fault="problem.no_quantity"))
    return float(own.value if own.value is not None else seen.value), None


def _catalog(tables: Tables) -> dict[str, dict[str, Any]]:
    rows: list[dict[str, Any]] = tables.catalog.drop_duplicates("sku").to_dict("records")  # type: ignore[assignment]
    return {row["sku"]: row for row in rows}


def _key(kind: LineType, typed: dict[str, Any]) -> Key:
    """The key of a suggestion as the table of what was typed states it."""
    return tuple(key_text(typed[name], kind.suggested[name]) for name in kind.suggested.key)


def _seen(kind: LineType, typed: dict[str, Any], name: str) -> Any:
    """What a cell of the suggestion showed; blank where it cannot be read."""
    column = kind.suggested[name]
    value = read_cell(typed[name], column).value
    return "" if value is None and column.kind in (Kind.TEXT, Kind.CHOICE) else value


def _frozen(
    kind: LineType, typed: dict[str, Any], units: float, catalog: dict[str, dict[str, Any]], today: dt.date
) -> Line:
    seen = {kind.renamed.get(name, name): _seen(kind, typed, name) for name in kind.suggested.by_name}
    item = catalog.get(seen["sku"], {})
    values = {
        column.name: seen.get(column.name, "" if column.kind in (Kind.TEXT, Kind.CHOICE) else None)
        for column in kind.committed.columns
    }
    values |= {"state": "accepted", "accepted_on": dt.datetime.combine(today, dt.time()), "units": units}
    values["name"] = values["name"] or item.get("name", "")
    if units != seen["units"]:
        case = item.get("case_pack")
        values["cartons"] = units / case if case and case >= 1 else units
        values["amount"] = None if seen.get("unit_cost") is None else units * seen["unit_cost"]
        values["freight"] = None  # that of the suggested quantity says nothing about another one
    return Line({column.name: values[column.name] for column in kind.committed.columns})


def _number(kind: LineType, lines: list[Line], language: str, today: dt.date, taken: set[str]) -> None:
    """Give each line its document: one per day, supplier and mode, or per day and route; none that is in use."""
    given: dict[tuple[str, ...], str] = {}
    for line in lines:
        stem = tuple(line.values[name] for name in kind.stem)
        shipment = (*stem, line.values.get("mode") or "")
        if shipment not in given:
            given[shipment] = _free(document(kind, stem, language, today), taken)
        line.values["document"] = given[shipment]


def document(kind: LineType, stem: tuple[str, ...], language: str, today: dt.date) -> str:
    """The number of a document of one day.

    >>> from restock.ledger.lines import ORDER
    >>> document(ORDER, ("Huamei (Ningbo) Co.",), "en", dt.date(2026, 11, 25))
    'PO-20261125-Huamei-Ningbo-Co'
    """
    unknown = "未指定" if language == "zh" else "Unassigned"
    return "-".join([kind.prefix, f"{today:%Y%m%d}", *(_short(name) or unknown for name in stem)])


def _short(name: str) -> str:
    """A name as part of a number: letters and digits of any script, joined by hyphens."""
    folded = unicodedata.normalize("NFKC", name)
    return _NOT_IN_A_NUMBER.sub("-", folded).strip("-_")[:_LONGEST_STEM].rstrip("-_")


def _free(name: str, taken: set[str]) -> str:
    free, number = name, 1
    while normal_key(free) in taken:
        number += 1
        free = f"{name}-{number}"
    taken.add(normal_key(free))
    return free


def without_accepted(
    typed: dict[str, pd.DataFrame], accepted: dict[str, set[Key]], remaining: dict[str, pd.DataFrame]
) -> dict[str, pd.DataFrame]:
    """What was typed beside suggestions, less the marks and quantities that have been followed.

    The note of a suggestion that is no longer made has moved to its line; that of one made again stays.

    Args:
        typed: By table, see Previous.
        accepted: Keys of the accepted suggestions, by table.
        remaining: The suggestions of this press, by table.
    """
    result = dict(typed)
    for kind in LINE_TYPES:
        name, key = kind.suggested.name, list(kind.suggested.key)
        if accepted.get(name) and name in typed:
            again = set(map(tuple, remaining[name][key].astype(str).to_numpy()))
            result[name] = _cleared(typed[name].astype(object), key, accepted[name], again)
    return result


def _cleared(frame: pd.DataFrame, key: list[str], accepted: set[Key], again: set[Key]) -> pd.DataFrame:
    rows = list(map(tuple, frame[key].to_numpy()))
    frame.loc[[row in accepted for row in rows], ["accept", "own_units"]] = None
    frame.loc[[row in accepted and row not in again for row in rows], "note"] = None
    return frame
