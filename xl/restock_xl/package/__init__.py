"""The workbook as a package of parts: what is read from a file, and how sheets are written into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .graft_file import graft as graft
    from .outside import outside_links as outside_links

__all__ = ["graft", "outside_links"]
_HOMES = {"graft": "graft_file", "outside_links": "outside"}


def __getattr__(name: str) -> Any:
    """Import a public function when it is first asked for: most of the package is not needed to start."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
