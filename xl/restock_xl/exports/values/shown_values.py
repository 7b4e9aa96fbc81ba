"""What every formula of a book shows: what the file says, and where it says nothing, what it evaluates to."""

from __future__ import annotations

import datetime as dt

from restock.formula.cells import BLANK
from restock_xl.evaluation import evaluated
from restock_xl.package.book import Book
from restock_xl.package.formula_book import FormulaBook, formula_book
from restock_xl.package.result_patch import Change, patch_results


def shown_book(book: Book, today: dt.date) -> FormulaBook:
    """Return a book in which every formula cell has a value, in its package in memory too.

    A value that the file holds stays, whatever the formula would give now: it is what its owner has seen.

    Args:
        today: What TODAY() answers where it is asked.
    Raises:
        WorkbookError: A part is damaged.
    """
    evaluation = evaluated(book, today)
    blanks = [change for change in map(_of_blanks, evaluation.changes) if len(change.rows)]
    places = {(change.sheet, int(row), change.column) for change in blanks for row in change.rows}
    result = evaluation.result
    result.spills = {place: size for place, size in result.spills.items() if place in places}
    if blanks:
        patch_results(evaluation.book, result, blanks)
    return formula_book(Book(book.path, book.archive)) if evaluation.changes or blanks else evaluation.book


def _of_blanks(change: Change) -> Change:
    """The cells of a change that showed nothing."""
    blank = change.before.kind == BLANK
    return Change(change.sheet, change.column, change.rows[blank], change.before[blank], change.now[blank])
