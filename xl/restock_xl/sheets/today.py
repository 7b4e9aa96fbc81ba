"""Today: the verdict, five numbers, one ranked list, what comes next, and a text to paste into the group."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pandas as pd

from restock.plan import Plan
from restock.replenish.alerts import Sentence
from restock.schema.records import records
from restock.schema.words import word
from restock.text import Words, say
from restock.text.say import format_day
from restock_xl.sheets.committed_table import COMMITTED_ON
from restock_xl.sheets.layout import TAB_BY_KEY
from restock_xl.sheets.model import CellModel, SheetModel
from restock_xl.sheets.output_sheets import Target
from restock_xl.sheets.sentences import compose
from restock_xl.sheets.style import TAB_OUTPUT, TIER_STYLE
from restock_xl.sheets.text_height import LINE_HEIGHT, text_height
from restock_xl.sheets.today_shows import ShowBlock, chat_line, next_counts, show_blocks

WIDTHS = (13.0, 17.0, 62.0, 13.0, 13.0)
LISTED, LISTED_WEEK, CHAT_LENGTH = 10, 5, 600


class _Page:
    """Rows from top to bottom over five columns."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.cells: list[CellModel] = []
        self.merges: list[tuple[int, int, int, int]] = []
        self.heights: dict[int, float] = {}
        self.row = 0

    def say(self, key: str, **params: Any) -> str:
        return say(key, self.words, **params)

    def line(self, values: list[Any], styles: list[str], tallest: int | None = None) -> None:
        """One row; the height follows the wrapped text of column `tallest`."""
        for column, (value, style) in enumerate(zip(values, styles, strict=True)):
            self.cells.append(CellModel(self.row, column, value, style))
        if tallest is not None:
            self.heights[self.row] = text_height(str(values[tallest]), WIDTHS[tallest])
        self.row += 1

    def wide(self, text: str, style: str = "wrap", first: int = 0) -> None:
        """One text over all columns from `first` on."""
        self.merges.append((self.row, first, self.row, len(WIDTHS) - 1))
        self.cells.append(CellModel(self.row, first, text, style))
        self.heights[self.row] = text_height(text, sum(WIDTHS[first:]), 15 if style == "verdict" else LINE_HEIGHT)
        self.row += 1

    def section(self, key: str) -> None:
        self.row += 1
        self.cells += [CellModel(self.row, k, self.say(key) if k == 0 else None, "section") for k in range(len(WIDTHS))]
        self.heights[self.row] = 20.0
        self.row += 1


@dataclass(frozen=True)
class Item:
    """One line of the list: level, goods, what to do, by when, money."""

    level: str
    style: str
    item: str
    text: str
    by: Any
    worth: Any


def empty_today(language: str, words: Words, name: str) -> SheetModel:
    """Today before the first press."""
    page = _Page(words)
    page.line([say("sheet.today_title", words)] + [None] * 4, ["title"] + ["text"] * 4)
    page.row += 1
    page.wide(say("sheet.today_empty", words), "verdict")
    return _sheet(page, name)


def _sheet(page: _Page, name: str) -> SheetModel:
    return SheetModel(
        name, "Today", tuple(page.cells), widths=WIDTHS, row_heights=page.heights, merges=tuple(page.merges),
        tab_color=TAB_OUTPUT, landscape=False, gridlines=False, freeze=(1, 0),
    )  # fmt: skip


def today_sheet(plan: Plan, words: Words, target: Target) -> SheetModel:
    """Today after a press."""
    page = _Page(words)
    day = format_day(plan.today, words)
    space = "　" if words.language == "zh" else " — "
    page.line([f"{say('sheet.today_title', words)}{space}{day}"] + [None] * 4, ["title"] + ["text"] * 4)
    page.heights[0] = 26.0
    _data_line(page, plan)
    todo, week = _split(plan, words)
    page.wide(verdict(plan, words, len(todo)), "verdict")
    for note in _notes(plan, words):
        page.wide(note)
    page.row += 1
    _numbers(page, plan)
    _list(page, "sheet.do_today", todo, LISTED, plan)
    _list(page, "sheet.this_week", week, LISTED_WEEK, plan)
    _shows(page, plan)
    _late(page, plan)
    _assumed(page, plan)
    page.section("sheet.chat")
    page.wide(chat_text(plan, words, todo))
    page.section("sheet.legend")
    settings = plan.settings
    page.wide(
        say("sheet.legend_text", words, red=settings.red_days, orange=settings.orange_days, yellow=settings.yellow_days)
    )
    page.wide(say("sheet.drop_hint", words), "hint")
    return _sheet(page, target.sheet)


