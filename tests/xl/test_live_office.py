"""The button's work on a book that is open in a real LibreOffice, beside the same book recomputed as a file."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from restock.errors import WorkbookError
from restock_xl.hosts.live import LiveHost
from restock_xl.package.read import read_book
from restock_xl.recompute import recompute
from restock_xl.sheets import layout
from tests.xl.books import LAMP, NOW, TODAY, make, parts, press
from tests.xl.offices import differences, shown, tables

if TYPE_CHECKING:
    import xlwings

FORMULAS = {
    "A1": "=SUM(Forecast!I4:I9)", "A2": "=Orders!C4", "A3": "=COUNTA(Alerts!B4:B40)",
    "A4": '=IF(Stock!H4="RED",1,2)',
}  # fmt: skip


@pytest.fixture(scope="module")
def small() -> Any:
    """New books have a few rows to type into instead of hundreds, which only cost time here."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("Stock", "Sales", "Catalog"):
            patch.setitem(layout.PREMADE_ROWS, name, 12)
        yield


def add_own_sheet(book: xlwings.Book) -> None:
    """Give a book a sheet of the user's, with formulas and a chart that point at our sheets."""
    from restock_xl.hosts.libreoffice.bridge import struct

    sheet = book.sheets.add("My view", after=book.sheets[-1])
    for cell, formula in FORMULAS.items():
        sheet[cell].formula = formula
    sheet["B1"].value = "'007"
    values = book.sheets["Forecast"]["I3:I9"].impl.api.RangeAddress
    frame = struct("awt.Rectangle", X=5000, Y=1000, Width=9000, Height=6000)
    sheet.impl.api.Charts.addNewByName("Own chart", frame, (values,), True, False)


class Pressed:
    """A book that was changed and pressed in LibreOffice, saved there, and its twin that was pressed as a file."""

    def __init__(self, folder: Path, app: xlwings.App, earlier: bool) -> None:
        self.folder = folder
        self.path = make(folder / "库存 book.xlsx", "en", LAMP)
        if earlier:
            press(self.path, TODAY - dt.timedelta(days=3))
        self.stored = self.path.read_bytes()
        book = app.books.open(self.path)
        stock = book.sheets["Stock"]
        stock["C4"].value, stock["A10:E10"].value = 33, ["ROW-10", "DE-HAM", 4, None, 2]
        stock["A16:E16"].value = ["UNDER-1", "US-LA", 100, None, 4]
        self.last_row = stock.tables["Stock"].range.last_cell.row
        add_own_sheet(book)
        book.sheets["Stock"].activate()
        stock["C4:D5"].select()
        self.twin = folder / "pressed as a file" / "twin.xlsx"
        self.twin.parent.mkdir()
        book.impl.save_copy(str(self.twin))
        self.outcome = recompute(LiveHost(book), TODAY, NOW)
        self.file_kept = self.path.read_bytes() == self.stored
        self.state = (app.calculation, app.screen_updating, app.display_alerts, app.selection.address,
                      book.sheets.active.name, app.status_bar)  # fmt: skip
        self.after = folder / "after.xlsx"
        book.impl.save_copy(str(self.after))
        self.backups = [len(list((folder / "restock-backups").iterdir()))]
        self.again = recompute(LiveHost(book), TODAY, NOW)
        self.backups.append(len(list((folder / "restock-backups").iterdir())))
        book.close()
        press(self.twin)


@pytest.fixture(scope="module", params=[False, True], ids=["first press", "later press"])
def pressed(
    request: pytest.FixtureRequest, libreoffice: xlwings.App, tmp_path_factory: pytest.TempPathFactory, small: None
) -> Pressed:
    return Pressed(tmp_path_factory.mktemp("live 店铺"), libreoffice, request.param)


def test_every_sheet_shows_what_a_file_would(pressed: Pressed) -> None:
    """The open book equals the same book recomputed as a file, cell by cell; tables stand in the same places."""
    assert differences(shown(pressed.after), shown(pressed.twin)) == []
    assert tables(pressed.after) == tables(pressed.twin)
    assert read_book(pressed.after).book.owned() == read_book(pressed.twin).book.owned()


