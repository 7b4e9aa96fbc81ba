"""What is checked of a workbook into which our sheets were written, against the workbook as it was."""

from __future__ import annotations

import csv
import json
import os
import posixpath
import struct
import subprocess
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from lxml import etree

from restock_xl.package import graft
from restock_xl.package.book import Book
from restock_xl.package.relationships import reachable

from .test_package_graft import image

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
CORPUS = SHARED / "corpus" / "files"
SCHEMAS = SHARED / "ooxml-xsd"
TEMPLATES = ROOT / "templates"
VALIDATOR = os.environ.get("OOXML_VALIDATOR", "")
"""The Open XML SDK validator's program, see .ci/run."""

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
PACKAGE_PARTS = {"[content_types].xml", "docprops/app.xml"}
WORKBOOK_PARTS = {"workbook.xml", "_rels/workbook.xml.rels", "styles.xml", "metadata.xml", "calcChain.xml"}
"""Parts that change where sheets come and go, in the folder of the workbook."""


def our_sheets(path: Path, date1904: bool = False) -> Path:
    """Two sheets with most of what a sheet can hold."""
    book = xlsxwriter.Workbook(str(path), {"date_1904": date1904})
    number = book.add_format({"num_format": '#,##0.0 "units"', "bg_color": "#FFEE00", "border": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    red = book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006", "num_format": '0.00 "d"'})
    first, second = book.add_worksheet("Forecast"), book.add_worksheet("Alerts")
    columns = [{"header": "SKU"}, {"header": "Need", "format": number}, {"header": "On", "format": day}]
    first.add_table(3, 0, 43, 2, {"name": "ForecastTable", "columns": columns, "style": "Table Style Light 9"})
    for row in range(4, 44):
        first.write_string(row, 0, f"0{row}-Å中")
        first.write_number(row, 1, row / 3, number)
        first.write_number(row, 2, 46000 + row, day)
    first.write_formula("E1", "=SUM(ForecastTable[Need])", number, 326.7)
    first.write_string("E2", '=HYPERLINK("http://example.com")')
    first.write_string("E3", " lead & <tag>\n ")
    first.write_dynamic_array_formula("G5:G7", "=_xlfn._xlws.SORT(B5:B7)", None, 4 / 3)
    first.write_number("G6", 5 / 3)
    first.write_number("G7", 2)
    first.write_comment("A4", "written by Restock")
    first.insert_image("I1", "dot.png", {"image_data": image()})
    first.conditional_format("B5:B44", {"type": "cell", "criteria": ">", "value": 2, "format": red})
    first.conditional_format("B5:B44", {"type": "data_bar", "data_bar_2010": True})
    first.add_sparkline("E5", {"range": "Forecast!B5:B44"})
    first.data_validation("D5:D44", {"validate": "list", "source": ["yes", "no"]})
    first.freeze_panes(4, 1)
    first.repeat_rows(3)
    first.set_column("A:A", 20, day)
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Forecast!$B$5:$B$44", "categories": "=Forecast!$A$5:$A$44"})
    first.insert_chart("I5", chart)
    second.write_formula("A1", "=Forecast!E1*2", red, 653.4)
    second.write_url("A2", "internal:'Forecast'!A1", string="there")
    second.write_boolean("A3", True)
    second.write_formula("A4", "=1/0", None, "#DIV/0!")
    second.merge_range("A6:B6", "both", number)
    book.close()
    return path


@dataclass(frozen=True)
class Grafted:
    """A workbook as it was, with our sheets added, with them replaced, and replaced once more."""

    original: Path
    scratch: Path
    added: Path
    replaced: Path
    third: Path
    names: dict[str, str]


def grafted(file: Path, folder: Path) -> Grafted:
    """Add our sheets to a workbook, and replace them twice.

    Raises:
        WorkbookError: It is refused.
    """
    date1904 = Book(file).date1904
    scratch = folder / f"ours-{1904 if date1904 else 1900}.xlsx"
    if not scratch.exists():
        our_sheets(scratch, date1904)
    files = [folder / f"{step}-{file.name}" for step in ("added", "replaced", "third")]
    names = graft(file, scratch, files[0])
    graft(files[0], scratch, files[1])
    graft(files[1], scratch, files[2])
    return Grafted(file, scratch, *files, names)


def packed_parts(path: Path) -> dict[str, bytes]:
    """Return the compressed bytes of every part, with its size and checksum, in the order of the file."""
    data, found = path.read_bytes(), {}
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            names, extra = struct.unpack_from("<2H", data, info.header_offset + 26)
            start = info.header_offset + 30 + names + extra
            head = struct.pack("<3Q", info.compress_type, info.CRC, info.file_size)
            if not info.is_dir():
                name = info.filename.replace("\\", "/").lstrip("/").lower()
                found[name] = head + data[start : start + info.compress_size]
    return found


def touched(one: Grafted) -> list[str]:
    """Return the user's parts that are not the same any more and should be."""
    book = Book(one.original)
    owned = [book.part_of_sheet(book.owned()[key]) for key in one.names if key in book.owned()]
    ours = {part.lower() for part in reachable(book.archive, owned)}
    ours |= {f"{part.rpartition('/')[0]}/_rels/{part.rpartition('/')[2]}.rels" for part in ours}
    folder = posixpath.dirname(book.part)
    shared = {posixpath.join(folder, part).lower() for part in WORKBOOK_PARTS} | PACKAGE_PARTS
    before, after = packed_parts(one.original), packed_parts(one.replaced)
    return [name for name in before if before[name] != after.get(name) and name not in shared | ours]


def unlike_ours(one: Grafted) -> list[str]:
    """Return the sheets of ours that openpyxl and python-calamine do not read as they read them in the scratch book."""
    from python_calamine import CalamineWorkbook

    wanted, found = (CalamineWorkbook.from_path(path) for path in (one.scratch, one.replaced))
    differing = [
        f"python-calamine: {name}"
        for key, name in one.names.items()
        if _cells(found.get_sheet_by_name(name).to_python()) != _cells(wanted.get_sheet_by_name(key).to_python())
    ]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = openpyxl.load_workbook(one.replaced, read_only=True, data_only=True)
    except Exception:
        if _openpyxl_reads(one.original):
            return [*differing, "openpyxl: the whole book"]
        return differing
    wanted = openpyxl.load_workbook(one.scratch, read_only=True, data_only=True)
    for key, name in one.names.items():
        if list(found[name].values) != list(wanted[key].values):
            differing.append(f"openpyxl: {name}")
    return differing


def _cells(rows: list[list[Any]]) -> list[list[Any]]:
    return [[str(cell) for cell in row] for row in rows]


def _openpyxl_reads(path: Path) -> bool:
    try:
        openpyxl.load_workbook(path, read_only=True)
    except Exception:
        return False
    return True


def styleless_cells(one: Grafted) -> list[str]:
    """Return cells of ours without a style of their own."""
    book, found = Book(one.replaced), []
    for name in one.names.values():
        root = etree.fromstring(book.archive.read(book.part_of_sheet(name)))
        found += [f"{name}!{cell.get('r')}" for cell in root.iter(f"{MAIN}c") if cell.get("s", "0") == "0"]
    return found


def schema_errors(one: Grafted) -> list[str]:
    """Return what the schemas of ECMA-376 say against the workbook, its styles and our parts, and did not before."""
    book, before = Book(one.replaced), Book(one.original)
    shared = [book.part, book.part_of_kind("styles") or "", book.part_of_kind("sheetMetadata") or ""]
    ours = reachable(book.archive, [book.part_of_sheet(name) for name in one.names.values()])
    found = []
    for part in [*shared, *ours]:
        if part and part.lower().endswith(".xml"):
            known = _schema_errors(before, part) if part in shared and before.archive.has(part) else Counter()
            found += [f"{part}: {error}" for error in _schema_errors(book, part) - known]
    return found


@cache
def _schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / name))


