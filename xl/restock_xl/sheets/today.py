"""Today: the verdict, five numbers, one ranked list, what comes next, and a text to paste into the group."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from restock.plan import Plan
from restock.text import Words, say
from restock.text.say import format_full_day
from restock_xl.sheets.legend import legend
from restock_xl.sheets.model import SheetModel
from restock_xl.sheets.output_sheets import Target
from restock_xl.sheets.today_list import LISTED, LISTED_WEEK, chat_text, todo_items, write_list
from restock_xl.sheets.today_notes import data_notes, write_assumed, write_changes, write_data_line, write_on_the_way
from restock_xl.sheets.today_page import Page
from restock_xl.sheets.today_shows import ShowBlock, next_counts, show_blocks


def empty_today(language: str, words: Words, name: str) -> SheetModel:
    """Today before the first press."""
    page = Page(words)
    page.line([say("sheet.today_title", words)] + [None] * 4, ["title"] + ["text"] * 4)
    page.heights[0] = 26.0
    page.row += 1
    page.wide(say("sheet.today_empty", words), "verdict")
    return page.sheet(name)


def today_sheet(plan: Plan, words: Words, target: Target) -> SheetModel:
    """Today after a press."""
    page = Page(words)
    space = "　" if words.language == "zh" else " — "
    title = f"{say('sheet.today_title', words)}{space}{format_full_day(plan.today, words)}"
    page.line([title] + [None] * 4, ["title"] + ["text"] * 4)
    page.heights[0] = 26.0
    write_data_line(page, plan)
    todo, week = todo_items(plan, words)
    page.wide(verdict(plan, words, len(todo)), "verdict")
    for note in data_notes(plan, words):
        page.wide(note)
    page.row += 1
    _numbers(page, plan)
    write_list(page, "sheet.do_today", todo, LISTED, plan)
    write_list(page, "sheet.this_week", week, LISTED_WEEK, plan)
    _shows(page, plan)
    write_on_the_way(page, plan)
    write_changes(page, plan)
    write_assumed(page, plan)
    page.section(page.say("sheet.chat"))
    page.wide(chat_text(plan, words, todo))
    _legend(page, plan)
    page.wide(say("sheet.drop_hint", words), "hint")
    return page.sheet(target.sheet)


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


def _numbers(page: Page, plan: Plan) -> None:
    """Five numbers, each with its label below."""
    view, orders = plan.view, plan.orders
    due = orders[orders["order_by"] <= pd.Timestamp(plan.today)]
    show = next_counts(plan)
    red, orange = ((view["tier"] == tier).sum() for tier in ("RED", "ORANGE"))
    numbers = [red, orange, len(due), len(plan.transfers), show[1]["IN"] if show else 0]
    styles = ["big_red" if red else "big", "big_orange" if orange else "big", "big", "big", "big"]
    page.line([int(number) for number in numbers], styles)
    page.heights[page.row - 1] = 30.0
    labels = [page.say(f"sheet.{label}") for label in ("red", "orange", "order", "move", "show")]
    suppliers = due.loc[due["supplier"] != "", "supplier"].nunique()
    if suppliers:
        labels[2] = page.say("sheet.order_suppliers", suppliers=suppliers)
    if show:
        counts = show[1]
        labels[-1] = page.say("sheet.show_counts", day=show[0], limit=counts["LIMIT"], out=counts["OUT"])
    page.line(labels, ["big_label"] * 5)


def _shows(page: Page, plan: Plan) -> None:
    blocks = show_blocks(plan, page.words)
    if not blocks:
        return
    page.section(page.say("sheet.next_show"))
    for block in blocks:
        for text in (block.head, block.lesson, block.summary):
            if text:
                page.wide(text)
        if block.lines:
            _picks(page, block)


def _picks(page: Page, block: ShowBlock) -> None:
    """The SKUs of the next show."""
    page.header(("column_pick", "column_why", "column_promise", "column_left_after", ""))
    for line in block.lines:
        page.line([line.decision, line.why, line.promise, line.days_left, None],
                  [line.style, "plain_wrap", "plain_units", "plain_tenth", "text"])  # fmt: skip
    if block.more:
        page.wide(page.say("today.picks_more", count=block.more), "hint")


def _legend(page: Page, plan: Plan) -> None:
    """Each colour beside its word, and who fills which cells."""
    page.section(page.say("sheet.legend"))
    for word, style, meaning in legend(page.words, plan.settings):
        page.line([word, meaning, *[None] * 3], [style, "wrap", "text", "text", "text"])
