"""Cell formats: those our sheets use are appended to the user's styles, and nothing that is there moves."""

from __future__ import annotations

import copy

from lxml import etree

from restock.errors import WorkbookError

from .markup import MAIN, elements, insert_ordered, local_name, main_tag, whole_number

MAX_FORMATS = 64_000  # Excel allows about 65,490
FIRST_CUSTOM_NUMBER_FORMAT = 164

EMPTY_STYLESHEET = f'<styleSheet xmlns="{MAIN}"/>'.encode()

_ORDER = [
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
]
# Every list has a default at its start; fills 0 and 1 are read as none and gray125 whatever is written there.
_SEEDS = {
    "fonts": ['<font><sz val="11"/><name val="Calibri"/></font>'],
    "fills": [
        '<fill><patternFill patternType="none"/></fill>',
        '<fill><patternFill patternType="gray125"/></fill>',
    ],
    "borders": ["<border><left/><right/><top/><bottom/><diagonal/></border>"],
    "cellStyleXfs": ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'],
    "cellXfs": ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'],
}
PARTS_OF_A_FORMAT = (("fonts", "fontId"), ("fills", "fillId"), ("borders", "borderId"))
_APPLIED = ("Alignment", "Border", "Fill", "Font", "NumberFormat", "Protection")

Shape = tuple[str, tuple[tuple[str, str], ...], str, tuple["Shape", ...]]


class Styles:
    """Maps format numbers of a scratch stylesheet to numbers in the user's, appending what is missing.

    Equal formats are found again, so writing the same sheets twice adds nothing the second time.
    """

    def __init__(self, user: etree._Element, scratch: etree._Element) -> None:
        self.tree = user
        self._scratch = scratch
        self._known: dict[str, dict[Shape, int]] = {}
        self._cell_formats: dict[int, int] = {}
        self._scratch_codes = {
            entry.get("numFmtId"): entry.get("formatCode") for entry in _number_formats(scratch)
        }
        self._codes = {
            entry.get("formatCode"): entry.get("numFmtId") or "0" for entry in _number_formats(user)
        }
        dxfs = user.find(main_tag("dxfs"))
        self._dxf_codes = {
            entry.get("formatCode"): entry.get("numFmtId") or "0"
            for entry in (dxfs.iter(main_tag("numFmt")) if dxfs is not None else ())
        }
        used = [whole_number(entry.get("numFmtId")) for entry in user.iter(main_tag("numFmt"))]
        self._next_code = max([FIRST_CUSTOM_NUMBER_FORMAT - 1, *used]) + 1
        for name, seeds in _SEEDS.items():
            self._seed(name, seeds)

    def cell_format(self, index: int) -> int:
        """Return the user's number of a scratch cell format.

        Everything about the format is stated, format 0 included: the user's Normal style, which may have
        borders or a number format, never shows through.
        """
        if index not in self._cell_formats:
            element = copy.deepcopy(_at(self._scratch, "cellXfs", index))
            self._cell_formats[index] = self._put_format(element, self._parts(element))
        return self._cell_formats[index]

    def _parts(self, element: etree._Element) -> dict[str, etree._Element]:
        """Copies of the font, fill and border that a scratch format names."""
        return {
            name: copy.deepcopy(_at(self._scratch, name, whole_number(element.get(attribute))))
            for name, attribute in PARTS_OF_A_FORMAT
        }

    def _put_format(self, element: etree._Element, parts: dict[str, etree._Element]) -> int:
        """Return the user's number of a format made of these parts; its number format is still the scratch book's."""
        for name, attribute in PARTS_OF_A_FORMAT:
            element.set(attribute, str(self._put(name, _without_theme_font(parts[name]))))
        element.set("numFmtId", self._number_format(element.get("numFmtId") or "0"))
        element.set("xfId", "0")
        for aspect in _APPLIED:
            element.set(f"apply{aspect}", "1")
        return self._put("cellXfs", element)

    def differential_format(self, index: int) -> int:
        """Return the user's number of a scratch differential format (of conditional formats and tables)."""
        element = copy.deepcopy(_at(self._scratch, "dxfs", index))
        for entry in element.iter(main_tag("numFmt")):
            if whole_number(entry.get("numFmtId")) >= FIRST_CUSTOM_NUMBER_FORMAT:
                entry.set("numFmtId", self._differential_code(entry.get("formatCode") or "General"))
        return self._put("dxfs", element)

    def _number_format(self, number: str) -> str:
        code = self._scratch_codes.get(number)
        if code is None:
            return number
        if code not in self._codes:
            entries = self._list("numFmts")
            self._codes[code] = self._new_code()
            attributes = {"numFmtId": self._codes[code], "formatCode": code}
            etree.SubElement(entries, main_tag("numFmt"), attributes)
            entries.set("count", str(len(list(elements(entries)))))
        return self._codes[code]

    def _differential_code(self, code: str) -> str:
        """Return the number of a code inside a differential format, which carries its code with it."""
        if code not in self._dxf_codes:
            self._dxf_codes[code] = self._codes.get(code) or self._new_code()
        return self._dxf_codes[code]

    def _new_code(self) -> str:
        self._next_code += 1
        return str(self._next_code - 1)

    def _put(self, name: str, element: etree._Element) -> int:
        """Return the place of an equal element in the user's list, appended where there is none."""
        entries = self._list(name)
        if name not in self._known:
            self._known[name] = _places(name, entries)
        known, shape = self._known[name], _shape(element)
        if shape not in known:
            place = len(list(elements(entries)))
            if place >= MAX_FORMATS:
                raise WorkbookError(
                    f"The workbook has {place:,} cell formats, and Excel allows no more. Copy the sheets "
                    "you need into a new workbook, or use Home > Cell Styles to delete unused styles, "
                    "and try again."
                )
            entries.append(element)
            entries.set("count", str(place + 1))
            known[shape] = place
        return known[shape]

    def _seed(self, name: str, seeds: list[str]) -> None:
        entries = self._list(name)
        present = len(list(elements(entries)))
        for seed in seeds[present:]:
            wrapped = etree.fromstring(f'<seed xmlns="{MAIN}">{seed}</seed>')
            entries.append(wrapped[0])
            entries.set("count", str(len(list(elements(entries)))))

    def _list(self, name: str) -> etree._Element:
        entries = self.tree.find(main_tag(name))
        if entries is None:
            entries = self.tree.makeelement(main_tag(name), {})
            insert_ordered(self.tree, entries, _ORDER)
        return entries


