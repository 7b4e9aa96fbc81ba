"""The committed pages are the ones that the catalogue, the tables and the commands make."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from restock import CATALOGUE
from restock.schema.inputs import INPUT_TABLES
from restock.schema.outputs import OUTPUT_TABLES
from restock.schema.settings import SETTINGS_LIST
from restock_xl.pages.commands_page import commands_page
from restock_xl.pages.settings_page import settings_page
from restock_xl.pages.tables_page import tables_page
from restock_xl.pages.values import UNITS
from restock_xl.sheets.layout import TABS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


@pytest.mark.skipif(not (DOCS / "build.py").exists(), reason="docs/ is not part of this installation")
def test_pages_are_current(tmp_path: Path) -> None:
    """Rebuilding a page gives the committed file."""
    for path in runpy.run_path(str(DOCS / "build.py"))["build"](tmp_path):
        committed = (DOCS / path.name).read_text(encoding="utf-8")
        assert path.read_text(encoding="utf-8") == committed, f"{path.name} is stale: python docs/build.py"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_table_column_and_setting_is_told(language: str) -> None:
    """The page on tables has a section for each table and a row for each column and sheet; settings have theirs."""
    page = tables_page(language)
    for table in (*INPUT_TABLES.values(), *OUTPUT_TABLES.values()):
        section = page.split(f"(`{table.name}`)\n")[1].split("\n### ")[0]
        for column in table.columns:
            assert f"\n| {column.header(language)} |" in section, f"{table.name}: {column.name}"
    assert all(f"\n| {tab.name(language)} |" in page for tab in TABS)
    for setting in SETTINGS_LIST:
        row = re.search(rf"^\| {re.escape(setting.label(language))} \|.*$", settings_page(language), re.MULTILINE)
        assert row, setting.key
        assert not row[0].endswith("|  |"), f"{setting.key} does not say what it means"


def test_every_unit_has_a_chinese_word() -> None:
    """The Chinese page names every unit in Chinese."""
    columns = [column for table in (*INPUT_TABLES.values(), *OUTPUT_TABLES.values()) for column in table.columns]
    assert {one.unit for one in (*columns, *SETTINGS_LIST) if one.unit} <= set(UNITS)


def test_every_command_and_option_is_told() -> None:
    """The page on commands says what each command, argument and option means."""
    page = commands_page()
    assert page.count("\n## ") >= 14
    assert "`restock read-back BOOK FILE [options]`" in page
    assert "| `--dates` … | dmy (day first) or mdy, where a file does not tell. |  |" in page
    assert not re.search(r"^\| `[^|]*\|  \|", page, re.MULTILINE), "an option without help"


@pytest.mark.skipif(not (ROOT / "README.md").exists(), reason="README.md is not part of this installation")
def test_readme_counts_the_functions_and_says_which_file() -> None:
    """README names the number of functions, those that answer in Python only, and a file for five kinds of people."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    functions = text.split("## Functions for cells of your own")[1].split("\n## ")[0]
    assert f"All {len(CATALOGUE)} are listed" in functions
    assert f"共 {len(CATALOGUE)} 个函数" in (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
    only = [name for name, function in CATALOGUE.items() if function.formula is None]
    assert " and ".join(only) + ", answer in Python only" in functions
    assert len(re.findall(r"^\|", functions, re.MULTILINE)) == 2 + 5
