"""Which cells bear out the numbers of a sentence: its own row, the pair's row on Forecast, or a stated derivation."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from restock.schema.outputs import STOCK_COMPUTED
from restock.schema.words import CHOICES, key_of, word
from restock.text import Words, say
from restock.text.say import catalogue, format_number
from restock_xl.sheets.committed_table import COMMITTED_ON
from restock_xl.sheets.layout import TAB_BY_KEY

from . import show_sources
from .spoken_numbers import Row, Shown, Sources, Spoken, taken_apart

PLAN_KEYS = tuple(key for key in catalogue() if key.startswith("plan.") and not key.startswith("plan.accuracy"))
_BASIS = tuple(key for key in PLAN_KEYS if key.startswith(("plan.basis", "plan.show_")))
TODAY_KEYS = (
    *(key for key in catalogue() if key.startswith(("today.", "chat."))), "sheet.legend_tier", "sheet.changed",
    "sheet.order_suppliers", "plan.day_learned",
    "plan.day_unseen", *(key for key in PLAN_KEYS if key.startswith("plan.show_")),
)  # fmt: skip

OF_BASIS = {
    "days": "basis_days", "sold": "capped_sold", "kept": "capped_kept", "day": "capped_on", "times": "like_times",
    "shows": "past_shows", "ratio": "past_ratio", "trust": "past_trust", "factor": "past_factor",
    "sold_out": "past_sold_out", "daily": "like_daily",
}  # fmt: skip
"""Fields of the sentences on how a forecast was made: the columns of Forecast that hold them, where named otherwise."""


def cells(book: Shown) -> Iterator[tuple[Spoken, tuple[str, ...]]]:
    """Every sentence cell of a book, with the sentences that may stand in it."""
    yield from _of_forecast(book)
    yield from _of_alerts(book)
    yield from _of_orders(book)
    yield from _of_transfers(book)
    yield from show_sources.of_live_picks(book)
    yield from _of_today(book)


def _of_forecast(book: Shown) -> Iterator[tuple[Spoken, tuple[str, ...]]]:
    stock = {(str(row["sku"]), str(row["warehouse"])): row for row in _stock(book)}
    like = {str(row["sku"]): row.get("similar_sku") for row in book.tables["Catalog"]}
    for key, row in book.pairs.items():
        basis = {field: (lambda name=name, row=row: _present(row[name])) for field, name in OF_BASIS.items()}
        basis["plan.show_nothing_typed.times"] = lambda row=row: _present(row["show_times"])
        basis["like"] = lambda row=row: like[str(row["sku"])]
        yield Spoken(f"Forecast {key} basis", row["basis"], row, row, basis), _BASIS
        for where, text, own in (("Forecast", row["action"], row), ("Stock", stock[key]["action"], stock[key])):
            if text not in (None, ""):
                yield Spoken(f"{where} {key} action", text, own, row, _of_way(row)), PLAN_KEYS


def _stock(book: Shown) -> list[Row]:
    """The rows of Stock with its calculated columns."""
    sheet = book.sheet("Stock")
    rows = [list(row) for row in sheet.iter_rows(min_row=3, values_only=True)]
    names = {column.header(book.language): column.name for column in STOCK_COMPUTED}
    inputs = book.tables["Stock"]
    wanted = [(place, names[header]) for place, header in enumerate(rows[0]) if header in names]
    return [line | {name: row[place] for place, name in wanted} for line, row in zip(inputs, rows[1:], strict=False)]


def _of_alerts(book: Shown) -> Iterator[tuple[Spoken, tuple[str, ...]]]:
    cells_to_fix = {row["cell"]: row for row in book.tables["Problems"]}
    for row in book.tables["Alerts"]:
        planned = book.pairs.get((str(row["sku"]), str(row["warehouse"])), {})
        special = {"cell": lambda: _named_cell(cells_to_fix)} | _of_way(planned)
        yield Spoken(f"Alerts {row['sku']} {row['warehouse']}", row["action"], row, planned, special), PLAN_KEYS


def _named_cell(problems: dict[str, Row]) -> tuple[str, ...]:
    """The cells on Problems, any of which may be the reason."""
    return tuple(cell for cell in problems if cell)


def _of_orders(book: Shown) -> Iterator[tuple[Spoken, tuple[str, ...]]]:
    terms = {row["supplier"]: row for row in book.tables["Suppliers"]}
    for row in book.tables["Orders"]:
        pair = book.pair(row["sku"], row["warehouse"])
        special = _of_way(pair) | _of_order(row, pair) | _of_terms(row, terms.get(pair["supplier"], {}), book)
        yield Spoken(f"Orders {row['sku']} {row['warehouse']}", row["why"], row, pair, special), PLAN_KEYS


def _of_way(pair: Row) -> Sources:
    """The faster and the regular way, as Forecast names them."""
    return {name: (lambda column=column: way_key(pair[column]))
            for name, column in (("fast_way", "fast_mode"), ("slow_way", "mode"))}  # fmt: skip


def way_key(mode: str) -> str:
    """The sentence that says what the word of a mode stands for; KeyError where there is none."""
    return f"plan.way_{key_of('order_mode', mode or '')}"


def _of_order(row: Row, pair: Row) -> Sources:
    """What an order line says: of a faster way from its own columns, else from the pair's."""
    extra = (pair["order_units"] or 0) + (pair["cut_units"] or 0) - pair["needed"]
    faster = {"fast_extra": "extra_cost", "fast_short_days": "short_days", "fast_saves_units": "saves_units",
              "fast_saves_money": "saves_money"}  # fmt: skip
    return {
        "extra": lambda: extra, "plan.order_rounding.days": lambda: extra / pair["daily"],
        "way": lambda: way_key(row["mode"]),
    } | {name: (lambda column=column: _present(row[column])) for name, column in faster.items()}  # fmt: skip


