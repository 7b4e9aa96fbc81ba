"""The list of Today: what to do today and this week, the most expensive delay first, and the same as a chat (§45)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pandas as pd

from restock.plan import Plan
from restock.replenish.alerts import SHORT, Sentence
from restock.schema.outputs import ALERTS
from restock.schema.records import records
from restock.schema.words import word
from restock.text import Words, say
from restock_xl.sheets.sentences import compose
from restock_xl.sheets.style import TIER_STYLE
from restock_xl.sheets.today_page import Page
from restock_xl.sheets.today_shows import chat_line

LISTED, LISTED_WEEK, CHAT_LENGTH, WEEK_DAYS = 10, 5, 600, 7
_AT_ONCE = ("RED", "ORANGE", "NOT PLANNED", "NO DATA")


@dataclass(frozen=True)
class Item:
    """One line: tier and since when, the pair, what to do, by when, money or units, who has done it."""

    tier: str
    style: str
    since: dt.date | None
    told: bool
    pair: tuple[str, str]
    text: str
    by: Any
    worth: Any
    done: Any

    def line(self, words: Words) -> list[Any]:
        """The five cells."""
        level = self.tier if self.since is None else say("today.tier_since", words, tier=self.tier, day=self.since)
        return [level, say("sheet.line", words, item=self.item, text=self.text), self.by, self.worth, self.done]

    @property
    def item(self) -> str:
        """SKU and warehouse as one text."""
        return ", ".join(self.pair)


def todo_items(plan: Plan, words: Words) -> tuple[list[Item], list[Item]]:
    """What is for today (red, orange, unreadable, due or overdue), and what is for this week (due or turning red)."""
    reds = dict(zip(zip(plan.view["sku"], plan.view["warehouse"], strict=True), plan.view["turns_red_on"], strict=True))
    last = pd.Timestamp(plan.today) + pd.Timedelta(days=WEEK_DAYS)
    todo: list[Item] = []
    week: list[Item] = []
    for row in records(plan.alerts):
        red_on = reds.get((row["sku"], row["warehouse"]), pd.NaT)
        late = row["order_status"] == "LATE" and row["order_units"] > 0
        if late or row["tier"] in _AT_ONCE or (not pd.isna(row["due"]) and row["due"] <= pd.Timestamp(plan.today)):
            todo.append(_item(row, plan, words))
        elif red_on <= last:
            week.append(_item(row, plan, words, red_on.date()))
        elif row["due"] <= last:
            week.append(_item(row, plan, words))
    return todo, week


def _item(row: dict[str, Any], plan: Plan, words: Words, red_on: dt.date | None = None) -> Item:
    sentence: Sentence = row["state"] + row["action"]
    text = compose(sentence, words)
    if red_on is not None:
        text += ("" if words.language == "zh" else " ") + say("today.turns_red", words, day=red_on)
    began = row["since"]
    since = began.date() if row["tier"] in SHORT and not pd.isna(began) and began.date() < plan.today else None
    worth = row["lost_units"] if pd.isna(row["lost_money"]) else row["lost_money"]
    worth = None if pd.isna(worth) else round(worth) or None
    return Item(
        word("tier", row["tier"], words.language), TIER_STYLE.get(row["tier"], "plain"), since,
        any(part.key == "plan.unanswered" for part in sentence), (str(row["sku"]), str(row["warehouse"])), text,
        None if pd.isna(row["due"]) else row["due"], worth, row["done"],
    )  # fmt: skip


def write_list(page: Page, title: str, items: list[Item], most: int, plan: Plan) -> None:
    """The first of some items under their title; nothing where there are none."""
    if not items:
        return
    page.section(page.say(title))
    money = "column_money" if plan.view["lost_money"].notna().any() else "column_units"
    sku, warehouse = (ALERTS[name].header(page.words.language) for name in ALERTS.key)
    page.header(("column_tier", "column_do", "column_by", money, "column_done"), (sku, warehouse))
    styles = ["plain_wrap", "plain_date", "plain_units", "input_wrap"]
    for item in items[:most]:
        page.line(item.line(page.words), [f"{item.style}_wrap", *styles], item.pair)
    if len(items) > most:
        page.wide(page.say("today.more", count=len(items) - most), "hint")


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
        line = _chat_item(item, words)
        if sum(map(len, lines)) + len(lines) + len(line) > CHAT_LENGTH:
            break
        lines.append(line)
    return "\n".join(lines)


def _chat_item(item: Item, words: Words) -> str:
    since = "" if item.since is None or item.told else say("today.since", words, day=item.since)
    space = "" if since and words.language == "zh" else " "
    return f"• {item.tier}{since}{space}{say('sheet.line', words, item=item.item, text=item.text)}"
