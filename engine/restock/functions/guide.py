"""Help on the functions: rows for the Functions sheet, and a page of documentation."""

from __future__ import annotations

from dataclasses import dataclass

from restock.functions.catalogue import CATALOGUE
from restock.functions.entry import IRONCALC, LAMBDA, LIBREOFFICE, PLAIN, PYTHON, Argument, Function, Kind

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

HOSTS = {
    PYTHON: ("Python", "Python"),
    PLAIN: ("plain formulas", "普通公式"),
    LAMBDA: ("RESTOCK_ names of Microsoft 365", "Microsoft 365 的 RESTOCK_ 函数名"),
    LIBREOFFICE: ("LibreOffice", "LibreOffice"),
    IRONCALC: ("IronCalc", "IronCalc"),
}
_MARKS = (": ", " (", ")", ", default"), ("：", "（", "）", "，默认")
"""What stands on the page around an argument and its limits, in English and in Chinese."""


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
    only = "" if function.formula else " 仅限 Python。" if chinese else " Only with Python."
    return GuideRow(
        call=function.signature,
        returns=f"{function.zh if chinese else function.en} [{RESULTS[function.result][chinese]}]{only}",
        arguments="\n".join(_argument_line(argument, chinese) for argument in function.arguments),
        example=f"={function.example[0]}",
        gives=_shown(function.example[1]),
        source=_source(function, chinese),
    )


def _source(function: Function, chinese: bool) -> str:
    return (chinese and function.source_zh) or function.source


def _argument_line(argument: Argument, chinese: bool) -> str:
    limits = f" ({_limits(argument, chinese)})" if argument.range_text else ""
    return f"{argument.name}: {argument.zh if chinese else argument.en}{limits}"


def _limits(argument: Argument, chinese: bool) -> str:
    text = argument.range_text
    return text.replace("any", "不限").replace(" to ", " 至 ") if chinese else text


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
    colon = _MARKS[chinese][0]
    lines.append(f"{words[3]}{colon}`={function.example[0]}` → {_shown(function.example[1])}")
    lines.append(f"{words[5]}{colon}{_source(function, chinese)}")
    lines += _gap_lines(function, chinese)
    return "\n\n".join(lines)


def _gap_lines(function: Function, chinese: bool) -> list[str]:
    """One line per reason, with the hosts that it keeps from answering."""
    reasons = function.gaps_zh if chinese else function.gaps
    hosts: dict[str, list[str]] = {}
    for host, reason in reasons.items():
        hosts.setdefault(reason, []).append(HOSTS[host][chinese])
    if chinese:
        return [f"{'、'.join(names)}里没有：{reason}" for reason, names in hosts.items()]
    return [f"Not in {' and '.join(names)}: {reason}" for reason, names in hosts.items()]


def _bullet(argument: Argument, chinese: bool) -> str:
    unset = argument.default is None or argument.kind is Kind.LANGUAGE
    colon, opened, closed, word = _MARKS[chinese]
    default = "" if unset else f"{word} {argument.default:g}"
    limits = f"{opened}{_limits(argument, chinese)}{default}{closed}" if argument.range_text else ""
    return f"- `{argument.name}`{colon}{argument.zh if chinese else argument.en}{limits}"
