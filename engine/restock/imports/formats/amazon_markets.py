"""Amazon's sales channels: the country whose warehouses ship, and the time zone of the market's day."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

_PACIFIC, _CENTRAL = "America/Los_Angeles", "Europe/Berlin"
MARKETS: dict[str, tuple[str, str]] = {
    "amazon.com": ("US", _PACIFIC), "amazon.ca": ("CA", _PACIFIC), "amazon.com.mx": ("MX", _PACIFIC),
    "amazon.com.br": ("BR", "America/Sao_Paulo"), "amazon.co.uk": ("UK", "Europe/London"),
    "amazon.de": ("DE", _CENTRAL), "amazon.fr": ("FR", _CENTRAL), "amazon.it": ("IT", _CENTRAL),
    "amazon.es": ("ES", _CENTRAL), "amazon.nl": ("NL", _CENTRAL), "amazon.pl": ("PL", _CENTRAL),
    "amazon.se": ("SE", _CENTRAL), "amazon.com.be": ("BE", _CENTRAL), "amazon.ie": ("IE", "Europe/Dublin"),
    "amazon.com.tr": ("TR", "Europe/Istanbul"), "amazon.co.jp": ("JP", "Asia/Tokyo"),
    "amazon.com.au": ("AU", "Australia/Sydney"), "amazon.sg": ("SG", "Asia/Singapore"),
    "amazon.in": ("IN", "Asia/Kolkata"), "amazon.ae": ("AE", "Asia/Dubai"), "amazon.sa": ("SA", "Asia/Riyadh"),
}  # fmt: skip
"""Sales channel to country and zone."""


def fba(countries: NDArray[np.object_]) -> NDArray[np.object_]:
    """The name of Amazon's warehouses in each country; "FBA" where the file does not name it.

    >>> fba(np.array(["US", ""], dtype=object)).tolist()
    ['FBA-US', 'FBA']
    """
    codes, unique = pd.factorize(countries)
    return np.array([f"FBA-{country.upper()}" if country else "FBA" for country in unique], dtype=object)[codes]
