"""CSV files of a copy: Excel opens their Chinese, and nothing in them can run."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restock.errors import WorkbookError
from restock.schema.copies import RECEIVE
from restock_xl.exports.roles.csv_copy import csv_text, write_csv
from restock_xl.exports.roles.role_sheet import role_sheet
from restock_xl.exports.roles.warehouse import warehouse_copy

from .books import LAMP, TODAY, make
from .role_books import read


@pytest.mark.parametrize(
    "text",
    ["=cmd|'/C calc'!A0", "+1+1", "@SUM(A1)", "-2+3", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠SUM", "  =1",
     "\u00a0=1"],
)  # fmt: skip
def test_risky_texts_are_defused(text: str) -> None:
    """A text that a program may run begins with an apostrophe and is otherwise as it was."""
    assert csv_text(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (-3.0, "-3"), (0.1, "0.1"), (1200, "1200"), (None, ""), (float("nan"), ""), (True, "TRUE"), ("A-1", "A-1"),
        (dt.date(2026, 11, 23), "2026-11-23"), (dt.datetime(2026, 11, 23), "2026-11-23"), ("007", "007"),
        ("库存", "库存"),
    ],
)  # fmt: skip
def test_everything_else_is_as_it_is(value: Any, shown: str) -> None:
    """Numbers stay numbers, a minus too; dates are year-month-day; leading zeros stay."""
    assert csv_text(value) == shown


@given(st.text(max_size=12))
def test_no_text_begins_like_a_formula(text: str) -> None:
    """Whatever the text, no field begins with a sign that starts a formula; nothing of it is lost."""
    field = csv_text(text)
    assert field[:1] not in tuple("=+-@\t\r\n＝＋－＠")
    assert field.removeprefix("'") == text or field == text


def test_a_file_for_each_table(tmp_path: Path) -> None:
    """Both tables of a copy are written, headers first, in UTF-8 with a byte order mark."""
    models = warehouse_copy(read(make(tmp_path / "书.xlsx", "zh", LAMP)), "US-LA", TODAY)
    paths = write_csv(models, tmp_path / "US-LA.csv")
    assert [path.name for path in paths] == ["US-LA-发货.csv", "US-LA-收货.csv"]
    data = paths[1].read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert [(row["单号"], row["件数"], row["预计可售日"]) for row in rows] == [
        ("PO-7", "240", "2026-12-01"), ("PO-8", "96", "2027-01-12"),
    ]  # fmt: skip
    assert paths[0].read_text("utf-8-sig").splitlines()[1:] == []


def test_one_table_keeps_the_name(tmp_path: Path) -> None:
    """A single table is written under the name given; one that cannot be written is a sentence."""
    model = role_sheet(RECEIVE, [{"sku": "=1"}], "en", "", "")
    assert write_csv([model], tmp_path / "a.csv") == [tmp_path / "a.csv"]
    assert "'=1" in (tmp_path / "a.csv").read_text("utf-8-sig")
    with pytest.raises(WorkbookError, match="cannot be written"):
        write_csv([model], tmp_path / "no" / "a.csv")
