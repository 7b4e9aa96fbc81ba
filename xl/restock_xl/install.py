"""Set up what stands outside the Python package: the icon, Excel's settings, LibreOffice's extension; and remove it."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

from restock.errors import RestockError
from restock.text import Words, say
from restock_xl.desktop.computer import MAC, WINDOWS, python_program
from restock_xl.desktop.icon import make_icon, remove_icons
from restock_xl.hosts.excel.settings import (
    install_script,
    name_python,
    named_python,
    script_file,
    script_source,
    settings_file,
)

ICON, EXCEL, LIBREOFFICE = "icon", "excel", "libreoffice"


@dataclass(frozen=True)
class Computer:
    """Where things go on one computer: system ("win32", "darwin", "linux"), the user's folder and desktop."""

    system: str
    home: Path
    desktop: Path


def usual_parts() -> list[str]:
    """Return what is set up where nothing is named: LibreOffice's extension where both are there."""
    ready = shutil.which("soffice") is not None and extension() is not None
    return [ICON, EXCEL, *([LIBREOFFICE] if ready else [])]


def install(parts: Collection[str], computer: Computer, words: Words) -> list[str]:
    """Set up the parts ("icon", "excel", "libreoffice"), and return what was done and what is left to the user.

    Raises:
        WorkbookError: Something cannot be written.
    """
    lines = []
    if ICON in parts:
        lines.append(say("install.icon", words, path=make_icon(computer.desktop, computer.system, words)))
    if EXCEL in parts:
        lines += _install_excel(computer, words)
    if LIBREOFFICE in parts:
        lines.append(_install_extension(words))
    return lines


def _install_excel(computer: Computer, words: Words) -> list[str]:
    if computer.system not in (WINDOWS, MAC):
        return [say("install.no_excel", words, system=computer.system)]
    path, python = settings_file(computer.home, computer.system), python_program()
    name_python(path, computer.system, python)
    lines = [say("install.settings", words, python=python, path=path)]
    if computer.system == WINDOWS:
        return [*lines, say("install.trust", words)]
    script = install_script(computer.home)
    lines += [] if script is None else [say("install.script", words, path=script)]
    return [*lines, say("install.trust_mac", words)]


def _install_extension(words: Words) -> str:
    """What became of it; that LibreOffice refuses it is said and spoils nothing else."""
    module = extension()
    if module is None:
        return say("install.no_extension", words)
    try:
        return str(module.install_extension(language=words.language))
    except RestockError as error:
        return str(error)


def extension() -> ModuleType | None:
    """Return what installs LibreOffice's extension, or None where this installation has none."""
    try:
        return import_module("restock_xl.hosts.libreoffice.install")
    except ImportError:
        return None


def remove(computer: Computer, words: Words) -> list[str]:
    """Remove everything that `install` has set up, and return what that was."""
    gone = list(remove_icons(computer.desktop, computer.system))
    if computer.system in (WINDOWS, MAC):
        path = settings_file(computer.home, computer.system)
        if named_python(path, computer.system) is not None:
            name_python(path, computer.system, None)
            gone.append(path)
    source = script_source()
    if computer.system == MAC and source is not None and (script := script_file(computer.home, source)).exists():
        script.unlink()
        gone.append(script)
    lines = [say("install.removed", words, path=path) for path in gone]
    lines += _removed_extension(words)
    return lines or [say("install.nothing", words)]


def _removed_extension(words: Words) -> list[str]:
    module = extension()
    if module is None or not module.remove_extension():
        return []
    return [say("install.removed", words, path="LibreOffice: Restock")]
