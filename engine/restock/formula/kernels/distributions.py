"""Continuous distributions: densities, probabilities and their inverses, one answer per cell.

Arguments outside the domain are #NUM!, as is a density that is infinite. Degrees of freedom lose their decimals.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from restock.formula.kernels.densities import (
    binomial_density,
    deviance,
    poisson_density,
    special,
    stirling_error,
    valid,
)
from restock.formula.kernels.registry import elementwise

_MOST_FREEDOM = 1e10
_ROOT_TWO_PI = 2.5066282746310005024


@elementwise("PHI", reads="n")
def normal_density(z: Any) -> Any:
    """Return the density of the standard normal distribution."""
    return np.exp(-z * z / 2) / _ROOT_TWO_PI


@elementwise("NORM.DIST", "NORMDIST", reads="nnnb")
def _normal(x: Any, mean: Any, spread: Any, cumulative: Any) -> Any:
    safe = np.where(spread > 0, spread, 1.0)
    z = (x - mean) / safe
    return valid(spread > 0, np.where(cumulative, special().ndtr(z), normal_density(z) / safe))


@elementwise("NORM.INV", "NORMINV", reads="nnn")
def _normal_inverse(chance: Any, mean: Any, spread: Any) -> Any:
    return valid((chance > 0) & (chance < 1) & (spread > 0), mean + spread * special().ndtri(chance))


@elementwise("NORM.S.DIST", reads="nb")
def _standard_normal(z: Any, cumulative: Any) -> Any:
    return np.where(cumulative, special().ndtr(z), normal_density(z))


@elementwise("NORMSDIST", reads="n")
def _standard_normal_chance(z: Any) -> Any:
    return special().ndtr(z)


@elementwise("NORM.S.INV", "NORMSINV", reads="n")
def _standard_normal_inverse(chance: Any) -> Any:
    return valid((chance > 0) & (chance < 1), special().ndtri(chance))


@elementwise("GAUSS", reads="n")
def _gauss(z: Any) -> Any:
    return special().erf(z / np.sqrt(2)) / 2


@elementwise("LOGNORM.DIST", reads="nnnb")
def _lognormal(x: Any, mean: Any, spread: Any, cumulative: Any) -> Any:
    safe = np.where(x > 0, x, 1.0)
    z = (np.log(safe) - mean) / spread
    found = np.where(cumulative, special().ndtr(z), normal_density(z) / (spread * safe))
    return valid((x > 0) & (spread > 0), found)


@elementwise("LOGNORMDIST", reads="nnn")
def _lognormal_chance(x: Any, mean: Any, spread: Any) -> Any:
    return _lognormal(x, mean, spread, True)


@elementwise("LOGNORM.INV", "LOGINV", reads="nnn")
def _lognormal_inverse(chance: Any, mean: Any, spread: Any) -> Any:
    return valid((chance > 0) & (chance < 1) & (spread > 0), np.exp(mean + spread * special().ndtri(chance)))


def student_density(x: Any, freedom: Any) -> Any:
    """Return the density of Student's distribution."""
    half = freedom / 2
    log = stirling_error(half + 0.5) - stirling_error(half) - deviance(half, half + 0.5)
    return np.exp(log - (half + 0.5) * np.log1p(x * x / freedom)) / _ROOT_TWO_PI


def student_quantile(chance: Any, freedom: Any) -> Any:
    """Return the number that a variable of Student's distribution stays below with this chance, 0 < chance < 1."""
    tail = 2 * np.minimum(chance, 1 - chance)
    small = tail < 0.5
    outer = special().betaincinv(freedom / 2, 0.5, np.where(small, tail, 0.25))
    inner = special().betaincinv(0.5, freedom / 2, np.where(small, 0.5, np.abs(1 - 2 * chance)))
    square = np.where(small, freedom * (1 - outer) / outer, freedom * inner / (1 - inner))
    return np.where(chance < 0.5, -1.0, 1.0) * np.sqrt(square)


@elementwise("T.DIST", reads="nnb")
def _student(x: Any, freedom: Any, cumulative: Any) -> Any:
    freedom = np.trunc(freedom)
    safe = np.where(freedom >= 1, freedom, 1.0)
    found = np.where(cumulative, special().stdtr(safe, x), student_density(x, safe))
    return valid(freedom >= 1, found)


@elementwise("T.DIST.RT", reads="nn")
def _student_right(x: Any, freedom: Any) -> Any:
    freedom = np.trunc(freedom)
    return valid(freedom >= 1, special().stdtr(np.maximum(freedom, 1), -x))


