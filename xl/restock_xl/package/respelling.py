"""A sheet of another program in the spelling that is copied as bytes: no prefix, and `<c r="A1" s="1" t="s">`."""

from __future__ import annotations

from typing import Any

from lxml import etree

from .markup import MAIN, main_tag, parse, serialise

_FIRST = ("r", "s", "t")


def respelled(data: bytes, part: str) -> bytes:
    r"""Return a worksheet whose elements carry no prefix and whose cells state place, format and type in this order.

    >>> cells = '<x:sheetData><x:c t="s" r="A1"><x:v>0</x:v></x:c></x:sheetData>'
    >>> sheet = f'<x:worksheet xmlns:x="{MAIN}">{cells}</x:worksheet>'
    >>> respelled(sheet.encode(), "a sheet").partition(b"main\">")[2]
    b'<sheetData><c r="A1" t="s"><v>0</v></c></sheetData></worksheet>'
    """
    old = parse(data, part)
    etree.strip_tags(old, etree.Comment, etree.ProcessingInstruction)
    spaces: dict[Any, str] = {None: MAIN}
    spaces |= {prefix: uri for prefix, uri in old.nsmap.items() if prefix and uri != MAIN}
    root = etree.Element(old.tag, {str(name): str(value) for name, value in old.attrib.items()}, spaces)
    root.extend(list(old))
    for element in root.iter(main_tag("sheetData"), main_tag("row"), main_tag("c")):
        element.text = None
        for child in element:
            child.tail = None
    for cell in root.iter(main_tag("c")):
        _order(cell)
    return serialise(root)


def _order(cell: etree._Element) -> None:
    stated = {str(name): str(value) for name, value in cell.attrib.items()}
    cell.attrib.clear()
    for name in (*_FIRST, *(name for name in stated if name not in _FIRST)):
        if name in stated:
            cell.set(name, stated[name])
    value = cell.find(main_tag("v"))
    if stated.get("t") == "s" and (value is None or not value.text):
        del cell.attrib["t"]  # a text that is none
    elif stated.get("t") == "s" and value is not None:
        value.attrib.clear()
        value.text = (value.text or "").strip()
