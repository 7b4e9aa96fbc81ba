"""Values as cells store them: the cell's type, and the text of its value."""

from __future__ import annotations

import math
from numbers import Integral, Real
from xml.sax.saxutils import escape

from .escapes import encode

# What a cell of type "e" may hold. Excel stores newer codes as #VALUE! with a rich value that names them.
_ERRORS = {"#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#GETTING_DATA"}
NEWER_ERRORS = frozenset({"#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!"})

Stored = tuple[str, str]  # the cell's `t` (empty for a number), and the text of its `v` as XML


def stored(value: object) -> Stored | None:
    """Return how a formula's cell stores its value; None stores nothing.

    Args:
        value: None, a truth value, a number, text, or an error code such as `#N/A`. A number that is not
            finite becomes #NUM!.
    Raises:
        TypeError: A value of another type; dates must be given as serial numbers.

    >>> stored("a < b"), stored(7.0), stored(0.1)
    (('str', 'a &lt; b'), ('', '7'), ('', '0.1'))
    """
    if isinstance(value, str):
        return ("str", text_markup(value)) if value[:1] != "#" else _error(value)
    if isinstance(value, float):
        return ("", number_markup(value)) if math.isfinite(value) else ("e", "#NUM!")
    if value is None:
        return None
    if isinstance(value, bool):
        return ("b", "1" if value else "0")
    if isinstance(value, Integral):
        return ("", str(int(value)))
    if isinstance(value, Real):
        return stored(float(value))
    raise TypeError(f"a cached value must be None, a truth value, a number or text, not {type(value).__name__}")


def _error(text: str) -> Stored:
    """Return an error code, or a text that begins like one."""
    if text in NEWER_ERRORS:
        return ("e", "#VALUE!")
    return ("e", text) if text in _ERRORS else ("str", text_markup(text))


def text_markup(text: str) -> str:
    """Return a text as the content of an element."""
    return escape(encode(text))


def number_markup(number: float) -> str:
    """Return the shortest digits that read back as the same number; 2.0 is 2 and -0.0 is 0.

    >>> number_markup(2.0), number_markup(-0.0), number_markup(1 / 3), number_markup(1e22)
    ('2', '0', '0.3333333333333333', '1e+22')
    """
    digits = float.__repr__(number + 0.0)  # numpy writes its own floats otherwise
    return digits[:-2] if digits.endswith(".0") else digits


def space_attribute(markup: str) -> str:
    """Return the attribute without which programs drop blanks at the ends of a text; "" where there are none."""
    return ' xml:space="preserve"' if markup[:1].isspace() or markup[-1:].isspace() else ""
