"""One evaluation of every formula of a book in memory: what differs from the file, and storing it there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from restock.formula import Result, Sheet
from restock.formula import recalculate as evaluate
from restock.formula.cells import ERROR, NAME, VALUE
from restock.text import Words, cell_reference, say
from restock_xl.package.book import Book
from restock_xl.package.formula_book import FormulaBook, formula_book
from restock_xl.package.function_names import restore_names
from restock_xl.package.references import column_letter
from restock_xl.package.result_patch import Change, changes_of, patch_results

_CALLED = re.compile(r"[A-Z_][A-Z0-9_.]*(?=\()")


@dataclass(frozen=True)
class Evaluation:
    """What an evaluation found, before anything is written; `names` formulas had function names in small letters."""

    book: FormulaBook
    result: Result
    changes: list[Change]
    names: int

    @property
    def differs(self) -> bool:
        """Whether anything is to be stored anew."""
        return bool(self.changes or self.result.spills or self.names)

    def store(self) -> None:
        """Put the changes into the package in memory."""
        patch_results(self.book, self.result, self.changes)


def evaluated(book: Book, today: dt.date) -> Evaluation:
    """Evaluate every formula of a book in memory, see `evaluation_of`.

    Raises:
        WorkbookError: A part is damaged.
    """
    return evaluation_of(formula_book(book), today)


def evaluation_of(book: FormulaBook, today: dt.date) -> Evaluation:
    """Evaluate every formula of a book that was read.

    Args:
        today: What TODAY() answers; NOW() is its midnight, unless it is a moment.
    """
    names = restore_names(book)
    result = evaluate(book.workbook, today)
    return Evaluation(book, result, changes_of(book.workbook, result), names)


def repair_sentences(evaluation: Evaluation, words: Words) -> list[str]:
    """Return what was put right of what programs without the newer functions had written."""
    found = [say("heal.names", words, count=evaluation.names)] if evaluation.names else []
    revived = list(_revived(evaluation))
    if revived:
        reference = cell_reference(*revived[0], words)
        found.append(say("heal.revived", words, ref=reference, others=len(revived) - 1))
    return found


def _revived(evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    """Yield cells that a program stored as an error because it does not know the functions they call."""
    book = evaluation.book.workbook
    own = {name for name, text in book.names.items() if "lambda(" in text[:40].lower()}
    for change in evaluation.changes:
        before, now = change.before, change.now
        mended = (before.kind == ERROR) & ((before.number == VALUE) | (before.number == NAME)) & (now.kind != ERROR)
        sheet = book.sheet(change.sheet)
        if not mended.any() or sheet is None:
            continue
        texts = _formulas(sheet, change.column)
        for row in change.rows[mended].tolist():
            text = texts.get(row, "").upper()
            if "_XLFN." in text or own & set(_CALLED.findall(text)):
                yield change.sheet, f"{column_letter(change.column)}{row}"


def _formulas(sheet: Sheet, column: int) -> dict[int, str]:
    found = dict(zip(*sheet.formulas.get(column, ((), ())), strict=True))
    for shared in sheet.shared:
        found.update((row, shared.text) for row, own in shared.cells if own == column)
    found.update((array.row, array.text) for array in sheet.arrays if array.column == column)
    return found
