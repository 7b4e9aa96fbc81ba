"""Sheets of a book, and copying them from one book to another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .coverage import covers
from .names import Names
from .paste import remove_sheet
from .ranges import CONTENTS, EVERYTHING, FORMATS, Range
from .tables import Tables

if TYPE_CHECKING:
    from .book import Book

LAST_ROW, LAST_COLUMN = 1 << 20, 1 << 14


@covers(base_classes.Sheet)
class Sheet(base_classes.Sheet):
    """One sheet."""

    def __init__(self, book: Book, api: Any) -> None:
        self._book, self._api = book, api

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sheet) and (self._book, self.name) == (other._book, other.name)

    def __hash__(self) -> int:
        return hash((self._book, self.name))

    @property
    def api(self) -> Any:
        """The UNO sheet."""
        return self._api

    @property
    def book(self) -> Book:
        """The book it belongs to."""
        return self._book

    @property
    def name(self) -> str:
        """Its name."""
        return str(self._api.Name)

    @name.setter
    def name(self, value: str) -> None:
        self._api.Name = value

    @property
    def index(self) -> int:
        """Its place among the tabs, from 1."""
        return int(self._api.RangeAddress.Sheet) + 1

    @property
    def names(self) -> Names:
        """Names that belong to this sheet alone."""
        return Names(self._book, self._api.NamedRanges)

    @property
    def tables(self) -> Tables:
        """Its tables."""
        return Tables(self)

    @property
    def visible(self) -> bool:
        """Whether its tab shows."""
        return bool(self._api.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        self._api.IsVisible = bool(value)

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        """A range of it, as xlwings names one."""
        return Range(self, arg1, arg2)

    @property
    def cells(self) -> Range:
        """All its cells."""
        return Range(self, (1, 1), (LAST_ROW, LAST_COLUMN))

    @property
    def used_range(self) -> Range:
        """From A1 to the last cell that holds or looks like something."""
        cursor = self._api.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        return Range(self, (1, 1), (end.EndRow + 1, end.EndColumn + 1))

    def activate(self) -> None:
        """Show it."""
        controller = self._book.api.CurrentController
        if controller is not None:
            controller.setActiveSheet(self._api)

    select = activate

    def clear(self) -> None:
        """Empty it, formats and all."""
        self._api.clearContents(EVERYTHING)

    def clear_contents(self) -> None:
        """Empty its cells."""
        self._api.clearContents(CONTENTS)

    def clear_formats(self) -> None:
        """Take its formats away."""
        self._api.clearContents(FORMATS)

    def delete(self) -> None:
        """Remove it."""
        remove_sheet(self._book.api, self.name)

    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        """Copy it before or after a sheet of any open book; panes stay frozen."""
        target = before or after
        assert target is not None
        place = target.index - 1 if before else target.index
        target.book.sheets.take(self, place)


@covers(base_classes.Sheets)
class Sheets(base_classes.Sheets):
    """The sheets of a book."""

    def __init__(self, book: Book) -> None:
        self._book = book

    @property
    def api(self) -> Any:
        """The UNO container."""
        return self._book.api.Sheets

    @property
    def active(self) -> Sheet:
        """The sheet in front."""
        controller = self._book.api.CurrentController
        return Sheet(self._book, controller.ActiveSheet if controller is not None else self.api.getByIndex(0))

    def __len__(self) -> int:
        return int(self.api.Count)

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self._book, self.api.getByIndex(index)) for index in range(len(self)))

    def __call__(self, key: str | int) -> Sheet:
        if isinstance(key, int):
            return Sheet(self._book, self.api.getByIndex(key - 1))
        for name in self.api.ElementNames:
            if name.casefold() == key.casefold():
                return Sheet(self._book, self.api.getByName(name))
        raise KeyError(key)

    def __contains__(self, key: str) -> bool:
        return key.casefold() in (name.casefold() for name in self.api.ElementNames)

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """Insert an empty sheet; without a place, behind all others."""
        place = before.index - 1 if before else after.index if after else len(self)
        number = len(self) + 1
        while name is None or (name in self):
            name, number = f"Sheet{number}", number + 1
        self.api.insertNewByName(name, place)
        return self(name)

    def take(self, source: Sheet, place: int) -> Sheet:
        """Copy a sheet of any open book in before the tab that is at `place`, from 0."""
        index = self.api.importSheet(source.book.api, source.name, place)
        made = Sheet(self._book, self.api.getByIndex(index))
        _freeze_alike(source, made)
        return made


def _freeze_alike(source: Sheet, copy: Sheet) -> None:
    """Freeze the panes of a copy like those of its source; a view is not part of what LibreOffice copies."""
    view, own = source.book.api.CurrentController, copy.book.api.CurrentController
    if view is None or own is None:
        return
    shown, own_shown = view.ActiveSheet, own.ActiveSheet
    view.setActiveSheet(source.api)
    if view.hasFrozenPanes():
        own.setActiveSheet(copy.api)
        own.freezeAtPosition(view.SplitColumn, view.SplitRow)
    view.setActiveSheet(shown)
    own.setActiveSheet(own_shown)
