"""Replenishment: when stock runs out, what to order by when, and what to say about it."""

from restock.replenish.projection import Projection, project, worst_shortage

__all__ = ["Projection", "project", "worst_shortage"]
