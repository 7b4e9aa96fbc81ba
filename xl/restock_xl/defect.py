"""Where a defect is written down: a log beside other temporary files."""

from __future__ import annotations

import tempfile
import traceback
from pathlib import Path


def log_defect(error: BaseException) -> Path:
    """Write the traceback of a defect and return the log."""
    log = Path(tempfile.gettempdir()) / "restock-error.log"
    log.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    return log
