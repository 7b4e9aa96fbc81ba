"""Colours of cells: written out, by number in the old palette, or by the workbook's theme with a tint."""

from __future__ import annotations

import colorsys
from typing import Any

from openpyxl.styles.colors import COLOR_INDEX

from restock_xl.package.markup import parse

_OFFICE = ("FFFFFF", "000000", "E7E6E6", "44546A", "4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5", "70AD47",
           "0563C1", "954F72")  # fmt: skip
_SCHEME = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink",
           "folHlink")  # fmt: skip
"""ECMA-376 part 1, 18.8.3 counts the theme's colours in this order, and not in that of the theme part."""


def theme_colours(theme: bytes | None) -> tuple[str, ...]:
    """The twelve colours of a theme part as RRGGBB; those of Office where there is none."""
    if theme is None:
        return _OFFICE
    scheme = parse(theme, "xl/theme/theme1.xml").find(".//{*}clrScheme")
    found = []
    for name, usual in zip(_SCHEME, _OFFICE, strict=True):
        colour = scheme.find(f"{{*}}{name}/*") if scheme is not None else None
        found.append(usual if colour is None else colour.get("lastClr") or colour.get("val") or usual)
    return tuple(found)


def colour_of(colour: Any, theme: tuple[str, ...]) -> str | None:
    """An openpyxl colour as #RRGGBB; None where the program that shows the sheet decides."""
    if colour is None:
        return None
    if colour.type == "rgb" and isinstance(colour.rgb, str):
        return f"#{colour.rgb[-6:]}"
    if colour.type == "indexed" and colour.indexed < len(COLOR_INDEX):
        return f"#{COLOR_INDEX[colour.indexed][-6:]}"
    if colour.type == "theme" and 0 <= colour.theme < len(theme):
        return tinted(theme[colour.theme], colour.tint)
    return None


def tinted(colour: str, tint: float) -> str:
    """A colour made darker (tint below 0) or lighter, as #RRGGBB.

    Args:
        colour: RRGGBB.
        tint: From -1, black, to 1, white.

    >>> tinted("4472C4", 0), tinted("000000", 0.5), tinted("FFFFFF", -0.25)
    ('#4472C4', '#808080', '#BFBFBF')
    """
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "#" + "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, light, saturation))
