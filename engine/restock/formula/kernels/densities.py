"""Densities of the binomial and Poisson distributions to full precision, on which those of other distributions rest.

Source: C. Loader, "Fast and Accurate Computation of Binomial Probabilities", 2000: logarithms of factorials are never
subtracted from one another; what differs from Stirling's formula is computed by itself.
"""

from __future__ import annotations

from typing import Any

import numpy as np

_LEAST_FOR_SERIES = 15.0
_TERMS = 14
_HALF_LOG_TWO_PI = 0.9189385332046727418
_STIRLING = (1 / 12, 1 / 360, 1 / 1260, 1 / 1680, 1 / 1188, 691 / 360360)


def special() -> Any:
    """Return scipy.special, loaded when it is first needed."""
    from scipy import special as found

    return found


def valid(good: Any, number: Any) -> Any:
    """Return numbers where they are good, elsewhere NaN, which a cell shows as #NUM!."""
    return np.where(good, number, np.nan)


def stirling_error(n: Any) -> Any:
    """Return ln Γ(n + 1) minus Stirling's formula √(2πn)·(n/e)ⁿ in logarithms; n > 0."""
    n = np.asarray(n, dtype=np.float64)
    safe = np.where(n > 0, n, 1.0)
    exact = special().gammaln(safe + 1) - (safe + 0.5) * np.log(safe) + safe - _HALF_LOG_TWO_PI
    square = safe * safe
    rest: Any = 0.0
    for factor in reversed(_STIRLING):
        rest = factor - rest / square
    return np.where(safe < _LEAST_FOR_SERIES, exact, rest / safe)


def deviance(x: Any, mean: Any) -> Any:
    """Return x·ln(x/mean) + mean − x, exact also where both are close; x, mean > 0."""
    ratio = (x - mean) / (x + mean)
    far = x * np.log(x / mean) + mean - x
    near, term = (x - mean) * ratio, 2 * x * ratio
    square = np.where(np.abs(ratio) < 0.1, ratio * ratio, 0.0)
    for place in range(1, _TERMS):
        term = term * square
        near = near + term / (2 * place + 1)
    return np.where(np.abs(ratio) < 0.1, near, far)


def poisson_density(x: Any, mean: Any) -> Any:
    """Return e^−mean · mean^x / Γ(x + 1) for x >= 0, whole or not."""
    x, mean = np.broadcast_arrays(np.asarray(x, dtype=float), np.asarray(mean, dtype=float))
    inner = (x > 0) & (mean > 0)
    safe_x, safe_mean = np.where(inner, x, 1.0), np.where(inner, mean, 1.0)
    found = np.exp(-stirling_error(safe_x) - deviance(safe_x, safe_mean)) / np.sqrt(2 * np.pi * safe_x)
    return np.where(inner, found, np.where(x == 0, np.exp(-mean), 0.0))


def binomial_density(x: Any, n: Any, p: Any, q: Any) -> Any:
    """Return C(n, x) · p^x · q^(n − x) for 0 <= x <= n, whole or not; q is 1 − p."""
    x, n, p, q = np.broadcast_arrays(*(np.asarray(one, dtype=float) for one in (x, n, p, q)))
    inner = (x > 0) & (x < n) & (p > 0) & (q > 0)
    x1, n1, p1, q1 = (np.where(inner, one, other) for one, other in ((x, 1.0), (n, 2.0), (p, 0.5), (q, 0.5)))
    rest = n1 - x1
    log = stirling_error(n1) - stirling_error(x1) - stirling_error(rest)
    log = log - deviance(x1, n1 * p1) - deviance(rest, n1 * q1)
    found = np.exp(log) / np.sqrt(2 * np.pi * x1 * (rest / n1))
    ends = np.where(x == 0, _power(q, p, n), np.where(x == n, _power(p, q, n), 0.0))
    return np.where(inner, found, ends)


def _power(base: Any, other: Any, exponent: Any) -> Any:
    """Return base^exponent, where base is 1 − other."""
    near_one = np.exp(exponent * np.log1p(-np.minimum(other, 0.5)))
    return np.where(other < 0.5, near_one, np.power(base, exponent))
