"""Books as people make them, for the tests of the pipeline."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from restock_xl.hosts.headless import HeadlessHost
from restock_xl.recompute import Outcome, recompute
from restock_xl.sheets.new_book import new_book

TODAY = dt.date(2026, 11, 23)
NOW = dt.datetime(2026, 11, 23, 9, 30)
LAMP = {
    "Stock": [
        {"sku": "LAMP-03", "warehouse": "US-LA", "on_hand": 280, "daily_sales": 20},
        {"sku": "MUG-11", "warehouse": "US-LA", "on_hand": 30, "daily_sales": 12},
        {"sku": "MUG-11", "warehouse": "DE-HAM", "on_hand": 900, "daily_sales": 9},
        {"sku": "00123", "warehouse": "US-LA", "on_hand": 0, "daily_sales": 1},
        {"sku": "SLOW*1", "warehouse": "US-LA", "on_hand": 5, "daily_sales": 0},
        {"sku": "NEW-1", "warehouse": "US-LA", "on_hand": None, "daily_sales": 3},
    ],
    "Catalog": [
        {"sku": "LAMP-03", "name": "Lamp", "cost": 6, "price": 15, "supplier": "Huamei", "case_pack": 48},
        {"sku": "MUG-11", "name": "Mug", "cost": 3, "price": 12, "supplier": "Huamei", "case_pack": 12},
    ],
    "Inbound": [
        {"document": "PO-7", "sku": "LAMP-03", "warehouse": "US-LA", "ordered": 240,
         "sellable_on": dt.date(2026, 12, 1)},
        {"document": "PO-8", "sku": "MUG-11", "warehouse": "US-LA", "ordered": 96, "sellable_on": dt.date(2027, 1, 12)},
    ],
    "Livestreams": [
        {"show": "Thursday", "start": dt.datetime(2026, 11, 26, 18), "zone": "America/Los_Angeles", "sku": "LAMP-03",
         "warehouse": "US-LA", "planned_units": 75},
    ],
    "Suppliers": [{"supplier": "Huamei", "production_days": 12}],
    "Routes": [
        {"from": "Huamei", "to": "US-LA", "mode": "sea", "days": 30},
        {"from": "DE-HAM", "to": "US-LA", "mode": "air", "days": 8, "cost_per_unit": 3.1},
    ],
}  # fmt: skip


def make(path: Path, language: str = "en", data: dict[str, Any] | None = None) -> Path:
    """A new book with some rows typed in."""
    new_book(path, language, data)
    return path


def press(path: Path, today: dt.date = TODAY, out: Path | None = None, now: dt.datetime = NOW) -> Outcome:
    """One press of the button."""
    return recompute(HeadlessHost(path, out), today, now)


def sheet_rows(path: Path, sheet: str, header_row: int = 3) -> list[dict[str, Any]]:
    """A sheet's rows below its header, as a teammate's program shows them (cached values), above any lower table."""
    page = openpyxl.load_workbook(path, data_only=True)[sheet]
    lower = [top for top in map(_header_row, page.tables.values()) if top > header_row]
    return _rows(page, header_row, min(lower, default=page.max_row + 4) - 4)


def committed_rows(path: Path, sheet: str) -> list[dict[str, Any]]:
    """The rows of the accepted lines on a sheet, as a teammate's program shows them."""
    page = openpyxl.load_workbook(path, data_only=True)[sheet]
    return _rows(page, max(map(_header_row, page.tables.values())), page.max_row)


def _header_row(table: Any) -> int:
    return int(openpyxl.utils.range_boundaries(table.ref)[1])


def _rows(page: Any, header_row: int, last: int) -> list[dict[str, Any]]:
    rows = [list(row) for row in page.iter_rows(min_row=header_row, max_row=max(last, header_row), values_only=True)]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:] if any(cell is not None for cell in row)]


def type_beside(path: Path, sheet: str, cells: dict[str, Any], row: int = 0, committed: bool = False) -> None:
    """Type into a row of a sheet's suggestions, or of its accepted lines, under the headers given."""
    page = openpyxl.load_workbook(path)[sheet]
    tops = sorted(map(_header_row, page.tables.values()))
    top = tops[-1] if committed else tops[0]
    headers = [cell.value for cell in page[top]]
    letters = {header: openpyxl.utils.get_column_letter(headers.index(header) + 1) for header in cells}
    type_cells(path, sheet, {f"{letters[header]}{top + 1 + row}": value for header, value in cells.items()})


def type_cells(path: Path, sheet: str, cells: dict[str, Any]) -> None:
    """Type into cells and save, as any other program would."""
    book = openpyxl.load_workbook(path)
    for reference, value in cells.items():
        book[sheet][reference] = value
    book.save(path)


def parts(path: Path) -> dict[str, bytes]:
    """Every part of a package by name."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def recalculated(path: Path, folder: Path) -> Path:
    """The same book after a real LibreOffice has computed every formula anew from nothing."""
    blank = folder / "blank.xlsx"
    _without_cached_values(path, blank)
    return saved_by_libreoffice(blank, folder)


def saved_by_libreoffice(path: Path, folder: Path) -> Path:
    """The same book as a real LibreOffice writes it."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        program,
        "--headless",
        profile,
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(folder / "lo"),
    ]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=240)
    return folder / "lo" / path.name


def _without_cached_values(path: Path, target: Path) -> None:
    from lxml import etree

    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts(path).items():
            if name.startswith("xl/worksheets/sheet"):
                root = etree.fromstring(data)
                for cell in root.iter(f"{space}c"):
                    value = cell.find(f"{space}v")
                    if cell.find(f"{space}f") is not None and value is not None:
                        cell.remove(value)
                        cell.attrib.pop("t", None)
                data = etree.tostring(root)
            package.writestr(name, data)


def with_part(path: Path, part: str, change: Any) -> Path:
    """Change one part of a file as another program would."""
    spare = path.with_suffix(".tmp")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(spare, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    shutil.move(spare, path)
    return path
