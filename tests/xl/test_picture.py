"""A sheet drawn as a picture."""

from __future__ import annotations

import datetime as dt
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.colors import Color

from restock.errors import WorkbookError
from restock.text import Words
from restock_xl.sheets.model import CellModel, SheetModel
from restock_xl.sheets.render import render
from restock_xl.sheets.style import HEAD_FILL, ORANGE, RED

pytest.importorskip("PIL", reason="Pillow is not installed")
from PIL import Image

from restock_xl.exports.drawing import fonts as font_files
from restock_xl.exports.drawing.cell_colours import colour_of, theme_colours, tinted
from restock_xl.exports.drawing.fonts import CHINESE, Fonts, opened_face
from restock_xl.exports.drawing.line_breaks import broken_lines
from restock_xl.exports.drawing.picture import draw_sheet
from restock_xl.exports.drawing.picture_cells import SheetCells, read_sheet
from restock_xl.exports.drawing.picture_columns import PICTURE_WIDTH, fitted, space_beside
from restock_xl.exports.drawing.picture_rows import MOST_HEIGHT, Page, lay_out
from restock_xl.exports.drawing.shown_text import shown_text

LONG = "8 left, 4.1 a day; sold out on Mon 14 Nov. Nothing is on the way. Order date passed on 15 Sep: order 960 today."
CHINESE_LONG = "库存（周一） · 截至11月13日 · 没有待修正 · 按旺销估计11月14日（周一）卖完。请今天采购960件。"
WRAPS = Alignment(wrap_text=True)
has_chinese = any(opened_face(name, False) for name, _ in CHINESE)
needs_chinese = pytest.mark.skipif(not has_chinese, reason="no Chinese font is installed")


def today(path: Path, sentence: str = LONG) -> Path:
    """A book with a sheet like Today: a title, two numbers, a table of one line."""
    rows: list[list[tuple[Any, str]]] = [
        [("Restock · Today", "title"), (None, "text"), (None, "text"), (None, "text"), (None, "text")],
        [(18, "big_red"), (14, "big_orange"), (105, "big"), (11, "big"), (8, "big")],
        [(name, "header") for name in ("Tier", "Item", "What to do", "By", "May lose")],
        [("RED", "tier_red"), ("22907, FR", "plain_wrap"), (sentence, "plain_wrap"),
         (dt.date(2026, 11, 14), "plain_date"), (1063, "plain_units")],
    ]  # fmt: skip
    cells = [
        CellModel(row, column, value, style)
        for row, line in enumerate(rows)
        for column, (value, style) in enumerate(line)
    ]
    widths = (13.0, 17.0, 62.0, 13.0, 13.0)
    render([SheetModel("Today", "Today", tuple(cells), widths=widths, row_heights={1: 30.0})], path)
    return path


def book_of(path: Path, **cells: Any) -> Any:
    """An openpyxl book with a sheet "S" of these values; saved by `drawn` and `laid_out`."""
    book = Workbook()
    book.active.title = "S"
    for place, value in cells.items():
        book.active[place] = value
    book.restock_path = path / "book.xlsx"
    return book


def laid_out(book: Any, sheet: str = "S", most_rows: int = 400) -> tuple[SheetCells, Page, Fonts]:
    """A sheet and its page, before drawing."""
    path = book if isinstance(book, Path) else book.restock_path
    if not isinstance(book, Path):
        book.save(path)
    cells, fonts = read_sheet(path, sheet, most_rows), Fonts(Words())
    assert cells is not None
    return cells, lay_out(cells, fonts), fonts


