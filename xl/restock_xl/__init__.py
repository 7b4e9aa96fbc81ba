"""restock_xl: workbooks, the programs that hold them, and the command line; every number comes from `restock`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from restock_xl.recalculation import Recalculation, recalculate

__all__ = ["Recalculation", "recalculate"]


def __getattr__(name: str) -> Any:
    """Import what is asked for only then: the command line must not wait for it."""
    if name in __all__:
        from restock_xl import recalculation

        return getattr(recalculation, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
