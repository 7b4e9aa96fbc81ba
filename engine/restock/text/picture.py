"""Sentences of a sheet drawn as a picture (English, Chinese)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "picture.more_rows": ("… and {rows:of more row}, in the workbook", "……还有{rows:n}行，见表格"),
    "picture.more_columns": ("… and {columns:of more column}, in the workbook", "……还有{columns:n}列，见表格"),
    "picture.no_pillow": (
        'Pictures are drawn by Pillow, which is not installed. Type: pip install "restock[picture]"',
        '画图需要 Pillow，尚未安装。请运行：pip install "restock[picture]"',
    ),
    "picture.empty": (
        'There is nothing to draw on "{sheet}" of {book}: no cell of it shows anything. Run restock recompute first, or name another sheet.',
        "{book} 的“{sheet}”没有可画的内容：单元格都是空的。请先运行 restock recompute，或换一张表。",
    ),
    "picture.no_chinese": (
        "The picture was not drawn: this computer has no font with {characters}. Install Noto Sans CJK (on Ubuntu: sudo apt install fonts-noto-cjk), or draw it on a computer that shows Chinese.",
        "没有画图：这台电脑没有能显示“{characters}”的字体。请安装思源黑体 Noto Sans CJK（Ubuntu：sudo apt install fonts-noto-cjk），或换一台能显示中文的电脑。",
    ),
    "picture.no_font": (
        "The picture was not drawn: this computer has no font with {characters}. Install a Noto Sans font that has it, or take it out of the sheet.",
        "没有画图：这台电脑没有能显示“{characters}”的字体。请安装含有它的 Noto Sans 字体，或从表格里删掉它。",
    ),
}
