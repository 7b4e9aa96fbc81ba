"""The words of closed lists, in both languages; either is understood in any book."""

from __future__ import annotations

from restock.schema.columns import normal_key

CHOICES: dict[str, dict[str, tuple[str, str]]] = {
    "class": {
        "traffic": ("traffic-drawing", "引流款"),
        "profit": ("profit", "利润款"),
        "long_tail": ("slow", "长尾款"),
    },
    "status": {
        "active": ("active", "在售"),
        "new": ("new", "新品"),
        "discontinued": ("discontinued", "停售"),
        "unsellable": ("unsellable", "不可售"),
    },
    "mode": {
        "sea": ("sea", "海运"),
        "air": ("air", "空运"),
        "land": ("land", "陆运"),
        "express": ("express", "快递"),
    },
    "order_mode": {
        "sea": ("sea", "海运"),
        "air": ("air", "空运"),
        "land": ("land", "陆运"),
        "express": ("express", "快递"),
        "rush_sea": ("sea, rushed", "海运(加急)"),
        "rush_air": ("air, rushed", "空运(加急)"),
        "rush_land": ("land, rushed", "陆运(加急)"),
        "rush_express": ("express, rushed", "快递(加急)"),
    },
    "inbound_state": {
        "planned": ("planned", "计划"),
        "ordered": ("ordered", "已下单"),
        "shipped": ("shipped", "已发运"),
        "part_received": ("part received", "部分到货"),
        "received": ("received", "已到"),
        "cancelled": ("cancelled", "已取消"),
    },
    "flag": {"yes": ("yes", "是"), "no": ("no", "否")},
    "tier": {
        "RED": ("RED", "红"),
        "ORANGE": ("ORANGE", "橙"),
        "YELLOW": ("YELLOW", "黄"),
        "GREEN": ("GREEN", "绿"),
        "NO SALES": ("NO SALES", "无销量"),
        "NO DATA": ("NO DATA", "缺数据"),
        "–": ("–", "–"),
        "NOT PLANNED": ("NOT PLANNED", "未计算"),
    },
    "order_status": {
        "LATE": ("LATE", "已晚"),
        "THIS WEEK": ("THIS WEEK", "本周"),
        "FINE": ("FINE", "不急"),
    },
    "pick": {
        "IN": ("IN", "可播"),
        "LIMIT": ("LIMIT", "限量"),
        "OUT": ("OUT", "不播"),
        "NO DATA": ("NO DATA", "缺数据"),
    },
    "line_state": {
        "suggested": ("suggested", "建议"),
        "not_suggested": ("no longer suggested", "不再建议"),
    },
    "committed_state": {
        "accepted": ("accepted", "已接受"),
        "ordered": ("ordered", "已下单"),
        "shipped": ("shipped", "已发运"),
        "part_received": ("part received", "部分到货"),
        "received": ("received", "已到"),
        "cancelled": ("cancelled", "已取消"),
    },
    "language": {"en": ("English", "英文"), "zh": ("Chinese", "中文")},
}

LIST_NAMES: dict[str, tuple[str, str]] = {
    "class": ("class", "类型"),
    "status": ("status", "状态"),
    "mode": ("mode", "运输方式"),
    "inbound_state": ("inbound state", "到货状态"),
    "flag": ("yes or no", "是或否"),
    "language": ("language", "语言"),
}
"""What stands above the lists to choose from, beside the settings."""

_ALSO: dict[str, dict[str, str]] = {
    "class": {"traffic": "traffic", "long_tail": "long_tail", "slow": "long_tail", "long tail": "long_tail"},
    "flag": {
        "y": "yes", "true": "yes", "1": "yes", "x": "yes", "v": "yes", "✓": "yes", "√": "yes", "有": "yes",
        "n": "no", "false": "no", "0": "no", "无": "no",
    },
    "inbound_state": {"canceled": "cancelled", "in transit": "shipped", "在途": "shipped", "arrived": "received"},
    "committed_state": {"canceled": "cancelled", "in transit": "shipped", "在途": "shipped", "arrived": "received"},
    "language": {"en": "en", "zh": "zh", "中文": "zh", "english": "en", "chinese": "zh", "zh cn": "zh", "英语": "en"},
    "status": {"normal": "active", "正常": "active"},
}  # fmt: skip


def word(choices: str, key: str, language: str) -> str:
    """The word people see for `key` of the list `choices`."""
    return CHOICES[choices][key][1 if language == "zh" else 0]


def words(choices: str, language: str) -> list[str]:
    """Every word of a list, in its order."""
    return [word(choices, key, language) for key in CHOICES[choices]]


def key_of(choices: str, text: str) -> str | None:
    """The key that a typed word stands for, in either language; None where there is none.

    >>> key_of("class", "引流款"), key_of("flag", "Y"), key_of("mode", "boat")
    ('traffic', 'yes', None)
    """
    wanted = normal_word(text)
    for key, (english, chinese) in CHOICES[choices].items():
        for candidate in (key, english, chinese):
            if normal_word(candidate) == wanted:
                return key
    return _ALSO.get(choices, {}).get(wanted)


def normal_word(text: str) -> str:
    """Fold a word of a list to what identifies it."""
    return normal_key(text).replace("_", " ").replace("-", " ")
