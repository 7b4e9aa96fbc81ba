"""What a column or a setting may hold, in words."""

from __future__ import annotations

from typing import Any

from restock.schema.columns import Kind
from restock.schema.words import words

KINDS = {
    Kind.TEXT: ("text", "文字"),
    Kind.NUMBER: ("number", "数值"),
    Kind.DATE: ("date", "日期"),
    Kind.TIME: ("date and time", "日期时间"),
    Kind.FLAG: ("yes or no", "是或否"),
}
UNITS = {
    "units": "件",
    "units per day": "件/天",
    "days": "天",
    "months": "个月",
    "cartons": "箱",
    "people": "人",
    "money": "金额",
    "money per unit": "金额/件",
    "litres": "升",
    "litres per unit": "升/件",
    "kg": "千克",
    "kg per unit": "千克/件",
    "factor": "倍数",
    "share": "比例",
    "share of viewers": "占观看人数的比例",
}


def content(
    kind: Kind, language: str, unit: str = "", choices: str = "", minimum: float | None = None,
    maximum: float | None = None, whole: bool = False,
) -> str:  # fmt: skip
    """Return what may stand in a cell: its kind, its unit and its range, or the words to choose from.

    >>> content(Kind.NUMBER, "en", "units", minimum=0), content(Kind.CHOICE, "zh", choices="flag")
    ('number, units, 0 or more', '是、否')
    """
    chinese, comma = language == "zh", "，" if language == "zh" else ", "
    if choices:
        return ("、" if chinese else ", ").join(words(choices, language))
    parts = [KINDS[kind][chinese], UNITS.get(unit, unit) if chinese else unit, _range(minimum, maximum, chinese)]
    if whole:
        parts.append("整数" if chinese else "whole")
    return comma.join(part for part in parts if part)


def _range(minimum: float | None, maximum: float | None, chinese: bool) -> str:
    if maximum is None:
        return "" if minimum is None else f"不小于{minimum:g}" if chinese else f"{minimum:g} or more"
    if minimum is None:
        return f"不大于{maximum:g}" if chinese else f"at most {maximum:g}"
    return f"{minimum:g} 至 {maximum:g}" if chinese else f"{minimum:g} to {maximum:g}"


def shown_default(value: Any, language: str, unit: str = "") -> str:
    """Return a default as it would be typed; "" where there is none.

    >>> shown_default(0.98, "en", "share"), shown_default(True, "zh"), shown_default(None, "en")
    ('98 %', '是', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return words("flag", language)[0 if value else 1]
    if isinstance(value, int | float):
        share = unit.startswith("share")
        return f"{value * 100:g} %" if share and value <= 1 else f"{value:g}"
    return str(value)
