"""Every worksheet function, by name, in the order in which help lists them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from restock.functions import (
    cover_functions,
    dated_functions,
    forecast_function,
    order_functions,
    show_functions,
    stock_functions,
    transfers_function,
    word_functions,
)
from restock.functions.entry import Function

_ALL = (
    *cover_functions.FUNCTIONS,
    *dated_functions.FUNCTIONS,
    *stock_functions.FUNCTIONS,
    *order_functions.FUNCTIONS,
    *show_functions.FUNCTIONS,
    *word_functions.FUNCTIONS,
    *forecast_function.FUNCTIONS,
    *transfers_function.FUNCTIONS,
)

CATALOGUE: Mapping[str, Function] = MappingProxyType({function.name: function for function in _ALL})
