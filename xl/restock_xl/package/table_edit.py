"""An Excel table changed in its parts: how far down it reaches, and the formulas of its calculated columns."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .book import Book, TableRef
from .escapes import decode
from .markup import elements, local_name, main_tag, parse, serialise
from .references import Area, area, column_letter

_RANGES = re.compile(rb'(\ssqref=")([^"]*)(")')


def grown(place: Area, bottom: int) -> str:
    """Return the range of a table that reaches down to `bottom`.

    >>> grown(Area(3, 1, 503, 24), 510)
    'A3:X510'
    """
    return f"{column_letter(place.left)}{place.top}:{column_letter(place.right)}{bottom}"


def edit_table(book: Book, ref: TableRef, bottom: int, formulas: Mapping[str, str]) -> bool:
    """Let a table reach down to `bottom` and know these formulas; return whether it lacked any of them.

    Args:
        formulas: Header of a calculated column → its formula in the first row, without "="; those there are stay.
    """
    place = area(ref.ref)
    assert place is not None
    root = parse(book.archive.read(ref.part), ref.part)
    root.set("ref", grown(place, bottom))
    for element in elements(root):
        if local_name(element) == "autoFilter" and element.get("ref") == ref.ref:
            element.set("ref", grown(place, bottom))
    missing = False
    for column in elements(root.find(main_tag("tableColumns"))):
        text = formulas.get(decode(column.get("name") or ""))
        if text is not None and column.find(main_tag("calculatedColumnFormula")) is None:
            formula = column.makeelement(main_tag("calculatedColumnFormula"), {})
            formula.text = text
            column.insert(0, formula)
            missing = True
    if missing or bottom != place.bottom:
        book.archive.write(ref.part, serialise(root))
    return missing


def stretched_rules(xml: bytes, place: Area, bottom: int) -> bytes:
    """Return a sheet whose colours and checks that reached to the end of a table reach to its new one."""
    start = xml.rfind(b"</sheetData>")

    def stretch(found: re.Match[bytes]) -> bytes:
        ranges = [_stretched(one, place, bottom) for one in found[2].decode("utf-8", "replace").split()]
        return found[1] + " ".join(ranges).encode() + found[3]

    return xml if start < 0 else xml[:start] + _RANGES.sub(stretch, xml[start:])


def _stretched(reference: str, place: Area, bottom: int) -> str:
    one = area(reference)
    inside = one is not None and place.left <= one.left and one.right <= place.right and one.bottom == place.bottom
    return grown(one, bottom) if one is not None and inside and place.top <= one.top else reference
