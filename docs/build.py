"""Build the pages of this folder anew from the catalogue: python docs/build.py"""

from __future__ import annotations

from pathlib import Path

from restock.functions.guide import docs_page

PAGES = {"functions.md": "en", "functions.zh.md": "zh"}


def build(folder: Path) -> list[Path]:
    """Write every page into `folder` and return their paths."""
    for name, language in PAGES.items():
        (folder / name).write_text(docs_page(language), encoding="utf-8")
    return [folder / name for name in PAGES]


if __name__ == "__main__":
    build(Path(__file__).parent)
