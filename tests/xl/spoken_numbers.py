"""Sentences of a recomputed book taken apart again: which sentence of the catalogue stands there, with which numbers.

A cell's text is read by the templates it was made from, so that each number comes with the name of what it says. Digits
that belong to no template, and text that no sequence of templates makes, are failures.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd

from restock.schema.columns import Table, normal_header
from restock.schema.inputs import INPUT_TABLES
from restock.schema.outputs import OUTPUT_TABLES
from restock.schema.settings import SETTINGS_BY_KEY, SETTINGS_LIST
from restock.text.say import catalogue
from restock_xl.sheets.committed_table import COMMITTED_ON
from restock_xl.sheets.layout import LIST_COLUMN, TAB_BY_KEY

Row = dict[str, Any]
Sources = dict[str, Callable[[], Any]]
_NUMBER = r"-?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?"
_DAY = {
    "en": r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?\d{1,2} [A-Z][a-z]{2}(?: \d{4})?",
    "zh": r"(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:（周.）)?",
}
_MONEY = rf"-?(?:[$€£¥]|[A-Z]{{3}} )?{_NUMBER}"


@dataclass(frozen=True)
class Said:
    """One sentence found in a cell: its key and the text of each of its fields."""

    key: str
    fields: dict[str, str]


@cache
def _pattern(key: str, language: str) -> re.Pattern[str]:
    template = catalogue()[key][language == "zh"]
    pieces, seen = [], set()
    for literal, name, spec, _ in string.Formatter().parse(template):
        pieces.append(re.escape(literal))
        if name is None:
            continue
        pieces.append(f"(?P={name})" if name in seen else f"(?P<{name}>{_of_spec(spec or '', language)})")
        seen.add(name)
    return re.compile("".join(pieces))


def _of_spec(spec: str, language: str) -> str:
    if spec.startswith("of "):
        return rf"{_NUMBER} {spec.removeprefix('of ')}s?"
    if spec == "s":
        return "|".join(map(re.escape, ways(language)))
    return {"n": _NUMBER, "d": _DAY[language], "m": _MONEY, "p": rf"{_NUMBER}%", "": ".+?"}[spec]


@cache
def ways(language: str) -> tuple[str, ...]:
    """The ways of transport as sentences name them: the sentences without numbers that stand in others."""
    return tuple(pair[language == "zh"] for key, pair in catalogue().items() if key.startswith("plan.way_"))


def taken_apart(text: str, keys: tuple[str, ...], language: str, joint: str | None = None) -> list[Said] | None:
    """The sentences of `keys` that make up a text, in their order; None where no sequence of them does.

    Args:
        joint: What stands between two sentences; a space in English and nothing in Chinese if None.
    """
    between = ("" if language == "zh" else " ") if joint is None else joint

    def rest(place: int) -> list[Said] | None:
        found = _here(text, place, keys, language)
        for end, said in sorted(found, key=lambda one: (one[0], -len(one[1].fields))):
            if end == len(text):
                return [said]
            if text.startswith(between, end):
                after = rest(end + len(between))
                if after is not None:
                    return [said, *after]
        return None

    return rest(0)


def _here(text: str, place: int, keys: tuple[str, ...], language: str) -> Iterator[tuple[int, Said]]:
    for key in keys:
        pattern = _pattern(key, language)
        found = pattern.match(text, place)
        if found:
            yield found.end(), Said(key, found.groupdict())
        whole = pattern.fullmatch(text, place)  # a name may hold what looks like the end of its sentence
        if whole:
            yield whole.end(), Said(key, whole.groupdict())


def specs(key: str, language: str) -> dict[str, str]:
    """The format of each field of a sentence."""
    parsed = string.Formatter().parse(catalogue()[key][language == "zh"])
    return {name: spec or "" for _, name, spec, _ in parsed if name is not None}


class Shown:
    """What a book shows: the rows of its tables by column name, its settings, and the texts of Today."""

    def __init__(self, path: Path, language: str) -> None:
        self.language = language
        self._book = openpyxl.load_workbook(path, data_only=True)
        self.tables = {table.name: self._rows(table) for table in (*INPUT_TABLES.values(), *OUTPUT_TABLES.values())}
        self.settings = self._settings()
        self.pairs = {_key(row): row for row in self.tables["Forecast"]}
        sheet = self._book[TAB_BY_KEY["Forecast"].name(language)]
        self.today = pd.Timestamp(sheet["E1"].value)
        lines = [list(row) for row in self.sheet("Today").iter_rows(max_col=LIST_COLUMN + 2, values_only=True)]
        self.today_rows = [line[:5] for line in lines]
        pairs = [tuple(map(str, line[LIST_COLUMN:])) if line[LIST_COLUMN] else None for line in lines]
        heads = tuple(OUTPUT_TABLES["Alerts"][name].header(language) for name in ("sku", "warehouse"))
        self.today_pairs = [None if pair == heads else pair for pair in pairs]

    def sheet(self, key: str) -> Any:
        """A sheet by its key."""
        return self._book[TAB_BY_KEY[key].name(self.language)]

    def pair(self, sku: Any, warehouse: Any) -> dict[str, Any]:
        """The row of Forecast of a SKU and warehouse."""
        return self.pairs[str(sku), str(warehouse)]

    def _rows(self, table: Table) -> list[dict[str, Any]]:
        tab = TAB_BY_KEY.get(COMMITTED_ON.get(table.name, table.name))
        if tab is None:
            return []
        sheet = self._book[tab.name(self.language)]
        first, last = _extent(sheet, lower=table.name in COMMITTED_ON)
        rows = [list(row) for row in sheet.iter_rows(min_row=first, max_row=last, values_only=True)]
        exact = [column.header(self.language) for column in table.columns]
        names = {header: column.name for header, column in zip(exact, table.columns, strict=True)}
        headers = [names.get(header) for header in rows[0]]
        lines = [dict(reversed([*zip(headers, row, strict=True)])) for row in rows[1:]]  # a second table has a SKU too
        return [line for line in lines if any(value not in (None, "") for value in line.values())]

    def _settings(self) -> dict[str, Any]:
        keys = {normal_header(one.label(self.language)): one.key for one in SETTINGS_LIST}
        typed = {keys[normal_header(str(row["setting"]))]: row["value"] for row in self.tables["Settings"]}
        return {key: typed[key] if typed.get(key) is not None else SETTINGS_BY_KEY[key].default for key in typed}


def _extent(sheet: Any, lower: bool) -> tuple[int, int | None]:
    """First and last row of a sheet's table, or of the one below it."""
    bounds = [openpyxl.utils.range_boundaries(table.ref) for table in sheet.tables.values()]
    tops = sorted({bound[1] for bound in bounds})
    if len(tops) < 2:
        return 3, None
    return next((bound[1], bound[3]) for bound in bounds if bound[1] == (tops[-1] if lower else tops[0]))


def _key(row: dict[str, Any]) -> tuple[str, str]:
    return str(row["sku"]), str(row["warehouse"])


class Spoken:
    """One sentence cell: its text, the row it stands in, the row of Forecast of its pair, and what else it may name."""

    def __init__(self, where: str, text: str, own: Row, pair: Row, special: Sources) -> None:
        self.where, self.text, self.own, self.pair, self.special = where, text, own, pair, special

    def source(self, key: str, field: str) -> Any:
        """The value behind a field, from cells; KeyError where none holds it."""
        for name in (f"{key}.{field}", field):
            if name in self.special:
                return self.special[name]()
        for row in (self.own, self.pair):
            if row.get(field) not in (None, ""):
                return row[field]
        raise KeyError(field)

    def nearest(self, text: str) -> list[str]:
        """The three cells of the two rows that come closest to a number, with their columns; none for words."""
        try:
            wanted = float(text.strip("%$€£¥").split(" ")[0].replace(",", ""))
        except ValueError:
            return []
        known = {name: value for name, value in (self.pair | self.own).items() if isinstance(value, int | float)}
        closest = sorted(known, key=lambda name: abs(known[name] - wanted))[:3]
        return [f"{name} {known[name]:g}" for name in closest]
