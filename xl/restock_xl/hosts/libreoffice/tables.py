"""Excel tables, which LibreOffice keeps as database ranges."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .coverage import covers
from .ranges import Range

if TYPE_CHECKING:
    from .sheets import Sheet


@covers(base_classes.Table)
class Table(base_classes.Table):
    """One table."""

    def __init__(self, sheet: Sheet, api: Any) -> None:
        self._sheet, self._api = sheet, api

    @property
    def api(self) -> Any:
        """The UNO database range."""
        return self._api

    @property
    def parent(self) -> Sheet:
        """The sheet it stands on."""
        return self._sheet

    @property
    def name(self) -> str:
        """Its name."""
        return str(self._api.Name)

    @name.setter
    def name(self, value: str) -> None:
        self._api.Name = value

    display_name = name

    @property
    def range(self) -> Range:
        """Headers and rows."""
        return Range.at(self._sheet, self._api.DataArea)

    @property
    def header_row_range(self) -> Range:
        """The headers."""
        whole = self.range
        return Range(self._sheet, (whole.row, whole.column), (whole.row, whole.column + whole.shape[1] - 1))

    @property
    def data_body_range(self) -> Range | None:
        """The rows below the headers."""
        whole = self.range
        last = (whole.row + whole.shape[0] - 1, whole.column + whole.shape[1] - 1)
        return Range(self._sheet, (whole.row + 1, whole.column), last) if whole.shape[0] > 1 else None

    @property
    def show_autofilter(self) -> bool:
        """Whether its headers carry buttons for filters; turned off, all rows show."""
        return bool(self._api.AutoFilter)

    @show_autofilter.setter
    def show_autofilter(self, value: bool) -> None:
        if not value:
            no_filter = self.range.api.createFilterDescriptor(True)
            no_filter.ContainsHeader = True
            self.range.api.filter(no_filter)
        self._api.AutoFilter = bool(value)

    def resize(self, range: Range) -> None:
        """Let it cover other cells."""
        self._api.setDataArea(range.api.RangeAddress)


@covers(base_classes.Tables)
class Tables(base_classes.Tables):
    """The tables of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def api(self) -> Any:
        """The UNO database ranges of the whole book."""
        return self._sheet.book.api.DatabaseRanges

    @property
    def parent(self) -> Sheet:
        """The sheet."""
        return self._sheet

    def __iter__(self) -> Iterator[Table]:
        index = self._sheet.index - 1
        for name in self.api.ElementNames:
            found = self.api.getByName(name)
            if found.DataArea.Sheet == index:
                yield Table(self._sheet, found)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, key: str) -> bool:
        return any(table.name.casefold() == key.casefold() for table in self)

    def __call__(self, key: str | int) -> Table:
        tables = list(self)
        if isinstance(key, int):
            return tables[key - 1]
        for table in tables:
            if table.name.casefold() == key.casefold():
                return table
        raise KeyError(key)

    def add(self, source_type: Any = None, source: Range | None = None, link_source: Any = None,
            has_headers: Any = None, destination: Any = None, table_style_name: Any = None,
            name: str | None = None) -> Table:  # fmt: skip
        """Make a table of a range."""
        assert source is not None
        number = len(self.api.ElementNames) + 1
        name = name or f"Table{number}"
        self.api.addNewByName(name, source.api.RangeAddress)
        made = self.api.getByName(name)
        made.ContainsHeader, made.AutoFilter = True, True
        return Table(self._sheet, made)
