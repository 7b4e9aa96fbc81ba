"""restock: how long stock lasts, what to order, what to move. Tables in, plan out; no files, no clock.

`from restock import CATALOGUE` maps the name of each worksheet function to its entry.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from restock.functions.catalogue import CATALOGUE

__all__ = ["CATALOGUE"]


def __getattr__(name: str) -> Any:
    if name == "CATALOGUE":
        from restock.functions.catalogue import CATALOGUE

        return CATALOGUE
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
