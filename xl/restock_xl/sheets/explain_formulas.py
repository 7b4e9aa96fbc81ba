"""Every value of Explain as a plain formula: A1 references, functions that Excel 2007 had.

What Stock computes itself is read from Stock's own row, so that both sheets show one number whatever is typed there;
the rest stands on Forecast. The same steps come from the plan (restock.replenish.explain); the two are written apart
and compared in the tests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from restock.replenish.explain import KNOTS
from restock.schema.settings import SETTINGS_BY_KEY, Settings
from restock.schema.words import CHOICES
from restock.text import Words
from restock.text.say import catalogue
from restock_xl.sheets.layout import quoted
from restock_xl.sheets.stock_formulas import FORECAST_LETTERS, KNOT_ROW, StockPlace, escaped

_LIVE = {"available": "available", "daily": "daily_used", "cover": "cover", "days_left": "days_left",
         "position": "position", **{f"need_{k}": f"need_{k}" for k in range(1, KNOTS + 1)}}  # fmt: skip
"""Steps that Stock computes, by the name of its column."""


@dataclass(frozen=True)
class ExplainPlace:
    """Where the formulas find Forecast, Trend and Stock; `stock` is None where Stock has no columns of ours."""

    forecast_sheet: str
    trend_sheet: str
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
        self.forecast, self.trend = quoted(place.forecast_sheet), quoted(place.trend_sheet)
        self._values: dict[str, Callable[[], str]] = {
            "on_hand": self._on_hand, "reserved": self._reserved, "adjustment": self._adjustment,
            "tier": self._tier, "since": self._since, "order_units": self._order_units,
            **{name: partial(self._between, name) for name in ("low_day", "low_need", "high_day", "high_need")},
            **{name: partial(self._in_gap, name) for name in ("gap_units", "gap_lost")},
            "days_without_show": self._without_show,
        }  # fmt: skip

    def value(self, name: str) -> str:
        """The formula of a step's value, with its leading =."""
        if name in self._values:
            body = self._values[name]()
        else:
            body = self._live(name, _LIVE[name]) if name in _LIVE else self.fetched(name)
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

    def published(self, name: str) -> str:
        """What Forecast says of the pair."""
        letter = FORECAST_LETTERS[name]
        return f"INDEX({self.forecast}!${letter}:${letter},{self.cells['forecast_row']})"

    def fetched(self, name: str) -> str:
        """What Forecast says of the pair, "" where its cell is blank."""
        value = self.published(name)
        return f'IF({value}="","",{value})'

    def _on_stock(self, column: str) -> str:
        assert self.place.stock is not None
        letter = self.place.stock.columns[column]
        return f"INDEX({quoted(self.place.stock_sheet)}!${letter}:${letter},{self.cells['stock_row']})"

    def _if_on_stock(self, there: str, otherwise: str) -> str:
        return f"IF(ISNUMBER({self.cells['stock_row']}),{there},{otherwise})"

    def _live(self, name: str, column: str) -> str:
        fetched = self.fetched(name)
        if self.place.stock is None:
            return fetched
        value = self._on_stock(column)
        return self._if_on_stock(f'IF({value}="","",{value})', fetched)

    def _typed_number(self, column: str, blank: str) -> str:
        """A number as people type it on Stock: text of digits counts (§4)."""
        cell = self._on_stock(column)
        return f'IF({cell}="",{blank},IF(ISNUMBER({cell}),{cell},IFERROR(-(-{cell}),"")))'

    def _on_hand(self) -> str:
        fetched = self.fetched("on_hand")
        return fetched if self.place.stock is None else self._if_on_stock(self._typed_number("on_hand", '""'), fetched)

    def _reserved(self) -> str:
        fetched = f"N({self.published('reserved')})"
        return fetched if self.place.stock is None else self._if_on_stock(self._typed_number("reserved", "0"), fetched)

    def _adjustment(self) -> str:
        """What Stock added to its count: none where the count is newer than the press (§2)."""
        stock, on_hand, reserved = (self.cells[name] for name in ("available", "on_hand", "reserved"))
        shift = f"ROUND({stock}-{on_hand}+{reserved},9)"
        return f'IF(OR({stock}="",{on_hand}="",{reserved}=""),{self.fetched("adjustment")},{shift})'

    def _between(self, name: str) -> str:
        """The knots round the stock: as many as have no more need than it, past the last one the last two (§13)."""
        stock, first, last = self.cells["available"], self.cells["need_1"], self.cells[f"need_{KNOTS}"]
        reached = f"MIN({KNOTS - 1},SUMPRODUCT((ROUND({first}:{last},9)<=ROUND({stock},9))*1))"
        days = f"{self.knot(1)}:{self.knot(KNOTS).split('!')[1]}"
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

    def _order_units(self) -> str:
        return f"N({self.published('order_units')})"

    def _since(self) -> str:
        return f'IF({self.cells["tier"]}={self.published("tier")},{self.fetched("since")},"")'

    def _without_show(self) -> str:
        return f'IF({self.published("next_show")}="","",{self.fetched("days_without_show")})'

    def _in_gap(self, name: str) -> str:
        return f'IF(N({self.published("gap_days")})>0,{self.fetched(name)},"")'

    def series(self, letter: str) -> str:
        """The packed text of the pair in a column of Trend, whose rows are those of Forecast."""
        row = self.cells["forecast_row"]
        return f'=IF({row}="","",INDEX({self.trend}!${letter}:${letter},{row})&"")'

    def band_name(self) -> str:
        """What the legend calls the band: with the chance where the pair has one."""
        row, chance = self.cells["forecast_row"], f"ROUND({self.published('service')}*100,1)"
        named, plain = (catalogue()[f"chart.{key}"][self.words.language == "zh"] for key in ("at_least", "band"))
        before, _, behind = named.partition("{service:n}")
        return f'=IF({row}="","{plain}","{before}"&{chance}&"{behind}")'

    def knot(self, k: int) -> str:
        """The day of the k-th knot, in the first row of Forecast."""
        return f"{self.forecast}!${FORECAST_LETTERS[f'need_{k}']}${KNOT_ROW}"

    def setting(self, key: str) -> str:
        """A setting: its cell, else its default."""
        place = self.place.stock
        if place is None or key not in place.settings:
            return f"{getattr(self.settings, key):g}"
        cell = f"{quoted(place.settings_sheet)}!{place.settings[key]}"
        return f"IF(ISNUMBER({cell}),{cell},{SETTINGS_BY_KEY[key].default:g})"

    def is_typed(self) -> str:
        """Whether the daily sales are typed: on Stock now, else at the press."""
        published = f'{self.published("typed_daily")}="Y"'
        if self.place.stock is None:
            return published
        return self._if_on_stock(f'{self._on_stock("daily_sales")}<>""', published)
