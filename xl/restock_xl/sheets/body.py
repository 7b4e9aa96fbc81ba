"""The rows below the headers of a sheet's tables, as worksheet XML (ECMA-376 part 1, §18.3.1).

XlsxWriter writes a cell in some ten microseconds and a long formula in a hundred and fifty, for it looks for
functions newer than Excel 2007 in each; ours name them as files do. Rows of tables are therefore written
here, column by column, and put into the sheet that XlsxWriter made with everything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from restock_xl.package.stored_values import number_markup, space_attribute, stored, text_markup
from restock_xl.sheets.model import CellModel, Formula, SheetModel, TableModel
from restock_xl.sheets.values import cell_value


@dataclass(frozen=True)
class Strip:
    """Cells of one column below one another, from `row` on; `styles` names the style of each, or one for all."""

    row: int
    column: int
    values: list[Any]
    styles: tuple[str, ...]


class Body:
    """Every row of a sheet below the uppermost headers of its tables; the headers of lower tables are among them."""

    def __init__(self, model: SheetModel, date1904: bool = False) -> None:
        self.first_row = min(table.row for table in model.tables) + 1
        self._date1904 = date1904
        self._heights = model.row_heights
        strips = [strip for table in model.tables for strip in _strips(table)]
        strips += [strip for table in model.tables if table.row >= self.first_row for strip in _headers(table)]
        strips += [_single(cell) for cell in model.cells if cell.row >= self.first_row]
        self._strips = sorted(strips, key=lambda strip: (strip.column, strip.row))
        self.last_row = max(strip.row + len(strip.values) - 1 for strip in strips)
        self.last_column = max([strip.column for strip in strips] + [cell.column for cell in model.cells])

    @cached_property
    def styles(self) -> list[str]:
        """The styles of all its cells, by name."""
        return sorted({style for strip in self._strips for style in strip.styles})

    def markup(self, numbers: Mapping[str, int]) -> bytes:
        """Return the `<row>` elements.

        Args:
            numbers: The number of each style in the workbook's list of cell formats.
        """
        endings = {style: _Endings(numbers[style], self._date1904) for style in self.styles}
        columns = [self._padded(strip, list(_cells(strip, endings))) for strip in self._strips]
        rows = enumerate(zip(*columns, strict=True), start=self.first_row)
        return "".join([f"<row {self._attributes(row)}>{''.join(cells)}</row>" for row, cells in rows]).encode()

    def _padded(self, strip: Strip, cells: list[str]) -> list[str]:
        above, below = strip.row - self.first_row, self.last_row + 1 - strip.row - len(cells)
        return [""] * above + cells + [""] * below

    def _attributes(self, row: int) -> str:
        height = self._heights.get(row)
        return f'r="{row + 1}"' if height is None else f'r="{row + 1}" ht="{height:g}" customHeight="1"'


class _Endings(dict[tuple[type, Any], str]):
    """What stands behind a cell's reference, by the type and value of a cell of one style.

    The type belongs to the key because 1, 1.0 and True are equal and are not written alike.
    """

    def __init__(self, style: int, date1904: bool) -> None:
        super().__init__()
        self._style, self._date1904 = f'" s="{style}"', date1904

    def __missing__(self, key: tuple[type, Any]) -> str:
        self[key] = ending = self._style + self._content(key[1])
        return ending

    def _content(self, value: Any) -> str:
        if isinstance(value, Formula):
            return _formula(value.text, cell_value(value.value, self._date1904), value.shared)
        plain = cell_value(value, self._date1904)
        if plain is None:
            return "/>"
        if isinstance(plain, bool):
            return f' t="b"><v>{plain:d}</v></c>'
        if isinstance(plain, str):
            text = text_markup(plain)
            return f' t="inlineStr"><is><t{space_attribute(text)}>{text}</t></is></c>'
        return f"><v>{number_markup(plain)}</v></c>"


def _formula(text: str, value: str | float | bool | None, shared: tuple[int, str] | None) -> str:
    """A formula that shows nothing gets an empty value without a type: programs then see that it is uncomputed."""
    kind, shown = ("", "") if value is None else stored(value) or ("", "")
    stated = f' t="{kind}"' if kind else ""
    space = space_attribute(shown) if kind == "str" else ""
    return f"{stated}>{_formula_element(text_markup(text.removeprefix('=')), shared)}<v{space}>{shown}</v></c>"


def _formula_element(markup: str, shared: tuple[int, str] | None) -> str:
    if shared is None:
        return f"<f>{markup}</f>"
    number, area = shared
    return f'<f t="shared" ref="{area}" si="{number}">{markup}</f>' if area else f'<f t="shared" si="{number}"/>'


def _cells(strip: Strip, endings: Mapping[str, _Endings]) -> Iterator[str]:
    letter, length = xl_col_to_name(strip.column), len(strip.values)
    styled = [endings[style] for style in strip.styles]
    return (
        f'<c r="{letter}{row}{known[type(value), value]}'
        for row, value, known in zip(
            range(strip.row + 1, strip.row + 1 + length),
            strip.values,
            styled if len(styled) == length else repeat(styled[0], length),
            strict=True,
        )
    )


def _strips(table: TableModel) -> Iterator[Strip]:
    """The columns of a table; pre-made rows are blank cells with a style."""
    length = table.last_row - table.row
    for offset, column in enumerate(table.columns):
        blank = length - len(column.values)
        styles = (*column.row_styles, *repeat(column.style, blank)) if column.row_styles else (column.style,)
        yield Strip(table.row + 1, table.column + offset, column.values + [None] * blank, styles)


def _headers(table: TableModel) -> Iterator[Strip]:
    for offset, column in enumerate(table.columns):
        yield Strip(table.row, table.column + offset, [column.header], (column.header_style,))


def _single(cell: CellModel) -> Strip:
    return Strip(cell.row, cell.column, [cell.value], (cell.style,))
