"""Recompute what was dropped on the icon, open it, and say what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from restock.errors import RestockError
from restock.text import Words, say
from restock_xl.spoken_language import said

_SUFFIXES = (".xlsx", ".xlsm")


@dataclass(frozen=True)
class Dropped:
    """What became of the files: what to say, the workbooks to open, and whether any of it failed."""

    text: str
    books: tuple[Path, ...]
    failed: bool


def recompute_dropped(files: Sequence[Path], now: dt.datetime, words: Words, tell: Callable[[str], None]) -> Dropped:
    """Recompute each workbook among the files, one after the other; a failure of one does not stop the others.

    Args:
        words: Speaks of what is no workbook; of a book is spoken in its own language.
        tell: Told each step of a press as it begins.
    """
    others = [path.name for path in files if path.suffix.lower() not in _SUFFIXES]
    texts, opened, failed = [], [], bool(others)
    for path in files:
        if path.suffix.lower() not in _SUFFIXES:
            continue
        try:
            texts.append(_recomputed(path, now, tell))
            opened.append(path)
        except RestockError as error:
            text = said(error, [path])
            texts.append(f"{path.name}: {text}" if path.name not in text else text)
            failed = True
    if others:
        texts.append(say("icon.no_books", words, names=", ".join(others)))
    return Dropped("\n\n".join(texts), tuple(opened), failed)


def _recomputed(path: Path, now: dt.datetime, tell: Callable[[str], None]) -> str:
    from restock_xl.hosts.headless import HeadlessHost
    from restock_xl.recompute import recompute
    from restock_xl.report import report_lines

    return "\n".join(report_lines(recompute(HeadlessHost(path), now.date(), now, tell)))
