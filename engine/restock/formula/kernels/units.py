"""CONVERT: units of measurement with their prefixes.

Source: the table of Microsoft's documentation of CONVERT, with the factors that Excel itself answers.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np

from restock.formula.cells import NA
from restock.formula.kernels.engineering import engineering

_INCH, _POUND, _LIGHT_YEAR = 0.0254, 453.59237, 9460730472580800.0
_FOOT, _YARD, _MILE, _SEA_MILE, _POINT = 0.3048, 0.9144, 1609.344, 1852.0, _INCH / 72
_PARSEC, _SURVEY_FOOT = 3.0856775812815532e16, 1200 / 3937
_GALLON = 0.003785411784
_POUND_FORCE = _POUND / 1000 * 9.80665
_HORSEPOWER = 550 * _FOOT * _POUND_FORCE

_MASS = {
    "g": 1.0, "u": 1.660538782e-24, "sg": 14593.902937206363, "lbm": _POUND, "ozm": _POUND / 16,
    "grain": _POUND / 7000, "cwt": 100 * _POUND, "shweight": 100 * _POUND, "uk_cwt": 112 * _POUND,
    "lcwt": 112 * _POUND, "hweight": 112 * _POUND, "stone": 14 * _POUND, "ton": 2000 * _POUND,
    "uk_ton": 2240 * _POUND, "LTON": 2240 * _POUND, "brton": 2240 * _POUND,
}  # fmt: skip
_DISTANCE = {
    "m": 1.0, "ang": 1e-10, "ly": _LIGHT_YEAR, "parsec": _PARSEC, "pc": _PARSEC, "mi": _MILE, "Nmi": _SEA_MILE,
    "in": _INCH, "ft": _FOOT, "yd": _YARD, "ell": 45 * _INCH, "Picapt": _POINT, "Pica": _POINT, "pica": _INCH / 6,
    "survey_mi": 5280 * _SURVEY_FOOT,
}  # fmt: skip
_TIME = {
    "s": 1.0, "sec": 1.0, "mn": 60.0, "min": 60.0, "hr": 3600.0, "d": 86400.0, "day": 86400.0, "yr": 31557600.0,
}  # fmt: skip
_PRESSURE = {
    "Pa": 1.0, "p": 1.0, "atm": 101325.0, "at": 101325.0, "mmHg": 133.322, "psi": _POUND_FORCE / _INCH**2,
    "Torr": 101325 / 760,
}  # fmt: skip
_FORCE = {"N": 1.0, "dyn": 1e-5, "dy": 1e-5, "pond": 0.00980665, "lbf": _POUND_FORCE}
_ENERGY = {
    "J": 1.0, "e": 1e-7, "c": 4.184, "cal": 4.1868, "eV": 1.602176487e-19, "ev": 1.602176487e-19, "Wh": 3600.0,
    "wh": 3600.0, "HPh": 3600 * _HORSEPOWER, "hh": 3600 * _HORSEPOWER, "flb": _FOOT * _POUND_FORCE,
    "BTU": 1055.05585262, "btu": 1055.05585262,
}  # fmt: skip
_POWER = {"W": 1.0, "w": 1.0, "HP": _HORSEPOWER, "h": _HORSEPOWER, "PS": 735.49875}
_MAGNETISM = {"T": 1.0, "ga": 1e-4}
_VOLUME = {
    "l": 1e-3, "L": 1e-3, "lt": 1e-3, "tsp": _GALLON / 768, "tspm": 5e-6, "tbs": _GALLON / 256, "oz": _GALLON / 128,
    "cup": _GALLON / 16, "pt": _GALLON / 8, "us_pt": _GALLON / 8, "uk_pt": 0.00056826125, "qt": _GALLON / 4,
    "uk_qt": 0.0011365225, "gal": _GALLON, "uk_gal": 0.00454609, "barrel": 42 * _GALLON, "bushel": 2150.42 * _INCH**3,
    "GRT": 100 * _FOOT**3, "regton": 100 * _FOOT**3, "MTON": 40 * _FOOT**3,
}  # fmt: skip
_AREA = {
    "uk_acre": 4840 * _YARD**2, "us_acre": 43560 * _SURVEY_FOOT**2, "ar": 100.0, "ha": 10000.0, "Morgen": 2500.0,
}  # fmt: skip
_INFORMATION = {"bit": 1.0, "byte": 8.0}
_SPEED = {
    "m/s": 1.0, "m/sec": 1.0, "m/h": 1 / 3600, "m/hr": 1 / 3600, "mph": _MILE / 3600, "kn": _SEA_MILE / 3600,
    "admkn": 6080 * _FOOT / 3600,
}  # fmt: skip
_TEMPERATURE = {"C", "cel", "F", "fah", "K", "kel", "Rank", "Reau"}
_IN_POWERS = {
    "m": "m", "ang": "ang", "ly": "ly", "mi": "mi", "Nmi": "Nmi", "in": "in", "ft": "ft", "yd": "yd",
    "Picapt": "Picapt", "Pica": "Pica",
}  # fmt: skip

_PREFIXES = {
    "Y": 1e24, "Z": 1e21, "E": 1e18, "P": 1e15, "T": 1e12, "G": 1e9, "M": 1e6, "k": 1e3, "h": 1e2, "da": 1e1,
    "e": 1e1, "d": 1e-1, "c": 1e-2, "m": 1e-3, "u": 1e-6, "n": 1e-9, "p": 1e-12, "f": 1e-15, "a": 1e-18,
    "z": 1e-21, "y": 1e-24,
}  # fmt: skip
_BINARY_PREFIXES = {f"{letter}i": 1024.0**power for power, letter in enumerate("kMGTPEZY", start=1)}
_TAKE_PREFIXES = {
    "g", "u", "m", "ang", "ly", "parsec", "pc", "s", "sec", "Pa", "p", "atm", "at", "mmHg", "N", "dyn", "dy", "pond",
    "J", "e", "c", "cal", "eV", "ev", "Wh", "wh", "W", "w", "T", "ga", "K", "kel", "l", "L", "lt", "uk_pt", "ar",
    "bit", "byte", "m/s", "m/sec", "m/h", "m/hr", "mph",
}  # fmt: skip
_TAKE_PREFIXES_IN_POWERS = {"m", "ang"}


def _units() -> dict[str, tuple[str, float, int]]:
    """Return kind, factor and the power to which a prefix is raised (0: takes none) of every unit."""
    kinds = {"mass": _MASS, "distance": _DISTANCE, "time": _TIME, "pressure": _PRESSURE, "force": _FORCE,
             "energy": _ENERGY, "power": _POWER, "magnetism": _MAGNETISM, "volume": _VOLUME, "area": _AREA,
             "information": _INFORMATION, "speed": _SPEED, "temperature": dict.fromkeys(_TEMPERATURE, 1.0)}  # fmt: skip
    found = {
        name: (kind, factor, 1 if name in _TAKE_PREFIXES else 0)
        for kind, units in kinds.items()
        for name, factor in units.items()
    }
    for kind, power in (("area", 2), ("volume", 3)):
        for name in _IN_POWERS:
            takes = power if name in _TAKE_PREFIXES_IN_POWERS else 0
            for written in (f"{name}{power}", f"{name}^{power}"):
                found[written] = kind, _DISTANCE[name] ** power, takes
    return found


_UNITS = _units()


@lru_cache(maxsize=4096)
def _unit(name: str) -> tuple[str, float, str] | None:
    """Return kind, factor with its prefix, and the unit without prefix; None where there is no such unit."""
    if name in _UNITS:
        return (*_UNITS[name][:2], name)
    for length in (2, 1):
        prefix, base = name[:length], name[length:]
        kind, factor, power = _UNITS.get(base, ("", 0.0, 0))
        scale = _PREFIXES.get(prefix) or (_BINARY_PREFIXES.get(prefix) if kind == "information" else None)
        if power and scale:
            return kind, factor * scale**power, base
    return None


_NINTHS, _ICE = Fraction(5, 9), Fraction("273.15")
_TO_KELVIN = {"C": (Fraction(1), _ICE), "F": (_NINTHS, Fraction("459.67") * _NINTHS), "K": (Fraction(1), Fraction(0)),
              "Rank": (_NINTHS, Fraction(0)), "Reau": (Fraction(5, 4), _ICE)}  # fmt: skip
_TO_KELVIN |= {"cel": _TO_KELVIN["C"], "fah": _TO_KELVIN["F"], "kel": _TO_KELVIN["K"]}


@lru_cache(maxsize=4096)
def conversion(source: str, target: str) -> tuple[float, float, float] | None:
    """Return factor, divisor and what is added afterwards; None where one cannot be turned into the other.

    >>> conversion("mi", "km"), conversion("C", "F"), conversion("kg", "m")
    ((1609.344, 1000.0, 0.0), (1.8, 1.0, 32.0), None)
    """
    found, wanted = _unit(source), _unit(target)
    if found is None or wanted is None or found[0] != wanted[0]:
        return None
    if found[0] != "temperature":
        return found[1], wanted[1], 0.0
    (factor, start), (divisor, end) = _TO_KELVIN[found[2]], _TO_KELVIN[wanted[2]]
    scale = Fraction(wanted[1]) * divisor
    return float(factor * Fraction(found[1]) / scale), 1.0, float((start - end) / scale)


@engineering("CONVERT", reads="nss", least=3)
def _convert(number: Any, source: Any, target: Any) -> Any:
    source, target = np.broadcast_arrays(source, target)
    pairs = zip(source.ravel().tolist(), target.ravel().tolist(), strict=True)
    found = [conversion(*pair) for pair in pairs]
    factor, divisor, start = (
        np.array([1.0 if one is None else one[place] for one in found]).reshape(source.shape) for place in range(3)
    )
    missing = np.array([NA if one is None else 0 for one in found], dtype=np.int8).reshape(source.shape)
    return number * factor / divisor + start, missing
