"""Restock workbooks of any size for the benchmarks, and what their formulas must show, computed apart with numpy.

Stock has eleven typed columns and twelve formula columns, Sales ten times as many rows, Params a few cells. Blanks,
zero demand and keys in another case are among them. Every cached value is wrong: only an engine that computes passes.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[Any]

TODAY = 46346  # 2026-11-20
REVIEW_DAYS = 14
CLASSES = {"A": (0.98, 5.0), "B": (0.95, 10.0), "C": (0.90, 12.0), "D": (0.85, 24.0), "E": (0.80, 1.0)}
WAREHOUSES = ("HAM", "Rotterdam", "lyon", "MIL")
TYPED = (
    "sku", "warehouse", "on_hand", "inbound", "daily", "daily_sd", "lead_days", "lead_sd", "class", "service", "uplift",
)  # fmt: skip
COMPUTED = (
    "sold", "demand", "z", "safety", "reorder", "position", "cover", "moq", "order", "status", "due", "note",
)  # fmt: skip
FIRST_FORMULA = len(TYPED) + 1
_EPOCH = dt.date(1899, 12, 30)


@dataclass(frozen=True)
class Data:
    """What is typed: columns of Stock, columns of Sales, and the Stock row (from 0) of each sale."""

    stock: dict[str, list[Any]]
    sales: dict[str, list[Any]]
    sold_of: Values


def make_data(rows: int, seed: int = 7) -> Data:
    """Return the typed cells of a book with so many Stock rows; None is a blank."""
    draw = np.random.default_rng(seed)
    daily = np.round(draw.gamma(2.0, 4.0, rows), 3) * (draw.random(rows) > 0.02)
    classes = np.array(list(CLASSES))[draw.integers(0, len(CLASSES), rows)].tolist()
    stock: dict[str, list[Any]] = {
        "sku": [f"SKU-{row // 4:05d}" for row in range(rows)],
        "warehouse": [WAREHOUSES[row % 4] for row in range(rows)],
        "on_hand": (draw.integers(0, 400, rows) * (draw.random(rows) > 0.03)).tolist(),
        "inbound": _with_blanks(draw, draw.integers(0, 200, rows), 0.4),
        "daily": daily.tolist(),
        "daily_sd": np.round(daily * draw.uniform(0.1, 0.6, rows), 3).tolist(),
        "lead_days": draw.integers(2, 45, rows).tolist(),
        "lead_sd": np.round(draw.uniform(0, 5, rows), 2).tolist(),
        "class": [one.lower() if odd else one for one, odd in zip(classes, draw.random(rows) < 0.02, strict=True)],
        "service": _with_blanks(draw, np.round(draw.uniform(0.8, 0.995, rows), 3), 0.5),
        "uplift": _with_blanks(draw, np.round(draw.uniform(-0.3, 0.8, rows), 2), 0.7),
    }
    count = 10 * rows
    sold_of = draw.integers(0, rows, count)
    sales = {
        "sku": [stock["sku"][row] if k % 50 else stock["sku"][row].lower() for k, row in enumerate(sold_of)],
        "warehouse": [stock["warehouse"][row] for row in sold_of],
        "date": (TODAY - draw.integers(0, 90, count)).tolist(),
        "quantity": draw.integers(1, 30, count).tolist(),
    }
    return Data(stock, sales, sold_of)


def _with_blanks(draw: np.random.Generator, values: Values, share: float) -> list[Any]:
    blank = draw.random(len(values)) < share
    return [None if empty else value for empty, value in zip(blank.tolist(), values.tolist(), strict=True)]


def formulas_of(row: int, last_sale: int) -> list[str]:
    """Return the formulas of one Stock row (from 1), in the order of `COMPUTED`."""

    def sales(letter: str) -> str:
        return f"Sales!${letter}$2:${letter}${last_sale}"

    recent = f'{sales("C")},">="&(Params!$B$10-28)'
    return [
        f"=SUMIFS({sales('D')},{sales('A')},A{row},{sales('B')},B{row},{recent})",
        f"=ROUND(MAX(E{row},L{row}/28)*(1+K{row}),4)",
        f'=_xlfn.NORM.S.INV(IF(J{row}="",VLOOKUP(I{row},Params!$A$2:$C$6,2,FALSE),J{row}))',
        f"=CEILING(N{row}*SQRT(G{row}*F{row}^2+M{row}^2*H{row}^2),1)",
        f"=M{row}*G{row}+O{row}",
        f"=C{row}+D{row}",
        f"=IF(M{row}=0,999,ROUND(Q{row}/M{row},1))",
        f"=INDEX(Params!$C$2:$C$6,MATCH(I{row},Params!$A$2:$A$6,0))",
        f"=IF(Q{row}>=P{row},0,CEILING(P{row}+M{row}*Params!$B$11-Q{row},S{row}))",
        f'=_xlfn.IFS(T{row}=0,"OK",C{row}<=0,"OUT",R{row}<G{row},"LATE",TRUE,"ORDER")',
        f'=IF(T{row}=0,"",Params!$B$10+INT(MIN(R{row},G{row})))',
        f'=A{row}&"/"&B{row}&" "&U{row}&IF(T{row}=0,""," "&TEXT(V{row},"yyyy-mm-dd"))',
    ]


def write_book(path: Path, data: Data, inline: bool = True) -> None:
    """Write the book; texts stand in the cells themselves, or in the shared list as Excel writes them."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": inline})
    stock, sales, params = (book.add_worksheet(name) for name in ("Stock", "Sales", "Params"))
    rows, last_sale = len(data.stock["sku"]), len(data.sales["sku"]) + 1
    stock.write_row(0, 0, [*TYPED, *COMPUTED])
    for place in range(rows):
        for column, name in enumerate(TYPED):
            if data.stock[name][place] is not None:
                stock.write(place + 1, column, data.stock[name][place])
        for column, formula in enumerate(formulas_of(place + 2, last_sale), start=len(TYPED)):
            stock.write_formula(place + 1, column, formula, None, -1)
    sales.write_row(0, 0, list(data.sales))
    for place, row in enumerate(zip(*data.sales.values(), strict=True), start=1):
        sales.write_row(place, 0, row)
    params.write_row(0, 0, ["class", "service", "moq"])
    for place, (name, values) in enumerate(CLASSES.items(), start=1):
        params.write_row(place, 0, [name, *values])
    params.write_row(9, 0, ["today", TODAY])
    params.write_row(10, 0, ["review_days", REVIEW_DAYS])
    book.close()


