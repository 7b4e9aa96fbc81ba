"""A user's workbook as a package: its sheets, tables and names, and whether it may be edited."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lxml import etree

from restock.text.refused import refused

from .archive import Archive
from .escapes import decode
from .markup import MAIN, STRICT_PREFIX, damaged, elements, is_true, local_name, parse, whole_number
from .ownership import OWNERSHIP_NAME, Mark, key_of, owners
from .relationships import ROOT, Relationship, relationships

MAX_SHEET_NAME = 31


@dataclass(frozen=True)
class TableRef:
    """An Excel table: `ref` is its range, such as `A3:X503`, and `number` its id in the file."""

    name: str
    sheet: str
    ref: str
    part: str
    columns: tuple[str, ...]
    header_rows: int
    number: int = 0
    totals_rows: int = 0


@dataclass(frozen=True)
class Sheet:
    """One tab: `index` counts from 0; `part` is None where the file lost it."""

    index: int
    name: str
    sheet_id: int
    state: str
    part: str | None


class Book:
    """A workbook read from a file; the file is read once and never changed here.

    Args:
        path: The file.
        archive: Its package, where that was read already.
        names_in_file: Names that sheets have in the file, by those that they have in the package, where these differ.

    Signed, locked and Strict workbooks open too: only `ensure_editable` refuses them.

    Raises:
        WorkbookError: The file is no workbook that can be read safely; the sentence says why and what to do.
    """

    def __init__(
        self, path: Path, archive: Archive | None = None, names_in_file: Mapping[str, str] | None = None
    ) -> None:
        self.path = Path(path)
        self.names_in_file = names_in_file or {}
        self.archive = Archive(self.path) if archive is None else archive
        self.part = self._workbook_part()
        self.tree = parse(self.archive.read(self.part), self.part)
        if self.tree.tag not in (f"{{{MAIN}}}workbook", f"{{{STRICT_PREFIX}spreadsheetml/main}}workbook"):
            raise damaged(self.part, "it does not describe a workbook")
        self.relationships = relationships(self.archive, self.part)
        self.sheets = self._read_sheets()
        if not self.sheets:
            raise damaged(self.part, "it lists no sheets")

    @property
    def sheet_names(self) -> list[str]:
        """The names of all tabs, in their order."""
        return [sheet.name for sheet in self.sheets]

    @cached_property
    def date1904(self) -> bool:
        """Whether dates count from 1904, as in workbooks that began on old Macs."""
        properties = self.tree.find("{*}workbookPr")
        return properties is not None and is_true(properties.get("date1904"))

    def sheet(self, name: str) -> Sheet | None:
        """Return the tab of that name, without regard to case as in Excel."""
        return next((sheet for sheet in self.sheets if sheet.name.casefold() == name.casefold()), None)

    def part_of_sheet(self, name: str) -> str:
        """Return the part that holds a sheet.

        Raises:
            WorkbookError: There is no such sheet, or the file lost it.
        """
        sheet = self.sheet(name)
        if sheet is None:
            raise refused("refuse.no_sheet", name=self.path.name, sheet=name, sheets=", ".join(self.sheet_names))
        if sheet.part is None:
            raise damaged(f'the sheet "{sheet.name}"', "its part is missing")
        return sheet.part

    def part_of_kind(self, kind: str) -> str | None:
        """Return the part the workbook uses as `kind`, such as `styles`, or None."""
        parts = (relation.target for relation in self.relationships if relation.kind == kind)
        return next((part for part in parts if self.archive.has(part)), None)

    @cached_property
    def defined_names(self) -> list[etree._Element]:
        """The defined names of the workbook and of its sheets."""
        return list(elements(self.tree.find("{*}definedNames")))

    def tables(self) -> list[TableRef]:
        """Return the tables of all sheets, in the order of the tabs."""
        return list(self._tables)

    @cached_property
    def _tables(self) -> list[TableRef]:
        found = []
        for sheet in self.sheets:
            for relation in relationships(self.archive, sheet.part) if sheet.part else ():
                if relation.kind == "table" and self.archive.has(relation.target):
                    found.append(
                        _table(parse(self.archive.read(relation.target), relation.target), sheet, relation)
                    )
        return found

    def owned(self) -> dict[str, str]:
        """Return the sheets that are ours: the sheet's name now, by key."""
        marks = []
        for name in self.defined_names:
            index = whole_number(name.get("localSheetId"), default=-1)
            if (name.get("name") or "").casefold() == OWNERSHIP_NAME and 0 <= index < len(self.sheets):
                sheet = self.sheets[index]
                marks.append(Mark(key_of(name.text or ""), sheet.name, sheet.sheet_id))
        return owners(marks)

    def free_sheet_name(self, want: str, key: str | None = None, taken: Collection[str] = ()) -> str:
        """Return a name under which our sheet can be written: `want`, or `want (2)` if it is taken.

        Args:
            want: The name wished for; cut at the 31 characters Excel allows.
            key: Our sheet's key: only the sheet of this key is then ours. Without it every sheet of ours is.
            taken: More names that it must not get.
        """
        owned = self.owned()
        ours = {owned.get(key)} if key is not None else set(owned.values())
        barred = {one.casefold() for one in taken}
        barred |= {one.casefold() for one in self.sheet_names if one not in ours}
        name, number = want[:MAX_SHEET_NAME], 1
        while name.casefold() in barred:
            number += 1
            suffix = f" ({number})"
            name = want[: MAX_SHEET_NAME - len(suffix)] + suffix
        return name

    def free_table_name(
        self, want: str, ignoring_sheets: Collection[str] = (), taken: Collection[str] = ()
    ) -> str:
        """Return `want`, or `want_2` and so on where a table or a defined name has it.

        Args:
            want: The name wished for.
            ignoring_sheets: Sheets of ours that are about to be replaced: their tables do not count.
            taken: More names that it must not get.
        """
        barred = self.taken_names(ignoring_sheets) | {one.casefold() for one in taken}
        name, number = want, 1
        while name.casefold() in barred:
            number += 1
            name = f"{want}_{number}"
        return name

    def taken_names(self, ignoring_sheets: Collection[str] = ()) -> set[str]:
        """Return the names, case-folded, that a new table must not have."""
        ignored = {sheet.casefold() for sheet in ignoring_sheets}
        tables = {table.name.casefold() for table in self._tables if table.sheet.casefold() not in ignored}
        return tables | {(name.get("name") or "").casefold() for name in self.defined_names}

    def ensure_editable(self, structure: bool = True) -> None:
        """Refuse a workbook that writing into would spoil.

        Args:
            structure: Whether sheets may be added; else only cells of those that are there change.
        Raises:
            WorkbookError: Strict format, digitally signed, shared with tracked changes, or locked structure.
        """
        parts = [part.lower() for part in self.archive.parts()]
        protection = self.tree.find("{*}workbookProtection")
        if not self.tree.tag.startswith(f"{{{MAIN}}}"):
            key = "refuse.strict"
        elif any(part.startswith("_xmlsignatures/") for part in parts):
            key = "refuse.signed"
        elif any(part.startswith("xl/revisions/") for part in parts):
            key = "refuse.shared"
        elif structure and protection is not None and is_true(protection.get("lockStructure")):
            key = "refuse.locked"
        else:
            return
        raise refused(key, name=self.path.name)

    def _workbook_part(self) -> str:
        for relation in relationships(self.archive, ROOT):
            if relation.kind == "officeDocument" and self.archive.has(relation.target):
                return relation.target
        raise damaged("_rels/.rels", "it does not say where the workbook lies")

    def _read_sheets(self) -> list[Sheet]:
        target = {relation.id: relation.target for relation in self.relationships}
        sheets = []
        for index, element in enumerate(elements(self.tree.find("{*}sheets"))):
            part = target.get(relationship_id(element))
            sheets.append(
                Sheet(
                    index=index,
                    name=decode(element.get("name") or ""),
                    sheet_id=whole_number(element.get("sheetId")),
                    state=element.get("state") or "visible",
                    part=part if part is not None and self.archive.has(part) else None,
                )
            )
        return sheets


def relationship_id(element: etree._Element) -> str:
    """Return the `r:id` of an element, whichever of the two standards wrote it."""
    return next((str(value) for name, value in element.attrib.items() if str(name).endswith("}id")), "")


def _table(root: etree._Element, sheet: Sheet, relation: Relationship) -> TableRef:
    columns = (
        column for column in elements(root.find("{*}tableColumns")) if local_name(column) == "tableColumn"
    )
    return TableRef(
        name=decode(root.get("displayName") or root.get("name") or ""),
        sheet=sheet.name,
        ref=root.get("ref") or "",
        part=relation.target,
        columns=tuple(decode(column.get("name") or "") for column in columns),
        header_rows=whole_number(root.get("headerRowCount"), default=1),
        number=whole_number(root.get("id")),
        totals_rows=whole_number(root.get("totalsRowCount")),
    )
