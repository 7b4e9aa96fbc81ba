"""What Today and the group chat say of the shows ahead: both clocks, what to show, what may be promised."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd

from restock.plan import Plan
from restock.schema.columns import normal_key
from restock.schema.records import Record, records
from restock.schema.words import word
from restock.text import Words, say
from restock.text.cities import city_of
from restock.text.say import format_day, format_number
from restock_xl.sheets.sentences import compose
from restock_xl.sheets.style import PICK_STYLE

MOST_SHOWS, MOST_ROWS, MOST_NAMES, CHAT_DAYS = 3, 15, 6, 7
SELLER_ZONE = {"zh": "Asia/Shanghai"}
"""Where who reads the book sits; elsewhere the second clock is that of the warehouse."""
_UNKNOWN_ZONE = "UTC"


@dataclass(frozen=True)
class PickLine:
    """One SKU of the next show: decision and its style, goods, why, units that may be promised, days left after."""

    decision: str
    style: str
    item: str
    why: str
    promise: Any
    days_left: Any


@dataclass(frozen=True)
class ShowBlock:
    """One show on Today: a line of what it is, what past shows taught, its SKUs (the next show) or a line of them."""

    head: str
    lesson: str
    lines: list[PickLine]
    summary: str
    more: int


def show_blocks(plan: Plan, words: Words) -> list[ShowBlock]:
    """The next show with its SKUs, then up to two more in one line each."""
    return [
        _block(plan, rows, words, full=not position)
        for position, rows in enumerate(_shows(plan)[:MOST_SHOWS])
    ]


def next_counts(plan: Plan) -> tuple[dt.date, dict[str, int]] | None:
    """Day of the next show and how many of its rows are IN, LIMIT and OUT; None without a show."""
    shows = _shows(plan)
    if not shows:
        return None
    counts = shows[0]["decision"].value_counts()
    return _start(shows[0]).date(), {code: int(counts.get(code, 0)) for code in ("IN", "LIMIT", "OUT")}


def chat_line(plan: Plan, words: Words) -> str:
    """One line for the group about the next show, where it is within a week; "" without one."""
    shows = _shows(plan)
    if not shows or int(shows[0]["day"].min()) >= CHAT_DAYS:
        return ""
    out, limit = _names(shows[0], "OUT", words), _names(shows[0], "LIMIT", words)
    parts = [say("today.picks_out", words, items=out)] if out else []
    parts += [say("today.picks_limit", words, items=limit)] if limit else []
    promised = _names(shows[0], "IN", words)
    if not parts and promised:
        parts = [say("today.picks_promise", words, items=promised)]
    joint = "；" if words.language == "zh" else "; "
    return say("chat.show", words, day=_start(shows[0]).date(), items=joint.join(parts)) if parts else ""


def show_clocks(start: dt.datetime, zone: str, other: str, words: Words) -> str:
    """When a show starts, on its own clock and on another one that differs; the day alone without a time of day.

    Args:
        start: Local to `zone`; midnight means that no time was typed.
        zone, other: Names of time zones; "" for none, "UTC" where the place is not known.
    """
    if start.time() == dt.time():
        return format_day(start.date(), words)
    here = _clock(start, zone, words)
    if _UNKNOWN_ZONE in (zone, other) or not other:
        return here
    try:
        there = start.replace(tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo(other)).replace(tzinfo=None)
    except ZoneInfoNotFoundError:  # a computer without a list of time zones
        return here
    return here if there == start else f"{here} = {_clock(there, other, words)}"


def _clock(moment: dt.datetime, zone: str, words: Words) -> str:
    city = "" if zone == _UNKNOWN_ZONE else city_of(zone, words.language)
    return say("today.clock", words, day=moment.date(), time=f"{moment:%H:%M}", city=city).strip()


def _shows(plan: Plan) -> list[pd.DataFrame]:
    """The rows of each show ahead, the earliest first."""
    return [rows for _, rows in plan.picks.groupby("group", sort=True)] if len(plan.picks) else []


def _start(rows: pd.DataFrame) -> dt.datetime:
    return pd.Timestamp(rows["start"].iloc[0]).to_pydatetime()


def _block(plan: Plan, rows: pd.DataFrame, words: Words, full: bool) -> ShowBlock:
    zone, start = str(rows["zone"].iloc[0]), _start(rows)
    other = SELLER_ZONE.get(words.language) or _warehouse_zone(plan, rows)
    head = say(
        "today.show_assumed" if rows["assumed"].any() else "today.show", words, show=rows["show"].iloc[0],
        when=show_clocks(start, zone, other, words), units=round(float(rows["total"].max())),
        skus=rows["sku"].nunique(),
    )  # fmt: skip
    lines = [_line(row, words) for row in records(rows.head(MOST_ROWS))] if full else []
    summary = "" if full else _summary(rows, words)
    return ShowBlock(head, _lesson(plan, rows, words), lines, summary, max(len(rows) - MOST_ROWS, 0) if full else 0)


def _warehouse_zone(plan: Plan, rows: pd.DataFrame) -> str:
    """The zone of the warehouse that ships the show's orders; "" where there are several."""
    warehouses = plan.tables.warehouses
    zones = warehouses.loc[warehouses["warehouse"].isin(rows["warehouse"]), "zone"].unique()
    return str(zones[0]) if len(zones) == 1 else ""


def _line(row: Record, words: Words) -> PickLine:
    return PickLine(
        word("pick", row["decision"], words.language), PICK_STYLE[row["decision"]], f"{row['sku']}, {row['warehouse']}",
        compose(row["why"], words), row["promise"], row["days_left_after"],
    )  # fmt: skip


def _lesson(plan: Plan, rows: pd.DataFrame, words: Words) -> str:
    """What past shows taught about this one, "" where there were none."""
    lines = plan.forecast.lines
    same = lines["show"].map(normal_key) == normal_key(str(rows["show"].iloc[0]))
    same &= lines["local_date"] == pd.Timestamp(_start(rows)).normalize()
    lesson = next((lesson for lesson in lines.loc[same & lines["ahead"], "lesson"] if lesson is not None), None)
    return "" if lesson is None or lesson[0] == "plan.show_no_lesson" else say(lesson[0], words, **lesson[1])


def _summary(rows: pd.DataFrame, words: Words) -> str:
    """All decisions of a show in one line."""
    shown = int((rows["decision"] == "IN").sum())
    parts = [say("today.picks_in", words, count=shown)] if shown else []
    for code, key in (("LIMIT", "limit"), ("OUT", "out"), ("NO DATA", "no_data")):
        names = _names(rows, code, words)
        parts += [say(f"today.picks_{key}", words, items=names)] if names else []
    return " · ".join(parts)


def _names(rows: pd.DataFrame, code: str, words: Words) -> str:
    """The SKUs with a decision, at most six, with what may be promised where they are shown."""
    several = rows["warehouse"].nunique() > 1
    found = records(rows[rows["decision"] == code])
    names = []
    for row in found[:MOST_NAMES]:
        name = f"{row['sku']} ({row['warehouse']})" if several else str(row["sku"])
        names.append(f"{name} {format_number(row['promise'])}" if code in ("IN", "LIMIT") else name)
    if len(found) > MOST_NAMES:
        names.append(say("today.picks_others", words, count=len(found) - MOST_NAMES))
    return ("、" if words.language == "zh" else ", ").join(names)
