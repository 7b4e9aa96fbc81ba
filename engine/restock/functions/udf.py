"""Our functions as Excel UDFs over xlwings: the VBA that asks Python for them, and their help in Excel."""

from __future__ import annotations

from restock.functions.catalogue import CATALOGUE
from restock.functions.entry import Argument, Function

LONGEST_DESCRIPTION = 255
"""Characters that Excel's function wizard takes for a function or an argument."""

_LONGEST_WIDE = 220  # four digits a character, and VBA takes lines of 1,023

_ASCII = str.maketrans({"×": "x", "÷": "/", "−": "-", "√": "sqrt ", "²": "^2", "–": "-", "’": "'"})

_VBA_HEAD = """Attribute VB_Name = "RestockFunctions"
Option Explicit
'Worksheet functions of restock, answered by Python. Written by restock; changes will be lost.
"""

_VBA_TAIL = """
Private Function RestockAnswer(ByVal found As Variant) As Variant
    'Python sends an error as its text; the cell shows the error itself. One row comes as a list.
    Dim r As Long, c As Long
    If Not IsArray(found) Then
        RestockAnswer = RestockCell(found)
        Exit Function
    End If
    If RestockIsTable(found) Then
        For r = LBound(found, 1) To UBound(found, 1)
            For c = LBound(found, 2) To UBound(found, 2)
                found(r, c) = RestockCell(found(r, c))
            Next c
        Next r
    Else
        For c = LBound(found) To UBound(found)
            found(c) = RestockCell(found(c))
        Next c
    End If
    RestockAnswer = found
End Function

Private Function RestockIsTable(ByRef found As Variant) As Boolean
    Dim last As Long
    On Error Resume Next
    last = UBound(found, 2)
    RestockIsTable = (Err.Number = 0)
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


def vba_module(module: str, book: str = "ThisWorkbook", language: str = "en") -> str:
    """Return the VBA source of the wrappers.

    They are those of `xlwings.udfs.generate_vba_wrapper`, but for errors: those that Python answers, and a failure to
    reach it, show as errors in the cell, never as a text in the place of a number.

    Args:
        module: The Python module that xlwings loads; it holds a function of each name.
        book: ActiveWorkbook in an add-in.
        language: "en" or "zh": of the help. VBA source is ASCII, so Chinese stands in it as `vba_literal` writes it.

    >>> "Function RESTOCK_BASE_STOCK(daily_demand, lead_days, Optional volatility)" in vba_module("restock_udfs")
    True
    """
    wrappers = [_vba_function(function, module, book) for function in CATALOGUE.values()]
    return "\n".join([_VBA_HEAD, *wrappers, _vba_register(language), _VBA_TAIL]).replace("\n", "\r\n")


def _vba_function(function: Function, module: str, book: str) -> str:
    name = function.name
    parameters = ", ".join(
        f"Optional {argument.name}" if argument.is_optional else argument.name for argument in function.arguments
    )
    values = ", ".join(argument.name for argument in function.arguments)
    return "\n".join(
        [
            f"Function {name}({parameters})",
            "    If TypeOf Application.Caller Is Range Then On Error GoTo failed",
            f'    {name} = RestockAnswer(XLPy.CallUDF("{module}", "{name}", _',
            f"        Array({values}), {book}, Application.Caller))",
            "    Exit Function",
            "failed:",
            f"    {name} = CVErr(2015)",
            "End Function",
            "",
        ]
    )


def _vba_register(language: str) -> str:
    """A macro that puts our help into Excel's function wizard."""
    lines = ["Sub RestockRegister()", "    On Error Resume Next"]
    for function in CATALOGUE.values():
        helps = ", _\n            ".join(_help(argument, language) for argument in function.arguments)
        lines += [
            f'    Application.MacroOptions Macro:="{function.name}", Category:="Restock", _',
            f"        Description:={_help(function, language)}, _",
            f"        ArgumentDescriptions:=Array( _\n            {helps})",
        ]
    return "\n".join([*lines, "End Sub"])


def _help(described: Function | Argument, language: str) -> str:
    text = described.zh if language == "zh" else described.en.translate(_ASCII)
    return vba_literal(text[: LONGEST_DESCRIPTION if text.isascii() else _LONGEST_WIDE])


def description(function: Function) -> str:
    """Return what the function wizard says of a function, in English."""
    return function.en[:LONGEST_DESCRIPTION]


def vba_literal(text: str) -> str:
    """Return a text as VBA source in ASCII; `RestockWide`, a function of the same project, reads what is not ASCII.

    >>> print(vba_literal('say "go" now'), vba_literal("红"))
    "say ""go"" now" RestockWide("7EA2")
    """
    if text.isascii():
        return '"' + text.replace('"', '""') + '"'
    return f'RestockWide("{text.encode("utf-16-be").hex().upper()}")'
