"""Who a copy is for, and which sheets, columns and rows of the book that person gets to see."""

from __future__ import annotations

from dataclasses import replace

from restock.schema.columns import Table
from restock.schema.outputs import ALERTS, LIVE_PICKS, ORDERS, TRANSFERS
from restock.schema.raw import RawTable
from restock.text import Words, say
from restock_xl.exports.values.sheet_frame import Cut
from restock_xl.package.book import Sheet, TableRef
from restock_xl.package.read import BookContents
from restock_xl.package.references import Area, area, column_number
from restock_xl.previous import table_on_owned

PHONE_COLUMNS: dict[str, tuple[Table, tuple[str, ...]]] = {
    "Alerts": (ALERTS, ("tier", "sku", "warehouse", "days_left", "action")),
    "Orders": (ORDERS, ("supplier", "sku", "warehouse", "units", "order_by")),
    "Transfers": (TRANSFERS, ("sku", "from", "to", "units", "ship_by")),
    "LivePicks": (LIVE_PICKS, ("sku", "decision", "promise", "planned", "instead")),
}
"""On a phone: five columns of a list, none of them money."""


def team_cuts(contents: BookContents, banner: str) -> dict[str, Cut]:
    """Return what each sheet of the copy for everybody shows: all tabs that are shown, but Sales and Start."""
    sales = contents.raw.tables.get("Sales")
    shared = {table.sheet for table in contents.raw.tables.values() if table is not sales}
    more_sales = {one.sheet for one in contents.also_found if one.table == "Sales"} - shared
    cuts = {}
    for sheet in _shown_sheets(contents):
        only_sales = sales is not None and sheet.name == sales.sheet and sheet.name not in shared
        if only_sales or sheet.name in more_sales or _is_start(contents, sheet):
            continue
        blanked = _sales_areas(contents) if sales and sheet.name == sales.sheet else ()
        cuts[sheet.name] = Cut(blanked=blanked, dropped=_hints(), banner=_banner(contents, sheet, banner))
    return cuts


def phone_cuts(contents: BookContents, banner: str) -> dict[str, Cut]:
    """Return what the copy for a phone shows: Today, and five columns of each list that has rows."""
    owned = contents.book.owned()
    shown = {sheet.name for sheet in _shown_sheets(contents)}
    cuts = {}
    if (today := owned.get("Today")) in shown:
        cuts[today] = Cut(dropped=_hints(), banner=banner)
    for key, (table, names) in PHONE_COLUMNS.items():
        name = table_on_owned(contents, table)
        ref = next((one for one in contents.book.tables() if one.name == name), None)
        if ref is None or owned.get(key) not in shown or not _has_rows(contents, ref):
            continue
        columns = _columns(ref, table, names)
        place = area(ref.ref)
        if columns and place is not None:
            below = Area(place.bottom + 1, 1, 1 << 20, 1 << 14)
            cuts[ref.sheet] = Cut(columns, place.top, (below,), _hints(), banner)
    return cuts


def picture_cuts(contents: BookContents, cuts: dict[str, Cut]) -> dict[str, Cut]:
    """Return what a picture shows of these: the first sheet alone, Today down to the text for the group chat."""
    name = next(iter(cuts), None)
    row = chat_row(contents)
    if name is None:
        return {}
    if name != contents.book.owned().get("Today") or row is None:
        return {name: cuts[name]}
    return {name: replace(cuts[name], blanked=(Area(row, 1, 1 << 20, 1 << 14),))}


def chat_row(contents: BookContents) -> int | None:
    """Return the row on Today that heads the text for the group chat; None where there is none."""
    sheet = contents.book.owned().get("Today")
    titles = {say("sheet.chat", Words(language)) for language in ("en", "zh")}
    rows = contents.cells(sheet).rows if sheet else {}
    return next((row for row in sorted(rows) if rows[row].get(1) in titles), None)


def _shown_sheets(contents: BookContents) -> list[Sheet]:
    """The visible worksheets in tab order; chart sheets and the like are none."""
    worksheets = {relation.target for relation in contents.book.relationships if relation.kind == "worksheet"}
    return [sheet for sheet in contents.book.sheets if sheet.state == "visible" and sheet.part in worksheets]


def _is_start(contents: BookContents, sheet: Sheet) -> bool:
    """Whether a sheet is Start: it has no table, so that no long list is read to find out."""
    if any(ref.sheet == sheet.name for ref in contents.book.tables()):
        return False
    titles = {say("start.title", Words(language)) for language in ("en", "zh")}
    return contents.cells(sheet.name).value("A1") in titles


def _hints() -> frozenset[str]:
    """How to recompute: nothing that a copy can do."""
    return frozenset(say("sheet.drop_hint", Words(language)) for language in ("en", "zh"))


def _banner(contents: BookContents, sheet: Sheet, banner: str) -> str:
    """The banner where A1 is a title of ours: on our sheets, and above tables of ours that begin in row 3."""
    ours = {*contents.book.owned().values(), *(table.sheet for table in contents.raw.tables.values())}
    return banner if sheet.name in ours and sheet.name not in _titled_by_user(contents) else ""


def _titled_by_user(contents: BookContents) -> set[str]:
    return {table.sheet for table in contents.raw.tables.values() if table.header_row < 2}


def _sales_areas(contents: BookContents) -> tuple[Area, ...]:
    """Where Sales stand, with what the user added beside them, such as the customer, and their totals."""
    table = contents.raw.tables["Sales"]
    columns, cells = _letters(table), contents.cells(table.sheet)
    if not columns:
        return ()
    others = [one for one in contents.raw.tables.values() if one.sheet == table.sheet and one is not table]
    free = set(cells.row(table.header_row)).difference(*map(_letters, others))
    left, right, last = min(columns), max(columns), int(max(table.rows, default=table.header_row))
    while right + 1 in free:
        right += 1
    while left - 1 in free:
        left -= 1
    here = [place for ref in contents.book.tables() if ref.sheet == table.sheet and (place := area(ref.ref))]
    tables = (place for place in here if place.top == table.header_row and left <= place.left <= right)
    return (Area(table.header_row, left, last, right), *tables)


def _letters(table: RawTable) -> set[int]:
    return {column_number(column.letter) for column in table.columns}


def _has_rows(contents: BookContents, ref: TableRef) -> bool:
    cells = contents.table_cells(ref.name)
    return cells is not None and bool(cells.rows)


def _columns(ref: TableRef, table: Table, names: tuple[str, ...]) -> tuple[int, ...]:
    place, found = area(ref.ref), table.match_headers(list(ref.columns))
    left = place.left if place is not None else 1
    return tuple(left + found[name] for name in names if name in found)
