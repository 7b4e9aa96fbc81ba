"""metadata.xml: the entry that marks a formula as a dynamic array, which cells name by their `cm`."""

from __future__ import annotations

from lxml import etree

from .markup import MAIN, elements, insert_ordered, is_true, local_name, main_tag, whole_number

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheetMetadata+xml"
EMPTY_METADATA = f'<metadata xmlns="{MAIN}"/>'.encode()

_TYPE = "XLDAPR"
_ORDER = [
    "metadataTypes",
    "metadataStrings",
    "mdxMetadata",
    "futureMetadata",
    "cellMetadata",
    "valueMetadata",
    "extLst",
]
# As Excel 365 writes them.
_TYPE_ENTRY = (
    f'<metadataType xmlns="{MAIN}" name="{_TYPE}" minSupportedVersion="120000" copy="1" pasteAll="1" '
    'pasteValues="1" merge="1" splitFirst="1" rowColShift="1" clearFormats="1" clearComments="1" '
    'assign="1" coerce="1" cellMeta="1"/>'
)
_BLOCK = (
    f'<bk xmlns="{MAIN}"><extLst><ext '
    'uri="{bdbb8cdc-fa1e-496e-a857-3c3f30c029c3}"><xda:dynamicArrayProperties '
    'xmlns:xda="http://schemas.microsoft.com/office/spreadsheetml/2017/dynamicarray" fDynamic="1" '
    'fCollapsed="0"/></ext></extLst></bk>'
)


def dynamic_array_numbers(metadata: etree._Element) -> frozenset[int]:
    """Return every `cm` (counted from 1) that means "dynamic array"; nothing is added."""
    types = [entry.get("name") for entry in elements(metadata.find("{*}metadataTypes"))]
    found = set()
    for number, entry in enumerate(elements(metadata.find("{*}cellMetadata")), start=1):
        records = (whole_number(record.get("t")) for record in elements(entry))
        if any(0 < kind <= len(types) and types[kind - 1] == _TYPE for kind in records):
            found.add(number)
    return frozenset(found)


def dynamic_array_number(metadata: etree._Element) -> int:
    """Return the `cm` that means "dynamic array" (counted from 1), adding the entries that are missing."""
    type_number = _type_number(metadata)
    block = _block_number(metadata)
    cells = _list(metadata, "cellMetadata")
    for number, entry in enumerate(elements(cells), start=1):
        record = entry.find(main_tag("rc"))
        if record is not None and _numbers(record) == (type_number, block):
            return number
    entry = etree.SubElement(cells, main_tag("bk"))
    etree.SubElement(entry, main_tag("rc"), {"t": str(type_number), "v": str(block)})
    return _counted(cells)


def _type_number(metadata: etree._Element) -> int:
    types = _list(metadata, "metadataTypes")
    for number, entry in enumerate(elements(types), start=1):
        if entry.get("name") == _TYPE:
            return number
    types.append(etree.fromstring(_TYPE_ENTRY))
    return _counted(types)


def _block_number(metadata: etree._Element) -> int:
    """Return the place, from 0, of the block that says dynamic and not collapsed."""
    future = next((e for e in metadata.findall(main_tag("futureMetadata")) if e.get("name") == _TYPE), None)
    if future is None:
        future = metadata.makeelement(main_tag("futureMetadata"), {"name": _TYPE})
        insert_ordered(metadata, future, _ORDER)
    for place, block in enumerate(elements(future)):
        properties = [e for e in block.iter() if local_name(e) == "dynamicArrayProperties"]
        if (
            properties
            and is_true(properties[0].get("fDynamic"))
            and not is_true(properties[0].get("fCollapsed"))
        ):
            return place
    future.append(etree.fromstring(_BLOCK))
    return _counted(future) - 1


def _list(metadata: etree._Element, name: str) -> etree._Element:
    entries = metadata.find(main_tag(name))
    if entries is None:
        entries = metadata.makeelement(main_tag(name), {})
        insert_ordered(metadata, entries, _ORDER)
    return entries


def _counted(entries: etree._Element) -> int:
    count = len(list(elements(entries)))
    entries.set("count", str(count))
    return count


def _numbers(record: etree._Element) -> tuple[int, int]:
    return whole_number(record.get("t")), whole_number(record.get("v"))
