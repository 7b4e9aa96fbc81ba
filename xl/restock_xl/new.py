"""Make a new workbook on disk, and refuse what cannot be made."""

from __future__ import annotations

import tempfile
from pathlib import Path

from restock.errors import WorkbookError

LANGUAGES = ("en", "zh")
FLAVOURS = ("plain", "native", "python")
_MACROS = ".xlsm"


def check_target(path: Path, language: str, flavour: str | None = None) -> None:
    """Refuse a name, a language or a flavour that no new book can have.

    Raises:
        WorkbookError: With a sentence.
    """
    if language not in LANGUAGES:
        raise WorkbookError(f'--lang: "{language}" is not one of our languages. Type en or zh.')
    if flavour not in (None, *FLAVOURS):
        raise WorkbookError(f'--flavour: "{flavour}" is not one of plain, native, python. Leave it out if unsure.')
    suffix = path.suffix.lower()
    if suffix not in (".xlsx", _MACROS):
        raise WorkbookError(
            f'{path.name} must end in .xlsx, for example "{path.stem or "stock"}.xlsx"; or in .xlsm for a book with '
            "buttons."
        )
    if suffix == _MACROS and flavour == "plain":
        raise WorkbookError(
            f"{path.name}: a book with buttons is of flavour python, or native for Excel on a Mac. Leave --flavour "
            "out, or make an .xlsx."
        )
    if suffix != _MACROS and flavour == "python":
        raise WorkbookError(f"{path.name}: only an .xlsm holds Python functions. Name it {path.stem}.xlsm.")
    if path.exists():
        raise WorkbookError(f"{path} is there already and is left as it is. Choose another name.")
    if not path.absolute().parent.is_dir():
        raise WorkbookError(f"There is no folder {path.absolute().parent}. Make it first, or choose another.")


def make_book(path: Path, language: str = "en", flavour: str | None = None) -> None:
    """Write a new, empty book at `path`: an .xlsx, or an .xlsm with buttons.

    Args:
        flavour: For an .xlsx "plain" (if None) for every program, or "native", which calls our LAMBDA names, for a team
            that is all on Microsoft 365. For an .xlsm "python" (if None), in which a column asks Python, or "native",
            with plain columns and the LAMBDA names, for Excel on a Mac.

    Raises:
        WorkbookError: The name, the language or the folder does not do, or a package for macros is not installed.
    """
    check_target(path, language, flavour)
    from restock_xl.sheets.new_book import new_book

    try:
        if path.suffix.lower() == _MACROS:
            _make_macro_book(path, language, flavour or "python")
        else:
            new_book(path, language, native=flavour == "native")
    except OSError as error:
        raise WorkbookError(f"{path} cannot be written: {error.strerror or error}. Choose another folder.") from error


def _make_macro_book(path: Path, language: str, flavour: str) -> None:
    """A LAMBDA name and a VBA function of one name never share a file: `named` and `functions` exclude each other."""
    from restock_xl.hosts.excel.macro_book import write_macro_book
    from restock_xl.sheets.new_book import new_book

    python = flavour == "python"
    with tempfile.TemporaryDirectory() as folder:
        plain, made = Path(folder) / "plain.xlsx", Path(folder) / "made.xlsm"
        new_book(plain, language, native=python, named=not python, buttons=True)
        write_macro_book(plain, made, language, functions=python)
        path.write_bytes(made.read_bytes())
