"""The words that functions answer with, in English and Chinese, and the colours of the tiers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.arithmetic.order_date import STATUSES
from restock.arithmetic.tier import TIERS
from restock.schema.words import CHOICES

LANGUAGES = ("en", "zh")
ENGLISH, CHINESE = LANGUAGES.index("en"), LANGUAGES.index("zh")

TIER_WORDS = {code: CHOICES["tier"][code][1] for code in TIERS}
STATUS_WORDS = {code: CHOICES["order_status"][code][1] for code in STATUSES}

COLORS = {
    "RED": "#D92D20",
    "ORANGE": "#F79009",
    "YELLOW": "#FEF08A",
    "GREEN": "#D5F0DC",
    "NO SALES": "#E4E7EC",
    "NO DATA": "#E4E7EC",
}
"""Fills that stay apart when printed in grey and for the colour-blind: the darkest is RED."""

ACTIONS = {
    "RED": ("Act today: move stock or rush an order", "今天处理：调货或加急补货"),
    "ORANGE": ("Act this week: order or move stock", "本周处理：下单或调货"),
    "YELLOW": ("Plan the next order", "安排下一次补货"),
    "GREEN": ("Nothing to do", "无需处理"),
    "NO SALES": ("Does not sell: check price and listing", "没有销量：检查价格和链接"),
    "NO DATA": ("Type stock and daily sales", "请填库存和日均销量"),
}
ACTION_WORDS = dict(ACTIONS.values())

_TIER_NUMBER = {code: number for number, code in enumerate(TIERS)} | {
    word: number for number, word in enumerate(TIER_WORDS.values())
}


def language_number(word: str) -> int:
    """Return the place of a language in LANGUAGES, -1 where unknown; upper and lower case are the same.

    >>> language_number("ZH"), language_number("fr")
    (1, -1)
    """
    low = word.lower()
    return LANGUAGES.index(low) if low in LANGUAGES else -1


def tier_number(word: str) -> int:
    """Return the place of a tier in TIERS from its word in either language, -1 where unknown.

    >>> tier_number("Orange"), tier_number("橙"), tier_number("blue")
    (1, 1, -1)
    """
    return _TIER_NUMBER.get(word.upper(), -1)


def in_language(codes: NDArray[Any], chinese: NDArray[np.bool_], words: Mapping[str, str]) -> NDArray[Any]:
    """Return English words, or their Chinese form where `chinese` holds.

    >>> in_language(np.array(["RED", "GREEN"], dtype=object), np.array(True), TIER_WORDS).tolist()
    ['红', '绿']
    """
    if not chinese.any():
        return np.broadcast_to(codes, np.broadcast_shapes(codes.shape, chinese.shape))
    translated = np.array([words[code] for code in codes.ravel().tolist()], dtype=object).reshape(codes.shape)
    return np.where(chinese, translated, codes)


def pick(numbers: NDArray[np.int64], texts: list[str]) -> NDArray[Any]:
    """Return the text of each number; a number below 0 gives the first, for the caller to overwrite."""
    return np.asarray(np.array(texts, dtype=object)[np.maximum(numbers, 0)])
