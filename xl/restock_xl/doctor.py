"""What works on this computer and for one workbook, line by line, each with the fix for what does not."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from restock.text import Words, say
from restock_xl.desktop import window
from restock_xl.desktop.computer import MAC, WINDOWS, python_program
from restock_xl.desktop.icon import icons
from restock_xl.hosts.excel.settings import library_name, named_python, script_file, script_source, settings_file
from restock_xl.install import Computer

GOOD, BAD, NOTE = "good", "bad", "note"
_NEEDED = ("restock", "xlwings", "pyOpenVBA")
_MADE_WITH = re.compile(r'RESTOCK_XLWINGS As String = "([^"]*)"')


@dataclass(frozen=True)
class Finding:
    """One line: whether it is "good", "bad" (with its fix) or a mere "note"."""

    state: str
    text: str

    def line(self, words: Words) -> str:
        """The line to print."""
        return f"[{say(f'check.{self.state}', words)}] {self.text}"


def examine(computer: Computer, words: Words, book: Path | None = None) -> list[Finding]:
    """Look at this computer, and at one workbook where it is given; nothing is changed."""
    found = [*_packages(words), *_excel(computer, words), *_desk(computer, words)]
    return [*found, *(_book(book, computer, words) if book is not None else ())]


def _packages(words: Words) -> Iterator[Finding]:
    yield Finding(GOOD, say("check.python", words, version=platform.python_version(), path=python_program()))
    for name in _NEEDED:
        number = installed(name)
        if number is None:
            yield Finding(BAD, say("check.no_package", words, name=name))
        else:
            yield Finding(GOOD, say("check.package", words, name=name, version=number))


def installed(name: str) -> str | None:
    """Return the version of an installed package, or None."""
    if name == "restock":
        from restock.version import __version__

        return __version__
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _excel(computer: Computer, words: Words) -> Iterator[Finding]:
    if computer.system not in (WINDOWS, MAC):
        yield Finding(NOTE, say("install.no_excel", words, system=computer.system))
        return
    path = settings_file(computer.home, computer.system)
    python, ours = named_python(path, computer.system), python_program()
    if python is None:
        yield Finding(BAD, say("check.no_settings", words))
    elif not _same_file(Path(python), ours):
        yield Finding(BAD, say("check.other_python", words, python=python))
    else:
        yield Finding(GOOD, say("check.settings", words, path=path))
    if computer.system == WINDOWS:
        yield from _library(ours, words)
    else:
        source = script_source()
        script = script_file(computer.home, source) if source is not None else None
        there = script is not None and script.exists()
        yield (
            Finding(GOOD, say("check.script", words, path=script))
            if there
            else Finding(BAD, say("check.no_script", words))
        )


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _library(python: Path, words: Words) -> Iterator[Finding]:
    number = installed("xlwings")
    if number is None:
        return
    name = library_name(number, 64 if sys.maxsize > 2**32 else 32)
    places = [folder / name for folder in (python.parent, python.parent.parent)]
    there = next((place for place in places if place.exists()), None)
    if there is None:
        yield Finding(BAD, say("check.no_library", words, name=name, version=number))
    else:
        yield Finding(GOOD, say("check.library", words, path=there))


def _desk(computer: Computer, words: Words) -> Iterator[Finding]:
    shown = window.can_show()
    yield Finding(GOOD if shown else BAD, say("check.window" if shown else "check.no_window", words))
    found = icons(computer.desktop, computer.system)
    if found:
        yield Finding(GOOD, say("check.icon", words, path=found[0]))
    else:
        yield Finding(BAD, say("check.no_icon", words))
    office = shutil.which("soffice") or shutil.which("libreoffice")
    yield Finding(NOTE, say("check.office", words, path=office) if office else say("check.no_office", words))


def _book(book: Path, computer: Computer, words: Words) -> Iterator[Finding]:
    if not book.is_file():
        yield Finding(BAD, say("check.no_book", words, name=book.name))
        return
    found = list(_book_troubles(book, words))
    yield from found or [Finding(GOOD, say("check.book", words, name=book.name))]
    if lies_in_cloud(book):
        yield Finding(NOTE, say("check.cloud", words, name=book.name))


def _book_troubles(book: Path, words: Words) -> Iterator[Finding]:
    if is_blocked(book):
        yield Finding(BAD, say("check.blocked", words, name=book.name))
    if not os.access(book, os.W_OK):
        yield Finding(BAD, say("check.read_only", words, name=book.name))
    if not os.access(book.absolute().parent, os.W_OK):
        yield Finding(BAD, say("check.folder", words, path=book.absolute().parent))
    made, here = made_with(book), installed("xlwings")
    if made and here and made != here:
        yield Finding(BAD, say("check.book_version", words, name=book.name, made=made, version=here))


def is_blocked(book: Path) -> bool:
    """Return whether Windows marks a file as coming from the internet: then Excel runs no macro in it."""
    try:
        mark = Path(f"{book}:Zone.Identifier").read_text(encoding="utf-8", errors="replace")
    except (OSError, ValueError):
        return False
    zone = re.search(r"ZoneId\s*=\s*(\d)", mark)
    return zone is not None and int(zone.group(1)) >= 3


def lies_in_cloud(book: Path) -> bool:
    """Return whether a file lies in a folder that OneDrive synchronises."""
    roots = [os.environ.get(name) for name in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")]
    folder = book.absolute()
    return any(folder.is_relative_to(root) for root in roots if root)


def made_with(book: Path) -> str | None:
    """Return the version of xlwings that a workbook's cells need; None where they need none or it cannot be told."""
    if book.suffix.lower() != ".xlsm" or installed("pyOpenVBA") is None:
        return None
    from pyopenvba import ExcelFile

    try:
        with ExcelFile(book) as opened:
            source = opened.vba_modules().get("RestockText", "")
    except Exception:  # another program's project, of whatever kind: nothing is said of it
        return None
    found = _MADE_WITH.search(source)
    return found.group(1) or None if found else None
