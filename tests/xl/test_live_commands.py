"""The buttons' commands on an open book: what they ask of it, what they tell, and how they leave the program."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest

from restock.errors import InputError, WorkbookError
from restock.text import Words, say
from restock_xl import live_commands
from restock_xl.hosts.excel import button
from restock_xl.hosts.headless import HeadlessHost
from restock_xl.package.backups import FOLDER

from .books import LAMP, NOW, make


class OpenRange:
    """Cells of an open sheet, as far as the commands look at them."""

    def __init__(self, sheet: OpenSheet, row: int, column: int, rows: int = 1, columns: int = 1) -> None:
        self.sheet, self.row, self.column, self._size = sheet, row, column, (rows, columns)

    @property
    def last_cell(self) -> OpenRange:
        return OpenRange(self.sheet, self.row + self._size[0] - 1, self.column + self._size[1] - 1)

    def options(self, ndim: int) -> SimpleNamespace:
        rows = [
            [self.sheet.page.cell(self.row + r, self.column + c).value for c in range(self._size[1])]
            for r in range(self._size[0])
        ]
        return SimpleNamespace(value=rows[0] if ndim == 1 else rows)

    def select(self) -> None:
        self.sheet.book.app.selection = self

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "value":
            self.sheet.typed[(self.row, self.column)] = value
        else:
            object.__setattr__(self, name, value)


class OpenSheet:
    """A sheet of an open book."""

    def __init__(self, book: OpenBook, page: Any) -> None:
        self.book, self.page, self.name = book, page, page.title
        self.typed: dict[tuple[int, int], Any] = {}
        self.visible = page.sheet_state == "visible"

    @property
    def tables(self) -> list[SimpleNamespace]:
        found = []
        for table in self.page.tables.values():
            left, top, right, bottom = openpyxl.utils.range_boundaries(table.ref)
            area = OpenRange(self, top, left, bottom - top + 1, right - left + 1)
            head = OpenRange(self, top, left, 1, right - left + 1)
            found.append(SimpleNamespace(name=table.name, range=area, header_row_range=head))
        return found

    def range(self, first: Any, last: Any = None) -> OpenRange:
        if isinstance(first, str):
            row, column = openpyxl.utils.cell.coordinate_to_tuple(first)
            return OpenRange(self, row, column)
        end = last or first
        return OpenRange(self, *first, end[0] - first[0] + 1, end[1] - first[1] + 1)

    def activate(self) -> None:
        self.book.sheets.active = self


class Sheets(dict[str, OpenSheet]):
    """The sheets of a book, which are gone through as such."""

    active: OpenSheet

    def __iter__(self) -> Any:
        return iter(self.values())


@dataclass
class App:
    """The program that holds the book."""

    calculation: str = "manual"
    screen_updating: bool = True
    status_bar: Any = False
    selection: Any = None
    told: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)

    def alert(self, text: str, title: str) -> None:
        self.told.append(text)

    @property
    def books(self) -> SimpleNamespace:
        return SimpleNamespace(open=self.opened.append)


class OpenBook:
    """A book that a program has open."""

    def __init__(self, path: Path) -> None:
        self.path, self.app = path, App()
        pages = openpyxl.load_workbook(path, data_only=True)
        self.sheets = Sheets({page.title: OpenSheet(self, page) for page in pages})
        self.sheets.active = next(iter(self.sheets))


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Chinese book with rows that were typed and never computed, by a path with blanks and Chinese."""
    return make(tmp_path_factory.mktemp("我的 表格") / "库存 表.xlsx", "zh", LAMP)


