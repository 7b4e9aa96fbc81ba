"""Which cells bear out what is said of shows: rows of Live picks, and the shows ahead on Today and in the chat."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from restock.schema.geography import country_of_name, zone_of
from restock.schema.words import word
from restock.text import Words, say
from restock.text.cities import city_of
from restock.text.say import catalogue, format_day, format_number

from .spoken_numbers import Row, Shown, Sources, Spoken, taken_apart

MOST_NAMES = 6
PICK_KEYS = tuple(key for key in catalogue() if key.startswith("plan.pick_"))
_LISTS = tuple(key for key in catalogue() if key.startswith("today.picks_") and key != "today.picks_more")
_CLOCK = ("today.clock",)
Found = Iterator[tuple[Spoken, tuple[str, ...]]]


def of_live_picks(book: Shown) -> Found:
    """The sentences of Live picks: every number of theirs stands in the row."""
    for row in book.tables["LivePicks"]:
        pair = book.pairs.get((str(row["sku"]), str(row["warehouse"])), {})
        yield Spoken(f"Live picks {row['show']} {row['sku']}", row["why"], row, pair, {}), PICK_KEYS


def of_pick_line(book: Shown, where: str, show: str, line: list[Any]) -> Found:
    """A SKU of the next show on Today: its sentence, and what may be promised beside it."""
    row = next(row for row in picks_of(book, show) if row["why"] == line[1])
    assert (line[0], line[2], line[3]) == (row["decision"], row["promise"], row["days_left_after"]), where
    yield Spoken(where, line[1], row, book.pair(row["sku"], row["warehouse"]), {}), PICK_KEYS


def picks_of(book: Shown, show: str) -> list[Row]:
    """The rows of a show on Live picks."""
    return [row for row in book.tables["LivePicks"] if str(row["show"]) == show]


def shows_ahead(book: Shown) -> list[str]:
    """The shows on Live picks, the earliest first."""
    starts = {str(row["show"]): row["start"] for row in reversed(book.tables["LivePicks"])}
    return sorted(starts, key=lambda show: (starts[show], show))


def of_head(book: Shown, where: str, text: str, show: str) -> Found:
    """The two clocks of a show on Today: its start, and the same moment on the clock of another place."""
    start, zone = picks_of(book, show)[0]["start"], _zone(book, show)
    if start.time() == dt.time():
        return
    there = start.replace(tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo(_other(book, show)))
    clocks = ((start, zone), (there, _other(book, show)))
    for said, (moment, place) in zip(_when(book, show).split(" = "), clocks, strict=False):
        special: Sources = {
            "day": lambda moment=moment: moment.date(), "time": lambda moment=moment: f"{moment:%H:%M}",
            "city": lambda place=place: city_of(place, book.language),
        }  # fmt: skip
        assert said in text, where
        yield Spoken(f"{where} clock", said, {}, {}, special), _CLOCK


def _when(book: Shown, show: str) -> str:
    """Day and clocks of a show, made from Live picks and the zones typed on Livestreams and Warehouses."""
    words = Words(book.language, "", book.today.date())
    start, zone, other = picks_of(book, show)[0]["start"], _zone(book, show), _other(book, show)
    if start.time() == dt.time():
        return format_day(start.date(), words)
    there = start.replace(tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo(other)).replace(tzinfo=None)
    clocks = [(start, zone)] + ([(there, other)] if there != start else [])
    return " = ".join(
        say("today.clock", words, day=moment.date(), time=f"{moment:%H:%M}", city=city_of(place, book.language))
        for moment, place in clocks
    )


def _zone(book: Shown, show: str) -> str:
    """The zone typed beside the show, else its warehouse's."""
    lines = [row for row in book.tables["Livestreams"] if str(row["show"]) == show]
    typed = next((row["zone"] for row in lines if row["zone"]), None)
    return str(typed or _zone_of_place(book, lines[0]["warehouse"]))


def _zone_of_place(book: Shown, warehouse: Any) -> str:
    typed = next((row["zone"] for row in book.tables["Warehouses"] if row["warehouse"] == warehouse), None)
    return str(typed or zone_of(country_of_name(str(warehouse))))


def _other(book: Shown, show: str) -> str:
    """China for a Chinese book, else the warehouse's own clock."""
    return "Asia/Shanghai" if book.language == "zh" else _zone_of_place(book, picks_of(book, show)[0]["warehouse"])


