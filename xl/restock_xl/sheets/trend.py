"""Sixty days of sales as twelve bars of text, which every program and every phone preview can show."""

from __future__ import annotations

from typing import Any

import numpy as np

_BARS = "▁▂▃▄▅▆▇█"


def trend_text(units: np.ndarray[Any, Any]) -> str:
    """One bar per period, the tallest for the largest; "" where nothing was sold.

    >>> trend_text(np.array([0.0, 4.0, 8.0]))
    '▁▅█'
    """
    top = float(units.max()) if len(units) else 0.0
    if top <= 0:
        return ""
    steps = np.round(np.maximum(units, 0.0) / top * (len(_BARS) - 1) + 1e-9).astype(int)
    return "".join(_BARS[step] for step in steps)
