"""The program: what it has open, how it calculates, what its status bar says, and its macros."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from restock.errors import WorkbookError

from .book import Book
from .bridge import path_of, properties, url_of
from .coverage import covers
from .office import desktop
from .ranges import Range

if TYPE_CHECKING:
    from .engine import Engine

_RUN_ALWAYS, _RUN_NEVER = 4, 0  # com.sun.star.document.MacroExecMode
_PROGRESS_STEPS = 100


@covers(base_classes.App)
class App(base_classes.App):
    """One LibreOffice; `copied` is the range that was copied last, for `Range.paste`."""

    display_alerts = enable_events = interactive = True

    def __init__(self, engine: Engine, context: Any, pid: int) -> None:
        self._engine, self.context, self._pid = engine, context, pid
        self.desktop = desktop(context)
        self.copied: Range | None = None
        self._calculation = "automatic"
        self._updating = True
        self._status: Any = False

    @property
    def engine(self) -> Engine:
        """The engine, as xlwings asks for it."""
        return self._engine

    @property
    def api(self) -> Any:
        """The UNO desktop."""
        return self.desktop

    @property
    def pid(self) -> int:
        """The process id."""
        return self._pid

    @property
    def version(self) -> str:
        """Version of LibreOffice, for example 7.4."""
        provider = self.context.ServiceManager.createInstanceWithContext(
            "com.sun.star.configuration.ConfigurationProvider", self.context
        )
        access = provider.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationAccess", properties(nodepath="/org.openoffice.Setup/Product")
        )
        return str(access.getByName("ooSetupVersion"))

    @property
    def books(self) -> Books:
        """The spreadsheets that are open."""
        return Books(self)

    @property
    def selection(self) -> Range | None:
        """The selected cells of the book in front."""
        return self.books.active.selection

    def activate(self, steal_focus: bool = False) -> None:
        """Bring the window to the front."""
        self.books.active.activate()

    @property
    def screen_updating(self) -> bool:
        """Whether windows follow changes at once."""
        return self._updating

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        if bool(value) != self._updating:
            self._updating = bool(value)
            for book in self.books:
                book.hold() if not value else book.release()

    @property
    def calculation(self) -> str:
        """`automatic` or `manual`."""
        return self._calculation

    @calculation.setter
    def calculation(self, value: str) -> None:
        self._calculation = "manual" if value == "manual" else "automatic"
        for book in self.books:
            book.api.enableAutomaticCalculation(value != "manual")

    def calculate(self) -> None:
        """Calculate every book anew; formulas that were never calculated here are not skipped."""
        for book in self.books:
            book.api.calculateAll()

    @property
    def status_bar(self) -> Any:
        """The text in the status bar; False while it is LibreOffice's own."""
        return self._status

    @status_bar.setter
    def status_bar(self, value: Any) -> None:
        self._status = value or False
        indicator = self.books.active.indicator() if len(self.books) else None
        if indicator is None:
            return
        if value:
            indicator.start(str(value), _PROGRESS_STEPS)
        else:
            indicator.end()

    @property
    def cut_copy_mode(self) -> str | bool:
        """`copy` while a range is copied; set to False it is forgotten."""
        return "copy" if self.copied is not None else False

    @cut_copy_mode.setter
    def cut_copy_mode(self, value: Any) -> None:
        if not value:
            self.copied = None

    def run(self, macro: str, args: tuple[Any, ...]) -> Any:
        """Run a macro of the active book, `Module.Name` or the name alone where it stands in Module1."""
        book, _, name = macro.rpartition("!")
        owner = self.books(book.strip("'")) if book else self.books.active
        return owner.run(name, args)

    def quit(self) -> None:
        """Close all books without saving and end the program."""
        for book in list(self.books):
            book.close()
        with suppress(Exception):  # the connection breaks while the program ends
            self.desktop.terminate()
        self._engine.apps.forget(self._pid)

    kill = quit


@covers(base_classes.Books)
class Books(base_classes.Books):
    """The spreadsheets that are open in a LibreOffice."""

    def __init__(self, app: App) -> None:
        self.app = app

    def __iter__(self) -> Iterator[Book]:
        components = self.app.desktop.Components.createEnumeration()
        while components.hasMoreElements():
            document = components.nextElement()
            if document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
                yield Book(self.app, document)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @property
    def active(self) -> Book:
        """The book in front, else the one opened last."""
        document = self.app.desktop.CurrentComponent
        if document is not None and document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
            return Book(self.app, document)
        books = list(self)
        if not books:
            raise WorkbookError("No workbook is open in LibreOffice. Open one and try again.")
        return books[0]

    def __call__(self, name: str | int) -> Book:
        books = list(self)
        if isinstance(name, int):
            return books[name - 1]
        for book in books:
            if name.casefold() in (book.name.casefold(), book.fullname.casefold()):
                return book
        raise KeyError(name)

    def add(self) -> Book:
        """Make a new, empty book."""
        return self._load("private:factory/scalc", _RUN_NEVER)

    def open(self, fullname: str, update_links: Any = None, read_only: Any = None, *_: Any) -> Book:
        """Open a file; its macros may run where the app lets events happen."""
        mode = _RUN_ALWAYS if self.app.enable_events else _RUN_NEVER
        return self._load(url_of(fullname), mode, ReadOnly=bool(read_only))

    def _load(self, url: str, macros: int, **more: Any) -> Book:
        hidden = not self.app.screen_updating
        arguments = properties(Hidden=hidden, MacroExecutionMode=macros, **more)
        document = self.app.desktop.loadComponentFromURL(url, "_blank", 0, arguments)
        if document is None or not hasattr(document, "Sheets"):
            raise WorkbookError(f"LibreOffice cannot open {path_of(url)}. Check that it is a workbook.")
        book = Book(self.app, document)
        if self.app.calculation == "manual":
            document.enableAutomaticCalculation(False)
        if hidden:
            book.hold()
        return book