def of_counts(book: Shown, where: str, text: str) -> Found:
    """The fifth of the numbers of Today: the decisions of the next show."""
    rows = picks_of(book, shows_ahead(book)[0])
    special: Sources = {
        name.lower(): lambda name=name: sum(row["decision"] == word("pick", name, book.language) for row in rows)
        for name in ("LIMIT", "OUT")
    } | {"day": lambda: rows[0]["start"]}  # fmt: skip
    yield Spoken(where, text, {}, {}, special), ("sheet.show_counts",)


def of_summary(book: Shown, where: str, text: str, show: str) -> Found:
    """The line of a later show: each of its lists, and the names left out of it."""
    for part in text.split(" · "):
        yield from _of_list(book, where, part, show)


def of_chat(book: Shown, where: str, text: str) -> Found:
    """The line of the next show in the chat, then its lists one by one."""
    show = shows_ahead(book)[0]
    _, _, rest = text.partition("：" if book.language == "zh" else ": ")
    special: Sources = {"day": lambda: picks_of(book, show)[0]["start"], "items": lambda: rest}
    yield Spoken(where, text, {}, {}, special), ("chat.show",)
    for part in rest.split("；" if book.language == "zh" else "; "):
        yield from _of_list(book, where, part, show)


def _of_list(book: Shown, where: str, text: str, show: str) -> Found:
    names = {code: _names(book, show, code) for code in ("IN", "LIMIT", "OUT", "NO DATA")}
    special: Sources = {
        "today.picks_in.count": lambda: len(names["IN"]),
        "today.picks_limit.items": lambda: _listed(book, names["LIMIT"]),
        "today.picks_out.items": lambda: _listed(book, names["OUT"]),
        "today.picks_no_data.items": lambda: _listed(book, names["NO DATA"]),
        "today.picks_promise.items": lambda: _listed(book, names["IN"]),
    }
    yield Spoken(where, text, {}, {}, special), _LISTS
    last = text.split("、" if book.language == "zh" else ", ")[-1]
    left: Sources = {"count": lambda: tuple(len(found) - MOST_NAMES for found in names.values())}
    if taken_apart(last, ("today.picks_others",), book.language) is not None:
        yield Spoken(where, last, {}, {}, left), ("today.picks_others",)


def _names(book: Shown, show: str, code: str) -> list[str]:
    """The SKUs with a decision, in the order of Live picks, with what may be promised where they are shown."""
    rows = picks_of(book, show)
    several = len({row["warehouse"] for row in rows}) > 1
    found = [row for row in rows if row["decision"] == word("pick", code, book.language)]
    named = [f"{row['sku']} ({row['warehouse']})" if several else str(row["sku"]) for row in found]
    if code not in ("IN", "LIMIT"):
        return named
    return [f"{name} {format_number(row['promise'])}" for name, row in zip(named, found, strict=True)]


def _listed(book: Shown, names: list[str]) -> str:
    more = [say("today.picks_others", _words(book), count=len(names) - MOST_NAMES)] if len(names) > MOST_NAMES else []
    return ("、" if book.language == "zh" else ", ").join([*names[:MOST_NAMES], *more])


def _words(book: Shown) -> Words:
    return Words(book.language, "", pd.Timestamp(book.today).date())


def of_show(book: Shown, show: str) -> Sources:
    """A planned show's clocks, units and SKUs, from Livestreams, Settings and what past shows taught (Forecast)."""
    lines = [row for row in book.tables["Livestreams"] if str(row["show"]) == show]
    return {
        "when": lambda: _when(book, show), "units": lambda: round(_show_units(book, lines)),
        "skus": lambda: len({row["sku"] for row in lines}), "show": lambda: show,
        "today.picks_more.count": lambda: len(picks_of(book, show)) - 15,
    }  # fmt: skip


def _show_units(book: Shown, lines: list[Row]) -> float:
    """Planned units; else viewers × buyers × units per buyer, corrected; else the show factor's extra days (§11)."""
    pairs = [book.pair(row["sku"], row["warehouse"]) for row in lines]
    viewers = next((row["viewers"] for row in lines if row["viewers"] is not None), None)
    if viewers is None:
        extra = book.settings["show_factor"] - 1
        return float(sum(row["planned_units"] or extra * pair["daily"] for row, pair in zip(lines, pairs, strict=True)))
    planned = sum(row["planned_units"] or 0 for row in lines)
    conversion = next((row["conversion"] for row in lines if row["conversion"] is not None), None)
    share = conversion if conversion is not None else book.settings["conversion"]
    return max(planned, viewers * share * book.settings["units_per_buyer"] * (pairs[0]["past_factor"] or 1))
