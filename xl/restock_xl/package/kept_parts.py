"""Parts that a replaced sheet used and that are a person's: charts, pictures, comments, tables, controls.

A new sheet takes the place of the old one with its own relationships; these parts and the relationships to them are
brought back from the book as it was.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Collection, Iterator
from typing import Any

from lxml import etree

from .archive import Archive
from .content_types import RELATIONSHIPS_TYPE, ContentTypes
from .markup import RELATIONSHIPS, elements, local_name, parse, serialise, whole_number
from .relationships import (
    add_relationship,
    internal,
    relationship_tree,
    relationships,
    relationships_part,
    relative,
    resolve,
    write_relationships,
)

_SHAPE = re.compile(rb"<v:shape\s.*?</v:shape>", re.DOTALL)
_SHAPE_TYPE = re.compile(rb"<v:shapetype\s.*?</v:shapetype>", re.DOTALL)
_BLOCKS = re.compile(rb'<o:idmap[^>]*?data="([\d,]+)"')
OUR_BUTTON = re.compile(rb"<x:FmlaMacro>\[0\]!Restock\w+</x:FmlaMacro>")
_ID = f"{{{RELATIONSHIPS}}}id"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"
_SERIES = re.compile(rb"<(?:[\w.-]+:)?val>.*?<(?:[\w.-]+:)?f>([^<]+)<", re.DOTALL)
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
        self._brought: dict[str, str] = {}
        self.is_changed = False

    def name_again(self, element: etree._Element) -> None:
        """Let an element of the old sheet, and all in it, name the relationships of the new one."""
        for one in element.iter(etree.Element):
            for attribute, value in one.attrib.items():
                if str(attribute).startswith(f"{{{RELATIONSHIPS}}}"):
                    one.set(attribute, self._again(str(value)))

    def join_drawings(self, old_id: str, new_id: str) -> None:
        """Put what the old sheet's legacy drawing shows, our buttons excepted, into that of the new one: comments."""
        old_part = self._old_target(old_id)
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

    def keep_drawing(self, element: etree._Element, there: etree._Element | None, named: str) -> etree._Element | None:
        """Bring back what the old sheet's drawing shows, but what is called `named` …: that is ours, and drawn anew.

        Some programs call charts anew when they save: one is ours too if it draws the cells that a new one of ours does
        and none that is called so draws them.

        Args:
            element: Names the drawing of the old sheet.
            there: Names that of the new one; None where it has none.
        Returns:
            What the new sheet has to name besides; None where nothing.
        """
        old_part = self._old_target(element.get(_ID) or "")
        if old_part is None or not self._before.has(old_part):
            return None
        old = parse(self._before.read(old_part), old_part)
        drawn = self._drawn_anew(old, old_part, there, named)
        anchors = [one for one in elements(old)
                   if not _is_called(one, named) and _drawn(self._before, old_part, one) not in drawn]  # fmt: skip
        made = copy.deepcopy(element)
        if there is None and len(anchors) == len(list(elements(old))):
            self.name_again(made)
            return made
        if not anchors:
            return None
        if there is None:
            part = self._after.free(old_part)
            self._types.assign(part, self._old_types.of(old_part) or _DRAWING_TYPE)
            self._after.write(part, serialise(_with_prefixes(old, old)))
            made.set(_ID, add_relationship(self._tree, f"{RELATIONSHIPS}/drawing", relative(self._part, part)))
            self.is_changed = True
        else:
            part = self.part_of(there.get(_ID) or "")
        self._add_anchors(part, old_part, old, anchors)
        return made if there is None else None

    def _drawn_anew(
        self, old: etree._Element, old_part: str, there: etree._Element | None, named: str
    ) -> set[frozenset[bytes]]:  # fmt: skip
        """What the charts of the new drawing draw, but those that stand in the old one under their names."""
        if there is None:
            return set()
        part = self.part_of(there.get(_ID) or "")
        now = {_drawn(self._after, part, one) for one in elements(parse(self._after.read(part), part))}
        before = {_drawn(self._before, old_part, one) for one in elements(old) if _is_called(one, named)}
        return now - before - {frozenset()}

    def _add_anchors(self, part: str, old_part: str, old: etree._Element, anchors: list[etree._Element]) -> None:
        """Put anchors of an old drawing into one of the new package, with the parts that they use."""
        now = parse(self._after.read(part), part)
        root = _with_prefixes(now, old)
        root.extend(list(now))
        tree, old_tree = relationship_tree(self._after, part), relationship_tree(self._before, old_part)
        ids: dict[str, str] = {}
        for anchor in anchors:
            made, number = copy.deepcopy(anchor), max((whole_number(one.get("id")) for one in _shapes(root)), default=1)
            for shape in _shapes(made):
                shape.set("id", str(number := number + 1))
            for one in made.iter(etree.Element):
                for attribute, value in one.attrib.items():
                    if str(attribute).startswith(f"{{{RELATIONSHIPS}}}") and value:
                        if str(value) not in ids:
                            ids[str(value)] = self._related(tree, part, old_tree, old_part, str(value))
                        one.set(attribute, ids[str(value)])
            root.append(made)
        self._after.write(part, serialise(root))
        write_relationships(self._after, part, tree)
        self._types.assign(relationships_part(part), RELATIONSHIPS_TYPE)
        self.is_changed = True

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

    def _old_target(self, old_id: str) -> str | None:
        found = (relation.target for _, relation in internal(self._old_tree, self._old_part) if relation.id == old_id)
        return next(found, None)

    def _again(self, old_id: str) -> str:
        if old_id not in self._ids:
            if not any(one.get("Id") == old_id for one in self._old_tree):
                return old_id
            self.is_changed = True
            self._ids[old_id] = self._related(self._tree, self._part, self._old_tree, self._old_part, old_id)
        return self._ids[old_id]

    def _related(
        self, tree: etree._Element, part: str, old_tree: etree._Element, old_part: str, old_id: str
    ) -> str:  # fmt: skip
        """Make a relationship of an old part one of a new part, and return its id."""
        old = next((one for one in old_tree if one.get("Id") == old_id), None)
        if old is None:
            return old_id
        target, external = old.get("Target") or "", old.get("TargetMode") == "External"
        if not external and target and not target.startswith("#"):
            target = relative(part, self._bring(resolve(old_part, target)))
        made = add_relationship(tree, old.get("Type") or "", target)
        if external:
            tree[-1].set("TargetMode", "External")
        return made

    def _bring(self, part: str) -> str:
        """Copy a part and all it uses, where the new package lacks them; its name may have been taken since."""
        if part in self._brought or not self._before.has(part):
            return self._brought.get(part, part)
        data, to = self._before.read(part), part
        is_there = self._after.has(part)
        if is_there and self._after.read(part) != data:
            is_there, to = False, self._after.free(part)
        self._brought[part] = to
        tree = relationship_tree(self._before, part)
        for element, relation in internal(tree, part):
            element.set("Target", relative(to, self._bring(relation.target)))
        if not is_there:
            self._after.write(to, data)
            self._types.assign(to, self._old_types.of(part) or "application/xml")
            if self._before.has(relationships_part(part)):
                write_relationships(self._after, to, tree)
                self._types.assign(relationships_part(to), RELATIONSHIPS_TYPE)
        return to


