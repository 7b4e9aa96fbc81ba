"""Distributions of counts: densities, probabilities and their inverses, one answer per cell.

Counts lose their decimals; arguments outside the domain are #NUM!.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from restock.formula.kernels.densities import binomial_density, poisson_density, special, valid
from restock.formula.kernels.registry import elementwise

_MOST_TRIALS = 1e10
_LAST_DIGITS = 1e-14
_NEGLIGIBLE = 1e-17
_MOST_TERMS = 100_000


def _binomial_chance(k: Any, n: Any, p: Any) -> Any:
    """Return the chance of at most k successes; 0 where k is negative."""
    inner = (k >= 0) & (k < n)
    safe_k = np.where(inner, k, 0.0)
    chance = special().betaincc(safe_k + 1, np.where(inner, n, 1.0) - safe_k, p)
    return np.where(inner, chance, np.where(k < 0, 0.0, 1.0))


def _binomial_above(k: Any, n: Any, p: Any) -> Any:
    """Return the chance of more than k successes."""
    inner = (k >= 0) & (k < n)
    safe_k = np.where(inner, k, 0.0)
    chance = special().betainc(safe_k + 1, np.where(inner, n, 1.0) - safe_k, p)
    return np.where(inner, chance, np.where(k < 0, 1.0, 0.0))


def _is_trial(k: Any, n: Any, p: Any) -> Any:
    return (k >= 0) & (k <= n) & (n <= _MOST_TRIALS) & (p >= 0) & (p <= 1)


@elementwise("BINOM.DIST", "BINOMDIST", reads="nnnb")
def _binomial(k: Any, n: Any, p: Any, cumulative: Any) -> Any:
    k, n = np.trunc(k), np.trunc(n)
    good = _is_trial(k, n, p)
    k, n, p = (np.where(good, one, 0.0) for one in (k, n, p))
    return valid(good, np.where(cumulative, _binomial_chance(k, n, p), binomial_density(k, n, p, 1 - p)))


@elementwise("BINOM.DIST.RANGE", reads="nnn|n")
def _binomial_range(n: Any, p: Any, low: Any, high: Any = None) -> Any:
    high = low if high is None else high
    n, low, high = np.trunc(n), np.trunc(low), np.trunc(high)
    good = _is_trial(low, n, p) & (high >= low) & (high <= n)
    n, p, low, high = (np.where(good, one, 0.0) for one in (n, p, low, high))
    below = _binomial_chance(high, n, p) - _binomial_chance(low - 1, n, p)
    above = _binomial_above(low - 1, n, p) - _binomial_above(high, n, p)
    found = np.where(low > n * p, above, below)
    return valid(good, np.where(low == high, binomial_density(low, n, p, 1 - p), found))


@elementwise("BINOM.INV", "CRITBINOM", reads="nnn")
def _binomial_inverse(n: Any, p: Any, chance: Any) -> Any:
    n = np.trunc(n)
    good = (n >= 0) & (n <= _MOST_TRIALS) & (p > 0) & (p < 1) & (chance > 0) & (chance < 1)
    n, p, chance = (np.where(good, one, other) for one, other in ((n, 0.0), (p, 0.5), (chance, 0.5)))
    z = special().ndtri(chance)
    near = n * p + z * np.sqrt(n * p * (1 - p)) + (z * z - 1) * (1 - 2 * p) / 6
    return valid(good, _least(lambda k: _binomial_chance(k, n, p), chance * (1 - _LAST_DIGITS), near, n))


def _least(chance: Callable[[Any], Any], wanted: Any, near: Any, most: Any) -> Any:
    """Return the least whole number, 0 to `most`, whose chance is at least the wanted one, sought near a guess."""
    low, high = np.full(most.shape, -1.0), most
    probes = [np.floor(near) + 1, np.floor(near) - 2]
    while (high - low > 1).any():
        probe = np.clip(probes.pop(0), low, high) if probes else np.floor((low + high) / 2)
        enough = chance(probe) >= wanted
        low, high = np.where(enough, low, probe), np.where(enough, probe, high)
    return high


@elementwise("NEGBINOM.DIST", reads="nnnb")
def _negative_binomial(failures: Any, successes: Any, p: Any, cumulative: Any) -> Any:
    failures, successes = np.trunc(failures), np.trunc(successes)
    good = (failures >= 0) & (successes >= 1) & (p > 0) & (p < 1)
    failures, successes = np.where(good, failures, 0.0), np.where(good, successes, 1.0)
    p = np.where(good, p, 0.5)
    trials = failures + successes
    density = successes / trials * binomial_density(successes, trials, p, 1 - p)
    return valid(good, np.where(cumulative, special().betainc(successes, failures + 1, p), density))


@elementwise("NEGBINOMDIST", reads="nnn")
def _negative_binomial_density(failures: Any, successes: Any, p: Any) -> Any:
    return _negative_binomial(failures, successes, p, False)


@elementwise("POISSON.DIST", "POISSON", reads="nnb")
def _poisson(k: Any, mean: Any, cumulative: Any) -> Any:
    k = np.trunc(k)
    good = (k >= 0) & (mean >= 0)
    k, mean = np.where(good, k, 0.0), np.where(good, mean, 1.0)
    return valid(good, np.where(cumulative, special().gammaincc(k + 1, mean), poisson_density(k, mean)))


@elementwise("HYPGEOM.DIST", reads="nnnnb")
def _hypergeometric(k: Any, drawn: Any, marked: Any, everything: Any, cumulative: Any) -> Any:
    k, drawn, marked, everything = np.broadcast_arrays(*(np.trunc(one) for one in (k, drawn, marked, everything)))
    good = (everything > 0) & (drawn > 0) & (drawn <= everything) & (marked > 0) & (marked <= everything)
    good = good & (k >= np.maximum(0, drawn - everything + marked)) & (k <= np.minimum(drawn, marked))
    k, drawn, marked, everything = (np.where(good, one, 1.0) for one in (k, drawn, marked, everything))
    density = _hypergeometric_density(k, drawn, marked, everything)
    if not np.any(cumulative):
        return valid(good, density)
    return valid(good, np.where(cumulative, _summed_down(density, k, drawn, marked, everything), density))


@elementwise("HYPGEOMDIST", reads="nnnn")
def _hypergeometric_plain(k: Any, drawn: Any, marked: Any, everything: Any) -> Any:
    return _hypergeometric(k, drawn, marked, everything, False)


def _hypergeometric_density(k: Any, drawn: Any, marked: Any, everything: Any) -> Any:
    """Loader's product of three binomial densities with the share that was drawn as the chance."""
    p, q, rest = drawn / everything, (everything - drawn) / everything, everything - marked
    both = binomial_density(k, marked, p, q) * binomial_density(drawn - k, rest, p, q)
    return both / binomial_density(drawn, everything, p, q)


def _summed_down(density: Any, k: Any, drawn: Any, marked: Any, everything: Any) -> Any:
    """Add the densities of all lower counts; each is the one above times a ratio of whole numbers."""
    total, term = density, density
    for step in range(_MOST_TERMS):
        count = k - step
        rest = everything - marked - drawn + count
        term = term * count * rest / np.maximum((marked - count + 1) * (drawn - count + 1), 1)
        total = total + term
        if not (term > total * _NEGLIGIBLE).any():
            break
    return np.minimum(total, 1.0)
