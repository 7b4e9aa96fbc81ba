"""Colours, fonts and number formats, by name. Every cell of ours has one of these styles, never the user's Normal."""

from __future__ import annotations

from typing import Any

FONT = "Arial"
INPUT_FILL, FORMULA_FILL, HEAD_FILL = "#FFF9DB", "#F1F3F4", "#1F3A4D"
RED, ORANGE, YELLOW, GREEN, GREY = "#D92D20", "#F79009", "#FEF08A", "#D5F0DC", "#E4E7EC"
TIER_STYLE = {
    "RED": "tier_red",
    "ORANGE": "tier_orange",
    "YELLOW": "tier_yellow",
    "GREEN": "tier_green",
    "NO SALES": "tier_grey",
    "NO DATA": "tier_grey",
    "NOT PLANNED": "tier_grey",
}
PICK_STYLE = {"IN": "tier_green", "LIMIT": "tier_orange", "OUT": "tier_red", "NO DATA": "tier_grey"}
"""Light, middling, dark: they stay apart for colour-blind eyes and in grey."""
ROW_TINT = {"RED": "row_red", "ORANGE": "row_orange", "YELLOW": "row_yellow"}
TAB_INPUT, TAB_OUTPUT, TAB_HELP = "#F2C94C", "#1F7A8C", "#98A2B3"

_DATE, _UNITS, _TENTH, _MONEY, _SHARE = "yyyy-mm-dd", "#,##0", "#,##0.0", "#,##0.00", "0.0%"
_BASE: dict[str, Any] = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}
_LINE = {"border": 1, "border_color": "#D0D5DD"}
_HEAD = _BASE | _LINE | {"bold": True, "text_wrap": True, "valign": "top", "font_color": "#FFFFFF"}


def _kinds(prefix: str, extra: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Text, wrapped text, date, units, tenths, money, share and time in one look."""
    base = _BASE | _LINE | extra
    return {
        prefix: base | {"num_format": "@" if prefix == "input" else "General"},
        f"{prefix}_wrap": base | {"text_wrap": True},
        f"{prefix}_date": base | {"num_format": _DATE, "align": "center"},
        f"{prefix}_time": base | {"num_format": "yyyy-mm-dd hh:mm", "align": "center"},
        f"{prefix}_units": base | {"num_format": _UNITS},
        f"{prefix}_number": base | {"num_format": "General"},
        f"{prefix}_tenth": base | {"num_format": _TENTH},
        f"{prefix}_money": base | {"num_format": _MONEY},
        f"{prefix}_share": base | {"num_format": _SHARE},
    }


_TIERS: dict[str, dict[str, Any]] = {
    "tier_red": _BASE | _LINE | {"bold": True, "align": "center", "bg_color": RED, "font_color": "#FFFFFF"},
    "tier_orange": _BASE | _LINE | {"bold": True, "align": "center", "bg_color": ORANGE},
    "tier_yellow": _BASE | _LINE | {"bold": True, "align": "center", "bg_color": YELLOW},
    "tier_green": _BASE | _LINE | {"align": "center", "bg_color": GREEN},
    "tier_grey": _BASE | _LINE | {"align": "center", "bg_color": GREY},
}


STYLES: dict[str, dict[str, Any]] = {
    "text": _BASE,
    "wrap": _BASE | {"text_wrap": True, "valign": "top"},
    "step": _BASE | {"font_size": 11, "text_wrap": True, "valign": "top"},
    "title": _BASE | {"font_size": 16, "bold": True, "font_color": HEAD_FILL},
    "title_top": _BASE | {"font_size": 16, "bold": True, "font_color": HEAD_FILL, "valign": "top"},
    "hint": _BASE | {"font_color": "#475467"},
    "section": _BASE | {"font_size": 11, "bold": True, "font_color": HEAD_FILL, "bottom": 2, "bottom_color": HEAD_FILL},
    "verdict": _BASE | {"font_size": 12, "bold": True, "text_wrap": True, "valign": "top"},
    "big": _BASE | {"font_size": 20, "bold": True, "align": "center"},
    "big_label": _BASE | {"align": "center", "font_color": "#475467", "text_wrap": True, "valign": "top"},
    "big_red": _BASE | {"font_size": 20, "bold": True, "align": "center", "bg_color": RED, "font_color": "#FFFFFF"},
    "big_orange": _BASE | {"font_size": 20, "bold": True, "align": "center", "bg_color": ORANGE},
    "big_yellow": _BASE | {"font_size": 20, "bold": True, "align": "center", "bg_color": YELLOW},
    "state_ok": _BASE | {"bold": True, "align": "center", "bg_color": GREEN},
    "state_check": _BASE | {"bold": True, "align": "center", "bg_color": YELLOW},
    "state_old": _BASE | {"bold": True, "align": "center", "bg_color": RED, "font_color": "#FFFFFF"},
    "header": _HEAD | {"bg_color": HEAD_FILL},
    "header_input": _HEAD | {"bg_color": "#8A6D00"},
    "header_formula": _HEAD | {"bg_color": "#475467"},
    "header_plan": _HEAD | {"bg_color": "#475467", "italic": True},
    **{f"{name}_wrap": look | {"text_wrap": True} for name, look in _TIERS.items()},
    **_TIERS,
    **_kinds("input", {"bg_color": INPUT_FILL, "locked": False}),
    **_kinds("formula", {"bg_color": FORMULA_FILL}),
    **_kinds("plain", {}),
    "formula_tier": _BASE | _LINE | {"bg_color": FORMULA_FILL, "align": "center", "bold": True},
    # differential styles, for conditional formats only
    "if_red": {"bg_color": RED, "font_color": "#FFFFFF", "bold": True},
    "if_orange": {"bg_color": ORANGE, "font_color": "#000000", "bold": True},
    "if_yellow": {"bg_color": YELLOW, "font_color": "#000000", "bold": True},
    "if_green": {"bg_color": GREEN, "font_color": "#000000"},
    "if_grey": {"bg_color": GREY, "font_color": "#475467"},
    "row_red": {"bg_color": "#FDE7E4"},
    "row_orange": {"bg_color": "#FEF0DA"},
    "row_yellow": {"bg_color": "#FEFBE0"},
    "if_late": {"bg_color": RED, "font_color": "#FFFFFF"},
    "if_week": {"bg_color": ORANGE, "font_color": "#000000"},
}


def kind_style(prefix: str, kind: str, unit: str) -> str:
    """The style of a column by its kind ("number", "date" …) and unit."""
    if kind == "date":
        return f"{prefix}_date"
    if kind == "date and time":
        return f"{prefix}_time"
    if kind != "number":
        return prefix
    if "money" in unit:
        return f"{prefix}_money"
    if "share" in unit:
        return f"{prefix}_share"
    if unit in ("units", "cartons", "people", ""):
        return f"{prefix}_units" if prefix != "input" else f"{prefix}_number"
    return f"{prefix}_number" if prefix == "input" else f"{prefix}_tenth"
