"""Whether a spreadsheet program has a workbook open, seen by the lock file it leaves beside it."""

from __future__ import annotations

from pathlib import Path

from restock.text.refused import refused


def ensure_not_open(path: Path) -> None:
    """Refuse a workbook that a spreadsheet program has open: saving there would undo what is written here.

    Raises:
        WorkbookError: A lock file of Excel, WPS or LibreOffice lies beside the workbook.
    """
    path = Path(path)
    for name, program in _lock_files(path.name):
        if (path.parent / name).exists():
            raise refused("refuse.open", name=path.name, program=program, lock=name)


def _lock_files(name: str) -> list[tuple[str, str]]:
    """Return the lock files of a workbook; in long names `~$` replaces the first two characters."""
    return [
        (f"~${name}", "refuse.excel_or_wps"),
        (f"~${name[2:]}", "refuse.excel_or_wps"),
        (f".~{name}", "refuse.wps"),
        (f".~lock.{name}#", "refuse.libreoffice"),
    ]
