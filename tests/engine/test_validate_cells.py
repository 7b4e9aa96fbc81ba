"""Reading single cells: numbers, dates, texts, and what is said to type instead (§4, §9)."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import restock.schema
from restock.schema.cell import is_blank, read_choice, read_flag, read_text
from restock.schema.columns import Column, Kind
from restock.schema.date_cell import read_date
from restock.schema.number_cell import number_readings, read_number
from restock.schema.raw import CellError
from restock.text.problems import SENTENCES

from .raw_books import serial

PLAIN = Column("x", "X", "X", Kind.NUMBER)
COUNT = Column("x", "X", "X", Kind.NUMBER, "units", minimum=0)
CARTON = Column("x", "X", "X", Kind.NUMBER, "units", minimum=1, whole=True)
SHARE = Column("x", "X", "X", Kind.NUMBER, "share", minimum=0, maximum=1)


@pytest.mark.parametrize(
    ("content", "column", "value"),
    [
        pytest.param(1.5, PLAIN, 1.5, id="number"),
        pytest.param("12", PLAIN, 12.0, id="digits-as-text"),
        pytest.param(" 12 ", PLAIN, 12.0, id="digits-with-spaces"),
        pytest.param(-4.0, PLAIN, -4.0, id="oversold"),
        pytest.param(0.03, SHARE, 0.03, id="share"),
        pytest.param(1.0, SHARE, 1.0, id="whole-share"),
        pytest.param(12.0, CARTON, 12.0, id="whole"),
        pytest.param("", PLAIN, None, id="empty-text"),
        pytest.param("  ", PLAIN, None, id="spaces"),
        pytest.param(None, PLAIN, None, id="blank"),
    ],
)
def test_usable_numbers(content: Any, column: Column, value: float | None) -> None:
    """Numbers and text of digits are read, blanks are blank (§4)."""
    reading = read_number(content, column)
    assert (reading.value, reading.fault) == (value, "")


@pytest.mark.parametrize(
    ("content", "column", "fault", "params"),
    [
        pytest.param("1,5", PLAIN, "number_one", {"type": "1.5"}, id="decimal-comma"),
        pytest.param("1.50", PLAIN, "number_one", {"type": "1.5"}, id="point-in-text"),
        pytest.param("1,500", PLAIN, "number_two", {"type": "1500", "or": "1.5"}, id="ambiguous-comma"),
        pytest.param("1.500", PLAIN, "number_two", {"type": "1500", "or": "1.5"}, id="ambiguous-point"),
        pytest.param("0,500", PLAIN, "number_one", {"type": "0.5"}, id="leading-zero-is-decimal"),
        pytest.param("1,500", CARTON, "number_one", {"type": "1500"}, id="whole-column-settles-it"),
        pytest.param("12 pcs", PLAIN, "number_one", {"type": "12"}, id="unit"),
        pytest.param("12件", PLAIN, "number_one", {"type": "12"}, id="chinese-unit"),
        pytest.param("１２", PLAIN, "number_one", {"type": "12"}, id="full-width"),
        pytest.param("¥1,234.50", PLAIN, "number_one", {"type": "1234.5"}, id="currency"),
        pytest.param("-3", PLAIN, "number_one", {"type": "-3"}, id="minus-in-text"),
        pytest.param("2万", PLAIN, "not_number", {}, id="ten-thousands"),
        pytest.param("12-15", PLAIN, "not_number", {}, id="range"),
        pytest.param("abc", PLAIN, "not_number", {}, id="word"),
        pytest.param(True, PLAIN, "not_number", {}, id="truth"),
        pytest.param(float("inf"), PLAIN, "not_number", {}, id="infinity"),
        pytest.param(CellError("#N/A"), PLAIN, "error_cell", {}, id="error"),
        pytest.param(-1.0, COUNT, "too_low", {"low": "0"}, id="negative"),
        pytest.param(2.5, CARTON, "not_whole", {"low": "2", "high": "3"}, id="not-whole"),
        pytest.param(0.5, CARTON, "too_low", {"low": "1"}, id="below-one"),
        pytest.param(3.0, SHARE, "percent", {"percent": "3%", "share": "0.03"}, id="three-for-3%"),
        pytest.param(97.5, SHARE, "percent", {"percent": "97.5%", "share": "0.975"}, id="97.5-for-97.5%"),
        pytest.param(300.0, SHARE, "out_of_range", {"low": "0", "high": "1"}, id="no-share-at-all"),
    ],
)
def test_unusable_numbers(content: Any, column: Column, fault: str, params: dict[str, str]) -> None:
    """A number that is not plainly one is never guessed: the sentence names every reading (§4, §9)."""
    reading = read_number(content, column)
    assert (reading.value, reading.fault, dict(reading.params)) == (None, f"problem.{fault}", params)


@given(st.integers(0, 10**6), st.sampled_from(["", " pcs", "件", " units"]))
def test_a_suggested_whole_number_is_what_was_typed(number: int, unit: str) -> None:
    """Digits with a unit suggest these digits, and nothing else."""
    assert number_readings(f"{number}{unit}") == [str(number)]


@given(st.text(max_size=20))
def test_any_text_can_be_read_as_number_or_date(text: str) -> None:
    """No text makes the readers raise; each suggestion is itself readable."""
    for suggestion in number_readings(text):
        assert float(suggestion) == float(suggestion)
    reading = read_date(text)
    if "type" in reading.params:
        assert read_date(reading.params["type"]).value is not None


@pytest.mark.parametrize(
    "content",
    ["2026-11-23", "2026/11/23", "2026.11.23", "2026年11月23日", "2026-11-23 10:05", "2026-11-23T10:05:30Z",
     "2026-11-23 10:05:00 -0800", "２０２６-11-23", 46349.0, 46349.75, "46349"],
)  # fmt: skip
def test_dates_that_can_only_be_one_day(content: Any) -> None:
    """Date cells and year-month-day text, with or without a time, are that day at midnight."""
    assert read_date(content).value == dt.datetime(2026, 11, 23)


@pytest.mark.parametrize(
    ("content", "fault", "params"),
    [
        pytest.param("11/12/2026", "date_two", {"type": "2026-12-11", "or": "2026-11-12"}, id="two-days"),
        pytest.param("23.11.2026", "date_one", {"type": "2026-11-23"}, id="day-first"),
        pytest.param("11-23-2026", "date_one", {"type": "2026-11-23"}, id="month-first"),
        pytest.param("11/11/2026", "date_one", {"type": "2026-11-11"}, id="same-either-way"),
        pytest.param("Nov 23, 2026", "date_one", {"type": "2026-11-23"}, id="month-name"),
        pytest.param("23-Nov-2026", "date_one", {"type": "2026-11-23"}, id="day-month-name"),
        pytest.param("23/11/26", "not_date", {}, id="short-year"),
        pytest.param("11/12", "not_date", {}, id="no-year"),
        pytest.param("2026-02-30", "not_date", {}, id="no-such-day"),
        pytest.param(20261123.0, "date_one", {"type": "2026-11-23"}, id="digits"),
        pytest.param("20261123", "date_one", {"type": "2026-11-23"}, id="digits-as-text"),
        pytest.param(36525.0, "not_date", {}, id="before-2000"),
        pytest.param(73051.0, "not_date", {}, id="after-2099"),
        pytest.param("2062", "not_date", {}, id="year-alone"),
        pytest.param(True, "not_date", {}, id="truth"),
        pytest.param(CellError("#VALUE!"), "error_cell", {}, id="error"),
    ],
)
def test_other_dates_are_never_guessed(content: Any, fault: str, params: dict[str, str]) -> None:
    """A text date of unknown order names every day that it may be (§4)."""
    reading = read_date(content)
    assert (reading.value, reading.fault, dict(reading.params)) == (None, f"problem.{fault}", params)


@pytest.mark.parametrize("content", [serial("2026-11-26 18:00"), "2026-11-26 18:00", "2026年11月26日 18:00"])
def test_times_keep_their_time_of_day(content: Any) -> None:
    """A date and time is read to the second."""
    assert read_date(content, with_time=True).value == dt.datetime(2026, 11, 26, 18)


def test_a_time_with_a_zone_of_its_own_is_asked_about() -> None:
    """The zone has a column: one typed with the time is not silently dropped."""
    assert read_date("2026-11-26T18:00Z", with_time=True).fault == "problem.time_zone_typed"


@pytest.mark.parametrize(
    ("content", "value", "fault"),
    [
        pytest.param(" A-001 ", "A-001", "", id="trimmed"),
        pytest.param("00123", "00123", "", id="leading-zeros"),
        pytest.param(123.0, "123", "", id="number"),
        pytest.param(6901234567890.0, "6901234567890", "", id="barcode"),
        pytest.param(5.77e17, None, "problem.shortened", id="shortened"),
        pytest.param(True, None, "problem.not_text", id="truth"),
        pytest.param(CellError("#N/A"), None, "problem.error_cell", id="error"),
    ],
)
def test_texts(content: Any, value: str | None, fault: str) -> None:
    """Numbers in text columns are shown as Excel shows them; those that Excel shortened are a problem."""
    reading = read_text(content)
    assert (reading.value, reading.fault) == (value, fault)


@pytest.mark.parametrize(
    ("content", "value"),
    [("Y", True), ("否", False), (True, True), (0.0, False), ("√", True), ("perhaps", None), (None, None)],
)
def test_flags(content: Any, value: bool | None) -> None:
    """Yes and no are understood in both languages, as words, truth values and digits."""
    assert read_flag(content).value is value


def test_unknown_words_name_their_list() -> None:
    """A word that is not in a list leads to the list."""
    assert read_choice("boat", "mode").params == {"choices": "mode"}
    assert is_blank(read_choice("", "mode").value)


def used_keys() -> set[str]:
    """Every sentence key that stands in the code of the check, and where places are named."""
    folder = Path(str(restock.schema.__file__)).parent
    ledger = (folder.parent / "ledger").glob("*.py")
    files = [*folder.glob("*.py"), *ledger, folder.parent / "text" / "places.py"]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    return set(re.findall(r'"(problem\.[a-z_]+)"', text))


def test_every_key_in_the_code_has_a_sentence_and_every_sentence_a_use() -> None:
    """Keys and sentences match; joined keys are those of the place, the meanwhile and Sales names."""
    made = {
        key for key in SENTENCES if key.startswith(("problem.until_", "problem.where_", "problem.sales_"))
    }
    assert used_keys() - set(SENTENCES) == set()
    assert set(SENTENCES) - used_keys() - made == set()


@pytest.mark.parametrize("key", list(SENTENCES))
def test_every_sentence_formats_in_both_languages(key: str) -> None:
    """Both languages use the same numbers and end as sentences do."""
    fields = [
        {name.split("!")[0] for _, name, _, _ in Formatter().parse(text) if name}
        for text in SENTENCES[key]
    ]
    assert fields[0] - {"cell"} == fields[1] - {"cell"}
    english, chinese = SENTENCES[key]
    assert english.isascii()
    assert any("\u4e00" <= character <= "\u9fff" or character in "（{" for character in chinese)
