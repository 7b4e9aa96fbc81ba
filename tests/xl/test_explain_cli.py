"""`restock explain`: the steps of one pair on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from .books import LAMP, make
from .test_bad_input import run


@pytest.fixture(scope="module")
def lamp(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("explain") / "lamp.xlsx", data=LAMP)


def explained(book: Path, *arguments: str) -> str:
    """What the command prints."""
    done = run("explain", book.name, *arguments, "--today", "2026-11-23", folder=book.parent)
    assert done.returncode == 0, done.stderr
    return done.stdout


def refused(book: Path, *arguments: str) -> str:
    """The sentence with which it ends."""
    done = run("explain", book.name, *arguments, "--today", "2026-11-23", folder=book.parent)
    assert (done.returncode, done.stdout) == (2, "")
    return done.stderr


def test_the_arithmetic_is_printed(lamp: Path) -> None:
    """Stock, days left between two days, tier, dates and order stand there with how they come about."""
    text = explained(lamp, "LAMP-03", "US-LA")
    for line in (
        "LAMP-03, US-LA",
        "  Available: 280 units   280 on hand − 0 sold, not yet shipped + (0) since the count = 280.",
        "  Need through day 15: 375 units   20 a day × 15 days + 75 in shows = 375.",
        "  Days left, exact: 10.25 days   7 + (15 − 7) × (280 − 215) ÷ (375 − 215).",
        "  Days left: 10.2 days   The same, rounded down to one decimal.",
        "  From order to sellable: 45 days   12 production + 30 on the road + 3 check-in = 45.",
        "  Minimum order: 1 unit   From Catalog, over all warehouses together.",
    ):
        assert line in text.splitlines()
    assert "On the road: 30 days   From Routes (sea), else by sea from Settings." in text


def test_the_book_is_left_as_it_is(lamp: Path) -> None:
    """Explaining reads only: the file stays, and nothing is written beside it."""
    before = lamp.read_bytes()
    explained(lamp, "MUG-11", "DE-HAM")
    assert lamp.read_bytes() == before
    assert [entry.name for entry in lamp.parent.iterdir()] == [lamp.name]


def test_names_are_folded(lamp: Path) -> None:
    """Case, width and spaces do not matter, and one warehouse need not be named."""
    assert explained(lamp, " ｌamp-03 ", "us-la") == explained(lamp, "LAMP-03")


def test_an_unknown_sku_lists_close_ones(lamp: Path) -> None:
    """A slip of the keyboard is answered with the SKUs that come closest, the closest first."""
    assert refused(lamp, "LAMP-30") == '"LAMP-30" is not a SKU of this book. Type one of: LAMP-03, MUG-11.\n'


def test_an_unknown_warehouse_lists_those_that_hold_it(lamp: Path) -> None:
    """A warehouse without the SKU is answered with those that have it."""
    assert refused(lamp, "MUG-11", "DE-HAN") == (
        '"DE-HAN" is not a warehouse that holds MUG-11. Type one of: DE-HAM, US-LA.\n'
    )


def test_several_warehouses_are_asked(lamp: Path) -> None:
    """Without a warehouse a SKU that lies in several is not guessed."""
    assert "MUG-11 lies in several warehouses. Type one of them after it: DE-HAM, US-LA." in refused(lamp, "MUG-11")


def test_a_chinese_book_is_explained_in_chinese(tmp_path: Path) -> None:
    """The language is the book's."""
    text = explained(make(tmp_path / "zh.xlsx", "zh", LAMP), "LAMP-03")
    assert "  可售库存：280件   实物280 − 已占用0 + 盘点后（0） = 280。" in text.splitlines()
    assert "取自线路表（海运）" in text
