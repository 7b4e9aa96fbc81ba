"""Sentences of the problems (English, Chinese): what is wrong with the value shown, where, and what to type.

Every sentence may use: `ref` (sheet and cell), `sheet`, `cell`, `value` (as shown), `sku`, `warehouse`,
`column` (the header, or the label of a setting), `where` (all of these in words) and `until` (what happens
meanwhile, may be empty). Other fields are params of the problem. `restock.schema.sentences` fills them in.
"""

SENTENCES: dict[str, tuple[str, str]] = {
    # The place.
    "problem.ref": ("{sheet}!{cell}", "{sheet}{cell}"),
    "problem.where": ("{ref}, {column}", "{ref}（{column}）"),
    "problem.where_sku": ("{ref}, {column} of {sku}", "{ref}（{sku} {column}）"),
    "problem.where_warehouse": ("{ref}, {column} in {warehouse}", "{ref}（{warehouse} {column}）"),
    "problem.where_sku_warehouse": (
        "{ref}, {column} of {sku} in {warehouse}",
        "{ref}（{sku} {warehouse} {column}）",
    ),
    # What happens until the cell is put right: `until` of a problem is the last word of one of these keys.
    "problem.until_not_planned": ("This row is not planned until then.", "改好前这一行不参与计算。"),
    "problem.until_left_out": ("This row is left out until then.", "改好前这一行不计入。"),
    "problem.until_default": ("Until then {default} is used.", "改好前按{default}算。"),
    "problem.until_empty": ("Until then it counts as empty.", "改好前当作没填。"),
    "problem.until_double_order": (
        "This row is left out until then: the goods may be ordered twice.",
        "改好前这一行不计入，可能会重复下单。",
    ),
    "problem.until_undated": ("Until then the row is on order without a date.", "改好前算在途、没有日期。"),
    "problem.until_received": (
        "Until then all of it counts as on order, without a date.",
        "改好前整行都算在途、没有日期。",
    ),
    "problem.until_state": ("Until then the row counts as on order.", "改好前这一行算在途。"),
    "problem.until_not_accepted": (
        "The line is not accepted until then; your Y stays.",
        "改好前不算接受，您填的 Y 会保留。",
    ),
    # Numbers.
    "problem.number_one": (
        '{where}: "{value}" is not a number. Type {type}. {until}',
        "{where}：“{value}”不是数字，请填{type}。{until}",
    ),
    "problem.number_two": (
        '{where}: "{value}" can mean {type} or {or}. Type the one you mean, in digits. {until}',
        "{where}：“{value}”可能是{type}，也可能是{or}，请用数字填您要的那个。{until}",
    ),
    "problem.not_number": (
        '{where}: "{value}" is not a number. Type digits only, such as 12. {until}',
        "{where}：“{value}”不是数字，请只填数字，如12。{until}",
    ),
    "problem.too_low": (
        "{where}: {value} is below {low}. Type {low} or more. {until}",
        "{where}：{value}小于{low}，请填不小于{low}的数。{until}",
    ),
    "problem.out_of_range": (
        "{where}: {value} is not between {low} and {high}. Type a number between them. {until}",
        "{where}：{value}不在{low}到{high}之间，请填这个范围内的数。{until}",
    ),
    "problem.percent": (
        "{where}: {value} is more than 100%. Type {percent} or {share}. {until}",
        "{where}：{value}超过了100%，请填{percent}或{share}。{until}",
    ),
    "problem.not_whole": (
        "{where}: {value} is not a whole number. Type {low} or {high}. {until}",
        "{where}：{value}不是整数，请填{low}或{high}。{until}",
    ),
    "problem.not_whole_one": (
        "{where}: {value} is not a whole number. Type {low} or more. {until}",
        "{where}：{value}不是整数，请填不小于{low}的整数。{until}",
    ),
    # Dates.
    "problem.date_one": (
        '{where}: "{value}" is not a date here. Type {type}. {until}',
        "{where}：“{value}”这样写认不出日期，请填{type}。{until}",
    ),
    "problem.date_two": (
        '{where}: "{value}" can be {type} or {or}: day and month are unclear. Type the one you mean. {until}',
        "{where}：“{value}”分不清日和月，可能是{type}或{or}，请填您要的那个。{until}",
    ),
    "problem.not_date": (
        '{where}: "{value}" is not a date from 2000 to 2099. Type it as 2026-11-23. {until}',
        "{where}：“{value}”不是2000到2099年的日期，请按年-月-日填，如2026-11-23。{until}",
    ),
    "problem.time_zone_typed": (
        '{where}: "{value}" holds a time zone. Type {type} here and the zone in its own column. {until}',
        "{where}：“{value}”里带了时区，这里请填{type}，时区填在时区列。{until}",
    ),
    "problem.stock_date_ahead": (
        "{where}: {value} lies after today, {today:d}. Type the morning of the count. {until}",
        "{where}：{value}晚于今天{today:d}，请填盘点那天。{until}",
    ),
    "problem.far_ahead": (
        "{where}: {value} is {days:n} days ahead. Check the year.",
        "{where}：{value}在{days:n}天以后，请核对年份。",
    ),
    "problem.long_past": (
        '{where}: {value} was {days:n} days ago. Check the year, or type "received" as the state.',
        "{where}：{value}已过去{days:n}天，请核对年份；已经到货就在状态里填“已到”。",
    ),
    # Text and words of lists.
    "problem.blank": ("{where} is empty. Fill it in. {until}", "{where}没填，请补上。{until}"),
    "problem.error_cell": (
        "{where}: the cell shows {value}. Correct its formula or type the value. {until}",
        "{where}：单元格显示{value}，请改公式或直接填值。{until}",
    ),
    "problem.not_text": (
        "{where}: {value} is not a name. Type it as text. {until}",
        "{where}：{value}不是名称，请填文字。{until}",
    ),
    "problem.shortened": (
        "{where}: {value}: Excel has shortened this number, its last digits are lost. "
        "Format the cell as Text, then type it again. {until}",
        "{where}：{value}是 Excel 缩短过的数字，末几位已丢失。请先把单元格设为文本，再重新填。{until}",
    ),
    "problem.not_in_list": (
        '{where}: "{value}" is not one of the words. Type one of: {choices}. {until}',
        "{where}：“{value}”不在可选词里，请填其中一个：{choices}。{until}",
    ),
    "problem.not_country": (
        '{where}: "{value}" is not a country code. Type two letters, such as US, DE or JP. {until}',
        "{where}：“{value}”不是国家代码，请填两位字母，如 US、DE、JP。{until}",
    ),
    "problem.not_zone": (
        '{where}: "{value}" is not a time zone. Type one such as America/Los_Angeles. {until}',
        "{where}：“{value}”不是时区，请填如 Asia/Shanghai 的写法。{until}",
    ),
    # Rows and names.
    "problem.stock_twice": (
        "{sheet}: {sku} in {warehouse} stands in {count:n} rows ({cells}). Keep one row of them. "
        "None of them is planned until then.",
        "{sheet}：{warehouse}的 {sku} 有{count:n}行（{cells}），请只留一行。改好前这几行都不参与计算。",
    ),
    "problem.duplicate": (
        "{ref}: {value} stands in {like} already; the first row counts. Correct or delete this row. {until}",
        "{ref}：{value}在{like}已经有了，以第一行为准，请改正或删掉这一行。{until}",
    ),
    "problem.duplicate_pair": (
        "{ref}: the same combination stands in {like} already, and the first row counts. "
        "Correct or delete this row. {until}",
        "{ref}：同样的组合在{like}已经有了，以第一行为准，请改正或删掉这一行。{until}",
    ),
    "problem.total_row": (
        '{ref} ("{value}") was skipped as a row of totals. If it is an item, type a SKU of its own.',
        "{ref}（“{value}”）看作合计行，已跳过。如果是商品，请填它自己的货号。",
    ),
    "problem.folded": (
        "{sheet}: {spellings} was read as {name}. "
        "Cells that differ in case, width or spaces: {count:n}, the first is {cell}.",
        "{sheet}：{spellings}按 {name} 处理。共{count:n}格大小写、全半角或空格不一致，第一处在{cell}。",
    ),
    "problem.unknown_sku": (
        "{ref}: {value} is not on Stock. Correct the spelling, or add it to Stock. {until}",
        "{ref}：{value} 不在库存表里，请改正写法，或加到库存表。{until}",
    ),
    "problem.bundle_here": (
        "{ref}: {value} is a bundle. Type the SKUs that are in it, a row each. {until}",
        "{ref}：{value} 是组合装，请按里面的单品分行填。{until}",
    ),
    "problem.unknown_warehouse": (
        "{ref}: warehouse {value} is not on Stock, which has {names}. Correct it or add it to Stock. {until}",
        "{ref}：仓库 {value} 不在库存表里（有{names}），请改正，或加到库存表。{until}",
    ),
    "problem.which_warehouse": (
        "{where} is empty, and there are several. Type one of {names}. {until}",
        "{where}没填，而仓库不止一个，请填其中一个：{names}。{until}",
    ),
    "problem.pair_not_on_stock": (
        "{ref}: {name} has no row for {place} on Stock. Add one, with 0 on hand, to have it planned.",
        "{ref}：库存表里没有 {name} 在{place}的行。请加一行，库存填0，才会参与计算。",
    ),
    "problem.route_to_itself": (
        "{ref}: this route ends where it begins, so it is not used. Correct From or To.",
        "{ref}：起点和终点相同，这条线路不使用。请改正。",
    ),
    "problem.route_days": (
        "{ref}: between two warehouses goods take at least 1 day, so this route is not used for transfers. Type the days.",
        "{ref}：两仓之间至少要1天，这条线路不用于调拨。请填天数。",
    ),
    "problem.route_to": (
        "{ref}: {value} is not on Stock, so nothing is moved there. Correct the spelling if it should be.",
        "{ref}：{value} 不在库存表里，不会往那里调货。写错了请改正。",
    ),
    # Accepted lines.
    "problem.no_quantity": (
        "{where} is empty, and the line is no longer suggested. Type how many units, or delete the Y. {until}",
        "{where}没填，而这一行已不再建议。请填件数，或删掉 Y。{until}",
    ),
    # Sales.
    "problem.sales_ahead": (
        "{sheet}: rows dated today or later: {count:n}, the first is {cell} ({value}). "
        "They are no history yet and are left out.",
        "{sheet}：{count:n}行的日期是今天或以后（第一处{cell}，{value}），还不算历史，未计入。",
    ),
    "problem.sales_sku": (
        "{sheet}: SKUs that are not on Stock: {count:n} ({names}), the first is {cell}; "
        "units sold: {units:n}. Add them to Stock, or correct the spelling.",
        "{sheet}：有{count:n}个货号不在库存表里（{names}），共销{units:n}件，第一处{cell}。请加到库存表，或改正写法。",
    ),
    "problem.sales_warehouse": (
        "{sheet}: warehouses that are not on Stock: {count:n} ({names}), the first is {cell}; "
        "units sold: {units:n}. Add them to Stock, or correct the spelling.",
        "{sheet}：有{count:n}个仓库不在库存表里（{names}），共销{units:n}件，第一处{cell}。请加到库存表，或改正写法。",
    ),
    "problem.sales_without_warehouse": (
        "{sheet}: rows without a warehouse, left out: {count:n}, the first is {cell}. "
        'In Settings, "{setting}", type one of {names}.',
        "{sheet}：{count:n}行没写仓库（第一处{cell}），未计入。请在设置的“{setting}”里填一个：{names}。",
    ),
    # Settings.
    "problem.setting_share": (
        "{column} must lie strictly between 0 and 1 (got {value}) in {ref}. "
        "Enter {percent} or {share}, not {value}. {until}",
        "{ref}（{column}）必须在0到1之间，现在是{value}。请填{percent}或{share}，不要填{value}。{until}",
    ),
    "problem.setting_unknown": (
        '{ref}: there is no setting called "{value}", so it does nothing. Correct or delete it.',
        "{ref}：没有叫“{value}”的设置，这一行不起作用。请改正名称，或删掉这一行。",
    ),
    "problem.setting_twice": (
        "{ref}: {column} stands in {like} already, and the first one counts. Delete one of them. {until}",
        "{ref}：{column}在{like}已经有了，以第一个为准，请删掉一个。{until}",
    ),
    "problem.setting_warehouse": (
        '{where}: "{value}" is not a warehouse on Stock. Type one of {names}. {until}',
        "{where}：“{value}”不是库存表里的仓库，请填其中一个：{names}。{until}",
    ),
    "problem.tiers": (
        "{ref}: red, orange and yellow must rise, but are {days}. Until then {defaults} are used.",
        "{ref}：红、橙、黄的天数要依次变大，现在是{days}。改好前按{defaults}算。",
    ),
    # Whole tables.
    "problem.more": (
        "{sheet}: {count:n} more with the same problem as {like}, from {cell} on.",
        "{sheet}：与{like}同样的问题还有{count:n}处，从{cell}起。",
    ),
    "problem.no_column": (
        "{sheet} has no column {column}, so no row is used. Add this header above the right column.",
        "{sheet}没有“{column}”这一列，整张表都没有用上。请在对应的列上加这个表头。",
    ),
    "problem.wide_ignored": (
        "{ref}: {column} cannot be split over the warehouses beside it and is ignored. "
        "To type it, use one row per SKU and warehouse.",
        "{ref}：{column}分不到旁边各个仓库，没有采用。要填的话，请每个货号每个仓库写一行。",
    ),
    "problem.no_demand": (
        "No daily sales are typed and there are no sales, so every row says NO DATA. "
        "Type daily sales in {sheet}, or fill in Sales.",
        "日均销量没填，也没有销售记录，所以每行都是“缺数据”。请在{sheet}填日均销量，或填销售表。",
    ),
    # Nothing can be planned at all (InputError).
    "problem.stock_missing": (
        "There is no Stock table. Add a sheet with the headers SKU, On hand and Daily sales, a row per item.",
        "没有库存表。请加一张表，表头写“货号 SKU”“实物库存”“日均销量”，每个商品一行。",
    ),
    "problem.stock_empty": (
        "{sheet} has no rows yet. Type SKU, on hand and daily sales, one row per SKU and warehouse.",
        "{sheet}还没有数据。请填货号、实物库存和日均销量，每个货号每个仓库一行。",
    ),
    "problem.column_missing": (
        "{sheet} has no column {column}. Add this header above the right column.",
        "{sheet}没有“{column}”这一列，请在对应的列上加这个表头。",
    ),
    "problem.column_empty": (
        "{sheet}: the column {column} is empty. Fill it in, from {cell} on.",
        "{sheet}的“{column}”一列是空的，请从{cell}起填写。",
    ),
    "problem.column_unusable": (
        '{sheet}: no cell of {column} can be used; {cell} shows "{value}". Type it again, numbers in digits.',
        "{sheet}：“{column}”一列没有一格能用，{cell}显示“{value}”。请重新填写，数量只写数字。",
    ),
}
