"""Recalculate a workbook file without any spreadsheet program: what every formula cell shows, and what differs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from restock.formula import Result, Unevaluated
from restock.formula.cells import Cells, Scalar
from restock.text import Words, cell_reference, say
from restock.text.refused import refused
from restock_xl.evaluation import Evaluation, evaluated, evaluation_of, repair_sentences
from restock_xl.package.book import Book
from restock_xl.package.formula_book import FormulaBook, formula_book
from restock_xl.package.open_elsewhere import ensure_not_open
from restock_xl.package.references import column_letter, position
from restock_xl.package.result_patch import Change
from restock_xl.package.safe_write import appearance, replace_safely

__all__ = ["CellValues", "Recalculation", "Unsupported", "evaluated", "recalculate"]

Cell = tuple[str, str]
"""Sheet and reference, such as ("Stock", "B7")."""

_SHOWN_FORMULA = 80


@dataclass(frozen=True)
class Unsupported:
    """A formula that keeps its last value: where it stands, and why, in a sentence and as its key."""

    sheet: str
    cell: str
    formula: str
    key: str
    detail: str = ""

    @classmethod
    def of(cls, one: Unevaluated) -> Unsupported:
        """Return what the engine reports, with the cell's reference."""
        return cls(one.sheet, f"{column_letter(one.column)}{one.row}", one.formula, one.reason, one.detail)

    @property
    def reason(self) -> str:
        """Why, in an English sentence that says what to do."""
        return self.sentence(Words())

    def sentence(self, words: Words) -> str:
        """Return the sentence in the language of `words`."""
        return say(self.key, words, ref=cell_reference(self.sheet, self.cell, words), **self.params)

    @property
    def params(self) -> dict[str, str]:
        """What the sentence needs."""
        formula = self.formula if len(self.formula) <= _SHOWN_FORMULA else f"{self.formula[:_SHOWN_FORMULA]}…"
        return {"formula": f"={formula}", "detail": self.detail}


def own_functions(result: Result) -> list[Unsupported]:
    """Return where a function of the book's own answers otherwise than ours of that name; it is computed even so."""
    return [
        Unsupported(sheet, f"{column_letter(column)}{row}", "", "formula.own_function", name)
        for name, sheet, row, column in result.notes
    ]


class CellValues(Mapping[Cell, Scalar]):
    """What every formula cell shows, by (sheet, reference); nothing is copied before it is asked for."""

    def __init__(self, book: FormulaBook, result: Result) -> None:
        self._book, self._result = book.workbook, result
        self._rows = dict(result.computed)
        kept: dict[tuple[str, int], list[int]] = {}
        for one in result.unevaluated:
            kept.setdefault((one.sheet, one.column), []).append(one.row)
        for place, rows in kept.items():
            computed = self._rows.get(place, np.empty(0, dtype=np.int64))
            self._rows[place] = np.union1d(computed, np.array(rows, dtype=np.int64))

    def __getitem__(self, cell: Cell) -> Scalar:
        name, reference = cell
        sheet = self._book.sheet(name)
        try:
            row, column = position(reference)
        except ValueError:
            raise KeyError(cell) from None
        rows = None if sheet is None else self._rows.get((sheet.name, column))
        if rows is None or not np.any(rows == row):
            raise KeyError(cell)
        return self._book.value(name, row, column)

    def __iter__(self) -> Iterator[Cell]:
        for (sheet, column), rows in self._rows.items():
            letters = column_letter(column)
            yield from ((sheet, f"{letters}{row}") for row in rows.tolist())

    def __len__(self) -> int:
        return sum(len(rows) for rows in self._rows.values())


