"""The icon, its window and its dialog: files dropped on it are recomputed, opened and spoken of."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from restock.text import Words, say
from restock_xl import cli
from restock_xl.desktop import __main__ as started
from restock_xl.desktop import computer, icon, window
from restock_xl.desktop.computer import LINUX, MAC, WINDOWS
from restock_xl.desktop.drop import Dropped
from restock_xl.package.backups import FOLDER

from .books import LAMP, make

EN = Words("en")


class Desk:
    """A desk without a screen: what would be shown, opened and chosen."""

    def __init__(self) -> None:
        self.told: list[tuple[str, bool]] = []
        self.opened: list[Path] = []
        self.chosen: list[Path] = []
        self.has_screen = True

    def tell(self, text: str, failed: bool = False) -> None:
        self.told.append((text, failed))

    def open(self, path: Path) -> bool:
        self.opened.append(path)
        return True


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk()
    monkeypatch.setattr(window, "tell", desk.tell)
    monkeypatch.setattr(window, "can_show", lambda: desk.has_screen)
    monkeypatch.setattr(window, "choose_books", lambda words: desk.chosen)
    monkeypatch.setattr(started, "open_in_program", desk.open)
    monkeypatch.setattr(started, "computer_language", lambda: "en")
    return desk


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make(tmp_path_factory.mktemp("typed") / "b.xlsx", "en", LAMP).read_bytes()


@pytest.fixture
def book(typed: bytes, tmp_path: Path) -> Path:
    """A book by a path as people have them."""
    folder = tmp_path / "OneDrive - 深圳 公司" / "库存 2026 (1)"
    folder.mkdir(parents=True)
    path = folder / "我的 库存 & co.xlsx"
    path.write_bytes(typed)
    return path


def test_a_dropped_book_is_recomputed_opened_and_spoken_of(desk: Desk, book: Path) -> None:
    """A book dropped on the icon is recomputed and opened, and one dialog says what was found."""
    assert started.run([book]) == 0
    assert desk.opened == [book]
    assert len(desk.told) == 1
    text, failed = desk.told[0]
    assert not failed
    assert "RED" in text
    assert str(book) in text
    assert len(list((book.parent / FOLDER).iterdir())) == 1


def _written(files: list[Path], *others: Any) -> Dropped:
    return Dropped("written", tuple(files), False)


def test_a_book_chosen_in_the_window_is_recomputed(desk: Desk, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a file a window lets one choose; to cancel it does nothing."""
    monkeypatch.setattr(started, "recompute_dropped", _written)
    assert started.run([]) == 0
    assert desk.told == []
    desk.chosen = [book]
    assert started.run([]) == 0
    assert desk.opened == [book]


def test_without_a_screen_the_command_is_named(desk: Desk) -> None:
    """Where no window can be shown the sentence names the command that does the same."""
    desk.has_screen = False
    assert started.run([]) == 2
    assert "restock drop BOOK.xlsx" in desk.told[0][0]


def test_one_failure_does_not_stop_the_others(desk: Desk, book: Path) -> None:
    """Of several files each gets its sentence: what is no workbook, what is open elsewhere, and what was written."""
    (book.parent / "~$busy.xlsx").write_bytes(b"")
    busy, picture = book.with_name("busy.xlsx"), book.with_name("picture.png")
    busy.write_bytes(book.read_bytes())
    assert started.run([picture, busy, book]) == 2
    text, failed = desk.told[0]
    assert failed
    assert desk.opened == [book]
    assert "busy.xlsx is open in Excel or WPS" in text
    assert say("icon.no_books", EN, names="picture.png") in text


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="no folder is read-only for this user")
def test_a_read_only_folder_is_said(desk: Desk, book: Path) -> None:
    """A folder that takes no file gives one sentence, and the book is as it was."""
    before = book.read_bytes()
    book.parent.chmod(0o500)
    try:
        assert started.run([book]) == 2
    finally:
        book.parent.chmod(0o700)
    assert desk.told[0][1]
    assert book.read_bytes() == before


def test_a_folder_that_takes_no_backup_is_said(desk: Desk, book: Path) -> None:
    """Where no backup can be kept one sentence says so, and the book is as it was."""
    before = book.read_bytes()
    (book.parent / FOLDER).write_bytes(b"a file in the place of the folder")
    assert started.run([book]) == 2
    assert desk.told[0][1]
    assert book.read_bytes() == before
    assert desk.opened == []


def test_a_defect_is_told_with_its_log(desk: Desk, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody sees a terminal behind the icon: a defect stands in the dialog too."""
    monkeypatch.setattr(started, "recompute_dropped", lambda *given: 1 / 0)
    assert started.run([book]) == 1
    assert "ZeroDivisionError" in desk.told[0][0]


def test_restock_alone_opens_the_window_or_shows_help(desk: Desk, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`restock` with no arguments opens the window; where none can be shown it prints the help."""
    monkeypatch.setattr(started, "recompute_dropped", _written)
    desk.chosen = [book]
    assert CliRunner().invoke(cli.app, []).exit_code == 0
    assert desk.opened == [book]
    desk.has_screen = False
    shown = CliRunner().invoke(cli.app, [])
    assert "recompute" in shown.output
    assert len(desk.told) == 1


def test_the_icon_starts_a_module_that_is_there() -> None:
    """What the icons call runs in a clean Python, and says so where there is no screen."""
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment |= {"LANG": "zh_CN.UTF-8", "LC_ALL": "zh_CN.UTF-8", "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-P", "-m", "restock_xl.desktop"], capture_output=True, text=True,
                          env=environment, encoding="utf-8")  # fmt: skip
    if done.returncode == 0:
        pytest.skip("this computer has a screen")
    assert done.stdout.strip() == say("icon.no_window", Words("zh"))


PYTHON = Path('/opt/我的 Python 3/bin/py\'thon "x" 100% $HOME')


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_icon_of_linux(tmp_path: Path, language: str) -> None:
    """The entry is executable, stands alone after a second time, and goes again."""
    made = icon.make_icon(tmp_path / "桌面", LINUX, Words(language))
    again = icon.make_icon(tmp_path / "桌面", LINUX, Words("en"))
    assert icon.icons(tmp_path / "桌面", LINUX) == [again]
    assert again.stat().st_mode & 0o111
    assert made.suffix == ".desktop"
    assert icon.remove_icons(tmp_path / "桌面", LINUX) == [again]
    assert list((tmp_path / "桌面").iterdir()) == []


def test_a_linux_entry_quotes_its_path() -> None:
    """Quotation marks, dollars and percent signs in the path are escaped as desktop entries want it."""
    line = next(line for line in icon.linux_entry(PYTHON, EN).splitlines() if line.startswith("Exec="))
    assert line == ('Exec="/opt/我的 Python 3/bin/py\'thon \\"x\\" 100%% \\$HOME" -P -X utf8 -m restock_xl.desktop %F')


def test_the_icon_of_windows_is_a_shortcut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PowerShell makes the shortcut to the Python without a window; quotes in paths are doubled."""
    asked: list[list[str]] = []

    def run(command: list[str], **options: Any) -> None:
        asked.append(command)
        (tmp_path / f"{say('icon.name', EN)}.lnk").write_bytes(b"L")

    monkeypatch.setattr(icon.subprocess, "run", run)
    assert icon.make_icon(tmp_path, WINDOWS, EN).suffix == ".lnk"
    script = icon.shortcut_script(Path("C:/Users/O'Hara/Desktop/x.lnk"), PYTHON)
    assert asked[0][:2] == ["powershell", "-NoProfile"]
    assert "'C:/Users/O''Hara/Desktop/x.lnk'" in script
    assert "py''thon" in script


def test_where_windows_stores_no_shortcut_a_command_file_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without PowerShell, or with letters that a shortcut cannot hold, a command file in UTF-8 is made."""

    def run(command: list[str], **options: Any) -> None:
        raise FileNotFoundError("powershell")

    monkeypatch.setattr(icon.subprocess, "run", run)
    monkeypatch.setattr(icon, "python_program", lambda windowed=False: PYTHON)
    made = icon.make_icon(tmp_path, WINDOWS, Words("zh"))
    assert made.name == "Restock - 把表格拖到这里.cmd"
    lines = made.read_bytes().decode("utf-8").split("\r\n")
    assert lines[0] == "@chcp 65001 >nul"
    assert lines[1].endswith('100%% $HOME" -P -X utf8 -m restock_xl.desktop %*')


def test_the_icon_of_a_mac(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A droplet is compiled where that can be done; its script quotes the path, and passes on what was dropped."""
    asked: list[list[str]] = []
    monkeypatch.setattr(icon.shutil, "which", lambda name: "/usr/bin/osacompile")

    def run(command: list[str], **options: Any) -> None:
        asked.append(command)
        Path(command[2]).mkdir()

    monkeypatch.setattr(icon.subprocess, "run", run)
    made = icon.make_icon(tmp_path, MAC, EN)
    assert made.suffix == ".app"
    assert "quoted form of POSIX path of one" in asked[0][-1]
    assert 'property python : "/opt/我的 Python 3/bin/py\'thon \\"x\\" 100% $HOME"' in icon.droplet(PYTHON)
    monkeypatch.setattr(icon.shutil, "which", lambda name: None)
    assert icon.make_icon(tmp_path, MAC, EN).suffix == ".command"
    assert len(icon.icons(tmp_path, MAC)) == 1


@pytest.mark.parametrize(
    ("variable", "language"), [("zh_CN.UTF-8", "zh"), ("zh_TW", "zh"), ("en_US.UTF-8", "en"), ("C", "en")]
)
def test_the_language_of_the_computer(variable: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The dialogs speak Chinese where the computer does."""
    monkeypatch.setenv("LC_ALL", variable)
    assert computer.computer_language() == language