def _number_formats(stylesheet: etree._Element) -> list[etree._Element]:
    return list(elements(stylesheet.find(main_tag("numFmts"))))


def _at(stylesheet: etree._Element, name: str, index: int) -> etree._Element:
    entries = list(elements(stylesheet.find(main_tag(name))))
    if index >= len(entries):
        raise WorkbookError(f"The new sheets use a format that their book lacks ({name}). Write that book anew.")
    return entries[index]


def _places(name: str, entries: etree._Element) -> dict[Shape, int]:
    """Return the first place of each element of a list."""
    places: dict[Shape, int] = {}
    reserved = [_shape(etree.fromstring(seed)) for seed in _SEEDS["fills"]] if name == "fills" else []
    for place, entry in enumerate(elements(entries)):
        places.setdefault(reserved[place] if place < len(reserved) else _shape(entry), place)
    return places


def _without_theme_font(element: etree._Element) -> etree._Element:
    """Drop `scheme`, which makes Excel show the font of the user's theme in place of the one named."""
    for scheme in element.findall(main_tag("scheme")):
        element.remove(scheme)
    return element


def _shape(element: etree._Element) -> Shape:
    """Return what makes two formats equal: tags, attributes and text; not prefixes, not order."""
    attributes = tuple(sorted((str(name), str(value)) for name, value in element.attrib.items()))
    text = (element.text or "").strip()
    return (local_name(element), attributes, text, tuple(_shape(child) for child in elements(element)))