@elementwise("T.DIST.2T", reads="nn")
def two_tails(x: Any, freedom: Any) -> Any:
    """Return the chance that a variable of Student's distribution lies farther from 0 than x, on either side."""
    freedom = np.trunc(freedom)
    return valid((freedom >= 1) & (x >= 0), 2 * special().stdtr(np.maximum(freedom, 1), -np.abs(x)))


@elementwise("TDIST", reads="nnn")
def _student_tails(x: Any, freedom: Any, tails: Any) -> Any:
    tails = np.trunc(tails)
    return valid((tails == 1) | (tails == 2), two_tails(x, freedom) * tails / 2)


@elementwise("T.INV", reads="nn")
def _student_inverse(chance: Any, freedom: Any) -> Any:
    freedom = np.trunc(freedom)
    good = (chance > 0) & (chance < 1) & (freedom >= 1)
    return valid(good, student_quantile(np.where(good, chance, 0.5), np.maximum(freedom, 1)))


@elementwise("T.INV.2T", "TINV", reads="nn")
def _two_tails_inverse(chance: Any, freedom: Any) -> Any:
    freedom = np.trunc(freedom)
    good = (chance > 0) & (chance <= 1) & (freedom >= 1)
    return valid(good, np.abs(student_quantile(np.where(good, chance, 1.0) / 2, np.maximum(freedom, 1))))


def _is_freedom(freedom: Any) -> Any:
    return (freedom >= 1) & (freedom <= _MOST_FREEDOM)


@elementwise("CHISQ.DIST", reads="nnb")
def _chi_squared(x: Any, freedom: Any, cumulative: Any) -> Any:
    freedom = np.trunc(freedom)
    found = np.where(cumulative, special().gammainc(freedom / 2, x / 2), _gamma_density(x, freedom / 2, 2.0))
    return valid((x >= 0) & _is_freedom(freedom), found)


@elementwise("CHISQ.DIST.RT", "CHIDIST", reads="nn")
def chi_squared_right(x: Any, freedom: Any) -> Any:
    """Return the chance that a variable of the χ² distribution is larger than x."""
    freedom = np.trunc(freedom)
    return valid((x >= 0) & _is_freedom(freedom), special().gammaincc(freedom / 2, x / 2))


@elementwise("CHISQ.INV", reads="nn")
def _chi_squared_inverse(chance: Any, freedom: Any) -> Any:
    freedom = np.trunc(freedom)
    good = (chance >= 0) & (chance < 1) & _is_freedom(freedom)
    return valid(good, 2 * special().gammaincinv(freedom / 2, chance))


@elementwise("CHISQ.INV.RT", "CHIINV", reads="nn")
def _chi_squared_right_inverse(chance: Any, freedom: Any) -> Any:
    freedom = np.trunc(freedom)
    good = (chance > 0) & (chance <= 1) & _is_freedom(freedom)
    return valid(good, 2 * special().gammainccinv(freedom / 2, chance))


@elementwise("F.DIST", reads="nnnb")
def _f(x: Any, first: Any, second: Any, cumulative: Any) -> Any:
    first, second = np.trunc(first), np.trunc(second)
    good = (x >= 0) & _is_freedom(first) & _is_freedom(second)
    share = first * x / (first * x + second)
    found = np.where(cumulative, special().betainc(first / 2, second / 2, share), _f_density(x, first, second))
    return valid(good, found)


def _f_density(x: Any, m: Any, n: Any) -> Any:
    p, q = m * x / (m * x + n), n / (m * x + n)
    large = m >= 2
    safe_m = np.where(large, m, 2.0)
    of_large = safe_m * q / 2 * binomial_density((safe_m - 2) / 2, (safe_m + n - 2) / 2, p, q)
    of_one = m * m * q / (2 * p * (m + n)) * binomial_density(m / 2, (m + n) / 2, p, q)
    return np.where(large, of_large, of_one)


@elementwise("F.DIST.RT", "FDIST", reads="nnn")
def f_right(x: Any, first: Any, second: Any) -> Any:
    """Return the chance that a variable of the F distribution is larger than x."""
    first, second = np.trunc(first), np.trunc(second)
    good = (x >= 0) & _is_freedom(first) & _is_freedom(second)
    return valid(good, special().betainc(second / 2, first / 2, second / (first * x + second)))


def _f_quantile(share: Any, rest: Any, first: Any, second: Any) -> Any:
    """Return the quantile from the half of the beta distribution that loses no digits."""
    m, n = np.maximum(first, 1) / 2, np.maximum(second, 1) / 2
    return np.where(share < 0.5, n * share / (m * (1 - share)), n * (1 - rest) / (m * rest))


@elementwise("F.INV", reads="nnn")
def _f_inverse(chance: Any, first: Any, second: Any) -> Any:
    first, second = np.trunc(first), np.trunc(second)
    good = (chance >= 0) & (chance < 1) & _is_freedom(first) & _is_freedom(second)
    share = special().betaincinv(first / 2, second / 2, chance)
    rest = special().betainccinv(second / 2, first / 2, chance)
    return valid(good, _f_quantile(share, rest, first, second))


