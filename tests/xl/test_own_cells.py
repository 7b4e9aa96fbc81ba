"""What a person adds to our sheets stands beside the same keys after every press, and is never lost."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from .books import LAMP as DATA
from .books import make, press, type_beside, type_cells
from .own_books import SHEETS, add_column, by_key, copied, ends, found, page_of, pressed

KEYS = {"en": ("SKU", "Warehouse"), "zh": ("货号 SKU", "仓库")}
MUG, LAMP, EMPTY = ("MUG-11", "US-LA"), ("LAMP-03", "US-LA"), ("00123", "US-LA")
GONE = {"en": "No longer in the table above", "zh": "上表已无此行"}
LAMP_CELL, MUG_CELL, EMPTY_CELL = "C2", "C3", "C5"  # on hand, on Stock


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


def _row(page: object, key: tuple[str, str], language: str = "en") -> int:
    return int(next(iter(by_key(page, "Alerts", KEYS[language])[key].values())).row)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_column_of_ones_own_follows_its_keys(sources: dict[str, Path], tmp_path: Path, language: str) -> None:
    """Values, formulas and formats of added columns stand beside their keys when the rows change places."""
    path, sheets, keys = copied(sources[language], tmp_path), SHEETS[language], KEYS[language]
    before = list(by_key(page_of(path, sheets["Alerts"]), "Alerts", keys))
    add_column(path, sheets["Alerts"], "Alerts", "Mine", lambda row: f"=H{row}*2+$AC$1", "H4*2+$AC$1")
    add_column(path, sheets["Alerts"], "Alerts", "Box", lambda row: f"box of {before[row - 4][0]}")
    type_cells(path, sheets["Alerts"], {"AC1": 0.5})
    type_cells(path, sheets["Stock"], {EMPTY_CELL: 2000, MUG_CELL: 1})
    assert press(path).changed
    rows = by_key(page_of(path, sheets["Alerts"]), "Alerts", keys)
    assert list(rows) != before[: len(rows)]
    for key, row in rows.items():
        mine = row["Mine"]
        assert mine.value == f"=H{mine.row}*2+$AC$1"
        assert row["Box"].value == f"box of {key[0]}"
        assert (row["Box"].fill.fgColor.rgb, mine.number_format, mine.font.bold) == ("FFFFFF00", "0.000", True)
    shown = by_key(openpyxl.load_workbook(path, data_only=True)[sheets["Alerts"]], "Alerts", keys)
    available = {"en": "Available (units)", "zh": "可售库存(件)"}[language]
    assert all(row["Mine"].value == (row[available].value or 0) * 2 + 0.5 for row in shown.values())
    _writes_nothing(path)


def test_a_calculated_column_goes_on_in_new_rows(book: Path) -> None:
    """A row that is new gets the formula and format of the column; a column of single values stays blank there."""
    formula = "Alerts[[#This Row],[Available (units)]]*2+H"
    type_cells(book, "Stock", {EMPTY_CELL: 3000})
    press(book)
    add_column(book, "Alerts", "Alerts", "Twice", lambda row: f"={formula}{row}", f"{formula}4")
    add_column(book, "Alerts", "Alerts", "Box", lambda row: f"box {row}")
    type_cells(book, "Stock", {EMPTY_CELL: 0})
    press(book)
    page = page_of(book, "Alerts")
    new = by_key(page, "Alerts", KEYS["en"])[EMPTY]
    assert new["Twice"].value == f"={formula}{new['Twice'].row}"
    assert (new["Twice"].number_format, new["Box"].value, new["Box"].number_format) == ("0.000", None, "0.000")
    stated = {one.name: one.calculatedColumnFormula for one in page.tables["Alerts"].tableColumns}
    assert {name: one.attr_text for name, one in stated.items() if one} == {"Twice": f"{formula}4"}
    _writes_nothing(book)


def test_a_column_inserted_between_ours(book: Path) -> None:
    """It moves right of ours with its values, and its formulas still mean the same columns."""
    add_column(book, "Orders", "Orders", "Half", lambda row: f"=$H{row}/2", at=5)
    before = by_key(page_of(book, "Orders"), "Orders", ("SKU", "To warehouse"))
    header = {cell.column_letter: name for name, cell in next(iter(before.values())).items()}["H"]
    press(book)
    rows = by_key(page_of(book, "Orders"), "Orders", ("SKU", "To warehouse"))
    assert set(rows) == set(before)
    for row in rows.values():
        assert list(row)[-1] == "Half"
        assert row["Half"].value == f"=${row[header].column_letter}{row['Half'].row}/2"
    _writes_nothing(book)


def test_cells_beside_and_around_a_table(book: Path) -> None:
    """Notes beside a row go with its key; titles stay; a sum below keeps its distance and holds all rows."""
    page = page_of(book, "Alerts")
    mug, last = _row(page, MUG), ends(page, "Alerts")[1]
    type_cells(book, "Alerts", {
        f"T{mug}": "call Li", f"W{mug}": f'=E{mug}&"!"', "C1": "our list", "V3": "head", "W1": f"=H{mug}+1",
        f"G{last + 2}": "all", f"H{last + 2}": f"=SUM(H4:H{last})", f"H{last + 3}": f"=H{last + 2}*2",
    })  # fmt: skip
    type_cells(book, "Stock", {LAMP_CELL: 100_000})
    assert press(book).changed
    page = page_of(book, "Alerts")
    row, last = _row(page, MUG), ends(page, "Alerts")[1]
    assert row != mug
    assert (page[f"T{row}"].value, page[f"W{row}"].value) == ("call Li", f'=E{row}&"!"')
    assert (page["C1"].value, page["V3"].value, page["W1"].value) == ("our list", "head", f"=H{row}+1")
    assert page[f"G{last + 2}"].value == "all"
    assert (page[f"H{last + 2}"].value, page[f"H{last + 3}"].value) == (f"=SUM(H4:H{last})", f"=H{last + 2}*2")
    _writes_nothing(book)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_note_whose_key_is_gone_waits_below(sources: dict[str, Path], tmp_path: Path, language: str) -> None:
    """It stands below the table with its key until the key is back, and then beside it again."""
    path, sheets = copied(sources[language], tmp_path), SHEETS[language]
    sheet = sheets["Alerts"]
    lamp = _row(page_of(path, sheet), LAMP, language)
    type_cells(path, sheet, {f"V{lamp}": "ask Huamei"})
    type_cells(path, sheets["Stock"], {LAMP_CELL: 100_000})
    press(path)
    page = page_of(path, sheet)
    [place] = found(page, "ask Huamei")
    assert page[place].row > ends(page, "Alerts")[1] + 1
    assert {GONE[language], *LAMP} <= {cell.value for cell in page[page[place].row]}
    _writes_nothing(path)
    type_cells(path, sheets["Stock"], {LAMP_CELL: 280})
    press(path)
    page = page_of(path, sheet)
    assert found(page, "ask Huamei") == [f"V{_row(page, LAMP, language)}"]
    assert found(page, GONE[language]) == []
    _writes_nothing(path)


def test_cells_beside_a_suggestion_keep_it_on_the_sheet(book: Path) -> None:
    """A suggestion that is no longer made stays, marked, as long as something stands beside it."""
    type_cells(book, "Transfers", {"AD4": "call first"})
    type_cells(book, "Stock", {MUG_CELL: 5000})
    press(book)
    page = page_of(book, "Transfers")
    [row] = by_key(page, "Transfers", ("SKU", "From", "To")).values()
    assert row["Why"].value == "No longer suggested"
    assert found(page, "call first") == [f"AD{row['Why'].row}"]
    _writes_nothing(book)
    type_cells(book, "Transfers", {"AD4": None})
    press(book)
    assert found(page_of(book, "Transfers"), "No longer suggested") == []


def test_cells_between_the_two_tables_of_a_sheet(book: Path) -> None:
    """The accepted lines move down as far as what stands above them needs; each cell stays by its table."""
    type_beside(book, "Orders", {"Accept (Y)": "Y"})
    press(book)
    page = page_of(book, "Orders")
    upper, lower = ends(page, "Orders"), ends(page, "OrdersCommitted")
    first = lower[0] + 1
    cells = {f"D{upper[1] + 1}": f"=SUM(L4:L{upper[1]})", f"B{upper[1] + 2}": "mine", f"AC{first}": "on ship 7",
             f"C{lower[1] + 3}": "far below", f"B{lower[0] - 2}": "beside the title"}  # fmt: skip
    type_cells(book, "Orders", cells)
    add_column(book, "Orders", "OrdersCommitted", "Container", lambda row: f"MSKU {row}")
    type_beside(book, "Orders", {"Accept (Y)": "Y"})
    press(book)
    page = page_of(book, "Orders")
    upper, lower = ends(page, "Orders"), ends(page, "OrdersCommitted")
    assert page[f"D{upper[1] + 1}"].value == f"=SUM(L4:L{upper[1]})"
    assert page[f"B{upper[1] + 2}"].value == "mine"
    assert lower[0] == upper[1] + 6  # the two rows, a blank one, the title, its help
    assert [place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for place in found(page, f"MSKU {first}")] == [str(lower[0] + 1)]
    assert found(page, "on ship 7") == [f"AC{lower[0] + 1}"]
    assert page[f"C{lower[1] + 3}"].value == "far below"
    assert page[f"B{lower[0] - 2}"].value == "beside the title"
    _writes_nothing(book)


def test_a_row_without_a_key_in_the_table(book: Path) -> None:
    """A row that a person typed at the end of a table, which we never write, goes below it."""
    typed = openpyxl.load_workbook(book)
    table = typed["Alerts"].tables["Alerts"]
    right, bottom = range_boundaries(table.ref)[2:]
    typed["Alerts"].cell(bottom + 1, 7, "all together")
    table.ref = f"A3:{openpyxl.utils.get_column_letter(right)}{bottom + 1}"
    table.autoFilter.ref = table.ref
    typed.save(book)
    press(book)
    assert found(page_of(book, "Alerts"), "all together") == [f"G{bottom + 2}"]
    _writes_nothing(book)


def test_cells_on_sheets_of_text(book: Path) -> None:
    """On Today and Explain what stands beside our text stays, what stands below it stays below, nothing is lost."""
    bottom = max(cell.row for row in page_of(book, "Today").iter_rows() for cell in row if cell.value)
    type_cells(book, "Today", {"H5": "beside", f"B{bottom + 3}": "below", "C4": "between"})
    type_cells(book, "Explain", {"F9": "=B8*2", "W3": "far"})
    type_cells(book, "Stock", {MUG_CELL: 2000, EMPTY_CELL: 900})
    press(book)
    pages = openpyxl.load_workbook(book)
    today, explain = pages["Today"], pages["Explain"]
    bottom = max(cell.row for row in today.iter_rows(max_col=1) for cell in row if cell.value)
    assert (found(today, "beside"), found(today, "below")) == (["H5"], [f"B{bottom + 3}"])
    assert len(found(today, "between")) == 1
    assert (found(explain, "=B8*2"), found(explain, "far")) == (["F9"], ["W3"])
    _writes_nothing(book)


def test_cells_of_a_new_book_survive_the_first_press(tmp_path: Path) -> None:
    """What a person typed on the pre-made sheets before the button was ever pressed stays."""
    path = make(tmp_path / "book.xlsx", data=DATA)
    typed = openpyxl.load_workbook(path)
    typed["Orders"]["Y1"], typed["Orders"]["B5"], typed["Orders"]["AB9"] = "mine", "under", "far"
    typed["Forecast"]["C1"], typed["Today"]["B6"] = "my forecast", "remember"
    typed.save(path)
    press(path)
    pages = openpyxl.load_workbook(path)
    assert found(pages["Orders"], "mine") == ["Y1"]
    for sheet, text in (("Orders", "under"), ("Orders", "far"), ("Forecast", "my forecast"), ("Today", "remember")):
        assert len(found(pages[sheet], text)) == 1, text