@dataclass(frozen=True)
class Recalculation:
    """What came of a recalculation.

    Attributes:
        path: The file written, else the one that was read.
        values: (sheet, reference) → what every formula cell shows now: a number, text, truth value or CellError; a cell
            in `unsupported` shows what it showed before.
        unsupported: Formulas that keep their last value.
        healed: What another program's save had broken and was put right, in sentences.
        notes: Functions of the book's own that answer otherwise than ours of that name, in sentences.
        written: Whether a file was written.
        backup: The book as it was, where one was made.
        changes: What `changed` is made of, by column.
    """

    path: Path
    values: Mapping[Cell, Scalar]
    unsupported: list[Unsupported]
    healed: list[str]
    notes: list[str] = field(default_factory=list)
    written: bool = False
    backup: Path | None = None
    changes: list[Change] = field(default_factory=list, repr=False)

    @property
    def differences(self) -> int:
        """How many cells show something else than they should."""
        return sum(len(change.rows) for change in self.changes)

    @cached_property
    def changed(self) -> dict[Cell, tuple[Scalar, Scalar]]:
        """(sheet, reference) → (stored, recalculated) of every cell whose stored value is another."""
        found: dict[Cell, tuple[Scalar, Scalar]] = {}
        for change in self.changes:
            letters = column_letter(change.column)
            pairs = zip(change.rows.tolist(), _plain(change.before), _plain(change.now), strict=True)
            found |= {(change.sheet, f"{letters}{row}"): (before, now) for row, before, now in pairs}
        return found


def recalculate(
    path: Path | str,
    today: dt.date | None = None,
    out: Path | str | None = None,
    write: bool = False,
    now: dt.datetime | None = None,
    words: Words | None = None,
) -> Recalculation:
    """Recalculate a workbook and return what its formula cells show; unless told to, it writes nothing.

    Args:
        path: An .xlsx or .xlsm file.
        today: What TODAY() answers, NOW() its midnight; the computer's date if None.
        out: Write the result here and leave the book as it is.
        write: Write into the book itself, if anything differs; the book as it was is kept as a backup.
        now: The moment that names the backup; the computer's time if None.
        words: The language of the sentences; English if None.
    Raises:
        WorkbookError: The file cannot be read or written safely; it is as it was.
    """
    path, target = Path(path), None if out is None else Path(out)
    if path.is_dir():
        raise refused("refuse.folder", path=path)
    if target is not None and target.exists() and path.exists() and target.samefile(path):
        target, write = None, True
    if write and target is None:
        ensure_not_open(path)
    seen = appearance(path) if path.exists() else None
    evaluation, repairs, healed = _healed(path, today or dt.date.today(), words or Words())
    found = Recalculation(
        target or path,
        CellValues(evaluation.book, evaluation.result),
        [Unsupported.of(one) for one in evaluation.result.unevaluated],
        repairs + repair_sentences(evaluation, words or Words()),
        [one.sentence(words or Words()) for one in own_functions(evaluation.result)],
        changes=evaluation.changes,
    )
    if target is None and not (write and (evaluation.differs or healed)):
        return found
    book = evaluation.book.book
    book.ensure_editable(structure=False)
    evaluation.store()
    moment = now or dt.datetime.now()
    if target is not None:
        backup = replace_safely(target, book.archive.save, now=moment, backups=False, source=path)
    else:
        backup = replace_safely(path, book.archive.save, now=moment, seen=seen)
    return replace(found, written=True, backup=backup)


def _healed(path: Path, today: dt.date, words: Words) -> tuple[Evaluation, list[str], bool]:
    """Evaluate a book once its Stock table is whole; return also what was put right, and whether anything was."""
    book = Book(path)
    loaded = formula_book(book)
    if any(ref.name.casefold() == "stock" for ref in book.tables()):
        from restock_xl.heal import heal_stock, stock_is_broken
        from restock_xl.package.read import contents_of

        if stock_is_broken(loaded) and (healed := heal_stock(contents_of(book))):
            return evaluated(Book(path, book.archive), today), healed.sentences(words), True
    return evaluation_of(loaded, today), [], False


def _plain(cells: Cells) -> list[Scalar]:
    return cells.reshape(1, len(cells.kind), 1).scalars()