@elementwise("F.INV.RT", "FINV", reads="nnn")
def _f_right_inverse(chance: Any, first: Any, second: Any) -> Any:
    first, second = np.trunc(first), np.trunc(second)
    good = (chance > 0) & (chance <= 1) & _is_freedom(first) & _is_freedom(second)
    share = special().betainccinv(first / 2, second / 2, chance)
    rest = special().betaincinv(second / 2, first / 2, chance)
    return valid(good, _f_quantile(share, rest, first, second))


@elementwise("BETA.DIST", reads="nnnb|nn")
def _beta(x: Any, a: Any, b: Any, cumulative: Any, low: Any = 0.0, high: Any = 1.0) -> Any:
    share = (x - low) / np.where(high > low, high - low, 1.0)
    good = (a > 0) & (b > 0) & (x >= low) & (x <= high) & (low < high)
    a, b, share = (np.where(good, one, 0.5) for one in (a, b, share))
    return valid(good, np.where(cumulative, special().betainc(a, b, share), _beta_density(share, a, b) / (high - low)))


def _beta_density(x: Any, a: Any, b: Any) -> Any:
    both = (a > 2) & (b > 2)
    safe = [np.where(both, one, 3.0) for one in (a, b)]
    peaked = (safe[0] + safe[1] - 1) * binomial_density(safe[0] - 1, safe[0] + safe[1] - 2, x, 1 - x)
    return np.where(both, peaked, np.power(x, a - 1) * np.power(1 - x, b - 1) / special().beta(a, b))


@elementwise("BETADIST", reads="nnn|nn")
def _beta_chance(x: Any, a: Any, b: Any, low: Any = 0.0, high: Any = 1.0) -> Any:
    return _beta(x, a, b, True, low, high)


@elementwise("BETA.INV", "BETAINV", reads="nnn|nn")
def _beta_inverse(chance: Any, a: Any, b: Any, low: Any = 0.0, high: Any = 1.0) -> Any:
    good = (chance > 0) & (chance < 1) & (a > 0) & (b > 0) & (low < high)
    return valid(good, low + (high - low) * special().betaincinv(a, b, chance))


def _gamma_density(x: Any, shape: Any, scale: Any) -> Any:
    scaled = x / scale
    large = shape >= 1
    of_large = poisson_density(np.where(large, shape, 1.0) - 1, scaled) / scale
    return np.where(large, of_large, poisson_density(shape, scaled) * shape / x)


@elementwise("GAMMA.DIST", "GAMMADIST", reads="nnnb")
def _gamma_distribution(x: Any, shape: Any, scale: Any, cumulative: Any) -> Any:
    good = (x >= 0) & (shape > 0) & (scale > 0)
    return valid(good, np.where(cumulative, special().gammainc(shape, x / scale), _gamma_density(x, shape, scale)))


@elementwise("GAMMA.INV", "GAMMAINV", reads="nnn")
def _gamma_inverse(chance: Any, shape: Any, scale: Any) -> Any:
    good = (chance >= 0) & (chance < 1) & (shape > 0) & (scale > 0)
    return valid(good, scale * special().gammaincinv(shape, chance))


@elementwise("GAMMA", reads="n")
def _gamma(number: Any) -> Any:
    return valid((number > 0) | (number != np.trunc(number)), special().gamma(number))


@elementwise("GAMMALN", "GAMMALN.PRECISE", reads="n")
def _gamma_logarithm(number: Any) -> Any:
    return valid(number > 0, special().gammaln(number))


@elementwise("EXPON.DIST", "EXPONDIST", reads="nnb")
def _exponential(x: Any, rate: Any, cumulative: Any) -> Any:
    return valid((x >= 0) & (rate > 0), np.where(cumulative, -np.expm1(-rate * x), rate * np.exp(-rate * x)))


@elementwise("WEIBULL.DIST", "WEIBULL", reads="nnnb")
def _weibull(x: Any, shape: Any, scale: Any, cumulative: Any) -> Any:
    raised = np.power(x / scale, shape)
    density = shape / scale * np.power(x / scale, shape - 1) * np.exp(-raised)
    return valid((x >= 0) & (shape > 0) & (scale > 0), np.where(cumulative, -np.expm1(-raised), density))


@elementwise("FISHER", reads="n")
def _fisher(number: Any) -> Any:
    return valid(np.abs(number) < 1, np.arctanh(number))


@elementwise("FISHERINV", reads="n")
def _fisher_inverse(number: Any) -> Any:
    return np.tanh(number)
