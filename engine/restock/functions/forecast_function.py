"""RESTOCK_FORECAST: from a column of sales to a table of what will sell, by the plan's own forecast."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from restock.functions.entry import LAMBDA, LARGEST, PLAIN, Argument, Function, Kind

if TYPE_CHECKING:
    import pandas as pd

    from restock.schema.tables import Tables

HEADER = ("Date", "Units", "Need")
_SKU, _WAREHOUSE, _CLASS = "item", "main", "profit"
_EPOCH = np.datetime64("1899-12-30", "D")
_WHY_ZH = "预测方法由回测选出，还要剔除断货日和直播日，长度合理的公式做不到"
_WHY = (
    "the forecast is chosen by backtest and leaves out sold-out and show days,"
    " which no formula of a bearable length can do"
)


def _forecast(dates: Any, quantities: Any, horizon: Any, event_dates: Any, event_quantities: Any) -> NDArray[Any]:
    """A header, then per day: its serial number, mean units, and the units needed through it."""
    from restock.demand import build_history, make_forecast

    day, units = _known(dates, quantities)
    if not len(day):
        return np.asarray(np.nan)
    days, first = int(horizon.item()), day.max() + 1
    today = (_EPOCH + int(first)).astype(dt.date)
    tables = _one_item(day, units, *_known(event_dates, event_quantities), first)
    history = build_history(tables, today, _no_spells())
    forecast = make_forecast(tables, today, days, history, np.array(["NaT"], dtype="datetime64[D]"))
    mean = forecast.baseline[0, :days] + forecast.shows[0, :days]
    rows = np.column_stack([first + np.arange(days), mean, forecast.need[0, 1 : days + 1]])
    return np.array([HEADER, *rows.tolist()], dtype=object)


def _known(dates: Any, quantities: Any) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The rows that have a date; a blank quantity is 0.

    Raises:
        ValueError: The two ranges differ in length.
    """
    day, units = np.ravel(dates), np.ravel(quantities)
    if day.shape != units.shape:
        raise ValueError("dates and quantities differ in length")
    dated = ~np.isnan(day)
    return day[dated], np.nan_to_num(units[dated])


def _one_item(
    day: NDArray[np.float64],
    units: NDArray[np.float64],
    event_day: NDArray[np.float64],
    event_units: NDArray[np.float64],
    first: float,
) -> Tables:
    """Tables of one SKU in one warehouse; events before `first` were shows that are over, later ones are planned."""
    import pandas as pd

    from restock.schema.frames import frame
    from restock.schema.inputs import INPUT_TABLES
    from restock.schema.settings import Settings
    from restock.schema.tables import Tables

    one = {"sku": _SKU, "warehouse": _WAREHOUSE, "row": 1}
    rows: dict[str, list[dict[str, Any]]] = {
        "Stock": [one | {"on_hand": 0.0}],
        "Catalog": [{"sku": _SKU, "class": _CLASS}],
        "Livestreams": [_show(*event, first) for event in zip(event_day, event_units, strict=True)],
    }
    planned = {field.name for field in fields(Tables)} - {"settings"}
    others = {name.lower(): frame(table, rows.get(name, [])) for name, table in INPUT_TABLES.items()
              if name.lower() in planned}  # fmt: skip
    others["sales"] = pd.DataFrame(
        {
            "date": _dates(day).astype("datetime64[s]"),
            "sku": pd.Categorical([_SKU] * len(day)),
            "warehouse": pd.Categorical([_WAREHOUSE] * len(day)),
            "qty": units,
            "in_stock": np.ones(len(day), dtype=bool),
        }
    )
    unplanned = pd.DataFrame({name: [] for name in ("sku", "warehouse", "cell", "problem")})
    return Tables(**others, unplanned=unplanned, settings=Settings(), problems=[])


def _show(day: float, units: float, first: float) -> dict[str, Any]:
    column = "planned_units" if day >= first else "actual_units"
    start = _dates(np.array([day])).astype("datetime64[s]")[0]
    return {"show": f"{day:.0f}", "start": start, "sku": _SKU, "warehouse": _WAREHOUSE, column: units}


def _dates(day: NDArray[np.float64]) -> NDArray[np.datetime64]:
    return np.asarray(_EPOCH + day.astype(np.int64))


def _no_spells() -> pd.DataFrame:
    import pandas as pd

    day = np.array([], dtype="datetime64[s]")
    return pd.DataFrame({"sku": pd.Series(dtype="str"), "warehouse": pd.Series(dtype="str"), "from": day, "to": day})


FUNCTIONS = (
    Function(
        "RESTOCK_FORECAST",
        (
            Argument("dates", "dates of sales, in any order", "销售日期，顺序不限", Kind.DATES),
            Argument(
                "quantities", "units sold; returns with a minus", "销量（件）；退货写负数", Kind.NUMBERS, low=-LARGEST
            ),
            Argument("horizon", "days to forecast, whole", "预测多少天，整数", low=1.0, high=400.0, whole=True),
            Argument(
                "event_dates", "dates of shows, past and planned", "直播日期，含已播和计划", Kind.DATES, optional=True
            ),
            Argument(
                "event_quantities",
                "units of each show on top of a normal day",
                "每场直播在平常之上的件数",
                Kind.NUMBERS,
                optional=True,
            ),
        ),
        _forecast,
        None,
        "A table with a header: Date; Units, expected that day; Need, units through that day with 95 % certainty."
        " It starts the day after the last date.",
        "带表头的表：日期；当天预计件数；到当天为止 95% 够用的件数。从最后日期的次日开始。",
        "the plan's forecast; a day without a row is a day with 0 sold (CONVENTIONS §3, §13)",
        ("RESTOCK_FORECAST(A2:A57,B2:B57,14)", None),
        source_zh="与补货计划用同一预测；没有记录的日子按卖出 0 件算（CONVENTIONS §3、§13）",
        gaps={PLAIN: _WHY, LAMBDA: _WHY},
        gaps_zh={PLAIN: _WHY_ZH, LAMBDA: _WHY_ZH},
        result="table",
    ),
)
