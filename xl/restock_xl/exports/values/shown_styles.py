"""Cell formats of a copy: those of the book, and those that a conditional format makes of them, as real formats."""

from __future__ import annotations

import copy

from lxml import etree

from restock_xl.package.markup import MAIN, elements, insert_ordered, main_tag, parse, serialise, whole_number
from restock_xl.package.styles import EMPTY_STYLESHEET, PARTS_OF_A_FORMAT, Styles

Paint = int | str
"""What a rule lays over a cell: the number of a differential format, or the RGB of a fill such as "FFD92D20"."""


class ShownStyles(Styles):
    """Formats of a new stylesheet, numbered as they are asked for.

    Args:
        book: The stylesheet of the book that is copied.
    """

    def __init__(self, book: etree._Element) -> None:
        super().__init__(parse(EMPTY_STYLESHEET, "styles"), Styles(book, book).tree)  # which fills empty lists
        self._painted: dict[tuple[int, tuple[Paint, ...]], int] = {}
        self._formats = list(elements(book.find(main_tag("cellXfs"))))
        self._count = len(self._formats)
        self._differentials = list(elements(book.find(main_tag("dxfs"))))
        palette = book.find(main_tag("colors"))
        self._palette = None if palette is None else copy.deepcopy(palette)

    def shown(self, index: int, paints: tuple[Paint, ...] = ()) -> int:
        """Return the number of a cell's format with what rules lay over it, the first rule on top."""
        index = index if index < self._count else 0
        key = index, paints
        if key not in self._painted:
            known = tuple(one for one in paints if isinstance(one, str) or 0 <= one < len(self._differentials))
            self._painted[key] = self._made(index, known)
        return self._painted[key]

    def _made(self, index: int, paints: tuple[Paint, ...]) -> int:
        if not paints:
            return self.cell_format(index)
        element = copy.deepcopy(self._formats[index])
        parts = self._parts(element)
        for paint in reversed(paints):
            self._lay(element, parts, paint)
        return self._put_format(element, parts)

    def _parts(self, element: etree._Element) -> dict[str, etree._Element]:
        """The font, fill and border that a format names, the first one where the book lacks it."""
        for name, attribute in PARTS_OF_A_FORMAT:
            if whole_number(element.get(attribute)) >= len(list(elements(self._scratch.find(main_tag(name))))):
                element.set(attribute, "0")
        parts = super()._parts(element)
        _set_in_order(parts["fonts"], _FONT_ORDER)
        return parts

    def markup(self) -> bytes:
        """Return the stylesheet."""
        tree = copy.deepcopy(self.tree)
        names = etree.fromstring(_NORMAL)
        insert_ordered(tree, names, ("cellXfs", "cellStyles"))
        if self._palette is not None:
            tree.append(copy.deepcopy(self._palette))
        return serialise(tree)

    def _lay(self, element: etree._Element, parts: dict[str, etree._Element], paint: Paint) -> None:
        if isinstance(paint, str):
            parts["fills"] = _solid(etree.Element(main_tag("color"), {"rgb": paint}))
            return
        for aspect in elements(self._differentials[paint]):
            name = etree.QName(aspect).localname
            if name == "font":
                _replace_children(parts["fonts"], aspect, _FONT_ORDER)
            elif name == "fill":
                parts["fills"] = _cell_fill(aspect)
            elif name == "border":
                _replace_children(parts["borders"], aspect, _BORDER_ORDER)
            elif name == "numFmt":
                number = f"{aspect.get('numFmtId')} of a rule"  # a number of its own: rules count apart from cells
                self._scratch_codes[number] = aspect.get("formatCode") or "General"
                element.set("numFmtId", number)


_NORMAL = f'<cellStyles xmlns="{MAIN}" count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
_FONT_ORDER = ("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name",
               "family", "charset", "scheme")  # fmt: skip
_BORDER_ORDER = ("start", "end", "left", "right", "top", "bottom", "diagonal", "vertical", "horizontal")


def _replace_children(into: etree._Element, aspect: etree._Element, order: tuple[str, ...]) -> None:
    """Let each child of a differential aspect take the place of the child of that name."""
    for child in elements(aspect):
        for old in into.findall(child.tag):
            into.remove(old)
        into.append(copy.deepcopy(child))
    _set_in_order(into, order)


def _set_in_order(element: etree._Element, order: tuple[str, ...]) -> None:
    place = {name: number for number, name in enumerate(order)}
    element[:] = sorted(elements(element), key=lambda one: place.get(etree.QName(one).localname, len(order)))


def _cell_fill(aspect: etree._Element) -> etree._Element:
    """A fill of a cell from one of a rule, which states a solid colour as its background (ECMA-376, §18.8.32)."""
    pattern = aspect.find(main_tag("patternFill"))
    if pattern is None:
        return copy.deepcopy(aspect)
    color = pattern.find(main_tag("bgColor"))
    if pattern.get("patternType", "solid") != "solid" or color is None:
        return copy.deepcopy(aspect)
    return _solid(color)


def _solid(color: etree._Element) -> etree._Element:
    fill = etree.Element(main_tag("fill"))
    pattern = etree.SubElement(fill, main_tag("patternFill"), {"patternType": "solid"})
    etree.SubElement(pattern, main_tag("fgColor"), {str(k): str(v) for k, v in color.attrib.items()})
    etree.SubElement(pattern, main_tag("bgColor"), {"indexed": "64"})
    return fill


def differential_number(rule: etree._Element) -> int:
    """The differential format that a rule applies; -1 where it has none."""
    return whole_number(rule.get("dxfId"), -1)
