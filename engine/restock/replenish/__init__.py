"""Replenishment: when stock runs out, what to order by when, and what to say about it."""
