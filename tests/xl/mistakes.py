"""Mistakes made in a book the way people make them: the sheet edited as Excel or LibreOffice would leave it."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from restock_xl.package.book import Book
from restock_xl.package.cell_edit import set_cells
from restock_xl.package.cells import SheetCells
from restock_xl.package.read import read_book
from restock_xl.package.references import column_letter, column_number

from .books import TODAY, parts

PAIRS = [(f"SKU-{k:02}", warehouse) for k in range(1, 13) for warehouse in ("US", "DE")]
FIRST = 4
LAST = FIRST + len(PAIRS) - 1
DATA: dict[str, list[dict[str, Any]]] = {
    "Stock": [
        {"sku": sku, "warehouse": warehouse, "on_hand": 20 + 37 * k % 211, "daily_sales": 0.5 + k % 4}
        for k, (sku, warehouse) in enumerate(PAIRS)
    ],
    "Sales": [
        {"date": TODAY - dt.timedelta(days=day), "sku": f"SKU-{k:02}", "warehouse": "US", "qty": 1 + (day * k) % 5}
        for day in range(40, 0, -1)
        for k in range(1, 5)
    ],
    "Inbound": [
        {"document": "PO-1", "sku": "SKU-01", "warehouse": "US", "ordered": 60, "sellable_on": dt.date(2026, 12, 9)},
    ],
}  # fmt: skip
SHEETS = {
    "en": {name: name for name in ("Stock", "Sales", "Inbound", "Livestreams", "Forecast")},
    "zh": {"Stock": "库存", "Sales": "销售", "Inbound": "在途", "Livestreams": "直播", "Forecast": "预测"},
}


def rewrite(path: Path, changed: Mapping[str, bytes | None]) -> None:
    """Write a package with some parts changed, added, or (None) removed."""
    content = {**parts(path), **changed}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            if data is not None:
                archive.writestr(name, data)


def sheet_edited(path: Path, sheet: str, edit: Callable[[bytes], bytes]) -> None:
    """Change the XML of one sheet."""
    part = Book(path).part_of_sheet(sheet)
    rewrite(path, {part: edit(parts(path)[part])})


def typed(path: Path, sheet: str, cells: Mapping[str, Any]) -> None:
    """Type into cells over whatever stands there, formulas included."""
    places = {}
    for reference, value in cells.items():
        letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", reference).groups()  # type: ignore[union-attr]
        days = (value - dt.date(1899, 12, 30)).days if isinstance(value, dt.date) else value
        places[int(digits), column_number(letters)] = days
    sheet_edited(path, sheet, lambda xml: set_cells(xml, places))


def cells_of(path: Path, sheet: str) -> SheetCells:
    """The cells of a sheet."""
    return read_book(path).cells(sheet)


def column(path: Path, sheet: str, letter: str, first: int = FIRST, last: int = LAST) -> list[Any]:
    """What a column shows."""
    cells = cells_of(path, sheet)
    return [cells.value(f"{letter}{row}") for row in range(first, last + 1)]


def put_column(path: Path, sheet: str, letter: str, values: list[Any], first: int = FIRST) -> None:
    """Paste a column."""
    typed(path, sheet, {f"{letter}{first + k}": value for k, value in enumerate(values)})


def rename_header(path: Path, sheet: str, old: str, new: str) -> None:
    """Type another header over one of a table, as Excel saves it: in the cell and in the table."""
    cells = cells_of(path, sheet)
    place = next((row, number) for row in cells.rows for number, text in cells.rows[row].items() if text == old)
    sheet_edited(path, sheet, lambda xml: set_cells(xml, {place: new}))
    ref = next(ref for ref in Book(path).tables() if ref.sheet == sheet)
    data = parts(path)[ref.part].replace(f'name="{old}"'.encode(), f'name="{new}"'.encode())
    rewrite(path, {ref.part: data})


def delete_column(path: Path, sheet: str, letter: str) -> None:
    """Delete a column of Stock as Excel does: cells move left, the table narrows, formulas that named it say #REF!."""
    gone = column_number(letter)

    def moved(found: re.Match[bytes]) -> bytes:
        number = column_number(found[2].decode())
        if number == gone:
            return b""
        return found[1] + column_letter(number - (number > gone)).encode() + found[3]

    def formula(found: re.Match[bytes]) -> bytes:
        number = column_number(found[1].decode())
        return b"#REF!" if number == gone else b"$" + column_letter(number - (number > gone)).encode() + found[2]

    def edit(xml: bytes) -> bytes:
        own = re.compile(rb"(?<![!$\w'])\$([A-Z]{1,2})(\d+)(?!\d)")
        xml = re.sub(rb"<f>[^<]*</f>|<formula>[^<]*</formula>", lambda one: own.sub(formula, one[0]), xml)
        xml = re.sub(rb'()<c r="%b\d+"[^>]*?(?:/>|>.*?</c>)' % letter.encode(), b"", xml)
        return re.sub(rb'(<c r=")([A-Z]+)(\d+")', moved, xml)

    sheet_edited(path, sheet, edit)
    ref = next(ref for ref in Book(path).tables() if ref.sheet == sheet)
    root = parts(path)[ref.part].decode()
    columns = re.findall(r"<tableColumn .*?(?:</tableColumn>|/>)", root)
    kept = [one for k, one in enumerate(columns, start=1) if k != gone]
    own = re.compile(r"(?<![!$\w'])\$([A-Z]{1,2})(\d+)(?!\d)")
    text = "".join(own.sub(lambda one: formula(_as_bytes(own, one)).decode(), one) for one in kept)
    root = root.replace("".join(columns), text).replace(f'count="{len(columns)}"', f'count="{len(kept)}"')
    narrow = re.sub(r":[A-Z]+", f":{column_letter(len(kept))}", ref.ref)
    rewrite(path, {ref.part: root.replace(f'ref="{ref.ref}"', f'ref="{narrow}"').encode()})


