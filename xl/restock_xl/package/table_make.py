"""Excel tables made and widened in the parts of a package."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lxml import etree

from .book import Book, TableRef
from .escapes import encode
from .markup import (
    MAIN,
    RELATIONSHIP_ID,
    RELATIONSHIPS,
    elements,
    insert_ordered,
    local_name,
    main_tag,
    parse,
    serialise,
)
from .references import Area, area, column_letter
from .relationships import add_relationship, relationship_tree, relative, write_relationships
from .sheet_frame_edit import ORDER, with_frame
from .workbook_edit import WorkbookEdit

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"


def reference_of(place: Area) -> str:
    """Return a rectangle as a range.

    >>> reference_of(Area(3, 1, 503, 24))
    'A3:X503'
    """
    return f"{column_letter(place.left)}{place.top}:{column_letter(place.right)}{place.bottom}"


def make_table(book: Book, sheet: str, name: str, place: Area, headers: Sequence[str]) -> None:
    """Make a table over cells that hold its headers and rows already; the book's list of tables is stale afterwards."""
    edit = WorkbookEdit(book)
    part = edit.free_part("tables/table1.xml")
    number = max((ref.number for ref in book.tables()), default=0) + 1
    reference = reference_of(place)
    root = parse(f'<table xmlns="{MAIN}" id="{number}"/>'.encode(), part)
    for attribute, value in (("name", name), ("displayName", name), ("ref", reference), ("totalsRowShown", "0")):
        root.set(attribute, value)
    etree.SubElement(root, main_tag("autoFilter"), {"ref": reference})
    columns = etree.SubElement(root, main_tag("tableColumns"), {"count": str(len(headers))})
    for place_of_column, header in enumerate(headers, start=1):
        etree.SubElement(columns, main_tag("tableColumn"), {"id": str(place_of_column), "name": encode(header)})
    book.archive.write(part, serialise(root))
    edit.content_types.assign(part, _CONTENT_TYPE)
    sheet_part = book.part_of_sheet(sheet)
    relations = relationship_tree(book.archive, sheet_part)
    identifier = add_relationship(relations, f"{RELATIONSHIPS}/table", relative(sheet_part, part))
    write_relationships(book.archive, sheet_part, relations)
    edit.store()
    xml = book.archive.read(sheet_part)
    book.archive.write(sheet_part, with_frame(xml, sheet_part, lambda frame: _list_table(frame, identifier)))


def _list_table(frame: etree._Element, identifier: str) -> bool:
    parts = frame.find(main_tag("tableParts"))
    if parts is None:
        parts = frame.makeelement(main_tag("tableParts"), {})
        insert_ordered(frame, parts, ORDER)
    etree.SubElement(parts, main_tag("tablePart"), {RELATIONSHIP_ID: identifier})
    parts.set("count", str(len(list(elements(parts)))))
    return True


def widen_table(book: Book, ref: TableRef, headers: Sequence[str]) -> None:
    """Let a table have more columns at its right end; their header cells are set elsewhere."""
    place = area(ref.ref)
    assert place is not None
    wider = reference_of(place._replace(right=place.right + len(headers)))
    root = parse(book.archive.read(ref.part), ref.part)
    root.set("ref", wider)
    columns = root.find(main_tag("tableColumns"))
    for element in elements(root):
        if local_name(element) == "autoFilter" and element.get("ref") == ref.ref:
            element.set("ref", wider)
    assert columns is not None
    number = max((int(one.get("id") or 0) for one in elements(columns)), default=0)
    for offset, header in enumerate(headers, start=1):
        attributes = {"id": str(number + offset), "name": encode(header)}
        etree.SubElement(columns, main_tag("tableColumn"), attributes)
    columns.set("count", str(len(list(elements(columns)))))
    book.archive.write(ref.part, serialise(root))


def rename_column(book: Book, ref: TableRef, position: int, header: str) -> None:
    """Give a column of a table another header; its cell is set elsewhere."""
    root = parse(book.archive.read(ref.part), ref.part)
    list(elements(root.find(main_tag("tableColumns"))))[position].set("name", encode(header))
    book.archive.write(ref.part, serialise(root))


def set_column_formulas(
    book: Book, ref: TableRef, formulas: dict[int, str], same: Callable[[str, str], bool]
) -> bool:
    """Let a table know the formula of each calculated column, by position; return whether it knew another.

    Args:
        same: Whether two spellings of a formula mean the same.
    """
    root = parse(book.archive.read(ref.part), ref.part)
    changed = False
    for position, column in enumerate(elements(root.find(main_tag("tableColumns")))):
        text, formula = formulas.get(position), column.find(main_tag("calculatedColumnFormula"))
        if text is None or (formula is not None and same(formula.text or "", text)):
            continue
        if formula is None:
            formula = column.makeelement(main_tag("calculatedColumnFormula"), {})
            column.insert(0, formula)
        formula.text, changed = text, True
    if changed:
        book.archive.write(ref.part, serialise(root))
    return changed
