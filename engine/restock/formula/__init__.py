"""Formulas of a workbook, evaluated by column."""

from __future__ import annotations

from restock.formula.outcome import Result, Unevaluated
from restock.formula.parse import FormulaError, parse
from restock.formula.recalculate import recalculate
from restock.formula.tree import print_tree
from restock.formula.workbook import ArrayFormula, Column, SharedFormula, Sheet, Table, Workbook, book_of

__all__ = [
    "ArrayFormula",
    "Column",
    "FormulaError",
    "Result",
    "SharedFormula",
    "Sheet",
    "Table",
    "Unevaluated",
    "Workbook",
    "book_of",
    "parse",
    "print_tree",
    "recalculate",
]
