"""`restock tidy` folds Sales and moves old months to a file beside the book; no unit is lost."""

from __future__ import annotations

import datetime as dt
import random
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from restock.errors import WorkbookError
from restock.tidy import same_units
from restock_xl.archive.tidy import tidy_book
from restock_xl.package.book import Book

from .books import NOW, TODAY, make, parts, press
from .mistakes import DATA, cells_of, filtered, typed

pytest.importorskip("pyarrow", reason="older sales need pyarrow, of the extra archive")


def _sales(count: int) -> list[dict[str, Any]]:
    chosen = random.Random(7)
    return [
        {
            "date": TODAY - dt.timedelta(days=chosen.randrange(1, 900)),
            "sku": f"SKU-{chosen.randrange(1, 13):02}",
            "warehouse": chosen.choice(["US", "DE", "us "]),
            "qty": chosen.choice([1, 2, 1, -1, 2.5]),
            "in_stock": chosen.choice([None, None, None, False]),
        }
        for _ in range(count)
    ]


@pytest.fixture(scope="module")
def untidy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pressed book with 1,500 order lines of two and a half years, two of which cannot be read."""
    path = make(tmp_path_factory.mktemp("tidy") / "book.xlsx", "en", {**DATA, "Sales": _sales(1500)})
    typed(path, "Sales", {"A10": "yesterday", "D20": "many"})
    press(path)
    return path


@pytest.fixture
def book(untidy: Path, tmp_path: Path) -> Path:
    """A copy of its own for each test."""
    return Path(shutil.copy(untidy, tmp_path / "book.xlsx"))


def test_nothing_is_lost(book: Path) -> None:
    """A press after tidying reads the same units by SKU, warehouse and month, and plans the same orders."""
    before = press(book).plan
    report = tidy_book(book, TODAY, NOW)
    after = press(book).plan
    assert same_units(before.tables.sales, after.tables.sales)
    assert before.view[["sku", "order_units", "daily"]].equals(after.view[["sku", "order_units", "daily"]])
    assert after.tables.settings.sales_archive == "book.sales-to-2025-05.parquet"
    assert report.archive is not None
    assert report.archive.exists()
    assert report.lines[0].endswith("one per day, SKU and warehouse. No unit was lost.")
    assert "2 rows that cannot be read stay as they are, below the others." in report.lines


def test_recent_orders_stay_apart(tmp_path: Path) -> None:
    """Rows with an order number that a later export may hold again keep it; older ones are folded; no unit is lost."""
    orders = [
        {"date": TODAY - dt.timedelta(days=days), "sku": "SKU-01", "warehouse": "US", "qty": 2, "order": f"NO-{number}"}
        for days in (5, 200)
        for number in (f"{days}-1", f"{days}-2")
    ]  # fmt: skip
    path = make(tmp_path / "book.xlsx", "en", {**DATA, "Sales": orders})
    before = press(path).plan
    report = tidy_book(path, TODAY, NOW)
    assert any("2 rows of the last 92 days with an order number stay apart" in line for line in report.lines)
    assert same_units(before.tables.sales, press(path).plan.tables.sales)
    kept = [cells_of(path, "Sales").value(f"F{row}") for row in range(4, 9)]
    assert [number for number in kept if number] == ["NO-5-1", "NO-5-2"]


def test_only_sales_and_settings_change(book: Path) -> None:
    """Every other part stays as it is, the old book is kept, and unreadable rows stand below the others."""
    before = parts(book)
    report = tidy_book(book, TODAY, NOW)
    assert report.backup is not None
    assert parts(report.backup) == before
    changed = {name for name, data in parts(book).items() if before.get(name) != data}
    sales = next(ref for ref in Book(book).tables() if ref.name == "Sales")
    assert changed == {Book(book).part_of_sheet("Sales"), Book(book).part_of_sheet("Settings"), sales.part}
    cells = cells_of(book, "Sales")
    last = max(row for row, values in cells.rows.items() if values)
    assert "yesterday" in (cells.value(f"A{last}"), cells.value(f"A{last - 1}"))


def test_a_second_time_there_is_nothing_to_do(book: Path) -> None:
    """What is tidy stays as it is; half a year later further months are moved, the earlier ones with them."""
    tidy_book(book, TODAY, NOW)
    before = book.read_bytes()
    assert not tidy_book(book, TODAY, NOW).written
    assert book.read_bytes() == before
    later = TODAY + dt.timedelta(days=180)
    report = tidy_book(book, later, NOW)
    assert report.archive is not None
    assert report.archive.name == "book.sales-to-2025-11.parquet"
    units = press(book).plan.tables.sales["qty"].sum()
    assert units == pytest.approx(sum(row["qty"] for row in _sales(1500)) - _unreadable(), abs=1e-9)


def _unreadable() -> float:
    rows = _sales(1500)
    return float(rows[10 - 4]["qty"] + rows[20 - 4]["qty"])


def test_a_dry_run_writes_nothing(book: Path) -> None:
    """It says what would be done."""
    before = book.read_bytes()
    report = tidy_book(book, TODAY, NOW, dry_run=True)
    assert report.lines[-1] == "Nothing was written. Without --dry-run all of this would be done."
    assert book.read_bytes() == before
    assert [entry.name for entry in book.parent.iterdir()] == ["book.xlsx"]


def test_the_file_beside_the_book_is_needed(book: Path) -> None:
    """A press without the file with older sales stops with a sentence, for it would forget months."""
    report = tidy_book(book, TODAY, NOW)
    assert report.archive is not None
    kept = report.archive.read_bytes()
    report.archive.unlink()
    with pytest.raises(WorkbookError, match=r'"book.sales-to-2025-05.parquet", which is not beside the book'):
        press(book)
    report.archive.write_bytes(kept[:100])
    with pytest.raises(WorkbookError, match="cannot be read"):
        press(book)


def test_without_the_library(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pyarrow a sentence says what to install, and nothing is written."""
    before = book.read_bytes()
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(WorkbookError, match=r"restock\[archive\]"):
        tidy_book(book, TODAY, NOW)
    assert book.read_bytes() == before


