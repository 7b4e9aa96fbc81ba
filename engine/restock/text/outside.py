"""Sentences about what a book reads from outside itself (English, Chinese); nothing of it is ever opened."""

SENTENCES: dict[str, tuple[str, str]] = {
    "outside.workbook": (
        "This book reads another file: {target}. It was not opened, so cells that read it keep their last value. Copy what "
        "you need into this book, or check that you know the file.",
        "本表引用了另一个文件：{target}。没有打开它，引用它的单元格保留上次的值。请把需要的数据复制到本表，或确认这个文件的来历。",
    ),
    "outside.workbook_many": (
        "This book reads {count:n} other files, such as {target}. They were not opened, so cells that read them keep their "
        "last value. Copy what you need into this book, or check that you know the files.",
        "本表引用了另外{count:n}个文件，例如 {target}。没有打开它们，引用它们的单元格保留上次的值。请把需要的数据复制到本表，或确认这些文件的来历。",
    ),
    "outside.dde": (
        "This book asks another program for values (DDE): {target}. It was not asked. If you do not know this link, do not "
        "let Excel update it; remove it under Data > Edit Links.",
        "本表向另一个程序取数（DDE）：{target}。这次没有取数。如果您不清楚这个链接的来历，请不要让 Excel 更新它，并在“数据”>“编辑链接”里删除。",
    ),
    "outside.dde_many": (
        "This book asks other programs for values (DDE) in {count:n} links, such as {target}. They were not asked. If you do "
        "not know these links, do not let Excel update them; remove them under Data > Edit Links.",
        "本表有{count:n}个向其他程序取数的链接（DDE），例如 {target}。这次没有取数。如果您不清楚这些链接的来历，请不要让 Excel 更新，并在“数据”>“编辑链接”里删除。",
    ),
    "outside.ole": (
        "This book shows a part of another file (OLE): {target}. It was not opened. If you do not know this link, remove it.",
        "本表显示了另一个文件的内容（OLE）：{target}。没有打开它。如果您不清楚这个链接的来历，请删除。",
    ),
    "outside.ole_many": (
        "This book shows parts of {count:n} other files (OLE), such as {target}. They were not opened. If you do not know "
        "these links, remove them.",
        "本表显示了另外{count:n}个文件的内容（OLE），例如 {target}。没有打开它们。如果您不清楚这些链接的来历，请删除。",
    ),
    "outside.picture": (
        "A picture on {sheet} is loaded from elsewhere: {target}. It was not loaded. To keep it, insert the picture itself.",
        "{sheet}上有一张图片来自外部：{target}。没有加载它。要保留，请插入图片本身。",
    ),
    "outside.picture_many": (
        "{count:n} pictures are loaded from elsewhere, such as {target} on {sheet}. They were not loaded. To keep them, "
        "insert the pictures themselves.",
        "有{count:n}张图片来自外部，例如{sheet}上的 {target}。没有加载它们。要保留，请插入图片本身。",
    ),
    "outside.connection": (
        "This book fetches data whenever it is opened: {target}. Nothing was fetched. If you do not know this connection, "
        "remove it under Data > Queries & Connections.",
        "本表每次打开都会取外部数据：{target}。这次没有取数。如果您不清楚这个连接的来历，请在“数据”>“查询和连接”里删除。",
    ),
    "outside.connection_many": (
        "This book fetches data over {count:n} connections whenever it is opened, such as {target}. Nothing was fetched. If "
        "you do not know them, remove them under Data > Queries & Connections.",
        "本表每次打开都会通过{count:n}个连接取外部数据，例如 {target}。这次没有取数。如果您不清楚它们的来历，请在“数据”>“查询和连接”里删除。",
    ),
    "outside.function": (
        "{ref}: the formula asks an address outside this book: {target}. It was not asked, so the cell keeps its last value. "
        "If you do not know the address, delete the formula.",
        "{ref}：公式会访问外部地址：{target}。这里没有访问，单元格保留上次的值。如果您不清楚这个地址的来历，请删除公式。",
    ),
    "outside.function_many": (
        "{ref} and others, {count:n} in all, ask addresses outside this book, such as {target}. They were not asked, so the "
        "cells keep their last values. If you do not know the addresses, delete the formulas.",
        "{ref} 等共{count:n}个公式会访问外部地址，例如 {target}。这里没有访问，单元格保留上次的值。如果您不清楚这些地址的来历，请删除公式。",
    ),
}
