"""Help on the functions: rows for the Functions sheet, a page of documentation, and which file is for whom."""

from __future__ import annotations

from dataclasses import dataclass

from restock.functions.catalogue import CATALOGUE
from restock.functions.entry import Argument, Function, Kind

HEADINGS = {
    "en": ("Function", "What it returns", "Arguments", "Example", "Gives", "Source"),
    "zh": ("函数", "返回什么", "参数", "例子", "结果", "来源"),
}

RESULTS = {
    "number": ("number", "数值"),
    "tier": ("word", "文字"),
    "status": ("word", "文字"),
    "text": ("text", "文字"),
    "color": ("#RRGGBB", "#RRGGBB"),
    "days": ("days", "天"),
    "units": ("units", "件"),
    "date": ("date (format the cell as a date)", "日期(单元格设为日期格式)"),
    "share": ("share, 0 to 1", "0 到 1"),
    "table": ("several cells", "多个单元格"),
}


@dataclass(frozen=True)
class GuideRow:
    """One row of the Functions sheet."""

    call: str
    returns: str
    arguments: str
    example: str
    gives: str
    source: str


def guide_rows(language: str = "en") -> tuple[GuideRow, ...]:
    """Return one row per function, in catalogue order, with its texts in English or Chinese.

    >>> guide_rows()[0].call[:12], guide_rows("zh")[0].returns[:4]
    ('RESTOCK_TIER', '预警等级')
    """
    return tuple(_row(function, language) for function in CATALOGUE.values())


def _row(function: Function, language: str) -> GuideRow:
    chinese = language == "zh"
    return GuideRow(
        call=function.signature,
        returns=f"{function.zh if chinese else function.en} [{RESULTS[function.result][chinese]}]",
        arguments="\n".join(_argument_line(argument, chinese) for argument in function.arguments),
        example=f"={function.example[0]}",
        gives=_shown(function.example[1]),
        source=function.source,
    )


def _argument_line(argument: Argument, chinese: bool) -> str:
    limits = f" ({argument.range_text})" if argument.range_text else ""
    return f"{argument.name}: {argument.zh if chinese else argument.en}{limits}"


def _shown(value: object) -> str:
    if value is None:
        return "…"
    return f"{value:g}" if isinstance(value, float) and abs(value) < 1e5 else str(value).removesuffix(".0")


def docs_page(language: str = "en") -> str:
    """Return the documentation of all functions as Markdown.

    >>> docs_page().startswith("# Worksheet functions")
    True
    """
    title = "# 函数" if language == "zh" else "# Worksheet functions"
    return "\n\n".join([title, *(_section(function, language) for function in CATALOGUE.values())]) + "\n"


def _section(function: Function, language: str) -> str:
    chinese = language == "zh"
    words = HEADINGS[language]
    lines = [f"## {function.name}", f"`{function.signature}`", function.zh if chinese else function.en]
    lines.append("\n".join(_bullet(argument, chinese) for argument in function.arguments))
    lines.append(f"{words[3]}: `={function.example[0]}` → {_shown(function.example[1])}")
    lines.append(f"{words[5]}: {function.source}")
    lines += [f"{host}: {reason}" for host, reason in function.gaps.items()]
    return "\n\n".join(lines)


def _bullet(argument: Argument, chinese: bool) -> str:
    unset = argument.default is None or argument.kind is Kind.LANGUAGE
    default = "" if unset else f", {'默认' if chinese else 'default'} {argument.default:g}"
    limits = f" ({argument.range_text}{default})" if argument.range_text else ""
    return f"- `{argument.name}`: {argument.zh if chinese else argument.en}{limits}"


WHICH_FILE = {
    "en": (
        ("You", "File", "Functions in cells", "Button"),
        ("A mixed team; WPS, LibreOffice, phone", "restock.xlsx", "plain, everywhere", "drop the file on the icon"),
        ("Microsoft 365, own formulas", "restock.xlsx", "RESTOCK_ names as well", "drop the file on the icon"),
        ("Excel on Windows with Python installed", "restock.xlsm", "Python", "on the sheet"),
        ("Excel on Mac with Python installed", "restock.xlsm", "plain, everywhere", "on the sheet"),
        ("A team that is all on Microsoft 365", "restock.xlsx, native", "RESTOCK_ names", "drop the file on the icon"),
    ),
    "zh": (
        ("你是", "用哪个文件", "单元格里的函数", "按钮"),
        ("几种软件混用的团队；WPS、LibreOffice、手机", "restock.xlsx", "普通公式，到处能用", "把文件拖到图标上"),
        ("Microsoft 365，自己写公式", "restock.xlsx", "还可用 RESTOCK_ 函数名", "把文件拖到图标上"),
        ("Windows 版 Excel，装了 Python", "restock.xlsm", "Python", "在表里"),
        ("Mac 版 Excel，装了 Python", "restock.xlsm", "普通公式，到处能用", "在表里"),
        ("全员 Microsoft 365 的团队", "restock.xlsx（native）", "RESTOCK_ 函数名", "把文件拖到图标上"),
    ),
}  # fmt: skip
"""Which file is for whom: a heading and five rows, for the README."""
