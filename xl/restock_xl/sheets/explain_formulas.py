"""Every value and sentence of Explain as a plain formula: A1 references, functions that Excel 2007 had.

What Stock computes itself is read from Stock's own row, so that both sheets show one number whatever is typed there; the
rest stands on Forecast. The same steps come from the plan (restock.replenish.explain); the two are written apart and
compared in the tests. Sentences are words and rounded numbers, joined by &: TEXT() would ask for a date or number
pattern, whose letters and signs depend on the program's language. Dates stand in cells of their own.
"""

from __future__ import annotations

import string
from collections.abc import Callable
from dataclasses import dataclass

from restock.replenish.explain import KNOTS
from restock.schema.settings import SETTINGS_BY_KEY, Settings
from restock.schema.words import CHOICES, word
from restock.text import Words
from restock.text.say import catalogue
from restock_xl.sheets.layout import quoted
from restock_xl.sheets.stock_formulas import FORECAST_LETTERS, KNOT_ROW, StockPlace, escaped

_SETTINGS = {
    "red": "red_days", "orange": "orange_days", "yellow": "yellow_days", "horizon": "transfer_horizon_days",
    "soon": "order_soon_days", "review": "review_days",
}  # fmt: skip
_LIVE = {"available": "available", "daily": "daily_used", "cover": "cover", "days_left": "days_left",
         "position": "position", **{f"need_{k}": f"need_{k}" for k in range(1, KNOTS + 1)}}  # fmt: skip
"""Steps that Stock computes, by the name of its column."""


@dataclass(frozen=True)
class ExplainPlace:
    """Where the formulas find Forecast and Stock; `stock` is None in a book whose Stock has no columns of ours."""

    forecast_sheet: str
    stock_sheet: str
    stock: StockPlace | None


