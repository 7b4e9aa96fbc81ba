"""Names of a book or of a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .bridge import struct
from .coverage import covers

if TYPE_CHECKING:
    from .book import Book


@covers(base_classes.Name)
class Name(base_classes.Name):
    """One name."""

    def __init__(self, names: Names, name: str) -> None:
        self._names, self._name = names, name

    @property
    def api(self) -> Any:
        """The UNO named range."""
        return self._names.api.getByName(self._name)

    @property
    def name(self) -> str:
        """The name itself."""
        return self._name

    @property
    def refers_to(self) -> str:
        """Its content, with a leading =."""
        return f"={self.api.Content}"

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self.api.setContent(self._names.book.formulas.content(value))

    def delete(self) -> None:
        """Remove it."""
        self._names.api.removeByName(self._name)


@covers(base_classes.Names)
class Names(base_classes.Names):
    """The names of a book, or those of one of its sheets."""

    def __init__(self, book: Book, api: Any) -> None:
        self.book, self._api = book, api

    @property
    def api(self) -> Any:
        """The UNO container."""
        return self._api

    def __iter__(self) -> Iterator[Name]:
        return (Name(self, name) for name in self._api.ElementNames)

    def __len__(self) -> int:
        return int(self._api.Count)

    def __call__(self, key: str | int) -> Name:
        name = self._api.ElementNames[key - 1] if isinstance(key, int) else key
        if not self._api.hasByName(name):
            raise KeyError(key)
        return Name(self, name)

    def snapshot(self) -> list[tuple[str, Name]]:
        """Every name with its text."""
        return [(name.name, name) for name in self]

    def contains(self, key: str | int) -> bool:
        """Whether there is such a name."""
        return key <= len(self) if isinstance(key, int) else bool(self._api.hasByName(key))

    def add(self, name: str, refers_to: str) -> Name:
        """Add a name, or let it mean something else."""
        content = self.book.formulas.content(refers_to)
        if self._api.hasByName(name):
            self._api.getByName(name).setContent(content)
        else:
            self._api.addNewByName(name, content, struct("table.CellAddress"), 0)
        return Name(self, name)
