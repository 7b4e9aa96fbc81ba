"""Puts a new version of a workbook in the place of the old one: whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from restock.errors import WorkbookError
from restock.text.refused import refused

from .archive import Archive
from .backups import back_up, drop_backup, prune_backups
from .open_elsewhere import ensure_not_open
from .verify import verify_package

_LEFTOVER_SECONDS = 24 * 3600
_DISK_FULL = {errno.ENOSPC, errno.EDQUOT}
_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}


class Seen(NamedTuple):
    """What a file looked like when it was read: its size in bytes and its time of change in nanoseconds."""

    size: int
    mtime_ns: int


def appearance(path: Path) -> Seen:
    """Return what the file looks like now, to be handed to `replace_safely` later."""
    status = Path(path).stat()
    return Seen(status.st_size, status.st_mtime_ns)


def replace_safely(
    path: Path,
    write: Callable[[Path], None],
    check: Callable[[Path], None] | None = None,
    *,
    now: datetime,
    backups: bool = True,
    seen: Seen | None = None,
    source: Path | Archive | None = None,
) -> Path | None:
    """Write a new version of a workbook beside it, check it, keep a backup, and then replace the old one.

    At every moment the old or the new workbook stands there whole. A link is followed and the file it leads
    to is replaced; the file's permissions stay.

    Args:
        path: The workbook; where there is none yet, it is made.
        write: Writes the new version to the path it is given.
        check: A further check of the new version, which raises where it fails.
        now: The time that names the backup, local.
        backups: Whether to keep a copy of the old version in `restock-backups`.
        seen: What the workbook looked like when it was read; None skips that comparison.
        source: The workbook that the new version is made from, as a file or as it was read; the old version if None.
    Returns:
        The backup, or None where none was made.
    Raises:
        WorkbookError: The workbook is open elsewhere or was changed since; or it could not be written. It is
            as it was.
    """
    real = Path(path).resolve()
    with explained(real):
        for place in {Path(path), real}:
            ensure_not_open(place)
        _refuse_changed(real, seen)
    with explained(real), _temporary(real) as temporary:
        write(temporary)
        verify_package(temporary, before=source or (real if real.exists() else None))
        if check is not None:
            check(temporary)
        _finish(temporary, real)
        ensure_not_open(real)
        _refuse_changed(real, seen)
        backup = back_up(real, now) if backups and real.exists() else None
        try:
            os.replace(temporary, real)
        except OSError:
            if backup is not None:
                drop_backup(backup)
            raise
        _flush_folder(real.parent)
    if backup is not None:
        with contextlib.suppress(OSError):
            prune_backups(real, now)
    return backup


def _refuse_changed(path: Path, before: Seen | None) -> None:
    if before is not None and (not path.exists() or appearance(path) != before):
        raise refused("refuse.changed", name=path.name)


@contextlib.contextmanager
def _temporary(path: Path) -> Iterator[Path]:
    """Give a hidden file in the workbook's folder, which is gone afterwards whatever happens."""
    prefix = f".~restock-{zlib.crc32(path.name.encode()):08x}-"
    _remove_leftovers(path.parent, prefix)
    handle, name = tempfile.mkstemp(prefix=prefix, suffix=path.suffix, dir=path.parent)
    try:
        os.close(handle)
        yield Path(name)
    finally:
        with contextlib.suppress(OSError):
            Path(name).unlink(missing_ok=True)


def _remove_leftovers(folder: Path, prefix: str) -> None:
    """Remove what a run that was killed left behind, once no run can still be using it."""
    for file in folder.iterdir():
        with contextlib.suppress(OSError):
            if file.name.startswith(prefix) and time.time() - file.stat().st_mtime > _LEFTOVER_SECONDS:
                file.unlink()


def _finish(temporary: Path, path: Path) -> None:
    """Give the new file the permissions of the old one and make sure that it is on the disk."""
    if path.exists():
        shutil.copymode(path, temporary)
    else:
        temporary.chmod(0o644)
    with open(temporary, "rb") as stream:
        os.fsync(stream.fileno())


def _flush_folder(folder: Path) -> None:
    """Make sure that the replacement is on the disk, where the system can flush a folder (not on Windows)."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what the system reports into a sentence."""
    try:
        yield
    except OSError as error:
        raise _not_saved(path, error) from error


def _not_saved(path: Path, error: OSError) -> WorkbookError:
    if error.errno in _DISK_FULL:
        return refused("refuse.disk_full", name=path.name, megabytes=_megabytes(path))
    if isinstance(error, PermissionError) or error.errno in _NOT_ALLOWED:
        return refused("refuse.not_allowed", name=path.name)
    return refused("refuse.not_saved", name=path.name, detail=error.strerror or error)


def _megabytes(path: Path) -> int:
    """Return room for the new version and a backup, in MB."""
    return 3 * (path.stat().st_size >> 20) + 10 if path.exists() else 10
