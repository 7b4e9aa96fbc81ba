"""The texts of cells: the shared list of a workbook, rich text, the escapes of XML and of SpreadsheetML."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from .escapes import decode
from .markup import elements, encoding_of, local_name, parse
from .stored_values import space_attribute

if TYPE_CHECKING:
    from lxml import etree

    from .archive import Archive

_ITEM = re.compile(rb"<si>(.*?)</si>|<si/>", re.DOTALL)
_RUN = re.compile(rb"<t(?:\s[^>]*)?>([^<]*)</t>")
_PHONETIC = re.compile(rb"<rPh\b.*?</rPh>", re.DOTALL)
_NUMBERED = re.compile(r"&#(x[0-9A-Fa-f]+|\d+);")
_NAMED = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}  # &amp; last: it makes no other


class SharedStrings:
    """The shared texts of a workbook by number; the part is read at the first text asked for."""

    def __init__(self, archive: Archive, part: str | None) -> None:
        self._archive = archive
        self._part = part
        self._texts: dict[int, str] = {}

    def __getitem__(self, number: int) -> str:
        text = self._texts.get(number)
        if text is None:
            if not 0 <= number < len(self._items):
                raise IndexError(f"there is no shared text {number}")
            text = self._texts[number] = rich_text(self._items[number])
        return text

    def markup(self, number: int) -> bytes:
        """Return the content of an item: `<t>` or the runs of a rich text."""
        return self._items[number]

    @cached_property
    def _items(self) -> list[bytes]:
        if self._part is None:
            return []
        data = self._archive.read(self._part)
        if is_plain_xml(data) and b"<sst" in data:
            items: list[bytes] = _ITEM.findall(data)
            if len(items) == sum(data.count(start) for start in (b"<si>", b"<si/>", b"<si ")):
                return items
        tree = parse(data, self._part)
        return [run_markup(item) for item in elements(tree) if local_name(item) == "si"]


def is_plain_xml(data: bytes) -> bool:
    """Return whether a part can be searched as bytes: UTF-8, no document type, comments or CDATA."""
    return encoding_of(data[:400]) in ("utf-8", "utf8", "ascii", "us-ascii") and not occurs(data, b"!", b"<!")


def occurs(data: bytes, mark: bytes, word: bytes, start: int = 0, end: int | None = None) -> bool:
    """Return whether `word` is found; its rare character `mark` is looked for first, ten times as fast."""
    return data.find(mark, start, end) >= 0 and data.find(word, start, end) >= 0


def rich_text(markup: bytes) -> str:
    """Return the text of an `<si>` or `<is>` element, given its content: runs joined, readings left out.

    >>> rich_text(b"<r><t>On </t></r><r><rPr><b/></rPr><t>hand</t></r>")
    'On hand'
    """
    if b"<rPh" in markup:
        markup = _PHONETIC.sub(b"", markup)
    return plain_text(b"".join(_RUN.findall(markup)))


def plain_text(markup: bytes) -> str:
    """Return the text that the content of an element stands for.

    >>> plain_text(b"Tom &amp; Ann &#20013;_x0041_")
    'Tom & Ann 中A'
    """
    return decode(unescape(markup))


def unescape(markup: bytes) -> str:
    """Return the content of an element with the entities of XML replaced."""
    text = markup.decode("utf-8")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "&" in text:
        if "&#" in text:
            text = _NUMBERED.sub(_character, text)
        for name, character in _NAMED.items():
            text = text.replace(name, character)
    return text


def _character(found: re.Match[str]) -> str:
    name = found.group(1)
    number = int(name[1:], 16) if name[0] == "x" else int(name)
    character = chr(number) if number <= 0x10FFFF else "\ufffd"
    return "&amp;" if character == "&" else character


def run_markup(item: etree._Element) -> bytes:
    """Return the runs of a parsed `<si>` or `<is>` element as one plain `<t>`."""
    texts = []
    for child in elements(item):
        runs = elements(child) if local_name(child) == "r" else iter((child,))
        texts += [run.text or "" for run in runs if local_name(run) == "t"]
    text = escape("".join(texts))
    return f"<t{space_attribute(text)}>{text}</t>".encode()
