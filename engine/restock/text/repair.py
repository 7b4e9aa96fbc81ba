"""Sentences of checking, repairing and tidying a book (English, Chinese)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "repair.sheet": (
        "Our sheet {sheet} was put back, empty; the next press fills it.",
        "我们的“{sheet}”表已补回，下次计算会填上内容。",
    ),
    "repair.mark": (
        "{sheet} is known again as our sheet {tab}.",
        "已重新认出“{sheet}”是我们的“{tab}”表。",
    ),
    "repair.table": (
        "{sheet}: the Excel table {table} was made again over its rows.",
        "{sheet}：已重新建立 Excel 表格 {table}。",
    ),
    "repair.header": (
        '{ref}: the header "{value}" is "{header}" again.',
        "{ref}：表头“{value}”已改回“{header}”。",
    ),
    "repair.column": (
        '{ref}: the column "{header}" was put back at the right end of its table.',
        "{ref}：“{header}”列已补在表格最右边。",
    ),
    "repair.no_room": (
        "{ref}: there is no room for {count:of deleted column} beside the table. Move what stands there, and repair again.",
        "{ref}：表格右边放不下{count:n}个被删的列。请移开那里的内容，再修复一次。",
    ),
    "repair.formula": (
        '{ref}: our formula was put back; "{value}" stood there.',
        "{ref}：公式已补回，原来是“{value}”。",
    ),
    "repair.formulas": (
        '{ref} and {others:n} more cells of "{header}": our formulas were put back; "{value}" stood in the first.',
        "{ref} 等“{header}”列的格（另有{others:n}格）：公式已补回，第一格原来是“{value}”。",
    ),
    "repair.more": ("and {count:n} more", "另有{count:n}处"),
    "repair.names": (
        "Names of our functions that were missing were put back ({count:n}, such as {name}).",
        "缺少的函数名称已补回（{count:n}个，如 {name}）。",
    ),
    "repair.formats": (
        "{ref} and others, {count:of cell} in all: dates are shown as dates again, and numbers as numbers.",
        "{ref} 等{count:n}格：日期重新显示为日期，数字重新显示为数字。",
    ),
    "repair.checks": (
        "{sheet}: checks of what may be typed were put back for {count:of column}.",
        "{sheet}：{count:n}列的输入检查已补回。",
    ),
    "repair.colours": (
        "{sheet}: {count:of colour rule} put back.",
        "{sheet}：{count:n}条颜色规则已补回。",
    ),
    "repair.nothing": ("Nothing is missing in {path}.", "{path} 什么都不缺。"),
    "repair.would": (
        "Nothing was written. Without --dry-run all of this would be done.",
        "没有写入任何内容。不加 --dry-run 就会这样做。",
    ),
    "check.clean": ("Nothing to correct in {path}.", "{path} 没有要改的地方。"),
    "check.found": ("Problems that stop a press: {stops:n}; others: {others:n}.", "会拦下计算的问题：{stops:n}；其他：{others:n}。"),
}
