"""Functions on what to order and by when."""

from __future__ import annotations

from typing import Any

from restock.arithmetic import order_date, order_quantity
from restock.functions import arguments as a
from restock.functions.entry import LARGEST, LONGEST_DAYS, Argument, Function, Kind
from restock.functions.words import STATUS_WORDS, in_language


def _order_qty(position: Any, order_up_to: Any, moq: Any, case_pack: Any) -> Any:
    return order_quantity.order_quantity(order_up_to - position, moq, case_pack)


def _order_status(today: Any, order_by: Any, watch: Any, chinese: Any) -> Any:
    return in_language(order_date.order_status(today, order_by, watch), chinese, STATUS_WORDS | {"": ""})


FUNCTIONS = (
    Function(
        "RESTOCK_ORDER_QTY",
        (
            Argument("position", "stock and what is on the way, units", "库存加在途（件）", low=-LARGEST),
            Argument("order_up_to", "level to fill up to, units", "补到多少（件）", low=-LARGEST),
            Argument("moq", "minimum order, units", "起订量（件）", default=1.0),
            Argument(
                "case_pack",
                "units per carton, whole",
                "箱规（每箱件数），整数",
                default=1.0,
                low=1.0,
                whole=True,
            ),
        ),
        _order_qty,
        "IF(ROUND(order_up_to-position,9)<=0,0,IF(order_up_to-position<moq+0,"
        "-INT(-ROUND(moq/case_pack,9))*case_pack,-INT(-ROUND((order_up_to-position)/case_pack,9))*case_pack))",
        "Units to order: what is missing, at least the minimum, rounded up to whole cartons; 0 without a need.",
        "建议采购（件）：缺口，不低于起订量，按整箱进位；不缺为 0。",
        "CONVENTIONS §6",
        ("RESTOCK_ORDER_QTY(520,1275,1,48)", 768.0),
        result="units",
    ),
    Function(
        "RESTOCK_ORDER_BY",
        (
            Argument("runout_date", "first day without stock, a date", "预计售罄日（日期）", Kind.DATE),
            a.LEAD_DAYS,
            Argument("buffer_days", "days to spare", "富余天数", default=0.0, high=LONGEST_DAYS),
        ),
        order_date.order_by,
        "runout_date+INT(-ROUND(lead_days+buffer_days,9))",
        "The last day to order, a date: run-out - lead days - buffer, parts of a day counted as a day.",
        "最晚下单日：售罄日 － 补货周期 － 富余天数，不足一天按一天。",
        "CONVENTIONS §14",
        ("RESTOCK_ORDER_BY(DATE(2026,12,15),45)", 46326.0),
        result="date",
    ),
    Function(
        "RESTOCK_ORDER_STATUS",
        (
            a.TODAY,
            Argument("order_by", "last day to order, a date", "最晚下单日（日期）", Kind.DATE),
            Argument(
                "watch_days",
                "days ahead that count as this week",
                "提前多少天算本周",
                default=7.0,
                high=LONGEST_DAYS,
            ),
            a.LANGUAGE,
        ),
        _order_status,
        'IF(order_by<today,"LATE",IF(order_by<=today+INT(ROUND(watch_days,9)),"THIS WEEK","FINE"))',
        "LATE where the order date has passed, THIS WEEK up to today + watch days, else FINE.",
        "已晚：下单日已过；本周：在今天起的提醒天数内；否则不急。",
        "CONVENTIONS §14",
        ("RESTOCK_ORDER_STATUS(DATE(2026,11,23),DATE(2026,10,31))", "LATE"),
        words=STATUS_WORDS,
        result="status",
    ),
)
