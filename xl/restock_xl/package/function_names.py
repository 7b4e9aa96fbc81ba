"""Names of functions as Excel knows them, where another program wrote others.

Excel writes a function that older versions lack with a prefix and looks the name up in capitals. LibreOffice 7.4 keeps
what it does not know, in small letters: `_xlfn.lambda` is LAMBDA again. Our own functions it writes by the names of its
add-ins. Excel shows #NAME? for both.
"""

from __future__ import annotations

import re
from functools import cache
from xml.sax.saxutils import escape

from restock.functions.addin import SERVICE, methods

from .formula_book import FormulaBook
from .markup import serialise
from .shared_strings import unescape
from .sheet_rows import SheetMarkup

CALC_NAMES = re.compile(re.escape(SERVICE.upper()).encode() + rb"\.[A-Z]")
"""How LibreOffice 7.4 begins the names of our functions in a file."""
ASIDE = "_ASIDE_"
"""How our extension begins, while LibreOffice has a book open, the names by which Microsoft 365 computes our
functions: LibreOffice would try to compute them too, and fail."""
_SMALL = re.compile(rb"_xlfn\.(?:_xlws\.)?[a-z]|" + CALC_NAMES.pattern)
_FORMULA = re.compile(
    rb"(<(?:[\w.-]+:)?f(?:\s[^<>]*)?>)([^<]*(?:_xlfn|" + SERVICE.upper().encode() + rb")\.[^<]*)(?=</)"
)
# Texts and quoted sheet names are passed over.
_PREFIXES = r"_xlfn\.(?:_xlws\.)?|" + re.escape(SERVICE.upper()) + r"\."
_NAME = re.compile(r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|(" + _PREFIXES + r")([A-Za-z][\w.]*)")


def restored(formula: str) -> str:
    """Return a formula with the names of prefixed functions in capitals, and with our own names.

    >>> restored("ORG.RESTOCK.RESTOCKFUNCTIONS.RESTOCKTIER(A1,7)")
    'RESTOCK_TIER(A1,7)'
    >>> restored('_xlfn.let(_xlpm.a,1,_xlfn._xlws.sort(_xlpm.a)&"_xlfn.let")')
    '_xlfn.LET(_xlpm.a,1,_xlfn._xlws.SORT(_xlpm.a)&"_xlfn.let")'
    """
    return _NAME.sub(_restored_name, formula)


def _restored_name(found: re.Match[str]) -> str:
    if not found[1]:
        return found[0]
    if found[1][0] == "_":
        return found[1] + found[2].upper()
    return _ours().get(found[2].upper(), found[0])


@cache
def _ours() -> dict[str, str]:
    """Names of our functions by those of their UNO methods, in capitals."""
    return {name.upper(): function.name for name, function in methods().items()}


def restore_names(book: FormulaBook) -> int:
    """Restore names in the formulas and defined names of a book in memory; return how many formulas were mended."""
    count = 0
    for name, markup in book.markups.items():
        if markup.is_plain and _SMALL.search(markup.data):
            data, mended = _restored_sheet(markup.data)
            book.markups[name] = SheetMarkup(data, book.parts[name])
            book.book.archive.write(book.parts[name], data)
            count += mended
    return count + _restore_defined_names(book)


def _restored_sheet(data: bytes) -> tuple[bytes, int]:
    mended = 0

    def mend(found: re.Match[bytes]) -> bytes:
        nonlocal mended
        if not _SMALL.search(found[2]):
            return found[0]
        before = unescape(found[2])
        after = restored(before)
        mended += after != before
        return found[0] if after == before else found[1] + escape(after).encode()

    return _FORMULA.sub(mend, data), mended


def _restore_defined_names(book: FormulaBook) -> int:
    count, present = 0, {(element.get("name") or "").upper() for element in book.book.defined_names}
    for element in book.book.defined_names:
        name, text = element.get("name") or "", element.text or ""
        if "_xlfn." in text and (mended := restored(text)) != text:
            element.text = mended
            count += 1
        if name.upper().startswith(ASIDE + "RESTOCK_") and name[len(ASIDE) :].upper() not in present:
            element.set("name", name[len(ASIDE) :])
            count += 1
    if count:
        book.book.archive.write(book.book.part, serialise(book.book.tree))
    return count
