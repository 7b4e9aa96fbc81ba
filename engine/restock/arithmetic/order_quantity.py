"""What to order: whole cartons, at least the minimum order (CONVENTIONS §6)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from restock.arithmetic.rounding import Floats, at_most_zero, ceil9


def order_quantity(need: ArrayLike, moq: ArrayLike = 1.0, case_pack: ArrayLike = 1.0) -> Floats:
    """Return the units of a single order line, whole cartons of at least the minimum order; 0 where need <=
    0.

    quantity = ⌈max(need, MOQ) / case⌉ × case

    Args:
        need: Units short of the order-up-to level; NaN stays NaN.
        moq: Minimum order quantity, units, >= 0.
        case_pack: Units per carton, >= 1.

    Source: CONVENTIONS §6. LAMP-03 needs 755, in cartons of 48:

    >>> float(order_quantity(755, 1, 48)), float(order_quantity(10, 100)), float(order_quantity(0, 100))
    (768.0, 100.0, 0.0)
    """
    short, case = np.asarray(need, dtype=np.float64), np.asarray(case_pack, dtype=np.float64)
    least = np.maximum(short, np.asarray(moq, dtype=np.float64))
    return np.asarray(np.where(at_most_zero(short), 0.0, ceil9(least / case) * case))


def share_moq(needs: ArrayLike, daily: ArrayLike, moq: float = 1.0, case_pack: ArrayLike = 1.0) -> Floats:
    """Return the units of each order line of one SKU, (m,): the minimum order holds for their sum.

    What is missing to the minimum is shared among the lines with a need, by daily demand (equally where all
    of it is 0); then each line is rounded up to cartons. A line without a need orders 0; without any need
    nothing is ordered.

    Args:
        needs: (m,), units short of each line's order-up-to level.
        daily: (m,), units per day of each line, >= 0.
        moq: Minimum order quantity of the SKU, units, >= 0.
        case_pack: Units per carton, >= 1, one number or (m,).

    Source: CONVENTIONS §6. 60 needed, 100 the least: the missing 40 go 3 to 1, giving 70 and 30.

    >>> share_moq([40, 20, -5], [3, 1, 9], 100).tolist(), share_moq([40, 20, 0], [3, 1, 9], 100, 24).tolist()
    ([70.0, 30.0, 0.0], [72.0, 48.0, 0.0])
    """
    short = np.asarray(needs, dtype=np.float64)
    wanted = np.where(at_most_zero(short), 0.0, short)
    active = wanted > 0
    if not active.any():
        return np.zeros_like(short)
    weight = np.where(active, np.asarray(daily, dtype=np.float64), 0.0)
    weight = weight if weight.sum() > 0 else active.astype(np.float64)
    missing = max(0.0, float(moq) - float(wanted.sum()))
    case = np.asarray(case_pack, dtype=np.float64)
    return np.asarray(ceil9((wanted + missing * weight / weight.sum()) / case) * case)