def _of_terms(row: Row, supplier: Row, book: Shown) -> Sources:
    """Minimum order value and currency of the supplier, the budget of Settings."""
    return {
        "minimum_value": lambda: supplier["minimum_order_value"], "order_budget": lambda: book.settings["order_budget"],
        "currency": lambda: supplier.get("currency") or book.settings["currency"],
    }  # fmt: skip


def _of_transfers(book: Shown) -> Iterator[tuple[Spoken, tuple[str, ...]]]:
    for row in book.tables["Transfers"]:
        taker = book.pair(row["sku"], row["to"])
        special = {"late_days": lambda row=row, taker=taker: (row["arrives_on"] - taker["sells_out_on"]).days}
        yield Spoken(f"Transfers {row['sku']} {row['to']}", row["why"], row, taker, special), PLAN_KEYS


    head = book.sheet("Transfers")["D1"].value
    if head:
        yield Spoken("Transfers, first row", head, {}, {}, _transfer_sources(book)), TRANSFER_KEYS


TRANSFER_KEYS = tuple(key for key in catalogue() if key.startswith("transfer."))


def _transfer_sources(book: Shown) -> Sources:
    """What the first row of Transfers sums, from the lines below it, and how good the plan is, from Run log."""
    lines, log = [row for row in book.tables["Transfers"] if row["units"]], book.tables["RunLog"][0]
    sums = {"units": "units", "volume": "volume", "freight": "cost"}
    return {
        "lines": lambda: len(lines), "shipments": lambda: max(row["shipment"] for row in lines),
        "cost": lambda: log["transfer_cost"], "bound": lambda: log["transfer_bound"],
        "gap": lambda: (log["transfer_cost"] - log["transfer_bound"]) / log["transfer_cost"],
    } | {name: (lambda column=column: sum(row[column] or 0 for row in lines)) for name, column in sums.items()}


def _of_today(book: Shown) -> Iterator[tuple[Spoken, tuple[str, ...]]]:
    """The listed rows (tier, sentence, by, money), the shows ahead, and every other text of the page."""
    special = _today_sources(book)
    ahead, show, section = show_sources.shows_ahead(book), "", ""
    for number, row in enumerate(book.today_rows[1:], start=2):
        where = f"Today row {number}"
        section = str(row[0]) if row[0] in _SECTIONS[book.language] else section
        in_shows = section == catalogue()["sheet.next_show"][book.language == "zh"]
        if in_shows and row[0] in _words_of("pick", book) and row[1]:
            yield from show_sources.of_pick_line(book, where, show, row)
        elif in_shows and isinstance(row[0], str):
            head = next((name for name in ahead if row[0].startswith((f"{name}: ", f"{name}："))), "")
            show = head or show
            yield from _of_show_text(book, where, row[0], show, bool(head), special)
        elif book.today_pairs[number - 1]:
            yield from _of_line(book, where, book.today_pairs[number - 1], row)
        else:
            yield from _of_other(book, where, row, special)


