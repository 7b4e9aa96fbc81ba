"""The sentences that VBA says, as a VBA module: they stand in the text catalogue, VBA source is ASCII."""

from __future__ import annotations

from collections.abc import Iterable

from restock.functions.udf import vba_literal
from restock.schema.settings import SETTINGS_LIST
from restock.schema.words import word
from restock.text.say import catalogue

MODULE = "RestockText"
_SPOKEN = "macro."

_TEMPLATE = """Attribute VB_Name = "RestockText"
Option Explicit
'What the macros say, in the language that the Settings of this book name. Written by restock; changes will be lost.

Public Const RESTOCK_XLWINGS As String = "{xlwings}"
Public Const RESTOCK_FUNCTIONS As Boolean = {functions}

Public Function RestockSay(ByVal key As String) As String
    If RestockIsChinese() Then
        RestockSay = RestockChinese(key)
    Else
        RestockSay = RestockEnglish(key)
    End If
End Function

Public Function RestockSayWith(ByVal key As String, ByVal hole As String, ByVal filling As String) As String
    RestockSayWith = Replace(RestockSay(key), hole, filling)
End Function

Private Function RestockIsChinese() As Boolean
    Dim sheet As Object, table As Object, row As Long
    RestockIsChinese = {made_chinese}
    #If LibreOffice Then
        Exit Function
    #End If
    On Error Resume Next
    For Each sheet In ThisWorkbook.Worksheets
        For Each table In sheet.ListObjects
            If table.Name = "Settings" Then
                For row = 1 To table.ListRows.Count
                    Select Case CStr(table.DataBodyRange.Cells(row, 1).Value)
                        Case {labels}
                            RestockIsChinese = RestockNamesChinese(CStr(table.DataBodyRange.Cells(row, 2).Value))
                    End Select
                Next row
            End If
        Next table
    Next sheet
End Function

Private Function RestockNamesChinese(ByVal value As String) As Boolean
    Select Case value
        Case {chinese}: RestockNamesChinese = True
    End Select
End Function

Public Function RestockWide(ByVal digits As String) As String
    'Four hexadecimal digits a character: this source is ASCII.
    Dim k As Long, text As String
    For k = 1 To Len(digits) Step 4
        text = text & ChrW(CLng("&H" & Mid(digits, k, 4)))
    Next k
    RestockWide = text
End Function

Private Function RestockEnglish(ByVal key As String) As String
    Select Case key
{english_cases}
    End Select
End Function

Private Function RestockChinese(ByVal key As String) As String
    Select Case key
{chinese_cases}
    End Select
End Function
"""


def vba_text_module(language: str, xlwings_version: str = "", functions: bool = False) -> str:
    """Return the VBA source of the sentences.

    Args:
        language: "en" or "zh": spoken where the book's Settings cannot be read.
        xlwings_version: Of the module in the same project; "" where it is left out.
        functions: Whether cells of the book ask Python for our functions.

    >>> "Case \\"save_first\\": RestockEnglish = \\"Save this book" in vba_text_module("en")
    True
    """
    spoken = [(key.removeprefix(_SPOKEN), pair) for key, pair in catalogue().items() if key.startswith(_SPOKEN)]
    return _TEMPLATE.format(
        xlwings=xlwings_version,
        functions=functions,
        made_chinese=language == "zh",
        labels=_any_of(_labels()),
        chinese=_any_of(sorted({"zh", *(word("language", "zh", shown) for shown in ("en", "zh"))})),
        english_cases=_cases("RestockEnglish", ((key, pair[0]) for key, pair in spoken)),
        chinese_cases=_cases("RestockChinese", ((key, pair[1]) for key, pair in spoken)),
    )


def _labels() -> list[str]:
    setting = next(setting for setting in SETTINGS_LIST if setting.key == "language")
    return [setting.key, setting.en, setting.zh]


def _any_of(texts: list[str]) -> str:
    return ", ".join(map(vba_literal, texts))


def _cases(function: str, texts: Iterable[tuple[str, str]]) -> str:
    return "\n".join(
        f'        Case "{key}": {function} = {vba_literal(text.replace("…", "..."))}' for key, text in texts
    )
