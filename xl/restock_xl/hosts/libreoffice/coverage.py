"""What the engine does not do: every such member of xlwings answers with one sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from restock.errors import RestockError

_Class = TypeVar("_Class", bound=type)


class UnsupportedError(RestockError, NotImplementedError):
    """Something of xlwings that is not available in LibreOffice."""


def covers(base: type) -> Callable[[_Class], _Class]:
    """Complete a class of the engine: members of `base` that it leaves out say so when they are used.

    Args:
        base: The class of `xlwings.base_classes` that is implemented.
    """

    def complete(made: _Class) -> _Class:
        noun = base.__name__
        for name, member in vars(base).items():
            if name in vars(made) or (name.startswith("__") and name != "__call__"):
                continue
            if any(name in vars(parent) for parent in made.__mro__[1:-1] if parent is not base):
                continue
            if not _is_missing(member):
                continue
            if isinstance(member, property):
                setattr(made, name, property(_refusal(f"{noun}.{name}"), _refusal(f"{noun}.{name}")))
            else:
                setattr(made, name, _refusal(f"{noun}.{name}"))
        return made

    return complete


def _is_missing(member: Any) -> bool:
    """Whether a member of a base class only says that an engine must write it."""
    function = getattr(member, "fget", None) or getattr(member, "__func__", member)
    code = getattr(function, "__code__", None)
    return code is not None and "NotImplementedError" in code.co_names


def _refusal(what: str) -> Callable[..., Any]:
    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise UnsupportedError(
            f"{what} of xlwings is not available in LibreOffice. Do this step by hand, or run the script in Excel."
        )

    return refuse
