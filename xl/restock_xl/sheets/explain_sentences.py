"""The sentences of Explain as plain formulas: words and rounded numbers, joined by &.

TEXT() would ask for a date or number pattern, whose letters and signs depend on the program's language, so no sentence
holds a date (those stand in cells of their own) and numbers are rounded and joined as they are. The branches are those
of restock.replenish.explain, written anew on cells; the tests compare the two.
"""

from __future__ import annotations

import string

from restock.replenish.explain import KNOTS
from restock.schema.words import word
from restock.text.say import catalogue
from restock_xl.sheets.explain_formulas import ExplainFormulas

_SETTINGS = {
    "red": "red_days", "orange": "orange_days", "yellow": "yellow_days", "horizon": "transfer_horizon_days",
    "soon": "order_soon_days", "review": "review_days",
}  # fmt: skip


class ExplainSentences:
    """The sentences of one book, for the values of `formulas`."""

    def __init__(self, formulas: ExplainFormulas) -> None:
        self.formulas, self.cells, self.words = formulas, formulas.cells, formulas.words

    def headline(self) -> str:
        """What stands below the two chosen cells: the pair's name, or that there is no such pair."""
        sku, name = self.cells["sku"], self.formulas.published("name")
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
            return f'IF({own}="","",IF({self.formulas.is_typed()},{typed},{forecast}))'
        if step == "since":
            return f'IF({own}="",{say("since_changed")},{say("since")})'
        if step == "lead_days":
            return f'IF({self.formulas.published("lead_assumed")}="Y",{say("lead_days_assumed")},{say("lead_days")})'
        if step == "order_by":
            return f'IF({own}="",{say("order_by_none")},{say("order_by")})'
        if step == "order_units":
            return f"IF({own}>0,{say('order_units')},{say('order_none')})"
        return f'IF({self._shown_where(name)},{say(step)},"")'

    def _shown_where(self, name: str) -> str:
        """When the sentence of a step is said at all."""
        if name in ("undated", "arrival_units", "gap_days", "move_units", "added_units", "cut_units", "fast_units",
                    "fast_extra", "delay_units"):  # fmt: skip
            return f"N({self.cells[name]})>0"
        if name == "cartons":
            return f"{self.cells['order_units']}>0"
        return f"N({self.cells[name]})<>0" if name == "moved" else f'{self.cells[name]}<>""'

    def _of_available(self) -> str:
        return f'IF({self.cells["available"]}="",{self._say("available_missing")},{self._say("available")})'

    def _of_daily(self) -> str:
        """How the forecast was made, as Forecast says it, while the number is still the forecast's."""
        same = f"{self.cells['daily']}={self.formulas.fetched('daily')}"
        return f'IF({same},{self.formulas.published("basis")}&"",{self._quoted("plan.basis_typed")})'

    def _of_service(self) -> str:
        return f"IF({self.formulas.is_typed()},{self._say('service_typed')},{self._say('service')})"

    def _of_cover(self) -> str:
        own, stock, first = self.cells["cover"], self.cells["available"], self.cells["need_1"]
        flat = f"{self.cells['high_need']}<={self.cells['low_need']}"
        body = f"IF({own}>=9999,{self._say('cover_longest')},{self._say('cover')})"
        body = f'IF({first}="",{self._say("cover_missing")},IF({flat},{self._say("cover_endless")},{body}))'
        return f'IF({stock}="",{self._say("cover_missing")},IF(ROUND({stock},9)<=0,{self._say("cover_none")},{body}))'

    def _of_tier(self) -> str:
        stock, first, last = self.cells["available"], self.cells["need_1"], self.cells[f"need_{KNOTS}"]
        gone = f'IF({self.formulas.published("discontinued")}="Y",{self._say("tier_gone")},{self._say("tier_empty")})'
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
        if name == "day":
            return self.formulas.knot(int(number))
        if name == "show":
            return f"N({self.formulas.published(f'show_{number}')})"
        if name == "need":
            return self.cells[need]
        if name in _SETTINGS:
            return self.formulas.setting(_SETTINGS[name])
        if name == "position_press":
            return self.formulas.published("position")
        return self.cells.get(name) or self.formulas.published(name)


def _shown(cell: str, spec: str) -> str:
    """A number as restock.text.say shows it, but for the separators of thousands: one decimal, two digits below 1."""
    if spec == "p":
        return f'ROUND({cell}*100,1)&"%"'
    if spec != "n":
        return f'{cell}&""'
    small = f"ROUND({cell},1-INT(LOG10(ABS({cell}))))"
    return f'IF(OR({cell}=0,ABS({cell})>=1),ROUND({cell},1),{small})&""'

