"""Sentences of the copies for warehouses and suppliers, and of what comes back in them (English, Chinese)."""

SENTENCES: dict[str, tuple[str, str]] = {
    # the copy
    "copies.banner": (
        "COPY of {day:date} · for {name} · type in the yellow columns and send it back",
        "{day:date}的副本 · 给{name} · 请填黄色列后发回",
    ),
    "copies.banner_to_read": ("COPY of {day:date} · for {name}", "{day:date}的副本 · 给{name}"),
    "copies.ship": (
        "Committed transfers that leave {name}. Type how many units left, and on which day.",
        "从{name}发出的已确认调拨。请填实发件数和发货日期。",
    ),
    "copies.receive": (
        "What is on its way to {name}. Type the units that arrived now, not those of before, and the day on which they can be sold.",
        "发往{name}的在途货。请填本次收到的件数（不含之前已收）和可以卖的日期。",
    ),
    "copies.ship_nothing": ("Nothing to ship from {name}.", "{name}没有要发的货。"),
    "copies.receive_nothing": ("Nothing is on its way to {name}.", "没有发往{name}的货。"),
    "copies.order": (
        "Wanted by: the day on which the goods should be for sale at the place they are shipped to. A draft is a question, "
        "not an order.",
        "需求日期：货在目的仓可以上架销售的日期。草稿仅供询价，不是订单。",
    ),
    "copies.order_nothing": ("No open order and no draft for {name}.", "{name}没有未交的订单，也没有草稿。"),
    "copies.outlook": (
        "Expected sales of your goods, all places together, as of {day:d}. A forecast, not an order.",
        "贵司货品各仓合计的预计销量，按{day:d}的数据。仅为预测，不是订单。",
    ),
    "copies.state_order": ("ORDER", "订单"),
    "copies.state_draft": ("DRAFT, not ordered yet", "草稿，尚未下单"),
    "copies.no_warehouse": (
        'There is no warehouse "{name}" in this book. Its warehouses: {known}.',
        "本表没有仓库“{name}”。已有：{known}。",
    ),
    "copies.no_supplier": (
        'There is no supplier "{name}" in this book. Its suppliers: {known}.',
        "本表没有供应商“{name}”。已有：{known}。",
    ),
    "copies.none": ("none", "无"),
    "copies.not_pressed": (
        "{path} was never computed, so it has no orders to send. Run restock recompute on it first.",
        "{path} 还没有计算过，没有可发送的订单。请先运行 restock recompute。",
    ),
    # what comes back
    "read_back.no_table": (
        "{path} holds no table that can be read back. Send a copy made by restock export, with its headers as they were.",
        "{path} 里没有可以读回的表。请使用 restock export 导出的副本，表头不要改。",
    ),
    "read_back.other_book": (
        "No line of {path} stands in {book}. It is probably a copy of another book, or all its lines are closed.",
        "{path} 里没有一行与 {book} 对得上。可能是另一本表的副本，或者各行都已完结。",
    ),
    "read_back.same_file": (
        "{path} is the book itself. Name the copy that came back.",
        "{path} 就是本表。请指定发回来的副本。",
    ),
    "read_back.change": ("{ref}: {column} of {what}: {before} → {after}", "{ref}：{what} {column}：{before} → {after}"),
    "read_back.blank": ("blank", "空"),
    "read_back.conflict": (
        "{ref}: {column} of {what} says {before}, the copy says {after} ({copy}). Left as it is: type the right one.",
        "{ref}：{what} {column}是{before}，副本是{after}（{copy}）。未改动，请自己填对的。",
    ),
    "read_back.formula": (
        "{ref}: {column} of {what} is a formula here; the copy says {after} ({copy}). Left as it is.",
        "{ref}：{what} {column}在本表是公式，副本是{after}（{copy}）。未改动。",
    ),
    "read_back.two_values": (
        "{ref}: the copy says two things for {column} of {what}, {before} and {after} ({copy}). The first is taken: check it.",
        "{ref}：副本里{what} {column}有两个值，{before}和{after}（{copy}）。取第一个，请核对。",
    ),
    "read_back.no_column": (
        "{copy}: {after} for {column} of {what}: the book's sheet {sheet} has lost that column. Nothing is written.",
        "{copy}：{what} {column}填了{after}，但本表的“{sheet}”没有这一列，未写入。",
    ),
    "read_back.no_line": (
        "{copy}: {what} does not stand in the book any more, so what was typed there is not taken.",
        "{copy}：本表已没有{what}这一行，所填内容未采用。",
    ),
    "read_back.many_lines": (
        "{copy}: {what} stands in the book {count:n} times, so it is not clear which line is meant. Type it in yourself.",
        "{copy}：本表有{count:n}行{what}，分不清是哪一行，请自己填。",
    ),
    "read_back.no_day": (
        "{copy}: a receipt of {what} on {day:d}, but no units. Type how many arrived.",
        "{copy}：{what}填了收货日期{day:d}，没填件数。请填收到多少件。",
    ),
    "read_back.second_receipt": (
        "{ref}: {before:n} of {what} were received earlier; {now:n} more on {day:d} ({copy}) would need a second date. Nothing is written: "
        "put them on a line of their own.",
        "{ref}：{what}之前已收{before:n}件，{day:d}又收{now:n}件（{copy}），需要另一个日期。未写入，请另起一行。",
    ),
    "read_back.cancelled": (
        "{ref}: {what} is cancelled here, but the copy says something was shipped or received ({copy}). Nothing is written.",
        "{ref}：{what}在本表已取消，副本却说已发或已收（{copy}）。未写入。",
    ),
    "read_back.remark": ("{copy}: {what}: “{text}” has no column in the book.", "{copy}：{what}：“{text}”在本表没有可填的列。"),
    "read_back.part_shipped": (
        "{what}: {shipped:n} of {units:n} were shipped. The other {rest:n} still count as on the way: change Units if they will "
        "not come.",
        "{what}：{units:n}件中发了{shipped:n}件，其余{rest:n}件仍算在途；若不再发，请改件数。",
    ),
    "read_back.other_units": (
        "{what}: {confirmed:n} confirmed, {units:n} ordered. Units stay as they are: change them if you agree.",
        "{what}：订{units:n}件，确认{confirmed:n}件。件数未改，同意的话请自己改。",
    ),
    "read_back.ready_dates": (
        "Dates on which goods are ready at the factory stand in Your note. Sellable on is unchanged: shipping and check-in come "
        "on top.",
        "工厂交货日写在备注里。预计可售日没有改：还要加上运输和入仓上架的天数。",
    ),
    "read_back.only_typed": (
        "Only the yellow columns of our own sheets were read. Stock, Inbound and your other sheets are not taken from a copy.",
        "只读取了我们各表的黄色列。库存、在途等您自己的表不会从副本带回。",
    ),
    "read_back.note": ("{who}: {text}", "{who}：{text}"),
    "read_back.note_confirmed": ("{confirmed:n} confirmed", "确认{confirmed:n}件"),
    "read_back.note_confirmed_of": ("{confirmed:n} of {units:n} confirmed", "{units:n}件中确认{confirmed:n}件"),
    "read_back.note_ready": ("ready {day}", "{day}交货"),
    "read_back.note_shipped": ("{shipped:n} of {units:n} shipped", "{units:n}件中发了{shipped:n}件"),
    "read_back.joint": (", ", "，"),
    "read_back.head_changes": ("{count:of change}:", "{count:n}处更改："),
    "read_back.head_conflicts": ("Not the same, left as it is ({count:n}):", "与本表不同，未改动（{count:n}）："),
    "read_back.head_refused": ("Not taken ({count:n}):", "未采用（{count:n}）："),
    "read_back.head_told": ("For your information:", "提示："),
    "read_back.nothing": ("Nothing to write: the book already says all of it.", "没有要写入的：本表已有这些内容。"),
    "read_back.how": (
        'Nothing is written yet. To write: restock read-back "{book}" "{path}" --yes',
        '尚未写入。要写入，请运行：restock read-back "{book}" "{path}" --yes',
    ),
    "read_back.ask": ("Write this into {path}?", "写入 {path}？"),
    "read_back.left": ("Nothing was written.", "没有写入。"),
    "read_back.then": ("Now recompute the book: restock recompute {path}", "请接着重新计算：restock recompute {path}"),
}
