"""Functions that answer with a colour, an action or a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.arithmetic.cover import days_of_cover
from restock.arithmetic.rounding import at_most_zero, floor9
from restock.arithmetic.tier import TIERS
from restock.functions import arguments as a
from restock.functions.entry import Argument, Function, Kind
from restock.functions.words import ACTION_WORDS, ACTIONS, COLORS, TIER_WORDS, in_language, pick

Template = Callable[..., list[str]]
"""Columns of numbers as texts, to one sentence per row."""

TIER = Argument("tier", "a tier, in English or Chinese", "预警等级，中英文均可", Kind.TIER)

UNKNOWN = ("Type available stock and daily sales", "请填可售库存和日均销量")
SOLD_OUT = ("Nothing available: 0 days left", "没有可售库存：可售0天")
SENTENCE_WORDS = {
    UNKNOWN[0]: UNKNOWN[1],
    SOLD_OUT[0]: SOLD_OUT[1],
    " available, no sales: lasts": "件可售，没有销量：卖不完",
    " available ÷ ": "件可售 ÷ ",
    "(": "（",
    " a day × ": "件/天 × ",
    ")": "）",
    " a day": "件/天",
    " = ": " = ",
    " days left": "天",
}


def _color(tier: Any) -> Any:
    return pick(tier, [COLORS[code] for code in TIERS])


def _action(tier: Any, chinese: Any) -> Any:
    return in_language(pick(tier, [ACTIONS[code][0] for code in TIERS]), chinese, ACTION_WORDS)


def _explain(available: Any, daily: Any, factor: Any, chinese: Any) -> NDArray[Any]:
    """One sentence per row."""
    days = days_of_cover(available, daily, factor)
    stock, rate, times, days, zh = np.broadcast_arrays(available, daily, factor, days, chinese)
    sentences = np.empty(stock.shape, dtype=object)
    for language in {bool(flag) for flag in np.unique(zh)}:
        mask = zh == language
        sentences[mask] = _sentences(stock[mask], rate[mask], times[mask], days[mask], int(language))
    return sentences


def _sentences(stock: Any, rate: Any, times: Any, days: Any, language: int) -> NDArray[Any]:
    """Sentences of one language: each kind of row by one template."""
    plain, factored, idle = _TEMPLATES[language]
    none_left, no_sales = at_most_zero(stock), at_most_zero(rate * times)
    sells = ~none_left & ~no_sales & ~np.isnan(days)
    single = sells & (_hundredths(times) == 100)
    out = np.empty(stock.shape, dtype=object)
    out[:] = UNKNOWN[language]
    out[none_left] = SOLD_OUT[language]
    shown = [_hundredths(stock), _hundredths(rate), _hundredths(times), floor9(days * 10) * 10]
    _fill(out, single, plain, [shown[0], shown[1], shown[3]])
    _fill(out, sells & ~single, factored, shown)
    _fill(out, ~none_left & no_sales & ~np.isnan(stock), idle, [shown[0]])
    return out


def _fill(out: NDArray[Any], where: NDArray[np.bool_], template: Template, columns: list[NDArray[np.float64]]) -> None:
    if where.any():
        out[where] = template(*(_texts(column[where]) for column in columns))


def _templates(chinese: bool) -> tuple[Template, Template, Template]:
    word = {english: other if chinese else english for english, other in SENTENCE_WORDS.items()}
    divided, opening, closing = word[" available ÷ "], word["("], word[")"]
    daily, times, equals = word[" a day"], word[" a day × "], word[" = "]
    left, idle = word[" days left"], word[" available, no sales: lasts"]
    return (
        lambda *texts: [f"{a}{divided}{b}{daily}{equals}{d}{left}" for a, b, d in zip(*texts, strict=True)],
        lambda *texts: [
            f"{a}{divided}{opening}{b}{times}{c}{closing}{equals}{d}{left}" for a, b, c, d in zip(*texts, strict=True)
        ],
        lambda *texts: [f"{a}{idle}" for a in texts[0]],
    )


_TEMPLATES = (_templates(False), _templates(True))
_LOOKED_UP = 2_000_000
"""Hundredths below this (numbers below 20,000, as stock and sales mostly are) are looked up in a table."""

_FRACTIONS = ["", *(f".{part:02d}".rstrip("0") for part in range(1, 100))]


def _texts(hundredths: NDArray[np.float64]) -> list[str]:
    """Hundredths as numbers with up to two decimals; a number that comes again is written once.

    >>> _texts(np.array([28000.0, 1450.0, 5.0])), _texts(np.array([1e14, 1405.0]))
    (['280', '14.5', '0.05'], ['1000000000000', '14.05'])
    """
    numbers = hundredths.astype(np.int64)
    if numbers.max() >= _LOOKED_UP:
        return _written(numbers)
    seen = np.zeros(numbers.max() + 1, dtype=np.bool_)
    seen[numbers] = True
    distinct = np.flatnonzero(seen)
    place = np.empty(len(seen), dtype=np.intp)
    place[distinct] = np.arange(len(distinct))
    found: list[str] = np.array(_written(distinct), dtype=object)[place[numbers]].tolist()
    return found


def _written(hundredths: NDArray[np.int64]) -> list[str]:
    whole, parts = np.divmod(hundredths, 100)
    return [f"{number}{_FRACTIONS[part]}" for number, part in zip(whole.tolist(), parts.tolist(), strict=True)]


def _hundredths(numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Whole hundredths, halves up."""
    return np.asarray(floor9(numbers * 100 + 0.5))


