"""Copies of a workbook as it was before each change, in a folder beside it."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path

FOLDER = "restock-backups"
KEEP_LAST = 5
KEEP_DAYS = 14

_STAMP = "%Y%m%d-%H%M%S"


def back_up(path: Path, now: datetime, source: Path | None = None) -> Path:
    """Copy the workbook, or `source` in its stead, into the folder of backups, and return the copy.

    It is called `<stem>.<YYYYMMDD-HHMMSS>` with the workbook's own extension; a second backup within one
    second takes the next second that is free. A copy that fails halfway leaves nothing behind.
    """
    folder, moment = path.parent / FOLDER, now
    folder.mkdir(exist_ok=True)
    while (target := folder / f"{path.stem}.{moment.strftime(_STAMP)}{path.suffix}").exists():
        moment += timedelta(seconds=1)
    partial = folder / f".~{os.getpid()}-{moment.strftime(_STAMP)}"
    try:
        shutil.copyfile(source or path, partial)
        shutil.copystat(source or path, partial)
        with open(partial, "rb+") as stream:
            os.fsync(stream.fileno())
        os.replace(partial, target)
    except BaseException:
        drop_backup(partial)
        raise
    return target


def drop_backup(backup: Path) -> None:
    """Delete a backup that was not needed after all, and its folder where that is empty now."""
    with contextlib.suppress(OSError):
        backup.unlink(missing_ok=True)
        backup.parent.rmdir()


def prune_backups(path: Path, now: datetime) -> list[Path]:
    """Delete backups of this workbook beyond the last five and the newest of each of the last 14 days.

    Only files named like a backup of this very workbook are ever deleted.

    Returns:
        The deleted files.
    """
    backups = _backups(path)
    keep = set(sorted(backups, reverse=True)[:KEEP_LAST])
    newest_of_day = {moment.date(): moment for moment in sorted(backups)}
    oldest_day = now.date() - timedelta(days=KEEP_DAYS - 1)
    keep |= {moment for day, moment in newest_of_day.items() if day >= oldest_day}
    surplus = [backups[moment] for moment in sorted(backups) if moment not in keep]
    for file in surplus:
        file.unlink(missing_ok=True)
    return surplus


def last_backup(path: Path) -> Path | None:
    """Return the newest backup of this workbook, or None where it has none."""
    backups = _backups(path)
    return backups[max(backups)] if backups else None


def _backups(path: Path) -> dict[datetime, Path]:
    pattern = re.compile(re.escape(path.stem) + r"\.(\d{8}-\d{6})" + re.escape(path.suffix))
    found: dict[datetime, Path] = {}
    folder = path.parent / FOLDER
    for file in folder.iterdir() if folder.is_dir() else ():
        match = pattern.fullmatch(file.name)
        if match and file.is_file() and (moment := _moment(match.group(1))) is not None:
            found[moment] = file
    return found


def _moment(stamp: str) -> datetime | None:
    try:
        return datetime.strptime(stamp, _STAMP)
    except ValueError:
        return None
