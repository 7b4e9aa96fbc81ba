"""The shared texts of a copy: only those that its cells show."""

from __future__ import annotations

import re

from restock_xl.package.markup import MAIN
from restock_xl.package.stored_values import space_attribute, text_markup

_READINGS = re.compile(rb"<rPh\b.*?</rPh>|<phoneticPr\b[^>]*?/>", re.DOTALL)


class TextTable:
    """Texts by the number under which cells refer to them."""

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}
        self._uses = 0

    def plain(self, text: str) -> int:
        """Return the number of a text."""
        content = text_markup(text)
        return self.item(f"<t{space_attribute(content)}>{content}</t>".encode())

    def item(self, markup: bytes) -> int:
        """Return the number of a text with its runs, given the content of its item; readings are left out."""
        self._uses += 1
        if b"<rPh" in markup or b"<phonetic" in markup:
            markup = _READINGS.sub(b"", markup)
        return self._numbers.setdefault(markup, len(self._numbers))

    def markup(self) -> bytes:
        """Return the part."""
        items = b"".join(b"<si>%b</si>" % item for item in self._numbers)
        head = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="{MAIN}" count="{self._uses}" '
        return head.encode() + b'uniqueCount="%d">%b</sst>' % (len(self._numbers), items)
