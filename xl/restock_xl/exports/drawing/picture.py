"""One sheet as a picture for a group chat or a phone, drawn without any office program."""

from __future__ import annotations

import importlib.util
import io
from pathlib import Path

from restock.errors import WorkbookError
from restock.text import Words, say
from restock_xl.package.safe_write import explained

_MOST_ROWS = 400  # more do not fit into the height of a picture


def draw_sheet(book: Path, sheet: str, out: Path, words: Words | None = None) -> Path:
    """Draw one sheet of a workbook as a PNG and return where it lies.

    The picture is 1080 pixels wide, wider only where a number or word would be cut, its body text 24 pixels high or
    more. Columns are narrowed and rows made as high as their texts need; at 6000 pixels it ends with a line that says
    how many rows follow. Values are drawn as stored, with real fills: formulas are not computed, conditional formats
    not applied. Hidden rows and columns are left out.

    Args:
        book: The workbook, .xlsx or .xlsm.
        sheet: Name of the sheet, without regard to case.
        out: The PNG; overwritten.
        words: The language of that last line and of errors; English by default.
    Raises:
        WorkbookError: Pillow is not installed; the book cannot be read; there is no such sheet, or it is empty; no
            font of this computer has a letter of it; the picture cannot be written.
    """
    words = words or Words()
    if importlib.util.find_spec("PIL") is None:
        raise WorkbookError(say("picture.no_pillow", words))
    from restock_xl.exports.drawing.drawn_sheet import drawn_sheet
    from restock_xl.exports.drawing.fonts import Fonts
    from restock_xl.exports.drawing.picture_cells import read_sheet
    from restock_xl.exports.drawing.picture_rows import lay_out

    cells = read_sheet(Path(book), sheet, _MOST_ROWS)
    if cells is None:
        raise WorkbookError(say("picture.empty", words, sheet=sheet, book=Path(book).name))
    fonts = Fonts(words)
    image = drawn_sheet(cells, lay_out(cells, fonts), fonts, words)
    data = io.BytesIO()
    image.save(data, "PNG", optimize=True)
    with explained(Path(out)):
        Path(out).write_bytes(data.getvalue())
    return Path(out)
