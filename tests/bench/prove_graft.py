"""Our sheets in every workbook of the corpus and every template, with every check, the Open XML SDK's included.

Run: OOXML_VALIDATOR=path/to/ooxml-validator python -m tests.bench.prove_graft [folder of other workbooks]
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
import warnings
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from restock.errors import WorkbookError
from tests.xl.graft_proof import KNOWN, VALIDATOR, Grafted, failures, grafted, new_sdk_errors, workbooks


def main(other: Path | None = None) -> None:
    """Print what fails, what is refused, and counts."""
    warnings.simplefilter("ignore")
    counts: Counter[str] = Counter()
    start, ones = time.perf_counter(), list[Grafted]()
    with tempfile.TemporaryDirectory() as folder:
        for file in workbooks() if other is None else sorted(other.iterdir()):
            try:
                ones.append(grafted(file, Path(folder)))
            except WorkbookError as refusal:
                counts["refused"] += 1
                print(f"refused  {refusal}")
                continue
            counts["written"] += 1
            for failure in set(failures(ones[-1])) ^ set(KNOWN.get(file.name, {})):
                counts["failures"] += 1
                print(f"FAILURE  {file.name}: {failure}")
        print(f"{time.perf_counter() - start:.0f} s without the SDK")
        if VALIDATOR:
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                for one, errors in zip(ones, pool.map(new_sdk_errors, ones), strict=True):
                    counts["failures"] += len(errors)
                    for error in errors:
                        print(f"FAILURE  {one.original.name}: {error}")
            print(f"{time.perf_counter() - start:.0f} s with the SDK")
    print(dict(counts))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
