"""restock simulate: invented goods, a book of one's own, a table and a chart."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest

from restock_xl.sheets.new_book import new_book

from .test_bad_input import run

TODAY = dt.date(2026, 11, 23)


def own_book(path: Path, days: int, language: str = "en") -> bytes:
    """A book with two SKUs that sold 3 a day; returns its bytes."""
    sales = [
        {"date": TODAY - dt.timedelta(back), "sku": sku, "warehouse": "Main", "qty": 2 + back % 3}
        for back in range(1, days + 1)
        for sku in ("MUG", "LAMP")
    ]
    stock = [{"sku": sku, "warehouse": "Main", "on_hand": 40} for sku in ("MUG", "LAMP")]
    catalog = [{"sku": sku, "price": 10, "cost": 4} for sku in ("MUG", "LAMP")]
    new_book(path, language, {"Sales": sales, "Stock": stock, "Catalog": catalog})
    return path.read_bytes()


def test_invented_goods_with_table_and_chart(tmp_path: Path) -> None:
    """Without a book every rule is printed, and --out writes them with a chart to a new file."""
    done = run("simulate", "--skus", "4", "--days", "30", "--out", "year.xlsx", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    for rule in ("Order below 7 days", "Order below 15 days", "Textbook safety stock", "restock, with transfers"):
        assert rule in done.stdout
    assert "4 SKUs in 3 warehouses, 30 days" in done.stdout
    with zipfile.ZipFile(tmp_path / "year.xlsx") as package:
        chart = package.read("xl/charts/chart1.xml").decode()
    assert "scatterChart" in chart
    assert chart.count("<c:ser>") == 6


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    """--out never overwrites, and says so before the long run."""
    (tmp_path / "year.xlsx").write_bytes(b"mine")
    done = run("simulate", "--out", "year.xlsx", folder=tmp_path)
    assert done.returncode == 2
    assert "is there already and is left as it is" in done.stderr
    assert (tmp_path / "year.xlsx").read_bytes() == b"mine"


@pytest.mark.parametrize("seeds", ["x", "3-1", ""])
def test_seeds_that_are_none(seeds: str, tmp_path: Path) -> None:
    """Seeds that name nothing are refused with an example."""
    done = run("simulate", "--seeds", seeds, folder=tmp_path)
    assert done.returncode == 2
    assert "1-3" in done.stderr


@pytest.mark.parametrize(
    ("language", "answer"), [("en", "Had you followed restock from"), ("zh", "按 restock 补货，可满足")]
)
def test_a_book_of_ones_own(language: str, answer: str, tmp_path: Path) -> None:
    """A book is answered in its language and stays as it was."""
    before = own_book(tmp_path / "book.xlsx", 190, language)
    done = run("simulate", "book.xlsx", "--today", str(TODAY), "--out", "year.xlsx", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert answer in done.stdout
    assert (tmp_path / "book.xlsx").read_bytes() == before
    assert {entry.name for entry in tmp_path.iterdir()} == {"book.xlsx", "year.xlsx"}


def test_too_short_a_history(tmp_path: Path) -> None:
    """With sales of 50 days the book's owner is told how many are needed."""
    own_book(tmp_path / "book.xlsx", 50)
    done = run("simulate", "book.xlsx", "--today", str(TODAY), folder=tmp_path)
    assert done.returncode == 2
    assert "Sales go back 50 days" in done.stderr
    assert "180" in done.stderr
