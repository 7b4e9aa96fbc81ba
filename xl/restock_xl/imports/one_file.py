"""What one file would change in a book, and what is said of it before anything is written."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from restock.errors import InputError
from restock.imports.changes import Changes, Note, listed
from restock.imports.inbound_changes import inbound_changes
from restock.imports.own_names import OwnNames
from restock.imports.reading import Imported, read_file
from restock.imports.sales_changes import sales_changes
from restock.imports.same_sales import without_told
from restock.imports.stock_changes import stock_changes
from restock.schema.inputs import INPUT_TABLES
from restock.text import Words, say

from .book_rows import BookTable
from .source_file import SourceFile

_AMOUNTS = {"stock": ("available", "reserved", "on_hand"), "sales": ("qty",), "inbound": ("ordered",)}


@dataclass(frozen=True)
class Wishes:
    """What the user said: the warehouse of a file that names none, how it writes dates and decimals, the day."""

    today: dt.date
    warehouse: str = ""
    dates: str = ""
    decimal: str = ""


@dataclass
class FileImport:
    """One file: what was read, what it changes by table, and its mark for telling whether it was imported before."""

    path: Path
    imported: Imported
    fingerprint: str
    changes: dict[str, Changes] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    before: dt.date | None = None


def read_import(source: SourceFile, names: OwnNames, wishes: Wishes, words: Words) -> FileImport:
    """Return a file's rows under the names of the book.

    Raises:
        InputError: The user must first say how the file writes dates or decimals, or which warehouse it is of.
    """
    imported = read_file(source.found, source.table, wishes.dates, wishes.decimal)
    if imported.asks:
        value = next((refusal.value for refusal in imported.refused if refusal.reason == "unclear"), "")
        raise InputError(say(f"import.asks_{imported.asks}", words, name=source.path.name, value=value))
    platform = f"{source.found.format.en} {source.found.format.zh}"
    skus = {sku for frame in (imported.stock, imported.sales, imported.inbound) for sku in frame["sku"].unique()}
    mark = (source.fingerprint, wishes.warehouse, wishes.dates, wishes.decimal, names.mapping(skus, platform))
    found = FileImport(source.path, imported, hashlib.blake2b(repr(mark).encode(), digest_size=8).hexdigest())
    frames, unknown = {}, dict[str, None]()
    for kind, amounts in _AMOUNTS.items():
        frame = _placed(getattr(imported, kind), kind, names, wishes.warehouse, source.path, words)
        frames[kind], new = names.own_skus(frame, amounts, platform)
        unknown.update(dict.fromkeys(new))
    if unknown:
        found.notes.append(("import.unmapped", {"names": listed(list(unknown)), "count": len(unknown)}))
    found.notes += _new_places(frames, names)
    stock = _one_each(frames["stock"])
    found.imported = replace(imported, stock=stock, sales=frames["sales"], inbound=frames["inbound"])
    return found


def _placed(
    frame: pd.DataFrame, kind: str, names: OwnNames, wish: str, path: Path, words: Words
) -> pd.DataFrame:
    """The rows with the warehouse's name in the book."""
    own: dict[str, str] = {}
    places = [str(place) for place in frame["warehouse"].unique()]
    if wish and len(places) > 1:
        raise InputError(say("import.several_warehouses", words, name=path.name, names=listed(places)))
    for place in places:
        found = wish or (place if kind == "sales" and not place else names.warehouse(place))
        if found is None and kind == "sales":
            found = ""
        if found is None:
            known = say("import.choices", words, names=listed(names.warehouses)) if names.warehouses else ""
            raise InputError(say("import.asks_warehouse", words, name=path.name, choices=known))
        own[place] = names.warehouse(found) or found if found else ""
    return frame.assign(warehouse=frame["warehouse"].map(own) if own else "")


def _one_each(frame: pd.DataFrame) -> pd.DataFrame:
    """Stock with one row per SKU and warehouse: what stands under several platform SKUs is added."""
    if not frame.duplicated(["sku", "warehouse"]).any():
        return frame
    keys = ["sku", "warehouse"]
    sums = frame.groupby(keys, sort=False)[[*_AMOUNTS["stock"]]].sum(min_count=1)
    others = frame.groupby(keys, sort=False)[["stock_date", "place", "row"]].first()
    return sums.join(others).reset_index()


def _new_places(frames: Mapping[str, pd.DataFrame], names: OwnNames) -> list[Note]:
    known = set(names.warehouses)
    places = {str(place) for frame in frames.values() for place in frame["warehouse"].unique()}
    new = sorted(place for place in places if place and place not in known)
    return [("import.new_warehouse", {"names": listed(new), "count": len(new)})] if new and known else []


