"""Sentences of the checks against the last press, of a paste as a whole, and of the file (English, Chinese).

Fields as in `restock.text.problems`.
"""

SENTENCES: dict[str, tuple[str, str]] = {
    # Stock against the last press.
    "check.sorted_alone": (
        "{sheet}: {column} holds the same {count:n} quantities as on {day:d}, but {moved:n} now stand beside another SKU, "
        "the first in {cell}. Was one column sorted alone? Undo the sort (Ctrl+Z), or open the last backup.",
        "{sheet}：“{column}”还是{day:d}那{count:n}个数，但有{moved:n}个现在对着别的货号，第一处在{cell}。"
        "是不是只排序了一列？请撤销排序（Ctrl+Z），或打开最近的备份。",
    ),
    "check.shuffled": (
        "{sheet}: the same SKUs and warehouses as on {day:d}, but {moved:n} rows now pair them otherwise. "
        "Was one column sorted alone? Undo the sort (Ctrl+Z), or open the last backup.",
        "{sheet}：货号和仓库还是{day:d}那些，但有{moved:n}行的搭配变了。"
        "是不是只排序了一列？请撤销排序（Ctrl+Z），或打开最近的备份。",
    ),
    "check.became_zero": (
        "{sheet}: {count:n} of {had:n} stocks became 0 since {day:d}, the first in {cell}. Was the paste cut? Paste it again.",
        "{sheet}：自{day:d}以来，{had:n}个库存里有{count:n}个变成了0，第一处在{cell}。是不是没贴全？请重新粘贴。",
    ),
    "check.became_blank": (
        "{sheet}: {count:n} of {had:n} stocks became empty since {day:d}, the first in {cell}. "
        "Was the paste cut? Paste it again.",
        "{sheet}：自{day:d}以来，{had:n}个库存里有{count:n}个变空了，第一处在{cell}。是不是没贴全？请重新粘贴。",
    ),
    "check.rows_gone": (
        "{sheet}: {count:n} of the {had:n} rows of {day:d} are gone, {name} among them. Was the paste cut? Paste it again.",
        "{sheet}：{day:d}的{had:n}行里有{count:n}行不见了，例如 {name}。是不是没贴全？请重新粘贴。",
    ),
    "check.ten_times": (
        "{sheet}: {count:n} of {had:n} cells of {column} are ten times those of {day:d} or more, the first in {cell}. "
        "Was a decimal comma lost? Paste or type them again.",
        "{sheet}：“{column}”的{had:n}格里有{count:n}格是{day:d}的十倍或更多，第一处在{cell}。"
        "是不是丢了小数点？请重新粘贴或填写。",
    ),
    "check.a_tenth": (
        "{sheet}: {count:n} of {had:n} cells of {column} are a tenth of those of {day:d} or less, the first in {cell}. "
        "Was a comma read as a decimal point? Paste or type them again.",
        "{sheet}：“{column}”的{had:n}格里有{count:n}格只有{day:d}的十分之一或更少，第一处在{cell}。"
        "是不是把千分位当成了小数点？请重新粘贴或填写。",
    ),
    "check.lost_comma": (
        "{ref}: {column} was {was} on {day:d} and is {value} now. If a decimal comma was lost, type {was}.",
        "{ref}：“{column}”{day:d}是{was}，现在是{value}。如果丢了小数点，请填{was}。",
    ),
    # Sales as a whole.
    "check.day_twice": (
        "{sheet}: {day:d}: {count:n} rows stand there {times:n} times, identical, again from {cell} on. They count once. "
        'If they are real, type yes in Settings, "{setting}"; else delete the repeats.',
        "{sheet}：{day:d}有{count:n}行一模一样地出现了{times:n}遍，从{cell}起是重复的，只算一遍。"
        "如果都是真的，请在设置的“{setting}”里填“是”；否则请删掉重复的行。",
    ),
    "check.day_twice_perhaps": (
        "{sheet}: {day:d}: {count:n} rows stand there {times:n} times, identical, again from {cell} on. All of them count. "
        "If the day was pasted twice, delete the repeats.",
        "{sheet}：{day:d}有{count:n}行一模一样地出现了{times:n}遍，从{cell}起是重复的，目前都计入。"
        "如果是贴了两遍，请删掉重复的行。",
    ),
    "check.sales_long_past": (
        "{sheet}: rows of more than ten years ago: {count:n}, the first is {cell} ({value}). Check the year.",
        "{sheet}：{count:n}行的日期在十年以前（第一处{cell}，{value}），请核对年份。",
    ),
    "check.day_month_cells": (
        "{sheet}: the dates in {cell} to {to} ({days:n} different days) fit only with day and month the other way round: "
        "{cell} shows {value}; is it {swapped}? Paste them again as year-month-day, or into cells formatted as Text.",
        "{sheet}：{cell}到{to}的日期（{days:n}天）只有把日和月对调才连得上：{cell}现在是{value}，应为{swapped}？"
        "请按年-月-日重新粘贴，或先把单元格设为文本再贴。",
    ),
    "check.day_month_last": (
        "{sheet}: {cell} to {to} show {value}, far from the rows above; with day and month the other way round they are "
        "{swapped}. If that is meant, paste them again as year-month-day.",
        "{sheet}：{cell}到{to}是{value}，和上面的行差得远；日和月对调就是{swapped}。如果是后者，请按年-月-日重新粘贴。",
    ),
    "check.day_month_texts": (
        "{sheet}: {count:n} dates from {cell} to {to} are text whose day and month are unclear: {first} to {last} if the "
        "day comes first, {or_first} to {or_last} if the month does. Paste them again as year-month-day.",
        "{sheet}：{cell}到{to}有{count:n}个日期是文本，分不清日和月：日在前是{first}到{last}，月在前是{or_first}到{or_last}。"
        "请按年-月-日重新粘贴。",
    ),
    "check.day_month_texts_day": (
        "{sheet}: {count:n} dates from {cell} to {to} are text whose day and month are unclear. {like} ({telling}) has the "
        "day first; if all of them do, they run from {first} to {last}. Paste them again as year-month-day.",
        "{sheet}：{cell}到{to}有{count:n}个日期是文本，分不清日和月。{like}（{telling}）是日在前；如果都这样，"
        "就是{first}到{last}。请按年-月-日重新粘贴。",
    ),
    "check.day_month_texts_month": (
        "{sheet}: {count:n} dates from {cell} to {to} are text whose day and month are unclear. {like} ({telling}) has the "
        "month first; if all of them do, they run from {or_first} to {or_last}. Paste them again as year-month-day.",
        "{sheet}：{cell}到{to}有{count:n}个日期是文本，分不清日和月。{like}（{telling}）是月在前；如果都这样，"
        "就是{or_first}到{or_last}。请按年-月-日重新粘贴。",
    ),
    "check.nearly_full": (
        "{sheet} reaches down to row {row:n} of 1,048,576. To fold it to one row per day, SKU and warehouse and to move old "
        "months to a file beside the book, close the book and run: restock tidy (this book).",
        "{sheet}已到第{row:n}行，最多1,048,576行。要合并成每天每货号每仓一行，并把老月份移到旁边的文件，"
        "请关闭本表后运行：restock tidy（本表）。",
    ),
    "check.show_far_ahead": (
        "{where}: {value} is {days:n} days ahead. Check the year.",
        "{where}：{value}在{days:n}天以后，请核对年份。",
    ),
    "check.stock_long_past": (
        "{where}: {value} was {days:n} days ago. Check the year, or type the morning of the last count.",
        "{where}：{value}已过去{days:n}天。请核对年份，或填最近一次盘点的那天。",
    ),
    # Cells.
    "check.became_date": (
        '{where}: a program turned what was typed into the date {value}. Format the cell as Number and type {type} again '
        "if that was meant. {until}",
        "{where}：输入的内容被程序变成了日期{value}。请把单元格设为“数值”，再重新填（例如{type}）。{until}",
    ),
    "check.overtyped": (
        '{ref} ({header}) holds the typed value "{value}"; our formula is gone there. To have it back, close the book and '
        "run: restock repair (this book).",
        "{ref}（{header}）里是手填的“{value}”，公式没了。要恢复，请关闭本表后运行：restock repair（本表）。",
    ),
    # Tables and sheets.
    "check.column_renamed": (
        '{ref}: the header "{value}" is not one of ours, so the column is not read. It was "{header}": type that, or run '
        "restock repair (this book).",
        "{ref}：表头“{value}”认不出来，这一列没有读取。它原来是“{header}”：请改回去，或运行 restock repair（本表）。",
    ),
    "check.column_apart": (
        '{ref}: the column "{header}" stands outside its table. Undo the move (Ctrl+Z), or drag it back beside the other '
        "columns, over the column that was left empty.",
        "{ref}：“{header}”这一列在表格外面。请撤销移动（Ctrl+Z），或拖回原来空出来的那一列。",
    ),
    "check.column_deleted": (
        '{sheet}: the column "{header}" is gone. Undo its deletion (Ctrl+Z), or copy it from the last backup; '
        "restock repair (this book) puts it back empty.",
        "{sheet}：“{header}”这一列不见了。请撤销删除（Ctrl+Z），或从最近的备份复制；restock repair（本表）会补一列空的。",
    ),
    "check.column_deleted_computed": (
        '{sheet}: our column "{header}" is gone. To have it back, close the book and run: restock repair (this book).',
        "{sheet}：我们的“{header}”列不见了。要恢复，请关闭本表后运行：restock repair（本表）。",
    ),
    "check.filtered": (
        "{sheet}: a filter hides {count:n} rows, the first is row {row}. They count all the same.",
        "{sheet}：筛选隐藏了{count:n}行（从第{row}行起），计算时照样算在内。",
    ),
    "check.merged": (
        "{sheet}: {range} is merged, so only its first cell holds a value. Unmerge it (Home > Merge & Center) and fill in "
        "each cell.",
        "{sheet}：{range}是合并单元格，只有第一格有值。请取消合并，每格都填上。",
    ),
    "check.sheet_gone": (
        "Our sheet {sheet} was deleted. A press makes it again as the last tab; restock repair (this book) puts right the "
        "formulas on Stock that pointed at it.",
        "我们的“{sheet}”表被删了。下次计算会在最后补上；库存表里引用它的公式可用 restock repair（本表）修复。",
    ),
    # Older sales in a file beside the book.
    "check.archive_missing": (
        'Older sales lie in the file "{name}", which is not beside the book. Copy it into {folder}, or, if it is lost, '
        "open the backup of before the tidying.",
        "更早的销售在文件“{name}”里，但它不在本表旁边。请把它放到{folder}；如果丢了，请打开整理前的备份。",
    ),
    "check.archive_damaged": (
        'Older sales lie in the file "{name}", which cannot be read ({detail}). Copy it again from where it came from.',
        "更早的销售在文件“{name}”里，但读不出来（{detail}）。请重新复制该文件。",
    ),
    "check.archive_library": (
        "Older sales lie in a Parquet file beside the book, and the library that reads it is not installed. "
        'Install it: pip install "restock[archive]"',
        "更早的销售在旁边的 Parquet 文件里，缺少读取它的组件。请安装：pip install \"restock[archive]\"",
    ),
    "check.archived_again": (
        "{sheet}: {count:n} days from {first} to {last} lie in months that were moved to the file with older sales, "
        "with the same units. They count once; delete these rows.",
        "{sheet}：{first}到{last}有{count:n}天属于已移到旁边文件的月份，件数一样，只算一遍。请删掉这些行。",
    ),
    "check.archived_more": (
        "{sheet}: {count:n} rows from {first} to {last} lie in months that were moved to the file with older sales, "
        "with other units. They are added to those; if they replace them, delete one of the two.",
        "{sheet}：{first}到{last}有{count:n}行属于已移到旁边文件的月份，件数不同，已加在一起。如果是替换，请删掉其中一份。",
    ),
    # A press that stops.
    "check.stopped": (
        "Nothing was written. If all of this is true, run restock recompute --anyway (this book), or type today's date "
        'in Settings, "{setting}".',
        "没有写入任何内容。如果确认都是真的，请运行 restock recompute --anyway（本表），或在设置的“{setting}”里填今天的日期。",
    ),
}