def drawn(book: Any, words: Words | None = None) -> Image.Image:
    """The picture of the sheet "S"."""
    book.save(book.restock_path)
    return Image.open(draw_sheet(book.restock_path, "S", book.restock_path.with_suffix(".png"), words)).convert("RGB")


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def assert_nothing_is_cut(page: Page, fonts: Fonts) -> None:
    """Every line fits into the width, all lines into the height, and together they are the whole text."""
    for text in page.texts:
        width = partial(fonts.width, pixels=text.pixels, bold=text.cell.look.is_bold)
        room = text.right - text.left - space_beside(text.cell, page.scale)
        assert max(map(width, text.lines)) <= room + 0.01, text.cell.text
        assert text.height <= text.bottom - text.top, text.cell.text
        assert "".join("".join(text.lines).split()) == "".join(text.cell.text.split())


def test_today_is_as_wide_as_a_phone_and_readable(tmp_path: Path) -> None:
    """The picture is 1080 pixels wide, its body text at least 24 high, and nothing on it is cut."""
    book = today(tmp_path / "book.xlsx")
    _, page, fonts = laid_out(book, "Today")
    out = draw_sheet(book, "today", tmp_path / "today.png")
    with Image.open(out) as image:
        assert image.format == "PNG"
        assert image.width == PICTURE_WIDTH
        assert image.height == page.ys[-1] + page.ys[0]
    assert min(text.pixels for text in page.texts) >= 24
    assert_nothing_is_cut(page, fonts)


def test_colours_stand_where_the_cells_are(tmp_path: Path) -> None:
    """Fills cover their cells to the edges and nothing else; letters are drawn on them in their colour."""
    book = today(tmp_path / "book.xlsx")
    _, page, _ = laid_out(book, "Today")
    image = Image.open(draw_sheet(book, "Today", tmp_path / "today.png")).convert("RGB")
    for row, column, colour in ((1, 0, RED), (1, 1, ORANGE), (1, 2, "#FFFFFF"), (2, 2, HEAD_FILL), (3, 0, RED)):
        left, right = page.xs[column] + 3, page.xs[column + 1] - 4
        top, bottom = page.ys[row] + 3, page.ys[row + 1] - 4
        for corner in ((left, top), (right, top), (left, bottom), (right, bottom)):
            assert image.getpixel(corner) == rgb(colour), (row, column, corner)
    tile = image.crop((page.xs[0], page.ys[1], page.xs[1], page.ys[2]))
    assert rgb("#FFFFFF") in {colour for _, colour in tile.getcolors(100_000)}
    assert image.getpixel((2, 2)) == rgb("#FFFFFF")


@needs_chinese
def test_chinese_is_drawn_in_a_font_that_has_it(tmp_path: Path) -> None:
    """Chinese sentences stand on their sheet whole, digits and Latin letters in them too."""
    _, page, fonts = laid_out(today(tmp_path / "book.xlsx", CHINESE_LONG), "Today")
    assert_nothing_is_cut(page, fonts)
    for run in fonts.runs(CHINESE_LONG, 24, False):
        absent = bytes(run.font.getmask("\U0010ffff"))
        assert all(bytes(run.font.getmask(one)) != absent for one in run.text)


@needs_chinese
def test_marks_are_wide_only_beside_chinese_letters() -> None:
    """An ellipsis or quote is drawn in the font of the letters around it."""
    fonts = Fonts(Words())
    assert len({run.font.path for run in fonts.runs("今天“红”……卖完", 24, False)}) == 1
    latin = [run.font.path for run in fonts.runs("1 · 2", 24, False)]
    assert fonts.width("·", 24, False) < 24, latin


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "no font with 红.*Install Noto Sans CJK"), ("zh", "没有能显示“红”的字体.*安装思源黑体")],
    ids=["English", "Chinese"],
)
def test_without_a_chinese_font_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    """Never boxes: nothing is drawn, and a sentence names the character and the font."""
    for name in ("LATIN", "CHINESE", "OTHERS"):
        monkeypatch.setattr(font_files, name, ())
    book = book_of(tmp_path, A1="tier", A2="红")
    with pytest.raises(WorkbookError, match=said):
        drawn(book, Words(language))
    assert not (tmp_path / "book.png").exists()