def _as_bytes(pattern: re.Pattern[str], found: re.Match[str]) -> re.Match[bytes]:
    one = re.fullmatch(rb"\$([A-Z]{1,2})(\d+)", found[0].encode())
    assert one is not None
    return one


def drag_away(path: Path, sheet: str, letter: str, to: str, bottom: int = LAST) -> None:
    """Drag a column's cells out of its table, as Excel leaves it: the table keeps an empty column called Column1."""
    header = str(cells_of(path, sheet).value(f"{letter}3"))
    values = column(path, sheet, letter, 3, bottom)
    put_column(path, sheet, to, values, 3)
    put_column(path, sheet, letter, ["Column1", *[None] * (len(values) - 1)], 3)
    ref = next(ref for ref in Book(path).tables() if ref.sheet == sheet)
    rewrite(path, {ref.part: parts(path)[ref.part].replace(f'name="{header}"'.encode(), b'name="Column1"')})


def filtered(path: Path, sheet: str, hidden: range) -> None:
    """Filter a table by its first column: Excel marks the filter in the table and hides rows."""
    ref = next(ref for ref in Book(path).tables() if ref.sheet == sheet)
    data = parts(path)[ref.part].replace(
        b"/>", b'><filterColumn colId="0"><filters><filter val="x"/></filters></filterColumn></autoFilter>', 1
    )
    rewrite(path, {ref.part: data})
    rows = re.compile(rb'<row r="(\d+)"')
    sheet_edited(
        path, sheet,
        lambda xml: rows.sub(lambda one: one[0] + (b' hidden="1"' if int(one[1]) in hidden else b""), xml),
    )  # fmt: skip


def merged(path: Path, sheet: str, area: str) -> None:
    """Merge cells."""
    sheet_edited(
        path, sheet,
        lambda xml: xml.replace(
            b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="%b"/></mergeCells>' % area.encode(), 1
        ),
    )  # fmt: skip


def as_date(path: Path, sheet: str, reference: str, day: dt.date) -> None:
    """Let a program turn what was typed into a date: the number of a day, in a format of dates."""
    typed(path, sheet, {reference: day})
    source = Book(path)
    styles = parts(path)[source.part_of_kind("styles") or ""]
    count = int(re.search(rb'<cellXfs count="(\d+)"', styles)[1])  # type: ignore[index]
    style = b'<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    styles = styles.replace(b"</cellXfs>", style).replace(b'Xfs count="%d"' % count, b'Xfs count="%d"' % (count + 1), 1)
    rewrite(path, {source.part_of_kind("styles") or "": styles})
    cell = re.compile(rb'<c r="%b"(?: s="\d+")?' % reference.encode())
    sheet_edited(path, sheet, lambda xml: cell.sub(b'<c r="%b" s="%d"' % (reference.encode(), count), xml))


def rename_sheet(path: Path, old: str, new: str) -> None:
    """Rename a tab as Excel does: in the list of sheets, and in every formula that names it."""
    changed: dict[str, bytes | None] = {}
    for name, data in parts(path).items():
        if name == "xl/workbook.xml":
            data = data.replace(f'<sheet name="{old}"'.encode(), f'<sheet name="{new}"'.encode())
        if name.endswith(".xml"):
            changed[name] = data.replace(f"{old}!".encode(), f"'{new}'!".encode())
    rewrite(path, changed)


def delete_sheet(path: Path, sheet: str) -> None:
    """Delete a tab as Excel does: formulas that named it say #REF!."""
    book = Book(path)
    index = next(one.index for one in book.sheets if one.name == sheet)
    part = book.part_of_sheet(sheet)
    workbook = parts(path)["xl/workbook.xml"].decode()
    tag = re.search(rf'<sheet name="{sheet}"[^>]*?r:id="(\w+)"/>', workbook)
    assert tag is not None
    workbook = workbook.replace(tag[0], "")
    workbook = re.sub(rf'<definedName [^>]*localSheetId="{index}"[^>]*>[^<]*</definedName>', "", workbook)
    lower = lambda one: f'localSheetId="{int(one[1]) - (int(one[1]) > index)}"'  # noqa: E731
    workbook = re.sub(r'localSheetId="(\d+)"', lower, workbook)
    relations = parts(path)["xl/_rels/workbook.xml.rels"].decode()
    relations = re.sub(rf'<Relationship [^>]*Id="{tag[1]}"[^>]*/>', "", relations)
    types = re.sub(rf'<Override PartName="/{part}"[^>]*/>', "", parts(path)["[Content_Types].xml"].decode())
    changed: dict[str, bytes | None] = {
        name: data.replace(f"{sheet}!".encode(), b"#REF!").replace(f"'{sheet}'!".encode(), b"#REF!")
        for name, data in parts(path).items()
        if name.startswith(("xl/worksheets/sheet", "xl/tables/"))
    }
    changed |= {part: None, "xl/workbook.xml": workbook.encode(), "xl/_rels/workbook.xml.rels": relations.encode()}
    rewrite(path, {**changed, "[Content_Types].xml": types.encode()})
