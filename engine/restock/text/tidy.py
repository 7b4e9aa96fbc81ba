"""Sentences of tidying Sales (English, Chinese)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "tidy.nothing": (
        "{sheet} has one row per day, SKU and warehouse already, and no month is older than {first:d}. Nothing was changed.",
        "{sheet}已经是每天每货号每仓一行，也没有早于{first:d}的月份。没有改动。",
    ),
    "tidy.no_sales": ("There are no sales to tidy.", "没有销售记录可整理。"),
    "tidy.folded": (
        "{sheet}: {rows:n} rows became {kept:n}, one per day, SKU and warehouse. No unit was lost.",
        "{sheet}：{rows:n}行合并成{kept:n}行，每天每货号每仓一行。一件都没少。",
    ),
    "tidy.repeated": (
        "{count:n} of them were repeats of days that had been pasted twice, which counted once before too.",
        "其中{count:n}行是贴了两遍的重复行，之前也只算一遍。",
    ),
    "tidy.orders": (
        "{count:of row} of the last {days:n} days with an order number stay apart, so that a later export can take their place.",
        "最近{days:n}天有订单号的{count:n}行不合并，以后再导入时可以替换。",
    ),
    "tidy.left": (
        "{count:n} rows that cannot be read stay as they are, below the others.",
        "{count:n}行读不出来，原样留在最下面。",
    ),
    "tidy.moved": (
        "{count:n} rows older than {first:d} were moved to {path}. Keep that file beside the book: each press reads it.",
        "早于{first:d}的{count:n}行已移到 {path}。请把该文件放在本表旁边，每次计算都会读取。",
    ),
    "tidy.would": (
        "Nothing was written. Without --dry-run all of this would be done.",
        "没有写入任何内容。不加 --dry-run 就会这样做。",
    ),
    "tidy.own_column": (
        '{ref}: the column "{header}" is your own, and folding rows would lose what stands there. Move it to a sheet of its '
        "own, or delete it, and tidy again.",
        "{ref}：“{header}”是您自己的列，合并行会丢掉里面的内容。请把它移到别的表或删掉，再整理。",
    ),
    "tidy.formula": (
        "{ref} holds a formula. Replace the formulas in {sheet} by their values (copy, Paste Special > Values), and tidy again.",
        "{ref}是公式。请把{sheet}里的公式粘贴成数值，再整理。",
    ),
    "tidy.beside": (
        "{ref} stands beside the rows of {sheet}, which would move away from it. Move it to another sheet, and tidy again.",
        "{ref}在{sheet}的数据行旁边，整理后会错位。请移到别的表，再整理。",
    ),
    "tidy.filtered": (
        "{sheet} is filtered. Clear the filter, save, and tidy again.",
        "{sheet}正在筛选。请清除筛选并保存，再整理。",
    ),
    "tidy.unusual": (
        "The sheet with the sales was written by an unusual program. Open the book in Excel, save it, and tidy again.",
        "销售表是由少见的程序写的。请用 Excel 打开并保存，再整理。",
    ),
    "tidy.differs": (
        "The sales would not be the same after tidying, so nothing was written. Please send us the book.",
        "整理后的销量会不一样，所以没有写入。请把本表发给我们。",
    ),
}
