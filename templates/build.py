"""Build the books in this folder anew: python templates/build.py"""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

from restock_xl.demo.run import run_demo
from restock_xl.sheets.new_book import new_book

LANGUAGES = ("en", "zh")
DEMO_SKUS = 30
"""So many of the demo's 120 products keep a file below 1.5 MB: `restock demo --skus 30` makes the same."""


def build(folder: Path) -> list[Path]:
    """Write every book into `folder` and return their paths."""
    paths = []
    for language in LANGUAGES:
        plain, native = folder / f"restock.{language}.xlsx", folder / f"restock-365.{language}.xlsx"
        new_book(plain, language)
        new_book(native, language, native=True)
        paths += [plain, native, _demo(folder, language)]
    return paths


def _demo(folder: Path, language: str) -> Path:
    """The demo book, recomputed as of its own day."""
    path = folder / f"restock-demo.{language}.xlsx"
    with tempfile.TemporaryDirectory() as other:
        made = run_demo(Path(other), language, dt.datetime(2011, 11, 14), lambda step: None, DEMO_SKUS)
        path.write_bytes(made.path.read_bytes())
    return path


if __name__ == "__main__":
    build(Path(__file__).parent)