def find_changes(
    found: FileImport, tables: Mapping[str, BookTable], names: OwnNames, wishes: Wishes, words: Words
) -> None:
    """Fill in what a file changes, held against the tables of the book as they stand.

    Raises:
        InputError: Sales has no column for order numbers.
    """
    only = names.warehouses[0] if len(names.warehouses) == 1 else ""
    imported = found.imported
    if len(imported.stock) and "Stock" in tables:
        stock = tables["Stock"]
        _keep(found, _without_formulas(stock_changes(stock.rows, imported.stock, wishes.today, only), stock))
        if imported.stock["stock_date"].isna().any():
            found.notes.append(("import.stock_as_of", {"day": wishes.today}))
    if (len(imported.sales) or imported.orders) and "Sales" in tables:
        sales = tables["Sales"]
        if imported.orders and "order" not in sales.columns:
            raise InputError(say("import.no_order_column", words, sheet=sales.sheet))
        wanted, told = without_told(imported.sales, sales.rows)
        orders = set(imported.orders) if not told else set(wanted["order"])
        _keep(found, sales_changes(sales.rows, wanted, orders, set(imported.spoiled), only))
        if told:
            found.notes.append(("import.told_twice", {"count": told}))
    if len(imported.inbound) and "Inbound" in tables:
        _keep(found, inbound_changes(tables["Inbound"].rows, imported.inbound, only, words.language))


def _without_formulas(changes: Changes, table: BookTable) -> Changes:
    """The changes but those of cells in which the user calculates."""
    count = 0
    for row, cells in list(changes.changed.items()):
        kept = {name: value for name, value in cells.items() if (row, name) not in table.formulas}
        count += len(cells) - len(kept)
        changes.changed[row] = kept
        if not kept:
            del changes.changed[row]
    if count:
        changes.notes.append(("import.formulas_kept", {"count": count}))
    return changes


def _keep(found: FileImport, changes: Changes) -> None:
    found.notes += changes.notes
    if changes:
        found.changes[changes.table] = changes


def needed_tables(found: FileImport) -> list[str]:
    """The tables of the book that a file concerns."""
    imported = found.imported
    sales = len(imported.sales) + len(imported.orders)
    counts = {"Stock": len(imported.stock), "Sales": sales, "Inbound": len(imported.inbound)}
    return [name for name, count in counts.items() if count]


def log_line(found: FileImport, today: dt.date, words: Words) -> dict[str, Any]:
    """The line of the import log."""
    imported = found.imported
    refused = sum(refusal.count for refusal in imported.refused)
    return {
        "imported_on": today, "file": found.path.name, "format": imported.found.format.name(words.language),
        "taken": written_text(found, words), "rows_read": imported.read, "rows_used": imported.used,
        "left_out": sum(imported.left_out.values()), "refused": refused,
        "why": " ".join(why_lines(found, words)), "fingerprint": found.fingerprint,
    }  # fmt: skip


def written_text(found: FileImport, words: Words) -> str:
    """How many rows of which tables change."""
    parts = [
        say("import.table_changes", words, table=INPUT_TABLES[table].sheet_name(words.language),
            added=len(changes.added), changed=len(changes.changed), cleared=len(changes.cleared))
        for table, changes in found.changes.items()
    ]  # fmt: skip
    return say("import.joint", words).join(parts) or say("import.nothing", words)


def why_lines(found: FileImport, words: Words) -> list[str]:
    """Why rows were left out or refused, one sentence for each kind."""
    lines = []
    if found.imported.left_out:
        parts = [
            f"{say(f'import.left_{reason}', words)} {count}"
            for reason, count in sorted(found.imported.left_out.items())
        ]
        lines.append(say("import.left_out", words, reasons=say("import.joint", words).join(parts)))
    for refusal in found.imported.refused:
        others = refusal.count - 1
        more = say("import.and_others", words, others=others, others_all=refusal.count) if others else ""
        column = say("import.in_column", words, column=refusal.column) if refusal.column else ""
        why = say(f"import.why_{refusal.reason}", words)
        key = "import.row_refused_value" if refusal.value else "import.row_refused"
        given = {"value": refusal.value[:40]} if refusal.value else {}
        lines.append(say(key, words, row=refusal.rows[0], more=more, column=column, why=why, **given))
    return lines


def preview_lines(found: FileImport, words: Words) -> list[str]:
    """What is said of a file before anything is written."""
    imported = found.imported
    if found.before is not None:
        return [say("import.same_file", words, name=found.path.name, day=found.before)]
    would = say("import.would", words, changes=written_text(found, words))
    lines = [head_line(found, words), *_days(imported, words), would]
    lines += why_lines(found, words)
    lines += [say(key, words, **params) for key, params in found.notes]
    return lines


def head_line(found: FileImport, words: Words) -> str:
    """What a file is, and how many of its rows are used."""
    imported = found.imported
    refused = sum(refusal.count for refusal in imported.refused)
    return say(
        "import.head", words, name=found.path.name, format=imported.found.format.name(words.language),
        read=imported.read, used=imported.used, left=sum(imported.left_out.values()), refused=refused,
    )  # fmt: skip


def _days(imported: Imported, words: Words) -> list[str]:
    if imported.sales.empty:
        return []
    days = pd.to_datetime(imported.sales["date"])
    units = float(imported.sales["qty"].sum())
    return [say("import.sales_days", words, first=days.min().date(), last=days.max().date(), units=units)]
