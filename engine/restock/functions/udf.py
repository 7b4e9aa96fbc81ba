"""Our functions as Excel UDFs over xlwings: the Python module that Excel loads, and the VBA that calls it."""

from __future__ import annotations

from restock.functions.catalogue import CATALOGUE
from restock.functions.entry import Function

MODULE = "restock_udfs"
"""Name of the Python module that `udf_module` is written to."""

LONGEST_DESCRIPTION = 255
"""Characters that Excel's function wizard takes for a function or an argument."""

_ASCII = str.maketrans({"×": "x", "÷": "/", "−": "-", "√": "sqrt ", "²": "^2", "–": "-", "’": "'"})

_HEAD = '''"""Worksheet functions of restock for Excel, served by xlwings. Written by restock; changes will be lost."""

import xlwings as xw

from restock import CATALOGUE
'''

_VBA_HEAD = """Attribute VB_Name = "RestockFunctions"
Option Explicit
'Worksheet functions of restock, answered by Python. Written by restock; changes will be lost.
"""

_VBA_TAIL = """
Private Function RestockAnswer(ByVal found As Variant) As Variant
    'Python sends an error as its text; the cell shows the error itself.
    Dim r As Long, c As Long
    If IsArray(found) Then
        For r = LBound(found, 1) To UBound(found, 1)
            For c = LBound(found, 2) To UBound(found, 2)
                found(r, c) = RestockCell(found(r, c))
            Next c
        Next r
        RestockAnswer = found
    Else
        RestockAnswer = RestockCell(found)
    End If
End Function

Private Function RestockCell(ByVal value As Variant) As Variant
    RestockCell = value
    If VarType(value) <> vbString Then Exit Function
    Select Case value
        Case "#NULL!": RestockCell = CVErr(2000)
        Case "#DIV/0!": RestockCell = CVErr(2007)
        Case "#VALUE!": RestockCell = CVErr(2015)
        Case "#REF!": RestockCell = CVErr(2023)
        Case "#NAME?": RestockCell = CVErr(2029)
        Case "#NUM!": RestockCell = CVErr(2036)
        Case "#N/A": RestockCell = CVErr(2042)
    End Select
End Function
"""


def udf_module() -> str:
    """Return the Python module whose functions xlwings serves to Excel.

    Every argument comes as rows and columns with errors as their texts; every answer leaves as a value or as rows.

    >>> compile(udf_module(), "restock_udfs.py", "exec") is not None
    True
    """
    return "\n\n".join([_HEAD, *(_python_function(function) for function in CATALOGUE.values())])


def _python_function(function: Function) -> str:
    arguments = [f'@xw.arg("{argument.name}", ndim=2, err_to_str=True)' for argument in function.arguments]
    parameters = ", ".join(
        f"{argument.name}=None" if argument.is_optional else argument.name for argument in function.arguments
    )
    names = ", ".join(argument.name for argument in function.arguments)
    lines = [
        '@xw.func(category="Restock")',
        *arguments,
        f"def {function.name}({parameters}):",
        f"    {_description(function)!r}",
        f'    return CATALOGUE["{function.name}"].cells({names})',
    ]
    return "\n".join(lines) + "\n"


def vba_module(book: str = "ThisWorkbook") -> str:
    """Return the VBA source of the wrappers; `book` is ActiveWorkbook in an add-in.

    A failure to reach Python gives #VALUE!, never a text in the place of a number.

    >>> "Function RESTOCK_BASE_STOCK(daily_demand, lead_days, Optional volatility)" in vba_module()
    True
    """
    wrappers = [_vba_function(function, book) for function in CATALOGUE.values()]
    return "\n".join([_VBA_HEAD, *wrappers, _vba_register(), _VBA_TAIL]).replace("\n", "\r\n")


def _vba_function(function: Function, book: str) -> str:
    name = function.name
    parameters = ", ".join(
        f"Optional {argument.name}" if argument.is_optional else argument.name for argument in function.arguments
    )
    values = ", ".join(argument.name for argument in function.arguments)
    return "\n".join(
        [
            f"Function {name}({parameters})",
            "    If TypeOf Application.Caller Is Range Then On Error GoTo failed",
            f'    {name} = RestockAnswer(XLPy.CallUDF("{MODULE}", "{name}", _',
            f"        Array({values}), {book}, Application.Caller))",
            "    Exit Function",
            "failed:",
            f"    {name} = CVErr(2015)",
            "End Function",
            "",
        ]
    )


def _vba_register() -> str:
    """A macro that puts our help into Excel's function wizard."""
    lines = ["Sub RestockRegister()", "    On Error Resume Next"]
    for function in CATALOGUE.values():
        helps = ", _\n            ".join(_vba_text(argument.en) for argument in function.arguments)
        lines += [
            f'    Application.MacroOptions Macro:="{function.name}", Category:="Restock", _',
            f"        Description:={_vba_text(_description(function))}, _",
            f"        ArgumentDescriptions:=Array( _\n            {helps})",
        ]
    return "\n".join([*lines, "End Sub"])


def _description(function: Function) -> str:
    return function.en[:LONGEST_DESCRIPTION]


def _vba_text(text: str) -> str:
    return '"' + text.translate(_ASCII)[:LONGEST_DESCRIPTION].replace('"', '""') + '"'
