"""What is said of an open book that is written, and by the LibreOffice extension (English, Chinese)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "office.failed": (
        "The sheet {sheet} could not be written ({reason}). All sheets show again what they showed; the book as it "
        "was is also kept as {backup} in the folder restock-backups. Unprotect our sheets, finish what is being typed, and "
        "try again.",
        "工作表“{sheet}”没有写入（{reason}）。内容已恢复原样；原来的表格也保存在 restock-backups 文件夹：{backup}。"
        "请取消工作表保护，完成正在输入的单元格，再试一次。",
    ),
    "office.menu": ("Restock", "Restock"),
    "office.about": (
        "Restock for Calc: functions for tiers, days left and orders, and a menu that recomputes a restock workbook.",
        "Restock Calc 扩展：预警、可售天数、采购等函数，以及重新计算补货表的菜单。",
    ),
    "office.installed": (
        "LibreOffice has the Restock menu and functions. Restart it where it is open.",
        "LibreOffice 已装好 Restock 菜单和函数。如已打开请重启。",
    ),
}
