"""A page drawn: fills, then lines, then texts."""

from __future__ import annotations

import unicodedata

from PIL import Image, ImageDraw

from restock.text import Words, say
from restock_xl.exports.drawing.fonts import Fonts
from restock_xl.exports.drawing.picture_cells import Edge, SheetCells
from restock_xl.exports.drawing.picture_columns import BODY_PIXELS, INDENT, MARGIN, PADDING, PICTURE_WIDTH
from restock_xl.exports.drawing.picture_rows import LINE_PITCH, Page, PlacedText

PAPER, QUIET = "#FFFFFF", "#475467"
_BASELINE = 1.0  # from the top of a line to its baseline, in heights of the font
_RIGHT_TO_LEFT = ("R", "AL")
_PIXELS_PER_THICKENING = 24  # letters are made bold by drawing them twice, this part of their height apart


def drawn_sheet(sheet: SheetCells, page: Page, fonts: Fonts, words: Words) -> Image.Image:
    """Return the picture."""
    more = _more(page, words)
    pitch = round(BODY_PIXELS * LINE_PITCH)
    height = page.ys[-1] + MARGIN + (len(more) * pitch + pitch // 2 if more else 0)
    image = Image.new("RGB", (max(PICTURE_WIDTH, page.xs[-1] + MARGIN), height), PAPER)
    draw = ImageDraw.Draw(image)
    _draw_fills(draw, sheet, page)
    for edge in sorted(sheet.edges, key=lambda edge: edge.width):
        _draw_edge(draw, edge, page)
    for text in page.texts:
        _draw_text(draw, text, page, fonts)
    for at, line in enumerate(more):
        baseline = page.ys[-1] + pitch // 2 + at * pitch + round(BODY_PIXELS * _BASELINE)
        _draw_line(draw, (MARGIN, baseline), fonts, line, BODY_PIXELS, False, QUIET)
    return image


def _more(page: Page, words: Words) -> list[str]:
    lines = [say("picture.more_rows", words, rows=page.more_rows)] if page.more_rows else []
    return lines + ([say("picture.more_columns", words, columns=page.more_columns)] if page.more_columns else [])


def _draw_fills(draw: ImageDraw.ImageDraw, sheet: SheetCells, page: Page) -> None:
    for fill in sheet.fills:
        left, right = _span(page.xs, fill.column, fill.last_column)
        top, bottom = _span(page.ys, fill.row, fill.last_row)
        if right > left and bottom > top:
            draw.rectangle((left, top, right - 1, bottom - 1), fill=fill.colour)


def _span(edges: list[int], first: int, last: int) -> tuple[int, int]:
    """Where rows or columns begin and end; nothing of those that are not drawn."""
    end = len(edges) - 1
    return edges[min(first, end)], edges[min(last + 1, end)]


def _draw_edge(draw: ImageDraw.ImageDraw, edge: Edge, page: Page) -> None:
    if edge.row >= len(page.ys) - 1 or edge.column >= len(page.xs) - 1:
        return
    (left, right), (top, bottom) = _span(page.xs, edge.column, edge.column), _span(page.ys, edge.row, edge.row)
    width = max(1, round(edge.width * page.scale))
    before, after = width // 2, width - width // 2 - 1
    corner = round(page.scale / 2)  # so that thin lines meet
    at = {"left": left, "right": right, "top": top, "bottom": bottom}[edge.side]
    if edge.side in ("left", "right"):
        draw.rectangle((at - before, top - corner, at + after, bottom + corner - 1), fill=edge.colour)
    else:
        draw.rectangle((left - corner, at - before, right + corner - 1, at + after), fill=edge.colour)


def _draw_text(draw: ImageDraw.ImageDraw, text: PlacedText, page: Page, fonts: Fonts) -> None:
    look, pitch = text.cell.look, text.pixels * LINE_PITCH
    lines = _fitting(text)
    spare = text.bottom - text.top - round(len(lines) * pitch)
    below = round(PADDING / 2 * page.scale)
    top = {"top": below, "bottom": spare - below}.get(look.vertical, spare / 2)
    for at, line in enumerate(lines):
        width = fonts.width(line, text.pixels, look.is_bold)
        left = _left(text, line, width, page.scale)
        baseline = text.top + top + at * pitch + text.pixels * _BASELINE
        _draw_line(draw, (left, baseline), fonts, line, text.pixels, look.is_bold, look.colour)


def _fitting(text: PlacedText) -> list[str]:
    """The lines that have room; a text higher than the picture ends in an ellipsis."""
    most = max(1, int((text.bottom - text.top + 1) / (text.pixels * LINE_PITCH)))
    return text.lines if len(text.lines) <= most else [*text.lines[: most - 1], text.lines[most - 1][:-1] + "…"]


def _left(text: PlacedText, line: str, width: float, scale: float) -> float:
    """Where a line begins: as aligned, else texts left (those written right to left: right), numbers right."""
    look = text.cell.look
    side = look.horizontal
    if side == "general":
        usual = {"number": "right", "truth": "center"}.get(text.cell.kind, "left")
        side = "right" if usual == "left" and _is_right_to_left(line) else usual
    padding, indent = PADDING * scale, INDENT * look.indent * scale
    if side in ("center", "centerContinuous"):
        return (text.left + text.right - width) / 2
    return text.right - padding - indent - width if side == "right" else text.left + padding + indent


def _is_right_to_left(line: str) -> bool:
    strong = (unicodedata.bidirectional(character) for character in line)
    return next((kind for kind in strong if kind in ("L", *_RIGHT_TO_LEFT)), "L") in _RIGHT_TO_LEFT


def _draw_line(
    draw: ImageDraw.ImageDraw, start: tuple[float, float], fonts: Fonts, line: str, pixels: int, bold: bool, colour: str
) -> None:
    """One line from its left end on its baseline, each run in its font; Pillow orders the letters of a run."""
    left, baseline = start
    runs = fonts.runs(line, pixels, bold)
    for run in reversed(runs) if _is_right_to_left(line) else runs:
        fill = run.colour or colour
        draw.text((left, round(baseline)), run.text, fill=fill, font=run.font, anchor="ls")
        if run.is_thickened:
            beside = (left + pixels / _PIXELS_PER_THICKENING, round(baseline))
            draw.text(beside, run.text, fill=fill, font=run.font, anchor="ls")
        left += run.font.getlength(run.text)
