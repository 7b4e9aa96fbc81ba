"""The demo book: UCI Online Retail sales (CC0) of 120 products in three countries, with invented stock around them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from restock.schema.columns import Kind
from restock.schema.inputs import INPUT_TABLES
from restock.schema.records import records
from restock.schema.words import word

TODAY = dt.date(2011, 11, 14)
SEED = 20111114
SUPPLIERS = ("Huamei (invented)", "Ningbo Gifts (invented)", "Yiwu Light (invented)", "Shantou Toys (invented)")
WAREHOUSES = (("UK", "GB", "Europe/London"), ("DE", "DE", "Europe/Berlin"), ("FR", "FR", "Europe/Paris"))
_SHOWS = (
    ("TikTok UK Friday (invented)", dt.datetime(2011, 11, 18, 19, 0), "Europe/London", "UK", 12_000, 0.03, 9),
    ("Black Friday DE (invented)", dt.datetime(2011, 11, 25, 20, 0), "Europe/Berlin", "DE", 5_000, 0.02, 6),
    ("Sunday FR (invented)", dt.datetime(2011, 12, 4, 18, 0), "Europe/Paris", "FR", 3_000, 0.02, 5),
)
_INVENTED = ("Livestreams", "Suppliers", "Routes", "Catalog", "Events")
_CHINESE = (
    (" (invented)", "（虚构）"), ("Invented", "虚构"), ("Huamei", "华美"), ("Ningbo Gifts", "宁波礼品"),
    ("Yiwu Light", "义乌灯饰"), ("Shantou Toys", "汕头玩具"), ("TikTok UK Friday", "TikTok 英国周五场"),
    ("Black Friday DE", "德国黑五场"), ("Sunday FR", "法国周日场"), ("Christmas season", "圣诞季"),
)  # fmt: skip
_DAYS_LEFT = ((0.0, 0.01), (2.0, 0.02), (6.0, 0.03), (14.0, 0.06), (45.0, 0.43), (75.0, 0.33), (140.0, 0.12))
_FAST = 0.3  # units a day from which a pair has regular shipments on the way
Rows = list[dict[str, Any]]


def load_sales() -> pd.DataFrame:
    """The real part: date, sku, wh, qty, price; before `TODAY` only."""
    source = files("restock_xl.demo").joinpath("online_retail_sales.csv.gz")
    with source.open("rb") as stream:
        sales = pd.read_csv(stream, compression="gzip", dtype={"sku": str, "wh": str}, parse_dates=["date"])
    return sales[sales["date"] < pd.Timestamp(TODAY)].reset_index(drop=True)


def load_names() -> dict[str, str]:
    """Product names by SKU."""
    source = files("restock_xl.demo").joinpath("online_retail_catalog.csv")
    with source.open("rb") as stream:
        frame = pd.read_csv(stream, dtype=str)
    return dict(zip(frame["sku"], frame["name"], strict=True))


def demo_data(skus: int | None = None) -> dict[str, Sequence[dict[str, Any]]]:
    """Rows of every input table of the demo book, of all its products or of the `skus` that sold most."""
    sales, draw = _best_selling(load_sales(), skus), np.random.default_rng(SEED)
    daily = _recent_daily(sales)
    catalog = _catalog(sales, draw)
    packs = {row["sku"]: row["case_pack"] for row in catalog}
    return {
        "Sales": records(sales.rename(columns={"wh": "warehouse"})[["date", "sku", "warehouse", "qty"]]),
        "Stock": _stock(daily, draw),
        "Catalog": catalog,
        "Inbound": _inbound(daily, packs, draw),
        "Livestreams": _livestreams(daily),
        "Warehouses": [
            {"warehouse": name, "country": country, "zone": zone, "keep_days": 30, "currency_rate": 1,
             "check_in_days": 2}
            for name, country, zone in WAREHOUSES
        ],
        "Suppliers": _suppliers(),
        "Routes": _routes(),
        "Events": [
            {"event": "Christmas season", "start": dt.date(2011, 11, 21), "end": dt.date(2011, 12, 16), "uplift": 1.2}
        ],
        "Settings": [{"key": "currency", "value": "GBP"}],
    }  # fmt: skip


def _best_selling(sales: pd.DataFrame, skus: int | None) -> pd.DataFrame:
    """The sales of the `skus` products of which most units were sold; all sales for None."""
    if skus is None:
        return sales
    best = sales.groupby("sku")["qty"].sum().sort_values(ascending=False, kind="stable").index[:skus]
    return sales[sales["sku"].isin(best)].reset_index(drop=True)


def _recent_daily(sales: pd.DataFrame) -> pd.Series:
    """Units per day over the last eight weeks, by SKU and warehouse."""
    recent = sales[sales["date"] >= pd.Timestamp(TODAY) - pd.Timedelta(days=56)]
    pairs = pd.MultiIndex.from_product(
        [sorted(sales["sku"].unique()), [row[0] for row in WAREHOUSES]], names=["sku", "wh"]
    )
    sold_ever = sales.groupby(["sku", "wh"])["qty"].sum().reindex(pairs)
    daily = recent.groupby(["sku", "wh"])["qty"].sum().reindex(pairs, fill_value=0) / 56
    return daily[sold_ever.notna().to_numpy()]


def _pairs(daily: pd.Series) -> list[tuple[str, str, float]]:
    """SKU, warehouse and units per day of each pair."""
    return [(str(key[0]), str(key[1]), float(rate)) for key, rate in zip(daily.index, daily, strict=True)]


def _stock(daily: pd.Series, draw: np.random.Generator) -> Rows:
    days, weights = zip(*_DAYS_LEFT, strict=True)
    rows = []
    for sku, warehouse, rate in _pairs(daily):
        cover = draw.choice(days, p=weights) * draw.uniform(0.7, 1.4)
        on_hand = round(max(rate, 0.2) * cover * 2)
        reserved = int(min(on_hand, draw.poisson(rate))) if on_hand else 0
        rows.append({"sku": sku, "warehouse": warehouse, "on_hand": on_hand, "reserved": reserved or None,
                     "stock_date": TODAY})  # fmt: skip
    return rows


def _catalog(sales: pd.DataFrame, draw: np.random.Generator) -> Rows:
    names, prices = load_names(), sales.groupby("sku")["price"].median()
    rows = []
    for sku in sorted(sales["sku"].unique()):
        price = round(float(prices[sku]), 2)
        rows.append({
            "sku": sku, "name": names.get(sku, sku).title(), "price": price,
            "cost": round(price * float(draw.uniform(0.35, 0.5)), 2),
            "supplier": SUPPLIERS[int(draw.integers(len(SUPPLIERS)))], "supplier_item": f"A-{sku}",
            "barcode": f"50{sku[:5]:0>5}{int(draw.integers(10**6)):06d}",
            "moq": int(draw.choice([1, 48, 96])), "case_pack": int(draw.choice([6, 12, 24, 48])),
            "volume": round(float(draw.uniform(0.3, 4)), 1), "weight": round(float(draw.uniform(0.1, 1.2)), 2),
        })  # fmt: skip
    return rows


def _inbound(daily: pd.Series, packs: dict[str, int], draw: np.random.Generator) -> Rows:
    """Two shipments on the way for most pairs that sell regularly; a few are late."""
    rows: Rows = []
    for sku, warehouse, rate in _pairs(daily[daily > _FAST]):
        if draw.uniform() < 0.08:
            continue
        for days in (int(draw.integers(4, 28)), int(draw.integers(28, 50))):
            number = len(rows)
            due = TODAY + dt.timedelta(days=-int(draw.integers(3, 12)) if number % 60 == 7 else days)
            pack = packs[sku]
            units = max(1, round(rate * float(draw.uniform(40, 70)) / pack)) * pack
            rows.append({
                "document": f"PO-{1000 + number}", "sku": sku, "warehouse": warehouse, "ordered": units,
                "shipped_on": due - dt.timedelta(days=38), "sellable_on": due, "state": "shipped",
            })  # fmt: skip
    return rows


def _livestreams(daily: pd.Series) -> Rows:
    rows = []
    for show, start, zone, warehouse, viewers, conversion, count in _SHOWS:
        best = daily.xs(warehouse, level="wh").sort_values(ascending=False, kind="stable")
        for position, sku in enumerate(sorted(best.index[: 3 * count : 3])):
            first = position == 0
            rows.append({
                "show": show, "start": start, "zone": zone, "platform": "TikTok", "host": "Invented",
                "viewers": viewers if first else None, "conversion": conversion if first else None,
                "sku": sku, "warehouse": warehouse,
            })  # fmt: skip
    return rows


def _suppliers() -> Rows:
    production = (12, 18, 25, None)
    return [
        {"supplier": name, "contact": "Invented", "language": "zh", "currency": "GBP", "currency_rate": 1,
         "production_days": days}
        for name, days in zip(SUPPLIERS, production, strict=True)
    ]  # fmt: skip


def _routes() -> Rows:
    rows = [
        {"from": supplier, "to": warehouse, "mode": mode, "days": days, "cost_per_unit": cost}
        for supplier in SUPPLIERS
        for warehouse, _, _ in WAREHOUSES
        for mode, days, cost in (("sea", 36, 0.12), ("air", 9, 0.95))
    ]
    days_between = {("UK", "DE"): 5, ("UK", "FR"): 4, ("DE", "FR"): 3}
    for (first, second), days in days_between.items():
        for origin, destination in ((first, second), (second, first)):
            rows.append({"from": origin, "to": destination, "mode": "land", "days": days, "cost_per_unit": 0.25,
                         "cost_per_shipment": 4.0})  # fmt: skip
    return rows


def build_demo(path: Path, language: str = "en", skus: int | None = None) -> None:
    """Write the demo book, filled and not yet recomputed."""
    from restock_xl.sheets.new_book import new_book

    new_book(path, language, spoken(demo_data(skus), language), note="start.demo")


def spoken(data: dict[str, Sequence[dict[str, Any]]], language: str) -> dict[str, Sequence[dict[str, Any]]]:
    """The rows with the words of lists, and the names that are invented, in the language of the book."""
    return {table: _spoken_rows(table, rows, language) for table, rows in data.items()}


def _spoken_rows(table: str, rows: Sequence[dict[str, Any]], language: str) -> Sequence[dict[str, Any]]:
    lists = {column.name: column.choices for column in INPUT_TABLES[table].columns if column.kind is Kind.CHOICE}
    lists = {name: choices for name, choices in lists.items() if rows and name in rows[0]}
    invented = language == "zh" and table in _INVENTED
    if not lists and not invented:
        return rows
    said = []
    for row in rows:
        words = {name: word(choices, row[name], language) for name, choices in lists.items()}
        names = {name: _in_chinese(value) for name, value in row.items() if isinstance(value, str)} if invented else {}
        said.append(row | names | words)
    return said


def _in_chinese(text: str) -> str:
    for english, chinese in _CHINESE:
        text = text.replace(english, chinese)
    return text
