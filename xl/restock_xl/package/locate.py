"""Where the input tables stand in a book: by the name of an Excel table, else by the headers of any sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from restock.schema.columns import Table, normal_header
from restock.schema.inputs import INPUT_TABLES
from restock.schema.outputs import OUTPUT_TABLES

from .book import Book, TableRef
from .cells import SheetCells, Value
from .references import Area, area

HEADER_ROWS = 30  # headers are looked for in this many rows from the top
KNOWN_HEADERS = frozenset(
    text for table in INPUT_TABLES.values() for column in table.columns for text in column.headers()
)
_OUTPUT_NAMES = {name.casefold() for name in OUTPUT_TABLES}


@dataclass(frozen=True)
class Region:
    """Cells of one row, from column `left`, that may be headers; `table` where an Excel table has them."""

    sheet: str
    row: int
    left: int
    headers: tuple[str | None, ...]
    table: TableRef | None = None

    @property
    def right(self) -> int:
        """The last column."""
        return self.left + len(self.headers) - 1

    def match(self, table: Table) -> dict[str, int]:
        """Map the name of each recognised column to its column on the sheet."""
        return {name: self.left + place for name, place in table.match_headers(list(self.headers)).items()}

    def overlaps(self, other: Region) -> bool:
        """Return whether two regions share a cell."""
        same_row = self.sheet == other.sheet and self.row == other.row
        return same_row and self.left <= other.right and other.left <= self.right


@dataclass(frozen=True)
class Located:
    """A table found: `columns` maps names to columns on the sheet; `found_by` is name, headers or wide."""

    table: Table
    region: Region
    columns: dict[str, int]
    found_by: str


@dataclass(frozen=True)
class AlsoFound:
    """Headers that would do for a table for which better ones were taken."""

    table: str
    sheet: str
    header_row: int


@dataclass(frozen=True)
class Findings:
    """What was found in a book: the tables by name, and further headers that would have done."""

    tables: dict[str, Located]
    also_found: list[AlsoFound]


def header_regions(book: Book, cells: Callable[[str], SheetCells]) -> list[Region]:
    """Return what may be headers near the top of the sheets that are not our output, in the order of tabs."""
    ours = {name.casefold() for name in book.owned().values()}
    regions: list[Region] = []
    for sheet in book.sheets:
        if sheet.part is not None and sheet.name.casefold() not in ours:
            tables = [ref for ref in book.tables() if ref.sheet == sheet.name]
            found = _regions_of_sheet(sheet.name, cells(sheet.name).head(HEADER_ROWS), tables)
            regions += [region for region in found if _has_known_header(region)]
    return regions


def _has_known_header(region: Region) -> bool:
    return any(header and normal_header(header) in KNOWN_HEADERS for header in region.headers)


def _regions_of_sheet(
    sheet: str, rows: dict[int, dict[int, Value]], tables: list[TableRef]
) -> Iterator[Region]:
    placed = [(ref, place) for ref in tables if (place := area(ref.ref)) is not None]
    for ref, place in placed:
        if ref.header_rows and ref.name.casefold() not in _OUTPUT_NAMES:
            yield Region(sheet, place.top, place.left, ref.columns, ref)
    for number in sorted(rows):
        taken = [place for _, place in placed if place.top <= number <= place.bottom]
        yield from _regions_of_row(sheet, number, rows[number], taken)


def _regions_of_row(sheet: str, number: int, row: dict[int, Value], taken: list[Area]) -> Iterator[Region]:
    """Yield the runs of filled cells outside Excel tables, and the row as a whole where it has several."""
    texts = {column: value for column, value in row.items() if isinstance(value, str) and value.strip()}
    free = [
        column for column in sorted(texts) if not any(place.left <= column <= place.right for place in taken)
    ]
    runs = list(_runs(free))
    for left, right in [*runs, (free[0], free[-1])] if len(runs) > 1 else runs:
        if right > left:
            yield Region(sheet, number, left, tuple(texts.get(column) for column in range(left, right + 1)))


def _runs(columns: Iterable[int]) -> Iterator[tuple[int, int]]:
    start = last = None
    for column in columns:
        if start is None or last is None:
            start = column
        elif column != last + 1:
            yield start, last
            start = column
        last = column
    if start is not None and last is not None:
        yield start, last


def locate(
    regions: list[Region], warehouse_columns: Callable[[dict[str, Located]], Located | None]
) -> Findings:
    """Return the tables found, by name, and the headers that were passed over for better ones.

    An Excel table that bears the name of an input table is that table if it has the required columns. For
    the others the headers decide: most columns recognised, then a sheet named like the table, then the order
    of tabs.

    Args:
        regions: All headers of the book.
        warehouse_columns: Finds Stock with a column per warehouse, given the other tables; asked only when
            there is no other Stock.
    """
    found: dict[str, Located] = {}
    for region in regions:
        table = _named(region)
        if table is not None and table.name not in found and _has(region.match(table), required(table)):
            found[table.name] = Located(table, region, region.match(table), "name")
    candidates = _candidates(regions)
    for candidate in candidates:
        if candidate.table.name not in found and is_free(candidate.region, found):
            found[candidate.table.name] = candidate
    stock = None if "Stock" in found else warehouse_columns(found) or _taken_from_another(candidates, found)
    if stock is not None:
        found["Stock"] = stock
    return Findings(found, _passed_over(candidates, found))


def _taken_from_another(candidates: list[Located], found: dict[str, Located]) -> Located | None:
    """Return Stock under headers that another table holds, which gives way: Stock alone is indispensable."""
    stock = next((one for one in candidates if one.table.name == "Stock"), None)
    if stock is not None:
        for name in [name for name, other in found.items() if stock.region.overlaps(other.region)]:
            del found[name]
    return stock


def required(table: Table) -> tuple[str, ...]:
    """Return the columns without which a table of the right name is not taken for an input table."""
    return tuple(column.name for column in table.columns if column.required) or table.signature


def is_free(region: Region, found: dict[str, Located]) -> bool:
    """Return whether no table found uses these headers."""
    return not any(region.overlaps(other.region) for other in found.values())


def sheet_has_name_of(region: Region, table: Table) -> bool:
    """Return whether the sheet bears the table's name in either language."""
    return region.sheet.strip().casefold() in {name.casefold() for name in (table.name, table.en, table.zh)}