def _rounded(name: str) -> str:
    return f"INT({name}*100+0.5000000005)/100"


_FACTOR = _rounded("live_factor")
_EXPLAIN = (
    'IF(available="","{unknown}",IF(ROUND(available,9)<=0,"{sold_out}",IF(daily_demand="","{unknown}",'
    f'IF(ROUND(daily_demand*live_factor,9)<=0,{_rounded("available")}&" available, no sales: lasts",'
    f'{_rounded("available")}&" available ÷ "&IF({_FACTOR}=1,{_rounded("daily_demand")}&" a day",'
    f'"("&{_rounded("daily_demand")}&" a day × "&{_FACTOR}&")")'
    '&" = "&INT(ROUND(days*10,9))/10&" days left"))))'
).format(unknown=UNKNOWN[0], sold_out=SOLD_OUT[0])


def _by_tier(texts: Mapping[str, str]) -> str:
    """A formula that picks the text of a tier; the last tier is what is left, since unknown words are refused."""
    *others, last = TIERS
    tests = "".join(f'IF((tier="{code}")+(tier="{TIER_WORDS[code]}"),"{texts[code]}",' for code in others)
    return f'{tests}"{texts[last]}"{")" * len(others)}'


FUNCTIONS = (
    Function(
        "RESTOCK_TIER_COLOR",
        (TIER,),
        _color,
        _by_tier(COLORS),
        "The fill colour of a tier as #RRGGBB.",
        "预警等级的填充色，#RRGGBB。",
        "our palette, apart in grey print and for the colour-blind",
        ('RESTOCK_TIER_COLOR("RED")', "#D92D20"),
        source_zh="自定配色：灰度打印时、色觉异常的人也分得清",
        result="color",
    ),
    Function(
        "RESTOCK_ACTION",
        (TIER, a.LANGUAGE),
        _action,
        _by_tier({code: english for code, (english, _) in ACTIONS.items()}),
        "What to do about a tier, in a few words.",
        "这个等级该做什么，一句话。",
        "three levels of warning, each with one action",
        ('RESTOCK_ACTION("GREEN")', "Nothing to do"),
        source_zh="三级预警，每级一个动作",
        words=ACTION_WORDS,
        result="text",
    ),
    Function(
        "RESTOCK_EXPLAIN",
        (a.AVAILABLE_OR_UNKNOWN, a.DAILY_OR_UNKNOWN, a.LIVE_FACTOR, a.LANGUAGE),
        _explain,
        _EXPLAIN,
        "The arithmetic of days of cover in one sentence, numbers to two decimals, days rounded down to 0.1.",
        "把可售天数的算法写成一句话；数字两位小数，天数向下取到 0.1。",
        "RESTOCK_DAYS_OF_COVER",
        ("RESTOCK_EXPLAIN(280,20)", "280 available ÷ 20 a day = 14 days left"),
        where={
            "days": "IF(available/(daily_demand*live_factor)>9999,9999,available/(daily_demand*live_factor))",
        },
        words=SENTENCE_WORDS,
        result="text",
    ),
)
