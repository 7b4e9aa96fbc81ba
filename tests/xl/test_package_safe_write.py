"""Replacing a workbook: whole or not at all, with a backup."""

from __future__ import annotations

import errno
import os
import signal
import stat
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from restock.errors import WorkbookError
from restock_xl.package import safe_write
from restock_xl.package.archive import Archive
from restock_xl.package.backups import back_up, prune_backups
from restock_xl.package.book import Book
from restock_xl.package.open_elsewhere import ensure_not_open
from restock_xl.package.safe_write import appearance, replace_safely

NOW = datetime(2026, 11, 23, 9, 30, 0)


def workbook(path: Path, sheet: str = "Stock") -> None:
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet(sheet)
    book.close()


def failing(error: BaseException) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(b"half a workb")
        raise error

    return write


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "shop.xlsx"
    workbook(path)
    return path


def beside(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir())


def test_the_new_version_takes_the_place(book: Path) -> None:
    """The new version stands under the old name with the old permissions, and the old one is the backup."""
    old, mode = book.read_bytes(), 0o640
    book.chmod(mode)
    backup = replace_safely(book, lambda out: workbook(out, "New"), now=NOW, seen=appearance(book))
    assert Book(book).sheet_names == ["New"]
    assert stat.S_IMODE(book.stat().st_mode) == mode
    assert backup == book.parent / "restock-backups" / "shop.20261123-093000.xlsx"
    assert backup.read_bytes() == old
    assert beside(book) == ["restock-backups", "shop.xlsx"]


def test_a_new_workbook_needs_no_old_one(tmp_path: Path) -> None:
    """Where no workbook stands yet, one is made, without a backup."""
    assert replace_safely(tmp_path / "new.xlsx", workbook, now=NOW) is None
    assert beside(tmp_path / "new.xlsx") == ["new.xlsx"]


def test_faults_of_the_source_are_not_held_against_the_result(tmp_path: Path, book: Path) -> None:
    """A workbook written under another name is checked against the one that it was made from."""
    archive, faulty = Archive(book), tmp_path / "faulty.xlsx"
    archive.remove("xl/theme/theme1.xml")
    archive.save(faulty)
    with pytest.raises(WorkbookError, match="did not pass its check"):
        replace_safely(tmp_path / "new.xlsx", Archive(faulty).save, now=NOW)
    replace_safely(tmp_path / "new.xlsx", Archive(faulty).save, now=NOW, source=faulty)
    assert Book(tmp_path / "new.xlsx").sheet_names == ["Stock"]


def test_a_link_is_followed(tmp_path: Path, book: Path) -> None:
    """A link stays a link, and the workbook it leads to is replaced."""
    link = tmp_path / "desk" / "link.xlsx"
    link.parent.mkdir()
    link.symlink_to(book)
    replace_safely(link, lambda out: workbook(out, "New"), now=NOW)
    assert link.is_symlink()
    assert Book(book).sheet_names == ["New"]


@pytest.mark.parametrize(
    ("error", "expected", "sentence"),
    [
        pytest.param(OSError(errno.ENOSPC, "full"), WorkbookError, "the disk is full", id="disk full"),
        pytest.param(OSError(errno.EDQUOT, "quota"), WorkbookError, "the disk is full", id="quota"),
        pytest.param(
            PermissionError(errno.EACCES, "no"), WorkbookError, "may not be changed", id="no permission"
        ),
        pytest.param(
            OSError(errno.EROFS, "read-only"), WorkbookError, "may not be changed", id="read-only disk"
        ),
        pytest.param(OSError(errno.EIO, "I/O error"), WorkbookError, "I/O error", id="broken disk"),
        pytest.param(KeyboardInterrupt("stop"), KeyboardInterrupt, "stop", id="interrupted"),
        pytest.param(WorkbookError("no room"), WorkbookError, "no room", id="our own error"),
    ],
)
def test_a_failed_write_leaves_the_old_book(
    book: Path, error: BaseException, expected: type[BaseException], sentence: str
) -> None:
    """Whatever stops the writing, the old workbook is whole and nothing is left beside it."""
    old = book.read_bytes()
    with pytest.raises(expected, match=sentence):
        replace_safely(book, failing(error), now=NOW)
    assert book.read_bytes() == old
    assert beside(book) == ["shop.xlsx"]


