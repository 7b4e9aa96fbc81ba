"""The parts that list sheets: workbook.xml, its relationships and the content types, changed together."""

from __future__ import annotations

import posixpath
from collections.abc import Collection

from lxml import etree

from .book import Book, Sheet
from .content_types import RELATIONSHIPS_TYPE, ContentTypes
from .markup import (
    RELATIONSHIP_ID,
    RELATIONSHIPS,
    elements,
    insert_ordered,
    main_tag,
    serialise,
    whole_number,
)
from .ownership import OWNERSHIP_NAME, ownership_text
from .relationships import (
    add_relationship,
    dangling,
    internal,
    reachable,
    relationship_tree,
    relationships_part,
    relative,
    write_relationships,
)

ORDER = [
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
    "calcPr",
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
]
_PRINT_NAMES = "_xlnm."


class WorkbookEdit:
    """Edits to the list of sheets of a user's workbook, in memory until `save`."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.archive = book.archive
        self.folder = posixpath.dirname(book.part)
        self.content_types = ContentTypes(self.archive)
        self._relationships = relationship_tree(self.archive, book.part)
        # A new part of such a name would turn up wherever the user's workbook lost one.
        self._lost = {target.lower() for targets in dangling(self.archive).values() for target in targets}

    def free_part(self, below: str) -> str:
        """Return a name for a new part like `below`, which is relative to the workbook's folder."""
        return self.archive.free(posixpath.join(self.folder, below), self._lost)

    def reveal(self, names: Collection[str]) -> None:
        """Show the tabs of these sheets if they were hidden."""
        sheets = self.book.tree.find(main_tag("sheets"))
        for element in elements(sheets) if sheets is not None else ():
            if element.get("name") in names and element.get("state"):
                del element.attrib["state"]

    def append_sheet(self, name: str, state: str, content_type: str) -> Sheet:
        """List a new sheet behind the others and return it; its part is still to be written."""
        sheets = self.book.tree.find(main_tag("sheets"))
        assert sheets is not None  # a book without sheets is refused on reading
        part = self.free_part("worksheets/sheet1.xml")
        sheet_id = max(whole_number(element.get("sheetId")) for element in elements(sheets)) + 1
        identifier = self.add_part("worksheet", part, content_type)
        element = etree.SubElement(sheets, main_tag("sheet"), {"name": name, "sheetId": str(sheet_id)})
        if state != "visible":
            element.set("state", state)
        element.set(RELATIONSHIP_ID, identifier)
        return Sheet(len(list(elements(sheets))) - 1, name, sheet_id, state, part)

    def add_part(self, kind: str, part: str, content_type: str) -> str:
        """Relate the workbook to a new part and return the relationship's id."""
        self.content_types.assign(part, content_type)
        self.content_types.assign(relationships_part(part), RELATIONSHIPS_TYPE)
        target = relative(self.book.part, part)
        return add_relationship(self._relationships, f"{RELATIONSHIPS}/{kind}", target)

    def remove_dependants(self, sheet_parts: list[str]) -> None:
        """Remove what only these sheets use: tables, drawings, comments; the sheets' own parts stay."""
        candidates = reachable(self.archive, sheet_parts)
        for part in sheet_parts:
            self.archive.remove(relationships_part(part))
        still_used = {part.lower() for part in reachable(self.archive, [""])}
        for part in candidates:
            if part.lower() not in still_used:
                self.remove_part(part)

    def remove_part(self, part: str) -> None:
        """Remove a part, its relationships and its content type."""
        self.archive.remove(part)
        self.archive.remove(relationships_part(part))
        self.content_types.forget(part)

    def has_calculation_chain(self) -> bool:
        """Return whether the book lists its formulas in the order of their calculation."""
        return any(
            relation.kind == "calcChain" for _, relation in internal(self._relationships, self.book.part)
        )

    def drop_relationships(self, kinds: Collection[str]) -> None:
        """Forget the workbook's relationships of these kinds; their parts stay."""
        for element, relation in list(internal(self._relationships, self.book.part)):
            if relation.kind in kinds:
                self._relationships.remove(element)

    def drop_calculation_chain(self) -> None:
        """Remove the calculation chain, which must not list cells without formula; Excel rebuilds it."""
        for element, relation in list(internal(self._relationships, self.book.part)):
            if relation.kind == "calcChain":
                self.remove_part(relation.target)
                self._relationships.remove(element)

    def replace_names(self, index: int, key: str, scratch_names: list[etree._Element]) -> None:
        """Set the names of one sheet's own scope: the mark of ownership, and those of the new sheet.

        Names that a person gave cells of the sheet stay.
        """
        names = self.book.tree.find(main_tag("definedNames"))
        if names is None:
            names = self.book.tree.makeelement(main_tag("definedNames"), {})
            insert_ordered(self.book.tree, names, ORDER)
        arriving = {_folded(name) for name in scratch_names} | {OWNERSHIP_NAME}
        for name in list(elements(names)):
            old = _folded(name)
            if name.get("localSheetId") == str(index) and (old in arriving or old.startswith(_PRINT_NAMES)):
                names.remove(name)
        for name in scratch_names:
            if _folded(name) != OWNERSHIP_NAME:
                copied = etree.SubElement(
                    names,
                    main_tag("definedName"),
                    {str(attribute): str(value) for attribute, value in name.attrib.items()},
                )
                copied.set("localSheetId", str(index))
                copied.text = name.text
        attributes = {"name": OWNERSHIP_NAME, "localSheetId": str(index), "hidden": "1"}
        etree.SubElement(names, main_tag("definedName"), attributes).text = ownership_text(key)

    def activate(self, index: int) -> None:
        """Make a tab the one shown on opening."""
        views = self.book.tree.find(main_tag("bookViews"))
        if views is None:
            views = self.book.tree.makeelement(main_tag("bookViews"), {})
            insert_ordered(self.book.tree, views, ORDER)
        view = next(elements(views), None)
        if view is None:
            view = etree.SubElement(views, main_tag("workbookView"))
        view.set("activeTab", str(index))

    def store(self) -> None:
        """Put the three parts into the package in memory."""
        self.archive.write(self.book.part, serialise(self.book.tree))
        write_relationships(self.archive, self.book.part, self._relationships)
        self.content_types.store(self.archive)


def _folded(name: etree._Element) -> str:
    return (name.get("name") or "").casefold()
