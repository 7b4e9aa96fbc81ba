"""Build the templates in this folder anew: python templates/build.py"""

from __future__ import annotations

from pathlib import Path

from restock_xl.sheets.new_book import new_book

LANGUAGES = ("en", "zh")


def build(folder: Path) -> list[Path]:
    """Write every template into `folder` and return their paths."""
    paths = [folder / f"restock.{language}.xlsx" for language in LANGUAGES]
    for path, language in zip(paths, LANGUAGES, strict=True):
        new_book(path, language)
    return paths


if __name__ == "__main__":
    build(Path(__file__).parent)
