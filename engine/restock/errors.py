"""Everything that is raised on purpose.

A message says what is wrong with the value shown, what was expected, where, and what to do next. The engine names the
argument or the table; `restock_xl` adds the cell.
"""

from __future__ import annotations


class RestockError(Exception):
    """An expected failure with a sentence for the user; `cell_error` is what a cell shows instead.

    Args:
        sentence: In English, or in the language of the book where that is known.
        chinese: The same in Chinese, where the book could not be read to know.
    """

    cell_error = "#VALUE!"

    def __init__(self, sentence: str = "", chinese: str = "") -> None:
        super().__init__(sentence)
        self.chinese = chinese

    def said(self, language: str) -> str:
        """The sentence in a language, as far as there is one in it."""
        return self.chinese if language == "zh" and self.chinese else str(self)


class DomainError(RestockError):
    """A number outside the range in which the question has an answer."""

    cell_error = "#NUM!"


class InputError(RestockError):
    """The tables as a whole cannot be planned: Stock is missing, empty, or a required column is unusable."""


class WorkbookError(RestockError):
    """The workbook cannot be read or edited safely; nothing was changed."""


class StopError(RestockError):
    """What stands in the book cannot be true, so nothing was written; it can be gone on with if it is (§41)."""
