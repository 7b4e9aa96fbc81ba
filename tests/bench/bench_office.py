"""A book of 5,000 stock rows and 1,000,000 sales rows, and the demo, opened in LibreOffice with every formula computed.

Run: python -m tests.bench.bench_office [rounds]

The book is pressed first; then the values that its formulas on Stock show are overwritten in the file, so that what
LibreOffice shows is its own; it is compared with ours afterwards. Opening ends when Stock is written as text.
"""

from __future__ import annotations

import csv
import re
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench import bench_recompute
from tests.bench.office import convert, profile_that_computes, sheet_as_csv
from tests.bench.process import DidNotFinish, Used, in_turn, restock
from tests.bench.rows import Row, print_rows, process_row

MINUTES = 2
SKUS, WAREHOUSES, DAYS = 1000, ("US-LA", "DE-HAM", "JP-OSA", "UK-LON", "SG"), 200
HEADER_ROW = 3
_SHEET = re.compile(r'<sheet [^>]*?name="([^"]+)"')
_STORED = re.compile(rb"(<c [^>]*><f[^>]*?(?:/>|>[^<]*</f>)<v>)[^<]*(</v>)")


def place_of(book: Path, sheet: str) -> int:
    """The place (from 1) of a sheet among all, hidden ones too."""
    with zipfile.ZipFile(book) as parts:
        names = _SHEET.findall(parts.read("xl/workbook.xml").decode())
    return names.index(sheet) + 1


def overwritten(book: Path, out: Path, sheet: str = "Stock") -> int:
    """Copy a book of ours with a 0 in the place of what its formulas on a sheet show; returns how many these are."""
    part, count = f"xl/worksheets/sheet{place_of(book, sheet)}.xml", 0
    with zipfile.ZipFile(book) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        for name in parts.namelist():
            data = parts.read(name)
            if name == part:
                data, count = _STORED.subn(rb"\g<1>0\g<2>", data)
            made.writestr(name, data)
    return count


def differing(book: Path, text: Path) -> tuple[int, int]:
    """How many tiers and days left on Stock LibreOffice shows otherwise than the book, and how many there are."""
    from python_calamine import CalamineWorkbook

    ours = CalamineWorkbook.from_path(str(book)).get_sheet_by_name("Stock").to_python(skip_empty_area=False)
    with text.open(encoding="utf-8", newline="") as stream:
        theirs = list(csv.reader(stream))
    titles = ours[HEADER_ROW - 1]
    places = [titles.index(title) for title in ("Days left", "Tier")]
    pairs = [
        (row[place], theirs[number][place])
        for number, row in enumerate(ours)
        for place in places
        if number >= HEADER_ROW and row[0]
    ]
    return sum(not _same(own, other) for own, other in pairs), len(pairs)


def _same(own: object, other: str) -> bool:
    """Whether a text shows a value; numbers to the digit that is shown."""
    if isinstance(own, float):
        return bool(other) and abs(own - float(other)) < 0.0501
    return str(own) == other


@contextmanager
def pressed(quick: bool) -> Iterator[tuple[Path, int, int, Used]]:
    """A folder with pressed.xlsx and blank.xlsx, how many rows of stock and sales, and what the press took."""
    skus, days = (20, 10) if quick else (SKUS, DAYS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sales = bench_recompute.built(folder / "pressed.xlsx", skus, WAREHOUSES, days)
        press = bench_recompute.press(folder / "pressed.xlsx")
        restock("new", folder / "blank.xlsx")
        yield folder, skus * len(WAREHOUSES), sales, press


def rows(quick: bool = False, rounds: int = 1) -> list[Row]:
    """LibreOffice opening the large book and the demo, beside an empty book and our press.

    Raises:
        DidNotFinish: LibreOffice shows another tier than the book, or did not compute.
    """
    with pressed(quick) as (folder, stock, sales, press):
        large, stale, demo = (folder / f"{name}.xlsx" for name in ("pressed", "stale", "restock-demo"))
        restock("demo", "--out", folder)
        formulas = overwritten(large, stale)
        profile = profile_that_computes(folder, folder / "blank.xlsx")
        form = sheet_as_csv(place_of(large, "Stock"))

        def opened(book: Path) -> Used:
            return convert(profile, book, folder / "shown", form)

        used = in_turn({name: lambda book=folder / f"{name}.xlsx": opened(book) for name in
                        ("blank", "restock-demo", "stale")}, 1 if quick else rounds)  # fmt: skip
        wrong, cells = differing(large, next((folder / "shown").glob("stale*.csv")))
        if wrong or not formulas or not cells:
            raise DidNotFinish(f"LibreOffice shows {wrong} of {cells} cells on Stock otherwise than the book")
        size = (f"{stock:,} rows of stock, {sales:,} sales rows", f"{stock:,} 行库存、{sales:,} 行销售")
        small = (f"{demo.stat().st_size / 1e6:.1f} MB", f"{demo.stat().st_size / 1e6:.1f} MB")
        empty = (("an empty book of ours", "我们的空工作簿"), used.get("blank"))
        ours = (("`restock recompute` of this book", "对同一工作簿 `restock recompute`"), press)
        words = ("LibreOffice opens a large book and computes all of it", "LibreOffice 打开大工作簿并全部重算")
        return [
            process_row(("LibreOffice opens the demo and computes all of it", "LibreOffice 打开演示工作簿并全部重算"),
                        small, used["restock-demo"], [empty]),
            process_row(words, size, used["stale"], [ours, empty]),
            process_row(("`restock recompute` of it", "对它 `restock recompute`"), size, press),
        ]  # fmt: skip


if __name__ == "__main__":
    print_rows(rows(rounds=int(sys.argv[1]) if len(sys.argv) > 1 else 1))
