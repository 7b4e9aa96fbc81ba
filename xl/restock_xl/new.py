"""Make a new workbook on disk, and refuse what cannot be made yet."""

from __future__ import annotations

from pathlib import Path

from restock.errors import WorkbookError

LANGUAGES = ("en", "zh")
FLAVOURS = ("plain", "native", "python")


def check_target(path: Path, language: str, flavour: str = "plain") -> None:
    """Refuse a name, a language or a flavour that no new book can have.

    Raises:
        WorkbookError: With a sentence.
    """
    if language not in LANGUAGES:
        raise WorkbookError(f'--lang: "{language}" is not one of our languages. Type en or zh.')
    if flavour not in FLAVOURS:
        raise WorkbookError(f'--flavour: "{flavour}" is not one of plain, native, python. Leave it out if unsure.')
    if path.suffix.lower() == ".xlsm" or flavour == "python":
        raise WorkbookError(
            f"{path.name}: the workbook with macro buttons is not built yet. Make an .xlsx; "
            "restock recompute does everything that the button will do."
        )
    if path.suffix.lower() != ".xlsx":
        raise WorkbookError(f'{path.name} must end in .xlsx, for example "{path.stem or "stock"}.xlsx".')
    if path.exists():
        raise WorkbookError(f"{path} is there already and is left as it is. Choose another name.")
    if not path.absolute().parent.is_dir():
        raise WorkbookError(f"There is no folder {path.absolute().parent}. Make it first, or choose another.")


def make_book(path: Path, language: str = "en", flavour: str = "plain") -> None:
    """Write a new, empty book at `path`.

    Args:
        flavour: "plain" for every program; "native" calls our LAMBDA names, for a team that is all on Microsoft 365.

    Raises:
        WorkbookError: The name, the language or the folder does not do.
    """
    check_target(path, language, flavour)
    from restock_xl.sheets.new_book import new_book

    try:
        new_book(path, language, native=flavour == "native")
    except OSError as error:
        raise WorkbookError(f"{path} cannot be written: {error.strerror or error}. Choose another folder.") from error
