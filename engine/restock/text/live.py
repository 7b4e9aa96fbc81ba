"""What is said while and after a button works on an open book (English, Chinese)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "live.reading": ("Restock: reading the book …", "Restock：正在读取表格……"),
    "live.checking": ("Restock: checking what was typed …", "Restock：正在检查填写内容……"),
    "live.planning": ("Restock: forecasting and planning …", "Restock：正在预测和制定计划……"),
    "live.writing": ("Restock: writing the sheets …", "Restock：正在写入工作表……"),
    "live.done": ("Today and all results are new. Save the book to keep them.", "今日补货和所有结果已更新。请保存表格。"),
    "live.same": ("Nothing has changed since the last time.", "与上次相比没有变化。"),
    "live.backup": ("The book as it was is kept as {path}.", "原来的表格保存为：{path}"),
    "live.failed": (
        "The sheets could not be written ({reason}). They show again what they showed; the book as it was is also kept "
        "as {backup} in the folder restock-backups. Unprotect our sheets, finish what is being typed, and try again.",
        "工作表没有写入（{reason}）。内容已恢复原样；原来的表格也保存在 restock-backups 文件夹：{backup}。"
        "请取消工作表保护，完成正在输入的单元格，再试一次。",
    ),
    "live.defect": (
        "Restock has a defect ({reason}). The book is as it was. Please send us {log}.",
        "Restock 出错了（{reason}）。表格没有改动。请把 {log} 发给我们。",
    ),
    "live.no_problems": ("Nothing to check: all that was typed can be used.", "没有问题：填写的内容都可以使用。"),
    "live.problems": ("{count:of cell} to look at:", "有 {count:n} 处需要看一下："),
    "live.more_problems": ("and {others:n} more, on the sheet Problems after Recompute.", "另有 {others:n} 处，重新计算后见“问题”表。"),
    "live.no_backup": (
        "There is no backup of this book yet. One is made each time Recompute changes it.",
        "这本表还没有备份。每次重新计算改动表格时会自动备份。",
    ),
    "live.opened_backup": ("Opened: {path}. Save it under another name to keep it.", "已打开：{path}。要保留请另存为其他名字。"),
    "live.choose_pair": (
        "Choose a SKU and a warehouse at the top of this sheet.",
        "请在本表上方选择货号和仓库。",
    ),
    "live.not_pressed": (
        "There is nothing to explain yet. Use Recompute first.",
        "还没有可以说明的内容。请先重新计算。",
    ),
}
