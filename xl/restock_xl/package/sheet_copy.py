"""Copies a sheet and all it uses (tables, drawings, comments, images) from a scratch book into a user's."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable

from lxml import etree

from .book import Book
from .cell_copy import CellCopier, OddSpelling
from .content_types import RELATIONSHIPS_TYPE, ContentTypes
from .markup import damaged, main_tag, parse, serialise, whole_number
from .relationships import (
    internal,
    reachable,
    relationship_tree,
    relationships_part,
    relative,
    write_relationships,
)
from .respelling import respelled
from .shared_strings import SharedStrings, is_plain_xml
from .styles import Styles
from .workbook_edit import WorkbookEdit

_DIFFERENTIAL = [
    "dxfId",
    "dataDxfId",
    "headerRowDxfId",
    "totalsRowDxfId",
    "headerRowBorderDxfId",
    "tableBorderDxfId",
    "totalsRowBorderDxfId",
]
_ROWS_START, _ROWS_END = b"<sheetData>", b"</sheetData>"
_FORMULA = re.compile(rb"<f[\s/>]")
_VML_BLOCK = re.compile(rb'(idmap[^>]*?data=")([\d,]+)')
_VML_SHAPE = re.compile(rb"_x0000_s(\d+)")
_SHAPES_IN_A_BLOCK = 1024


class SheetCopier:
    """Copies sheets of one scratch book into one user's book.

    Args:
        table_ids: The ids that tables had on sheets about to be replaced, by name: slicers refer to them.
        taken_table_ids: The ids of all other tables.
        cell_metadata: Gives the user's `cm` for dynamic arrays; called only where a sheet has one.
    """

    def __init__(
        self,
        scratch: Book,
        edit: WorkbookEdit,
        styles: Styles,
        table_ids: dict[str, int],
        taken_table_ids: Iterable[int],
        cell_metadata: Callable[[], int],
    ) -> None:
        self._scratch = scratch
        self._edit = edit
        self._styles = styles
        self._table_ids = table_ids
        self._taken_table_ids = {0, *taken_table_ids, *table_ids.values()}
        self._cells = CellCopier(_shared_strings(scratch), styles, cell_metadata)
        self._content_types = ContentTypes(scratch.archive)
        self._new_names: dict[str, str] = {}

    def copy(self, name: str, part: str, code_name: str | None, selected: bool) -> bool:
        """Write the scratch sheet `name` as `part`, with everything it uses.

        Args:
            name: The sheet's name in the scratch book.
            part: The part to write in the user's book.
            code_name: The name under which macros know the sheet, where it has one.
            selected: Whether its tab is selected.
        Returns:
            Whether the sheet holds formulas.
        """
        source = self._scratch.part_of_sheet(name)
        root, rows = self._read(source)
        for column in root.iter(main_tag("col")):
            if column.get("style") is not None:
                column.set("style", str(self._styles.cell_format(whole_number(column.get("style")))))
        self._adapt_differential_formats(root)
        _set_selected(root, selected)
        if code_name is not None:
            _set_code_name(root, code_name)
        self._new_names[source] = part
        self._edit.archive.write(part, _with_rows(root, rows))
        self._edit.content_types.assign(part, self._content_type(source))
        dependants = reachable(self._scratch.archive, [source])[1:]
        for dependant in dependants:
            self._copy_dependant(dependant)
        for copied in (source, *dependants):
            self._copy_relationships(copied)
        return _FORMULA.search(rows) is not None

    def _read(self, source: str) -> tuple[etree._Element, bytes]:
        """Return a scratch sheet without its rows, and the rows as they are for the user's book."""
        data = self._scratch.archive.read(source)
        if b"<sheetData" in data and is_plain_xml(data):
            root, rows = _without_rows(data, source)
            try:
                return root, self._cells.adapted(rows)
            except OddSpelling:
                pass
        root, rows = _without_rows(respelled(data, source), source)
        return root, self._cells.adapted(rows)

    def _adapt_differential_formats(self, root: etree._Element) -> None:
        for element in root.iter(etree.Element):
            for attribute in _DIFFERENTIAL:
                if element.get(attribute) is not None:
                    number = self._styles.differential_format(whole_number(element.get(attribute)))
                    element.set(attribute, str(number))

    def _copy_dependant(self, source: str) -> None:
        if source in self._new_names:
            return
        below = posixpath.relpath(source, posixpath.dirname(self._scratch.part) or ".")
        part = self._edit.free_part(below)
        data = self._scratch.archive.read(source)
        if self._content_type(source).endswith(".table+xml"):
            data = self._table(data, source)
        elif source.endswith(".vml"):
            data = self._with_own_shape_ids(data)
        self._new_names[source] = part
        self._edit.archive.write(part, data)
        self._edit.content_types.assign(part, self._content_type(source))

    def _table(self, data: bytes, source: str) -> bytes:
        root = parse(data, source)
        name = (root.get("displayName") or "").casefold()
        number = self._table_ids.get(name, max(self._taken_table_ids) + 1)
        self._taken_table_ids.add(number)
        root.set("id", str(number))
        self._adapt_differential_formats(root)
        return serialise(root)

    def _with_own_shape_ids(self, data: bytes) -> bytes:
        """Give the shapes of a comment drawing a block of ids that no other drawing has."""
        archive = self._edit.archive
        drawings = (archive.read(part) for part in archive.parts() if part.lower().endswith(".vml"))
        blocks = (numbers for drawing in drawings for _, numbers in _VML_BLOCK.findall(drawing))
        block = (
            max((int(number) for numbers in blocks for number in numbers.split(b",") if number), default=0)
            + 1
        )
        data = _VML_BLOCK.sub(lambda found: found.group(1) + b"%d" % block, data)
        base = block * _SHAPES_IN_A_BLOCK
        return _VML_SHAPE.sub(
            lambda found: b"_x0000_s%d" % (base + int(found.group(1)) % _SHAPES_IN_A_BLOCK), data
        )

    def _copy_relationships(self, source: str) -> None:
        if not self._scratch.archive.has(relationships_part(source)):
            return
        part = self._new_names[source]
        tree = relationship_tree(self._scratch.archive, source)
        for element, relation in internal(tree, source):
            if relation.target not in self._new_names:
                raise damaged(relation.target, "it is missing")
            element.set("Target", relative(part, self._new_names[relation.target]))
        write_relationships(self._edit.archive, part, tree)
        self._edit.content_types.assign(relationships_part(part), RELATIONSHIPS_TYPE)

    def _content_type(self, source: str) -> str:
        return self._content_types.of(source) or "application/xml"


