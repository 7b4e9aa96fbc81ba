"""Writes our sheets into a user's workbook, leaving every part that is not ours as it lies in the file.

What changes: the list of sheets (workbook.xml, its relationships, the content types), styles.xml (appended to
only), docProps/app.xml, metadata.xml where a dynamic array needs it, our sheets with all they use, and sheets
of the user in which cached values of formulas are new. The calculation chain is removed where formulas come
or go.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from restock.errors import WorkbookError

from .app_properties import list_sheets, properties_part
from .book import Book, Sheet
from .cached_values import has_formulas
from .dynamic_arrays import CONTENT_TYPE as METADATA_TYPE
from .dynamic_arrays import EMPTY_METADATA, dynamic_array_number
from .markup import parse, serialise, whole_number
from .sheet_copy import SheetCopier
from .styles import EMPTY_STYLESHEET, Styles
from .workbook_edit import WorkbookEdit

_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_WORKSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_CODE_NAME = re.compile(rb"""<(?:[\w.-]+:)?sheetPr\s[^>]*?\bcodeName\s*=\s*["']([^"'&]+)["']""")
_SELECTED = re.compile(rb"""<(?:[\w.-]+:)?sheetView\s[^>]*?\btabSelected\s*=\s*["'](?:1|true)["']""")
_HEAD_BYTES = 1 << 16  # the views of a sheet stand before its cells


@dataclass(frozen=True)
class _Place:
    """Where one scratch sheet goes: over `old`, or behind all others where there is none."""

    scratch: Sheet
    key: str
    old: Sheet | None


def graft_into(
    user: Book,
    scratch: Path | Book,
    keys: Mapping[str, str],
    cached: Mapping[str, Mapping[str, Any]] | None = None,
    activate: str | None = None,
    reveal: Collection[str] = (),
) -> dict[str, set[str]]:
    """Write every sheet of `scratch` into a book's package in memory; its tree is stale afterwards.

    A sheet that is ours already is replaced where it stands, so that formulas and charts that point at it
    survive; its name, position and hidden state stay. Others are appended behind the last tab.

    Args:
        user: The user's workbook.
        scratch: A workbook that holds only our sheets. Each is named like the sheet it replaces, or by a free name.
        keys: The ownership key of each scratch sheet, by its name.
        cached: New cached values for formula cells on the user's sheets: sheet name, then reference such as
            `B7`.
        activate: The name of the tab to show on opening. Followed only where no sheet other than those
            written here is selected: two selected tabs are a group, and typing into one would change both.
        reveal: Names of sheets in `scratch` that are shown from now on, if they were hidden.
    Returns:
        The references in `cached` that hold no formula of their own and so were left alone, by sheet.
    Raises:
        WorkbookError: The workbook cannot be edited safely, or the scratch book does not fit it. Nothing was
            changed.
    """
    ours = scratch if isinstance(scratch, Book) else Book(scratch)
    user.ensure_editable()
    places = _places(user, ours, keys)
    _refuse_misfits(user, ours, places)
    skipped = _patch(user, cached or {}, places)
    edit = WorkbookEdit(user)
    _Graft(edit, ours, places, activate).write()
    edit.reveal({place.scratch.name for place in places} & set(reveal))
    edit.store()
    return skipped


def _places(user: Book, ours: Book, keys: Mapping[str, str]) -> list[_Place]:
    owned, places = user.owned(), []
    for sheet in ours.sheets:
        key = keys.get(sheet.name)
        if key is None:
            raise WorkbookError(f'The new sheet "{sheet.name}" has no ownership key. Give each sheet one.')
        old, owner = user.sheet(sheet.name), owned.get(key)
        if old is not None and owner != old.name:
            raise WorkbookError(
                f'{user.path.name} already has a sheet called "{sheet.name}" that was not written by '
                "Restock. Rename that sheet, or write ours under a free name."
            )
        if old is None and owner is not None:
            raise WorkbookError(
                f'The sheet for "{key}" is called "{owner}" in {user.path.name}. Write it under that '
                "name, so that it is replaced where it stands."
            )
        places.append(_Place(sheet, key, old))
    return places


def _refuse_misfits(user: Book, ours: Book, places: list[_Place]) -> None:
    if user.date1904 != ours.date1904:
        raise WorkbookError(
            f"{user.path.name} counts dates from {1904 if user.date1904 else 1900}, and the new sheets do "
            "not. Write them with the date system of the workbook, or its dates would be four years off."
        )
    taken = user.taken_names([place.old.name for place in places if place.old])
    for table in ours.tables():
        if table.name.casefold() in taken:
            raise WorkbookError(
                f'{user.path.name} already has a table or a name called "{table.name}". Write ours under '
                "a free name."
            )


def _patch(
    user: Book, cached: Mapping[str, Mapping[str, Any]], places: list[_Place]
) -> dict[str, set[str]]:
    """Set cached values on the user's sheets and return the references that hold no formula."""
    if not cached:
        return {}
    from .formula_patch import patch_values

    replaced = {place.old.name for place in places if place.old}
    skipped = {}
    for name, values in cached.items():
        part = user.part_of_sheet(name)
        if name in replaced:
            raise WorkbookError(f'"{name}" is written anew, so its cached values belong into the new sheet.')
        data, done = patch_values(user.archive.read(part), values)
        user.archive.write(part, data)
        if left := {reference for reference in values if reference.upper() not in done}:
            skipped[name] = left
    return skipped


class _Graft:
    """One run: every scratch sheet goes to its place, then the parts that all sheets share follow."""

    def __init__(self, edit: WorkbookEdit, scratch: Book, places: list[_Place], activate: str | None) -> None:
        self._edit = edit
        self._user = edit.book
        self._scratch = scratch
        self._places = places
        self._activate = self._followed(activate)
        self._styles_part = self._ensure_part("styles", "styles.xml", EMPTY_STYLESHEET, _STYLES_TYPE)
        self._styles = Styles(self._tree(self._styles_part), _styles_of(scratch))
        self._dynamic_array: int | None = None

    def write(self) -> None:
        """Change the user's package in memory."""
        old_parts = {
            place.key: self._user.part_of_sheet(place.old.name) for place in self._places if place.old
        }
        heads = {key: self._edit.archive.read_head(part, _HEAD_BYTES) for key, part in old_parts.items()}
        chained = self._edit.has_calculation_chain()
        formulas_change = chained and any(
            has_formulas(self._edit.archive.read(part)) for part in old_parts.values()
        )
        copier = SheetCopier(self._scratch, self._edit, self._styles, *self._table_ids(), self._cell_metadata)
        self._edit.remove_dependants(list(old_parts.values()))
        indices = {}
        for place in self._places:
            sheet = place.old or self._edit.append_sheet(
                place.scratch.name, place.scratch.state, _WORKSHEET_TYPE
            )
            head = heads.get(place.key, b"")
            code_name = _CODE_NAME.search(head)
            formulas_change |= copier.copy(
                place.scratch.name,
                old_parts.get(place.key) or sheet.part or "",
                code_name.group(1).decode() if code_name else None,
                self._is_selected(sheet.name, head),
            )
            self._edit.replace_names(sheet.index, place.key, _names_on(self._scratch, place.scratch))
            indices[sheet.name] = sheet.index
        if formulas_change:
            self._edit.drop_calculation_chain()
        if self._activate is not None:
            self._edit.activate(indices.get(self._activate, _index_of(self._user, self._activate)))
        self._edit.archive.write(self._styles_part, serialise(self._styles.tree))
        self._update_properties(list(indices))

    def _followed(self, activate: str | None) -> str | None:
        """Return the tab to activate, or None where a sheet of the user would stay selected beside it."""
        if activate is None:
            return None
        written = {place.scratch.name: place.old or place.scratch for place in self._places}
        sheet = written.get(activate) or self._user.sheet(activate)
        if sheet is None:
            raise WorkbookError(f'There is no sheet "{activate}" to show on opening. Check its name.')
        others = [
            other for other in self._user.sheets if other.part and other.name not in {*written, sheet.name}
        ]
        selected = any(
            _SELECTED.search(self._edit.archive.read_head(other.part or "", _HEAD_BYTES)) for other in others
        )
        return None if selected or sheet.state != "visible" else sheet.name

    def _is_selected(self, name: str, old_head: bytes) -> bool:
        if self._activate is not None:
            return name == self._activate
        return _SELECTED.search(old_head) is not None

    def _table_ids(self) -> tuple[dict[str, int], list[int]]:
        """Return the ids of tables on the sheets to be replaced, by name, and those of all others."""
        replaced = {place.old.name for place in self._places if place.old}
        tables = self._user.tables()
        ours = {table.name.casefold(): table.number for table in tables if table.sheet in replaced}
        return ours, [table.number for table in tables if table.sheet not in replaced]

    def _cell_metadata(self) -> int:
        if self._dynamic_array is None:
            part = self._ensure_part("sheetMetadata", "metadata.xml", EMPTY_METADATA, METADATA_TYPE)
            metadata = self._tree(part)
            self._dynamic_array = dynamic_array_number(metadata)
            self._edit.archive.write(part, serialise(metadata))
        return self._dynamic_array

    def _ensure_part(self, kind: str, name: str, empty: bytes, content_type: str) -> str:
        """Return the workbook's part of a kind, made where it has none, or lost the one that it names."""
        part = self._user.part_of_kind(kind)
        if part is None:
            named = (relation.target for relation in self._user.relationships if relation.kind == kind)
            lost = next(named, None)
            part = lost or f"{self._edit.folder}/{name}".lstrip("/")
            self._edit.archive.write(part, empty)
            if lost is None:
                self._edit.add_part(kind, part, content_type)
            else:
                self._edit.content_types.assign(part, content_type)
        return part

    def _tree(self, part: str) -> etree._Element:
        return parse(self._edit.archive.read(part), part)

    def _update_properties(self, ours: list[str]) -> None:
        part = properties_part(self._user)
        if part is not None:
            properties, scratch_part = self._tree(part), properties_part(self._scratch)
            scratch = parse(self._scratch.archive.read(scratch_part), scratch_part) if scratch_part else None
            list_sheets(properties, self._user.sheet_names, ours, scratch)
            self._edit.archive.write(part, serialise(properties))


def _styles_of(scratch: Book) -> etree._Element:
    part = scratch.part_of_kind("styles")
    if part is None:
        raise WorkbookError("The scratch book has no styles. Write it with XlsxWriter.")
    return parse(scratch.archive.read(part), part)


def _names_on(book: Book, sheet: Sheet) -> list[etree._Element]:
    return [name for name in book.defined_names if whole_number(name.get("localSheetId"), -1) == sheet.index]


def _index_of(book: Book, name: str) -> int:
    sheet = book.sheet(name)
    return sheet.index if sheet else 0
