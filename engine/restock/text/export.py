"""What a copy for others says of itself, and what is said when one is made (English, Chinese)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "export.banner": ("COPY of {day:date}", "{day:date}的副本"),
    "export.file": ("copy", "副本"),
    "export.team": ("team", "团队"),
    "export.phone": ("phone", "手机"),
    "export.written": (
        "Written: {path}. It opens anywhere and holds values only: no formulas, no macros, no Sales.",
        "已写入：{path}。任何软件都能打开，只有数值：没有公式、宏和销量明细。",
    ),
    "export.written_role": (
        "Written: {path}. It holds what {who} needs and nothing else.",
        "已写入：{path}。只有 {who} 需要的内容，别的都没有。",
    ),
    "export.written_plain": (
        "Written: {path}. Our functions are written out, so it calculates in every spreadsheet program. It holds the "
        "whole book, Sales included.",
        "已写入：{path}。我们的函数已展开，任何表格软件都能计算。它包含整本表，也含销量明细。",
    ),
    "export.written_native": (
        "Written: {path}. It has no macros and calculates in Microsoft 365. It holds the whole book, Sales included.",
        "已写入：{path}。没有宏，可在 Microsoft 365 中计算。它包含整本表，也含销量明细。",
    ),
    "export.written_file": ("Written: {path}", "已写入：{path}"),
    "export.replaced": ("The file that was there is kept as {path}.", "原来的文件保存为：{path}"),
    "export.left_behind": (
        "Charts, pictures and comments stay in your book; a copy of values leaves them out: {sheets}.",
        "图表、图片和批注留在原表，数值副本里没有：{sheets}。",
    ),
    "export.as_values": (
        "{others:of formula} cannot be written out in plain functions and stand as values, the first in {ref}.",
        "有 {others:n} 个公式无法展开，已写成数值，第一个在 {ref}。",
    ),
    "export.is_copy": (
        "{name} is a copy ({mark}), made to be read. Recompute the book it was made from; to take home what was "
        "typed in the copy: restock read-back BOOK \"{name}\".",
        "{name} 是副本（{mark}），只供查看。请在原表中重新计算；要取回在副本里填的内容：restock read-back 原表 \"{name}\"。",
    ),
}  # fmt: skip