def _of_line(
    book: Shown, where: str, pair: tuple[str, str], row: list[Any]
) -> Iterator[tuple[Spoken, tuple[str, ...]]]:
    """A line of a list: tier and since when, the sentence after its pair, and what may be lost."""
    head = f"{', '.join(pair)}{'：' if book.language == 'zh' else ': '}"
    assert row[1].startswith(head), where
    spoken = _listed(book, where, pair, row[1].removeprefix(head))
    yield spoken, _LISTED
    if "\n" in row[0]:
        yield Spoken(f"{where} since", row[0], spoken.own, spoken.pair, {"day": lambda: spoken.own["since"]}), _SINCE
    if isinstance(row[3], int | float):
        assert row[3] in (round(spoken.pair["lost_money"] or 0), round(spoken.pair["lost_units"] or 0)), where


_SINCE = ("today.tier_since", "today.since")
_SECTIONS = {
    language: {catalogue()[f"sheet.{name}"][place] for name in
               ("do_today", "this_week", "next_show", "on_the_way", "assumed", "chat", "legend")}
    for place, language in enumerate(("en", "zh"))
}  # fmt: skip


def _words_of(choices: str, book: Shown) -> set[str]:
    return {word(choices, key, book.language) for key in CHOICES[choices]}


def _of_show_text(
    book: Shown, where: str, text: str, show: str, head: bool, special: Sources
) -> Iterator[tuple[Spoken, tuple[str, ...]]]:
    """A show's head, what past shows taught, how many more there are, or its decisions in one line."""
    if not any(letter.isdigit() for letter in text):
        return
    if head:
        yield from show_sources.of_head(book, where, text, show)
    elif taken_apart(text, _ABOUT_SHOWS, book.language) is None:
        yield from show_sources.of_summary(book, where, text, show)
        return
    yield Spoken(where, text, {}, {}, special | show_sources.of_show(book, show)), TODAY_KEYS


_ABOUT_SHOWS = ("today.picks_more", *(key for key in PLAN_KEYS if key.startswith("plan.show_")))


def _of_other(book: Shown, where: str, row: list[Any], special: Sources) -> Iterator[tuple[Spoken, tuple[str, ...]]]:
    """What stands over the whole width, and the labels of the five numbers."""
    for text in row[:3]:
        if isinstance(text, str) and any(letter.isdigit() for letter in text):
            yield from _free(book, where, text, special)
    if isinstance(row[4], str) and any(letter.isdigit() for letter in row[4]):
        yield from show_sources.of_counts(book, where, row[4])


_LISTED = ("today.turns_red", *PLAN_KEYS)


def _listed(book: Shown, where: str, item: tuple[str, str], text: str) -> Spoken:
    alert = next(row for row in book.tables["Alerts"] if (str(row["sku"]), str(row["warehouse"])) == item)
    cells_to_fix = {row["cell"]: row for row in book.tables["Problems"]}
    pair = book.pairs.get(item, {})
    red_in = lambda: math.floor(round(pair["cover"] - book.settings["red_days"], 9)) + 1  # noqa: E731
    special = {
        "cell": lambda: _named_cell(cells_to_fix), "today.since.day": lambda: alert["since"],
        "today.turns_red.day": lambda: book.today + pd.Timedelta(days=red_in()),
    } | _of_way(pair)  # fmt: skip
    return Spoken(where, text, alert, pair, special)


def _free(book: Shown, where: str, text: str, special: Sources) -> Iterator[tuple[Spoken, tuple[str, ...]]]:
    """A text of the page: the chat's lines, the data line's parts, or sentences."""
    lines = text.split("\n")
    if lines[0] != text:
        yield Spoken(where, lines[0], {}, {}, special), TODAY_KEYS
        for line in lines[1:]:
            if not line.startswith("•"):
                yield from show_sources.of_chat(book, f"{where} chat", line)
                continue
            colon = "：" if book.language == "zh" else ": "
            found = [pair for pair in _alerted(book) if f" {', '.join(pair)}{colon}" in line.replace("）", "） ")]
            pair = max(found, key=lambda pair: len(", ".join(pair)))
            head, _, rest = line.partition(f"{', '.join(pair)}{colon}")
            spoken = _listed(book, f"{where} chat", pair, rest)
            yield spoken, _LISTED
            if any(letter.isdigit() for letter in head):
                since = head.removeprefix("• ").removeprefix(str(spoken.own["tier"])).rstrip()
                yield Spoken(f"{where} chat", since, spoken.own, spoken.pair, spoken.special), _SINCE
        return
    for part in text.split(" · "):
        if any(letter.isdigit() for letter in part):
            document = next((row for row in _on_order(book) if part.startswith(str(row["document"]))), {})
            yield Spoken(where, part, document, {}, special | _of_document(book, document)), TODAY_KEYS


def _on_order(book: Shown) -> list[Row]:
    """The lines of Inbound, then accepted orders and transfers, named as there."""
    accepted = (*book.tables["OrdersCommitted"], *book.tables["TransfersCommitted"])
    return [
        *book.tables["Inbound"],
        *(line | {"ordered": line["units"], "warehouse": line.get("warehouse", line.get("to"))} for line in accepted),
    ]


