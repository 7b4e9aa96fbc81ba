"""Numbers written by placeholders: `#,##0.00`, `0%`, `000-00`, `0.0,,"M"`, `0.00E+00`."""

from __future__ import annotations

import re

import numpy as np

from restock.formula.cells import Floats
from restock.formula.frame import Unsupported
from restock.formula.kernels.arithmetic import round_half_away
from restock.formula.kernels.decimal_digits import magnitude, rounded_digits
from restock.formula.kernels.format_tokens import BadFormat, Section, Token

_QUICK = re.compile(r"l*w(?:pf)?l*")  # kinds of parts by their first letters
_PLAIN = re.compile(r"#*0|#+")
_DECIMALS = re.compile(r"0*#*")
_PADDED = re.compile(r"00+")
_PARTS = {"point": "fraction", "exponent": "power"}
_MOST_EXACT = 1e15
_PAD = {"0": "0", "#": "", "?": " "}


class Digits:
    """A section of placeholders.

    Attributes:
        whole, fraction, power: The placeholders before the decimal point, after it, and after E.
        order: The first letters of the kinds of its parts.
    """

    def __init__(self, section: Section) -> None:
        self.tokens = _by_part(section.tokens)
        self.whole, self.fraction, self.power = (
            "".join(text for kind, text in self.tokens if kind == part) for part in ("whole", "fraction", "power")
        )
        self.is_grouped = _has_groups(section)
        self.is_scientific = section.has("exponent")
        scale = sum(len(token.text) for token in section.tokens if token.kind == "scale")
        self.shift = 0 if self.is_scientific else 2 * len(section.joined("percent")) - 3 * scale
        if self.is_scientific and not (self.power and (self.whole or self.fraction)):
            raise BadFormat
        if self.is_grouped and sum(kind == "whole" for kind, _ in self.tokens) > 1:
            raise Unsupported("formula.function", "TEXT")
        self.order = "".join(kind[0] for kind, _ in self.tokens)
        self.quick = self._quick_shape()

    def write(self, numbers: Floats, signed: bool) -> list[str]:
        """Return numbers as texts.

        Args:
            signed: Whether a minus is put before negative numbers, where a digit other than 0 shows.
        """
        if self.quick and np.abs(numbers).max() * 10.0 ** (len(self.fraction) + abs(self.shift)) < _MOST_EXACT:
            return self._written_together(numbers, signed)
        return [self._written(number, signed) for number in numbers.tolist()]

    def _quick_shape(self) -> str:
        """Return how Python writes the number of this pattern; "" where it is not one that Python knows."""
        padded = _PADDED.fullmatch(self.whole)
        if not (_QUICK.fullmatch(self.order) and _DECIMALS.fullmatch(self.fraction)):
            return ""
        if not _PLAIN.fullmatch(self.whole) and (not padded or self.is_grouped):
            return ""
        places = len(self.fraction)
        width = f"0{len(self.whole) + places + (places > 0)}" if padded else "," if self.is_grouped else ""
        return f"{{:{width}.{places}f}}"

    def _written_together(self, numbers: Floats, signed: bool) -> list[str]:
        scaled = numbers * 10.0**self.shift if self.shift >= 0 else numbers / 10.0**-self.shift
        rounded = round_half_away(np.abs(scaled), np.array(float(len(self.fraction))))
        found = list(map(self.quick.format, rounded.tolist()))
        spare = self.fraction.count("#")
        if spare:
            found = [text[:-spare] + text[-spare:].rstrip("0") for text in found]
        if "0" not in self.whole:
            found = [text[1:] if text[0] == "0" else text for text in found]
        before, after = self._around()
        if before or after:
            found = [before + text + after for text in found]
        if signed:
            for place in np.flatnonzero((numbers < 0) & (rounded > 0)).tolist():
                found[place] = "-" + found[place]
        return found

    def _around(self) -> tuple[str, str]:
        place = self.order.index("w")
        before, after = self.tokens[:place], self.tokens[self.order.rindex("f" if self.fraction else "w") + 1 :]
        return "".join(token.text for token in before), "".join(token.text for token in after)

    def _written(self, number: float, signed: bool) -> str:
        shift, power = self.shift, 0
        if self.is_scientific:
            power = self._exponent(number)
            shift -= power
        whole, fraction = rounded_digits(number, len(self.fraction), shift)
        fraction = fraction.rstrip("0")
        minus = "-" if signed and number < 0 and (whole or fraction or not (self.whole or self.fraction)) else ""
        return minus + self._filled(whole, fraction, power)

    def _exponent(self, number: float) -> int:
        """Return the power of ten to show: one that leaves as many digits as there are places before the point."""
        places = max(len(self.whole), 1)
        power = (magnitude(number) + self.shift) // places * places if number else 0
        if number and not self.whole:
            return power + 1
        if len(rounded_digits(number, len(self.fraction), self.shift - power)[0]) > places:
            if places > 1:
                raise Unsupported("formula.function", "TEXT")
            power += 1
        return power

    def _filled(self, whole: str, fraction: str, power: int) -> str:
        is_nothing = self.is_scientific and not whole and not fraction
        pattern = "0" * len(self.whole) if is_nothing else self.whole  # 0E+0 shows a digit in every place
        places = {
            "whole": iter(whole_places(pattern, whole, self.is_grouped)),
            "fraction": iter([*fraction, *(_PAD[sign] for sign in self.fraction[len(fraction) :])]),
            "power": iter(whole_places(self.power, str(abs(power)))),
        }
        shown, exponent_sign = [], ""
        before_point = "" if self.whole else whole
        for kind, text in self.tokens:
            if kind in places:
                chunk = "".join(next(places[kind]) for _ in text)
                shown.append(exponent_sign + chunk if kind == "power" else chunk)
                exponent_sign = "" if kind == "power" else exponent_sign
            elif kind == "exponent":
                exponent_sign = "-" if power < 0 else text[1].replace("-", "")
                shown.append(text[0])
            elif kind == "point":
                shown.append(before_point + text)
                before_point = ""
            else:
                shown.append(text)
        return "".join(shown)


