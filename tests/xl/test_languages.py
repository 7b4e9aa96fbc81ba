"""A Chinese book and an English one: the same data give the same numbers, and a Chinese book holds no English."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest

from restock.schema.columns import Column, Kind
from restock.schema.inputs import INPUT_TABLES
from restock.schema.outputs import OUTPUT_TABLES, STOCK_COMPUTED
from restock.schema.words import key_of
from restock_xl.demo.build import spoken
from restock_xl.package.read import BookContents, read_book
from restock_xl.sheets.layout import PREMADE_ROWS, TABS

from .books import LAMP, make, press

LATIN = re.compile("[A-Za-z]{2,}")
KNOWN = re.compile(
    r"SKU|FBA|TikTok|Shopee|restock \w+|WPS|Excel|LibreOffice|Asia/Shanghai|US|DE|JP|PO-|TR-|Microsoft|[0-9a-f]{12}"
)
"""Names of programs, platforms, codes and commands, and the fingerprint of the data."""


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, BookContents]:
    """A pressed book of the same data in each language, by language."""
    folder = tmp_path_factory.mktemp("languages")
    data = {**LAMP, "Settings": [{"key": "currency", "value": "USD"}]}
    with pytest.MonkeyPatch.context() as patch:
        for key in PREMADE_ROWS:
            patch.setitem(PREMADE_ROWS, key, 8)
        paths = {language: make(folder / f"{language}.xlsx", language, data) for language in ("en", "zh")}
    for path in paths.values():
        press(path)
    return {language: read_book(path) for language, path in paths.items()}


def columns(contents: BookContents, table: str, specs: tuple[Column, ...]) -> dict[str, list[Any]]:
    """What a table shows, by our name of the column."""
    found = contents.table_cells(table)
    assert found is not None, table
    headers = {column.header(language): column.name for language in ("en", "zh") for column in specs}
    return {headers[header]: [row[header] for row in found.rows] for header in found.headers if header in headers}


@pytest.mark.parametrize("table", [*OUTPUT_TABLES, "Stock"])
def test_both_languages_compute_the_same(books: dict[str, BookContents], table: str) -> None:
    """Every number and date is the same, every word of a list the other's word, and texts stand in the same cells."""
    if all(contents.table_cells(table) is None for contents in books.values()):
        pytest.skip("no such table in a book of these data")
    stock = (*INPUT_TABLES["Stock"].columns, *STOCK_COMPUTED)
    specs = stock if table == "Stock" else OUTPUT_TABLES[table].columns
    english, chinese = (columns(books[language], table, specs) for language in ("en", "zh"))
    assert english.keys() == chinese.keys() == {column.name for column in specs}
    for column in specs:
        pairs = list(zip(english[column.name], chinese[column.name], strict=True))
        assert [pair for pair in pairs if not same(*pair, column)] == [], column.name


def same(english: Any, chinese: Any, column: Column) -> bool:
    """Whether two cells say the same in their languages."""
    if isinstance(english, float) and isinstance(chinese, float):
        return math.isclose(english, chinese, rel_tol=1e-12)
    if not (isinstance(english, str) and isinstance(chinese, str)) or column.name == "fingerprint":
        return english == chinese or column.name == "fingerprint"
    choices = {"tier": "tier"}.get(column.name, column.choices if column.kind is Kind.CHOICE else "")
    if choices and english:
        return key_of(choices, english) == key_of(choices, chinese) is not None
    return bool(english) == bool(chinese)


@pytest.mark.parametrize("key", ["Today", "Explain"])
def test_sheets_of_text_show_the_same_numbers(books: dict[str, BookContents], key: str) -> None:
    """On Today and Explain the numbers are the same, in the same cells."""
    shown = []
    for contents in books.values():
        rows = contents.cells(contents.book.owned()[key]).rows
        shown.append({(row, column): value for row, cells in rows.items() for column, value in cells.items()
                      if isinstance(value, float)})  # fmt: skip
    assert shown[0] == pytest.approx(shown[1])
    assert shown[0]


def test_a_chinese_book_holds_no_english(books: dict[str, BookContents]) -> None:
    """Cells and messages on typing are Chinese, but for what was typed, names, codes and commands."""
    contents = books["zh"]
    typed = {value for rows in LAMP.values() for row in rows for value in row.values() if isinstance(value, str)}
    mine = re.compile("|".join(map(re.escape, sorted(typed, key=len, reverse=True))))
    left = {}
    for tab in TABS:
        if tab.key in ("Functions", "History"):  # names of arguments, and keys that only we read
            continue
        for row, cells in contents.cells(tab.zh).rows.items():
            for column, value in cells.items():
                if isinstance(value, str) and LATIN.search(KNOWN.sub("", mine.sub("", value))):
                    left[tab.zh, row, column] = value
        data = contents.book.archive.read(contents.book.part_of_sheet(tab.zh)).decode()
        for said in re.findall(r'(?:prompt|promptTitle|error|errorTitle)="([^"]*)"', data):
            if LATIN.search(KNOWN.sub("", said)):
                left[tab.zh, 0, 0] = said
    assert left == {}


def test_the_demo_speaks_the_language_of_its_book() -> None:
    """Words of lists and invented names of the demo are said in the language of the book; codes stay."""
    rows = {"Routes": [{"from": "Huamei (invented)", "to": "UK", "mode": "sea"}], "Sales": [{"sku": "SEA"}]}
    said = {"Routes": [{"from": "华美（虚构）", "to": "UK", "mode": "海运"}], "Sales": [{"sku": "SEA"}]}
    assert spoken(rows, "zh") == said
    assert spoken(rows, "en") == rows


def test_tabs_are_called_otherwise_in_each_language() -> None:
    """No tab of a new book has a name that one has in the other language."""
    assert {tab.en for tab in TABS}.isdisjoint({tab.zh for tab in TABS})
