"""A workbook that is open in LibreOffice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from restock.errors import WorkbookError

from .bridge import path_of, properties, url_of
from .coverage import covers
from .documents import EXCEL_FILES, store_excel_names
from .formula_text import FormulaText
from .names import Names
from .ranges import Range
from .sheets import Sheet, Sheets

if TYPE_CHECKING:
    from .app import App

_FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xlsm": "Calc MS Excel 2007 VBA XML", ".ods": "calc8"}


@covers(base_classes.Book)
class Book(base_classes.Book):
    """A spreadsheet document."""

    def __init__(self, app: App, document: Any) -> None:
        self._app, self._document = app, document
        self.formulas = FormulaText(document)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Book) and self._document.RuntimeUID == other._document.RuntimeUID

    def __hash__(self) -> int:
        return hash(self._document.RuntimeUID)

    @property
    def api(self) -> Any:
        """The UNO document."""
        return self._document

    @property
    def app(self) -> App:
        """The LibreOffice that holds it."""
        return self._app

    @property
    def fullname(self) -> str:
        """Path of its file; its title while it was never saved."""
        return path_of(self._document.URL) or self._document.Title

    @property
    def name(self) -> str:
        """Name of its file."""
        return Path(self.fullname).name

    @property
    def sheets(self) -> Sheets:
        """Its sheets."""
        return Sheets(self)

    @property
    def names(self) -> Names:
        """The names of the whole book."""
        return Names(self, self._document.NamedRanges)

    @property
    def selection(self) -> Range | None:
        """The selected cells; None where anything else is selected, or nothing."""
        chosen = self._document.CurrentSelection
        if chosen is None or not hasattr(chosen, "RangeAddress"):
            return None
        place = chosen.RangeAddress
        sheet = Sheet(self, self._document.Sheets.getByIndex(place.Sheet))
        return Range.at(sheet, place)

    def activate(self) -> None:
        """Bring its window to the front, where it has one."""
        frame = self._frame()
        if frame is not None:
            frame.activate()

    def close(self) -> None:
        """Close it without saving."""
        self._document.setModified(False)
        self._document.close(True)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save it, under another name where `path` is given.

        Raises:
            WorkbookError: The name ends in something that LibreOffice cannot write for us.
        """
        if path is None and self._document.hasLocation():
            self._document.store()
        else:
            target = Path(path or f"{self.name}.xlsx")
            self._document.storeAsURL(url_of(target), properties(FilterName=_filter_of(target)))
        _mend(Path(self.fullname))

    def save_copy(self, path: str) -> None:
        """Write a copy; the book itself stays where and as it is, saved or not."""
        self._document.storeToURL(url_of(path), properties(FilterName=_filter_of(Path(path))))
        _mend(Path(path))

    def to_pdf(self, path: str, quality: Any = None) -> None:
        """Write it as PDF."""
        self._document.storeToURL(url_of(path), properties(FilterName="calc_pdf_Export"))

    def run(self, name: str, args: tuple[Any, ...]) -> Any:
        """Run a macro that the book holds, and return what it returns."""
        name = name if "." in name else f"Module1.{name}"
        address = f"vnd.sun.star.script:VBAProject.{name}?language=Basic&location=document"
        return self._document.ScriptProvider.getScript(address).invoke(tuple(args), (), ())[0]

    def hold(self) -> None:
        """Let no window follow changes until `release`."""
        self._document.lockControllers()
        self._document.addActionLock()

    def release(self) -> None:
        """Show what was changed since `hold`."""
        while self._document.hasControllersLocked():
            self._document.unlockControllers()
        while self._document.isActionLocked():
            self._document.removeActionLock()

    def indicator(self) -> Any:
        """The progress bar of its window; None where it has none."""
        frame = self._frame()
        return frame.createStatusIndicator() if frame is not None else None

    def _frame(self) -> Any:
        controller = self._document.CurrentController
        return controller.Frame if controller is not None else None


def _mend(path: Path) -> None:
    """Give a file that was just saved the names that Excel knows."""
    if path.suffix.lower() in EXCEL_FILES:
        store_excel_names(path)


def _filter_of(path: Path) -> str:
    found = _FILTERS.get(path.suffix.lower())
    if found is None:
        raise WorkbookError(f"{path.name} must end in .xlsx, .xlsm or .ods. Give the copy another name.")
    return found