def whole_places(pattern: str, digits: str, is_grouped: bool = False) -> list[str]:
    """Return what each placeholder of a whole number shows; the first takes all digits that are left over.

    >>> whole_places("#,##0".replace(",", ""), "1234567", True), whole_places("000", "5")
    (['1,234,', '5', '6', '7'], ['0', '0', '5'])
    """
    if not pattern:
        return []
    padding = [_PAD[sign] for sign in pattern[: max(len(pattern) - len(digits), 0)]]
    shown = padding + list(digits[-(len(pattern) - len(padding)) :] if len(padding) < len(pattern) else "")
    signs = [*digits[: len(digits) - len(pattern)], *shown] if len(digits) > len(pattern) else shown
    if is_grouped:
        last = len(signs) - 1
        signs = [_with_comma(sign, last - place) for place, sign in enumerate(signs)]
    extra = len(signs) - len(pattern)
    return ["".join(signs[: extra + 1]), *signs[extra + 1 :]]


def _with_comma(sign: str, after: int) -> str:
    if not sign or after == 0 or after % 3:
        return sign
    return sign + ("," if sign != " " else " ")


def _by_part(tokens: tuple[Token, ...]) -> list[Token]:
    """Return the parts of a section, placeholders named by where they stand and neighbours joined."""
    part = "whole"
    found: list[Token] = []
    for kind, text in tokens:
        if part != "power":
            part = _PARTS.get(kind, part)
        named = part if kind == "digit" else kind if kind in ("point", "exponent", "group", "scale") else "literal"
        if named in ("group", "scale"):
            continue
        if found and named == part and found[-1].kind == part:
            found[-1] = Token(part, found[-1].text + text)
        else:
            found.append(Token(named, text))
    return found


def _has_groups(section: Section) -> bool:
    kinds = [token.kind for token in section.tokens]
    return "group" in kinds[: kinds.index("point") if "point" in kinds else None]
