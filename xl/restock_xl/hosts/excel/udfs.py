"""Our worksheet functions as xlwings serves them to Excel: arrays in, arrays out, errors as their texts.

VBA turns an error's text into the error (see `restock.functions.udf`). Nothing here is volatile. Excel loads this
module once and keeps it, so what it imports is what the first formula waits for.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import xlwings

from restock.functions.catalogue import CATALOGUE
from restock.functions.entry import Argument, Function
from restock.functions.udf import description


def served(function: Function) -> Callable[..., Any]:
    """Return a catalogue entry as a function that xlwings can serve: named, documented, its arguments by name.

    >>> served(CATALOGUE["RESTOCK_BASE_STOCK"])([[20.0]], [[14.0]])
    [[280.0]]
    """

    def answer(*values: Any) -> Any:
        return function.cells(*values)

    answer.__name__ = answer.__qualname__ = function.name
    answer.__doc__ = description(function)
    answer.__signature__ = inspect.Signature([_parameter(one) for one in function.arguments])  # type: ignore[attr-defined]
    found: Callable[..., Any] = answer
    for argument in function.arguments:
        found = xlwings.arg(argument.name, ndim=2, err_to_str=True, doc=argument.en)(found)
    made: Callable[..., Any] = xlwings.func(category="Restock")(found)
    return made


def _parameter(argument: Argument) -> inspect.Parameter:
    default = None if argument.is_optional else inspect.Parameter.empty
    return inspect.Parameter(argument.name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=default)


globals().update({name: served(function) for name, function in CATALOGUE.items()})
