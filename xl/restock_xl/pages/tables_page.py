"""The page on every table: what each column of each sheet holds, what a blank means, how it is found."""

from __future__ import annotations

from restock.schema.columns import Column, Table
from restock.schema.inputs import INPUT_TABLES, SALES_ORDER
from restock.schema.outputs import OUTPUT_TABLES, STOCK_COMPUTED
from restock_xl.pages.markdown import markdown_table
from restock_xl.pages.values import content, shown_default
from restock_xl.sheets.committed_table import COMMITTED_ON
from restock_xl.sheets.layout import TAB_BY_KEY, TABS, Tab

_INTRO = (
    "What each column of each sheet holds. Only Stock is required, and on it the columns with a star, and daily sales "
    "or a Sales table. Tables are found by their Excel table name or by their headers, in English or Chinese, in any "
    "order, on a sheet of any name; the unit in brackets, case, width and spaces of a header do not matter. The rules "
    "behind the numbers are in [engine/CONVENTIONS.md](../engine/CONVENTIONS.md), the settings in "
    "[settings.md](settings.md).",
    "每张表每一列是什么。必填的只有库存表里带星号的列，外加日均销量或一张销售表。表按 Excel 表名或表头识别，"
    "中英文均可，列的顺序和工作表名随意；表头里的括号单位、大小写、全半角和空格不影响识别。各数字之间的规则见 "
    "[engine/CONVENTIONS.md](../engine/CONVENTIONS.md)（英文），设置见 [settings.zh.md](settings.zh.md)。",
)
_SHEETS = ("Sheets of a new book", "新表里的工作表")
_SHEET_HEADERS = (("sheet", "shown at first", "written by", "what it is"), ("工作表", "一开始可见", "由谁写", "用途"))
_PURPOSES = {
    "Start": ("Three steps and an example.", "三步上手和一个例子。"),
    "Today": ("What to do today, on one page.", "今天要做的事，一页看完。"),
    "Explain": ("The arithmetic behind one row of Stock, step by step.", "库存表某一行的算法，逐步列出。"),
    "Functions": ("Our functions for cells of your own.", "供您自己的单元格使用的函数。"),
    "History": (
        "What earlier presses found: since when a tier stands, when stock changed.",
        "以前各次计算的记录：预警从哪天起、库存哪天变过。",
    ),
}
_INPUTS = ("What you type", "您填写的表")
_OUTPUTS = ("What a press writes", "计算后写出的表")
_INPUT_HEADERS = (
    ("column", "holds", "if empty", "meaning", "also found as"),
    ("列", "内容", "不填时", "含义", "也认这些表头"),
)
_OUTPUT_HEADERS = (("column", "holds", "meaning"), ("列", "内容", "含义"))
_CALCULATED = (
    "Calculated columns of Stock, as you type or from the last press:",
    "库存表的计算列，随填随算或取自最近一次计算：",
)


def tables_page(language: str) -> str:
    """Return the page in `language` ("en" or "zh") as Markdown.

    >>> tables_page("en").startswith("# Tables")
    True
    """
    chinese = language == "zh"
    parts = ["# 表格与列" if chinese else "# Tables", _INTRO[chinese], f"## {_SHEETS[chinese]}", _sheets(language)]
    parts.append(f"## {_INPUTS[chinese]}")
    for table in INPUT_TABLES.values():
        parts += _input(table, language)
    parts.append(f"## {_OUTPUTS[chinese]}")
    for table in OUTPUT_TABLES.values():
        parts += _output(table, language)
    return "\n\n".join(part for part in parts if part) + "\n"


def _sheets(language: str) -> str:
    chinese = language == "zh"
    yes, no = ("是", "否") if chinese else ("yes", "no")
    rows = [
        (tab.name(language), yes if tab.visible else no, _writer(tab, chinese), _purpose(tab, language)) for tab in TABS
    ]
    return markdown_table(_SHEET_HEADERS[chinese], rows)


def _writer(tab: Tab, chinese: bool) -> str:
    if tab.key in INPUT_TABLES:
        return "您" if chinese else "you"
    return "restock"


def _purpose(tab: Tab, language: str) -> str:
    table = INPUT_TABLES.get(tab.key) or OUTPUT_TABLES.get(tab.key)
    return (table and table.help(language)) or _PURPOSES.get(tab.key, ("", ""))[language == "zh"]


def _input(table: Table, language: str) -> list[str]:
    chinese = language == "zh"
    columns = (*table.columns, *([SALES_ORDER] if table.name == "Sales" else []))
    rows = [
        (
            column.header(language),
            _content(column, language),
            _if_empty(column, language),
            column.help(language),
            ", ".join(column.also),
        )
        for column in columns
    ]
    parts = [f"### {_title(table, language)}", table.help(language), markdown_table(_INPUT_HEADERS[chinese], rows)]
    if table.name == "Stock":
        parts += [_CALCULATED[chinese], _plain_columns(STOCK_COMPUTED, language)]
    return parts


def _output(table: Table, language: str) -> list[str]:
    return [f"### {_title(table, language)}", table.help(language), _plain_columns(table.columns, language)]


def _plain_columns(columns: tuple[Column, ...], language: str) -> str:
    rows = [(column.header(language), _content(column, language), _meaning(column, language)) for column in columns]
    return markdown_table(_OUTPUT_HEADERS[language == "zh"], rows)


def _title(table: Table, language: str) -> str:
    """The sheet's name, the table's, and the sheet on which a table stands that has none of its own."""
    chinese = language == "zh"
    name = table.sheet_name(language)
    if table.name not in TAB_BY_KEY:
        host = TAB_BY_KEY.get(COMMITTED_ON.get(table.name, "History"))
        place = host.name(language) if host else ""
        name = f"{name}（在“{place}”上）" if chinese else f"{name}, on {place}"
    return f"{name} (`{table.name}`)"


def _content(column: Column, language: str) -> str:
    return content(column.kind, language, column.unit, column.choices, column.minimum, column.maximum, column.whole)


def _if_empty(column: Column, language: str) -> str:
    if column.required:
        return "必填" if language == "zh" else "must be filled"
    return shown_default(column.default, language, column.unit)


def _meaning(column: Column, language: str) -> str:
    chinese = language == "zh"
    notes = [column.help(language)]
    if column.typed:
        notes.append("由您填写，下次计算会保留。" if chinese else "You type here; it is kept.")
    if column.detail:
        notes.append("默认折叠。" if chinese else "Folded away.")
    return ("" if chinese else " ").join(note for note in notes if note)