def test_rows_typed_under_the_table_are_taken_in(pressed: Pressed) -> None:
    """A SKU typed right under Stock gets its formulas, and the table reaches down to it."""
    stock = shown(pressed.after)["Stock"]
    assert (pressed.last_row, tables(pressed.after)["Stock"][1]) == (15, "A3:AF16")
    assert (stock["H16"], stock["I16"]) == ("GREEN", 25.0)
    assert any("16" in line for line in pressed.outcome.healed)


def test_what_people_made_stays(pressed: Pressed) -> None:
    """Formulas and charts of the user's still point at our sheets, and a text of digits is still a text."""
    page = openpyxl.load_workbook(pressed.after)["My view"]
    assert {cell: page[cell].value for cell in FORMULAS} == FORMULAS
    assert page["B1"].value == "007"
    charts = [data.decode() for name, data in parts(pressed.after).items() if re.match(r"xl/charts/chart\d", name)]
    assert ["Forecast!$I$4:$I$9" in chart for chart in charts].count(True) == 1
    values = openpyxl.load_workbook(pressed.after, data_only=True)["My view"]
    assert values["A4"].value == (1 if shown(pressed.after)["Stock"]["H4"] == "RED" else 2)


def test_sheets_stay_hidden_and_in_their_order(pressed: Pressed) -> None:
    """A sheet that a press adds stands behind the others, hidden if the plan hides it."""
    states = [[(sheet.name, sheet.state) for sheet in read_book(path).book.sheets]
              for path in (pressed.after, pressed.twin)]  # fmt: skip
    assert states[0] == states[1]


def test_nothing_is_saved_and_the_program_is_as_it_was(pressed: Pressed) -> None:
    """The book's own file stays as it is; calculation, drawing, selection and status bar come back."""
    assert pressed.file_kept
    assert pressed.state == ("automatic", True, True, "$C$4:$D$5", "Stock", False)


def test_the_backup_holds_the_book_as_it_stood(pressed: Pressed) -> None:
    """What was typed and not saved yet is in the backup."""
    assert pressed.outcome.backup is not None
    assert pressed.outcome.backup.parent == pressed.folder / "restock-backups"
    assert shown(pressed.outcome.backup)["Stock"]["A10"] == "ROW-10"


def test_a_second_press_finds_nothing_new(pressed: Pressed) -> None:
    """Without a change there is no second backup."""
    assert (pressed.outcome.changed, pressed.again.changed) == (True, False)
    assert pressed.backups[0] == pressed.backups[1]


def test_a_failure_puts_everything_back(libreoffice: xlwings.App, tmp_path: Path, small: None) -> None:
    """Where a sheet is protected, those written before it show again what they showed; the sentence names it."""
    book = libreoffice.books.open(make(tmp_path / "book.xlsx", "zh", LAMP))
    before, after = tmp_path / "before.xlsx", tmp_path / "after.xlsx"
    book.impl.save_copy(str(before))
    book.sheets["预警"].impl.api.protect("")
    with pytest.raises(WorkbookError, match=r"预警.*20261123-093000"):
        recompute(LiveHost(book), TODAY, NOW)
    book.sheets["预警"].impl.api.unprotect("")
    book.impl.save_copy(str(after))
    state = libreoffice.calculation, libreoffice.screen_updating, book.sheets.active.name
    book.close()
    assert differences(shown(after), shown(before)) == []
    assert tables(after) == tables(before)
    assert state == ("automatic", True, "开始")


def test_a_book_without_a_file_is_refused(libreoffice: xlwings.App) -> None:
    """A backup needs a folder, so the book is to be saved first."""
    book = libreoffice.books.add()
    with pytest.raises(WorkbookError, match="Save this book to a folder"):
        LiveHost(book)
    book.close()
