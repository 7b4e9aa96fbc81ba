"""Numbers written as fractions: `# ?/?`, `# ??/??`, `?/16`."""

from __future__ import annotations

import math

from restock.formula.cells import Floats
from restock.formula.frame import Unsupported
from restock.formula.kernels.format_digits import whole_places
from restock.formula.kernels.format_tokens import BadFormat, Section, Token

_CLOSE_ENOUGH = 1e-13
_MOST_STEPS = 60


class Fraction:
    """A section with a fraction.

    Attributes:
        whole: Placeholders of the whole number; "" where all goes into the fraction.
        above, below: Placeholders of the numerator and of the denominator.
        fixed: The denominator that is given; 0 where it is to be found.
    """

    def __init__(self, section: Section) -> None:
        tokens = _merged(section.tokens)
        kinds = [token.kind for token in tokens]
        slash = kinds.index("slash")
        numbers = [place for place, kind in enumerate(kinds) if kind == "digit"]
        is_whole = numbers and numbers[0] < slash < numbers[-1]
        if section.has("point", "exponent") or kinds.count("slash") > 1 or not is_whole:
            raise BadFormat
        above, below = (numbers[sum(place < slash for place in numbers) - after] for after in (1, 0))
        if section.has("percent", "scale", "group") or len(numbers) > 3 or below != numbers[-1]:
            raise Unsupported("formula.function", "TEXT")
        self.above, self.below = tokens[above].text, tokens[below].text
        self.whole = tokens[numbers[0]].text if len(numbers) == 3 else ""
        first = numbers[0] if self.whole else above
        self.before, self.after = _shown(tokens[:first]), _shown(tokens[below + 1 :])
        self.between = _shown(tokens[first + 1 : above]) if self.whole else ""
        self.bar = _shown(tokens[above + 1 : below])
        self.fixed = int(self.below) if self.below.isdigit() and int(self.below) else 0
        if "0" in self.above or ("0" in self.below and not self.fixed):
            raise Unsupported("formula.function", "TEXT")

    def write(self, numbers: Floats, signed: bool) -> list[str]:
        """Return numbers as texts; `signed` puts a minus before negative ones."""
        return [("-" if signed and number < 0 else "") + self._written(abs(number)) for number in numbers.tolist()]

    def _written(self, number: float) -> str:
        whole = math.floor(number) if self.whole else 0
        above, below = self._parts(number - whole if self.whole else number)
        if self.whole and above == below:
            whole, above = whole + 1, 0
        if not self.whole:
            return f"{self.before}{self._fraction(above, below)}{self.after}"
        digits = str(whole) if whole or not above else ""
        shown = "".join(whole_places(self.whole, digits))
        if above:
            gap = self.between if digits or "?" in self.above else ""
            return f"{self.before}{shown}{gap}{self._fraction(above, below)}{self.after}"
        return f"{self.before}{shown}{self._nothing()}{self.after}"

    def _parts(self, rest: float) -> tuple[int, int]:
        if self.fixed:
            return math.floor(rest * self.fixed + 0.5), self.fixed
        return near_fraction(rest, len(self.below))

    def _fraction(self, above: int, below: int) -> str:
        denominator = str(below)
        padding = "" if self.fixed else " " * self.below[len(denominator) :].count("?")
        return f"{''.join(whole_places(self.above, str(above)))}{self.bar}{denominator}{padding}"

    def _nothing(self) -> str:
        """Return the room that the fraction takes where there is none."""
        if "?" not in self.above + self.below and not self.fixed:
            return ""
        places = self.above.count("?") + len(self.bar) + (len(self.below) if self.fixed else self.below.count("?"))
        return " " * (len(self.between) + places)


def near_fraction(number: float, digits: int) -> tuple[int, int]:
    """Return a numerator and a denominator of at most so many digits, by continued fractions.

    Excel takes the last fraction of the series that fits, which need not be the nearest; the steps are made in plain
    floating point, as there, so that 0.3 becomes 2/7 and 0.30000000000000004 becomes 1/3.

    Source: J. Kennedy, Algorithm to convert a decimal to a fraction.

    >>> near_fraction(0.75, 1), near_fraction(3.141592653589793, 1), near_fraction(0.3, 1)
    ((3, 4), (22, 7), (2, 7))
    """
    above, below, last_above, last_below = 0, 1, 0, 0
    rest = number
    if number == math.floor(number):
        return int(number), 1
    for _ in range(_MOST_STEPS):
        rest = 1 / (rest - math.floor(rest))
        below, last_below = below * math.floor(rest) + last_below, below
        above, last_above = math.floor(number * below + 0.5), above
        if below >= 10**digits:
            return last_above, last_below
        if abs(number - above / below) < _CLOSE_ENOUGH or rest == math.floor(rest):
            break
    return above, below


def _merged(tokens: tuple[Token, ...]) -> list[Token]:
    """Return the parts with neighbouring placeholders joined, and digits after the slash as a denominator."""
    found: list[Token] = []
    is_below = False
    for kind, text in tokens:
        is_below = is_below or kind == "slash"
        named = "digit" if kind == "digit" or (kind == "fixed" and is_below) else kind
        if named == "digit" and found and found[-1].kind == "digit":
            found[-1] = Token("digit", found[-1].text + text)
        else:
            found.append(Token(named, text))
    return found


def _shown(tokens: list[Token]) -> str:
    return "".join(token.text for token in tokens)
