"""The committed templates are the ones that this code makes."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from restock_xl.package.book import Book

from .books import parts

TEMPLATES = Path(__file__).parent.parent.parent / "templates"


@pytest.mark.skipif(not (TEMPLATES / "build.py").exists(), reason="templates/ is not part of this installation")
def test_templates_are_current(tmp_path: Path) -> None:
    """Rebuilding a template gives the committed file: byte for byte, or, with another XlsxWriter, cell for cell."""
    for path in runpy.run_path(str(TEMPLATES / "build.py"))["build"](tmp_path):
        committed = TEMPLATES / path.name
        if parts(path) != parts(committed):
            assert _content(path) == _content(committed), f"{path.name} is stale: python templates/build.py"


def _content(path: Path) -> dict[str, Any]:
    """Every cell, table, name and rule of a book."""
    book = openpyxl.load_workbook(path)
    content: dict[str, Any] = {
        "tables": [(table.name, table.sheet, table.ref, table.columns) for table in Book(path).tables()],
        "names": {name: defined.attr_text for name, defined in book.defined_names.items()},
    }
    for sheet in book:
        rules = [(rule.type, rule.formula1, str(rule.sqref)) for rule in sheet.data_validations.dataValidation]
        content[sheet.title] = ([list(row) for row in sheet.values], sheet.sheet_state, rules)
    return content