def _with_prefixes(root: etree._Element, old: etree._Element) -> etree._Element:
    """The root without what is in it, with the prefixes of the old one: they may be mentioned in values."""
    prefixes: Any = {key: uri for key, uri in old.nsmap.items() if key is not None} | root.nsmap
    attributes = {str(key): str(value) for key, value in root.attrib.items()}
    return etree.Element(root.tag, attributes, nsmap=prefixes)


def _shapes(element: etree._Element) -> Iterator[etree._Element]:
    return (one for one in element.iter(etree.Element) if local_name(one) == "cNvPr")


def _drawn(archive: Archive, drawing: str, anchor: etree._Element) -> frozenset[bytes]:
    """The first cell of each series of the chart that an anchor shows; none where it shows something else."""
    named = {one.get(_ID) for one in anchor.iter(etree.Element) if local_name(one) == "chart"}
    charts = [one.target for one in relationships(archive, drawing) if one.id in named and archive.has(one.target)]
    found = (series for chart in charts for series in _SERIES.findall(archive.read(chart)))
    return frozenset(one.translate(None, b"'$").partition(b":")[0].lower() for one in found)


def _is_called(anchor: etree._Element, named: str) -> bool:
    return any((shape.get("name") or "").startswith(named) for shape in _shapes(anchor))