@pytest.fixture
def book(typed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenBook:
    path = tmp_path / typed.name
    shutil.copyfile(typed, path)
    monkeypatch.setattr(live_commands, "_host", lambda book: HeadlessHost(book.path))
    return OpenBook(path)


def select(book: OpenBook, table: str, row: int) -> None:
    """Select a cell in a row below a table's headers."""
    for sheet in book.sheets:
        for found in sheet.tables:
            if found.name == table:
                book.app.selection = OpenRange(sheet, found.range.row + row, found.range.column + 3)
                book.sheets.active = sheet


def test_recompute_writes_and_says_what_it_found(book: OpenBook) -> None:
    """Recompute writes into the book, tells each step in the status bar, and says that it is not saved."""
    steps: list[str] = []
    said = live_commands.recompute(book, NOW, steps.append)
    assert steps == ["reading", "checking", "planning", "writing"]
    assert say("live.not_saved", Words("zh")) in said
    assert "红" in said


def test_check_writes_nothing(book: OpenBook) -> None:
    """Check says what is to be corrected, here nothing, and leaves the file as it is."""
    before = book.path.read_bytes()
    said = live_commands.check(book, NOW, lambda step: None)
    assert said == say("live.no_problems", Words("zh"), rows=len(LAMP["Stock"]))
    assert book.path.read_bytes() == before
    assert not (book.path.parent / FOLDER).exists()


def test_check_names_what_is_to_be_corrected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Check names the first cells that are wrong, and how many more there are."""
    stock = [{"sku": f"A{k}", "on_hand": f"{k} boxes", "daily_sales": 1} for k in range(7)]
    stock.append({"sku": "B", "on_hand": 5, "daily_sales": 1})
    path = make(tmp_path / "b.xlsx", "en", {"Stock": stock})
    monkeypatch.setattr(live_commands, "_host", lambda book: HeadlessHost(path))
    lines = live_commands.check(OpenBook(path), NOW, lambda step: None).splitlines()
    assert lines[0] == say("live.problems", Words("en"), count=7)
    assert all("boxes" in line for line in lines[1:6])
    assert lines[6:] == [say("live.more_problems", Words("en"), others=2)]


def test_export_lies_beside_the_book(book: OpenBook) -> None:
    """The teammates' copy of what is open lies in the book's folder, under a dated name."""
    live_commands.recompute(book, NOW, lambda step: None)
    said = live_commands.export(book, NOW, lambda step: None)
    copies = [path for path in book.path.parent.glob("*.xlsx") if path != book.path]
    assert [path.stem.startswith("库存 表 ") for path in copies] == [True]
    assert copies[0].name in said


def test_explain_shows_the_selected_row(book: OpenBook) -> None:
    """Explain types SKU and warehouse of the selected row on its sheet, as texts, and shows it."""
    select(book, "Stock", 4)
    assert live_commands.explain(book, NOW, lambda step: None) == ""
    sheet = book.sheets["算法说明"]
    assert sheet.typed == {(3, 2): "00123", (4, 2): "US-LA"}
    assert sheet.visible
    assert book.sheets.active is sheet


def test_explain_asks_for_a_row(book: OpenBook) -> None:
    """Where no row with a SKU is selected Explain says what to select."""
    for row in (0, 20):
        select(book, "Stock", row)
        with pytest.raises(InputError, match="请先"):
            live_commands.explain(book, NOW, lambda step: None)


def test_the_last_backup_is_opened(book: OpenBook) -> None:
    """The newest backup of this book opens; where there is none a sentence says so."""
    with pytest.raises(InputError, match="还没有备份"):
        live_commands.last_backup(book, NOW, lambda step: None)
    live_commands.recompute(book, NOW, lambda step: None)
    live_commands.last_backup(book, NOW, lambda step: None)
    assert [Path(name).parent.name for name in book.app.opened] == [FOLDER]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_language_is_that_of_the_settings(language: str, tmp_path: Path) -> None:
    """A book speaks the language that its Settings name, whatever its tabs are called."""
    data = {"Settings": [{"key": "language", "value": language}]}
    other = "zh" if language == "en" else "en"
    assert live_commands.language_of(OpenBook(make(tmp_path / "b.xlsx", other, data))) == language


def _works(book: OpenBook, now: dt.datetime, tell: Callable[[str], None]) -> str:
    tell("planning")
    assert book.app.status_bar == say("live.planning", Words("zh"))
    book.app.calculation, book.app.screen_updating = "automatic", True
    list(book.sheets)[2].activate()
    return "done"


def _fails(book: OpenBook, now: dt.datetime, tell: Callable[[str], None]) -> str:
    _works(book, now, tell)
    raise WorkbookError("The folder is full. Make room.")


def _breaks(book: OpenBook, now: dt.datetime, tell: Callable[[str], None]) -> str:
    _works(book, now, tell)
    raise ZeroDivisionError("by zero")


@pytest.mark.parametrize(
    ("does", "says"),
    [(_works, "done"), (_fails, "The folder is full. Make room."), (_breaks, "ZeroDivisionError: by zero")],
    ids=["works", "fails", "breaks"],
)
def test_the_program_is_left_as_it_was_found(
    book: OpenBook, monkeypatch: pytest.MonkeyPatch, does: Any, says: str
) -> None:
    """On every path calculation, drawing, status bar, sheet and selection come back, and one message is told."""
    monkeypatch.setitem(live_commands.COMMANDS, "recompute", does)
    select(book, "Stock", 2)
    before = (book.app.calculation, book.app.screen_updating, book.app.selection, book.sheets.active)
    button.recompute(book)
    assert (book.app.calculation, book.app.screen_updating, book.app.selection, book.sheets.active) == before
    assert book.app.status_bar is False
    assert len(book.app.told) == 1
    assert says in book.app.told[0]


def test_exit_codes_for_vba(book: OpenBook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python that told its outcome ends with 0; a book out of reach and a message that cannot be shown have codes."""
    pytest.importorskip("xlwings", reason="xlwings is not installed")
    monkeypatch.setattr(button, "calling_book", lambda given: book)
    assert button.main(["check", "--wb=b.xlsm", "--hwnd=1"]) == 0
    monkeypatch.setattr(OpenBook, "app", property(lambda book: 1 / 0), raising=False)
    assert button.main(["check", "--wb=b.xlsm", "--hwnd=1"]) == 5
    monkeypatch.setattr(button, "calling_book", lambda given: 1 / 0)
    assert button.main(["check"]) == 4


def test_the_calling_book_is_found_by_its_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """The book is looked up in the Excel whose window number VBA passed, also with = in its name."""
    xlwings = pytest.importorskip("xlwings", reason="xlwings is not installed")
    apps = [SimpleNamespace(hwnd=1, books={}), SimpleNamespace(hwnd=7, books={"a=b 表.xlsm": "the book"})]
    monkeypatch.setattr(xlwings, "apps", apps)
    assert button.calling_book(["check", "--wb=a=b 表.xlsm", "--from_xl=1", "--hwnd=7"]) == "the book"
    with pytest.raises(LookupError):
        button.calling_book(["check", "--wb=a", "--hwnd=9"])
