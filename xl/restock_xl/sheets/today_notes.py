"""What Today says around its list: how fresh the data are, what is on the way, what changed, what is assumed."""

from __future__ import annotations

import pandas as pd

from restock.plan import Plan
from restock.replenish.changes import changes
from restock.schema.records import Record, records
from restock.text import Words, say
from restock.text.say import format_number
from restock_xl.sheets.committed_table import COMMITTED_ON
from restock_xl.sheets.layout import TAB_BY_KEY
from restock_xl.sheets.model import CellModel
from restock_xl.sheets.today_page import Page

LISTED_LINES, MOST_NAMES, MOST_SALES_DAYS, COMING_DAYS = 5, 6, 3, 7


def write_data_line(page: Page, plan: Plan) -> None:
    """Of which day the data are, how much is to be put right, and one word for all of it."""
    words, dates = page.words, plan.view["stock_date"].dropna()
    parts = []
    age = 0
    if len(dates):
        first, last = dates.min().date(), dates.max().date()
        key = "today.stock_of" if first == last else "today.stock_between"
        parts.append(say(key, words, first=first, day=last))
        age = (plan.today - first).days
    sales = plan.last_sale
    parts.append(say("today.sales_through", words, day=sales) if sales else say("today.no_sales", words))
    count = sum(problem.effect != "note" for problem in plan.tables.problems)
    key = {0: "today.no_problems", 1: "today.problem_one"}.get(count, "today.problems")
    parts += [say(key, words, count=count), say("today.computed_for", words, day=plan.today)]
    state = _state(plan, age)
    page.cells.append(CellModel(page.row, 0, say(f"sheet.{state}", words), f"state_{state}"))
    page.wide(" · ".join(parts), "wrap", first=1)


def _state(plan: Plan, age: int) -> str:
    settings = plan.settings
    sales_age = (plan.today - plan.last_sale).days if plan.last_sale else 0
    if age > settings.stock_old_days or sales_age > settings.sales_old_days:
        return "old"
    if age > settings.stock_check_days or sales_age > settings.sales_check_days:
        return "check"
    return "ok"


def data_notes(plan: Plan, words: Words) -> list[str]:
    """Old stock, and what was rolled forward."""
    notes = []
    dates = plan.view["stock_date"].dropna()
    if len(dates) and (plan.today - dates.min().date()).days > plan.settings.stock_old_days:
        day = dates.min().date()
        notes.append(say("today.stale", words, day=day, days=(plan.today - day).days))
    unsent = plan.view["unsent"]
    shift = plan.view["adjustment"] + unsent
    sold, received = float(-shift[shift < 0].sum()), float(shift[shift > 0].sum())
    if sold or received:
        notes.append(say("today.rolled", words, units=sold, received=received))
    if unsent.sum():
        notes.append(say("today.set_aside", words, units=float(unsent.sum())))
    return notes


def write_on_the_way(page: Page, plan: Plan) -> None:
    """What is late, then what can be sold within a week."""
    lines = plan.supply.lines
    late = records(lines[lines["flagged"]].sort_values("late_days", ascending=False, kind="stable"))
    soon = lines[(lines["day"] >= 0) & (lines["day"] <= COMING_DAYS)].sort_values(["day", "document"], kind="stable")
    if not late and soon.empty:
        return
    page.section(page.say("sheet.on_the_way"))
    for row in late[:LISTED_LINES]:
        page.wide(_late(row, plan, page.words))
    if len(late) > LISTED_LINES:
        page.wide(page.say("today.more_late", count=len(late) - LISTED_LINES), "hint")
    for row in records(soon.head(LISTED_LINES)):
        page.wide(page.say("today.arrives", **_named(row)))
    if len(soon) > LISTED_LINES:
        page.wide(page.say("today.more_coming", count=len(soon) - LISTED_LINES), "hint")


