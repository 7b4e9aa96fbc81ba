"""The icon on the desktop: a shortcut on Windows, a droplet on a Mac, an entry on Linux; each takes drops."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

from restock.errors import WorkbookError
from restock.text import Words, say
from restock.text.say import catalogue
from restock_xl.desktop.computer import LINUX, MAC, WINDOWS, python_program

_MODULE = "restock_xl.desktop"
_KINDS = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet;application/vnd.ms-excel.sheet.macroEnabled.12;"
)
_SUFFIXES = {WINDOWS: (".lnk", ".cmd"), MAC: (".app", ".command"), LINUX: (".desktop",)}


def icons(desktop: Path, system: str) -> list[Path]:
    """Return the icons of ours that lie on a desktop, in either language."""
    names = catalogue()["icon.name"]
    found = [desktop / f"{name}{suffix}" for name in names for suffix in _SUFFIXES[system]]
    return [path for path in found if path.exists()]


def make_icon(desktop: Path, system: str, words: Words) -> Path:
    """Put the icon on the desktop in place of an older one, and return it.

    Raises:
        WorkbookError: The desktop cannot be written.
    """
    stem = say("icon.name", words)
    try:
        remove_icons(desktop, system)
        desktop.mkdir(parents=True, exist_ok=True)
        if system == WINDOWS:
            return _windows_icon(desktop / f"{stem}.lnk")
        if system == MAC:
            return _mac_icon(desktop / f"{stem}.app")
        return _program_file(desktop / f"{stem}.desktop", linux_entry(python_program(), words))
    except OSError as error:
        raise WorkbookError(
            f"The desktop {desktop} cannot be written: {error.strerror or error}. restock drop BOOK.xlsx does the same."
        ) from error


def remove_icons(desktop: Path, system: str) -> list[Path]:
    """Delete our icons and return them."""
    found = icons(desktop, system)
    for path in found:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    return found


def _windows_icon(path: Path) -> Path:
    """A shortcut; a command file where Windows cannot store one, as with letters that its own language lacks."""
    python = python_program(windowed=True)
    with suppress(OSError):
        subprocess.run(["powershell", "-NoProfile", "-Command", shortcut_script(path, python)], capture_output=True,
                       check=False, timeout=60)  # fmt: skip
    if path.exists():
        return path
    command = path.with_suffix(".cmd")
    command.write_bytes(windows_command(python).encode())
    return command


def shortcut_script(path: Path, python: Path) -> str:
    """Return the PowerShell that makes a shortcut.

    >>> "'-P -X utf8 -m restock_xl.desktop'" in shortcut_script(Path("Tom's.lnk"), Path("pythonw.exe"))
    True
    """

    def quoted(text: object) -> str:
        return "'" + str(text).replace("'", "''") + "'"

    return (
        f"$s=(New-Object -ComObject WScript.Shell).CreateShortcut({quoted(path)});"
        f"$s.TargetPath={quoted(python)};$s.Arguments={quoted(f'-P -X utf8 -m {_MODULE}')};"
        f"$s.WorkingDirectory={quoted(python.parent)};$s.Save()"
    )


def windows_command(python: Path) -> str:
    """Return a command file; in UTF-8, which its first line announces, for a path may hold any letter.

    >>> windows_command(Path("pythonw.exe")).splitlines()[1]
    '@start "" "pythonw.exe" -P -X utf8 -m restock_xl.desktop %*'
    """
    path = str(python).replace("%", "%%")
    return f'@chcp 65001 >nul\r\n@start "" "{path}" -P -X utf8 -m {_MODULE} %*\r\n'


def _mac_icon(path: Path) -> Path:
    """A droplet; a command file, which takes no drops, where there is no compiler of AppleScript."""
    program = shutil.which("osacompile")
    python = python_program()
    if program is not None:
        subprocess.run([program, "-o", str(path), "-e", droplet(python)], capture_output=True, check=False)
        if path.exists():
            return path
    return _program_file(path.with_suffix(".command"), f'#!/bin/sh\nexec "{python}" -P -m {_MODULE} "$@"\n')


def droplet(python: Path) -> str:
    """Return the AppleScript of an application that files can be dropped on."""
    text = str(python).replace("\\", "\\\\").replace('"', '\\"')
    return (
        f'property python : "{text}"\n'
        f'property ending : " -P -X utf8 -m {_MODULE}"\n'
        "on run\n  do shell script quoted form of python & ending\nend run\n"
        'on open chosen\n  set names to ""\n  repeat with one in chosen\n'
        '    set names to names & " " & quoted form of POSIX path of one\n  end repeat\n'
        "  do shell script quoted form of python & ending & names\nend open\n"
    )


def linux_entry(python: Path, words: Words) -> str:
    """Return the text of a desktop entry.

    >>> [line for line in linux_entry(Path("/a b/python"), Words()).splitlines() if line.startswith("Exec")]
    ['Exec="/a b/python" -P -X utf8 -m restock_xl.desktop %F']
    """
    path = "".join(f"\\{letter}" if letter in '\\"`$' else letter for letter in str(python)).replace("%", "%%")
    return (
        f'[Desktop Entry]\nType=Application\nName={say("icon.name", words)}\nExec="{path}" -P -X utf8 -m {_MODULE} %F\n'
        f"Icon=x-office-spreadsheet\nTerminal=false\nMimeType={_KINDS}\n"
    )


def _program_file(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path
