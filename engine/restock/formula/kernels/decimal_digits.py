"""The fifteen decimal digits of a number, and rounding in them as a spreadsheet does it: halves away from zero."""

from __future__ import annotations

_DIGITS = 15
WIDEST_GENERAL = 11
"""Characters that a number of general format may take."""


def digits_of(number: float) -> tuple[int, int]:
    """Return a number's size as a whole number of fifteen digits and the power of ten that belongs to it.

    >>> digits_of(-0.5)
    (500000000000000, -15)
    """
    mantissa, _, power = f"{abs(number):.{_DIGITS - 1}e}".partition("e")
    return int(mantissa[0] + mantissa[2:]), int(power) - _DIGITS + 1


def magnitude(number: float) -> int:
    """Return the power of ten of a number's first digit; 0 for 0.

    >>> magnitude(999.9), magnitude(0.02)
    (2, -2)
    """
    return digits_of(number)[1] + _DIGITS - 1 if number else 0


def rounded_digits(number: float, places: int, shift: int = 0) -> tuple[str, str]:
    """Return the digits before the decimal point ("" for 0) and the `places` after it of a number's size.

    Args:
        shift: Power of ten that the number is multiplied with.

    >>> rounded_digits(1.005, 2), rounded_digits(0.0295, 1, 2), rounded_digits(0.4, 0)
    (('1', '01'), ('3', '0'), ('', ''))
    """
    whole, power = digits_of(number)
    power += shift + places
    if power >= 0:
        whole *= 10**power
    else:
        whole = (2 * whole + 10**-power) // (2 * 10**-power) if power > -400 else 0
    text = str(whole).rjust(places + 1, "0")
    cut = len(text) - places
    return text[:cut].lstrip("0"), text[cut:]


def general_text(number: float) -> str:
    """Return a number of general format, at most eleven characters and a sign wide.

    >>> general_text(1 / 3), general_text(123456789012.0), general_text(1e-9), general_text(-2.0)
    ('0.333333333', '1.23457E+11', '0.000000001', '-2')
    """
    sign = "-" if number < 0 else ""
    if number == int(number) and abs(number) < 10**WIDEST_GENERAL:
        return f"{sign}{abs(int(number))}"
    short = f"{abs(number):.{_DIGITS}g}"
    if len(short) <= WIDEST_GENERAL and "e" not in short:
        return sign + short
    power = magnitude(number)
    if -4 <= power < WIDEST_GENERAL:
        whole, fraction = rounded_digits(number, 9 - max(power, 0) if power < 9 else 0)
    else:
        whole, fraction = rounded_digits(number, 2 * _DIGITS)
    fixed = f"{whole or '0'}.{fraction}".rstrip("0").rstrip(".") if fraction else whole
    return sign + (fixed if len(fixed) <= WIDEST_GENERAL else scientific_text(number))


def scientific_text(number: float) -> str:
    """Return a number's size in six digits with a power of ten.

    >>> scientific_text(123456789012.0), scientific_text(1e-10)
    ('1.23457E+11', '1E-10')
    """
    power = magnitude(number)
    whole, fraction = rounded_digits(number, 5, -power)
    if len(whole) > 1:
        whole, power = "1", power + 1
    mantissa = f"{whole}.{fraction}".rstrip("0").rstrip(".")
    return f"{mantissa}E{'-' if power < 0 else '+'}{abs(power):02d}"
