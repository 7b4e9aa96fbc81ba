"""The calculated columns of Stock as plain formulas: A1 references, functions that Excel 2007 had (§4, §8, §13).

The same numbers come from the plan (stock_values.py); the two are written apart and compared in the tests.
"""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name

from restock.schema.outputs import FORECAST
from restock.schema.settings import SETTINGS_BY_KEY
from restock.schema.words import CHOICES, word
from restock_xl.sheets.layout import FIRST_ROW, quoted

TODAY_CELL, KNOT_ROW, INBOUND_ROWS = "$E$1", 1, 1000
_CLOSED = tuple(text for key in ("received", "cancelled") for text in CHOICES["inbound_state"][key])
FORECAST_LETTERS = {column.name: xl_col_to_name(k) for k, column in enumerate(FORECAST.columns)}


@dataclass(frozen=True)
class StockPlace:
    """Where the formulas of one book find what they need.

    `columns` maps every Stock column name to its letter, `settings` a setting's key to its cell ("$B$8").
    With `native` the days left call our LAMBDA name, which only Excel for Microsoft 365 understands.
    """

    columns: dict[str, str]
    forecast_sheet: str
    settings_sheet: str
    settings: dict[str, str]
    catalog_sheet: str
    catalog: dict[str, str]
    inbound_sheet: str
    inbound: dict[str, str]
    language: str
    native: bool = False


def stock_formulas(place: StockPlace, row: int) -> dict[str, str]:
    """Every calculated column of Stock in sheet row `row` (1-based), by column name."""
    return _Formulas(place, row).all()


_ANY_ROW = 987654321


class FormulaRows:
    """The calculated columns of Stock for any row, made quickly from one pattern."""

    def __init__(self, place: StockPlace) -> None:
        pattern = stock_formulas(place, _ANY_ROW)
        self._pieces = {name: text.split(str(_ANY_ROW)) for name, text in pattern.items()}

    def text(self, name: str, row: int) -> str:
        """The formula of one column in one sheet row (1-based), with its leading =."""
        return str(row).join(self._pieces[name])

    def pieces(self, name: str) -> list[str]:
        """What stands between the row numbers of one column's formula, with its leading =."""
        return self._pieces[name]

    def row(self, row: int) -> dict[str, str]:
        """Every formula of one row, by column name."""
        return {name: str(row).join(pieces) for name, pieces in self._pieces.items()}


