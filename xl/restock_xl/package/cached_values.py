"""Cached values of formula cells, set in the bytes of a sheet without touching anything else in it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from numbers import Integral, Real
from typing import NamedTuple
from xml.sax.saxutils import escape

from lxml import etree

from .escapes import encode
from .markup import encoding_of, parse, serialise

# What a cell of type "e" may hold. Excel stores newer codes as #VALUE! with a rich value that names them.
_ERRORS = {"#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#GETTING_DATA"}
_NEWER_ERRORS = {"#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!"}

_ROOT_PREFIX = re.compile(rb"<([A-Za-z_][\w.-]*:)?worksheet[\s>]")
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Z]+[0-9]+)["']""")
_TYPE = re.compile(rb"""\st\s*=\s*["'](\w*)["']""")
_VALUE_ATTRIBUTES = re.compile(rb"""\s(?:t|vm)\s*=\s*(?:"[^"]*"|'[^']*')""")
_RICH_VALUE = re.compile(rb"\svm\s*=")
_LONGEST_CELL_TAG = 500


class _Stored(NamedTuple):
    """A value as a cell stores it: the cell's `t` (empty for a number) and the text of its `v`."""

    kind: bytes
    text: bytes


class _Patterns(NamedTuple):
    """What cells look like in one sheet, whose elements all carry the same namespace prefix."""

    prefix: bytes
    formula: re.Pattern[bytes]  # the formula, and what stands behind it in its cell
    cell_tag: re.Pattern[bytes]
    value: re.Pattern[bytes]


def patch_cached_values(xml: bytes, values: Mapping[str, object]) -> tuple[bytes, set[str]]:
    """Return the sheet with new cached values, and the references that were set.

    Only cells with a formula of their own are set; the work grows with the number of formulas, not of cells.

    Args:
        xml: The bytes of a worksheet part.
        values: What each cell shows, by reference such as `B7`: None (nothing), a truth value, a number,
            text, or an error code such as `#N/A`. A number that is not finite becomes #NUM!.
    Raises:
        TypeError: A value of another type; dates must be given as serial numbers.

    >>> sheet = b'<worksheet><sheetData><row><c r="A1"><f>1+1</f></c></row></sheetData></worksheet>'
    >>> patch_cached_values(sheet, {"A1": 2})[0]
    b'<worksheet><sheetData><row><c r="A1"><f>1+1</f><v>2</v></c></row></sheetData></worksheet>'
    """
    wanted = {reference.upper().encode(): value for reference, value in values.items()}
    if not wanted:
        return xml, set()
    original, xml = xml, _plain(xml)
    pieces, done, position = [], set(), 0
    patterns = _patterns_of(xml)
    for formula in patterns.formula.finditer(xml):
        start = xml.rfind(b"<", max(position, formula.start() - _LONGEST_CELL_TAG), formula.start())
        tag = patterns.cell_tag.fullmatch(xml, start, formula.start()) if start >= 0 else None
        reference = _REFERENCE.search(tag.group(1)) if tag else None
        if tag is None or reference is None or reference.group(1) not in wanted:
            continue
        done.add(reference.group(1).decode())
        stored = _stored(wanted[reference.group(1)])
        if not _shows(stored, tag.group(1), formula, patterns):
            pieces += [xml[position:start], _cell(tag.group(1), formula.group(1), stored, patterns.prefix)]
            position = formula.end()
    return (b"".join([*pieces, xml[position:]]) if pieces else original), done


def has_formulas(xml: bytes) -> bool:
    """Return whether a sheet holds any formula cell."""
    xml = _plain(xml)
    return _patterns_of(xml).formula.search(xml) is not None


def _plain(xml: bytes) -> bytes:
    """Return the sheet in the form the patterns expect: UTF-8, without comments and CDATA sections."""
    if encoding_of(xml) in ("utf-8", "utf8") and b"<!" not in xml:
        return xml
    root = parse(xml, "a sheet")
    etree.strip_tags(root, etree.Comment)
    return serialise(root)


def _patterns_of(xml: bytes) -> _Patterns:
    root = _ROOT_PREFIX.search(xml)
    prefix = (root.group(1) or b"") if root else b""
    return _Patterns(
        prefix,
        formula=re.compile(
            rb"(<%bf(?:\s[^<>]*?)?(?:/>|>[^<]*</%bf\s*>))" % (prefix, prefix)
            + rb"([^<]*+(?:<(?!/?%bc[\s/>])[^<]*+)*+)</%bc\s*>" % (prefix, prefix)
        ),
        cell_tag=re.compile(rb"<%bc(\s[^<>]*)>\s*" % prefix),
        value=re.compile(rb"\s*<%bv(?:\s[^<>]*)?>([^<]*)</%bv\s*>\s*" % (prefix, prefix)),
    )


def _stored(value: object) -> _Stored | None:
    """Return how a cell stores `value`; None stores nothing."""
    if value is None:
        return None
    if isinstance(value, bool):
        return _Stored(b"b", b"%d" % value)
    if isinstance(value, str):
        if value in _ERRORS or value in _NEWER_ERRORS:
            return _Stored(b"e", b"#VALUE!" if value in _NEWER_ERRORS else value.encode())
        return _Stored(b"str", escape(encode(value)).encode())
    if isinstance(value, Integral):
        return _Stored(b"", b"%d" % int(value))
    if isinstance(value, Real):
        number = float(value) + 0.0  # turns -0.0 into 0.0
        return _Stored(b"", repr(number).encode()) if math.isfinite(number) else _Stored(b"e", b"#NUM!")
    raise TypeError(
        f"a cached value must be None, a truth value, a number or text, not {type(value).__name__}"
    )


def _shows(stored: _Stored | None, attributes: bytes, formula: re.Match[bytes], patterns: _Patterns) -> bool:
    """Return whether the cell holds this value already; numbers are compared, not their digits."""
    value = patterns.value.fullmatch(formula.group(2))
    if stored is None or value is None or _RICH_VALUE.search(attributes):
        return False
    kind = _TYPE.search(attributes)
    if (kind.group(1) if kind and kind.group(1) != b"n" else b"") != stored.kind:
        return False
    if stored.kind:
        return bool(value.group(1) == stored.text)
    try:
        return float(value.group(1)) == float(stored.text)
    except ValueError:
        return False


def _cell(attributes: bytes, formula: bytes, stored: _Stored | None, prefix: bytes) -> bytes:
    attributes = _VALUE_ATTRIBUTES.sub(b"", attributes)
    if stored is None:
        return b"<%bc%b>%b</%bc>" % (prefix, attributes, formula, prefix)
    kind = b' t="%b"' % stored.kind if stored.kind else b""
    outer_blanks = stored.text[:1].isspace() or stored.text[-1:].isspace()
    space = b' xml:space="preserve"' if outer_blanks else b""
    value = b"<%bv%b>%b</%bv>" % (prefix, space, stored.text, prefix)
    return b"<%bc%b%b>%b%b</%bc>" % (prefix, attributes, kind, formula, value, prefix)
