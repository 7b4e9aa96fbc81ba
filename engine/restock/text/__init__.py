"""Sentences in English and Chinese. The engine emits a key and numbers; only here do they become prose."""

from restock.text.places import cell_reference, sheet_label
from restock.text.say import Words, format_money, say

__all__ = ["Words", "cell_reference", "format_money", "say", "sheet_label"]
