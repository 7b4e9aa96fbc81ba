"""Our sheets as an empty book to copy formats from: what stands in their cells is written apart.

Formulas would name sheets that the scratch book does not have, which a program reports as damage, and which a copy
keeps as a link to a file that is gone in a moment.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from restock_xl.sheets.model import CellModel, ColumnModel, SheetModel, TableModel


def write_scratch(models: Sequence[SheetModel], path: Path, date1904: bool) -> None:
    """Write the sheets without contents, by the same renderer as everywhere."""
    from restock_xl.sheets.render import render

    render([_emptied(model) for model in models], path, date1904, compressed=False)


def _emptied(model: SheetModel) -> SheetModel:
    cells = tuple(CellModel(cell.row, cell.column, None, cell.style) for cell in model.cells)
    return dataclasses.replace(model, cells=cells, tables=tuple(map(_emptied_table, model.tables)))


def _emptied_table(table: TableModel) -> TableModel:
    return dataclasses.replace(table, columns=tuple(map(_emptied_column, table.columns)))


def _emptied_column(column: ColumnModel) -> ColumnModel:
    return dataclasses.replace(column, formula="", values=[None] * len(column.values))
