"""Older sales as a Parquet file: one row per day, SKU and warehouse."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import pandas as pd

from restock.errors import WorkbookError
from restock.schema.archived_sales import COLUMNS
from restock.text import Words, say

SUFFIX = ".parquet"


def read_archive(path: Path, words: Words) -> pd.DataFrame:
    """Return older sales: date datetime64[s], sku and warehouse categories, qty units, in_stock.

    Raises:
        WorkbookError: The file is missing or damaged, or pyarrow is not installed.
    """
    if not path.is_file():
        raise WorkbookError(say("check.archive_missing", words, name=path.name, folder=path.parent))
    parquet = _library(words)
    try:
        table = parquet.read_table(path, columns=list(COLUMNS), read_dictionary=["sku", "warehouse"])
        frame: pd.DataFrame = table.to_pandas(date_as_object=False)
    except (OSError, ValueError, KeyError) as error:  # pyarrow's own errors are ValueErrors
        detail = str(error).splitlines()[0]
        raise WorkbookError(say("check.archive_damaged", words, name=path.name, detail=detail)) from error
    frame["date"] = frame["date"].astype("datetime64[s]")
    return frame


def write_archive(path: Path, sales: pd.DataFrame, words: Words) -> None:
    """Write older sales as `path`, whole or not at all.

    Raises:
        WorkbookError: pyarrow is not installed.
    """
    parquet = _library(words)
    import pyarrow as pa

    schema = pa.schema(
        [
            ("date", pa.date32()),
            ("sku", pa.dictionary(pa.int32(), pa.string())),
            ("warehouse", pa.dictionary(pa.int32(), pa.string())),
            ("qty", pa.float64()),
            ("in_stock", pa.bool_()),
        ]
    )
    ready = sales[list(COLUMNS)].assign(
        date=sales["date"].dt.date, sku=sales["sku"].astype("category"), warehouse=sales["warehouse"].astype("category")
    )
    handle, name = tempfile.mkstemp(prefix=".~restock-", suffix=SUFFIX, dir=path.parent)
    os.close(handle)
    try:
        parquet.write_table(pa.Table.from_pandas(ready, schema, preserve_index=False), name, compression="zstd")
        os.replace(name, path)
    finally:
        Path(name).unlink(missing_ok=True)


def _library(words: Words) -> Any:
    try:
        import pyarrow.parquet as parquet
    except ImportError as error:
        raise WorkbookError(say("check.archive_library", words)) from error
    return parquet