def _data_line(page: _Page, plan: Plan) -> None:
    words, view = page.words, plan.view
    dates = view["stock_date"].dropna()
    parts = []
    age = 0
    if len(dates):
        first, last = dates.min().date(), dates.max().date()
        key = "today.stock_of" if first == last else "today.stock_between"
        parts.append(say(key, words, first=first, day=last))
        age = (plan.today - first).days
    if plan.last_sale:
        parts.append(say("today.sales_through", words, day=plan.last_sale))
    else:
        parts.append(say("today.no_sales", words))
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


def verdict(plan: Plan, words: Words, count: int) -> str:
    """One sentence: how much there is to do and what it costs not to."""
    if not count:
        return _nothing(plan, words)
    until = plan.today + dt.timedelta(days=int(plan.settings.transfer_horizon_days))
    units, money = plan.view["lost_units"].sum(), plan.view["lost_money"].sum()
    if money > 0 and not plan.view.loc[plan.view["lost_units"] > 0, "lost_money"].isna().any():
        return say("today.verdict", words, count=count, money=round(money), until=until)
    return say("today.verdict_units", words, count=count, units=round(units), until=until)


def _nothing(plan: Plan, words: Words) -> str:
    text = say("today.nothing", words, rows=len(plan.view))
    coming = plan.view[(plan.view["order_units"] > 0) & plan.view["order_by"].notna()].sort_values(
        "order_by", kind="stable"
    )
    if coming.empty:
        return text
    row = coming.iloc[0]
    joint = "" if words.language == "zh" else " "
    return (
        text
        + joint
        + say("today.next_date", words, day=row["order_by"].date(), sku=row["sku"], warehouse=row["warehouse"])
    )


def _notes(plan: Plan, words: Words) -> list[str]:
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


def _numbers(page: _Page, plan: Plan) -> None:
    view = plan.view
    due = plan.orders["order_status"].isin(["LATE", "THIS WEEK"]).sum()
    show = next_counts(plan)
    in_show = show[1]["IN"] if show else 0
    numbers = [(view["tier"] == "RED").sum(), (view["tier"] == "ORANGE").sum(), due, len(plan.transfers), in_show]
    styles = ["big_red" if numbers[0] else "big", "big_orange" if numbers[1] else "big", "big", "big", "big"]
    page.heights[page.row] = 30.0
    page.line([int(number) for number in numbers], styles)
    labels = [page.say(f"sheet.{label}") for label in ("red", "orange", "order", "move", "show")]
    if show:
        counts = show[1]
        labels[-1] = page.say("sheet.show_counts", day=show[0], limit=counts["LIMIT"], out=counts["OUT"])
    page.heights[page.row] = max(28.0, text_height(labels[-1], WIDTHS[-1]))
    page.line(labels, ["big_label"] * 5)


def _split(plan: Plan, words: Words) -> tuple[list[Item], list[Item]]:
    """What is for today (red, orange, late to order), and what is for this week."""
    todo: list[Item] = []
    week: list[Item] = []
    for row in records(plan.alerts):
        item = _item(row, plan, words)
        late = row["order_status"] == "LATE" and row["order_units"] > 0
        urgent = late or row["tier"] in ("RED", "ORANGE", "NOT PLANNED", "NO DATA")
        (todo if urgent else week).append(item)
    return todo, week


def _item(row: dict[str, Any], plan: Plan, words: Words) -> Item:
    sentence: Sentence = row["state"] + row["action"]
    text = compose(sentence, words)
    since, told = row["since"], any(part.key == "plan.unanswered" for part in sentence)
    if not told and not pd.isna(since) and since.date() < plan.today and row["tier"] in ("RED", "ORANGE", "YELLOW"):
        text = say("today.since", words, day=since.date()).strip() + ("" if words.language == "zh" else " ") + text
        text = text[0].upper() + text[1:]
    worth = row["lost_money"] if not pd.isna(row["lost_money"]) else row["lost_units"]
    worth = round(worth) if worth and not pd.isna(worth) else None
    by = row["due"] if not pd.isna(row["due"]) else None
    level = word("tier", row["tier"], words.language)
    item = f"{row['sku']}, {row['warehouse']}"
    return Item(level, TIER_STYLE.get(row["tier"], "plain"), item, text, by, worth)


