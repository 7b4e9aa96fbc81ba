"""A run that is cut off at any moment, and a disk that is full at any moment."""

from __future__ import annotations

import errno
import io
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from restock.errors import WorkbookError
from restock_xl.package import graft
from restock_xl.package.archive import Archive
from restock_xl.package.book import Book
from restock_xl.package.grafting import graft_into
from restock_xl.package.read_back import ensure_reads_back
from restock_xl.package.safe_write import replace_safely

from .test_package_graft import scratch_book, user_book

CHANGING = frozenset({
    "write", "flush", "close", "open", "fsync", "replace", "unlink", "chmod", "mkdir", "utime", "sendfile", "truncate",
})  # fmt: skip
"""Calls into the system that change a file or a folder, or begin or end doing so."""
MOST_STEPS = 400
NOW = datetime(2026, 11, 23, 9, 30)


@dataclass(frozen=True)
class Made:
    """A book before and after our sheets were written into it, and what writes it."""

    old: bytes
    new: bytes
    scratch: Path
    archive: Archive
    check: Callable[[Path], None]


class Stopper:
    """Calls `stop` just before the call number `step` that changes anything on the disk."""

    def __init__(self, step: int, stop: Callable[[], None]) -> None:
        self.step, self.stop, self.calls = step, stop, list[str]()

    def __call__(self, frame: Any, event: str, function: Any) -> None:
        """Count, as `sys.setprofile` wants it."""
        if event != "c_call" or function.__name__ not in CHANGING:
            return
        owner = function.__self__  # the module of the system's calls, or an open file
        if isinstance(owner, ModuleType | io.IOBase) and not isinstance(owner, io.BytesIO):
            self.calls.append(function.__name__)
            if len(self.calls) == self.step:
                self.stop()


def stopped(step: int, stop: Callable[[], None], work: Callable[[], Any]) -> list[str]:
    """Do some work that is stopped at a step; return the calls before."""
    stopper = Stopper(step, stop)
    sys.setprofile(stopper)
    try:
        work()
    finally:
        sys.setprofile(None)
    return stopper.calls


def put(made: Made, book: Path) -> None:
    """Put the new version in the place of the old one."""
    replace_safely(book, made.archive.save, made.check, now=NOW)


def killed(step: int, made: Made, book: Path) -> bool:
    """Put the new version in its place in a process that is killed at a step; return whether it came so far."""
    child = os.fork()
    if child == 0:
        try:
            stopped(step, lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: put(made, book))
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def beside(book: Path) -> set[str]:
    """What lies beside a book, but for the books of the test themselves."""
    return {file.name for file in book.parent.iterdir()} - {book.name, "scratch.xlsx"}