def _named(region: Region) -> Table | None:
    name = region.table.name.casefold() if region.table is not None else None
    return next((table for table in INPUT_TABLES.values() if table.name.casefold() == name), None)


def _has(columns: dict[str, int], names: Iterable[str]) -> bool:
    return all(name in columns for name in names)


def _candidates(regions: list[Region]) -> list[Located]:
    """Return every table that some headers identify, best first, and last what another table fits better."""
    ranked = []
    for order, region in enumerate(regions):
        matches = {
            table.name: columns for table in INPUT_TABLES.values() if (columns := _identified(region, table))
        }
        most = max(map(len, matches.values()), default=0)
        for name, columns in matches.items():
            table = INPUT_TABLES[name]
            rank = (
                len(columns) < most,
                name != "Stock",
                -len(columns),
                not sheet_has_name_of(region, table),
                order,
            )
            ranked.append((rank, Located(table, region, columns, "headers")))
    return [located for _, located in sorted(ranked, key=lambda pair: pair[0])]


def _identified(region: Region, table: Table) -> dict[str, int]:
    columns = region.match(table)
    return columns if _has(columns, table.signature) else {}


def _passed_over(candidates: list[Located], found: dict[str, Located]) -> list[AlsoFound]:
    passed: list[Located] = []
    for candidate in candidates:
        taken = [*found.values(), *passed]
        if not any(candidate.region.overlaps(other.region) for other in taken):
            passed.append(candidate)
    return [AlsoFound(one.table.name, one.region.sheet, one.region.row) for one in passed]
