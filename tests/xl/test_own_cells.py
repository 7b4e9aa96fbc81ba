"""What a person adds to our sheets stands beside the same keys after every press, and is never lost."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from .books import make, press, type_beside, type_cells
from .own_books import SHEETS, add_column, by_key, copied, found, pressed

KEYS = {"en": ("SKU", "Warehouse"), "zh": ("货号 SKU", "仓库")}
MUG, LAMP, EMPTY = ("MUG-11", "US-LA"), ("LAMP-03", "US-LA"), ("00123", "US-LA")
GONE = {"en": "No longer in the table above", "zh": "上表已无此行"}


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("own")
    return {language: pressed(folder, language) for language in ("en", "zh")}


@pytest.fixture
def book(sources: dict[str, Path], tmp_path: Path) -> Path:
    return copied(sources["en"], tmp_path)


def _writes_nothing(path: Path) -> None:
    before = path.read_bytes()
    assert press(path).changed is False
    assert path.read_bytes() == before


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_column_of_ones_own_follows_its_keys(sources: dict[str, Path], tmp_path: Path, language: str) -> None:
    """Values, formulas and formats of added columns stand beside their keys when the rows change places."""
    path, sheets, keys = copied(sources[language], tmp_path), SHEETS[language], KEYS[language]
    before = list(by_key(path, sheets["Alerts"], "Alerts", keys))
    add_column(path, sheets["Alerts"], "Alerts", "Mine", lambda row: f"=H{row}*2+$AC$1", "H4*2+$AC$1")
    add_column(path, sheets["Alerts"], "Alerts", "Box", lambda row: f"box of {before[row - 4][0]}")
    type_cells(path, sheets["Alerts"], {"AC1": 0.5})
    _writes_nothing_new(path)
    type_cells(path, sheets["Stock"], {"C7": 2000, "C5": 1})
    assert press(path).changed
    rows = by_key(path, sheets["Alerts"], "Alerts", keys)
    assert [key for key in rows if key in before] != before
    for key, row in rows.items():
        mine = row["Mine"]
        assert mine.value == f"=H{mine.row}*2+$AC$1"
        assert row["Box"].value == f"box of {key[0]}"
        assert (row["Box"].fill.fgColor.rgb, mine.number_format, mine.font.bold) == ("FFFFFF00", "0.000", True)
    shown = by_key(path, sheets["Alerts"], "Alerts", keys, values=True)
    available = {"en": "Available (units)", "zh": "可售库存(件)"}[language]
    assert all(row["Mine"].value == (row[available].value or 0) * 2 + 0.5 for row in shown.values())
    _writes_nothing(path)


def _writes_nothing_new(path: Path) -> None:
    """A press after typing stores values of the new formulas, and moves nothing."""
    press(path)
    _writes_nothing(path)


def test_a_calculated_column_goes_on_in_new_rows(book: Path) -> None:
    """A row that is new gets the formula and format of the column; a column of single values stays blank there."""
    type_cells(book, "Stock", {"C7": 3000})
    press(book)
    add_column(book, "Alerts", "Alerts", "Twice", lambda row: f"=Alerts[[#This Row],[Available (units)]]*2+H{row}",
               "Alerts[[#This Row],[Available (units)]]*2+H4")  # fmt: skip
    add_column(book, "Alerts", "Alerts", "Box", lambda row: f"box {row}")
    type_cells(book, "Stock", {"C7": 0})
    press(book)
    new = by_key(book, "Alerts", "Alerts", KEYS["en"])[EMPTY]
    assert new["Twice"].value == f"=Alerts[[#This Row],[Available (units)]]*2+H{new['Twice'].row}"
    assert (new["Twice"].number_format, new["Box"].value, new["Box"].number_format) == ("0.000", None, "0.000")
    table = openpyxl.load_workbook(book)["Alerts"].tables["Alerts"]
    formulas = {one.name: one.calculatedColumnFormula.attr_text for one in table.tableColumns
                if one.calculatedColumnFormula}  # fmt: skip
    assert formulas == {"Twice": "Alerts[[#This Row],[Available (units)]]*2+H4"}
    _writes_nothing(book)


def test_a_column_inserted_between_ours(book: Path) -> None:
    """It moves right of ours with its values, and its formulas still mean the same columns."""
    add_column(book, "Orders", "Orders", "Half", lambda row: f"=$H{row}/2", at=5)
    before = by_key(book, "Orders", "Orders", ("SKU", "To warehouse"))
    header = {cell.column_letter: name for name, cell in next(iter(before.values())).items()}["H"]
    press(book)
    rows = by_key(book, "Orders", "Orders", ("SKU", "To warehouse"))
    assert set(rows) == set(before)
    for row in rows.values():
        assert list(row)[-1] == "Half"
        assert row["Half"].value == f"=${row[header].column_letter}{row['Half'].row}/2"
    _writes_nothing(book)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_cells_beside_and_around_a_table(sources: dict[str, Path], tmp_path: Path, language: str) -> None:
    """Notes beside a row go with its key; titles stay; a sum below keeps its distance and holds all rows."""
    path, sheets = copied(sources[language], tmp_path), SHEETS[language]
    sheet = sheets["Alerts"]
    rows = by_key(path, sheet, "Alerts", KEYS[language])
    last = range_boundaries(openpyxl.load_workbook(path)[sheet].tables["Alerts"].ref)[3]
    mug = next(iter(rows[MUG].values())).row
    type_cells(path, sheet, {
        f"T{mug}": "call Li", f"W{mug}": f"=E{mug}&\"!\"", "C1": "our list", "V3": "head", "W1": f"=H{mug}+1",
        f"G{last + 2}": "all", f"H{last + 2}": f"=SUM(H4:H{last})", f"H{last + 3}": f"=H{last + 2}*2",
    })  # fmt: skip
    type_cells(path, sheets["Stock"], {"C4": 100_000})
    assert press(path).changed
    page, rows = openpyxl.load_workbook(path)[sheet], by_key(path, sheet, "Alerts", KEYS[language])
    assert LAMP not in rows
    row = next(iter(rows[MUG].values())).row
    assert row != mug
    assert (page[f"T{row}"].value, page[f"W{row}"].value) == ("call Li", f'=E{row}&"!"')
    assert (page["C1"].value, page["V3"].value, page["W1"].value) == ("our list", "head", f"=H{row}+1")
    last = range_boundaries(page.tables["Alerts"].ref)[3]
    assert page[f"G{last + 2}"].value == "all"
    assert (page[f"H{last + 2}"].value, page[f"H{last + 3}"].value) == (f"=SUM(H4:H{last})", f"=H{last + 2}*2")
    _writes_nothing(path)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_note_whose_key_is_gone_waits_below(sources: dict[str, Path], tmp_path: Path, language: str) -> None:
    """It stands below the table with its key until the key is back, and then beside it again."""
    path, sheets, keys = copied(sources[language], tmp_path), SHEETS[language], KEYS[language]
    sheet = sheets["Alerts"]
    lamp = next(iter(by_key(path, sheet, "Alerts", keys)[LAMP].values())).row
    type_cells(path, sheet, {f"V{lamp}": "ask Huamei"})
    type_cells(path, sheets["Stock"], {"C4": 100_000})
    press(path)
    page = openpyxl.load_workbook(path)[sheet]
    [place] = found(path, sheet, "ask Huamei")
    assert page[place].row > range_boundaries(page.tables["Alerts"].ref)[3] + 1
    shown = [cell.value for cell in page[page[place].row]]
    assert {GONE[language], *LAMP} <= set(shown)
    _writes_nothing(path)
    type_cells(path, sheets["Stock"], {"C4": 280})
    press(path)
    row = next(iter(by_key(path, sheet, "Alerts", keys)[LAMP].values())).row
    assert found(path, sheet, "ask Huamei") == [f"V{row}"]
    assert found(path, sheet, GONE[language]) == []
    _writes_nothing(path)


def test_cells_beside_a_suggestion_keep_it_on_the_sheet(book: Path) -> None:
    """A suggestion that is no longer made stays, marked, as long as something stands beside it."""
    type_cells(book, "Transfers", {"S4": "call first"})
    type_cells(book, "Stock", {"C5": 5000})
    press(book)
    row = next(iter(by_key(book, "Transfers", "Transfers", ("SKU", "From", "To")).values()))
    assert row["Why"].value == "No longer suggested"
    assert found(book, "Transfers", "call first") == [f"S{row['Why'].row}"]
    _writes_nothing(book)
    type_cells(book, "Transfers", {"S4": None})
    press(book)
    assert found(book, "Transfers", "No longer suggested") == []


def test_cells_between_the_two_tables_of_a_sheet(book: Path) -> None:
    """The accepted lines move down as far as what stands above them needs; each cell stays by its table."""
    type_beside(book, "Orders", {"Accept (Y)": "Y"})
    press(book)
    upper = range_boundaries(openpyxl.load_workbook(book)["Orders"].tables["Orders"].ref)
    lower = range_boundaries(openpyxl.load_workbook(book)["Orders"].tables["OrdersCommitted"].ref)
    cells = {f"D{upper[3] + 1}": f"=SUM(L4:L{upper[3]})", f"B{upper[3] + 2}": "mine", f"AC{lower[1] + 1}": "on ship 7",
             f"C{lower[3] + 3}": "far below", f"B{lower[1] - 2}": "beside the title"}  # fmt: skip
    type_cells(book, "Orders", cells)
    add_column(book, "Orders", "OrdersCommitted", "Container", lambda row: f"MSKU {row}")
    press(book)
    type_beside(book, "Orders", {"Accept (Y)": "Y"})
    press(book)
    page = openpyxl.load_workbook(book)["Orders"]
    upper, lower = (range_boundaries(page.tables[name].ref) for name in ("Orders", "OrdersCommitted"))
    assert page[f"D{upper[3] + 1}"].value == f"=SUM(L4:L{upper[3]})"
    assert page[f"B{upper[3] + 2}"].value == "mine"
    assert lower[1] == upper[3] + 6  # the two rows, a blank one, the title, its help
    assert page[f"AD{lower[1] + 1}"].value is None
    assert page[f"AC{lower[1] + 1}"].value == "on ship 7" or found(book, "Orders", "on ship 7")
    assert page[f"C{lower[3] + 3}"].value == "far below"
    assert page[f"B{lower[1] - 2}"].value == "beside the title"
    assert len(found(book, "Orders", "Container")) == 1
    _writes_nothing(book)


def test_a_row_without_a_key_in_the_table(book: Path) -> None:
    """A row that a person typed at the end of a table, which we never write, goes below it."""
    page = openpyxl.load_workbook(book)
    table = page["Alerts"].tables["Alerts"]
    right, bottom = range_boundaries(table.ref)[2:]
    page["Alerts"].cell(bottom + 1, 7, "all together")
    table.ref = f"A3:{openpyxl.utils.get_column_letter(right)}{bottom + 1}"
    table.autoFilter.ref = table.ref
    page.save(book)
    press(book)
    assert found(book, "Alerts", "all together") == [f"G{bottom + 2}"]
    _writes_nothing(book)


def test_cells_on_sheets_of_text(book: Path) -> None:
    """On Today and Explain what stands beside our text stays, what stands below it stays below, nothing is lost."""
    bottom = max(cell.row for row in openpyxl.load_workbook(book)["Today"].iter_rows() for cell in row if cell.value)
    type_cells(book, "Today", {"H5": "beside", f"B{bottom + 3}": "below", "C4": "between"})
    type_cells(book, "Explain", {"F9": "=B8*2", "W3": "far"})
    type_cells(book, "Stock", {"C5": 2000, "C7": 900})
    press(book)
    now = openpyxl.load_workbook(book)["Today"]
    bottom = max(cell.row for row in now.iter_rows(max_col=1) for cell in row if cell.value)
    assert found(book, "Today", "beside") == ["H5"]
    assert found(book, "Today", "below") == [f"B{bottom + 3}"]
    assert len(found(book, "Today", "between")) == 1
    assert (found(book, "Explain", "=B8*2"), found(book, "Explain", "far")) == (["F9"], ["W3"])
    _writes_nothing(book)


def test_cells_of_a_new_book_survive_the_first_press(tmp_path: Path) -> None:
    """What a person typed on the pre-made sheets before the button was ever pressed stays."""
    from .books import LAMP as DATA

    path = make(tmp_path / "book.xlsx", data=DATA)
    type_cells(path, "Orders", {"Y1": "mine", "B5": "under", "AB9": 7})
    type_cells(path, "Forecast", {"C1": "my forecast"})
    press(path)
    assert found(path, "Orders", "mine") == ["Y1"]
    assert len(found(path, "Orders", "under")) == len(found(path, "Forecast", "my forecast")) == 1
    assert 7 in [cell.value for row in openpyxl.load_workbook(path)["Orders"].iter_rows() for cell in row]
    _writes_nothing(path)
