"""The one pipeline behind the button, the command line and the tests: read, check, plan, write."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from restock.ledger import Previous
from restock.plan import Plan, make_plan
from restock.schema.outputs import OUTPUT_TABLES
from restock.schema.raw import CellError
from restock.schema.tables import Problem, Tables
from restock.schema.validate import validate
from restock.text import Words
from restock_xl.archive.read import archived_sales
from restock_xl.checking.checked import checked_tables, ensure_no_stop
from restock_xl.collector import collector_paused
from restock_xl.draft import Draft
from restock_xl.formula_notes import formula_notes
from restock_xl.host import Host
from restock_xl.outside_notes import outside_notes
from restock_xl.own.found import OwnSheet, own_sheets
from restock_xl.own.placing import rows_below, with_own
from restock_xl.package.book import Book
from restock_xl.package.cells import SheetCells
from restock_xl.package.macro_project import has_our_macros
from restock_xl.package.read import BookContents
from restock_xl.previous import last_press, read_previous, table_on_owned
from restock_xl.sheets.buttons import today_with_buttons
from restock_xl.sheets.charts_sheet import charts_sheet
from restock_xl.sheets.explain_formulas import ExplainPlace
from restock_xl.sheets.explain_sheet import explain_sheet
from restock_xl.sheets.layout import ALWAYS_HIDDEN, TAB_BY_KEY, TABLES_OF_CHARTS, WRITTEN
from restock_xl.sheets.model import CellModel, Formula, SheetModel
from restock_xl.sheets.output_sheets import Target, Targets, plan_sheets
from restock_xl.sheets.today import today_sheet
from restock_xl.sheets.trend_sheet import lines_sheet, trend_sheet
from restock_xl.sheets.values import cell_value
from restock_xl.stock_cells import StockCells, folded_formula, stock_cells
from restock_xl.stock_lines import StockLines, stock_lines
from restock_xl.stock_place import place_in

Progress = Callable[[str], None]
_MOST_DRAFTS = 3
STEPS = ("reading", "checking", "planning", "writing")


@dataclass(frozen=True)
class Outcome:
    """What a press did: the plan, whether anything was written, where, the backup made, and what was put right."""

    plan: Plan
    words: Words
    changed: bool
    path: Path
    backup: Path | None
    healed: tuple[str, ...] = ()


def recompute(
    host: Host, today: dt.date, now: dt.datetime, progress: Progress | None = None, anyway: bool = False
) -> Outcome:
    """Recompute a book: everything on our sheets from what is typed on the others, then every formula of the book.

    Args:
        host: The program or file that holds the book.
        today: Day 0 of the plan (CONVENTIONS §1).
        now: Names the backup; nothing else depends on it.
        progress: Told each of `STEPS` as it begins.
        anyway: Go on although a check would stop the press (§41).
    Raises:
        WorkbookError: The book cannot be read or written safely; it is as it was.
        InputError: Stock is missing, empty or unusable.
        StopError: Something in the book cannot be true; it is as it was.
    """
    tell = progress or (lambda step: None)
    tell("reading")
    contents = host.read(today)
    tell("checking")
    own = own_sheets(contents)
    previous = read_previous(contents, own)
    tables = ensure_no_stop(checked_tables(contents, previous, today), today, anyway)
    tell("planning")
    with collector_paused():
        plan = make_plan(tables, tables.settings, today, previous)
    words = Words(tables.settings.language, tables.settings.currency, today)
    tell("writing")
    targets = find_targets(contents, words.language)
    shown = stock_cells(contents, plan, words, targets["Forecast"].sheet)
    plan = _with_notes(plan, contents, shown)
    explained = ExplainPlace(
        targets["Forecast"].sheet, targets["Trend"].sheet, contents.raw.tables["Stock"].sheet,
        place_in(contents, targets["Forecast"].sheet),
    )  # fmt: skip
    lines = _stock_lines(host, contents, plan, targets["TrendLines"].sheet)
    notes: list[Problem] = []
    for _ in range(_MOST_DRAFTS):
        noted = _with_problems(plan, notes)
        models = _models(noted, previous, words, targets, explained, lines, own, contents.book)
        draft = _draft(host, contents, models, shown, lines, targets, today)
        found = formula_notes(draft.evaluation.result)
        if found == notes:
            break
        notes = found  # Problems names them, so it is written anew
    healed = (*host.pasted, *host.healed.sentences(words), *draft.repairs(words))
    if not draft.differs:
        return Outcome(noted, words, False, host.path, None, healed)
    path = host.apply(draft, now)
    return Outcome(noted, words, True, path, host.backup, healed)


def planned(host: Host, today: dt.date | None, now: dt.date) -> tuple[Plan, Words]:
    """Return the plan that a press would make, and the words of the book; nothing is written.

    Args:
        today: Day 0; None: the day of the last press, else `now`.
    Raises:
        WorkbookError: The book cannot be read.
        InputError: Stock is missing, empty or unusable.
    """
    contents = host.read()
    today = today or last_press(contents) or now
    tables = validate(contents.raw, today, archived_sales(contents))
    plan = make_plan(tables, tables.settings, today, read_previous(contents))
    return plan, Words(tables.settings.language, tables.settings.currency, today)


def _draft(
    host: Host, contents: BookContents, models: dict[str, SheetModel], shown: StockCells, lines: StockLines,
    targets: Targets, today: dt.date,
) -> Draft:  # fmt: skip
    """The book with our sheets, where these show anything new, and every formula evaluated."""
    if not _differs(contents, models, shown):
        return host.draft(contents, [], {}, today)
    if lines.part is not None:
        contents.book.archive.write(*lines.part)
    cached = {contents.raw.tables["Stock"].sheet: shown.values} if shown.values else {}
    reveal = [model.name for key, model in models.items() if key not in ALWAYS_HIDDEN and _has_rows(model)]
    return host.draft(contents, list(models.values()), cached, today, reveal, targets["Today"].sheet)


def find_targets(contents: BookContents, language: str) -> Targets:
    """Where each of our sheets stands in this book, or the free name it will get."""
    book, owned = contents.book, contents.book.owned()
    replaced = [owned[key] for key in WRITTEN if key in owned]
    targets = {}
    for key in (*WRITTEN, "SoldOut", "OrdersCommitted", "TransfersCommitted", *TABLES_OF_CHARTS):
        table = OUTPUT_TABLES.get(key)
        name = table_on_owned(contents, table) if table else ""
        if table and not name:
            name = book.free_table_name(table.name, replaced)
        tab = TAB_BY_KEY.get(key)
        sheet = "" if tab is None else owned.get(key) or book.free_sheet_name(tab.name(language), key)
        targets[key] = Target(sheet, name or "", hidden=key in ALWAYS_HIDDEN)
    return targets


def _models(
    plan: Plan, previous: Previous, words: Words, targets: Targets, explained: ExplainPlace, lines: StockLines,
    own: dict[str, OwnSheet], book: Book,
) -> dict[str, SheetModel]:  # fmt: skip
    """Our sheets in tab order, each with what the user added to it."""

    def below(key: str, model: SheetModel) -> int:
        return rows_below(own.get(key), model, key, book.date1904)

    sheets = plan_sheets(plan, previous, words, targets, fingerprint(plan.tables), below)
    sheets["Today"] = today_sheet(plan, words, targets["Today"])
    sheets["Explain"] = explain_sheet(plan, previous, words, targets["Explain"], explained)
    sheets["Charts"] = charts_sheet(plan, words, targets)
    sheets["Trend"] = trend_sheet(plan, words, targets["Trend"])
    column = explained.stock.columns["forecast_row"] if explained.stock is not None else None
    stock = (explained.stock_sheet, column) if column is not None else None
    sheets["TrendLines"] = lines_sheet(
        plan, words, targets["TrendLines"], targets["Trend"].sheet, stock, lines.places
    )
    if has_our_macros(book):
        sheets["Today"] = today_with_buttons(sheets["Today"], words)
    return {key: with_own(sheets[key], own.get(key), words, book.date1904) for key in WRITTEN}


def _stock_lines(host: Host, contents: BookContents, plan: Plan, sheet: str) -> StockLines:
    """The small charts on Stock; a program that cannot draw new ones keeps those that it has."""
    lines = stock_lines(contents, int(plan.view["row"].max()) if len(plan.view) else 0, sheet)
    return lines if host.draws else StockLines(lines.places)


def _with_notes(plan: Plan, contents: BookContents, shown: StockCells) -> Plan:
    """Add what only the file could tell: formulas overtyped, tables found twice, what is read from outside."""
    sheet = contents.raw.tables["Stock"].sheet
    notes = [
        Problem("problem.foreign_formula", "note", "Stock", sheet, shown.foreign[0],
                params={"others": len(shown.foreign) - 1})
    ] if shown.foreign else []  # fmt: skip
    notes += [
        Problem(
            "problem.also_found",
            "note",
            found.table,
            found.sheet,
            f"A{found.header_row}",
            params={"table": found.table},
        )
        for found in contents.also_found
    ]
    return _with_problems(plan, [*notes, *outside_notes(contents.book)])


def _with_problems(plan: Plan, notes: list[Problem]) -> Plan:
    if not notes:
        return plan
    tables = dataclasses.replace(plan.tables, problems=[*plan.tables.problems, *notes])
    return dataclasses.replace(plan, tables=tables)


def fingerprint(tables: Tables) -> str:
    """A short mark of everything that was read, the same for the same data."""
    digest = hashlib.blake2b(digest_size=6)
    for field in dataclasses.fields(tables):
        value = getattr(tables, field.name)
        if isinstance(value, pd.DataFrame):
            for name in value.columns:
                _digest_column(digest, value[name])
        elif field.name == "settings":
            digest.update(repr(value).encode())
    return digest.hexdigest()


def _digest_column(digest: Any, column: pd.Series) -> None:
    if isinstance(column.dtype, pd.CategoricalDtype):
        digest.update("\0".join(map(str, column.cat.categories)).encode())
        digest.update(np.ascontiguousarray(column.cat.codes.to_numpy()).tobytes())
    elif column.dtype.kind in "fiubM":
        digest.update(np.ascontiguousarray(column.to_numpy()).tobytes())
    else:
        digest.update("\0".join(map(str, column)).encode())


def _has_rows(model: SheetModel) -> bool:
    return model.key in ("Today", "Explain") or any(
        value is not None and value != ""
        for table in model.tables
        for column in table.columns
        for value in column.values
    )


def _differs(contents: BookContents, models: dict[str, SheetModel], shown: StockCells) -> bool:
    """Whether the book shows anything else than what would be written."""
    owned = contents.book.owned()
    places = {(ref.sheet.casefold(), ref.name.casefold()): ref.ref for ref in contents.book.tables()}
    for key, model in models.items():
        if key not in owned or not _same_sheet(contents, model, places):
            return True
    if not shown.values:
        return False
    cells = contents.cells(contents.raw.tables["Stock"].sheet)
    return any(
        stored != value and not _same(stored, value)
        for stored, value in ((cells.value(reference), value) for reference, value in shown.values.items())
    )


def _same_sheet(contents: BookContents, model: SheetModel, places: dict[tuple[str, str], str]) -> bool:
    from xlsxwriter.utility import xl_range

    if model.own is not None and model.own.changed:
        return False
    for table in model.tables:
        area = xl_range(table.row, table.column, table.last_row, table.last_column)
        if places.get((model.name.casefold(), table.name.casefold())) != area:
            return False
    cells, date1904 = contents.cells(model.name), contents.book.date1904
    formulas = [cell for cell in model.cells if isinstance(cell.value, Formula)]
    if not all(_same_formula(cells, cell) for cell in formulas):
        return False
    return all(_same_column(cells.rows, *place, values, date1904) for place, values in _wanted(model))


def _same_formula(cells: SheetCells, cell: CellModel) -> bool:
    """Whether a formula of ours stands in its cell; what it shows is for the evaluation to find."""
    stored = cells.formulas.text(cell.row + 1, cell.column + 1) or ""
    return stored == cell.value.text[1:] or folded_formula(stored) == folded_formula(cell.value.text)


def _wanted(model: SheetModel) -> Iterator[tuple[tuple[int, int], list[Any]]]:
    """Every value of a sheet: columns with the row and column (from 1) of their first cell."""
    for cell in model.cells:
        if isinstance(cell.value, Formula):
            continue
        yield (cell.row + 1, cell.column + 1), [cell.value]
    for table in model.tables:
        for column, own in enumerate(table.columns, start=table.column + 1):
            blank = [None] * (table.length - len(own.values))  # an empty table has one blank row
            yield (table.row + 1, column), [own.header, *(() if own.own else (*own.values, *blank))]


def _same_column(
    rows: Mapping[int, Mapping[int, Any]], first_row: int, column: int, wanted: list[Any], date1904: bool
) -> bool:
    """Whether cells show these values; most are equal as they are, so only the others are looked at closely."""
    blank: dict[int, Any] = {}
    for row, value in enumerate(wanted, start=first_row):
        stored = rows.get(row, blank).get(column)
        plain = value.value if isinstance(value, Formula) else value
        if stored != plain and not _same(stored, cell_value(plain, date1904)):
            return False
    return True


def _same(stored: Any, wanted: Any) -> bool:
    if stored in (None, "") or wanted in (None, ""):
        return stored in (None, "") and wanted in (None, "")
    if isinstance(stored, CellError):
        return bool(stored.code == wanted)
    if isinstance(stored, bool) or isinstance(wanted, bool | str):
        return bool(stored == wanted)
    return isinstance(stored, int | float) and math.isclose(stored, wanted, rel_tol=1e-12, abs_tol=1e-12)
