"""What the icon starts: `python -m restock_xl.desktop [FILE ...]`."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path

from restock.text import Words, say
from restock_xl.desktop import window
from restock_xl.desktop.computer import computer_language, open_in_program
from restock_xl.desktop.drop import recompute_dropped


def run(files: Sequence[Path]) -> int:
    """Recompute the files, or those chosen in a window; open them, say what changed, return the exit code."""
    words = Words(computer_language())
    if not files:
        if not window.can_show():
            window.tell(say("icon.no_window", words), failed=True)
            return 2
        files = window.choose_books(words)
        if not files:
            return 0
    try:
        with window.working(words) as tell:
            done = recompute_dropped(files, dt.datetime.now(), words, tell)
    except Exception as error:  # the outermost edge: nobody sees a terminal here
        from restock_xl.defect import log_defect

        described = f"{type(error).__name__}: {error}"
        window.tell(say("live.defect", words, error=described, log=log_defect(error)), failed=True)
        return 1
    lost = [say("icon.not_opened", words, path=path) for path in done.books if not open_in_program(path)]
    window.tell("\n\n".join([done.text, *lost]), failed=done.failed)
    return 2 if done.failed else 0


if __name__ == "__main__":
    sys.exit(run([Path(name) for name in sys.argv[1:]]))