def _list(page: _Page, title: str, items: list[Item], most: int, plan: Plan) -> None:
    if not items:
        return
    page.section(title)
    money = "sheet.column_money" if plan.view["lost_money"].notna().any() else "sheet.column_units"
    heads = ("sheet.column_tier", "sheet.column_item", "sheet.column_do", "sheet.column_by", money)
    page.heights[page.row] = 18.0
    page.line([page.say(head) for head in heads], ["header"] * 5)
    for item in items[:most]:
        page.line([item.level, item.item, item.text, item.by, item.worth],
                  [item.style, "plain_wrap", "plain_wrap", "plain_date", "plain_units"], tallest=2)  # fmt: skip
    if len(items) > most:
        page.wide(page.say("today.more", count=len(items) - most), "hint")


def _shows(page: _Page, plan: Plan) -> None:
    blocks = show_blocks(plan, page.words)
    if not blocks:
        return
    page.section("sheet.next_show")
    for block in blocks:
        page.wide(block.head)
        if block.lesson:
            page.wide(block.lesson)
        if block.summary:
            page.wide(block.summary)
        if block.lines:
            _picks(page, block)


def _picks(page: _Page, block: ShowBlock) -> None:
    """The SKUs of the next show."""
    heads = ("column_pick", "column_item", "column_why", "column_promise", "column_left_after")
    page.heights[page.row] = 18.0
    page.line([page.say(f"sheet.{head}") for head in heads], ["header"] * 5)
    for line in block.lines:
        page.line([line.decision, line.item, line.why, line.promise, line.days_left],
                  [line.style, "plain_wrap", "plain_wrap", "plain_units", "plain_tenth"], tallest=2)  # fmt: skip
    if block.more:
        page.wide(page.say("today.picks_more", count=block.more), "hint")


def _late(page: _Page, plan: Plan) -> None:
    late = plan.supply.lines[plan.supply.lines["flagged"]]
    if late.empty:
        return
    page.section("sheet.on_the_way")
    for row in records(late.sort_values("late_days", ascending=False, kind="stable").head(LISTED_WEEK)):
        key = "today.lost" if row["late_days"] > plan.settings.lost_days else "today.late"
        row["document"] = row["document"] or "–"
        if row["source"] in COMMITTED_ON:
            key += "_committed"
            row["sheet"] = TAB_BY_KEY[COMMITTED_ON[row["source"]]].name(page.words.language)
        page.wide(page.say(key, **row | {"sellable_on": row["sellable_on"].date()}))


MOST_SALES_DAYS = 3


def _assumed(page: _Page, plan: Plan) -> None:
    view, words = plan.view, page.words
    dated = view[view["order_by"].notna() & view["lead_assumed"]]
    lines = []
    if len(dated):
        lines.append(say("today.assumed_lead", words, count=len(dated)))
    if view["typed_daily"].any() and not plan.tables.has_sales:
        lines.append(say("today.assumed_spread", words, factor=plan.settings.simple_factor))
    lines += [say(key, words, **said) for key, said in plan.forecast.sales_days[:MOST_SALES_DAYS]]
    better = _better(plan, words, dated)
    if lines or better:
        page.section("sheet.assumed")
        for text in [*lines, *better]:
            page.wide(text)


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


def chat_text(plan: Plan, words: Words, todo: list[Item]) -> str:
    """Today for a group chat: at most 600 characters, no costs."""
    counts = plan.view["tier"].value_counts()
    lines = [
        say("chat.head", words, day=plan.today, red=counts.get("RED", 0), orange=counts.get("ORANGE", 0),
            yellow=counts.get("YELLOW", 0))
    ]  # fmt: skip
    show = chat_line(plan, words)
    lines += [show] if show else []
    for item in todo:
        line = f"• {item.level} {item.item}: {item.text}"
        if sum(map(len, lines)) + len(lines) + len(line) > CHAT_LENGTH:
            break
        lines.append(line)
    return "\n".join(lines)
