"""Tidy Sales: fold it, move old months to a file beside the book, prove that nothing was lost, then write (§42)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from restock.errors import WorkbookError
from restock.schema.archived_sales import COLUMNS
from restock.schema.columns import normal_header
from restock.schema.inputs import SALES, SALES_ORDER
from restock.schema.raw import RawTable
from restock.schema.settings import SETTINGS_BY_KEY
from restock.schema.validate import validate
from restock.text import Words, cell_reference, say
from restock.tidy import ORDERS_COME_AGAIN_DAYS, Tidied, same_units, tidied
from restock_xl.archive.parquet import SUFFIX, read_archive, write_archive
from restock_xl.archive.read import archive_path, archived_sales
from restock_xl.archive.sales_sheet import Place, cells_beside, first_formula, with_sales
from restock_xl.checking.sheet_marks import mark_problems
from restock_xl.evaluation import evaluated
from restock_xl.hosts.headless import HeadlessHost
from restock_xl.package.book import Book
from restock_xl.package.cell_edit import set_cells
from restock_xl.package.fill import with_range
from restock_xl.package.read import BookContents, read_book
from restock_xl.package.references import area, column_number
from restock_xl.package.safe_write import Seen, appearance, replace_safely
from restock_xl.package.table_edit import edit_table, grown
from restock_xl.previous import last_press

_ORDER_LABELS = {normal_header(text) for text in (SALES_ORDER.en, SALES_ORDER.zh)}


@dataclass(frozen=True)
class TidyReport:
    """What tidying did, or would do, in sentences."""

    lines: list[str]
    written: bool = False
    backup: Path | None = None
    archive: Path | None = None


def tidy_book(path: Path, today: dt.date, now: dt.datetime, dry_run: bool = False) -> TidyReport:
    """Fold the sales of a book and move old months to a Parquet file beside it.

    Args:
        path: The book; how many months stay in it says its Settings.
        today: Day 0 (§1): months are counted back from here.
        now: Names the backup.
        dry_run: Only say what would be done.
    Raises:
        WorkbookError: The book cannot be read or written safely, or folding would lose something; it is as it was.
        InputError: Stock is missing, empty or unusable.
    """
    host = HeadlessHost(path)
    contents = host.read()
    seen = appearance(path)
    words = Words(contents.raw.language, today=today)
    table = contents.raw.tables.get("Sales")
    if table is None or not len(table.rows):
        return TidyReport([say("tidy.no_sales", words)])
    _refuse_losses(contents, table, words)
    found = tidied(contents.raw, today, _numbered(contents, table))
    if found.rows == len(found.kept) + len(found.left) and found.moved.empty:
        return TidyReport([say("tidy.nothing", words, sheet=table.sheet, first=found.first)])
    archive = _new_archive(path, found) if len(found.moved) else None
    lines = _sentences(table.sheet, found, archive, words)
    if dry_run:
        return TidyReport([*lines, say("tidy.would", words)])
    before = validate(contents.raw, today, archived_sales(contents)).sales
    if archive is not None:
        write_archive(archive, _with_older(contents, found.moved, words), words)
    try:
        backup = _write(host, contents, table, found, archive, today, now, before, seen)
    except BaseException:
        if archive is not None:
            archive.unlink(missing_ok=True)
        raise
    written = [say("report.written", words, path=path)]
    written += [say("report.backup", words, path=backup)] if backup is not None else []
    return TidyReport([*lines, *written], True, backup, archive)


def _write(
    host: HeadlessHost, contents: BookContents, table: RawTable, found: Tidied, archive: Path | None,
    today: dt.date, now: dt.datetime, before: pd.DataFrame, seen: Seen,
) -> Path | None:  # fmt: skip
    """Write the book, once the new one has been read again and holds the same sales."""
    book, words = contents.book, Words(contents.raw.language, today=today)
    part = book.part_of_sheet(table.sheet)
    xml, last = with_sales(
        book.archive.read(part), part, Place.of(table), found.kept, found.left, contents.raw.language, book.date1904
    )
    book.archive.write(part, xml)
    _shrink(book, table.sheet, last)
    if archive is not None:
        _name_archive(contents, archive.name)
    evaluation = evaluated(Book(host.path, book.archive), last_press(contents) or today)
    evaluation.store()

    def prove(written: Path) -> None:
        again = read_book(written)
        sales = validate(again.raw, today, None if archive is None else read_archive(archive, words)).sales
        if archive is None and (older := archived_sales(contents)) is not None:
            sales = validate(again.raw, today, older).sales
        if not same_units(before, sales):
            raise WorkbookError(say("tidy.differs", words))

    save = evaluation.book.book.archive.save
    return replace_safely(host.path, save, prove, now=now, seen=seen)


def _refuse_losses(contents: BookContents, table: RawTable, words: Words) -> None:
    """Refuse what folding rows would lose or tear apart."""
    book, place = contents.book, Place.of(table)
    part = book.part_of_sheet(table.sheet)
    xml = book.archive.read(part)
    if any(one.table == "Sales" for one in mark_problems(contents, None)):
        raise WorkbookError(say("tidy.filtered", words, sheet=table.sheet))
    formula = first_formula(xml, part, place)
    if formula is not None:
        reference = cell_reference(table.sheet, formula, words)
        raise WorkbookError(say("tidy.formula", words, ref=reference, sheet=table.sheet))
    for letters, (_, cell) in cells_beside(xml, part, place).items():
        headers = contents.cells(table.sheet).head(table.header_row).get(table.header_row, {})
        header = headers.get(column_number(letters))
        reference = cell_reference(table.sheet, cell, words)
        if isinstance(header, str) and normal_header(header) in _ORDER_LABELS:
            continue  # recent rows with an order number stay, and older orders do not come again
        if isinstance(header, str) and normal_header(header):
            raise WorkbookError(say("tidy.own_column", words, ref=reference, header=header))
        raise WorkbookError(say("tidy.beside", words, ref=reference, sheet=table.sheet))


def _numbered(contents: BookContents, table: RawTable) -> np.ndarray[Any, Any] | None:
    """Which rows of Sales have an order number; None where it has no such column."""
    cells = contents.cells(table.sheet)
    headers = cells.row(table.header_row)
    place = next((one for one, header in headers.items() if normal_header(str(header)) in _ORDER_LABELS), None)
    if place is None:
        return None
    return np.array([cells.row(row).get(place) not in (None, "") for row in table.rows.tolist()], dtype=bool)


def _new_archive(path: Path, found: Tidied) -> Path:
    """A free name for the file with older sales; the file of an earlier tidying stays for the backups that name it."""
    through = found.first - dt.timedelta(days=1)
    stem = f"{path.stem}.sales-to-{through:%Y-%m}"
    target, number = path.resolve().parent / f"{stem}{SUFFIX}", 1
    while target.exists():
        number += 1
        target = target.with_name(f"{stem} ({number}){SUFFIX}")
    return target


def _with_older(contents: BookContents, moved: pd.DataFrame, words: Words) -> pd.DataFrame:
    """What is moved now, added to what was moved before."""
    path = archive_path(contents)
    if path is None:
        return moved
    older = read_archive(path, words)
    older = older.assign(sku=older["sku"].astype(object), warehouse=older["warehouse"].astype(object))
    both = pd.concat([older, moved.assign(date=moved["date"].astype("datetime64[s]"))], ignore_index=True)
    keys = ["date", "sku", "warehouse"]
    found: pd.DataFrame = both.groupby(keys, as_index=False).agg({"qty": "sum", "in_stock": "all"})
    return found[list(COLUMNS)]


def _shrink(book: Book, sheet: str, last: int) -> None:
    """Let the Excel table end where its rows do now."""
    for ref in book.tables():
        place = area(ref.ref)
        if ref.sheet == sheet and ref.name.casefold() == SALES.name.casefold() and place is not None:
            data = book.archive.read(ref.part)
            book.archive.write(ref.part, with_range(data, ref.ref, grown(place, last)))


def _name_archive(contents: BookContents, name: str) -> None:
    """Write the file's name into Settings, whose row is made where the book has none."""
    book, table = contents.book, contents.raw.tables["Settings"]
    setting = SETTINGS_BY_KEY["sales_archive"]
    by_header = {normal_header(column.header): column.letter for column in table.columns}
    label = by_header.get("setting") or by_header["项目"]
    value = by_header.get("value") or by_header["数值"]
    cells = contents.cells(table.sheet)
    wanted = {normal_header(text) for text in (setting.key, setting.en, setting.zh)}
    row = next(
        (row for row in table.rows.tolist() if normal_header(str(cells.at(row, column_number(label)) or "")) in wanted),
        None,
    )
    new: dict[tuple[int, int], object] = {}
    if row is None:
        row = int(table.rows.max()) + 1
        new[row, column_number(label)] = setting.label(contents.raw.language)
        for ref in book.tables():
            place = area(ref.ref)
            if ref.sheet == table.sheet and place is not None and place.top == table.header_row and place.bottom < row:
                edit_table(book, ref, row, {})
    new[row, column_number(value)] = name
    part = book.part_of_sheet(table.sheet)
    book.archive.write(part, set_cells(book.archive.read(part), new))


def _sentences(sheet: str, found: Tidied, archive: Path | None, words: Words) -> list[str]:
    moved = len(found.moved)
    kept = len(found.kept) + moved + len(found.left)
    lines = [] if kept == found.rows else [say("tidy.folded", words, sheet=sheet, rows=found.rows, kept=kept)]
    if found.repeated:
        lines.append(say("tidy.repeated", words, count=found.repeated))
    if len(found.left) > found.orders:
        lines.append(say("tidy.left", words, count=len(found.left) - found.orders))
    if found.orders:
        lines.append(say("tidy.orders", words, count=found.orders, days=ORDERS_COME_AGAIN_DAYS))
    if archive is not None:
        lines.append(say("tidy.moved", words, count=moved, first=found.first, path=archive.name))
    return lines

