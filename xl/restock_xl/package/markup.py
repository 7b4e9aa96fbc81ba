"""XML parts: safe parsing, plain serialising, and the namespaces of SpreadsheetML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from restock.errors import WorkbookError
from restock.text.refused import refused

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_PREFIX = "http://purl.oclc.org/ooxml/"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIP_ID = f"{{{RELATIONSHIPS}}}id"

# ECMA-376 part 2 allows UTF-8 and UTF-16 only; a few single-byte encodings are met in old exports. Anything
# else could hide a DOCTYPE from the search below.
_ENCODINGS = re.compile(r"utf-?8|utf-?16-?(le|be)?|us-ascii|ascii|iso-8859-\d+|windows-125\d")
_DECLARATION = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([\w.-]+)["']""")
_FORBIDDEN = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
)


def main_tag(name: str) -> str:
    """Return the qualified SpreadsheetML tag of `name`.

    >>> main_tag("row")
    '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}row'
    """
    return f"{{{MAIN}}}{name}"


def encoding_of(data: bytes) -> str:
    """Return the encoding of an XML part in lower case, from its byte-order mark or its declaration.

    >>> encoding_of(b'<?xml version="1.0" encoding="ISO-8859-1"?><a/>')
    'iso-8859-1'
    """
    if data[:2] in (b"\xff\xfe", b"<\0"):
        return "utf-16-le"
    if data[:2] in (b"\xfe\xff", b"\0<"):
        return "utf-16-be"
    declared = _DECLARATION.search(data[:200])
    return declared.group(1).decode("ascii").lower() if declared else "utf-8"


def parse(data: bytes, part: str) -> etree._Element:
    """Return the root element of an XML part; nothing outside the part is ever read.

    Args:
        data: The bytes of the part.
        part: Its name, for the sentence shown to the user.
    Raises:
        WorkbookError: The part is not well-formed, or declares a document type or entities.
    """
    encoding = encoding_of(data)
    readable = encoding.startswith("utf-16") or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    if any(word in data for word in _FORBIDDEN) or not (readable and _ENCODINGS.fullmatch(encoding)):
        raise WorkbookError(
            f"{part} inside the workbook declares its own document type or an unusual encoding, which no "
            "spreadsheet program writes; such a file can be an attack. Open it in Excel only if you "
            "trust the sender, save it under a new name, and use that file."
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root: etree._Element = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise damaged(part, str(error)) from error
    return root


def damaged(part: str, detail: str) -> WorkbookError:
    """Return the error for a part that cannot be read."""
    return refused("refuse.damaged_part", part=part, detail=detail)


def serialise(root: etree._Element) -> bytes:
    """Return the XML part with the declaration that Excel writes."""
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def local_name(element: etree._Element) -> str:
    """Return the tag without its namespace; a comment or processing instruction has none.

    >>> local_name(etree.Element(main_tag("row")))
    'row'
    """
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def elements(parent: etree._Element | None) -> Iterator[etree._Element]:
    """Yield the child elements of `parent`, without comments; none where `parent` is missing."""
    if parent is not None:
        yield from (child for child in parent if isinstance(child.tag, str))


def insert_ordered(parent: etree._Element, child: etree._Element, order: Sequence[str]) -> None:
    """Insert `child` behind the last element that the schema's `order` puts before it or level with it."""
    before = set(order[: order.index(local_name(child)) + 1])
    position = 0
    for index, sibling in enumerate(parent):
        if local_name(sibling) in before:
            position = index + 1
    parent.insert(position, child)


def whole_number(text: str | None, default: int = 0) -> int:
    """Return an integer attribute, or `default` where it is missing or not a number.

    >>> whole_number("7"), whole_number(None), whole_number("many", 1)
    (7, 0, 1)
    """
    return int(text) if text is not None and re.fullmatch(r"\s*\d{1,18}\s*", text) else default


def is_true(text: str | None) -> bool:
    """Return whether an XML attribute says true.

    >>> is_true("1"), is_true("true"), is_true("0"), is_true(None)
    (True, True, False, False)
    """
    return text in ("1", "true", "on")
