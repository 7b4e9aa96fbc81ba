"""What a problem says to the user: the place, what is wrong with the value, what to type instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from restock.schema.cell import shown
from restock.schema.columns import Column, Kind
from restock.schema.copies import COPY_TABLES
from restock.schema.inputs import INPUT_TABLES
from restock.schema.outputs import OUTPUT_TABLES
from restock.schema.settings import SETTINGS_BY_KEY
from restock.schema.tables import Problem
from restock.schema.words import word, words
from restock.text import Words, cell_reference, say, sheet_label

_BRACKETS = re.compile(r"\s*[（(][^()（）]*[)）]")
_QUOTED = ("spellings",)


def problem_sentence(problem: Problem, words: Words) -> str:
    """Return the sentence of a problem in the language of `words`.

    Raises:
        KeyError: There is no such sentence, or a number that it needs is missing.

    >>> problem_sentence(Problem("problem.number_one", "row", "Stock", "Stock", "E47", "1,5", "VASE-09",
    ...                          "JP-OSA", {"column": "daily_sales", "type": "1.5"}), Words("en"))
    'Stock!E47, daily sales of VASE-09 in JP-OSA: "1,5" is not a number. Type 1.5.'
    """
    given = {name: _rendered(name, value, words) for name, value in problem.params.items()}
    given |= {name: getattr(problem, name) for name in ("cell", "value", "sku", "warehouse")}
    given["sheet"] = sheet_label(problem.sheet, words)
    given["ref"] = cell_reference(problem.sheet, problem.cell, words)
    given["column"] = column_label(problem, words)
    given["setting"] = _setting_label(problem.params, words)
    given["choices"] = _allowed(problem.params.get("choices", ""), words)
    given["default"] = _default(problem, words)
    given["where"] = _where(problem, given, words)
    until = problem.params.get("until")
    given["until"] = say(f"problem.until_{until}", words, **given) if until else ""
    return say(problem.key, words, **given).strip()


def _rendered(name: str, value: Any, words: Words) -> Any:
    """A list as people write it; everything else as it is."""
    if not isinstance(value, list | tuple):
        return value
    quotes = ("“{}”", "、") if words.language == "zh" else ('"{}"', ", ")
    items = [quotes[0].format(item) if name in _QUOTED else str(item) for item in value]
    return quotes[1].join(items)


def column_label(problem: Problem, words: Words) -> str:
    """The header of the problem's column, or the label of its setting, as it is used within a sentence."""
    if "setting" in problem.params:
        return _setting_label(problem.params, words)
    column = _column(problem)
    return in_sentence(column.header(words.language)) if column else ""


def in_sentence(header: str) -> str:
    """A header without unit, star and "typed", beginning with a small letter unless it is an abbreviation.

    >>> in_sentence("Daily sales, typed"), in_sentence("SKU*"), in_sentence("日均销量(手填)")
    ('daily sales', 'SKU', '日均销量')
    """
    text = _BRACKETS.sub("", header).replace("*", "").strip().rstrip("?？").removesuffix(", typed")
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def _column(problem: Problem) -> Column | None:
    table = INPUT_TABLES.get(problem.table) or OUTPUT_TABLES.get(problem.table) or COPY_TABLES.get(problem.table)
    return table.by_name.get(problem.params.get("column", "")) if table else None


def _setting_label(params: Mapping[str, Any], words: Words) -> str:
    setting = SETTINGS_BY_KEY.get(params.get("setting", ""))
    return setting.label(words.language) if setting else ""


def _allowed(choices: str, in_words: Words) -> str:
    """The words of a closed list that may be typed."""
    joint = "、" if in_words.language == "zh" else ", "
    return joint.join(words(choices, in_words.language)) if choices else ""


def _default(problem: Problem, words: Words) -> str:
    """The value taken instead of an unusable one, as it would be typed."""
    value, column = problem.params.get("default"), _column(problem)
    setting = SETTINGS_BY_KEY.get(problem.params.get("setting", ""))
    if isinstance(value, bool):
        return word("flag", "yes" if value else "no", words.language)
    if isinstance(value, str):
        is_key = column is not None and column.kind is Kind.CHOICE
        choices = setting.choices if setting else column.choices if column and is_key else ""
        return word(choices, value, words.language) if choices and value else value
    share = setting is not None and setting.unit == "share"
    return f"{value * 100:.4g}%" if share and value is not None else shown(value)


def _where(problem: Problem, given: Mapping[str, Any], words: Words) -> str:
    """The place in words; the SKU and the warehouse are named unless the cell is theirs."""
    if not given["column"]:
        return str(given["ref"])
    column = problem.params.get("column")
    hidden = {"sku": ("sku", "warehouse"), "warehouse": ("warehouse",)}.get(str(column), ())
    named = [name for name in ("sku", "warehouse") if given[name] and name not in hidden]
    return say("_".join(["problem.where", *named]), words, **given)