def truth(data: Data) -> dict[str, list[Any]]:
    """Return what every formula column shows, by its name."""
    from scipy.special import ndtri

    stock, rows = data.stock, len(data.stock["sku"])
    number = {name: np.array([value or 0.0 for value in stock[name]]) for name in TYPED[2:8] + TYPED[10:]}
    classes = [CLASSES[name.upper()] for name in stock["class"]]
    recent = np.array(data.sales["date"]) >= TODAY - 28
    sold = np.bincount(data.sold_of[recent], np.array(data.sales["quantity"], dtype=float)[recent], rows)
    demand = _rounded(np.maximum(number["daily"], sold / 28) * (1 + number["uplift"]), 4)
    service = [own if typed is None else typed for (own, _), typed in zip(classes, stock["service"], strict=True)]
    z, lead = ndtri(np.array(service)), number["lead_days"]
    spread = np.sqrt(lead * number["daily_sd"] ** 2 + demand**2 * number["lead_sd"] ** 2)
    safety = _ceiling(z * spread, np.ones(rows))
    reorder, position = demand * lead + safety, number["on_hand"] + number["inbound"]
    cover = np.where(demand == 0, 999, _rounded(position / np.where(demand == 0, 1, demand), 1))
    moq = np.array([least for _, least in classes])
    order = np.where(position >= reorder, 0, _ceiling(reorder + demand * REVIEW_DAYS - position, moq))
    late = np.where(cover < lead, "LATE", "ORDER")
    status = np.where(order == 0, "OK", np.where(number["on_hand"] <= 0, "OUT", late)).tolist()
    days = (TODAY + np.floor(np.minimum(cover, lead))).tolist()
    due = ["" if none else day for none, day in zip((order == 0).tolist(), days, strict=True)]
    note = [
        f"{sku}/{warehouse} {word}{_date(day)}"
        for sku, warehouse, word, day in zip(stock["sku"], stock["warehouse"], status, due, strict=True)
    ]
    columns = (sold, demand, z, safety, reorder, position, cover, moq, order)
    listed = [column.tolist() for column in columns]
    return dict(zip(COMPUTED, [*listed, status, due, note], strict=True))


def _date(day: float | str) -> str:
    return "" if isinstance(day, str) else f" {_EPOCH + dt.timedelta(days=int(day))}"


def _rounded(values: Values, digits: int) -> Values:
    """Half away from zero, of the number that its first fifteen digits show."""
    scaled = np.abs(values) * 10.0**digits
    found: Values = np.sign(values) * np.floor(np.round(scaled, 9) + 0.5) / 10.0**digits
    return found


def _ceiling(values: Values, step: Values) -> Values:
    steps = values / step
    near = np.round(steps)
    found: Values = np.where(np.abs(steps - near) < 1e-9, near, np.ceil(steps)) * step
    return found
