"""Formulas as Excel writes them, in and out of LibreOffice, which spells them in another way."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from restock_xl.package.function_names import ASIDE, restored

from .bridge import struct

_EXCEL_FILE = 3  # com.sun.star.sheet.AddressConvention.XL_OOX
_UNBOUND = re.compile(rf"\b(?:{ASIDE})?restock_[a-z_]+(?=\()", re.IGNORECASE)


class FormulaText:
    """Translation between Excel's text and the tokens of one document's cells."""

    def __init__(self, document: Any) -> None:
        self._document = document

    @cached_property
    def _parser(self) -> Any:
        parser = self._document.createInstance("com.sun.star.sheet.FormulaParser")
        parser.CompileEnglish = True
        parser.FormulaConvention = _EXCEL_FILE
        return parser

    def write(self, cell: Any, text: str) -> None:
        """Put a formula, with its leading =, into a cell."""
        cell.setTokens(self._parser.parseFormula(text.removeprefix("="), cell.CellAddress))
        if "restock_" in text.lower():
            bind(cell, cell.getFormula())

    def read(self, cell: Any) -> str:
        """Return the formula of a cell with its leading =."""
        return "=" + restored(str(self._parser.printFormula(cell.getTokens(), cell.CellAddress)))

    def content(self, text: str) -> str:
        """Return the content of a name as LibreOffice takes it."""
        origin = struct("table.CellAddress")
        tokens = self._parser.parseFormula(text.removeprefix("="), origin)
        parser = self._document.createInstance("com.sun.star.sheet.FormulaParser")
        return str(parser.printFormula(tokens, origin)).removeprefix("=")


def bind(cell: Any, formula: str) -> bool:
    """Let a cell's formula find our functions: names that meant nothing when it was read are typed again.

    Args:
        formula: The cell's formula in LibreOffice's own spelling.
    Returns:
        Whether there was any such name.
    """
    named = _UNBOUND.sub(lambda found: found[0].upper().removeprefix(ASIDE), formula)
    if not _UNBOUND.search(formula):
        return False
    cell.setFormula(named)
    return True
