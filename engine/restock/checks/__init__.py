"""What two looks at a book tell that one cannot: quantities beside another SKU, half a paste, a lost comma (§41)."""

from restock.checks.last_press import against_last_press
from restock.checks.stop import stops, without_stops

__all__ = ["against_last_press", "stops", "without_stops"]