def _alerted(book: Shown) -> list[tuple[str, str]]:
    return [(str(row["sku"]), str(row["warehouse"])) for row in book.tables["Alerts"]]


def _of_document(book: Shown, line: Row) -> Sources:
    if not line:
        return {}
    return {
        "units": lambda: line["ordered"] - (line["received"] or 0),
        "sheet": lambda: tuple(TAB_BY_KEY[key].name(book.language) for key in COMMITTED_ON.values()),
        "late_days": lambda: (book.today - pd.Timestamp(line["sellable_on"])).days,
    }


def _today_sources(book: Shown) -> Sources:
    """What the sentences of Today count and sum, from which cells."""
    forecast, settings = list(book.pairs.values()), book.settings
    alerts, problems = book.tables["Alerts"], book.tables["Problems"]
    note = {"en": "for your information", "zh": "提示"}[book.language]
    dates = [row["stock_date"] for row in forecast if row["stock_date"]]
    assumed = [row for row in forecast if row["order_by"] and row["lead_assumed"] == "Y"]
    due = sorted((row for row in forecast if row["order_units"] and row["order_by"]), key=lambda row: row["order_by"])
    suppliers = pd.Series([row["supplier"] for row in assumed if row["supplier"]], dtype=object).value_counts()
    shift = [row["adjustment"] + row["unsent"] for row in forecast]
    lesson = {f"plan.show_{kind}.{field}": (lambda name=name: next(
        row[name] for row in forecast if row["next_show"] and row[name] is not None))
        for kind in _LESSONS for field, name in OF_BASIS.items()}  # fmt: skip
    urgent = [row for row in alerts if _is_urgent(book, row)]
    return lesson | _around_the_list(book) | {
        "today.verdict.count": lambda: len(urgent), "today.verdict_units.count": lambda: len(urgent),
        "today.verdict.money": lambda: round(sum(row["lost_money"] or 0 for row in forecast)),
        "today.verdict_units.units": lambda: round(sum(row["lost_units"] for row in forecast)),
        "until": lambda: book.today + pd.Timedelta(days=settings["transfer_horizon_days"]),
        "today.nothing.rows": lambda: len(forecast),
        "today.next_date.day": lambda: due[0]["order_by"], "today.next_date.sku": lambda: due[0]["sku"],
        "today.next_date.warehouse": lambda: due[0]["warehouse"],
        "today.stock_of.day": lambda: max(dates), "today.stock_between.day": lambda: max(dates),
        "first": lambda: min(dates), "today.stale.day": lambda: min(dates),
        "today.stale.days": lambda: (book.today - pd.Timestamp(min(dates))).days,
        "today.sales_through.day": lambda: book.tables["RunLog"][0]["sales_through"],
        "today.problems.count": lambda: sum(row["effect"] != note for row in problems),
        "today.computed_for.day": lambda: book.today,
        "today.rolled.units": lambda: -sum(value for value in shift if value < 0),
        "today.set_aside.units": lambda: sum(row["unsent"] for row in forecast),
        "today.rolled.received": lambda: sum(value for value in shift if value > 0),
        "today.more.count": lambda: _unlisted(book, len(urgent)),
        "today.assumed_lead.count": lambda: len(assumed),
        "today.assumed_spread.factor": lambda: settings["simple_factor"],
        "plan.show_nothing_typed.times": lambda: settings["show_factor"],
        "today.better_lead.count": lambda: int(suppliers.max()),
        "today.better_lead.supplier": lambda: tuple(suppliers[suppliers == suppliers.max()].index),
        "chat.head.day": lambda: book.today,
        **{f"chat.head.{tier.lower()}": (lambda tier=tier: sum(
            row["tier"] == word("tier", tier, book.language) for row in forecast))
           for tier in ("RED", "ORANGE", "YELLOW")},
        "sheet.legend_tier.days": lambda: tuple(settings[f"{name}_days"] for name in ("red", "orange", "yellow")),
        "sheet.order_suppliers.suppliers": lambda: len({row["supplier"] for row in _due_lines(book)} - {None, ""}),
    }  # fmt: skip


def _due_lines(book: Shown) -> list[Row]:
    return [row for row in book.tables["Orders"] if row["order_by"] and row["order_by"] <= book.today]