def test_without_any_font_latin_is_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pillow's own letters do for Latin, and other letters are named in the error."""
    for name in ("LATIN", "CHINESE", "OTHERS"):
        monkeypatch.setattr(font_files, name, ())
    assert drawn(book_of(tmp_path, A1="RED 18")).width == PICTURE_WIDTH
    with pytest.raises(WorkbookError, match="no font with ะ"):
        drawn(book_of(tmp_path, A1="RED ะ"))


def test_without_pillow_it_says_what_to_type(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without Pillow is told the command that installs it."""
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(WorkbookError, match=r'pip install "restock\[picture\]"'):
        draw_sheet(tmp_path / "book.xlsx", "Today", tmp_path / "out.png")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("🔴 21976", "🔴 21976"),
        ("a\U0001f91a", "a(raised back of hand)"),
        ("👍🏽", "(thumbs up sign)"),
        ("a\x07b", "ab"),
    ],
    ids=["disc", "hand", "skin tone", "control character"],
)
def test_emoji_without_a_font(text: str, shown: str) -> None:
    """A coloured circle is drawn as a disc of its colour, other emoji are spelled out, invisible characters go."""
    fonts = Fonts(Words(), names=((), (), (("DejaVuSans.ttf", ""),) if opened_face("DejaVuSans.ttf", False) else ()))
    if "🔴" in text and not fonts.has("●"):
        pytest.skip("no font with a disc")
    assert fonts.drawable(text) == shown
    discs = [run for run in fonts.runs(shown, 24, False) if run.colour]
    assert [(run.text, run.colour) for run in discs] == ([("●", "#D92D20")] if "🔴" in text else [])


@pytest.mark.parametrize(("language", "more"), [("en", "… and 1 more row"), ("zh", "还有1行")], ids=["en", "zh"])
def test_300_rows_end_with_a_line_that_counts_the_rest(tmp_path: Path, language: str, more: str) -> None:
    """The picture is cut at a row, and a grey line says how many follow."""
    from restock_xl.exports.drawing.drawn_sheet import QUIET, _more

    book = book_of(tmp_path, **{f"A{row}": f"SKU-{row}" for row in range(1, 301)})
    _, page, _ = laid_out(book)
    kept = len(page.ys) - 1
    assert kept + page.more_rows == 300
    if language == "en" or has_chinese:
        image = drawn(book, Words(language))
        assert MOST_HEIGHT - 150 < image.height <= MOST_HEIGHT
        below = image.crop((0, page.ys[-1], image.width, image.height))
        assert rgb(QUIET) in {colour for _, colour in below.getcolors(1_000_000)}
    page.more_rows = 1
    assert more in _more(page, Words(language))[0]


def test_rows_that_were_not_read_are_counted_where_they_show(tmp_path: Path) -> None:
    """Blank and hidden rows are not among those that follow."""
    book = book_of(tmp_path, **{f"A{row}": row for row in range(1, 21) if row != 15})
    book.active.row_dimensions[16].hidden = True
    cells, page, _ = laid_out(book, most_rows=10)
    assert (cells.more_rows, page.more_rows) == (8, 8)


def test_hidden_rows_and_columns_are_left_out(tmp_path: Path) -> None:
    """What is hidden in the sheet is not in the picture; a merged cell over it keeps what shows."""
    book = book_of(tmp_path, A1="a", B1="secret", C1="c", A2="secret", A3="over all")
    book.active.column_dimensions["B"].hidden = True
    book.active.row_dimensions[2].hidden = True
    book.active.merge_cells("A3:C3")
    cells, _, _ = laid_out(book)
    assert [(cell.row, cell.column, cell.last_column, cell.text) for cell in cells.cells] == [
        (0, 0, 0, "a"), (0, 1, 1, "c"), (1, 0, 1, "over all"),
    ]  # fmt: skip


def test_long_texts_run_over_empty_neighbours_and_wrap_where_there_are_none(tmp_path: Path) -> None:
    """As in Excel a text that does not wrap runs on; where something stands, it wraps instead of being cut."""
    title, blocked, right = "A title as long as two columns", "Blocked by a number " * 12, "Right and too long"
    book = book_of(tmp_path, A1=title, A2=blocked, B2=5, C4=right, H3="end " * 40)
    book.active["C4"].alignment = Alignment(horizontal="right")
    _, page, fonts = laid_out(book)
    texts = {text.cell.text: text for text in page.texts}
    assert (texts[title].lines, texts[title].right > page.xs[1]) == ([title], True)
    assert (texts[right].lines, texts[right].right, texts[right].left < page.xs[2]) == ([right], page.xs[3], True)
    assert texts[blocked].right == page.xs[1]
    assert len(texts[blocked].lines) > 1
    assert_nothing_is_cut(page, fonts)


def test_hostile_cells_are_not_cut(tmp_path: Path) -> None:
    """Endless words, merged cells, big letters, numbers in narrow columns and right-to-left texts stay whole."""
    book = book_of(
        tmp_path, A1="x" * 300, A2=123456789012, B2=-1234.5, A3="merged over rows " * 12, C3=1, C4=2, A6="שלום 123",
        A7="big", A8=True, B8="tab\tbed", A9="line 1\nline 2",
    )  # fmt: skip
    sheet = book.active
    sheet.merge_cells("A3:B4")
    sheet["A3"].alignment = sheet["A9"].alignment = WRAPS
    sheet["A7"].font = Font(size=40, bold=True)
    sheet["A2"].number_format = "#,##0.00"
    sheet.column_dimensions["A"].width = 3
    sheet.cell(1048576, 16384).font = Font(bold=True)
    sheet["A6"].value = "שלום 123" if Fonts(Words()).has("ש") else "123"
    cells, page, fonts = laid_out(book)
    assert_nothing_is_cut(page, fonts)
    assert len(cells.widths) == 3
    assert next(text for text in page.texts if text.cell.text == "123,456,789,012.00").lines == ["123,456,789,012.00"]


def test_a_cell_higher_than_the_picture_ends_in_an_ellipsis(tmp_path: Path) -> None:
    """One cell never makes a picture that no phone opens."""
    book = book_of(tmp_path, A1="word " * 6000, A2="after")
    book.active["A1"].alignment = WRAPS
    assert drawn(book).height <= MOST_HEIGHT


def test_borders_and_merged_fills(tmp_path: Path) -> None:
    """Lines stand around a merged cell and not inside it; its fill covers all of it."""
    book = book_of(tmp_path, A1="merged", A3="below", C3="end")
    sheet = book.active
    red = Side(style="medium", color="FFFF0000")
    sheet["A1"].border, sheet["A1"].fill = Border(red, red, red, red), PatternFill("solid", fgColor="FF00FF00")
    sheet.merge_cells("A1:B2")
    _, page, _ = laid_out(book)
    image = drawn(book)
    middle = page.ys[1] + 4
    assert image.getpixel((page.xs[0], middle)) == rgb("FF0000")
    assert image.getpixel((page.xs[2], middle)) == rgb("FF0000")
    assert image.getpixel((page.xs[1], middle)) == rgb("00FF00")
    assert image.getpixel((page.xs[2] - 8, page.ys[2] - 8)) == rgb("00FF00")
    assert image.getpixel((page.xs[1] + 5, page.ys[2])) == rgb("FF0000")


def test_an_empty_or_absent_sheet_is_told(tmp_path: Path) -> None:
    """The sentence names the sheet, and what there is."""
    book = book_of(tmp_path)
    with pytest.raises(WorkbookError, match=r'nothing to draw on "S" of book\.xlsx'):
        drawn(book)
    with pytest.raises(WorkbookError, match=r'no sheet called "Today"\. It has: S'):
        draw_sheet(book.restock_path, "Today", tmp_path / "out.png")


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (dt.date(2026, 11, 3), "yyyy-mm-dd", "2026-11-03"),
        (dt.datetime(2026, 11, 3, 7, 5), "yyyy-mm-dd hh:mm", "2026-11-03 07:05"),
        (dt.date(2026, 11, 3), "mm-dd-yy", "2026-11-03"),
        (1234567.4, "#,##0", "1,234,567"),
        (0.05, "#,##0.0", "0.1"),
        (1234.5, "#,##0.00", "1,234.50"),
        (0.1234, "0.0%", "12.3%"),
        (23.2, "General", "23.2"),
        ("21976", "@", "21976"),
        (-3, "#,##0;[Red]-#,##0", "-3"),
        (True, "General", "TRUE"),
        (None, "General", ""),
        (5, "no \\", "5"),
    ],
    ids=["date", "time", "short date", "units", "tenth", "money", "share", "general", "text", "red", "truth", "blank",
         "no format"],
)  # fmt: skip
def test_numbers_are_shown_in_their_format(value: Any, code: str, shown: str) -> None:
    """The formats of our styles, and what is done with others."""
    assert shown_text(value, code) == shown


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("Order 960 today. Ask", 16, ["Order 960 today.", "Ask"]),
        ("今天采购960件（急）。", 4, ["今天采购", "960件", "（急）。"]),
        ("卖完。没有", 2, ["卖", "完。", "没有"]),
        ("two  spaces", 4, ["two", "spac", "es"]),
        ("a\n\nb", 9, ["a", "", "b"]),
        ("PO-1607 twenty-one", 11, ["PO-1607", "twenty-one"]),
        ("well-known-to-all", 11, ["well-known-", "to-all"]),
        ("", 5, [""]),
    ],
    ids=["spaces", "Chinese", "closing mark", "chopped", "line feeds", "document number", "hyphens", "empty"],
)
def test_lines_break_where_people_break_them(text: str, room: int, lines: list[str]) -> None:
    """At spaces and between Chinese letters, never before a closing mark, after an opening one or in a number."""
    wide = 2 if text.startswith("今") else 1
    assert broken_lines(text, room * wide, lambda piece: wide * len(piece)) == lines


@given(st.text("ab 1,9。（）卖完-\n🔴\u0301", max_size=60), st.integers(1, 12))
def test_no_letter_is_lost_in_lines(text: str, room: int) -> None:
    """Whatever the text and the width, the lines together are the text without its spaces."""
    lines = broken_lines(text, room, len)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(len(line) <= room or line[1:2] == "\u0301" or room < 2 for line in lines)


@given(
    st.lists(st.tuples(*[st.floats(1, 900)] * 3), min_size=1, max_size=6), st.floats(100, 2000)
)
def test_columns_fit_or_stand_on_their_least(sizes: list[tuple[float, float, float]], room: float) -> None:
    """No column is narrower than it must be, and they take more than the room only where they must."""
    given_widths, least, spare = map(list, zip(*sizes, strict=True))
    most = [low + more for low, more in zip(least, spare, strict=True)]
    widths = fitted(given_widths, least, most, room)
    assert all(width >= low - 1e-6 for width, low in zip(widths, least, strict=True))
    assert sum(widths) <= max(room, 1.25 * sum(least)) + 1e-6


def test_colours_of_themes_and_palettes() -> None:
    """Theme colours count light before dark, tints lighten or darken, automatic colours are no colour."""
    theme = theme_colours(None)
    assert (colour_of(Color(theme=0), theme), colour_of(Color(theme=1), theme)) == ("#FFFFFF", "#000000")
    assert colour_of(Color(theme=4, tint=-1.0), theme) == "#000000"
    assert (colour_of(Color(indexed=10), theme), colour_of(Color(indexed=64), theme)) == ("#FF0000", None)
    assert (colour_of(Color(rgb="00123456"), theme), colour_of(None, theme)) == ("#123456", None)
    assert tinted("000000", 0.5) == "#808080"
