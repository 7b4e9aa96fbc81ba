"""Worksheet functions: one catalogue, every host, the same answer (CONVENTIONS §17 to §24).

Each entry binds a formula of `restock.arithmetic` to a name, its arguments and a second, independent body in
Excel's formula language. From it come the UDFs, the LAMBDA names, the plain expansion, the LibreOffice add-in
and the help.
"""

from restock.functions.catalogue import CATALOGUE
from restock.functions.entry import Argument, Function, Kind
from restock.functions.values import CellError

__all__ = ["CATALOGUE", "Argument", "CellError", "Function", "Kind"]
