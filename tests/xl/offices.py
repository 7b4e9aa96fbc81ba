"""A real LibreOffice for tests, its commands, and books as it saves them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from restock.errors import RestockError
from restock_xl.package.read import read_book

if TYPE_CHECKING:
    import xlwings


@dataclass
class RunningOffice:
    """A LibreOffice, its xlwings app, and the file in which it writes what it would say in a message."""

    context: Any
    app: xlwings.App
    told: Path

    def command(self, name: str, book: xlwings.Book) -> str:
        """Choose a command of the Restock menu for a book, and return what it said."""
        from restock_xl.hosts.libreoffice.bridge import struct

        self.told.unlink(missing_ok=True)
        services = self.context.ServiceManager
        transformer = services.createInstanceWithContext("com.sun.star.util.URLTransformer", self.context)
        _, url = transformer.parseStrict(struct("util.URL", Complete=f"service:org.restock.Commands?{name}"))
        frame = book.impl.api.CurrentController.Frame
        frame.activate()
        frame.queryDispatch(url, "_self", 0).dispatch(url, ())
        return self.told.read_text(encoding="utf-8") if self.told.exists() else ""


@contextmanager
def start_office(folder: Path) -> Iterator[RunningOffice]:
    """Start a LibreOffice with our extension in a profile of its own; skip where that cannot be."""
    pytest.importorskip("xlwings", reason="xlwings is not installed")
    pytest.importorskip("restock_xl.live_commands", reason="the buttons' commands are not part of this build")
    from restock_xl.hosts.libreoffice.engine import connect
    from restock_xl.hosts.libreoffice.install import install_extension
    from restock_xl.hosts.libreoffice.office import Office

    profile, told = folder / "profile 配置", folder / "told.txt"
    try:
        install_extension(profile)
        office = Office(profile, {"RESTOCK_TOLD": str(told)})
        office.__enter__()
    except RestockError as error:
        pytest.skip(str(error))
    try:
        yield RunningOffice(office.context, connect(office.context, office.pid), told)
    finally:
        office.__exit__(None, None, None)


def shown(path: Path) -> dict[str, dict[str, Any]]:
    """What every sheet of a file shows, by sheet and cell; what shows nothing is left out."""
    from restock_xl.package.references import column_letter

    contents = read_book(path)
    return {
        sheet: {
            f"{column_letter(column)}{row}": value
            for row, values in contents.cells(sheet).rows.items()
            for column, value in values.items()
            if value not in (None, "")
        }
        for sheet in contents.book.sheet_names
    }


def differences(got: dict[str, dict[str, Any]], wanted: dict[str, dict[str, Any]]) -> list[tuple[str, str, Any, Any]]:
    """Cells that show something else, with both values; numbers agree to 1e-9 of their size (CONVENTIONS §22)."""
    found = [("", "sheets", list(got), list(wanted))] if list(got) != list(wanted) else []
    for sheet, cells in wanted.items():
        own = got.get(sheet, {})
        found += [
            (sheet, cell, own.get(cell), cells.get(cell))
            for cell in sorted({*cells, *own})
            if not _alike(own.get(cell), cells.get(cell))
        ]
    return found


def _alike(got: Any, wanted: Any) -> bool:
    if isinstance(got, float) and isinstance(wanted, float):
        return math.isclose(got, wanted, rel_tol=1e-9, abs_tol=1e-9)
    return bool(got == wanted)


def tables(path: Path) -> dict[str, tuple[str, str]]:
    """Sheet and range of every table of a file, by its name."""
    return {ref.name: (ref.sheet, ref.ref) for ref in read_book(path).book.tables()}
