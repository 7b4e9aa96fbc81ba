"""Where a text may be broken into lines: at spaces, inside words joined by hyphens, between Chinese characters.

A closing mark never begins a line, an opening one never ends it, and a number keeps the character after it (`11月`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

_NEVER_FIRST = frozenset(
    "!%),.:;?]}¢°·’”‰′″℃、。〉》」』】〕〗〞！％），．：；？］｝～…‥ー々〻ぁぃぅぇぉっゃゅょァィゥェォッャュョ•–—"
)
_NEVER_LAST = frozenset("([{‘“〈《「『【〔〖〝（［｛￥＄$¥£€#")
_JOINED = frozenset({"Mn", "Me", "Mc", "Cf", "Sk"})  # accents, joiners and skin tones belong to what stands before


def broken_lines(text: str, room: float, width: Callable[[str], float]) -> list[str]:
    """Return a text as lines that fit, without the spaces at which they are broken.

    Args:
        text: Line feeds in it begin new lines.
        room: Width of a line, in the unit of `width`; a piece that is wider is broken anywhere.
        width: Measures a piece of text.

    >>> broken_lines("Order 960 today. Ask the forwarder.", 16, len)
    ['Order 960 today.', 'Ask the', 'forwarder.']
    >>> broken_lines("今天采购960件（急）。", 8, lambda text: 2 * len(text))
    ['今天采购', '960件', '（急）。']
    """
    return [line for paragraph in text.split("\n") for line in _filled(paragraph, room, width)]


def pieces(paragraph: str) -> Iterator[str]:
    """The parts of a text that stay together, each with the spaces after it.

    >>> list(pieces("Order by 11月14日，急"))
    ['Order ', 'by ', '11月', '14日，', '急']
    """
    start = 0
    for at in range(1, len(paragraph)):
        if _may_break(paragraph, at):
            yield paragraph[start:at]
            start = at
    if paragraph:
        yield paragraph[start:]


def _filled(paragraph: str, room: float, width: Callable[[str], float]) -> list[str]:
    """Lines as full as can be, each measured whole, for a mark may be wider beside other letters."""
    lines, line = [], ""
    for piece in pieces(paragraph):
        if line and width((line + piece).rstrip()) > room:
            lines.append(line.rstrip())
            line = ""
        if not line and width(piece.rstrip()) > room:
            *whole, piece = _chopped(piece, room, width)
            lines += whole
        line += piece
    return [*lines, line.rstrip()]


def _chopped(piece: str, room: float, width: Callable[[str], float]) -> list[str]:
    """A piece wider than a line, cut before the characters that do not fit; at least one stands on each line."""
    lines, line = [], ""
    for character in piece:
        if line and not character.isspace() and not _is_joined(character) and width(line + character) > room:
            lines.append(line)
            line = ""
        line += character
    return [*lines, line]


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if after.isspace() or _is_joined(after) or before == "\u200d":
        return False
    if before.isspace():
        return before != "\u00a0"
    if after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    if before == "-":
        return after.isalpha() and at > 1 and text[at - 2].isalpha()
    return _is_wide(before) or (_is_wide(after) and not before.isdigit())


def _is_joined(character: str) -> bool:
    return unicodedata.category(character) in _JOINED and not character.isascii()


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
