"""What the conditional formats of a sheet show now, cell by cell: a phone's preview draws only real fills."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from lxml import etree
from numpy.typing import NDArray

from restock.formula.cells import BLANK, BOOL, NUMBER, Cells
from restock.formula.engine import Engine, settled
from restock.formula.frame import Frame, LaneByLane, Lanes, Unsupported
from restock.formula.parse import FormulaError, parse
from restock.formula.tree import Node
from restock.formula.workbook import Sheet
from restock_xl.exports.values.shown_styles import Paint, differential_number
from restock_xl.package.markup import elements, is_true, local_name, main_tag, whole_number
from restock_xl.package.references import Area, area, column_letter

_MOST_CELLS = 1 << 20
"""A range of more cells is one that somebody chose whole rows or columns for."""

Paints = dict[tuple[int, int], tuple[Paint, ...]]
Mask = NDArray[np.bool_]

_COMPARISONS = {
    "equal": "=", "notEqual": "<>", "greaterThan": ">", "lessThan": "<", "greaterThanOrEqual": ">=",
    "lessThanOrEqual": "<=",
}  # fmt: skip
_DRAWN_BY_VALUE = ("dataBar", "iconSet")
_RGB = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")


@dataclass(frozen=True)
class _Rule:
    element: etree._Element
    home: Area
    areas: tuple[Area, ...]
    priority: int

    @property
    def kind(self) -> str:
        return self.element.get("type") or ""

    @property
    def formulas(self) -> list[str]:
        return [child.text or "" for child in elements(self.element) if local_name(child) == "formula"]


def paints_of(root: etree._Element, sheet: Sheet, engine: Engine, last_row: int, last_column: int) -> Paints:
    """Return what the rules of a worksheet lay over its cells, the first rule on top; a rule that cannot be
    evaluated lays nothing.

    Args:
        root: The worksheet.
        sheet: The same sheet with its values.
        last_row, last_column: Where the cells of the worksheet end; ranges are cut there.
    """
    found: dict[tuple[int, int], list[Paint]] = {}
    closed: set[tuple[int, int]] = set()
    for rule in _rules(root, last_row, last_column):
        paints = _Evaluation(rule, sheet, engine).paints()
        for place, paint in paints.items():
            if place not in closed and paint is not None:
                found.setdefault(place, []).append(paint)
        if is_true(rule.element.get("stopIfTrue")):
            closed |= paints.keys()
    return {place: tuple(paints) for place, paints in found.items()}


def _rules(root: etree._Element, last_row: int, last_column: int) -> list[_Rule]:
    rules = []
    for block in root.findall(main_tag("conditionalFormatting")):
        areas = [place for place in map(area, (block.get("sqref") or "").split()) if place is not None]
        cut = tuple(
            Area(one.top, one.left, min(one.bottom, last_row), min(one.right, last_column))
            for one in areas
            if one.top <= last_row and one.left <= last_column
        )
        if cut:
            rules += [_Rule(rule, areas[0], cut, whole_number(rule.get("priority"), 1 << 30))
                      for rule in block.findall(main_tag("cfRule"))]  # fmt: skip
    return sorted(rules, key=lambda rule: rule.priority)


def stays_a_rule(rule: etree._Element) -> bool:
    """Return whether a rule is no fill and needs nothing but the values: data bars, icons, scales of theme colours."""
    is_drawn = rule.get("type") in _DRAWN_BY_VALUE
    is_scale = rule.get("type") == "colorScale" and None in map(_rgb, rule.iter(main_tag("color")))
    return (is_drawn or is_scale) and all(one.get("type") != "formula" for one in rule.iter(main_tag("cfvo")))


class _Evaluation:
    """One rule over its ranges."""

    def __init__(self, rule: _Rule, sheet: Sheet, engine: Engine) -> None:
        self._rule, self._sheet, self._engine = rule, sheet, engine

    def paints(self) -> Mapping[tuple[int, int], Paint | None]:
        """Return the paint of each cell that the rule applies to; None where it only ends the rules below it."""
        if self._rule.kind == "colorScale":
            return self._scale()
        number = differential_number(self._rule.element)
        if number < 0 and not is_true(self._rule.element.get("stopIfTrue")):
            return {}
        return dict.fromkeys(self._places(), number if number >= 0 else None)

    def _places(self) -> Iterator[tuple[int, int]]:
        rule = self._rule
        if rule.kind in ("duplicateValues", "uniqueValues"):
            yield from self._repeated(rule.kind == "duplicateValues")
            return
        if rule.kind == "top10":
            yield from self._extremes()
            return
        if rule.kind == "aboveAverage":
            yield from self._beside_average()
            return
        tree = self._condition()
        for one in rule.areas if tree is not None else ():
            rows, columns = self._grid(one)
            for column in columns:
                assert tree is not None
                for row in rows[self._true(tree, rows, column)].tolist():
                    yield row, column

    def _grid(self, one: Area) -> tuple[NDArray[np.int64], list[int]]:
        """The rows and columns of a range; of one without measure those that hold anything."""
        rows, columns = np.arange(one.top, one.bottom + 1, dtype=np.int64), list(range(one.left, one.right + 1))
        if len(rows) * len(columns) <= _MOST_CELLS:
            return rows, columns
        filled = np.zeros(one.bottom + 1, dtype=bool)
        for column in self._filled(one):
            cells = self._sheet.columns[column].kind[: one.bottom] != BLANK
            filled[1 : len(cells) + 1] |= cells
        return rows[filled[one.top :]], self._filled(one)

    def _filled(self, one: Area) -> list[int]:
        return [column for column in sorted(self._sheet.columns) if one.left <= column <= one.right]

    def _condition(self) -> Node | None:
        """The rule as one formula for the first cell of its first range."""
        first = self._rule.home
        text = self._text(f"{column_letter(first.left)}{first.top}")
        try:
            return parse(text, first.top, first.left) if text else None
        except FormulaError:
            return None

    def _text(self, cell: str) -> str:
        formulas, operator = self._rule.formulas, self._rule.element.get("operator") or ""
        if self._rule.kind != "cellIs":
            return formulas[0] if formulas else ""
        if operator in _COMPARISONS and formulas:
            return f"{cell}{_COMPARISONS[operator]}({formulas[0]})"
        if operator in ("between", "notBetween") and len(formulas) == 2:
            low, high = f"MIN({formulas[0]},{formulas[1]})", f"MAX({formulas[0]},{formulas[1]})"
            inside = f"AND({cell}>={low},{cell}<={high})"
            return inside if operator == "between" else f"NOT({inside})"
        return ""

    def _true(self, tree: Node, rows: NDArray[np.int64], column: int) -> Mask:
        frame = Frame(self._engine, Lanes(self._sheet, rows, column), array=True)
        try:
            found = settled(frame.value(tree), frame)
        except LaneByLane:
            if len(rows) == 1:
                return np.zeros(1, dtype=bool)
            half = len(rows) // 2
            return np.concatenate([self._true(tree, rows[:half], column), self._true(tree, rows[half:], column)])
        except Unsupported:
            return np.zeros(len(rows), dtype=bool)
        cells = found[:, :1, :1].spread((len(rows), 1, 1)).reshape(len(rows))
        return ((cells.kind == NUMBER) | (cells.kind == BOOL)) & (cells.number != 0)

    def _numbers(self) -> tuple[list[tuple[int, int]], NDArray[np.float64]]:
        """The cells of the ranges that hold numbers, and the numbers."""
        places: list[tuple[int, int]] = []
        numbers: list[float] = []
        for one in self._rule.areas:
            for column in self._filled(one):
                cells = _cells(self._sheet, column, one.top, one.bottom)
                here = np.flatnonzero(cells.kind == NUMBER)
                places += [(one.top + row, column) for row in here.tolist()]
                numbers += cells.number[here].tolist()
        return places, np.array(numbers, dtype=np.float64)

    def _repeated(self, wanted: bool) -> Iterator[tuple[int, int]]:
        """Cells whose value stands in the ranges more than once, or once only; texts without regard to case."""
        seen: dict[object, list[tuple[int, int]]] = {}
        for one in self._rule.areas:
            for column in self._filled(one):
                cells = _cells(self._sheet, column, one.top, one.bottom)
                for row, value in enumerate(cells.reshape(-1, 1, 1).scalars(), start=one.top):
                    if value is not None and value != "":
                        key = value.casefold() if isinstance(value, str) else value
                        seen.setdefault(key, []).append((row, column))
        for places in seen.values():
            if (len(places) > 1) == wanted:
                yield from places

    def _extremes(self) -> Iterator[tuple[int, int]]:
        """The highest or lowest so many numbers, or so many per cent of them."""
        places, numbers = self._numbers()
        rank = whole_number(self._rule.element.get("rank"), 10)
        count = max(1, len(numbers) * rank // 100) if is_true(self._rule.element.get("percent")) else rank
        if not len(numbers):
            return
        ordered = np.sort(numbers)
        if is_true(self._rule.element.get("bottom")):
            chosen = numbers <= ordered[min(count, len(ordered)) - 1]
        else:
            chosen = numbers >= ordered[max(len(ordered) - count, 0)]
        yield from (places[place] for place in np.flatnonzero(chosen).tolist())

    def _beside_average(self) -> Iterator[tuple[int, int]]:
        """Numbers above or below the mean, by so many standard deviations where the rule says so."""
        places, numbers = self._numbers()
        if not len(numbers):
            return
        element = self._rule.element
        above = element.get("aboveAverage") not in ("0", "false")
        deviations = whole_number(element.get("stdDev")) if len(numbers) > 1 else 0
        spread = float(numbers.std(ddof=1)) * deviations if deviations else 0.0
        limit = float(numbers.mean()) + (spread if above else -spread)
        chosen = numbers > limit if above else numbers < limit
        if is_true(element.get("equalAverage")):
            chosen |= numbers == limit
        yield from (places[place] for place in np.flatnonzero(chosen).tolist())

    def _scale(self) -> dict[tuple[int, int], Paint]:
        """The colour of each number between the colours of a scale, where these are plain RGB."""
        scale = self._rule.element.find(main_tag("colorScale"))
        places, numbers = self._numbers()
        if scale is None or not len(numbers):
            return {}
        points = [_point(one, numbers) for one in scale.findall(main_tag("cfvo"))]
        colors = [_rgb(one) for one in scale.findall(main_tag("color"))]
        if None in points or None in colors or len(points) != len(colors):
            return {}
        channels = np.array(colors, dtype=np.float64).T
        shown = np.stack([np.interp(numbers, np.array(points, dtype=np.float64), one) for one in channels], axis=1)
        shades = np.rint(shown).astype(int)
        return {place: "FF{:02X}{:02X}{:02X}".format(*shade) for place, shade in zip(places, shades, strict=True)}


def _cells(sheet: Sheet, column: int, top: int, bottom: int) -> Cells:
    found = sheet.columns.get(column)
    kind, number = np.full(bottom - top + 1, BLANK, dtype=np.uint8), np.zeros(bottom - top + 1)
    text = np.full(bottom - top + 1, "", dtype=object)
    if found is not None:
        count = max(0, min(bottom, len(found.kind)) - top + 1)
        rows = slice(top - 1, top - 1 + count)
        kind[:count], number[:count] = found.kind[rows], found.number[rows]
        if found.text is not None:
            text[:count] = found.text[rows]
    return Cells(kind, number, text)


def _point(value: etree._Element, numbers: NDArray[np.float64]) -> float | None:
    """Where a colour of a scale stands; None where a formula says it."""
    kind, stated = value.get("type"), value.get("val") or ""
    if kind == "min":
        return float(numbers.min())
    if kind == "max":
        return float(numbers.max())
    try:
        number = float(stated)
    except ValueError:
        return None
    if kind == "num":
        return number
    if kind == "percent":
        return float(numbers.min() + (numbers.max() - numbers.min()) * number / 100)
    return float(np.percentile(numbers, number)) if kind == "percentile" else None


def _rgb(color: etree._Element) -> tuple[int, int, int] | None:
    stated = _RGB.fullmatch(color.get("rgb") or "")
    return None if stated is None else (int(stated[1][:2], 16), int(stated[1][2:4], 16), int(stated[1][4:], 16))
