"""The lines under "Committed" as people left them: orders and transfers that were accepted, cell by cell (§4, §33)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from restock.schema.cell import Reading, clipped, is_blank, shown, tidy
from restock.schema.columns import Column, Kind, Table, normal_key
from restock.schema.date_cell import shown_date
from restock.schema.outputs import ORDERS, ORDERS_COMMITTED, TRANSFERS, TRANSFERS_COMMITTED
from restock.schema.raw import CellError, RawTable
from restock.schema.rows import read_cell
from restock.schema.table_view import TableView
from restock.schema.tables import Problem, Tables
from restock.schema.words import key_of


@dataclass(frozen=True)
class LineType:
    """Orders or transfers: the table of suggestions, that of accepted lines, and how documents are called.

    Attributes:
        origin, destination: The columns that say where goods come from and go to.
        prefix: What a document's number begins with; `stem` names the columns that follow the date.
        renamed: Columns of the suggestion that are called otherwise once it is accepted.
    """

    suggested: Table
    committed: Table
    origin: str
    destination: str
    prefix: str
    stem: tuple[str, ...]
    renamed: dict[str, str] = field(default_factory=dict)


ORDER = LineType(ORDERS, ORDERS_COMMITTED, "supplier", "warehouse", "PO", ("supplier",))
TRANSFER = LineType(
    TRANSFERS, TRANSFERS_COMMITTED, "from", "to", "TR", ("from", "to"),
    {"arrives_on": "sellable_on", "cost": "freight"},
)  # fmt: skip
LINE_TYPES = (ORDER, TRANSFER)

CLOSED = ("received", "cancelled")

# What an unreadable cell means until it is put right: `until` of the problem's sentence.
_UNTIL = {"units": "double_order", "received": "received", "sellable_on": "undated", "state": "state"}


@dataclass
class Line:
    """One accepted line.

    Attributes:
        values: Its cells by column name, checked; blank is "" for text, None for numbers and dates.
        kept: What stands in cells that could not be read, and in columns of the user's own (user:header).
        row: Its row on the sheet, 0 for one that is accepted now.
    """

    values: dict[str, Any]
    kept: dict[str, Any] = field(default_factory=dict)
    row: int = 0

    @property
    def usable(self) -> bool:
        """Whether it names goods, a number of units and so can count."""
        return bool(self.values["sku"] and self.values["units"] is not None)

    def cells(self) -> dict[str, Any]:
        """What its row on the sheet shows."""
        return self.values | self.kept


def spelled(tables: Tables) -> dict[str, str]:
    """The spelling of every SKU, warehouse and supplier of the book, by its folded name (§10)."""
    frames = (tables.suppliers["supplier"], tables.warehouses["warehouse"], tables.stock["warehouse"],
              tables.catalog["sku"], tables.stock["sku"])  # fmt: skip
    return {normal_key(str(name)): str(name) for names in frames for name in dict.fromkeys(names)}


def read_lines(kind: LineType, raw: RawTable | None, names: dict[str, str]) -> tuple[list[Line], list[Problem]]:
    """The accepted lines that stand in the book, in sheet order, and what could not be read of them.

    Args:
        names: The spelling of each name, see `spelled`.
    """
    if raw is None:
        return [], []
    view = TableView.of(raw, kind.committed)
    lines: list[Line] = []
    problems: list[Problem] = []
    for position in range(len(view)):
        typed = row_contents(view, position)
        line = Line({}, dict(_own_columns(view, position)), view.row(position))
        if all(map(is_blank, [*typed.values(), *line.kept.values()])):
            continue
        for column in kind.committed.columns:
            reading = read_cell(typed[column.name], column)
            line.values[column.name] = _value(reading, column)
            if reading.fault:
                line.kept[column.name] = plain(typed[column.name])
                problems.append(cell_problem(view, column, position, typed, reading, _UNTIL.get(column.name, "empty")))
        respell(line, kind, names)
        lines.append(line)
    return lines, problems


def row_contents(view: TableView, position: int) -> dict[str, Any]:
    """A row of a table of ours as column name to content; None where the column is missing."""
    known = {name: column.values[position] for name, column in view.known.items()}
    return {column.name: known.get(column.name) for column in view.table.columns}


def stock_pairs(tables: Tables) -> set[tuple[str, str]]:
    """SKU and warehouse of every row of Stock, planned or not."""
    frames = (tables.stock, tables.unplanned)
    return {pair for frame in frames for pair in zip(frame["sku"], frame["warehouse"], strict=True)}


def not_on_stock(kind: LineType, line: Line, table: str, sheet: str, row: int) -> Problem:
    """What to do about a line whose SKU and destination have no row on Stock; `table` is that in which it stands."""
    sku, place = clipped(line.values["sku"]), clipped(line.values[kind.destination])
    params = {"name": sku, "place": place, "column": "sku", "row": row}
    return Problem("problem.pair_not_on_stock", "note", table, sheet, str(row), sku, params=params)


def _own_columns(view: TableView, position: int) -> Iterator[tuple[str, Any]]:
    for column in view.others:
        if column.header:
            yield f"user:{column.header}", plain(column.values[position])


def plain(content: Any) -> Any:
    """A cell's content as it can be written again."""
    return content.code if isinstance(content, CellError) else content


def key_text(content: Any, column: Column) -> str:
    """A cell of a key column as keys state it: words of a list by their key, anything else as it is shown."""
    text = "" if is_blank(content) else tidy(shown(plain(content)))
    return (key_of(column.choices, text) or text) if column.kind is Kind.CHOICE else text


def _value(reading: Reading, column: Column) -> Any:
    blank = "" if column.kind in (Kind.TEXT, Kind.CHOICE) else None
    return blank if reading.value is None else reading.value


def respell(line: Line, kind: LineType, names: dict[str, str]) -> None:
    """Spell the names of a line as the book does, so that plain equality joins them (§10)."""
    for column in ("sku", kind.origin, kind.destination):
        typed = line.values[column]
        line.values[column] = names.get(normal_key(typed), typed)


def cell_problem(
    view: TableView, column: Column, position: int, typed: dict[str, Any], reading: Reading, until: str
) -> Problem:
    """What is wrong with a cell that people typed on a sheet of ours, and what to type; nothing else stops for it."""
    content = typed[column.name]
    as_date = column.kind is Kind.DATE and isinstance(content, float)
    value = clipped(shown_date(content) if as_date else shown(plain(content)))
    params = {**reading.params, "column": column.name, "until": until, "row": view.row(position)}
    where = typed.get("warehouse") or typed.get("to")
    return Problem(
        reading.fault, "note", view.table.name, view.raw.sheet, view.cell(column.name, position), value,
        clipped(shown(plain(typed["sku"]))), clipped(shown(plain(where))), params,
    )  # fmt: skip