def _shared_strings(book: Book) -> SharedStrings:
    return SharedStrings(book.archive, book.part_of_kind("sharedStrings"))


def _without_rows(data: bytes, part: str) -> tuple[etree._Element, bytes]:
    """Return the sheet without its rows, and the rows as bytes: they are most of it, and stay bytes."""
    start, end = data.find(_ROWS_START), data.rfind(_ROWS_END)
    if start < 0 or end < 0:
        return parse(data, part), b""
    start += len(_ROWS_START)
    return parse(data[:start] + data[end:], part), data[start:end]


def _with_rows(root: etree._Element, rows: bytes) -> bytes:
    if not rows:
        return serialise(root)
    before, _, behind = serialise(root).partition(b"<sheetData/>")
    return b"".join((before, _ROWS_START, rows, _ROWS_END, behind))


def _set_selected(root: etree._Element, selected: bool) -> None:
    for view in root.iter(main_tag("sheetView")):
        if selected:
            view.set("tabSelected", "1")
        elif "tabSelected" in view.attrib:
            del view.attrib["tabSelected"]


def _set_code_name(root: etree._Element, code_name: str) -> None:
    properties = root.find(main_tag("sheetPr"))
    if properties is None:
        properties = root.makeelement(main_tag("sheetPr"), {})
        root.insert(0, properties)
    properties.set("codeName", code_name)