_SCHEMA_OF = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "sml.xsd",
    "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing": "dml-spreadsheetDrawing.xsd",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "dml-chart.xsd",
}


def _schema_errors(book: Book, part: str) -> Counter[str]:
    root = etree.fromstring(book.archive.read(part))
    schema = _schema(_SCHEMA_OF[etree.QName(root).namespace])
    _without_extensions(root)
    if schema.validate(root):
        return Counter()
    messages = [str(error.message) for error in schema.error_log]
    # sml.xsd types `t` as plain text; Excel itself writes this attribute.
    return Counter(message for message in messages if "namespace}space" not in message)


def _without_extensions(root: etree._Element) -> None:
    """Leave out what a program is told to ignore, which the schemas do not describe."""
    for choice in root.findall(f".//{COMPATIBILITY}AlternateContent"):
        choice.getparent().remove(choice)
    prefixes = (root.get(f"{COMPATIBILITY}Ignorable") or "").split()
    ignored = {root.nsmap[prefix] for prefix in prefixes if prefix in root.nsmap} | {COMPATIBILITY[1:-1]}
    for element in list(root.iter(etree.Element)):
        for name in list(element.attrib):
            if etree.QName(name).namespace in ignored:
                del element.attrib[name]


def sdk_errors(path: Path) -> Counter[str]:
    """Return what the Open XML SDK says against a workbook."""
    done = subprocess.run([VALIDATOR, str(path)], capture_output=True, text=True, timeout=120)
    return Counter(f"{one['path']}: {one['description']}" for one in json.loads(done.stdout)["errors"])


def new_sdk_errors(one: Grafted) -> list[str]:
    """Return what the Open XML SDK says against the workbook now and did not say before."""
    after = sdk_errors(one.replaced)
    return sorted((after - sdk_errors(one.original)).elements()) if after else []


def workbooks() -> Iterator[Path]:
    """Every workbook of the corpus and every template."""
    yield from sorted(CORPUS.iterdir()) if CORPUS.is_dir() else ()
    yield from sorted(TEMPLATES.glob("*.xlsx"))


def sample(least: int = 2, every: int = 16) -> list[Path]:
    """Return a part of the corpus: of every feature the first few files, some of the others, and the templates."""
    if not CORPUS.is_dir():
        return list(workbooks())
    files = sorted(CORPUS.iterdir())
    chosen = set(files[::every]) | set(TEMPLATES.glob("*.xlsx"))
    seen: Counter[str] = Counter()
    with open(CORPUS.parent / "MANIFEST.csv", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            features = row["features"].split()
            if any(seen[feature] < least for feature in features):
                chosen.add(CORPUS / row["file"])
                seen.update(features)
    return [file for file in workbooks() if file in chosen]


# What no program or tool can be asked to do, by file: what fails, and why.
KNOWN = {
    "SheetJS__test_files__1875__wtf_path.xlsx": {
        "openpyxl: Forecast": "the parts lie in another folder than xl, and openpyxl looks for styles only there",
    },
}


def failures(one: Grafted) -> list[str]:
    """Return everything that is wrong with a workbook after our sheets were written into it."""
    found = []
    if one.third.read_bytes() != one.replaced.read_bytes():
        found.append("the third file differs from the second")
    if packed_parts(one.added) != packed_parts(one.replaced) and not Book(one.original).owned():
        found.append("replacing changes what was added")
    found += [f"changed: {part}" for part in touched(one)]
    found += unlike_ours(one)
    found += [f"no style: {cell}" for cell in styleless_cells(one)]
    if SCHEMAS.is_dir():
        found += schema_errors(one)
    return found
