"""The cells of a recognised file by field: cleaned text, numbers and days, and what is wrong with each row."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from restock.imports.dates import day, decided_order, is_mixed
from restock.imports.format import folded
from restock.imports.numbers import Decimals, decided, numbers
from restock.imports.recognised import Recognised
from restock.imports.text_cells import clean, code_fault, text_fault
from restock.imports.text_table import TextTable
from restock.schema.columns import Kind
from restock.schema.names import is_total_word

_LONGEST = 300


class Cells:
    """What a format reads. Blank text is "", a blank number NaN, a blank day NaT.

    Attributes:
        left_out: Why a row is no row of ours ("cancelled", "total" …); "" where it is one.
        refused: Why a row that should count cannot be used; "" where it can.
        column: The header of the cell that is wrong.
        order: Whether the file writes "dmy" or "mdy"; "" where it does not tell.
        decimals: How it writes decimals.
    """

    def __init__(self, table: TextTable, found: Recognised, dates: str = "", decimal: str = "") -> None:
        self.found = found
        self._table = table
        self._texts: dict[int, tuple[NDArray[np.int64], NDArray[np.object_]]] = {}
        self.left_out = np.full(len(table), "", dtype=object)
        self.refused = np.full(len(table), "", dtype=object)
        self.column = np.full(len(table), "", dtype=object)
        self.value = np.full(len(table), "", dtype=object)
        fields = {
            field.name: field for field in found.format.fields if found.positions.get(field.name) in table.columns
        }
        self._fields = fields
        self.order = decided_order(self._days(), dates, found.format.date_order)
        self.decimals = Decimals(decimal) if decimal else decided(self._amounts())
        self.leave_out("blank", self._blank())
        self.leave_out("total", self._totals())
        self.leave_out("description", self._description())
        self.leave_out("header", self._headers_again())

    def __len__(self) -> int:
        return len(self._table)

    def has(self, name: str) -> bool:
        """Whether the file has the field."""
        return name in self._fields

    def text(self, name: str, needed: bool = False) -> NDArray[np.object_]:
        """Cleaned text; "" where the file lacks the field. `needed`: a blank refuses the row."""
        if name not in self._fields:
            return np.full(len(self), "", dtype=object)
        codes, texts = self._column(self.found.positions[name])
        is_code = self._fields[name].code
        faults = [text_fault(text) or (code_fault(text) if is_code else "") for text in texts]
        self.refuse(np.array(faults, dtype=object)[codes], name)
        values = texts[codes]
        if needed:
            self.refuse(np.where(values == "", "blank", ""), name)
        return values

    def number(self, name: str, needed: bool = False, least: float = -np.inf) -> NDArray[np.float64]:
        """Numbers; what is no number, or lies below `least`, refuses the row. NaN where the file lacks the field."""
        if name not in self._fields:
            return np.full(len(self), np.nan)
        return self._numbers(self.found.positions[name], name, needed, least)

    def place_numbers(self, place: int, words: Iterable[str] = ()) -> tuple[str, NDArray[np.float64]]:
        """The header of a column that names a warehouse, and its numbers; `words` mean that there is none."""
        values = self._numbers(place, "", False, -np.inf, frozenset(words))
        return self.found.headers[place], values

    def day(self, name: str, zones: NDArray[np.object_] | None = None) -> NDArray[np.datetime64]:
        """Days, datetime64[s]; what is no day, or blank, refuses the row.

        Args:
            zones: Time zone of each row, in which moments with an offset are wanted; "" takes the day as written.
        """
        codes, texts = self._column(self.found.positions[name])
        wanted = sorted(set(zones)) if zones is not None else [""]
        found = np.full(len(self), np.datetime64("NaT", "s"))
        faults = np.full(len(self), "", dtype=object)
        for zone in wanted:
            rows = slice(None) if zones is None else zones == zone
            read = [day(text, self.order, zone) for text in texts]
            values = np.array([value for value, _ in read], dtype="datetime64[s]")
            found[rows] = values[codes][rows]
            faults[rows] = np.array([fault for _, fault in read], dtype=object)[codes][rows]
        self.refuse(np.where((faults == "") & np.isnat(found), "blank", faults), name)
        return found

    def day_of(self, name: str, texts: NDArray[np.object_]) -> NDArray[np.datetime64]:
        """Days of texts that were put together from the cells of a field; see `day`."""
        codes, unique = pd.factorize(texts)
        read = [day(text, self.order) for text in unique]
        values = np.array([value for value, _ in read], dtype="datetime64[s]")[codes]
        faults = np.array([fault for _, fault in read], dtype=object)[codes]
        self.refuse(np.where((faults == "") & np.isnat(values), "blank", faults), name)
        return values

    def preamble(self, keys: Iterable[str]) -> str:
        """What stands beside one of `keys` above the headers; "" where nothing does."""
        wanted = {folded(key) for key in keys}
        return next((value for key, value in self.found.preamble if folded(key) in wanted), "")

    def is_any(self, name: str, words: Iterable[str]) -> NDArray[np.bool_]:
        """Whether the text of a row is one of `words`, letters and digits compared: a stray mark changes no status."""
        if name not in self._fields:
            return np.zeros(len(self), dtype=bool)
        known = {folded(word) for word in words}
        codes, texts = self._column(self.found.positions[name])
        return np.array([folded(text) in known for text in texts], dtype=bool)[codes]

    def contains(self, name: str, part: str) -> NDArray[np.bool_]:
        """Whether the text of a row contains `part`, letters and digits compared."""
        if name not in self._fields:
            return np.zeros(len(self), dtype=bool)
        codes, texts = self._column(self.found.positions[name])
        return np.array([folded(part) in folded(text) for text in texts], dtype=bool)[codes]

    def leave_out(self, reason: str, rows: NDArray[np.bool_]) -> None:
        """Leave rows out that are no rows of ours; the first reason counts."""
        self.left_out[rows & (self.left_out == "")] = reason

    def refuse(self, reasons: NDArray[np.object_], name: str = "", column: str = "") -> None:
        """Refuse rows with the reasons given; the first reason of a row counts."""
        rows = (reasons != "") & (self.refused == "")
        if rows.any():
            self.refused[rows] = reasons[rows]
            self.column[rows] = column or (self.found.header(name) if name else "")
            place = self.found.positions.get(name)
            if place is not None:
                codes, texts = self._column(place)
                self.value[rows] = texts[codes[rows]]

    def finish(self) -> None:
        """Refuse rows that do not fit the headers, before anything else that is wrong with them."""
        broken = self._table.broken != ""
        self.refused[broken] = self._table.broken[broken]
        self.column[broken] = ""

    def contradicts(self, question: str) -> bool:
        """Whether the file writes both ways, so that saying one ("dates" or "decimal") would not help."""
        if question == "decimal":
            return decided(self._amounts()).mixed
        return is_mixed(self._days())

    def rows(self) -> NDArray[np.int64]:
        """The row of the file of each row."""
        return self._table.rows

    def _column(self, place: int) -> tuple[NDArray[np.int64], NDArray[np.object_]]:
        if place not in self._texts:
            cells = self._table.columns[place]
            texts = [clean(str(text))[:_LONGEST] for text in cells.categories]
            self._texts[place] = (cells.codes.astype(np.int64), np.array([*texts, ""], dtype=object))
        return self._texts[place]

    def _numbers(
        self, place: int, name: str, needed: bool, least: float, words: frozenset[str] = frozenset()
    ) -> NDArray[np.float64]:
        codes, texts = self._column(place)
        plain = ["" if text.casefold() in words else text for text in texts]
        values, faults = numbers(plain, self.decimals)
        below = (values < least) & (faults == "")
        faults[below] = "negative"
        values[below] = np.nan
        if needed:
            faults[np.array([text == "" for text in plain]) & (faults == "")] = "blank"
        self.refuse(faults[codes], name, self.found.headers[place])
        return values[codes]

    def _days(self) -> list[str]:
        return self._all(Kind.DATE)

    def _amounts(self) -> list[str]:
        return self._all(Kind.NUMBER, self.found.places)

    def _all(self, kind: Kind, places: Iterable[int] = ()) -> list[str]:
        """Every text that stands in the fields of a kind."""
        positions = [self.found.positions[name] for name, field in self._fields.items() if field.kind is kind]
        return [text for place in [*positions, *places] for text in self._column(place)[1]]

    def _blank(self) -> NDArray[np.bool_]:
        blank = np.ones(len(self), dtype=bool)
        for place in self._table.columns:
            codes, texts = self._column(place)
            blank &= (texts == "")[codes]
        return blank

    def _totals(self) -> NDArray[np.bool_]:
        """Rows that begin with a word for a total."""
        total = np.zeros(len(self), dtype=bool)
        for name, field in self._fields.items():
            if field.kind is Kind.TEXT:
                codes, texts = self._column(self.found.positions[name])
                total |= np.array([is_total_word(text) for text in texts], dtype=bool)[codes]
        return total

    def _description(self) -> NDArray[np.bool_]:
        """The row under the headers, where it explains them: no digit where numbers and dates belong."""
        found = np.zeros(len(self), dtype=bool)
        kinds = [name for name, field in self._fields.items() if field.kind in (Kind.NUMBER, Kind.DATE)]
        if len(self) and kinds:
            texts = [self._first(name) for name in kinds]
            explains = any(len(text.split()) > 2 for text in texts)
            found[0] = explains and not any(character.isdigit() for text in texts for character in text)
        return found

    def _first(self, name: str) -> str:
        codes, texts = self._column(self.found.positions[name])
        return str(texts[codes[0]])

    def _headers_again(self) -> NDArray[np.bool_]:
        """The headers once more, where files were put one under the other."""
        same = np.ones(len(self), dtype=bool)
        for name in self._fields:
            codes, texts = self._column(self.found.positions[name])
            same &= (texts == self.found.header(name))[codes]
        return same


