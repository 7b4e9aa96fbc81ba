"""The planned pairs of SKU and warehouse, and how rows of other tables find them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from restock.schema.tables import Tables

Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Pairs:
    """The rows of `tables.stock` as numbers: position i is row i. A code of -1 means "not planned".

    Names are joined by plain equality: the tables are already spelled alike (§10).

    Attributes:
        skus: The different SKUs, in the order of Stock; a SKU's code is its place here.
        warehouses: The different warehouses, likewise.
        sku: (n_pairs,), SKU code of each pair.
        warehouse: (n_pairs,), warehouse code of each pair.
        grid: (n_skus + 1, n_warehouses + 1), the pair at two codes; -1 where there is none. The last row and
            column stay -1, so that the code -1 finds nothing.
    """

    skus: pd.Index[Any]
    warehouses: pd.Index[Any]
    sku: Codes
    warehouse: Codes
    grid: Codes

    def __len__(self) -> int:
        return len(self.sku)

    def sku_codes(self, names: pd.Series) -> Codes:
        """The SKU code of every row of `names`, (n_rows,)."""
        return _codes(self.skus, names)

    def warehouse_codes(self, names: pd.Series) -> Codes:
        """The warehouse code of every row of `names`, (n_rows,)."""
        return _codes(self.warehouses, names)

    def find(self, skus: pd.Series, warehouses: pd.Series) -> Codes:
        """The pair of every row, (n_rows,); -1 where the row concerns none."""
        return self.grid[self.sku_codes(skus), self.warehouse_codes(warehouses)]

    def explode(self, names: pd.Series, bundles: pd.DataFrame) -> tuple[Codes, Codes, NDArray[np.float64]]:
        """The rows of `names` with each bundle's contents added as rows of their own.

        Args:
            names: SKU of every row, (n_rows,).
            bundles: The Bundles table. A bundle inside a bundle is not opened further.

        Returns:
            Position of the source row, code of the SKU that it concerns, and units of it per unit of the row.
            Every row stands once for its own SKU (factor 1), then the contents of the bundles follow.
        """
        categories, codes = _categories(names)
        parts = bundles[(bundles["bundle"] != bundles["sku"]).to_numpy(bool)]
        bundle = categories.get_indexer(pd.Index(parts["bundle"]))
        component = self.skus.get_indexer(pd.Index(parts["sku"]))
        kept = np.flatnonzero((bundle >= 0) & (component >= 0))
        kept = kept[np.argsort(bundle[kept], kind="stable")]
        size = np.append(np.bincount(bundle[kept], minlength=len(categories)), 0)
        hit = np.flatnonzero(size[codes])
        repeats = size[codes[hit]]
        within = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        source = np.repeat(hit, repeats)
        part = kept[(np.cumsum(size) - size)[codes[source]] + within]
        own = np.append(self.skus.get_indexer(categories), -1)[codes]
        return (
            np.concatenate([np.arange(len(codes)), source]),
            np.concatenate([own, component[part]]),
            np.concatenate([np.ones(len(codes)), parts["qty"].to_numpy(np.float64)[part]]),
        )


def pairs_of(tables: Tables) -> Pairs:
    """The planned pairs of a book, in the order of Stock."""
    sku, skus = pd.factorize(pd.Index(tables.stock["sku"]))
    warehouse, warehouses = pd.factorize(pd.Index(tables.stock["warehouse"]))
    grid = np.full((len(skus) + 1, len(warehouses) + 1), -1, np.int64)
    grid[sku, warehouse] = np.arange(len(sku))
    return Pairs(skus, warehouses, sku.astype(np.int64), warehouse.astype(np.int64), grid)


def _categories(names: pd.Series) -> tuple[pd.Index[Any], Codes]:
    """The different names and each row's place among them, (n_rows,); a blank is -1."""
    if isinstance(names.dtype, pd.CategoricalDtype):
        return names.cat.categories, names.cat.codes.to_numpy().astype(np.int64)
    codes, categories = pd.factorize(pd.Index(names))
    return categories, codes.astype(np.int64)


def _codes(index: pd.Index[Any], names: pd.Series) -> Codes:
    categories, codes = _categories(names)
    return np.append(index.get_indexer(categories), -1)[codes]
