"""Build the pages of this folder anew from the catalogue, the tables and the commands: python docs/build.py"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from restock.functions.guide import docs_page
from restock_xl.pages.commands_page import commands_page
from restock_xl.pages.settings_page import settings_page
from restock_xl.pages.tables_page import tables_page

PAGES: dict[str, Callable[[], str]] = {
    "functions.md": partial(docs_page, "en"),
    "functions.zh.md": partial(docs_page, "zh"),
    "tables.md": partial(tables_page, "en"),
    "tables.zh.md": partial(tables_page, "zh"),
    "settings.md": partial(settings_page, "en"),
    "settings.zh.md": partial(settings_page, "zh"),
    "commands.md": commands_page,
}


def build(folder: Path) -> list[Path]:
    """Write every page into `folder` and return their paths."""
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")
    return [folder / name for name in PAGES]


if __name__ == "__main__":
    build(Path(__file__).parent)
