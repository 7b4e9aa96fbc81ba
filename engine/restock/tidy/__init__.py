"""Sales made small without losing a unit: one row per day, SKU and warehouse, old months apart (§42)."""

from restock.tidy.fold import Tidied, first_kept, same_units, tidied

__all__ = ["Tidied", "first_kept", "same_units", "tidied"]
