"""What our labels are called in both languages: headers, titles, messages, sentences, words of lists."""

from __future__ import annotations

from collections.abc import Iterable

from restock.functions.guide import HEADINGS, guide_rows
from restock.schema.columns import Column, Kind, Table
from restock.schema.inputs import INPUT_TABLES, SALES_ORDER
from restock.schema.outputs import OUTPUT_TABLES
from restock.schema.settings import SETTINGS_LIST
from restock.schema.words import CHOICES, key_of, normal_word, word
from restock.text import Words
from restock.text.say import catalogue
from restock_xl.checking.headers import columns_of
from restock_xl.package.book import TableRef
from restock_xl.sheets.layout import TAB_BY_KEY
from restock_xl.sheets.small_charts import chart_columns
from restock_xl.sheets.start_sheet import start_sheet

Pairs = dict[str, str]
"""What a label is called now → what it will be called."""

LANGUAGES = ("en", "zh")
_START = ("start.", "button.")


def other(language: str) -> str:
    """Return the other language."""
    return "en" if language == "zh" else "zh"


def header_pairs(columns: Iterable[Column], target: str) -> Pairs:
    """The headers of a table's columns."""
    return {column.header(other(target)): column.header(target) for column in columns}


def all_columns(table: Table) -> tuple[Column, ...]:
    """Every column that a book of ours may have in a table."""
    more = {"Sales": (SALES_ORDER,), "Stock": chart_columns()}
    return (*columns_of(table), *more.get(table.name, ()))


def function_headers(target: str) -> Pairs:
    """The headers of the table of functions."""
    return dict(zip(HEADINGS[other(target)], HEADINGS[target], strict=True))


def table_of(ref: TableRef, is_ours: bool) -> Table | None:
    """The table of ours that an Excel table is by its name; `is_ours` where it stands on a sheet that we write."""
    stem, _, tail = ref.name.casefold().partition("_")
    known = OUTPUT_TABLES if is_ours else INPUT_TABLES
    name = stem if not tail or tail.isdigit() else ref.name.casefold()
    return next((table for table in known.values() if table.name.casefold() == name), None)


def title_pairs(key: str, target: str) -> Pairs:
    """What stands above a table."""
    source, tab = other(target), TAB_BY_KEY[key]
    table = INPUT_TABLES.get(key) or OUTPUT_TABLES.get(key)
    pairs = {tab.name(source): tab.name(target)}
    if table is not None:
        pairs[table.help(source)] = table.help(target)
    return pairs


def sentence_pairs(starts: tuple[str, ...], target: str) -> Pairs:
    """Sentences without numbers, by how their keys begin."""
    place = LANGUAGES.index(target)
    found = [pair for key, pair in catalogue().items() if key.startswith(starts)]
    return {pair[1 - place]: pair[place] for pair in found}


def start_pairs(target: str) -> Pairs:
    """What stands on Start, the captions of its buttons among it."""
    old, new = (start_sheet("", Words(language)).cells for language in (other(target), target))
    shown = {a.value: b.value for a, b in zip(old, new, strict=True) if isinstance(a.value, str) and a.value != b.value}
    return sentence_pairs(_START, target) | shown


def function_pairs(target: str) -> Pairs:
    """What stands on the sheet of functions."""
    pairs = sentence_pairs(("function.",), target) | title_pairs("Functions", target)
    for old, new in zip(guide_rows(other(target)), guide_rows(target), strict=True):
        pairs |= {before: after for before, after in zip(vars(old).values(), vars(new).values(), strict=True)
                  if isinstance(before, str)}  # fmt: skip
    return pairs


def setting_pairs(target: str) -> Pairs:
    """The labels of settings and what they mean."""
    source = other(target)
    pairs = {setting.label(source): setting.label(target) for setting in SETTINGS_LIST}
    return pairs | {setting.help(source): setting.help(target) for setting in SETTINGS_LIST if setting.help(source)}


def choices_of(column: Column) -> str:
    """The list from which a column's words come; "" where it has none."""
    return {Kind.CHOICE: column.choices, Kind.FLAG: "flag"}.get(column.kind, "")


def new_word(choices: str, text: str, target: str) -> str | None:
    """The word of the other language for one that we would write; None for any other spelling, which both know.

    >>> new_word("class", "Profit", "zh"), new_word("flag", "x", "zh"), new_word("mode", "海运", "zh")
    ('利润款', None, None)
    """
    key = key_of(choices, text)
    if key is None or normal_word(text) != normal_word(word(choices, key, other(target))):
        return None
    found = word(choices, key, target)
    return None if found == text else found


def renamed_words(target: str) -> Pairs:
    """Every word of our lists that changes, folded, with what it becomes; a word of several lists as in the first."""
    place = LANGUAGES.index(target)
    pairs = {pair[1 - place]: pair[place] for words in reversed(CHOICES.values()) for pair in words.values()}
    return {old.casefold(): new for old, new in pairs.items() if old.casefold() != new.casefold()}
