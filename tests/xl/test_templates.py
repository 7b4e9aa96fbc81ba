"""The committed templates are the ones that this code makes, and both languages compute the same."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from restock_xl.package.book import Book

from .books import parts
from .graft_proof import VALIDATOR, sdk_errors

TEMPLATES = Path(__file__).parent.parent.parent / "templates"
LARGEST = 1_500_000
pytestmark = pytest.mark.skipif(
    not (TEMPLATES / "build.py").exists(), reason="templates/ is not part of this installation"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return list(runpy.run_path(str(TEMPLATES / "build.py"))["build"](tmp_path_factory.mktemp("templates")))


def test_templates_are_current(built: list[Path]) -> None:
    """Rebuilding a book gives the committed file: byte for byte, or, with other packages, cell for cell."""
    for path in built:
        committed = TEMPLATES / path.name
        if parts(path) != parts(committed):
            stale = _first_difference(_content(committed), _content(path))
            assert not stale, f"{path.name} is stale: python templates/build.py ({stale})"


def test_templates_are_small_and_told_of(built: list[Path]) -> None:
    """Each file is small enough to send and keep, README says what it is for, and no other workbook lies there."""
    assert sorted(path.name for path in TEMPLATES.glob("*.xls*")) == sorted(path.name for path in built)
    told = (TEMPLATES / "README.md").read_text(encoding="utf-8")
    for path in built:
        assert (TEMPLATES / path.name).stat().st_size < LARGEST
        assert told.count(f"[{path.name}]({path.name})") == 1


@pytest.mark.skipif(not VALIDATOR, reason="OOXML_VALIDATOR does not name the Open XML SDK's validator, see .ci/run")
@pytest.mark.parametrize("name", ["restock.zh.xlsx", "restock-365.en.xlsx", "restock-demo.en.xlsx"])
def test_the_open_xml_sdk_finds_nothing(name: str) -> None:
    """The validator of the Open XML SDK finds no error in an empty, a native and a recomputed book."""
    assert sdk_errors(TEMPLATES / name) == {}


def test_languages_compute_the_same() -> None:
    """Every row of numbers and dates of the English demo book stands on the same sheet of the Chinese one."""
    english, chinese = (_numbers(TEMPLATES / f"restock-demo.{language}.xlsx") for language in ("en", "zh"))
    assert len(english) > 1_000
    assert english == chinese


def _numbers(path: Path) -> list[tuple[int, str]]:
    """Every row of a book by the position of its sheet: its numbers and dates with their columns.

    Without the row's position, for suppliers have other names in Chinese, and orders stand by supplier.
    """
    calamine = pytest.importorskip("python_calamine", reason="python-calamine is not installed")
    book = calamine.CalamineWorkbook.from_path(str(path))
    return sorted(
        (position, str({column: value for column, value in enumerate(line) if not isinstance(value, str)}))
        for position, name in enumerate(book.sheet_names)
        for line in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    )


def _content(path: Path) -> dict[str, Any]:
    """Every cell, table, name and rule of a book."""
    book = openpyxl.load_workbook(path)
    content: dict[str, Any] = {
        "tables": [(table.name, table.sheet, table.ref, table.columns) for table in Book(path).tables()],
        "names": {name: defined.attr_text for name, defined in book.defined_names.items()},
    }
    for sheet in book:
        content[f"{sheet.title}, frame"] = (
            sheet.sheet_state,
            [(rule.type, rule.formula1, str(rule.sqref)) for rule in sheet.data_validations.dataValidation],
        )
        for row in sheet.iter_rows():
            content |= {f"{sheet.title}!{cell.coordinate}": cell.value for cell in row if cell.value is not None}
    return content


def _first_difference(old: dict[str, Any], new: dict[str, Any]) -> str:
    """Where two books differ first, with both values; "" where they are the same but for the last digits."""
    for place in dict.fromkeys((*old, *new)):
        before, after = old.get(place), new.get(place)
        close = isinstance(before, float) and isinstance(after, int | float) and after == pytest.approx(before)
        if before != after and not close:
            return f"{place}: {before!r} is now {after!r}"
    return ""