def _late(row: Record, plan: Plan, words: Words) -> str:
    key = "today.lost" if row["late_days"] > plan.settings.lost_days else "today.late"
    if row["source"] in COMMITTED_ON:
        key += "_committed"
        row["sheet"] = TAB_BY_KEY[COMMITTED_ON[row["source"]]].name(words.language)
    return say(key, words, **_named(row))


def _named(row: Record) -> Record:
    return row | {"document": row["document"] or "–", "sellable_on": row["sellable_on"].date()}


def write_changes(page: Page, plan: Plan) -> None:
    """What changed since the last press of an earlier day; nothing at the first press."""
    found = changes(plan.view)
    if found is None:
        return
    page.section(page.say("sheet.changed", day=found.since))
    for kind in ("red", "orange", "eased"):
        if rows := getattr(found, kind):
            page.wide(page.say(f"today.changed_{kind}", items=_names(rows, page.words)))
    if found.moved:
        page.wide(page.say("today.changed_stock", items=_names(found.moved, page.words, counts=True)))
    if not found.any:
        page.wide(page.say("today.changed_nothing"))


def _names(rows: list[Record], words: Words, counts: bool = False) -> str:
    """The first pairs as a list, with their stock before and now where asked for."""
    names = []
    for row in rows[:MOST_NAMES]:
        moved = f" {format_number(row['before_on_hand'])} → {format_number(row['on_hand'])}" if counts else ""
        names.append(f"{row['sku']} ({row['warehouse']}){moved}")
    if len(rows) > MOST_NAMES:
        names.append(say("today.picks_others", words, count=len(rows) - MOST_NAMES))
    return ("、" if words.language == "zh" else ", ").join(names)


def write_assumed(page: Page, plan: Plan) -> None:
    """What the numbers rest on that nobody typed, and the one input that would help most."""
    view, words = plan.view, page.words
    dated = view[view["order_by"].notna() & view["lead_assumed"]]
    lines = []
    if len(dated):
        lines.append(say("today.assumed_lead", words, count=len(dated)))
    if new := sum(key == "plan.basis_new" for key, _ in view["basis"]):
        lines.append(say("today.assumed_new", words, count=new))
    if len(plan.picks) and (shows := plan.picks.loc[plan.picks["assumed"], "group"].nunique()):
        lines.append(say("today.assumed_shows", words, count=shows))
    lines += [say("today.assumed_rate", words, name=name, currency=currency) for name, currency in _without_rate(plan)]
    if view["typed_daily"].any() and not plan.tables.has_sales:
        lines.append(say("today.assumed_spread", words, factor=plan.settings.simple_factor))
    lines += [say(key, words, **said) for key, said in plan.forecast.sales_days[:MOST_SALES_DAYS]]
    better = _better(plan, words, dated)
    if lines or better:
        page.section(page.say("sheet.assumed"))
        for text in [*lines, *better]:
            page.wide(text)


def _without_rate(plan: Plan) -> list[tuple[str, str]]:
    """Suppliers with a currency of their own whose rate is blank, so that it counts as 1 (§9)."""
    suppliers = plan.tables.suppliers
    foreign = (suppliers["currency"] != "") & (suppliers["currency"] != plan.settings.currency)
    rows = records(suppliers.loc[foreign & suppliers["currency_rate"].isna(), ["supplier", "currency"]])
    return [(row["supplier"], row["currency"]) for row in rows[:LISTED_LINES]]


def _better(plan: Plan, words: Words, dated: pd.DataFrame) -> list[str]:
    """The one input that would change most."""
    if not plan.tables.has_sales:
        return [say("today.better_sales", words)]
    named = dated[dated["supplier"] != ""]
    if len(named):
        counts = named["supplier"].value_counts()
        supplier = sorted(counts[counts == counts.max()].index)[0]
        return [say("today.better_lead", words, supplier=supplier, count=int(counts.max()))]
    if len(dated):
        return [say("today.better_supplier", words)]
    return [say("today.better_money", words)] if plan.view["margin"].isna().all() else []
