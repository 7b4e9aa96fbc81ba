"""A new workbook file made of value sheets: nothing of the book gets into it but what its sheets show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from restock_xl.exports.values.shown_styles import ShownStyles
from restock_xl.exports.values.text_table import TextTable
from restock_xl.package.archive import Archive
from restock_xl.package.markup import MAIN, RELATIONSHIPS, elements, parse
from restock_xl.package.relationships import PACKAGE
from restock_xl.package.zip_writer import ZipWriter

MARK = "restock_copy"
"""The property of a file by which a copy is known as one."""

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_CORE_TYPE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the set of custom properties (MS-OLEPS)


@dataclass(frozen=True)
class CopiedSheet:
    """One sheet of the copy: its markup, its tables, and the rows and columns repeated on each page as a reference."""

    name: str
    markup: bytes
    tables: tuple[bytes, ...] = ()
    print_titles: str = ""


@dataclass(frozen=True)
class CopyPackage:
    """The parts of a copy.

    Attributes:
        about: What the copy says of itself in its properties: its title.
        mark: The value of the property that marks it as a copy.
        theme: The theme of the book, whose colours its formats may name.
    """

    sheets: Sequence[CopiedSheet]
    styles: ShownStyles
    texts: TextTable
    active: int
    date1904: bool
    about: str
    mark: str
    made_on: dt.date
    theme: bytes | None = None

    def save(self, path: Path) -> None:
        """Write the file."""
        with open(path, "wb") as stream:
            writer = ZipWriter(stream)
            for name, data in self._parts().items():
                writer.add(name, data)
            writer.finish()

    def _parts(self) -> dict[str, bytes]:
        parts = {"[Content_Types].xml": b"", "_rels/.rels": _package_relations(), "xl/workbook.xml": self._workbook()}
        relations = [("worksheet", f"worksheets/sheet{number}.xml") for number, _ in enumerate(self.sheets, start=1)]
        relations += [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
        if self.theme is not None:
            relations.append(("theme", "theme/theme1.xml"))
            parts["xl/theme/theme1.xml"] = self.theme
        parts["xl/_rels/workbook.xml.rels"] = _relations(relations)
        table = 0
        for number, sheet in enumerate(self.sheets, start=1):
            parts[f"xl/worksheets/sheet{number}.xml"] = sheet.markup
            names = [f"../tables/table{table + place}.xml" for place in range(1, len(sheet.tables) + 1)]
            if names:
                parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = _relations([("table", name) for name in names])
            for data in sheet.tables:
                table += 1
                parts[f"xl/tables/table{table}.xml"] = data
        parts["xl/styles.xml"], parts["xl/sharedStrings.xml"] = self.styles.markup(), self.texts.markup()
        parts |= self._properties()
        parts["[Content_Types].xml"] = _content_types(parts)
        return parts

    def _workbook(self) -> bytes:
        sheets = "".join(
            f'<sheet name={quoteattr(sheet.name)} sheetId="{number}" r:id="rId{number}"/>'
            for number, sheet in enumerate(self.sheets, start=1)
        )
        titles = "".join(
            f'<definedName name="_xlnm.Print_Titles" localSheetId="{number}">{escape(sheet.print_titles)}</definedName>'
            for number, sheet in enumerate(self.sheets)
            if sheet.print_titles
        )
        dates = '<workbookPr date1904="1"/>' if self.date1904 else "<workbookPr/>"
        return (
            f'{_DECLARED}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}">{dates}'
            f'<bookViews><workbookView activeTab="{self.active}"/></bookViews><sheets>{sheets}</sheets>'
            + (f"<definedNames>{titles}</definedNames>" if titles else "")
            + "</workbook>"
        ).encode()

    def _properties(self) -> dict[str, bytes]:
        core = (
            f'{_DECLARED}<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
            'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            f"<dc:title>{escape(self.about)}</dc:title>"
            f'<dcterms:created xsi:type="dcterms:W3CDTF">{self.made_on.isoformat()}T00:00:00Z</dcterms:created>'
            "</cp:coreProperties>"
        )
        custom = (
            f'{_DECLARED}<Properties xmlns="{_PROPERTIES}custom-properties" xmlns:vt="{_PROPERTIES}docPropsVTypes">'
            f'<property fmtid="{_SET}" pid="2" name="{MARK}"><vt:lpwstr>{escape(self.mark)}</vt:lpwstr></property>'
            "</Properties>"
        )
        return {"docProps/core.xml": core.encode(), "docProps/custom.xml": custom.encode()}


def copy_mark(archive: Archive) -> str | None:
    """Return what a copy is marked with; None where the file is none."""
    part = "docProps/custom.xml"
    if not archive.has(part):
        return None
    for element in elements(parse(archive.read(part), part)):
        if element.get("name") == MARK:
            return "".join(str(text) for text in element.itertext())
    return None


def _relations(targets: Sequence[tuple[str, str]]) -> bytes:
    inside = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONSHIPS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_DECLARED}<Relationships xmlns="{PACKAGE}">{inside}</Relationships>'.encode()


def _package_relations() -> bytes:
    return (
        f'{_DECLARED}<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="rId1" Type="{RELATIONSHIPS}/officeDocument" Target="xl/workbook.xml"/>'
        f'<Relationship Id="rId2" Type="{_CORE_TYPE}" Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{RELATIONSHIPS}/custom-properties" Target="docProps/custom.xml"/>'
        "</Relationships>"
    ).encode()


_KINDS = (
    ("xl/workbook.xml", f"{_TYPE}sheet.main+xml"),
    ("xl/worksheets/", f"{_TYPE}worksheet+xml"),
    ("xl/tables/", f"{_TYPE}table+xml"),
    ("xl/styles.xml", f"{_TYPE}styles+xml"),
    ("xl/sharedStrings.xml", f"{_TYPE}sharedStrings+xml"),
    ("xl/theme/", "application/vnd.openxmlformats-officedocument.theme+xml"),
    ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    ("docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml"),
)


def _content_types(parts: dict[str, bytes]) -> bytes:
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>'
        for part in parts
        for start, kind in _KINDS
        if part.startswith(start) and not part.endswith(".rels")
    )
    return (
        f'{_DECLARED}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    ).encode()
