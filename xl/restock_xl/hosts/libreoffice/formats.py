"""How cells look: fonts, colours and number formats, between xlwings' words and LibreOffice's."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes

from .bridge import enum, struct
from .coverage import covers

POINT = 2540 / 72
"""A point in hundredths of a millimetre."""
CHARACTER_WIDTH = 2540 / 96 * 7
"""The width of a digit in Calibri 11, in hundredths of a millimetre: column widths count in it."""
_BOLD, _REGULAR = 150.0, 100.0


def colour_of(value: int) -> tuple[int, int, int] | None:
    """Return a UNO colour as red, green and blue; None for "no colour".

    >>> colour_of(0xD92D20), colour_of(-1)
    ((217, 45, 32), None)
    """
    return None if value < 0 else (value >> 16 & 255, value >> 8 & 255, value & 255)


def number_format(document: Any, cells: Any) -> str:
    """Return the number format of cells in English spelling."""
    key = cells.NumberFormat
    formats = document.NumberFormats
    text = str(formats.getByKey(key).FormatString)
    english = formats.getByKey(formats.getFormatForLocale(key, _english())).FormatString
    return str(english or text)


def set_number_format(document: Any, cells: Any, text: str) -> None:
    """Give cells a number format in English spelling."""
    formats, locale = document.NumberFormats, _english()
    key = formats.queryKey(text, locale, False)
    cells.NumberFormat = key if key >= 0 else formats.addNew(text, locale)


def _english() -> Any:
    return struct("lang.Locale", Language="en", Country="US")


@covers(base_classes.Font)
class Font(base_classes.Font):
    """The font of some cells."""

    def __init__(self, cells: Any) -> None:
        self._cells = cells

    @property
    def api(self) -> Any:
        """The UNO cells."""
        return self._cells

    @property
    def name(self) -> str:
        """The family."""
        return str(self._cells.CharFontName)

    @name.setter
    def name(self, value: str) -> None:
        self._cells.CharFontName = value

    @property
    def size(self) -> float:
        """In points."""
        return float(self._cells.CharHeight)

    @size.setter
    def size(self, value: float) -> None:
        self._cells.CharHeight = float(value)

    @property
    def bold(self) -> bool:
        """Whether it is bold."""
        return bool(self._cells.CharWeight >= _BOLD)

    @bold.setter
    def bold(self, value: bool) -> None:
        self._cells.CharWeight = _BOLD if value else _REGULAR

    @property
    def italic(self) -> bool:
        """Whether it is slanted."""
        return bool(self._cells.CharPosture.value == "ITALIC")

    @italic.setter
    def italic(self, value: bool) -> None:
        self._cells.CharPosture = enum("awt.FontSlant", "ITALIC" if value else "NONE")

    @property
    def color(self) -> tuple[int, int, int] | None:
        """Red, green and blue; None for the usual colour."""
        return colour_of(self._cells.CharColor)

    @color.setter
    def color(self, value: Any) -> None:
        red, green, blue = (int(value[k : k + 2], 16) for k in (1, 3, 5)) if isinstance(value, str) else value
        self._cells.CharColor = red << 16 | green << 8 | blue
