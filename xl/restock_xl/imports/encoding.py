"""The encoding of a text file: its byte order mark, else strict UTF-8, else the likeliest of those of exports."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
CANDIDATES = ("gb18030", "cp932", "big5", "cp949", "cp1252")
_PIECE, _SAMPLE = 1 << 20, 1 << 18
_ASIDE = {"gb18030": ("gb2312", 0xB0, 0xD7), "big5": ("big5", 0xA4, 0xC6), "cp949": ("euc-kr", 0xB0, 0xC8)}


def encoding_of(path: Path, fits: Callable[[str], bool] = lambda text: False) -> str:
    """Return the encoding of a text file.

    Args:
        fits: Whether the start of the file, decoded, has headers that are known: a candidate for which it has wins.
    """
    with open(path, "rb") as stream:
        start = stream.read(_SAMPLE)
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name
    if _is_utf8(_pieces(path)):
        return "utf-8"
    if b"\0" in start[:2000]:
        return "utf-16-le" if start[1:2] == b"\0" else "utf-16-be"
    return max(CANDIDATES, key=lambda name: _score(start, name, fits))


def _pieces(path: Path) -> Iterator[bytes]:
    with open(path, "rb") as stream:
        while piece := stream.read(_PIECE):
            yield piece


def _is_utf8(pieces: Iterable[bytes]) -> bool:
    """Whether the bytes are UTF-8 without a fault; a character cut off at the end is none."""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    try:
        for piece in pieces:
            if "\0" in decoder.decode(piece):
                return False
    except UnicodeDecodeError:
        return False
    return True


def _score(start: bytes, name: str, fits: Callable[[str], bool]) -> tuple[bool, float]:
    decoder = codecs.getincrementaldecoder(name)("strict")
    try:
        text = decoder.decode(start)
    except UnicodeDecodeError:
        return False, -2.0
    return fits(text), _likelihood(text, name)


def _likelihood(text: str, name: str) -> float:
    """How likely the characters of a text are in files of an encoding, from -1 to 1."""
    found = [_weight(text, place, name) for place, character in enumerate(text) if character > "\x7f"]
    return sum(found) / len(found) if found else 0.0


def _weight(text: str, place: int, name: str) -> float:
    character = text[place]
    if "\ue000" <= character <= "\uf8ff" or "\x80" <= character < "\xa0":
        return -1.0
    if name == "cp1252":
        return _western(text, place)
    if name == "cp932":
        return _japanese(character)
    return _common(character, *_ASIDE[name])


def _western(text: str, place: int) -> float:
    """An accented letter stands among plain letters, a sign among blanks or digits; runs of them are unlikely."""
    beside = text[place - 1 : place] + text[place + 1 : place + 2]
    if any(character > "\x7f" for character in beside):
        return -0.6
    character = text[place]
    if character.isalpha():
        return 0.9 if any(other.isascii() and other.isalpha() for other in beside) else -0.2
    return 0.7 if character in "€£¥©®°–—‘’“”…·•™²³½¼×±" else 0.0


def _japanese(character: str) -> float:
    if "\u3040" <= character <= "\u30ff":
        return 1.0
    if "\uff61" <= character <= "\uff9f":
        return -0.7
    try:
        lead = character.encode("cp932")[0]
    except UnicodeEncodeError:
        return -1.0
    return 0.8 if 0x88 <= lead <= 0x97 else 0.6 if lead <= 0x83 else -0.2


def _common(character: str, charset: str, first: int, last: int) -> float:
    """The first level of a national character set holds what is in daily use, its signs stand before."""
    try:
        lead = character.encode(charset)[0]
    except UnicodeEncodeError:
        return -0.5
    if first <= lead <= last:
        return 1.0
    return 0.4 if 0xA1 <= lead <= 0xA3 else 0.0