class ExplainFormulas:
    """The formulas of one book.

    Args:
        cells: The cell of each step's value by its name, as "$B$9"; also "sku", "warehouse", "forecast_row" and
            "stock_row".
    """

    def __init__(self, place: ExplainPlace, words: Words, settings: Settings, cells: dict[str, str]) -> None:
        self.place, self.words, self.settings, self.cells = place, words, settings, cells
        self.forecast = quoted(place.forecast_sheet)
        self._values: dict[str, Callable[[], str]] = {
            "on_hand": self._on_hand, "reserved": self._reserved, "adjustment": self._adjustment,
            "tier": self._tier, "since": self._since, "order_units": lambda: f"N({self.published('order_units')})",
            **{name: lambda name=name: self._between(name) for name in ("low_day", "low_need", "high_day", "high_need")},
            **{name: lambda name=name: self._in_gap(name) for name in ("gap_units", "gap_lost")},
            "days_without_show": self._without_show,
        }  # fmt: skip

    def value(self, name: str) -> str:
        """The formula of a step's value, with its leading =."""
        if name in self._values:
            body = self._values[name]()
        else:
            body = self._live(name, _LIVE[name]) if name in _LIVE else self._fetched(name)
        return f'=IF({self.cells["forecast_row"]}="","",{body})'

    def forecast_row(self) -> str:
        """The row of Forecast on which the pair stands; "" where it stands on none."""
        sku, key = self.cells["sku"], f'{self.cells["sku"]}&"|"&{self.cells["warehouse"]}'
        letter = FORECAST_LETTERS["row_key"]
        return f'=IF({sku}="","",IFERROR(MATCH({escaped(key)},{self.forecast}!${letter}:${letter},0),""))'

    def stock_row(self) -> str:
        """The row of Stock that reads that row of Forecast."""
        if self.place.stock is None:
            return '=""'
        column = self.place.stock.columns["forecast_row"]
        sheet, row = quoted(self.place.stock_sheet), self.cells["forecast_row"]
        return f'=IF({row}="","",IFERROR(MATCH({row},{sheet}!${column}:${column},0),""))'

    def headline(self) -> str:
        """What stands below the two chosen cells: the pair's name, or that there is no such pair."""
        sku, name = self.cells["sku"], self.published("name")
        known = f'{sku}&", "&{self.cells["warehouse"]}&IF({name}="",""," · "&{name})'
        unknown = f"IF({sku}=\"\",{self._quoted('explain.choose')},{self._quoted('explain.unknown')})"
        return f'=IF({self.cells["forecast_row"]}="",{unknown},{known})'

    def label(self, key: str, name: str) -> str:
        """The label of a step that names a number."""
        return f"={self._sentence(key, name)}"

    def sentence(self, name: str) -> str:
        """How a step's value comes about, with the leading =; never an error."""
        body = self._said(name)
        return f'=IF({self.cells["forecast_row"]}="","",IFERROR({body},""))'

    def published(self, name: str) -> str:
        """What Forecast says of the pair."""
        letter = FORECAST_LETTERS[name]
        return f"INDEX({self.forecast}!${letter}:${letter},{self.cells['forecast_row']})"

    def _fetched(self, name: str) -> str:
        value = self.published(name)
        return f'IF({value}="","",{value})'

    def _on_stock(self, column: str) -> str:
        assert self.place.stock is not None
        letter = self.place.stock.columns[column]
        return f"INDEX({quoted(self.place.stock_sheet)}!${letter}:${letter},{self.cells['stock_row']})"

    def _if_on_stock(self, there: str, otherwise: str) -> str:
        return f"IF(ISNUMBER({self.cells['stock_row']}),{there},{otherwise})"

    def _live(self, name: str, column: str) -> str:
        fetched = self._fetched(name)
        if self.place.stock is None:
            return fetched
        value = self._on_stock(column)
        return self._if_on_stock(f'IF({value}="","",{value})', fetched)

    def _typed_number(self, column: str, blank: str) -> str:
        """A number as people type it on Stock: text of digits counts (§4)."""
        cell = self._on_stock(column)
        return f'IF({cell}="",{blank},IF(ISNUMBER({cell}),{cell},IFERROR(-(-{cell}),"")))'

    def _on_hand(self) -> str:
        fetched = self._fetched("on_hand")
        return fetched if self.place.stock is None else self._if_on_stock(self._typed_number("on_hand", '""'), fetched)

    def _reserved(self) -> str:
        fetched = f"N({self.published('reserved')})"
        return fetched if self.place.stock is None else self._if_on_stock(self._typed_number("reserved", "0"), fetched)

    def _adjustment(self) -> str:
        """What Stock added to its count: none where the count is newer than the press (§2)."""
        stock, on_hand, reserved = (self.cells[name] for name in ("available", "on_hand", "reserved"))
        shift = f"ROUND({stock}-{on_hand}+{reserved},9)"
        return f'IF(OR({stock}="",{on_hand}="",{reserved}=""),{self._fetched("adjustment")},{shift})'

    def _between(self, name: str) -> str:
        """The knots round the stock: as many as have no more need than it, past the last one the last two (§13)."""
        stock, first, last = self.cells["available"], self.cells["need_1"], self.cells[f"need_{KNOTS}"]
        reached = f"MIN({KNOTS - 1},SUMPRODUCT((ROUND({first}:{last},9)<=ROUND({stock},9))*1))"
        days = f"{self._knot(1)}:{self._knot(KNOTS).split('!')[1]}"
        high = f"INDEX({days},1,{reached}+1)" if name == "high_day" else f"INDEX({first}:{last},{reached}+1)"
        low = f"INDEX({days},1,{reached})" if name == "low_day" else f"INDEX({first}:{last},{reached})"
        body = high if name.startswith("high") else f"IF({reached}=0,0,{low})"
        return f'IF(OR({stock}="",{first}=""),"",IF({stock}<=0,"",{body}))'

    def _tier(self) -> str:
        fetched = self.published("tier")
        if self.place.stock is None:
            return fetched
        value = self._on_stock("tier")
        if self.place.stock.language != self.words.language:
            for pair in CHOICES["tier"].values():
                here, there = pair if self.words.language == "en" else pair[::-1]
                value = f'IF({self._on_stock("tier")}="{there}","{here}",{value})'
        return self._if_on_stock(value, fetched)

    def _since(self) -> str:
        return f'IF({self.cells["tier"]}={self.published("tier")},{self._fetched("since")},"")'

    def _without_show(self) -> str:
        return f'IF({self.published("next_show")}="","",{self._fetched("days_without_show")})'

    def _in_gap(self, name: str) -> str:
        return f'IF(N({self.published("gap_days")})>0,{self._fetched(name)},"")'

    def _knot(self, k: int) -> str:
        return f"{self.forecast}!${FORECAST_LETTERS[f'need_{k}']}${KNOT_ROW}"

    def _setting(self, key: str) -> str:
        place = self.place.stock
        if place is None or key not in place.settings:
            return f"{getattr(self.settings, key):g}"
        cell = f"{quoted(place.settings_sheet)}!{place.settings[key]}"
        return f"IF(ISNUMBER({cell}),{cell},{SETTINGS_BY_KEY[key].default:g})"

    def _said(self, name: str) -> str:
        """The sentence of a step: the branches that restock.replenish.explain takes, on cells."""
        own, need = self.cells[name], name if name.startswith("need_") else ""
        step = "need" if need else name
        branches = {
            "available": self._of_available, "cover": self._of_cover, "tier": self._of_tier, "daily": self._of_daily,
            "service": self._of_service, "order_status": self._of_status, "needed": self._of_needed,
            "sells_out_on": self._of_sells_out,
        }  # fmt: skip
        if step in branches:
            return branches[step]()
        say = self._say
        if step == "need":
            typed, forecast = (self._sentence(f"explain.need_{kind}", need) for kind in ("typed", "forecast"))
            return f'IF({own}="","",IF({self._is_typed()},{typed},{forecast}))'
        if step == "since":
            return f'IF({own}="",{say("since_changed")},{say("since")})'
        if step == "lead_days":
            return f'IF({self.published("lead_assumed")}="Y",{say("lead_days_assumed")},{say("lead_days")})'
        if step == "order_by":
            return f'IF({own}="",{say("order_by_none")},{say("order_by")})'
        if step == "order_units":
            return f"IF({own}>0,{say('order_units')},{say('order_none')})"
        return f'IF({self._shown_where(name)},{say(step)},"")'

    def _shown_where(self, name: str) -> str:
        """When the sentence of a step is said at all."""
        if name in ("undated", "arrival_units", "gap_days", "move_units"):
            return f"N({self.cells[name]})>0"
        if name == "cartons":
            return f"{self.cells['order_units']}>0"
        return f"N({self.cells[name]})<>0" if name == "moved" else f'{self.cells[name]}<>""'

    def _is_typed(self) -> str:
        published = f'{self.published("typed_daily")}="Y"'
        if self.place.stock is None:
            return published
        return self._if_on_stock(f'{self._on_stock("daily_sales")}<>""', published)

    def _of_available(self) -> str:
        return f'IF({self.cells["available"]}="",{self._say("available_missing")},{self._say("available")})'

    def _of_daily(self) -> str:
        """How the forecast was made, as Forecast says it, while the number is still the forecast's."""
        same = f"{self.cells['daily']}={self._fetched('daily')}"
        return f'IF({same},{self.published("basis")}&"",{self._quoted("plan.basis_typed")})'

    def _of_service(self) -> str:
        return f"IF({self._is_typed()},{self._say('service_typed')},{self._say('service')})"

    def _of_cover(self) -> str:
        own, stock, first = self.cells["cover"], self.cells["available"], self.cells["need_1"]
        flat = f"{self.cells['high_need']}<={self.cells['low_need']}"
        body = f"IF({own}>=9999,{self._say('cover_longest')},{self._say('cover')})"
        body = f'IF({first}="",{self._say("cover_missing")},IF({flat},{self._say("cover_endless")},{body}))'
        return f'IF({stock}="",{self._say("cover_missing")},IF(ROUND({stock},9)<=0,{self._say("cover_none")},{body}))'

    def _of_tier(self) -> str:
        stock, first, last = self.cells["available"], self.cells["need_1"], self.cells[f"need_{KNOTS}"]
        gone = f'IF({self.published("discontinued")}="Y",{self._say("tier_gone")},{self._say("tier_empty")})'
        body = f"IF({last}<=0,{self._say('tier_no_sales')},{self._say('tier')})"
        body = f'IF({first}="",{self._say("tier_missing")},{body})'
        return f'IF({stock}="",{self._say("tier_missing")},IF(ROUND({stock},9)<=0,{gone},{body}))'

    def _of_sells_out(self) -> str:
        own, stock, first = self.cells["sells_out_on"], self.cells["available"], self.cells["need_1"]
        body = f'IF({own}="",{self._say("sells_out_never")},{self._say("sells_out_on")})'
        return f'IF(OR({stock}="",{first}=""),"",{body})'

    def _of_status(self) -> str:
        own = self.cells["order_status"]
        late, week = (word("order_status", key, self.words.language) for key in ("LATE", "THIS WEEK"))
        rest = f'IF({own}="{week}",{self._say("status_week")},{self._say("status_fine")})'
        return f'IF({own}="{late}",{self._say("status_late")},{rest})'

    def _of_needed(self) -> str:
        position, level = self.cells["position_moved"], self.cells["fill_up_to"]
        body = f"IF({self.cells['needed']}>0,{self._say('needed')},{self._say('needed_none')})"
        return f'IF(OR({position}="",{level}=""),"",{body})'

    def _say(self, key: str) -> str:
        return self._sentence(f"explain.{key}")

    def _quoted(self, key: str) -> str:
        text = catalogue()[key][1 if self.words.language == "zh" else 0]
        return '"' + text.replace('"', '""') + '"'

    def _sentence(self, key: str, need: str = "") -> str:
        """A sentence of the catalogue as an expression; its numbers are cells."""
        template = catalogue()[key][1 if self.words.language == "zh" else 0]
        pieces = []
        for literal, name, spec, _ in string.Formatter().parse(template):
            if literal:
                pieces.append('"' + literal.replace('"', '""') + '"')
            if name:
                pieces.append(_shown(self._fact(name, need), spec or ""))
        return "&".join(pieces)

    def _fact(self, name: str, need: str) -> str:
        """The cell or expression of a number in a sentence."""
        number = need.rpartition("_")[2]
        if name in ("day", "show"):
            return self._knot(int(number)) if name == "day" else f"N({self.published(f'show_{number}')})"
        if name == "need":
            return self.cells[need]
        if name in _SETTINGS:
            return self._setting(_SETTINGS[name])
        if name == "position_press":
            return self.published("position")
        return self.cells.get(name) or self.published(name)


def _shown(cell: str, spec: str) -> str:
    """A number as restock.text.say shows it, but for the separators of thousands: one decimal, two digits below 1."""
    if spec == "p":
        return f'ROUND({cell}*100,1)&"%"'
    if spec != "n":
        return f'{cell}&""'
    small = f"ROUND({cell},1-INT(LOG10(ABS({cell}))))"
    return f'IF(OR({cell}=0,ABS({cell})>=1),ROUND({cell},1),{small})&""'

