"""Parts of the button's work that need no program: cells as they are typed, backups, what is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from restock.errors import WorkbookError
from restock.schema.raw import CellError
from restock_xl.hosts.live.block import block_of, typed
from restock_xl.hosts.live.book_copy import keep_backup
from restock_xl.hosts.live.overwrite import State
from restock_xl.hosts.live.scratch import write_scratch
from restock_xl.package.book import Book
from restock_xl.package.read import read_book
from restock_xl.sheets.new_book import book_models
from tests.xl.books import LAMP, NOW, make

TYPED: dict[str, tuple[Any, Any]] = {
    "a word": ("Lamp", "Lamp"),
    "a Chinese word": ("红", "红"),
    "leading zeros": ("00123", "'00123"),
    "a date to Excel": ("MAR1", "'MAR1"),
    "a long sentence with numbers": (
        "30 left, 12 a day, sold out on Wed 25 Nov 2026",
        "30 left, 12 a day, sold out on Wed 25 Nov 2026",
    ),
    "a formula to Excel": ("=1+1", "'=1+1"),
    "a sign": ("-", "'-"),
    "an apostrophe": ("'tis", "''tis"),
    "a truth": ("true", "'true"),
    "an error's name as text": ("#N/A", "'#N/A"),
    "an error": (CellError("#N/A"), "#N/A"),
    "a number": (12.5, 12.5),
    "nothing": ("", None),
}


@pytest.mark.parametrize("case", TYPED)
def test_texts_stay_texts(case: str) -> None:
    """A text that a program would read as something else is typed with an apostrophe, and nothing else is."""
    value, wanted = TYPED[case]
    assert typed(value) == wanted


def test_a_block_holds_formulas_and_values(tmp_path: Path) -> None:
    """Formulas stand in it with =, what they show does not."""
    contents = read_book(make(tmp_path / "book.xlsx", "en", LAMP))
    block = block_of(contents.cells("Stock"), 503, 32)
    assert block[2][0] == "SKU*"
    assert block[6][0] == "'00123"
    assert str(block[3][7]).startswith("=IF(")
    assert block[502][0] is None


def test_a_folder_that_takes_no_backup_stops_the_press(tmp_path: Path) -> None:
    """Without a backup nothing is changed; the sentence names the folder and what to do."""
    path = make(tmp_path / "book.xlsx")
    (tmp_path / "restock-backups").write_text("in the way")
    with pytest.raises(WorkbookError, match=r"restock-backups.*nothing was changed.*Save the book"):
        keep_backup(path, path, NOW)


def test_the_scratch_book_stands_alone(tmp_path: Path) -> None:
    """The book from which formats are copied holds every sheet of ours, no formula and no name of another sheet."""
    models = [model for model in book_models("en") if model.key]
    path = tmp_path / "scratch.xlsx"
    write_scratch(models, path, date1904=False)
    book = Book(path)
    assert book.sheet_names == [model.name for model in models]
    state = State.of(book)
    assert not [name for name in book.sheet_names if len(state.store.cells(name).formulas)]
    rules = [light.criterion for model in models for light in model.highlights]
    assert not [rule for rule in rules if "!" in rule]
