"""`restock repair` puts back what is ours, touches nothing else, and says what it did."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from restock_xl.checking.command import check_book
from restock_xl.package.book import Book
from restock_xl.repair.repair import repair_book

from .books import NOW, TODAY, make, parts, press, recalculated
from .mistakes import (
    DATA,
    FIRST,
    LAST,
    cells_of,
    column,
    delete_column,
    delete_sheet,
    rename_header,
    rewrite,
    sheet_edited,
    typed,
)
from .test_recompute import _alike


@pytest.fixture(scope="module")
def pressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pressed book with notes and formulas of the user's own."""
    path = make(tmp_path_factory.mktemp("repair") / "book.xlsx", "en", DATA)
    press(path)
    typed(path, "Stock", {"AH2": "mine", "AH4": 5, "B1": "a title of mine"})
    return path


@pytest.fixture
def book(pressed: Path, tmp_path: Path) -> Path:
    """A copy of its own for each test."""
    return Path(shutil.copy(pressed, tmp_path / "book.xlsx"))


def _without(tag: str) -> Callable[[Path], None]:
    pattern = re.compile(rf"<{tag}\b.*?</{tag}>".encode(), re.DOTALL)
    return lambda path: sheet_edited(path, "Stock", lambda xml: pattern.sub(b"", xml))


def _names_gone(path: Path) -> None:
    workbook = parts(path)["xl/workbook.xml"]
    rewrite(path, {"xl/workbook.xml": re.sub(rb'<definedName name="RESTOCK_TIER".*?</definedName>', b"", workbook)})


def _to_range(path: Path) -> None:
    """Convert the table of Inbound to a range."""
    ref = next(ref for ref in Book(path).tables() if ref.name == "Inbound")
    part = Book(path).part_of_sheet("Inbound")
    rels = part.replace("worksheets/", "worksheets/_rels/") + ".rels"
    sheet = re.sub(rb"<tableParts.*?</tableParts>", b"", parts(path)[part])
    relations = re.sub(rb"<Relationship [^>]*tables/[^>]*/>", b"", parts(path)[rels])
    kinds = re.sub(rf'<Override PartName="/{ref.part}"[^>]*/>'.encode(), b"", parts(path)["[Content_Types].xml"])
    rewrite(path, {part: sheet, rels: relations, ref.part: None, "[Content_Types].xml": kinds})


def _dates_as_numbers(path: Path) -> None:
    sheet_edited(path, "Inbound", lambda xml: re.sub(rb'(<c r="I4") s="\d+"', rb"\1", xml))


DAMAGE: dict[str, tuple[Callable[[Path], Any], str]] = {
    "typed over": (
        lambda path: typed(path, "Stock", {"I5": 77}),
        'Stock!I5: our formula was put back; "77" stood there.',
    ),
    "header": (
        lambda path: rename_header(path, "Stock", "Daily sales, typed", "Avg"),
        'Stock!E3: the header "Avg" is "Daily sales, typed" again.',
    ),
    "our column": (
        lambda path: delete_column(path, "Stock", "H"),
        'Stock!AF3: the column "Tier" was put back at the right end of its table.',
    ),
    "a column of theirs": (
        lambda path: delete_column(path, "Stock", "D"),
        'Stock!AF3: the column "Reserved (units)" was put back at the right end of its table.',
    ),
    "colours": (_without("conditionalFormatting"), "Stock: 10 colour rules put back."),
    "checks": (_without("dataValidations"), "Stock: checks of what may be typed were put back for 6 columns."),
    "names": (_names_gone, "Names of our functions that were missing were put back (1, such as RESTOCK_TIER)."),
    "table": (_to_range, "Inbound: the Excel table Inbound was made again over its rows."),
    "dates shown as numbers": (
        _dates_as_numbers,
        "Inbound!I4 and others, 1 cell in all: dates are shown as dates again, and numbers as numbers.",
    ),
    "our sheet": (
        lambda path: delete_sheet(path, "Forecast"),
        "Our sheet Forecast was put back, empty; the next press fills it.",
    ),
}


@pytest.mark.parametrize(("damage", "said"), DAMAGE.values(), ids=DAMAGE.keys())
def test_what_is_ours_comes_back(book: Path, damage: Callable[[Path], Any], said: str) -> None:
    """Each kind of damage is put right and said, what the user typed stays, and then there is nothing left to do."""
    damage(book)
    before, stock = parts(book), [column(book, "Stock", letter) for letter in "ABC"]
    found = repair_book(book, TODAY, NOW)
    assert said in found.lines
    assert found.backup is not None
    assert parts(found.backup) == before
    assert [column(book, "Stock", letter) for letter in "ABC"] == stock
    assert (cells_of(book, "Stock").value("B1")) == "a title of mine"
    assert repair_book(book, TODAY, NOW).lines == []
    assert not [line for line in check_book(book, TODAY).sentences if "repair" in line]


def test_only_what_is_ours_is_written(book: Path) -> None:
    """Every part that holds nothing to repair stays as it is, byte for byte; a dry run writes nothing at all."""
    typed(book, "Stock", {"I5": 77})
    before = parts(book)
    assert repair_book(book, TODAY, NOW, dry_run=True).lines
    assert parts(book) == before
    repair_book(book, TODAY, NOW)
    changed = {name for name, data in parts(book).items() if before.get(name) != data}
    assert changed == {Book(book).part_of_sheet("Stock")}


def test_a_whole_book_needs_nothing(book: Path) -> None:
    """Nothing is written where nothing is missing."""
    before = book.read_bytes()
    assert repair_book(book, TODAY, NOW).report() == [f"Nothing is missing in {book}."]
    assert book.read_bytes() == before


def test_no_room_beside_the_table(book: Path) -> None:
    """A column is not put over something that stands beside the table."""
    delete_column(book, "Stock", "H")
    typed(book, "Stock", {"AF9": "mine"})
    found = repair_book(book, TODAY, NOW, dry_run=True)
    assert (
        "Stock!AF3: there is no room for 1 deleted column beside the table. Move what stands there, and repair again."
        in found.lines
    )


def test_columns_put_back_compute(book: Path, tmp_path: Path) -> None:
    """After a column of ours came back elsewhere, a press and a real LibreOffice show the same in every cell."""
    delete_column(book, "Stock", "H")
    repair_book(book, TODAY, NOW)
    press(book)
    shown = openpyxl.load_workbook(book, data_only=True)["Stock"]
    assert {shown[f"AF{row}"].value for row in range(FIRST, LAST + 1)} <= {"RED", "ORANGE", "YELLOW", "GREEN"}
    computed = openpyxl.load_workbook(recalculated(book, tmp_path), data_only=True)["Stock"]
    for row in range(FIRST, LAST + 1):
        for cell, other in zip(shown[row], computed[row], strict=False):
            assert _alike(cell.value, other.value), cell.coordinate
