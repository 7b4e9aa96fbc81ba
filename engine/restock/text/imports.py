"""Sentences of importing files (English, Chinese)."""

SENTENCES: dict[str, tuple[str, str]] = {
    # files that cannot be used as a whole
    "import.no_file": ("{name} cannot be read. Check the name and that the file is there.", "读不了 {name}。请检查文件名和位置。"),
    "import.empty_file": ("{name} is empty. Download it again.", "{name} 是空文件，请重新下载。"),
    "import.unreadable_file": (
        "{name} is no Excel file that can be read. Open it in Excel, save it as .xlsx or CSV, and try again.",
        "{name} 不是能读的Excel文件。请用Excel打开，另存为 .xlsx 或 CSV 再试。",
    ),
    "import.password": (
        "{name} has a password. Open it in Excel, save it without a password, and try again.",
        "{name} 有密码。请用Excel打开，去掉密码另存后再试。",
    ),
    "import.quote_open": (
        "{name} has a quotation mark that is never closed, so its rows run together. Download it again.",
        "{name} 里有一个没有收尾的引号，后面的行连在了一起。请重新下载。",
    ),
    "import.unknown": (
        "{name} is not recognised, so nothing of it was used. Its headers begin: {headers}. Needed are a SKU and stock, or a SKU, a "
        "date and units sold, under headers such as SKU, On hand, Date, Quantity.",
        "认不出 {name}，没有使用。它的表头开头是：{headers}。至少要有货号和库存，或货号、日期和销量，表头如 SKU、实物库存、日期、销量。",
    ),
    "import.repeated": (
        'Two columns of {name} are called "{column}", and it cannot be told which one counts. Delete or rename one of them.',
        "{name} 有两列都叫“{column}”，分不清用哪一列。请删掉或改名其中一列。",
    ),
    "import.asks_dates": (
        "{name}: it cannot be told whether 03/04 is 3 April or 4 March, so nothing of it was used. Say --dates dmy (day first) or --dates "
        "mdy (month first).",
        "{name}：分不清 03/04 是4月3日还是3月4日，没有使用。请加 --dates dmy（日在前）或 --dates mdy（月在前）。",
    ),
    "import.asks_decimal": (
        "{name}: it cannot be told whether {value} has a decimal or a thousands separator, so nothing of it was used. Say --decimal point "
        "(1,200.5) or --decimal comma (1.200,5).",
        "{name}：分不清 {value} 里的符号是小数点还是千位分隔，没有使用。请加 --decimal point（1,200.5）或 --decimal comma（1.200,5）。",
    ),
    "import.asks_warehouse": (
        "{name} does not say which warehouse it is of, so nothing of it was used. Say --warehouse NAME{choices}.",
        "{name} 没有写是哪个仓库，没有使用。请加 --warehouse 仓库名{choices}。",
    ),
    "import.choices": (", one of: {names}", "，可选：{names}"),
    # rows
    "import.row_refused": ("Row {row}{more}{column}: {why}", "第{row}行{more}{column}：{why}"),
    "import.and_others": (" and {others:of other}", "等{others_all:n}行"),
    "import.row_refused_value": ('Row {row}{more}{column}, "{value}": {why}', "第{row}行{more}{column}“{value}”：{why}"),
    "import.why_blank": ("nothing stands there.", "是空的。"),
    "import.why_not_number": ("is no number.", "不是数字。"),
    "import.why_unclear": ("may be two different numbers.", "可能是两个不同的数。"),
    "import.why_negative": ("is below 0.", "小于0。"),
    "import.why_not_date": ("is no date.", "不是日期。"),
    "import.why_no_year": ("has no year; Excel may have made it. Download the file again and do not open it in Excel.",
                           "没有年份，可能被Excel改过。请重新下载，不要用Excel打开后保存。"),
    "import.why_date_unclear": ("day or month may come first.", "分不清日在前还是月在前。"),
    "import.why_destroyed_number": ("Excel has shortened this number and it cannot be restored. Download the file again and do not open it in Excel.",
                                    "这个数字被Excel改短了，无法恢复。请重新下载，不要用Excel打开后保存。"),
    "import.why_destroyed_date": ("Excel has turned this code into a date and it cannot be restored. Download the file again and do not open it in "
                                  "Excel.", "这个编码被Excel变成了日期，无法恢复。请重新下载，不要用Excel打开后保存。"),
    "import.why_unreadable": ("some characters cannot be read. Save the file as UTF-8 and try again.", "有读不出的字符，请另存为UTF-8再试。"),
    "import.why_error_cell": ("is an error, not a value.", "是错误值。"),
    "import.why_twice": ("this SKU stands twice for one warehouse, and it cannot be told which row counts.", "同一货号同一仓库出现两次，分不清用哪一行。"),
    "import.why_short_row": ("fewer cells than headers: the row is broken or was cut.", "单元格比表头少：这一行断开或被截断了。"),
    "import.why_long_row": ("more cells than headers: a separator stands within a cell.", "单元格比表头多：某个单元格里有分隔符。"),
    "import.why_cut_row": ("the file ends without a line end, so this last row may be cut. Download it again, or add an empty line at its end.",
                           "文件末尾没有换行，最后一行可能不完整。请重新下载，或在末尾加一个空行。"),
    # rows that are no rows of ours
    "import.left_total": ("totals", "合计行"),
    "import.left_description": ("explanation under the headers", "表头说明行"),
    "import.left_header": ("headers again", "重复表头"),
    "import.left_cancelled": ("cancelled", "已取消"),
    "import.left_unpaid": ("not paid", "未付款"),
    "import.left_multichannel": ("multi-channel or removal", "多渠道或移除"),
    "import.left_test": ("test orders", "测试订单"),
    "import.left_nothing": ("0 units", "0件"),
    "import.left_no_sku": ("without SKU", "没有SKU"),
    "import.left_not_fba": ("not at Amazon", "不在亚马逊仓"),
    "import.left_at_amazon": ("at Amazon, counted elsewhere", "在亚马逊仓，另外统计"),
    "import.left_not_stocked": ("not stocked there", "该处不备货"),
    "import.left_no_sale": ("movements that are no sale", "不是销售的出入库"),
    "import.left_not_sellable": ("not sellable", "不可售"),
    "import.left_own_store": ("the seller's own store", "卖家自有仓"),
    "import.left_footer": ("footer", "页脚"),
    "import.left_summary": ("summary of an order", "订单汇总行"),
    "import.left_not_wanted": ("no stock, sales or shipments", "不含库存、销售或在途"),
}
