"""docProps/app.xml: the list of sheets and printed names that file managers show."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from lxml import etree

from .book import Book
from .markup import elements, whole_number
from .relationships import ROOT, relationships
from .renaming import Renaming

_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_VARIANT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_PRINT_NAMES = ("!Print_Titles", "!Print_Area")


@dataclass
class _Group:
    """A heading in the user's language, such as Worksheets, and the titles below it."""

    heading: str
    titles: list[str]


def properties_part(book: Book) -> str | None:
    """Return the part, or None where a book has none."""
    found = (
        relation.target
        for relation in relationships(book.archive, ROOT)
        if relation.kind == "extended-properties"
    )
    return next((part for part in found if book.archive.has(part)), None)


def rename_sheets(properties: etree._Element, renaming: Renaming) -> None:
    """Write the titles anew where sheets get other names."""
    for title in _vector(properties, "TitlesOfParts"):
        text = _text(title)
        title.text = renaming.formula(text) if "!" in text else renaming.sheet(text)


def list_sheets(
    properties: etree._Element, before: Collection[str], ours: list[str], scratch: etree._Element | None
) -> None:
    """Bring the list of titles up to date; one that does not fit the workbook is dropped, as it is optional.

    Args:
        properties: The root of the user's app.xml, changed in place.
        before: The names of the user's sheets before ours were written.
        ours: The names of our sheets.
        scratch: The root of the app.xml that came with our sheets; its printed names are taken over.
    """
    if properties.find(f"{{{_EXTENDED}}}TitlesOfParts") is None:
        return
    groups = _groups(properties)
    sheets = next((group for group in groups if group.titles and set(group.titles) <= set(before)), None)
    if sheets is None:
        for name in ("HeadingPairs", "TitlesOfParts"):
            for element in properties.findall(f"{{{_EXTENDED}}}{name}"):
                properties.remove(element)
        return
    sheets.titles += [name for name in ours if name not in before]
    _replace_print_names(groups, set(before), ours, _print_names(scratch))
    _store(properties, [group for group in groups if group.titles])


def _replace_print_names(groups: list[_Group], before: set[str], ours: list[str], wanted: list[str]) -> None:
    names = next(
        (group for group in groups if group.titles and not set(group.titles) & (before | set(ours))), None
    )
    if names is None and wanted:
        names = _Group("Named Ranges", [])
        groups.append(names)
    if names is not None:
        names.titles = [title for title in names.titles if not _printed_on(title, ours)] + wanted


def _printed_on(title: str, sheets: list[str]) -> bool:
    sheet = title.rpartition("!")[0].strip("'").replace("''", "'")
    return title.endswith(_PRINT_NAMES) and sheet in sheets


def _print_names(scratch: etree._Element | None) -> list[str]:
    groups = _groups(scratch) if scratch is not None else []
    return [title for group in groups for title in group.titles if title.endswith(_PRINT_NAMES)]


def _groups(properties: etree._Element) -> list[_Group]:
    pairs = [_text(variant) for variant in _vector(properties, "HeadingPairs")]
    titles = [_text(title) for title in _vector(properties, "TitlesOfParts")]
    groups, position = [], 0
    for heading, count in zip(pairs[::2], pairs[1::2], strict=False):
        groups.append(_Group(heading, titles[position : position + whole_number(count)]))
        position += whole_number(count)
    return groups if position == len(titles) else []


def _vector(properties: etree._Element, name: str) -> list[etree._Element]:
    return list(elements(properties.find(f"{{{_EXTENDED}}}{name}/{{{_VARIANT}}}vector")))


def _text(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext()).strip()


def _store(properties: etree._Element, groups: list[_Group]) -> None:
    for name, base in (("HeadingPairs", "variant"), ("TitlesOfParts", "lpstr")):
        vector = properties.find(f"{{{_EXTENDED}}}{name}/{{{_VARIANT}}}vector")
        if vector is None:
            continue
        for element in list(vector):
            vector.remove(element)
        for group in groups:
            if base == "variant":
                _variant(vector, "lpstr", group.heading)
                _variant(vector, "i4", str(len(group.titles)))
            else:
                for title in group.titles:
                    etree.SubElement(vector, f"{{{_VARIANT}}}lpstr").text = title
        vector.set("size", str(len(vector)))


def _variant(vector: etree._Element, kind: str, text: str) -> None:
    variant = etree.SubElement(vector, f"{{{_VARIANT}}}variant")
    etree.SubElement(variant, f"{{{_VARIANT}}}{kind}").text = text
