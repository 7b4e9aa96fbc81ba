"""What a file says is on the way against the Inbound table: shipments by number, sums only where no line stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from restock.imports.changes import Changes, ExistingRow
from restock.schema.columns import normal_key
from restock.schema.records import records
from restock.schema.words import key_of, word

_CLOSED = ("received", "cancelled")


def inbound_changes(existing: Iterable[ExistingRow], inbound: pd.DataFrame, only: str, language: str) -> Changes:
    """Return what a file changes on Inbound.

    A sum has no shipment and no date of its own: it is written only where Inbound has no open line for that SKU
    and warehouse, and an earlier sum gives way to a later one, 0 included.

    Args:
        existing: Rows of Inbound.
        inbound: Rows as in `restock.imports.taken` under the book's names.
        only: The book's only warehouse, which an empty cell means.
        language: Of the words for states.
    """
    changes = Changes("Inbound")
    lines = _added(inbound)
    documents = {normal_key(line["document"]) for line in lines if line["document"]}
    rows, typed = {}, set()
    for row in existing:
        place = (normal_key(str(row.cells.get("sku") or "")), normal_key(str(row.cells.get("warehouse") or only)))
        document = normal_key(str(row.cells.get("document") or ""))
        if document in documents:
            rows[document, *place] = row
        elif key_of("inbound_state", str(row.cells.get("state") or "")) not in _CLOSED:
            typed.add(place)
    passed = 0
    for line in lines:
        place = (normal_key(line["sku"]), normal_key(line["warehouse"] or only))
        found = rows.get((normal_key(line["document"]), *place))
        if found is not None:
            if found.cells.get("ordered") != line["ordered"]:
                changes.changed[found.row] = {"ordered": line["ordered"]}
        elif line["ordered"] > 0 and line["total"] and place in typed:
            passed += 1
        elif line["ordered"] > 0:
            changes.added.append(_row(line, language))
    if passed:
        changes.notes.append(("import.inbound_typed", {"count": passed}))
    return changes


def _added(inbound: pd.DataFrame) -> list[dict[str, Any]]:
    keys = ["document", "sku", "warehouse"]
    how = {"ordered": "sum", "state": "first", "total": "first"}
    added = inbound.groupby(keys, sort=False, as_index=False).agg(how)
    return records(added)


def _row(line: dict[str, Any], language: str) -> dict[str, Any]:
    cells = {"document": line["document"], "sku": line["sku"], "warehouse": line["warehouse"]}
    state = word("inbound_state", line["state"], language)
    return {name: value for name, value in cells.items() if value} | {"ordered": line["ordered"], "state": state}
