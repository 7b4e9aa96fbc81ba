"""Sparklines of a sheet: small charts in cells, which lie in an extension at the sheet's end ([MS-XLSX] 2.3.4).

Nothing else of the part is touched; sparklines that draw cells of another sheet are a person's and stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .escapes import decode
from .markup import damaged
from .shared_strings import unescape
from .stored_values import text_markup

_URI = "{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"
_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_XM = "http://schemas.microsoft.com/office/excel/2006/main"
_ANY = rb"(?:[\w.-]+:)?"
_LIST = re.compile(rb"(<%bsparklineGroups\b[^>]*>)(.*?)(</%bsparklineGroups\s*>)" % (_ANY, _ANY), re.DOTALL)
_GROUP = re.compile(rb"<%bsparklineGroup\b.*?</%bsparklineGroup\s*>" % (_ANY, _ANY), re.DOTALL)
_ONE = re.compile(rb"<%bsparkline>.*?</%bsparkline\s*>" % (_ANY, _ANY), re.DOTALL)
_SAYS = re.compile(rb"<%bf>([^<]*)</%bf\s*>\s*<%bsqref>([^<]*)<" % (_ANY, _ANY, _ANY), re.DOTALL)
_EXTENSIONS = re.compile(rb"</%bextLst\s*>\s*</%bworksheet\s*>\s*$" % (_ANY, _ANY))
_END = re.compile(rb"</(%b)worksheet\s*>\s*$" % _ANY)


class Sparkline(NamedTuple):
    """One of them: the cells that it draws, as `'Trend lines'!B4:M4`, and the cell in which it stands."""

    draws: str
    cell: str


@dataclass(frozen=True)
class Sparklines:
    """A group that looks alike: kind is "column" or "line"; all draw cells of `sheet`."""

    sheet: str
    kind: str
    color: str
    each: tuple[Sparkline, ...]


def sparklines_of(data: bytes, sheet: str) -> list[list[Sparkline]]:
    """Return the sparklines of a worksheet that draw cells of `sheet`, by group."""
    found = [[one for one in map(_read, _ONE.findall(group)) if _is_of(one, sheet)] for group in _groups(data)]
    return [group for group in found if group]


def with_sparklines(data: bytes, groups: Sequence[Sparklines], sheet: str) -> bytes:
    """Return the worksheet with `groups` in the place of all sparklines that draw cells of `sheet`.

    Raises:
        WorkbookError: The worksheet has no end.
    """
    head, tail = _split(data)
    made = b"".join(_group(group) for group in groups if group.each)
    found = _LIST.search(tail)
    if found is not None:
        kept = _GROUP.sub(lambda group: _without(group[0], sheet), found[2])
        return b"".join((head, tail[: found.start()], found[1], kept, made, found[3], tail[found.end() :]))
    extension = b'<ext xmlns:x14="%b" uri="%b"><x14:sparklineGroups xmlns:xm="%b">%b</x14:sparklineGroups></ext>' % (
        _X14.encode(), _URI.encode(), _XM.encode(), made,
    )  # fmt: skip
    listed = _EXTENSIONS.search(tail)
    if listed is not None:
        prefix = tail[listed.start() + 2 :].partition(b"extLst")[0]
        return b"".join((head, tail[: listed.start()], _prefixed(extension, prefix), tail[listed.start() :]))
    end = _END.search(tail)
    if end is None:
        raise damaged("a worksheet", "it has no end")
    whole = b"<%bextLst>%b</%bextLst>" % (end[1], _prefixed(extension, end[1]), end[1])
    return b"".join((head, tail[: end.start()], whole, tail[end.start() :]))


def _prefixed(extension: bytes, prefix: bytes) -> bytes:
    return extension.replace(b"<ext ", b"<%bext " % prefix).replace(b"</ext>", b"</%bext>" % prefix)


def _split(data: bytes) -> tuple[bytes, bytes]:
    """What stands before the end of the rows, and what behind: extensions are there."""
    place = max(data.rfind(b"sheetData>"), data.rfind(b"sheetData/>"), 0)
    return data[:place], data[place:]


def _groups(data: bytes) -> list[bytes]:
    found = _LIST.search(_split(data)[1])
    return _GROUP.findall(found[2]) if found is not None else []


def _read(markup: bytes) -> Sparkline:
    says = _SAYS.search(markup)
    return Sparkline(*(decode(unescape(text)) for text in says.groups())) if says else Sparkline("", "")


def _is_of(one: Sparkline, sheet: str) -> bool:
    name = one.draws.rpartition("!")[0]
    plain = name[1:-1].replace("''", "'") if name.startswith("'") else name
    return plain.casefold() == sheet.casefold()


def _without(group: bytes, sheet: str) -> bytes:
    """A group without those that draw cells of `sheet`; nothing where it has no others."""
    kept = _ONE.sub(lambda one: b"" if _is_of(_read(one[0]), sheet) else one[0], group)
    return kept if kept == group or _ONE.search(kept) else b""


def _group(group: Sparklines) -> bytes:
    kind = ' type="column"' if group.kind == "column" else ' lineWeight="1.25"'
    color = f'rgb="FF{group.color.lstrip("#")}"'
    names = ("Series", "Negative", "Axis", "Markers", "First", "Last", "High", "Low")
    each = "".join(
        f"<x14:sparkline><xm:f>{text_markup(one.draws)}</xm:f><xm:sqref>{one.cell}</xm:sqref></x14:sparkline>"
        for one in group.each
    )
    colors = "".join(f"<x14:color{name} {color}/>" for name in names)
    head = f'manualMin="0"{kind} displayEmptyCellsAs="gap" displayHidden="1" minAxisType="custom"'
    # A group may stand in an extension that another program wrote with other prefixes.
    spaces = f'xmlns:x14="{_X14}" xmlns:xm="{_XM}"'
    inside = f"{colors}<x14:sparklines>{each}</x14:sparklines>"
    return f"<x14:sparklineGroup {spaces} {head}>{inside}</x14:sparklineGroup>".encode()