def test_an_archived_day_pasted_again(book: Path) -> None:
    """A day of a moved month that is pasted again with the same units counts once, and both is said."""
    old = press(book).plan.tables.sales
    first = old["date"].min()
    rows = old[old["date"] == first]
    tidy_book(book, TODAY, NOW)
    row = max(cells_of(book, "Sales").rows) + 1
    for k, (sku, warehouse, units) in enumerate(rows[["sku", "warehouse", "qty"]].itertuples(index=False), start=row):
        typed(book, "Sales", {f"A{k}": first.date(), f"B{k}": sku, f"C{k}": warehouse, f"D{k}": units})
    tables = press(book).plan.tables
    assert tables.sales["qty"].sum() == pytest.approx(old["qty"].sum())
    assert "check.archived_again" in [problem.key for problem in tables.problems]


@pytest.mark.parametrize(
    ("make_untidy", "says"),
    [
        (lambda path: typed(path, "Sales", {"F3": "Order", "F9": "A-17"}), 'the column "Order" is your own'),
        (lambda path: typed(path, "Sales", {"H9": "a note"}), "Sales!H9 stands beside the rows"),
        (lambda path: filtered(path, "Sales", range(6, 9)), "Sales is filtered"),
    ],
    ids=["own column", "a note beside", "filtered"],
)
def test_what_folding_would_lose_is_refused(book: Path, make_untidy: Any, says: str) -> None:
    """Columns and notes of one's own, and a filter, are asked to be moved first; the book is as it was."""
    make_untidy(book)
    before = book.read_bytes()
    with pytest.raises(WorkbookError, match=says):
        tidy_book(book, TODAY, NOW)
    assert book.read_bytes() == before
    assert [entry.name for entry in book.parent.iterdir()] == ["book.xlsx"]


def test_a_loss_is_found_before_anything_is_written(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were a row lost on writing, the proof fails, the book stays as it was and no file is left beside it."""
    import restock_xl.archive.tidy as module

    real = module.with_sales
    monkeypatch.setattr(module, "with_sales", lambda *given: real(*given[:3], given[3].iloc[1:], *given[4:]))
    before = book.read_bytes()
    with pytest.raises(WorkbookError, match="would not be the same"):
        tidy_book(book, TODAY, NOW)
    assert book.read_bytes() == before
    assert [entry.name for entry in book.parent.iterdir()] == ["book.xlsx"]
