"""What belongs to cells and is no cell: messages on typing, filters in use, captions of buttons, names of columns."""

from __future__ import annotations

from lxml import etree

from restock.schema.inputs import INPUT_TABLES
from restock.schema.outputs import STOCK_COMPUTED
from restock_xl.hosts.excel.ribbon import PART as RIBBON
from restock_xl.hosts.excel.ribbon import ribbon_xml
from restock_xl.package.book import Book
from restock_xl.package.escapes import decode, encode
from restock_xl.package.markup import elements, main_tag, parse, serialise, whole_number
from restock_xl.package.relationships import reachable
from restock_xl.package.sheet_frame_edit import with_frame
from restock_xl.relabel.labels import (
    Pairs,
    all_columns,
    choices_of,
    header_pairs,
    new_word,
    other,
    sentence_pairs,
    table_of,
)
from restock_xl.relabel.names import NewNames, PlacedTable

_TITLE, _MESSAGE = 32, 255
"""Characters that Excel shows of each."""


def with_messages(xml: bytes, part: str, key: str, target: str) -> bytes:
    """Return an input sheet whose messages on typing speak the other language."""
    said = {}
    for column in all_columns(INPUT_TABLES[key]):
        old, new = ((column.header(one)[:_TITLE], column.help(one)[:_MESSAGE]) for one in (other(target), target))
        said[old] = new

    def edit(frame: etree._Element) -> bool:
        changed = False
        for rule in elements(frame.find(main_tag("dataValidations"))):
            new = said.get((decode(rule.get("promptTitle") or ""), decode(rule.get("prompt") or "")))
            if new is not None:
                rule.set("promptTitle", encode(new[0]))
                rule.set("prompt", encode(new[1]))
                changed = True
        return changed

    return with_frame(xml, part, edit) if b"prompt" in xml[xml.rfind(b"sheetData>") :] else xml


def rename_columns(book: Book, table: PlacedTable, headers: dict[int, str], target: str) -> None:
    """Give the columns of an Excel table their new headers, and filters in use the words that they now look for."""
    assert table.ref is not None
    root = parse(book.archive.read(table.ref.part), table.ref.part)
    columns = list(elements(root.find(main_tag("tableColumns"))))
    for place, header in headers.items():
        columns[place].set("name", encode(header))
    filtered = _with_words(root, table, target)
    if headers or filtered:
        book.archive.write(table.ref.part, serialise(root))


def _with_words(root: etree._Element, table: PlacedTable, target: str) -> bool:
    known = table_of(table.ref, is_ours=False) if table.ref is not None else None
    specs = (*all_columns(known), *STOCK_COMPUTED) if known is not None else ()
    lists = {header: choices_of(one) or ("tier" if one.name == "tier" else "") for one in specs
             for header in header_pairs([one], target)}  # fmt: skip
    changed = False
    for column in root.iter(main_tag("filterColumn")):
        place = whole_number(column.get("colId"), len(table.headers))
        choices = lists.get(table.headers[place], "") if place < len(table.headers) else ""
        for rule in column.iter(main_tag("filter"), main_tag("customFilter")) if choices else ():
            new = new_word(choices, decode(rule.get("val") or ""), target)
            if new is not None:
                rule.set("val", encode(new))
                changed = True
    return changed


def relabel_buttons(book: Book, names: NewNames) -> None:
    """Give the buttons on Start and in the ribbon their captions; those on Today are written by a press."""
    if book.archive.has(RIBBON) and book.archive.read(RIBBON) == ribbon_xml(other(names.target)).encode():
        book.archive.write(RIBBON, ribbon_xml(names.target).encode())
    start = names.tabs.get("Start")
    sheet = book.sheet(names.sheets.get(start, start)) if start is not None else None
    captions = sentence_pairs(("button.",), names.target)
    for part in reachable(book.archive, [sheet.part]) if sheet is not None and sheet.part else ():
        if part.lower().endswith(".vml") or "/drawings/" in part.lower():
            data = book.archive.read(part)
            new = _captioned(data, captions)
            if new != data:
                book.archive.write(part, new)


def _captioned(data: bytes, captions: Pairs) -> bytes:
    for old, new in captions.items():
        data = data.replace(f">{old}<".encode(), f">{new}<".encode())
    return data

