"""Sales made small without losing a unit: one row per day, SKU and warehouse, old months apart (§42)."""

from restock.tidy.fold import ORDERS_COME_AGAIN_DAYS, Tidied, first_kept, same_units, tidied

__all__ = ["ORDERS_COME_AGAIN_DAYS", "Tidied", "first_kept", "same_units", "tidied"]
