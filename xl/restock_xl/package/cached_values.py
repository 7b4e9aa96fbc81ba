"""Cached values of formula cells, set in the bytes of a sheet without touching anything else in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from .markup import encoding_of, parse, serialise
from .stored_values import Stored, space_attribute, stored

_ROOT_PREFIX = re.compile(rb"<([A-Za-z_][\w.-]*:)?worksheet[\s>]")
_TYPE = re.compile(rb"""\st\s*=\s*["'](\w*)["']""")
_VALUE_ATTRIBUTES = re.compile(rb"""\s(?:t|vm)\s*=\s*(?:"[^"]*"|'[^']*')""")
_RICH_VALUE = re.compile(rb"\svm\s*=")


class _Patterns(NamedTuple):
    """What formulas look like in one sheet, whose elements all carry the same namespace prefix."""

    prefix: bytes
    formula: re.Pattern[bytes]
    cell: re.Pattern[bytes]  # attributes, reference attribute, reference, attributes, formula, what follows it
    value: re.Pattern[bytes]


class _Attributes(NamedTuple):
    """What a cell's attributes say: the type of its value, whether that is a rich one, and the others."""

    kind: str
    is_rich: bool
    others: bytes


def patch_cached_values(xml: bytes, values: Mapping[str, object]) -> tuple[bytes, set[str]]:
    """Return the sheet with new cached values, and the references that were set.

    Only cells with a formula of their own are set, in one pass over the bytes.

    Args:
        xml: The bytes of a worksheet part.
        values: What each cell shows, by reference such as `B7`; see `stored`.
    Raises:
        TypeError: A value that no cell can store.

    >>> sheet = b'<worksheet><sheetData><row><c r="A1"><f>1+1</f></c></row></sheetData></worksheet>'
    >>> patch_cached_values(sheet, {"A1": 2})[0]
    b'<worksheet><sheetData><row><c r="A1"><f>1+1</f><v>2</v></c></row></sheetData></worksheet>'
    """
    wanted = {reference.upper().encode(): value for reference, value in values.items()}
    if not wanted:
        return xml, set()
    original, xml = xml, plain_sheet(xml)
    pieces, done, position = [], set(), 0
    patterns = _patterns_of(xml)
    prefix = patterns.prefix.decode()
    for cell in patterns.cell.finditer(xml):
        before, place, reference, after, formula, rest = cell.groups()
        if reference not in wanted:
            continue
        done.add(reference.decode())
        value, attributes = stored(wanted[reference]), _attributes(before + after)
        markup = _value_markup(value, prefix)
        if not _shows(value, markup, attributes, rest, patterns.value):
            kind = f' t="{value[0]}"'.encode() if value and value[0] else b""
            pieces += [xml[position : cell.start(1)], place, attributes.others, kind, b">", formula, markup]
            position = cell.end(6)
    return (b"".join([*pieces, xml[position:]]) if pieces else original), done


def has_formulas(xml: bytes) -> bool:
    """Return whether a sheet holds any formula cell."""
    xml = plain_sheet(xml)
    return _patterns_of(xml).formula.search(xml) is not None


def plain_sheet(xml: bytes) -> bytes:
    """Return the sheet in the form the patterns expect: UTF-8, without comments and CDATA sections."""
    if encoding_of(xml) in ("utf-8", "utf8") and b"<!" not in xml:
        return xml
    root = parse(xml, "a sheet")
    etree.strip_tags(root, etree.Comment)
    return serialise(root)


def prefix_of(xml: bytes) -> bytes:
    """Return the namespace prefix that all elements of a sheet carry, with its colon; b"" where they have none."""
    root = _ROOT_PREFIX.search(xml)
    return (root.group(1) or b"") if root else b""


def _patterns_of(xml: bytes) -> _Patterns:
    prefix = prefix_of(xml)
    return _Patterns(
        prefix,
        formula=re.compile(rb"<%bf[\s/>]" % prefix),
        cell=re.compile(
            rb"""<%bc(?>(|\s[^<>]*?)(\sr\s*=\s*["']([A-Z]+[0-9]+)["']))([^<>]*)>\s*""" % prefix
            + rb"(<%bf(?:\s[^<>]*?)?(?:/>|>[^<]*</%bf\s*>))" % (prefix, prefix)
            + rb"([^<]*+(?:<(?!/?%bc[\s/>])[^<]*+)*+)</%bc\s*>" % (prefix, prefix)
        ),
        value=re.compile(rb"\s*<%bv(?:\s[^<>]*)?>([^<]*)</%bv\s*>\s*" % (prefix, prefix)),
    )


@lru_cache(maxsize=1024)
def _attributes(text: bytes) -> _Attributes:
    kind = _TYPE.search(text)
    stated = kind.group(1).decode() if kind and kind.group(1) != b"n" else ""
    return _Attributes(stated, _RICH_VALUE.search(text) is not None, _VALUE_ATTRIBUTES.sub(b"", text))


def _value_markup(value: Stored | None, prefix: str) -> bytes:
    if value is None:
        return b""
    kind, text = value
    space = space_attribute(text) if kind == "str" else ""
    return f"<{prefix}v{space}>{text}</{prefix}v>".encode()


def _shows(
    value: Stored | None, markup: bytes, attributes: _Attributes, rest: bytes, pattern: re.Pattern[bytes]
) -> bool:
    """Return whether the cell holds this value already; numbers are compared, not their digits."""
    if value is None or attributes.is_rich or attributes.kind != value[0]:
        return False
    if rest == markup:
        return True
    shown = pattern.fullmatch(rest)
    if shown is None or not shown.group(1) or value[0]:
        return shown is not None and shown.group(1) == value[1].encode()
    try:
        return float(shown.group(1)) == float(value[1])
    except ValueError:
        return False
