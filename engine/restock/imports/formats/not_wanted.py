"""Files that are known and hold neither stock nor demand nor shipments: they are named, and nothing is taken."""

from __future__ import annotations

import numpy as np

from restock.imports.cells import Cells
from restock.imports.format import Field, Format
from restock.imports.taken import Taken


def _read(cells: Cells) -> Taken:
    cells.leave_out("not_wanted", np.ones(len(cells), dtype=bool))
    return Taken()


def _format(key: str, en: str, zh: str, headers: tuple[str, ...]) -> Format:
    fields = tuple(Field(header, (header,), required=True, evidence=k > 0) for k, header in enumerate(headers))
    return Format(key, en, zh, fields, _read)


RETURNS = _format(
    "amazon_returns", "Amazon customer returns", "亚马逊买家退货", ("return-date", "detailed-disposition", "reason")
)
TEMU = _format("temu_orders", "Temu stock-in requests", "Temu 备货单", ("SKU货号", "备货数量", "SKC"))
LIVES = _format(
    "tiktok_lives", "TikTok LIVE results", "TikTok 直播数据", ("start_time", "end_time", "sales_performance")
)
