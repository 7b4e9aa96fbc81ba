"""Where a cell of the suggestions or of the accepted lines stands once the sheet is written anew.

A problem of such a cell was met where people typed it; by the time they read of it, its row may have moved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from restock.ledger.lines import LINE_TYPES, LineType, key_text
from restock.schema.columns import Table
from restock.schema.tables import Problem
from restock_xl.sheets.model import SheetModel, TableModel

Places = dict[str, tuple[Table, TableModel, dict[Any, int]]]


def placed(problems: list[Problem], models: Mapping[str, SheetModel]) -> list[Problem]:
    """The problems with their cells on the sheets that are about to be written.

    Args:
        models: The sheets with the suggestions, each with the accepted lines below, by key.
    """
    places: Places = {}
    for kind in LINE_TYPES:
        upper, lower = models[kind.suggested.name].tables
        places[kind.suggested.name] = (kind.suggested, upper, _rows_by_key(kind, upper))
        places[kind.committed.name] = (kind.committed, lower, {})
    return [_placed(problem, places) for problem in problems]


def _placed(problem: Problem, places: Places) -> Problem:
    if problem.table not in places:
        return problem
    table, model, rows = places[problem.table]
    key = problem.params.get("suggestion")
    place = problem.params.get("line") if key is None else rows.get(key)
    if place is None:
        return problem
    column = list(table.by_name).index(problem.params["column"])
    return replace(problem, cell=xl_rowcol_to_cell(model.row + 1 + place, model.column + column))


def _rows_by_key(kind: LineType, model: TableModel) -> dict[Any, int]:
    names = list(kind.suggested.by_name)
    columns = [model.columns[names.index(name)].values for name in kind.suggested.key]
    specs = [kind.suggested[name] for name in kind.suggested.key]
    keys = [
        tuple(key_text(value, spec) for value, spec in zip(row, specs, strict=True))
        for row in zip(*columns, strict=True)
    ]
    return {key: row for row, key in reversed(list(enumerate(keys)))}