def _around_the_list(book: Shown) -> Sources:
    """What is on the way, what changed since an earlier day, and what is assumed."""
    late_days = book.settings["late_days"]
    closed = {word("inbound_state", key, book.language) for key in ("received", "cancelled")}
    waits = [(book.today - pd.Timestamp(row["sellable_on"])).days for row in _on_order(book)
             if row["sellable_on"] and row["state"] not in closed]  # fmt: skip
    rated = [row for row in book.tables["Suppliers"] if row.get("currency") and not row.get("currency_rate")]
    days = [row["before_on"] for row in book.tables["History"] if row["before_on"]]
    picks = book.tables["LivePicks"]
    return {
        "today.more_late.count": lambda: sum(days > late_days for days in waits) - 5,
        "today.more_coming.count": lambda: sum(-7 <= days <= late_days for days in waits) - 5,
        "sheet.changed.day": lambda: max(days),
        "today.assumed_new.count": lambda: sum(bool(row["like_times"]) for row in book.pairs.values()),
        "today.assumed_shows.count": lambda: tuple(range(1, len({row["show"] for row in picks}) + 1)),
        "today.assumed_rate.name": lambda: tuple(row["supplier"] for row in rated),
        "today.assumed_rate.currency": lambda: tuple(row["currency"] for row in rated),
    } | {f"today.changed_{kind}.items": (lambda kind=kind: _changed(book, kind)) for kind in _CHANGES}


_CHANGES = ("red", "orange", "eased", "stock")


def _changed(book: Shown, kind: str) -> str:
    """The pairs that changed in a way, as Today lists them, from what History remembers of the earlier day."""
    history = {(str(row["sku"]), str(row["warehouse"])): row for row in book.tables["History"] if row["before_on"]}
    names = [
        f"{sku} ({place})" + (f" {format_number(history[sku, place]['before_on_hand'])} → "
                              f"{format_number(history[sku, place]['on_hand'])}" if kind == "stock" else "")
        for sku, place in book.pairs if (sku, place) in history and _has_changed(history[sku, place], kind)
    ]  # fmt: skip
    more = [say("today.picks_others", Words(book.language), count=len(names) - 6)] if len(names) > 6 else []
    return ("、" if book.language == "zh" else ", ").join([*names[:6], *more])


def _has_changed(row: Row, kind: str) -> bool:
    now, before, order = row["tier"], row["before_tier"], ("RED", "ORANGE")
    if kind == "stock":
        return abs(row["on_hand"] - row["before_on_hand"]) > row["before_on_hand"] / 2 > 0
    if kind == "eased":
        return before in order and now not in order[: order.index(before) + 1]
    return now == kind.upper() and before not in (order if kind == "orange" else ("RED",))


_LESSONS = ("learned", "sold_out", "some_sold_out", "learned_typed", "sold_out_typed", "some_sold_out_typed")


def _unlisted(book: Shown, urgent: int) -> tuple[int, ...]:
    """How many more there are than each of the two lists shows: ten for today, five for this week."""
    return urgent - 10, sum(_is_of_the_week(book, row) for row in book.tables["Alerts"]) - 5


def _is_of_the_week(book: Shown, row: Row) -> bool:
    """Due within seven days, or red by then unless something arrives before."""
    if _is_urgent(book, row):
        return False
    pair, last = book.pairs[str(row["sku"]), str(row["warehouse"])], book.today + pd.Timedelta(days=7)
    due = max(row["order_by"], book.today) if pair["order_units"] and row["order_by"] else None
    due = min(day for day in (due, pair["move_by"]) if day) if due or pair["move_by"] else None
    red = book.today + pd.Timedelta(days=math.floor(round(pair["cover"] - book.settings["red_days"], 9)) + 1)
    arrives = row["next_arrival"]
    return (due is not None and due <= last) or (red <= last and not (arrives and arrives <= red))


def _is_urgent(book: Shown, row: Row) -> bool:
    """Red, orange, unreadable or late to order is for today."""
    tiers = [word("tier", key, book.language) for key in ("RED", "ORANGE", "NOT PLANNED", "NO DATA")]
    pair = book.pairs.get((str(row["sku"]), str(row["warehouse"])), {})
    late = row["order_status"] == word("order_status", "LATE", book.language) and bool(pair.get("order_units"))
    asks = (catalogue()[key][book.language == "zh"] for key in ("plan.do_chase", "plan.do_ask_date"))
    orders = bool(pair.get("order_units")) and bool(pair["order_by"]) and pair["order_by"] <= book.today
    moves = bool(pair.get("move_by")) and pair["move_by"] <= book.today
    return row["tier"] in tiers or late or orders or moves or any(text in row["action"] for text in asks)


def _present(value: Any) -> Any:
    if value in (None, ""):
        raise KeyError("blank")
    return value