class _Formulas:
    def __init__(self, place: StockPlace, row: int) -> None:
        self.place, self.row = place, row
        self.forecast = quoted(place.forecast_sheet)

    def cell(self, name: str) -> str:
        return f"${self.place.columns[name]}{self.row}"

    def published(self, name: str) -> str:
        """What Forecast says of this row."""
        letter = FORECAST_LETTERS[name]
        return f"INDEX({self.forecast}!${letter}:${letter},{self.cell('forecast_row')})"

    def knot(self, k: int) -> str:
        return f"{self.forecast}!${FORECAST_LETTERS[f'need_{k}']}${KNOT_ROW}"

    def setting(self, key: str) -> str:
        cell = f"{quoted(self.place.settings_sheet)}!{self.place.settings[key]}"
        default = SETTINGS_BY_KEY[key].default
        return f"IF(ISNUMBER({cell}),{cell},{default:g})"

    def word(self, key: str) -> str:
        return f'"{word("tier", key, self.place.language)}"'

    def all(self) -> dict[str, str]:
        sku = self.cell("sku")
        bodies = {
            "name": self._name(),
            "tier": self._tier(),
            "days_left": self._unless("cover", f"INT(ROUND({self.cell('cover')}*10,9))/10"),
            "sells_out_on": self._sells_out(),
            "action": self._text("action"),
            "order_by": self._fetched("order_by"),
            "order_units": self._fetched("order_units"),
            "available": self._available(),
            "daily_used": self._daily_used(),
            "next_show": self._fetched("next_show"),
            "show_units": self._fetched("show_units"),
            "on_the_way": self._on_the_way(),
            "next_arrival": self._fetched("next_arrival"),
            "position": self._position(),
            "safety_stock": self._fetched("safety_stock"),
            "reorder_at": self._fetched("reorder_at"),
            "trend": self._text("trend"),
            "forecast_row": self._forecast_row(),
            **{f"need_{k}": self._need(k) for k in range(1, 6)},
            "cover": self._cover(),
        }
        return {name: f'=IF({sku}="","",{body})' for name, body in bodies.items()}

    def _known(self) -> str:
        return f"ISNUMBER({self.cell('forecast_row')})"

    def _fetched(self, name: str) -> str:
        value = self.published(name)
        return f'IF({self._known()},IF({value}="","",{value}),"")'

    def _text(self, name: str) -> str:
        return f'IF({self._known()},{self.published(name)}&"","")'

    def _unless(self, name: str, body: str) -> str:
        return f'IF({self.cell(name)}="","",{body})'

    def _number(self, name: str, least: str = "") -> str:
        """The number typed in a cell; "" where it is none, or below `least` (§4: whole-number text counts)."""
        cell = self.cell(name)
        number = f'IF({cell}<{least},"",{cell})' if least else cell
        return (
            f'IF(ISNUMBER({cell}),{number},IF(ISERROR(-{cell}),"",IF(TEXT(-(-{cell}),"0")=TRIM({cell}),-(-{cell}),"")))'
        )

    def _forecast_row(self) -> str:
        key = f'{self.cell("sku")}&"|"&{self.cell("warehouse")}'
        letter = FORECAST_LETTERS["row_key"]
        return f'IFERROR(MATCH({escaped(key)},{self.forecast}!${letter}:${letter},0),"")'

    def _name(self) -> str:
        sheet, columns = quoted(self.place.catalog_sheet), self.place.catalog
        key = escaped(f'{self.cell("sku")}&""')
        match = f"MATCH({key},{sheet}!${columns['sku']}:${columns['sku']},0)"
        typed = f'IFERROR(INDEX({sheet}!${columns["name"]}:${columns["name"]},{match})&"","")'
        return f'IF({self._known()},{self.published("name")}&"",{typed})'

    def _available(self) -> str:
        on_hand, reserved = self._number("on_hand"), self._number("reserved", "0")
        held = f'IF({self.cell("reserved")}="",0,{reserved})'
        date, default = (
            self.cell("stock_date"),
            f"{quoted(self.place.settings_sheet)}!{self.place.settings['stock_date']}",
        )
        same_count = (
            f"OR({on_hand}={self.published('on_hand')},{self.published('stock_date')}={self.forecast}!{TODAY_CELL})"
        )
        same_date = f'IF({date}="",{default},{date})={self.published("stock_date")}'
        same = f'IF(AND({date}="",{default}=""),{same_count},{same_date})'
        shift = f"IF({self._known()},IF({same},N({self.published('adjustment')}),0),0)"
        return f'IF(OR({on_hand}="",{held}=""),"",{on_hand}-{held}+{shift})'

    def _daily_used(self) -> str:
        return f'IF({self.cell("daily_sales")}="",{self._fetched("daily")},{self._number("daily_sales", "0")})'

    def _on_the_way(self) -> str:
        """As of the last press; before the first, the open lines of Inbound that name this SKU and warehouse."""
        sheet, columns = quoted(self.place.inbound_sheet), self.place.inbound

        def area(name: str) -> str:
            return f"{sheet}!${columns[name]}${FIRST_ROW + 1}:${columns[name]}${FIRST_ROW + INBOUND_ROWS}"

        same = (
            f"(TRIM({area('sku')})=TRIM({self.cell('sku')}))*(TRIM({area('warehouse')})=TRIM({self.cell('warehouse')}))"
        )
        closed = "".join(f'*({area("state")}<>"{text}")' for text in _CLOSED)
        units = f"({area('ordered')}>{area('received')})*({area('ordered')}-{area('received')})"
        return f"IF({self._known()},{self._fetched('on_the_way')},IFERROR(SUMPRODUCT({same}{closed}*{units}),0))"

    def _position(self) -> str:
        available, way = self.cell("available"), self.cell("on_the_way")
        return f'IF(OR({available}="",{way}=""),"",{available}+{way})'

    def _need(self, k: int) -> str:
        shows = f"IF({self._known()},N({self.published(f'show_{k}')}),0)"
        typed = f"{self.cell('daily_used')}*{self.knot(k)}+{shows}"
        return self._unless("daily_used", f'IF({self.cell("daily_sales")}="",{self.published(f"need_{k}")},{typed})')

    def _cover(self) -> str:
        stock, needs = self.cell("available"), [self.cell(f"need_{k}") for k in range(1, 6)]
        days = [self.knot(k) for k in range(1, 6)]
        if self.place.native:
            knots = f"{days[0]}:{days[4].split('!')[1]}"
            call = f"RESTOCK_COVER_BY_NEED({stock},{knots},{needs[0]}:{needs[4]})"
            return f'IF(OR({stock}="",{needs[0]}=""),"",{call})'
        beyond = f"({stock}-{needs[4]})/({needs[4]}-{needs[3]})*({days[4]}-{days[3]})"
        body = f"IF({needs[4]}<={needs[3]},9999,MIN(9999,{days[4]}+{beyond}))"
        for k in range(4, 0, -1):
            part = f"({stock}-{needs[k - 1]})/({needs[k]}-{needs[k - 1]})*({days[k]}-{days[k - 1]})"
            body = f"IF({stock}<{needs[k]},{days[k - 1]}+{part},{body})"
        body = f"IF({stock}<{needs[0]},{stock}/{needs[0]}*{days[0]},{body})"
        body = f"IF({stock}<=0,0,IF({needs[4]}<=0,9999,{body}))"
        return f'IF(OR({stock}="",{needs[0]}=""),"",{body})'

    def _tier(self) -> str:
        stock, cover = self.cell("available"), f"ROUND({self.cell('cover')},9)"
        gone = f'IF({self._known()},{self.published("discontinued")}="Y",FALSE)'
        body = self.word("GREEN")
        for key, setting in (("YELLOW", "yellow_days"), ("ORANGE", "orange_days"), ("RED", "red_days")):
            body = f"IF({cover}<{self.setting(setting)},{self.word(key)},{body})"
        body = f"IF({self.cell('need_5')}<=0,{self.word('NO SALES')},{body})"
        body = f'IF({self.cell("daily_used")}="",{self.word("NO DATA")},{body})'
        body = f"IF(ROUND({stock},9)<=0,IF({gone},{self.word('–')},{self.word('RED')}),{body})"
        return f'IF({stock}="",{self.word("NO DATA")},{body})'

    def _sells_out(self) -> str:
        cover = self.cell("cover")
        later = f'IF({cover}="","",IF({cover}>=9999,"",{self._today()}+INT(ROUND({cover},9))))'
        return f"IF({self._known()},{self._fetched('sells_out_on')},{later})"

    def _today(self) -> str:
        """The last press's date, else the stock date, else today (§1)."""
        pressed, date = f"{self.forecast}!{TODAY_CELL}", self.cell("stock_date")
        default = f"{quoted(self.place.settings_sheet)}!{self.place.settings['stock_date']}"
        fallback = f"IF(ISNUMBER({date}),{date},IF(ISNUMBER({default}),{default},TODAY()))"
        return f"IF(ISNUMBER({pressed}),{pressed},{fallback})"


def escaped(text: str) -> str:
    """`text` with the wildcards of MATCH taken literally."""
    for character in "~*?":
        text = f'SUBSTITUTE({text},"{character}","~{character}")'
    return text