def backups(book: Path) -> list[bytes]:
    folder = book.parent / "restock-backups"
    return [file.read_bytes() for file in folder.glob("[!.]*")] if folder.is_dir() else []


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A book, and what becomes of it."""
    folder = tmp_path_factory.mktemp("made")
    book, scratch = user_book(folder / "shop.xlsx"), scratch_book(folder / "scratch.xlsx")
    user, ours = Book(book), Book(scratch)
    names = {sheet.name: sheet.name for sheet in ours.sheets}
    graft_into(user, ours, names)
    graft(book, scratch, folder / "new.xlsx")
    new = (folder / "new.xlsx").read_bytes()
    return Made(book.read_bytes(), new, scratch, user.archive, lambda path: ensure_reads_back(path, ours, names))


@pytest.fixture
def book(tmp_path: Path, made: Made) -> Path:
    path = tmp_path / "shop.xlsx"
    path.write_bytes(made.old)
    return path


def test_everything_is_flushed_before_the_replacement(book: Path, made: Made) -> None:
    """The new file and the backup are on the disk before the new one takes its place, and then the folder is too."""
    calls = stopped(0, lambda: None, lambda: put(made, book))
    last = len(calls) - calls[::-1].index("replace") - 1
    assert "write" not in calls[last:]
    assert calls[:last].count("fsync") == 2
    assert "fsync" in calls[last:]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork a process")
def test_a_kill_at_every_step(tmp_path: Path, made: Made) -> None:
    """However far a run came before it was killed, the old or the new file stands there whole, and so do backups."""
    seen = []
    for step in range(1, MOST_STEPS):
        book = tmp_path / str(step) / "shop.xlsx"
        book.parent.mkdir()
        book.write_bytes(made.old)
        was_killed = killed(step, made, book)
        now, kept = book.read_bytes(), backups(book)
        assert now in (made.old, made.new), step
        assert all(backup == made.old for backup in kept), step
        assert kept or now == made.old, step
        seen.append(now == made.new)
        if step % 8 == 0:  # what the killed run left behind does not hinder the next one
            graft(book, made.scratch)
            assert book.read_bytes() == made.new
        shutil.rmtree(book.parent)
        if not was_killed:
            break
    assert len(seen) > 100
    assert seen == sorted(seen)
    assert seen[-1]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES], ids=["full", "broken", "forbidden"])
def test_an_error_at_every_step(book: Path, made: Made, code: int) -> None:
    """Whatever call fails, the old file stands there whole with nothing beside it, and a sentence says what to do."""
    def fail() -> None:
        raise OSError(code, os.strerror(code))

    failed = 0
    for step in range(1, MOST_STEPS):
        calls: list[str] = []
        try:
            calls = stopped(step, fail, lambda: put(made, book))
        except WorkbookError as error:
            said = re.search(r"Your workbook is as it was\.$|cannot be read .* try again\.$", str(error))
            assert (book.read_bytes() == made.old, beside(book), bool(said)) == (True, set(), True), step
            failed += 1
            continue
        assert book.read_bytes() == made.new, step
        assert backups(book) == [made.old]
        shutil.rmtree(book.parent / "restock-backups")
        book.write_bytes(made.old)
        if len(calls) < step:
            break
    assert failed > 30


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Make a disk of some kilobytes, where the system lets us."""
    place = tmp_path / "disk"
    place.mkdir()

    def mount(kilobytes: int) -> Path:
        subprocess.run(["umount", str(place)], capture_output=True)
        command = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(place)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"no small disk can be mounted here ({done.stderr.strip()})")
        return place

    if shutil.which("mount") is None:
        pytest.skip("there is no mount command")
    yield mount
    subprocess.run(["umount", str(place)], capture_output=True)


def test_a_full_disk(made: Made, small_disk: Callable[[int], Path]) -> None:
    """On a disk without room for the new file or the backup the old file stays whole, with nothing beside it."""
    first, results = len(made.old) // 1024 + 8, []
    for kilobytes in range(first, 10 * first, 4):
        book = small_disk(kilobytes) / "shop.xlsx"
        book.write_bytes(made.old)
        try:
            graft(book, made.scratch)
        except WorkbookError as error:
            left = book.read_bytes() == made.old, beside(book), "the disk is full. Free about" in str(error)
            assert left == (True, set(), True), kilobytes
            results.append(False)
            continue
        results.append(True)
        assert book.read_bytes() == made.new
        assert backups(book) == [made.old]
        break
    assert results.count(False) > 2
    assert results[-1]


def test_a_size_limit(book: Path, made: Made) -> None:
    """Where a file may not grow, the old file stays whole, with nothing beside it."""
    resource = pytest.importorskip("resource")
    signals, limits = signal.signal(signal.SIGXFSZ, signal.SIG_IGN), resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(made.old) // 2, limits[1]))
        with pytest.raises(WorkbookError, match="Your workbook is as it was"):
            graft(book, made.scratch)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, signals)
    assert book.read_bytes() == made.old
    assert not beside(book)
    assert Book(book).sheet_names == ["Stock", "Notes"]
