"""Build the demo book and press the button once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from restock.errors import WorkbookError
from restock_xl.demo.build import TODAY, build_demo
from restock_xl.hosts.headless import HeadlessHost
from restock_xl.new import LANGUAGES
from restock_xl.package.open_elsewhere import ensure_not_open
from restock_xl.recompute import Outcome, Progress, recompute

NAME = "restock-demo.xlsx"


def run_demo(
    folder: Path, language: str, now: dt.datetime, progress: Progress, skus: int | None = None
) -> Outcome:
    """Write restock-demo.xlsx into `folder`, anew each time, and recompute it as of the demo's day.

    Args:
        skus: Only this many of its products, those that sold most; all of them for None.

    Raises:
        WorkbookError: The folder cannot be written to, or the demo book is open.
    """
    if language not in LANGUAGES:
        raise WorkbookError(f'--lang: "{language}" is not one of our languages. Type en or zh.')
    path = folder / NAME
    ensure_not_open(path)
    fresh = folder / f".{NAME}.new.xlsx"
    progress("building")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        build_demo(fresh, language, skus)
        outcome = recompute(HeadlessHost(fresh, path), TODAY, now, progress)
    except OSError as error:
        raise WorkbookError(
            f"{path} cannot be written: {error.strerror or error}. Choose another folder with --out."
        ) from error
    finally:
        fresh.unlink(missing_ok=True)
    return outcome
