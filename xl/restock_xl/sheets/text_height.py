"""How high a row must be for its wrapped text."""

from __future__ import annotations

LINE_HEIGHT = 14.0
_LETTERS_PER_WIDTH = 1.2  # a column's width is counted in digits, and the letters of a sentence are narrower


def text_height(text: str, width: float, line: float = LINE_HEIGHT) -> float:
    """Height in points of a row whose text is wrapped in a column of `width`; a Chinese character takes two letters.

    >>> text_height("one line", 20), text_height("a" * 30, 20)
    (18.0, 32.0)
    """
    lines = 0.0
    for paragraph in text.split("\n"):
        length = sum(2 if ord(character) > 0x2E7F else 1 for character in paragraph)
        lines += max(1, -(-length // max(1, int(width * _LETTERS_PER_WIDTH))))
    return lines * line + 4
