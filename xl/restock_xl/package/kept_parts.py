"""Parts that a replaced sheet used and that are a person's: charts, pictures, comments, tables, controls.

A new sheet takes the place of the old one with its own relationships; these parts and the relationships to them are
brought back from the book as it was.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from lxml import etree

from .archive import Archive
from .content_types import RELATIONSHIPS_TYPE, ContentTypes
from .markup import RELATIONSHIPS
from .relationships import (
    add_relationship,
    internal,
    reachable,
    relationship_tree,
    relationships_part,
    relative,
    resolve,
    write_relationships,
)

_SHAPE = re.compile(rb"<v:shape\s.*?</v:shape>", re.DOTALL)
_SHAPE_TYPE = re.compile(rb"<v:shapetype\s.*?</v:shapetype>", re.DOTALL)
_BLOCKS = re.compile(rb'<o:idmap[^>]*?data="([\d,]+)"')
OUR_BUTTON = re.compile(rb"<x:FmlaMacro>\[0\]!Restock\w+</x:FmlaMacro>")
_UNSTATED = ("comments", "threadedComment", "pivotTable", "namedSheetView")
"""Kinds of parts that a sheet uses without an element that names them."""


class KeptParts:
    """Brings back parts of one sheet.

    Args:
        before, after: The packages with the old sheet and with the new one.
        part: The sheet's part, in both.
        old_part: Its part in the old package, where that is another.
    """

    def __init__(self, before: Archive, after: Archive, old_part: str, part: str) -> None:
        self._before, self._after, self._old_part, self._part = before, after, old_part, part
        self._types, self._old_types = ContentTypes(after), ContentTypes(before)
        self._tree = relationship_tree(after, part)
        self._old_tree = relationship_tree(before, old_part)
        self._ids: dict[str, str] = {}
        self.is_changed = False

    def name_again(self, element: etree._Element) -> None:
        """Let an element of the old sheet, and all in it, name the relationships of the new one."""
        for one in element.iter(etree.Element):
            for attribute, value in one.attrib.items():
                if str(attribute).startswith(f"{{{RELATIONSHIPS}}}"):
                    one.set(attribute, self._again(str(value)))

    def join_drawings(self, old_id: str, new_id: str) -> None:
        """Put what the old sheet's legacy drawing shows, our buttons excepted, into that of the new one: comments."""
        old_part = next((relation.target for _, relation in internal(self._old_tree, self._old_part)
                         if relation.id == old_id), None)  # fmt: skip
        if old_part is None or not self._before.has(old_part):
            return
        part = self.part_of(new_id)
        old, new = self._before.read(old_part), self._after.read(part)
        shapes = [shape for shape in _SHAPE.findall(old) if not OUR_BUTTON.search(shape)]
        if shapes:
            types = [kind for kind in _SHAPE_TYPE.findall(old) if kind.partition(b">")[0] not in new]
            blocks = b",".join(block for found in _BLOCKS.findall(old) for block in found.split(b","))
            new = _BLOCKS.sub(lambda found: found.group().replace(found[1], found[1] + b"," + blocks), new)
            self._after.write(part, new.replace(b"</xml>", b"".join([*types, *shapes, b"</xml>"])))

    def keep_unstated(self) -> None:
        """Bring back what the sheet uses without naming it: comments, pivot tables."""
        for element in self._old_tree:
            if (element.get("Type") or "").rsplit("/", 1)[-1] in _UNSTATED:
                self._again(element.get("Id") or "")

    def tables(self, without: Collection[str]) -> dict[str, str]:
        """Bring back the tables of the old sheet but those `without`; part then → relationship now."""
        found = {}
        for element, relation in internal(self._old_tree, self._old_part):
            if relation.kind == "table" and relation.target not in without and self._before.has(relation.target):
                found[relation.target] = self._again(element.get("Id") or "")
        return found

    def part_of(self, identifier: str) -> str:
        """The part that a relationship of the new sheet leads to."""
        element = next(one for one in self._tree if one.get("Id") == identifier)
        return resolve(self._part, element.get("Target") or "")

    def store(self) -> None:
        """Put the relationships and content types into the package."""
        if self.is_changed:
            write_relationships(self._after, self._part, self._tree)
            self._types.assign(relationships_part(self._part), RELATIONSHIPS_TYPE)
            self._types.store(self._after)

    def _again(self, old_id: str) -> str:
        if old_id not in self._ids:
            old = next((one for one in self._old_tree if one.get("Id") == old_id), None)
            if old is None:
                return old_id
            self.is_changed = True
            target, external = old.get("Target") or "", old.get("TargetMode") == "External"
            if not external and target and not target.startswith("#"):
                target = relative(self._part, self._bring(resolve(self._old_part, target)))
            self._ids[old_id] = add_relationship(self._tree, old.get("Type") or "", target)
            if external:
                self._tree[-1].set("TargetMode", "External")
        return self._ids[old_id]

    def _bring(self, first: str) -> str:
        """Copy a part and all it uses, where the new package lacks them; its name may have been taken since."""
        name = first
        if self._after.has(first) and self._after.read(first) != self._before.read(first):
            name = self._after.free(first)
        for part in reachable(self._before, [first]):
            to = name if part == first else part
            if not self._after.has(to):
                self._copy(part, to)
                if self._before.has(relationships_part(part)):
                    self._copy(relationships_part(part), relationships_part(to))
        return name

    def _copy(self, part: str, to: str) -> None:
        self._after.write(to, self._before.read(part))
        self._types.assign(to, self._old_types.of(part) or "application/xml")