def test_a_broken_result_is_not_put_in_place(book: Path) -> None:
    """A new version that is no whole workbook, or fails the caller's check, never replaces the old one."""

    def reject(_: Path) -> None:
        raise WorkbookError("the totals differ")

    old = book.read_bytes()
    with pytest.raises(WorkbookError, match="is damaged"):
        replace_safely(book, lambda out: out.write_bytes(b"PK\x03\x04 half") and None, now=NOW)
    with pytest.raises(WorkbookError, match="the totals differ"):
        replace_safely(book, workbook, reject, now=NOW)
    assert book.read_bytes() == old
    assert beside(book) == ["shop.xlsx"]


def test_a_failed_replacement_leaves_the_old_book(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the last step is not allowed, the old workbook stays and a sentence says what to do."""

    def refuse(source: object, target: object) -> None:
        raise PermissionError(errno.EACCES, "in use")

    old = book.read_bytes()
    monkeypatch.setattr(safe_write.os, "replace", refuse)
    with pytest.raises(WorkbookError, match="Close the workbook everywhere"):
        replace_safely(book, workbook, now=NOW, backups=False)
    assert book.read_bytes() == old
    assert beside(book) == ["shop.xlsx"]


def test_a_book_changed_meanwhile_is_not_overwritten(book: Path) -> None:
    """A workbook that somebody saved while the new version was computed is left as they saved it."""
    before = appearance(book)

    def write(out: Path) -> None:
        workbook(out)
        workbook(book, "Saved by a colleague")

    with pytest.raises(WorkbookError, match="was changed or moved by another program"):
        replace_safely(book, write, now=NOW, seen=before)
    assert Book(book).sheet_names == ["Saved by a colleague"]


def test_a_killed_run_leaves_the_old_book(book: Path) -> None:
    """A run that the system kills while writing leaves the old workbook whole."""
    old = book.read_bytes()
    child = os.fork()
    if child == 0:
        replace_safely(book, lambda _: os.kill(os.getpid(), signal.SIGKILL), now=NOW)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert book.read_bytes() == old


def test_leftovers_of_a_killed_run_are_removed(book: Path) -> None:
    """What a killed run left beside the workbook goes after a day, and other hidden files stay."""
    prefix = f".~restock-{safe_write.zlib.crc32(b'shop.xlsx'):08x}-"
    for name, age in ((f"{prefix}old.xlsx", 2), (f"{prefix}new.xlsx", 0), (".~restock-0-other.xlsx", 2)):
        (book.parent / name).touch()
        moment = (datetime.now() - timedelta(days=age)).timestamp()
        os.utime(book.parent / name, (moment, moment))
    replace_safely(book, workbook, now=NOW, backups=False)
    assert beside(book) == [".~restock-0-other.xlsx", f"{prefix}new.xlsx", "shop.xlsx"]


@pytest.mark.parametrize(
    ("lock", "program"),
    [
        ("~$shop.xlsx", "Excel or WPS"),
        ("~$op.xlsx", "Excel or WPS"),
        (".~shop.xlsx", "WPS"),
        (".~lock.shop.xlsx#", "LibreOffice"),
    ],
)
def test_an_open_book_is_refused(book: Path, lock: str, program: str) -> None:
    """A workbook that a program has open is refused, naming the program and the file to delete."""
    ensure_not_open(book)
    (book.parent / lock).touch()
    with pytest.raises(WorkbookError, match=f"is open in {program}"):
        replace_safely(book, workbook, now=NOW)
    assert Book(book).sheet_names == ["Stock"]


def test_backups_are_kept_by_age(book: Path) -> None:
    """The last five backups and the newest of each of 14 days stay; other files are never deleted."""
    made = [
        back_up(book, NOW - timedelta(days=day, minutes=minute)) for day in range(20) for minute in (0, 1, 2)
    ]
    folder = made[0].parent
    for stranger in (
        "shop.xlsx",
        "shop.2026.xlsx",
        "shop.20261101-000000.xlsm",
        "shop2.20200101-000000.xlsx",
    ):
        (folder / stranger).touch()
    prune_backups(book, NOW)
    left = {file for file in folder.iterdir() if file in made}
    newest_of_day = {made[day * 3] for day in range(14)}
    assert left == newest_of_day | set(made[:5])
    assert len(list(folder.iterdir())) == len(left) + 4


def test_two_backups_in_one_second_are_both_kept(book: Path) -> None:
    """A second backup within one second takes the next second."""
    names = [back_up(book, NOW).name for _ in range(2)]
    assert names == ["shop.20261123-093000.xlsx", "shop.20261123-093001.xlsx"]
