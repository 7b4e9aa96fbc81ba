"""What Excel's macros need on this computer: xlwings' settings name our Python, and on a Mac a script may start it."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

from restock.errors import WorkbookError
from restock_xl.desktop.computer import MAC, WINDOWS

_KEYS = {WINDOWS: "INTERPRETER_WIN", MAC: "INTERPRETER_MAC"}


def settings_file(home: Path, system: str) -> Path:
    """Return the file of xlwings' own settings of one user."""
    if system == MAC:
        return home / "Library" / "Containers" / "com.microsoft.Excel" / "Data" / "xlwings.conf"
    return home / ".xlwings" / "xlwings.conf"


def named_python(path: Path, system: str) -> str | None:
    """Return the Python that the settings name, or None where they name none."""
    for line in _lines(path, system):
        if line.upper().startswith(f'"{_KEYS[system]}",'):
            return line.split(",", 1)[1].strip().strip('"')
    return None


def name_python(path: Path, system: str, python: Path | None) -> None:
    """Let the settings name this Python, or none; every other line stays.

    Raises:
        WorkbookError: The file cannot be written, or Excel could not start a Python of that path.
    """
    if system == MAC and python is not None and " " in str(python):
        raise WorkbookError(
            f"Excel for Mac cannot start {python}, whose path has a blank. Install restock with the Python of "
            "python.org, then run restock install again."
        )
    key = _KEYS[system]
    lines = [line for line in _lines(path, system) if not line.upper().startswith(f'"{key}",')]
    if python is not None:
        lines.append(f'"{key}","{_spelled(python, system)}"')
    try:
        if lines:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("".join(f"{line}\n" for line in lines), encoding=_encoding(system))
        else:
            path.unlink(missing_ok=True)
    except UnicodeEncodeError as error:
        raise WorkbookError(
            f"Excel's macros cannot read the path {python}: it has letters that this Windows does not know. Install "
            "Python in a folder such as C:\\Python, then run restock install again."
        ) from error
    except OSError as error:
        said = f"{path} cannot be written: {error.strerror or error}. Close Excel and try again."
        raise WorkbookError(said) from error


def _lines(path: Path, system: str) -> list[str]:
    try:
        return path.read_text(encoding=_encoding(system), errors="replace").splitlines()
    except OSError:
        return []


def _encoding(system: str) -> str:
    """VBA reads the file in the letters of Windows' own language."""
    if system != WINDOWS:
        return "utf-8"
    try:
        "".encode("mbcs")
    except LookupError:  # not on Windows: a test
        return "cp1252"
    return "mbcs"


def _spelled(python: Path, system: str) -> str:
    """The path; on Windows its short form where it has letters that not every Windows knows."""
    text = str(python)
    return text if text.isascii() or system != WINDOWS else _short_path(text)


def _short_path(text: str) -> str:
    try:
        from ctypes import create_unicode_buffer, windll  # type: ignore[attr-defined]
    except ImportError:
        return text
    found = create_unicode_buffer(1024)
    length = windll.kernel32.GetShortPathNameW(text, found, len(found))
    return found.value if 0 < length < len(found) else text


def library_name(version: str, bits: int = 64) -> str:
    """Return the name of the library by which functions in cells reach Python: it carries xlwings' version.

    >>> library_name("0.37.8")
    'xlwings64-0.37.8.dll'
    """
    return f"xlwings{bits}-{version}.dll"


def script_source() -> Path | None:
    """Return the script of the installed xlwings that lets Excel for Mac start Python."""
    spec = find_spec("xlwings")
    if spec is None or spec.origin is None:
        return None
    return next(Path(spec.origin).parent.glob("xlwings-*.applescript"), None)


def script_file(home: Path, source: Path) -> Path:
    """Return where Excel for Mac looks for that script."""
    return home / "Library" / "Application Scripts" / "com.microsoft.Excel" / source.name


def install_script(home: Path) -> Path | None:
    """Put the script in its place and return it; None where xlwings is not installed.

    Raises:
        WorkbookError: The folder cannot be written.
    """
    source = script_source()
    if source is None:
        return None
    target = script_file(home, source)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    except OSError as error:
        raise WorkbookError(f"{target} cannot be written: {error.strerror or error}.") from error
    return target
