"""Fonts of this computer: which one draws which character, and how wide a text is."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import count

from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont

from restock.errors import WorkbookError
from restock.text import Words, say

Names = tuple[tuple[str, str], ...]
"""Files of regular and bold letters; "" where there is no bold one."""
LATIN: Names = (
    ("arial.ttf", "arialbd.ttf"),
    ("Arial.ttf", "Arial Bold.ttf"),
    ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
    ("Arimo-Regular.ttf", "Arimo-Bold.ttf"),
    ("Helvetica.ttc", "Helvetica.ttc"),
    ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
)
CHINESE: Names = (
    ("msyh.ttc", "msyhbd.ttc"),
    ("PingFang.ttc", "PingFang.ttc"),
    ("Hiragino Sans GB.ttc", "Hiragino Sans GB.ttc"),
    ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"),
    ("NotoSansCJKsc-Regular.otf", "NotoSansCJKsc-Bold.otf"),
    ("NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf"),
    ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"),
    ("SourceHanSansSC-Regular.otf", "SourceHanSansSC-Bold.otf"),
    ("SourceHanSansCN-Regular.otf", "SourceHanSansCN-Bold.otf"),
    ("STHeiti Light.ttc", "STHeiti Medium.ttc"),
    ("Deng.ttf", "Dengb.ttf"),
    ("simhei.ttf", ""),
    ("simsun.ttc", ""),
    ("wqy-microhei.ttc", ""),
    ("wqy-zenhei.ttc", ""),
    ("DroidSansFallbackFull.ttf", ""),
    ("DroidSansFallback.ttf", ""),
    ("msjh.ttc", "msjhbd.ttc"),
    ("malgun.ttf", "malgunbd.ttf"),
)
OTHERS: Names = (
    ("segoeui.ttf", "segoeuib.ttf"),
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    ("Arial Unicode.ttf", ""),
    ("seguisym.ttf", ""),
    ("seguiemj.ttf", ""),
    ("Apple Symbols.ttf", ""),
    ("NotoEmoji-Regular.ttf", ""),
    ("NotoSansSymbols2-Regular.ttf", ""),
    ("Symbola.ttf", ""),
    ("LeelawUI.ttf", "LeelaUIb.ttf"),
    ("NotoSansThai-Regular.ttf", "NotoSansThai-Bold.ttf"),
    ("NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf"),
    ("NotoSansHebrew-Regular.ttf", "NotoSansHebrew-Bold.ttf"),
)
_BOLD, _REGULAR = ("Bold", "Semibold", "SemiBold", "W6", "Medium"), ("Regular", "Book", "W3", "Light")
_PROBE_PIXELS = 24
_NO_CHARACTER = "\U0010ffff"  # no font draws it, so it shows what a font draws for what it lacks
_DISCS = {"🔴": "#D92D20", "🟠": "#F79009", "🟡": "#FACC15", "🟢": "#16A34A", "🔵": "#2563EB", "⚫": "#000000"}
_DISC = "●"
_SPELLED, _LEFT_OUT = ("So",), ("Cc", "Cf", "Mn", "Me", "Co", "Cs", "Cn", "Sk")
_NAMED = 5  # characters in an error


@dataclass(frozen=True)
class Run:
    """Characters of one font; `colour` where it is not that of the text."""

    text: str
    font: FreeTypeFont
    is_thickened: bool
    colour: str | None = None


@dataclass(frozen=True, eq=False)
class Face:
    """One font in one weight, `is_thickened` where its bold letters are made from the regular ones."""

    font: FreeTypeFont
    is_thickened: bool = False
    _known: dict[str, bool] = field(default_factory=dict)
    _sizes: dict[int, FreeTypeFont] = field(default_factory=dict)

    @cached_property
    def _missing(self) -> tuple[tuple[int, int], bytes]:
        mask = self.font.getmask(_NO_CHARACTER)
        return mask.size, bytes(mask)

    def covers(self, character: str) -> bool:
        """Whether the font has this character."""
        if character not in self._known:
            mask = self.font.getmask(character)
            self._known[character] = character.isspace() or (mask.size, bytes(mask)) != self._missing
        return self._known[character]

    def at(self, pixels: int) -> FreeTypeFont:
        """The font in a size."""
        if pixels not in self._sizes:
            self._sizes[pixels] = self.font.font_variant(size=pixels)
        return self._sizes[pixels]


class Fonts:
    """The fonts of this computer, asked in turn for each character.

    Args:
        words: The language of errors.
        names: Files of Latin, Chinese and other fonts to look for; those of this module by default.
    """

    def __init__(self, words: Words, names: tuple[Names, Names, Names] | None = None) -> None:
        latin, chinese, others = names or (LATIN, CHINESE, OTHERS)
        self.words = words
        self._orders = {
            "Latin": (*latin, *chinese, *others),
            "mark": (*latin, *others, *chinese),
            "Chinese": (*chinese, *latin, *others),
        }
        self._faces: dict[tuple[str, bool, str], Face | None] = {}
        self._widths: dict[tuple[str, int, bool], float] = {}

    def drawable(self, text: str) -> str:
        """Return a text of which every character can be drawn: emoji that no font has become words in brackets.

        Raises:
            WorkbookError: No font has a letter of it.
        """
        found = []
        for character in text.replace("\t", "    "):
            category = unicodedata.category(character)
            if character == "\n" or (category != "Cc" and self.has(character)):
                found.append(character)
            elif category in _SPELLED:
                found.append(f"({unicodedata.name(character, 'symbol').lower()})")
            elif category not in _LEFT_OUT:
                raise self._no_font(text)
        return "".join(found)

    def has(self, character: str) -> bool:
        """Return whether a character can be drawn, a coloured circle also as a disc."""
        return self._face(character, False) is not None or self._disc(character, False) is not None

    def runs(self, text: str, pixels: int, bold: bool) -> list[Run]:
        """Return a drawable text cut where its font or colour changes.

        Args:
            pixels: Height of the font.
        """
        runs: list[Run] = []
        last: Face | None = None
        for at, character in enumerate(text):
            disc = self._disc(character, bold)
            face = disc or self._face(character, bold, _order(text, at))
            if last is not None and disc is None and _is_neutral(character) and last.covers(character):
                face = last
            if face is None:
                continue
            colour, shown = (_DISCS[character], _DISC) if disc else (None, character)
            if face is last and runs[-1].colour == colour:
                shown = runs.pop().text + shown
            runs.append(Run(shown, face.at(pixels), face.is_thickened, colour))
            last = face
        return runs

    def width(self, text: str, pixels: int, bold: bool) -> float:
        """Return how wide a drawable text is, in pixels."""
        key = (text, pixels, bold)
        if key not in self._widths:
            self._widths[key] = sum(run.font.getlength(run.text) for run in self.runs(text, pixels, bold))
        return self._widths[key]

    def _face(self, character: str, bold: bool, order: str = "Latin") -> Face | None:
        """The first face that has a character; fonts are opened only until one does."""
        key = (character, bold, order)
        if key not in self._faces:
            faces = (face_of(regular, heavy, bold) for regular, heavy in (*self._orders[order], ("", "")))
            self._faces[key] = next((face for face in faces if face is not None and face.covers(character)), None)
        return self._faces[key]

    def _disc(self, character: str, bold: bool) -> Face | None:
        """The face that draws a coloured circle that no font has, as a disc in that colour."""
        if character not in _DISCS or self._face(character, bold) is not None:
            return None
        return self._face(_DISC, bold)

    def _no_font(self, text: str) -> WorkbookError:
        missing = [one for one in dict.fromkeys(text) if not self.has(one)]
        letters = [one for one in missing if unicodedata.category(one) not in (*_SPELLED, *_LEFT_OUT)]
        is_chinese = any(_is_wide(one) for one in letters)
        key = "picture.no_chinese" if is_chinese else "picture.no_font"
        return WorkbookError(say(key, self.words, characters="".join(letters[:_NAMED])))


@cache
def face_of(regular: str, heavy: str, bold: bool) -> Face | None:
    """The face of two files in a weight, None where this computer lacks it; "" is what Pillow brings along."""
    if not regular:
        return Face(_built_in(), is_thickened=bold)
    letters = opened_face(heavy, True) if bold and heavy else None
    if letters is not None:
        return Face(letters)
    letters = opened_face(regular, False)
    return None if letters is None else Face(letters, is_thickened=bold)


@cache
def opened_face(name: str, bold: bool) -> FreeTypeFont | None:
    """Open a font of this computer by the name of its file; None where it has none.

    Of a collection the face for simplified Chinese in the weight that is wanted is taken, else the first.
    """
    faces = []
    for index in count():
        try:
            faces.append(ImageFont.truetype(name, _PROBE_PIXELS, index=index))
        except OSError:
            break
        if not name.lower().endswith(".ttc"):
            break
    return max(faces, key=lambda face: _fitness(face, bold), default=None)


def _fitness(face: FreeTypeFont, bold: bool) -> tuple[bool, bool, int]:
    family, style = face.getname()
    styles = _BOLD if bold else _REGULAR
    place = styles.index(style) if style in styles else len(styles)
    return ((family or "").endswith(" SC"), "Mono" not in (family or ""), -place)


@cache
def _built_in() -> FreeTypeFont:
    """The letters that Pillow brings along, for a computer without any font that is known here."""
    font = ImageFont.load_default(_PROBE_PIXELS)
    assert isinstance(font, FreeTypeFont)
    return font


def _order(text: str, at: int) -> str:
    """In which order fonts are asked: marks that are narrow in Latin and wide in Chinese texts go with their like."""
    if unicodedata.east_asian_width(text[at]) != "A":
        return "Latin"
    return "Chinese" if any(map(_is_wide, text[max(at - 2, 0) : at + 3])) else "mark"


def _is_neutral(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in ("Mn", "Me", "Cf")


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
