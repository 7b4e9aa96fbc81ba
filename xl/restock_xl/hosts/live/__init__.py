"""A workbook that is open in a program, through the xlwings API alone: the button's work."""

from restock_xl.hosts.live.host import LiveHost

__all__ = ["LiveHost"]
