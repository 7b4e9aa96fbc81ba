"""Exports of shops and warehouses: recognised by their headers, read as text, mapped to Stock, Sales and Inbound.

Tables in, tables out. Nothing is guessed: what cannot be told is refused by row, with the reason.
"""
