"""Formulas of the user's own that could not be computed, as notes on Problems."""

from __future__ import annotations

from restock.formula import Result
from restock.schema.problem_log import LISTED
from restock.schema.tables import Problem
from restock_xl.recalculation import Unsupported, own_functions

_FOLLOWS = "formula.depends"


def formula_notes(result: Result) -> list[Problem]:
    """Return a note for each of the first formulas that keep their value, and one that counts the others.

    Those that merely read such a cell come last: they need no care of their own. Functions of the book's own that
    differ from ours stand before all.
    """
    ordered = sorted(result.unevaluated, key=lambda one: one.reason == _FOLLOWS)
    notes = [_note(one) for one in own_functions(result)]
    notes += [_note(Unsupported.of(one)) for one in ordered[:LISTED]]
    if len(ordered) > LISTED:
        rest = Unsupported.of(ordered[LISTED])
        params = {"others": len(ordered) - LISTED}
        notes.append(Problem("formula.others", "note", "", rest.sheet, rest.cell, params=params))
    return notes


def _note(one: Unsupported) -> Problem:
    params = one.params
    shown = params["formula"] if one.formula else ""
    return Problem(one.key, "note", "", one.sheet, one.cell, shown, params=params)
