"""Relationships between parts: which part uses which, and where the list of them lies."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from .archive import Archive
from .markup import elements, parse, serialise

PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_NONE = f'<Relationships xmlns="{PACKAGE}"/>'
ROOT = ""  # the package itself, whose relationships lie in _rels/.rels


class Relationship(NamedTuple):
    """A relationship to another part of the package: `kind` is the last word of its type, such as `table`."""

    id: str
    kind: str
    target: str


def relationships_part(part: str) -> str:
    """Return the name of the part that lists the relationships of `part`.

    >>> relationships_part("xl/worksheets/sheet1.xml")
    'xl/worksheets/_rels/sheet1.xml.rels'
    """
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def source_part(list_part: str) -> str:
    """Return the part whose relationships `list_part` holds.

    >>> source_part("xl/_rels/workbook.xml.rels")
    'xl/workbook.xml'
    """
    folder, base = posixpath.split(list_part)
    return posixpath.join(posixpath.dirname(folder), base.removesuffix(".rels"))


def resolve(part: str, target: str) -> str:
    """Return the part that `target` means when `part` names it.

    >>> resolve("xl/worksheets/sheet1.xml", "../tables/table1.xml")
    'xl/tables/table1.xml'
    >>> resolve("xl/workbook.xml", "/xl/styles.xml")
    'xl/styles.xml'
    """
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target.replace("\\", "/")))


def relative(part: str, target: str) -> str:
    """Return how `part` names the part `target`.

    >>> relative("xl/worksheets/sheet1.xml", "xl/tables/table1.xml")
    '../tables/table1.xml'
    """
    return posixpath.relpath(target, posixpath.dirname(part) or ".")


def relationship_tree(archive: Archive, part: str) -> etree._Element:
    """Return the relationships of `part` as XML; an empty list where it has none."""
    name = relationships_part(part)
    if not archive.has(name):
        return etree.fromstring(_NONE)
    return parse(archive.read(name), name)


def internal(tree: etree._Element, part: str) -> Iterator[tuple[etree._Element, Relationship]]:
    """Yield the elements that lead to other parts, each with what it says."""
    for element in elements(tree):
        target = element.get("Target") or ""
        if element.get("TargetMode") != "External" and target and not target.startswith("#"):
            kind = (element.get("Type") or "").rsplit("/", 1)[-1]
            yield element, Relationship(element.get("Id") or "", kind, resolve(part, target))


def relationships(archive: Archive, part: str) -> list[Relationship]:
    """Return the relationships of `part` to other parts of the package."""
    return [relation for _, relation in internal(relationship_tree(archive, part), part)]


def add_relationship(tree: etree._Element, kind_url: str, target: str) -> str:
    """Append a relationship under an unused id, and return the id."""
    used = {element.get("Id") for element in elements(tree)}
    number = len(used) + 1
    while f"rId{number}" in used:
        number += 1
    attributes = {"Id": f"rId{number}", "Type": kind_url, "Target": target}
    etree.SubElement(tree, f"{{{PACKAGE}}}Relationship", attributes)
    return f"rId{number}"


def write_relationships(archive: Archive, part: str, tree: etree._Element) -> None:
    """Store the relationships of `part`."""
    archive.write(relationships_part(part), serialise(tree))


def dangling(archive: Archive) -> dict[str, list[str]]:
    """Return the targets that relationships name and the package lacks, by the part that names them."""
    missing: dict[str, list[str]] = {}
    for part in archive.parts():
        if part.lower().endswith(".rels"):
            source = source_part(part)
            targets = [relation.target for relation in relationships(archive, source)]
            missing[source] = [target for target in targets if not archive.has(target)]
    return missing


def reachable(archive: Archive, starts: Iterable[str]) -> list[str]:
    """Return the parts that `starts` lead to, themselves first, each once and only where it exists."""
    found: dict[str, str] = {}
    waiting = list(starts)[::-1]
    while waiting:
        part = waiting.pop()
        if part.lower() in found or not (part == ROOT or archive.has(part)):
            continue
        found[part.lower()] = part
        waiting += [relation.target for relation in relationships(archive, part)][::-1]
    return [part for part in found.values() if part != ROOT]
