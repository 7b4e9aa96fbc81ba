"""What cannot be read or written gets one sentence and exit code 2; the book stays as it was."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from .books import LAMP, make

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def run(*arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The command line as a user meets it."""
    code = "from restock_xl.cli import main; main()"
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, timeout=120)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("bad") / "lamp.xlsx", data=LAMP)


def _text(path: Path) -> None:
    path.write_text("SKU,On hand\nA,1\n")


def _encrypted(path: Path) -> None:
    path.write_bytes(OLE + b"\0" * 2000 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 2000)


def _old(path: Path) -> None:
    path.write_bytes(OLE + b"\0" * 2000 + "Workbook".encode("utf-16-le") + b"\0" * 2000)


def _binary(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("_rels/.rels", "<Relationships/>")
        package.writestr("xl/workbook.bin", b"x")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (_text, "workbook"),
        (_encrypted, "password"),
        (_old, "xlsx"),
        (_binary, "xlsx"),
        (_cut, ""),
        (lambda path: path.write_bytes(b""), ""),
    ],
    ids=["text", "encrypted", "xls", "xlsb", "cut off", "empty"],
)
def test_not_a_workbook(tmp_path: Path, book: Path, spoil: Callable[[Path], None], says: str) -> None:
    """A file that is no workbook is refused with a sentence that says what to do."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(book.read_bytes())
    spoil(path)
    before = path.read_bytes()
    done = run("recompute", str(path))
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "lock", ["~$lamp.xlsx", ".~lamp.xlsx", ".~lock.lamp.xlsx#"], ids=["Excel", "WPS", "LibreOffice"]
)
def test_open_elsewhere(tmp_path: Path, book: Path, lock: str) -> None:
    """A book that another program holds open is not written."""
    path = tmp_path / "lamp.xlsx"
    path.write_bytes(book.read_bytes())
    (tmp_path / lock).write_bytes(b"x")
    done = run("recompute", str(path), "--today", "2026-11-23")
    assert done.returncode == 2
    assert "close" in done.stderr.lower()
    assert path.read_bytes() == book.read_bytes()


def test_full_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, book: Path) -> None:
    """A full disk leaves the old book whole."""
    import errno

    from restock.errors import WorkbookError

    from .books import press

    path = tmp_path / "lamp.xlsx"
    path.write_bytes(book.read_bytes())

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("restock_xl.package.archive.Archive.save", full)
    with pytest.raises(WorkbookError, match=r"(?i)full|space"):
        press(path)
    assert path.read_bytes() == book.read_bytes()
    assert [entry.name for entry in tmp_path.iterdir()] == ["lamp.xlsx"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("recompute", "nowhere.xlsx"), "no file"),
        (("recompute", "."), "folder"),
        (("recompute", "lamp.xlsx", "--today", "23/11/2026"), "year-month-day"),
        (("recompute", "lamp.xlsx", "--out", "result.pdf"), "must end in"),
        (("demo", "--lang", "fr"), "en or zh"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value,
)
def test_wrong_arguments(tmp_path: Path, book: Path, arguments: tuple[str, ...], says: str) -> None:
    """A wrong argument gets one sentence."""
    (tmp_path / "lamp.xlsx").write_bytes(book.read_bytes())
    done = run(*arguments, folder=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr
