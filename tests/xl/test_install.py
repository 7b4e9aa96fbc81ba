"""`restock install`: what it writes for Excel, what its check finds, and that removing leaves nothing."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from restock.errors import WorkbookError
from restock.text import Words, say
from restock_xl import cli, doctor, install
from restock_xl.desktop import computer, icon
from restock_xl.desktop.computer import LINUX, MAC, WINDOWS
from restock_xl.hosts.excel import settings
from restock_xl.install import EXCEL, ICON, LIBREOFFICE, Computer

from .macro_books import need_packages

EN = Words("en")


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the LibreOffice, the programs or the desktop of who runs it."""
    monkeypatch.setattr(install, "extension", lambda: None)
    monkeypatch.setattr(icon.subprocess, "run", lambda *given, **options: None)


def at(folder: Path, system: str) -> Computer:
    """A computer whose user has a name in Chinese with a blank."""
    home = folder / "李 雷"
    return Computer(system, home, home / "桌面")


def test_excel_on_windows_is_told_of_python(tmp_path: Path) -> None:
    """xlwings' settings name our Python and keep every other line; where to allow the macros is said, not done."""
    windows = at(tmp_path, WINDOWS)
    path = settings.settings_file(windows.home, WINDOWS)
    path.parent.mkdir(parents=True)
    path.write_text('"SHOW CONSOLE","False"\n"interpreter_win","C:\\old\\python.exe"\n', encoding="utf-8")
    lines = install.install([EXCEL], windows, EN)
    written = path.read_text(encoding="utf-8").splitlines()
    assert written == ['"SHOW CONSOLE","False"', f'"INTERPRETER_WIN","{computer.python_program()}"']
    assert "Trusted Locations" in lines[-1]
    assert settings.named_python(path, WINDOWS) == str(computer.python_program())


def test_excel_on_a_mac_may_start_python(tmp_path: Path) -> None:
    """On a Mac the settings lie in Excel's own folder, and xlwings' script where Excel may run it."""
    need_packages("xlwings")
    mac = at(tmp_path, MAC)
    install.install([EXCEL], mac, EN)
    assert settings.named_python(settings.settings_file(mac.home, MAC), MAC) == str(computer.python_program())
    scripts = list((mac.home / "Library" / "Application Scripts" / "com.microsoft.Excel").iterdir())
    assert [path.suffix for path in scripts] == [".applescript"]
    found = {finding.text: finding.state for finding in doctor.examine(mac, EN)}
    assert found[say("check.script", EN, path=scripts[0])] == doctor.GOOD


@pytest.mark.parametrize("system", [WINDOWS, MAC, LINUX])
def test_removing_leaves_nothing(tmp_path: Path, system: str) -> None:
    """What was set up is listed on removal and gone; a second removal finds nothing."""
    place = at(tmp_path, system)
    install.install([ICON, EXCEL], place, EN)
    assert any(path.is_file() for path in tmp_path.rglob("*"))
    assert all(line.startswith("Removed: ") for line in install.remove(place, EN))
    assert not any(path.is_file() for path in tmp_path.rglob("*"))
    assert install.remove(place, EN) == [say("install.nothing", EN)]


def test_a_path_that_windows_cannot_spell_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """VBA reads the settings in Windows' own letters: a path without them is an error with the way out."""
    windows = at(tmp_path, WINDOWS)
    monkeypatch.setattr(install, "python_program", lambda: Path("C:/用户/李雷/python.exe"))
    with pytest.raises(WorkbookError, match="letters that this Windows does not know"):
        install.install([EXCEL], windows, EN)


def test_a_mac_cannot_start_a_python_with_a_blank_in_its_path(tmp_path: Path) -> None:
    """xlwings' script of a Mac passes the path as it is: a blank in it is an error with the way out."""
    with pytest.raises(WorkbookError, match="whose path has a blank"):
        settings.name_python(tmp_path / "xlwings.conf", MAC, Path("/Users/li lei/env/bin/python"))


def test_the_short_form_of_a_path_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Windows has a short form of such a path, that is what the settings name."""
    monkeypatch.setattr(settings, "_short_path", lambda text: "C:/USERS/LI~1/python.exe")
    path = tmp_path / "xlwings.conf"
    settings.name_python(path, WINDOWS, Path("C:/用户/李雷/python.exe"))
    assert settings.named_python(path, WINDOWS) == "C:/USERS/LI~1/python.exe"


def test_settings_that_cannot_be_written_are_said(tmp_path: Path) -> None:
    """A place that takes no file is one sentence."""
    (tmp_path / ".xlwings").write_bytes(b"")
    with pytest.raises(WorkbookError, match="cannot be written"):
        settings.name_python(tmp_path / ".xlwings" / "xlwings.conf", WINDOWS, Path("python.exe"))


def test_the_extension_of_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The extension is installed where it is there; that LibreOffice refuses it is said, and so is its absence."""
    linux = at(tmp_path, LINUX)
    assert install.install([LIBREOFFICE], linux, EN) == [say("install.no_extension", EN)]

    def refuse(language: str) -> str:
        raise WorkbookError("LibreOffice is open. Close it.")

    module = SimpleNamespace(
        install_extension=lambda language: f"installed ({language})", remove_extension=lambda: True
    )
    monkeypatch.setattr(install, "extension", lambda: module)
    assert install.install([LIBREOFFICE], linux, Words("zh")) == ["installed (zh)"]
    assert install.remove(linux, EN) == [say("install.removed", EN, path="LibreOffice: Restock")]
    module.install_extension = refuse
    assert install.install([LIBREOFFICE], linux, EN) == ["LibreOffice is open. Close it."]


@pytest.mark.parametrize("system", [WINDOWS, MAC, LINUX])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_check_names_a_fix_for_all_that_is_missing(tmp_path: Path, system: str, language: str) -> None:
    """On a bare computer each line that does not work says in its language what to run, and nothing is changed."""
    found = doctor.examine(at(tmp_path, system), Words(language))
    todo = [finding.text for finding in found if finding.state == doctor.BAD]
    assert any("restock install" in text for text in todo)
    assert all("restock install" in text or "pip install" in text or "python3-tk" in text for text in todo)
    assert list(tmp_path.iterdir()) == []


def test_the_check_after_installing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After installing, the icon and the settings work; another Python in the settings is named."""
    windows = at(tmp_path, WINDOWS)
    install.install([ICON, EXCEL], windows, EN)
    states = {finding.text: finding.state for finding in doctor.examine(windows, EN)}
    path = settings.settings_file(windows.home, WINDOWS)
    assert states[say("check.settings", EN, path=path)] == doctor.GOOD
    assert states[say("check.icon", EN, path=icon.icons(windows.desktop, WINDOWS)[0])] == doctor.GOOD
    settings.name_python(path, WINDOWS, Path("C:/other/python.exe"))
    states = {finding.text: finding.state for finding in doctor.examine(windows, EN)}
    assert states[say("check.other_python", EN, python="C:/other/python.exe")] == doctor.BAD


def test_the_check_looks_for_the_library_of_this_xlwings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Functions in cells need the library of xlwings' very version beside Python, or above it in an environment."""
    monkeypatch.setattr(doctor, "installed", lambda name: "9.9.9")
    python = tmp_path / "env" / "Scripts" / "python.exe"
    python.parent.mkdir(parents=True)
    monkeypatch.setattr(doctor, "python_program", lambda: python)

    def states() -> list[str]:
        return [one.state for one in doctor.examine(at(tmp_path, WINDOWS), EN) if "xlwings64-9.9.9.dll" in one.text]

    assert states() == [doctor.BAD]
    (tmp_path / "env" / "xlwings64-9.9.9.dll").write_bytes(b"")
    assert states() == [doctor.GOOD]


def test_the_check_of_a_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A book that is missing, from the internet, in OneDrive or of another xlwings is said, with what to do."""
    need_packages()
    from restock_xl.new import make_book

    linux, cloud = at(tmp_path, LINUX), tmp_path / "OneDrive - 公司"
    cloud.mkdir()
    path = cloud / "库存 表.xlsm"

    def texts() -> dict[str, str]:
        return {one.text: one.state for one in doctor.examine(linux, EN, path)}

    assert texts()[say("check.no_book", EN, name=path.name)] == doctor.BAD
    make_book(path)
    assert texts()[say("check.book", EN, name=path.name)] == doctor.GOOD
    monkeypatch.setenv("OneDriveCommercial", str(cloud))
    assert texts()[say("check.cloud", EN, name=path.name)] == doctor.NOTE
    Path(f"{path}:Zone.Identifier").write_text("[ZoneTransfer]\r\nZoneId=3\r\n", encoding="utf-8")
    assert texts()[say("check.blocked", EN, name=path.name)] == doctor.BAD
    made = doctor.made_with(path)
    monkeypatch.setattr(doctor, "installed", lambda name: "9.9.9")
    said = say("check.book_version", EN, name=path.name, made=made, version="9.9.9")
    assert texts()[said] == doctor.BAD


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`restock install` sets up the icon, its check ends with 1 while something is to do, and `--remove` undoes it."""
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(computer, "desktop_folder", lambda: tmp_path / "Desktop")
    run = CliRunner().invoke
    assert run(cli.app, ["install", "--check", "--lang", "en"]).exit_code == 1
    made = run(cli.app, ["install", "--lang", "zh"])
    assert made.exit_code == 0, made.output
    assert "图标" in made.output
    assert len(list((tmp_path / "Desktop").iterdir())) == 1
    assert run(cli.app, ["install", "--remove", "--lang", "en"]).exit_code == 0
    assert list((tmp_path / "Desktop").iterdir()) == []
