"""How wide columns are in a picture: as in the sheet where there is room, else narrowed to what their texts need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import accumulate

from restock_xl.exports.drawing.fonts import Fonts
from restock_xl.exports.drawing.line_breaks import pieces
from restock_xl.exports.drawing.picture_cells import PictureCell, SheetCells

PICTURE_WIDTH, MOST_WIDTH, MARGIN = 1080, 4320, 24
BODY_PIXELS, MOST_BODY_PIXELS = 24, 28
"""Height of the font that most of the sheet is written in; 24 is the least that a phone shows readably."""
PADDING, INDENT = 4, 9  # beside a text on either side, and for each step of its indent, in pixels of a screen
_POINTS_TO_PIXELS = 96 / 72
_WORD = 9  # a word this wide, in heights of the font, is not broken however narrow the column is in the sheet
_BREATH = 1.25  # a wide table gets this much more than its longest words need


def scale_of(sheet: SheetCells) -> float:
    """Return how many pixels of the picture a pixel of a screen takes, such that the body text is readable."""
    letters: Counter[float] = Counter()
    for cell in sheet.cells:
        letters[cell.look.size] += len(cell.text)
    body = letters.most_common(1)[0][0] * _POINTS_TO_PIXELS
    fitting = (PICTURE_WIDTH - 2 * MARGIN) / sum(sheet.widths)
    return min(max(fitting, BODY_PIXELS / body), MOST_BODY_PIXELS / body)


def font_pixels(cell: PictureCell, scale: float) -> int:
    """Return the height of a cell's font in pixels of the picture."""
    return max(1, round(cell.look.size * _POINTS_TO_PIXELS * scale))


def space_beside(cell: PictureCell, scale: float) -> float:
    """Return how much narrower than its cell a text must be, in pixels of the picture."""
    return (2 * PADDING + INDENT * cell.look.indent) * scale


def column_edges(sheet: SheetCells, fonts: Fonts, scale: float) -> list[int]:
    """Return where columns begin and, at last, where the last one ends, in pixels of the picture.

    Columns that do not fit into the widest picture are left out.
    """
    given = [width * scale for width in sheet.widths]
    least, most = _needs(sheet, fonts, scale, given)
    widths = fitted(given, least, most, PICTURE_WIDTH - 2 * MARGIN)
    edges = [MARGIN + round(edge) for edge in accumulate(widths, initial=0.0)]
    return [edge for at, edge in enumerate(edges) if at < 2 or edge <= MOST_WIDTH - MARGIN]


def fitted(given: list[float], least: list[float], most: list[float], room: float) -> list[float]:
    """Return widths that together take at most `room`, or as little more as the longest words allow.

    Columns of short texts come first; those whose texts are broken anyway share what is left.

    Args:
        given: As in the sheet.
        least: So that no number and no word is broken.
        most: So that no text is broken into lines.

    >>> fitted([100, 300], [50, 80], [60, 900], 500), fitted([100, 300], [50, 80], [60, 900], 260)
    ([100.0, 400.0], [60.0, 200.0])
    >>> fitted([100, 300], [100, 300], [100, 300], 260)
    [100, 300]
    """
    given = [max(pair) for pair in zip(given, least, strict=True)]
    if sum(given) <= room:
        return _between(given, [max(pair) for pair in zip(given, most, strict=True)], room)
    room = max(room, min(MOST_WIDTH, sum(least) * _BREATH))
    wanted = [max(low, min(width, high)) for width, low, high in zip(given, least, most, strict=True)]
    if sum(wanted) <= room:
        return _between(wanted, given, room)
    firm = [width if high <= whole else low for low, width, high, whole in zip(least, wanted, most, given, strict=True)]
    return _between(firm if sum(firm) <= room else least, wanted, room)


def _between(low: list[float], high: list[float], room: float) -> list[float]:
    """Widths between two others, each as far from the first as it takes to fill the room."""
    spare, slack = room - sum(low), sum(high) - sum(low)
    share = min(1.0, max(0.0, spare / slack)) if slack > 0 else 0.0
    return [width + share * (more - width) for width, more in zip(low, high, strict=True)] if share else low


def _needs(sheet: SheetCells, fonts: Fonts, scale: float, given: list[float]) -> tuple[list[float], list[float]]:
    """For each column the least width and that at which nothing is broken, over its cells that are not merged."""
    least, most = [0.0] * len(given), [0.0] * len(given)
    taken = {(cell.row, column) for cell in sheet.cells for column in range(cell.column, cell.last_column + 1)}
    for cell in sheet.cells:
        if not cell.is_alone or ((cell.row, neighbour(cell)) not in taken and _may_overflow(cell, len(given))):
            continue
        pixels, at = font_pixels(cell, scale), cell.column
        around = space_beside(cell, scale) + 1
        width = partial(fonts.width, pixels=pixels, bold=cell.look.is_bold)
        whole = max(map(width, cell.text.split("\n"))) + around
        least[at] = max(least[at], _least(cell, whole, given[at], width, around, pixels))
        most[at] = max(most[at], whole)
    return least, most


def _least(
    cell: PictureCell, whole: float, given: float, width: Callable[[str], float], around: float, pixels: int
) -> float:
    """The width at which no number and no usual word of a cell is broken; a text that does not wrap stays on one line
    as far as the column of the sheet goes."""
    if cell.kind != "text":
        return whole
    words = {piece.rstrip() for line in cell.text.split("\n") for piece in pieces(line)}
    longest = min(max(map(width, words), default=0.0) + around, max(given, _WORD * pixels))
    return longest if cell.look.wraps else max(longest, min(given, whole))


def neighbour(cell: PictureCell) -> int:
    """Return the column into which a text that is too long runs, if that is empty."""
    return cell.column - 1 if cell.look.horizontal == "right" else cell.last_column + 1


def _may_overflow(cell: PictureCell, columns: int) -> bool:
    return cell.kind == "text" and not cell.look.wraps and 0 <= neighbour(cell) < columns
