"""What a book's own history says of the sales days and holidays of its warehouses' countries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np

from restock.demand.calendar import NONE, DayMarks, day_name, mark_days
from restock.demand.history import History
from restock.demand.learned_days import Codes, DayFactors, Flags, Grid, day_factors, day_sums, ordinary_days
from restock.demand.level import weekdays
from restock.demand.pairs import Pairs
from restock.schema.tables import Tables

Reason = tuple[str, dict[str, Any]]
"""Key of restock.text and its numbers."""


@dataclass(frozen=True)
class LearnedCalendar:
    """The multipliers of sales days and holidays, by country.

    Attributes:
        countries: The different countries of the warehouses; "" where none is known.
        country: (n_pairs,), place in `countries`.
        keys: Every occasion met, in history or ahead; a multiplier's column is the place here.
        learned: The multipliers, a group per country.
        language: Of the names in `reasons`.
    """

    countries: tuple[str, ...]
    country: Codes
    keys: tuple[str, ...]
    learned: DayFactors
    language: str

    def factors(self, start: dt.date, days: int) -> Grid:
        """The multiplier of each day, (n_pairs, days); 1 where nothing was learned."""
        marks = [mark_days(country, start, days) for country in self.countries]
        code = np.stack([_places(one, self.keys) for one in marks])
        return self.learned.of_days(self.country, code[self.country])

    def reasons(self, country: str, start: dt.date, days: int) -> list[Reason]:
        """One sentence per occasion that falls on these days, in order of date.

        An occasion that was never seen is planned as ordinary days, and the sentence says so.
        """
        group, marks = self.countries.index(country), mark_days(country, start, days)
        places, firsts = np.unique(marks.code, return_index=True)
        found = sorted((int(first), int(place)) for first, place in zip(firsts, places, strict=True) if place != NONE)
        return [self._reason(group, marks.keys[place], start + dt.timedelta(first)) for first, place in found]

    def sales_days_ahead(self, start: dt.date, days: int) -> list[Reason]:
        """One sentence per sales day (not per public holiday) that falls on these days in any country of the book."""
        found: list[Reason] = []
        for country in self.countries:
            marks = mark_days(country, start, days)
            for place, key in enumerate(marks.keys):
                if ":" not in key:
                    first = int(np.flatnonzero(marks.code == place)[0])
                    found.append(self._reason(self.countries.index(country), key, start + dt.timedelta(first)))
        unique = {(key, str(said)): (key, said) for key, said in found}
        return sorted(unique.values(), key=lambda reason: (reason[1]["day"], reason[1]["name"], reason[0]))

    def _reason(self, group: int, key: str, day: dt.date) -> Reason:
        said = {"name": day_name(key, self.language), "day": day}
        place = self.keys.index(key) if key in self.keys else NONE
        if place == NONE or not self.learned.occasions[group, place]:
            return "plan.day_unseen", said
        times, factor = self.learned.occasions[group, place], self.learned.factor[group, place]
        return "plan.day_learned", {**said, "factor": float(factor), "times": int(times)}


def learn_calendar(tables: Tables, pairs: Pairs, history: History, typed: Flags) -> LearnedCalendar:
    """Return the multipliers that the history teaches, one group per country.

    Args:
        tables: Its Warehouses say in which country each lies.
        pairs: The planned pairs.
        history: Sales through yesterday.
        typed: (n_pairs, history.days), days of an event that the user typed: they teach nothing, since the typed
            multiplier is the user's.
    """
    countries, country = _countries(tables, pairs)
    marks = [mark_days(name, history.start, history.days) for name in countries]
    keys = tuple(dict.fromkeys(key for one in marks for key in one.keys))
    code = np.stack([_places(one, keys) for one in marks])[country]
    year = np.stack([one.year for one in marks])[country]
    learned = day_factors(_sums(history, code, year, country, typed, len(countries), len(keys)))
    return LearnedCalendar(countries, country, keys, learned, tables.settings.language)


def _countries(tables: Tables, pairs: Pairs) -> tuple[tuple[str, ...], Codes]:
    """The different countries of the pairs, at least one, and each pair's place among them."""
    known = dict(zip(tables.warehouses["warehouse"], tables.warehouses["country"], strict=True))
    names = [str(known.get(warehouse, "")) for warehouse in pairs.warehouses]
    countries = tuple(sorted(set(names))) or ("",)
    return countries, np.array([countries.index(name) for name in names], np.int64)[pairs.warehouse]


def _sums(
    history: History, code: Codes, year: Codes, country: Codes, typed: Flags, n_countries: int, n_keys: int
) -> Grid:
    """What each occasion sold and should have sold, see `day_sums`."""
    weekday = weekdays(history.start, history.days)
    expected = ordinary_days(history.units, history.usable & (code == NONE) & ~typed, country, weekday)
    first = int(year.min(initial=9999))
    shape = np.array([n_countries, n_keys, int(year.max(initial=first)) - first + 1])
    return day_sums(history.units, expected, history.usable & ~typed, code, year - first, country, shape)


def _places(marks: DayMarks, keys: tuple[str, ...]) -> Codes:
    """The occasion of each day as its place in `keys`; `NONE` where it does not stand there."""
    places = [keys.index(key) if key in keys else NONE for key in marks.keys]
    return np.array([*places, NONE], np.int64)[marks.code]
