"""Sentences of switching a book's language (English, Chinese)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "relabel.same": ("{path} is in English already; nothing was changed.", "{path} 已经是中文，没有改动。"),
    "relabel.word": (
        '{ref}: the formula asks for "{value}", which will be "{new}". To work in both languages it must ask for both, '
        'as in OR(A1="{value}",A1="{new}").',
        "{ref}：公式里写着“{value}”，改语言后是“{new}”。要让两种语言都能用，请两个都写，例如 OR(A1=\"{value}\",A1=\"{new}\")。",
    ),
    "relabel.header": (
        '{ref}: the formula looks for the header "{value}" as a text, which will be "{new}". Name the column instead, as in '
        "{table}[{value}].",
        "{ref}：公式用文字找表头“{value}”，改语言后是“{new}”。请改为直接引用该列，例如 {table}[{value}]。",
    ),
    "relabel.indirect": (
        '{ref}: the formula puts a reference together from texts and may mean "{value}", which will be "{new}". Write the '
        "reference without INDIRECT.",
        "{ref}：公式用文字拼出引用，可能指“{value}”，改语言后是“{new}”。请不用 INDIRECT，直接写引用。",
    ),
    "relabel.no_table": (
        '{ref}: the formula names the column "{value}" without its table. Write the name of the table before it.',
        "{ref}：公式引用“{value}”列时没有写表名。请在前面写上表名。",
    ),
    "relabel.taken": (
        '{ref}: the header "{value}" would become "{new}", which another column of the table has. Give that one another name.',
        "{ref}：表头“{value}”要改成“{new}”，但表里已有同名的列。请先给那一列换个名字。",
    ),
    "relabel.shows": (
        "{ref} shows {value} and would show {new}. It depends on a text that changes with the language.",
        "{ref} 现在显示 {value}，改语言后会显示 {new}。它依赖会随语言变化的文字。",
    ),
    "relabel.macros": (
        "This book has macros that are not ours. Look whether they name tabs, headers or words of ours.",
        "本表带有不是我们写的宏。请看看其中是否写了我们的标签、表头或文字。",
    ),
    "relabel.query": (
        "Power Query loads data in this book. Look whether its steps name tabs, headers or words of ours.",
        "本表用 Power Query 取数。请看看步骤里是否写了我们的标签、表头或文字。",
    ),
    "relabel.pivot": (
        "{sheet}: a pivot table reads {value}. Refresh it afterwards, and choose again what it filters by words of ours.",
        "{sheet}：数据透视表读取 {value}。改完请刷新；按我们的文字筛选的，要重新选一次。",
    ),
    "relabel.slicer": (
        "A slicer filters {value}; its words are the old ones. Remove it, and insert it again afterwards.",
        "切片器正在筛选{value}，用的是旧文字。请先删除，改完再插入。",
    ),
    "relabel.more": ("and {count:n} more", "另有{count:n}处"),
    "relabel.stopped": (
        "{count:of place} cannot follow to the other language safely, so nothing was written. Change what is listed, or add "
        "--anyway: it then stays as it is.",
        "有{count:n}处无法安全地跟着改语言，所以没有写入。请先改好，或加上 --anyway：列出的地方保持原样。",
    ),
    "relabel.left": (
        "{count:of place} as listed stayed as it was. Look at each.",
        "以上{count:n}处保持原样，请逐个看看。",
    ),
    "relabel.done": (
        "In English now: {tabs:of tab}, {headers:of header}, {typed:of word} that had been typed. {formulas:of formula} of "
        "yours followed the new names.",
        "已改为中文：{tabs:n}个标签、{headers:n}个表头、{typed:n}个填写的词。您的{formulas:n}个公式已改用新名称。",
    ),
    "relabel.outside": (
        "Other files that read this book by tab or header must be pointed at the new names.",
        "如果有别的文件按标签名或表头引用本表，请到那边改成新名字。",
    ),
}
