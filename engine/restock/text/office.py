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
}
