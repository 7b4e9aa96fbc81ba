"""Sentences about formulas (English, Chinese): why a cell keeps its last value, what was mended, what a check found.

Those of `formula.*` may use `ref` (sheet and cell), `formula` (as it stands there) and `detail`, such as the name of a
function; each says what the cell shows now and what to do.
"""

SENTENCES: dict[str, tuple[str, str]] = {
    "formula.function": (
        "{ref}: {detail} cannot be computed here, so the cell keeps its last value. Open the book in Excel and save it "
        "there to bring it up to date.",
        "{ref}：这里算不了 {detail}，单元格保留上次的值。请用 Excel 打开并保存，即可更新。",
    ),
    "formula.arguments": (
        "{ref}: {detail} has too few or too many arguments, so the cell keeps its last value. Compare it with a cell that "
        "works: {formula}",
        "{ref}：{detail} 的参数个数不对，单元格保留上次的值。请与正常的单元格对照：{formula}",
    ),
    "formula.unreadable": (
        "{ref}: this formula cannot be read near {detail}, so the cell keeps its last value. Type it again in Excel: "
        "{formula}",
        "{ref}：公式在 {detail} 附近无法读懂，单元格保留上次的值。请在 Excel 里重新输入：{formula}",
    ),
    "formula.too_long": (
        "{ref}: the formula has {detail} characters and Excel allows 8,192, so the cell keeps its last value. Split it over "
        "two cells.",
        "{ref}：公式有{detail}个字符，Excel 最多允许8,192个，单元格保留上次的值。请拆成两个单元格。",
    ),
    "formula.too_deep": (
        "{ref}: the formula is nested too deeply, so the cell keeps its last value. Split it over two cells: {formula}",
        "{ref}：公式嵌套层数太多，单元格保留上次的值。请拆成两个单元格：{formula}",
    ),
    "formula.too_many": (
        "{ref}: the sheet has too many different formulas to read them all, so the cell keeps its last value. Fill columns "
        "down from their first cell, so that all their cells have the same formula.",
        "{ref}：表中不同的公式太多，无法全部读取，单元格保留上次的值。请从每列第一格向下填充，让整列公式一致。",
    ),
    "formula.too_large": (
        "{ref}: the formula reads or fills too many cells at once, so the cell keeps its last value. Name the rows that it "
        "needs instead of whole columns: {formula}",
        "{ref}：公式一次读取或填充的单元格太多，单元格保留上次的值。请写明需要的行，不要用整列：{formula}",
    ),
    "formula.other_workbook": (
        "{ref}: the formula reads another workbook ({detail}), which is not opened here, so the cell keeps its last value. "
        "Copy what it needs into this book.",
        "{ref}：公式引用了另一个工作簿（{detail}），这里不会打开它，单元格保留上次的值。请把需要的数据复制到本表。",
    ),
    "formula.many_sheets": (
        "{ref}: {detail} reads the same cells of several sheets, which is not computed here, so the cell keeps its last "
        "value. Add up the sheets one by one.",
        "{ref}：{detail} 跨多张工作表引用，这里算不了，单元格保留上次的值。请逐表相加。",
    ),
    "formula.circular": (
        "{ref}: the formula depends on its own result, so the cell keeps its last value. Change it so that it does not read "
        "itself, directly or through other cells: {formula}",
        "{ref}：公式循环引用了自己的结果，单元格保留上次的值。请改掉对自身（直接或间接）的引用：{formula}",
    ),
    "formula.depends": (
        "{ref}: the formula reads a cell that could not be computed, so it keeps its last value too. Put that cell right "
        "first: {formula}",
        "{ref}：公式读取的单元格没能计算，因此也保留上次的值。请先处理那个单元格：{formula}",
    ),
    "formula.no_today": (
        "{ref}: the formula asks for today's date and none was given, so the cell keeps its last value. Name a day, for "
        "example --today 2026-11-23.",
        "{ref}：公式需要今天的日期，但没有给出，单元格保留上次的值。请指定日期，例如 --today 2026-11-23。",
    ),
    "formula.endless": (
        "{ref}: a function of this book calls itself without end, so the cell keeps its last value. Give it a case in which "
        "it stops: {formula}",
        "{ref}：本表的自定义函数无止境地调用自己，单元格保留上次的值。请为它加上停止的条件：{formula}",
    ),
    "formula.own_function": (
        "{ref}: this book has a {detail} of its own that answers otherwise than ours; the book's own is used. Delete it under "
        "Formulas > Name Manager if ours is meant.",
        "{ref}：本表自定义的 {detail} 与我们的结果不同，已采用本表的定义。如要用我们的，请在“公式 > 名称管理器”里删除它。",
    ),
    "formula.others": (
        "{ref}: {others:n} more formulas of your sheets could not be computed and keep their last values. Run "
        "restock calc --check on the book to see them all.",
        "{ref}：您的表中还有{others:n}个公式没能计算，保留上次的值。运行 restock calc --check 可查看全部。",
    ),
    "heal.names": (
        "Function names that another program had written in small letters were put right ({count:n}); Excel 365 knows "
        "them again.",
        "另一个程序改成小写的函数名已改回（{count:n}处），Excel 365 可以再次识别。",
    ),
    "heal.formulas": (
        "{sheet}: the formulas of {count:of calculated cell} that were missing or overwritten by their values were put back.",
        "{sheet}：{count:n}个计算格的公式丢失或被数值覆盖，已补回。",
    ),
    "heal.columns": (
        "{sheet}: the table knows the formulas of its calculated columns again, so new rows fill themselves in Excel.",
        "{sheet}：表格已重新记住各计算列的公式，在 Excel 里新增的行会自动填充。",
    ),
    "heal.range": (
        "{sheet}: the table now reaches down to row {row}, where you typed below it.",
        "{sheet}：表格范围已延伸到您在下方填写的第{row}行。",
    ),
    "heal.revived": (
        "{ref} and {others:n} more cells had been saved as an error by a program that does not know their functions; "
        "they show their values again.",
        "{ref} 等单元格（另有{others:n}格）曾被不认识这些函数的程序存成错误值，现已恢复显示。",
    ),
    "calc.differs": ("{ref}: shows {stored}, should show {now}", "{ref}：现为 {stored}，应为 {now}"),
    "calc.more": ("and {others:n} more", "另有{others:n}处"),
    "calc.same": (
        "Every formula that can be computed already shows its value: {path}",
        "能计算的公式都已显示正确的值：{path}",
    ),
    "calc.counts": (
        "{computed:of formula cell} computed, {changed:n} different, {unsupported:n} kept",
        "计算了{computed:n}个公式格，{changed:n}个有变化，{unsupported:n}个保留原值",
    ),
    "calc.blank": ("nothing", "空"),
}
