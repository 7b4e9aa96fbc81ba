"""The names of the book for those in a file: SKUs by the SKU map or as they are, warehouses by their parts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from restock.schema.cell import shown
from restock.schema.columns import normal_key
from restock.schema.names import Names

_PARTS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class MapLine:
    """One row of the SKU map: a platform SKU holds `units` of an own SKU; `platform` "" is everywhere."""

    platform_sku: str
    sku: str
    units: float = 1.0
    platform: str = ""


@dataclass
class OwnNames:
    """SKUs and warehouses of the book, and its SKU map.

    Attributes:
        lines: The SKU map.
        skus: SKUs of Stock, Catalog and Bundles.
        warehouses: Names on Stock and Warehouses.
    """

    skus: Names = field(default_factory=Names)
    warehouses: list[str] = field(default_factory=list)
    lines: list[MapLine] = field(default_factory=list)

    def own_skus(self, frame: pd.DataFrame, amounts: Iterable[str], platform: str) -> tuple[pd.DataFrame, list[str]]:
        """Return the rows under own SKUs, bundles opened, and the SKUs that the book does not know.

        Args:
            amounts: Columns in units, which are multiplied by the units of the map.
            platform: Name of the file's format: a line of the map that names a platform is for formats that do too.
        """
        if frame.empty:
            return frame, []
        codes, unique = pd.factorize(frame["sku"])
        parts = [self._parts(sku, platform) for sku in unique]
        counts = np.array([len(part) for part in parts])
        rows = np.repeat(np.arange(len(frame)), counts[codes])
        offsets = np.arange(len(rows)) - np.repeat(np.cumsum(counts[codes]) - counts[codes], counts[codes])
        starts = np.cumsum(counts) - counts
        flat = [one for part in parts for one in part]
        chosen = starts[codes[rows]] + offsets
        found = frame.iloc[rows].reset_index(drop=True)
        found["sku"] = np.array([sku for sku, _ in flat], dtype=object)[chosen]
        factors = np.array([units for _, units in flat], dtype=np.float64)[chosen]
        for name in amounts:
            found[name] = found[name].to_numpy(float) * factors
        unknown = [sku for sku, part in zip(unique, parts, strict=True) if part[0][0] not in self.skus]
        return found, unknown if len(self.skus) else []

    def _parts(self, sku: str, platform: str) -> list[tuple[str, float]]:
        """Own SKUs and units of a platform SKU; itself where the map does not name it."""
        key, where = normal_key(sku), normal_key(platform)
        lines = [line for line in self.lines if normal_key(line.platform_sku) == key]
        lines = [line for line in lines if not line.platform or normal_key(line.platform) in where]
        special = [line for line in lines if line.platform]
        found = [(self.skus.find(line.sku) or line.sku, line.units) for line in special or lines]
        return found or [(self.skus.find(sku) or sku, 1.0)]

    def mapping(self, skus: Iterable[str], platform: str) -> list[tuple[str, str, float]]:
        """What the map makes of some SKUs; for telling whether a file would be read as before."""
        lines = {normal_key(line.platform_sku) for line in self.lines}
        known = sorted(sku for sku in set(skus) if normal_key(sku) in lines)
        return [(sku, own, units) for sku in known for own, units in self._parts(sku, platform)]

    def warehouse(self, name: str) -> str | None:
        """The book's name of a warehouse in a file, itself where the book has none like it; None: it must be asked.

        "" is the only warehouse of the book; "FBA" the only one of Amazon.

        >>> OwnNames(warehouses=["US FBA", "DE-HAM"]).warehouse("FBA-US"), OwnNames(warehouses=["A", "B"]).warehouse("")
        ('US FBA', None)
        """
        if not name:
            return self.warehouses[0] if len(self.warehouses) == 1 else None if self.warehouses else ""
        exact = [own for own in self.warehouses if normal_key(own) == normal_key(name)]
        if exact:
            return exact[0]
        parts = _parts_of(name)
        alike = [own for own in self.warehouses if _parts_of(own) == parts]
        if parts == {"fba"}:
            alike = [own for own in self.warehouses if "fba" in _parts_of(own)]
            if not alike and self.warehouses:
                return None
        return alike[0] if len(alike) == 1 else name if not alike else None


def _parts_of(name: str) -> set[str]:
    return {part for part in _PARTS.split(normal_key(name)) if part}


def own_names(rows: Mapping[str, list[dict[str, Any]]]) -> OwnNames:
    """The names of a book, from the cells of its tables by table and column name."""
    found = OwnNames()
    seen: dict[str, str] = defaultdict(str)
    for table, column in (("Stock", "sku"), ("Catalog", "sku"), ("Bundles", "bundle"), ("Bundles", "sku")):
        for row in rows.get(table, ()):
            if text := shown(row.get(column)).strip():
                found.skus.learn(text)
    for table in ("Stock", "Warehouses"):
        for row in rows.get(table, ()):
            if text := shown(row.get("warehouse")).strip():
                seen.setdefault(normal_key(text), text)
    found.warehouses = list(seen.values())
    for row in rows.get("SkuMap", ()):
        platform_sku, sku = shown(row.get("platform_sku")).strip(), shown(row.get("sku")).strip()
        units = row.get("units")
        if platform_sku and sku and (units is None or (isinstance(units, float) and units > 0)):
            found.lines.append(MapLine(platform_sku, sku, units or 1.0, shown(row.get("platform")).strip()))
    return found
