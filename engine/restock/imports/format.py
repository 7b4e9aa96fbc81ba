"""What a format is: the headers by which an export is recognised, and how its rows are read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from restock.schema.columns import Kind

if TYPE_CHECKING:
    from restock.imports.cells import Cells
    from restock.imports.taken import Taken

_NOT_LETTERS = re.compile(r"[\W_]+")
_BRACKETS = re.compile(r"[（(]([^（()）]*)[)）]")


@dataclass(frozen=True)
class Field:
    """A column of a format. Fields that are `required` make its signature; only fields are ever read.

    Attributes:
        headers: The spellings met in files, in any language.
        evidence: Only read to learn how the file writes its decimals.
        code: The text is a number of an item or order, which Excel may have destroyed.
    """

    name: str
    headers: tuple[str, ...]
    kind: Kind = Kind.TEXT
    required: bool = False
    evidence: bool = False
    code: bool = False


@dataclass(frozen=True)
class Format:
    """One kind of export.

    Attributes:
        key: Fixed name.
        en, zh: Its name for people.
        read: From its cells to the rows of our tables.
        date_order: "dmy" or "mdy" where the platform always writes it so; the file's own dates win.
        open_columns: Headers that are no fields name warehouses.
        closed: With `open_columns`: headers that are known and name no warehouse.
        generic: Taken only where no other format fits.
    """

    key: str
    en: str
    zh: str
    fields: tuple[Field, ...]
    read: Callable[[Cells], Taken]
    date_order: str = ""
    open_columns: bool = False
    closed: tuple[str, ...] = ()
    generic: bool = False

    def name(self, language: str) -> str:
        """Its name in `language` ("en" or "zh")."""
        return self.zh if language == "zh" else self.en

    @property
    def signature(self) -> tuple[Field, ...]:
        """The fields without which a file is not of this format."""
        return tuple(field for field in self.fields if field.required)


@lru_cache(maxsize=8192)
def folded(header: str) -> str:
    """Fold a header to its letters and digits.

    >>> folded("afn-warehouse-quantity") == folded(" AFN warehouse_quantity "), folded("销量(7/28/42)")
    (True, '销量72842')
    """
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKC", header).casefold())


def spellings(header: str) -> list[str]:
    """Every way of reading a header, the closest first: whole, without its brackets, only what they hold.

    >>> spellings("เลขอ้างอิง SKU (SKU Reference No.)")[1:]
    ['เลขอางองsku', 'skureferenceno']
    """
    bare = unicodedata.normalize("NFKC", header)
    found = [folded(bare), folded(_BRACKETS.sub(" ", bare))]
    found += [folded(inside) for inside in _BRACKETS.findall(bare)]
    return [text for text in dict.fromkeys(found) if text]
