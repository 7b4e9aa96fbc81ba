"""What is said of a transfer plan as a whole, and of what it cannot use (English, Chinese)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "transfer.totals": (
        "{lines:of line} in {shipments:of shipment}: {units:of unit}, {volume:of litre}, freight {freight:m}.",
        "共{shipments:n}票{lines:n}行：{units:n}件，{volume:n}升，运费{freight:m}。",
    ),
    "transfer.best": ("No other plan costs less.", "没有更省的方案。"),
    "transfer.within": (
        "Within {gap:p} of the best possible: expected losses and freight {cost:m}, {bound:m} at best.",
        "与最优方案相差不超过{gap:p}：预计损失加运费{cost:m}，最少也要{bound:m}。",
    ),
    "transfer.clock": (
        "The search was stopped by the clock: another computer may find another plan.",
        "搜索因超时停止：换一台电脑可能得到不同方案。",
    ),
    "transfer.place_twice": (
        "Row {row:n} of stock: {sku} in {warehouse} stands twice; the first row counts. Delete one.",
        "库存第{row:n}行：{warehouse} 的 {sku} 重复，以第一行为准。请删掉一行。",
    ),
    "transfer.no_margin": (
        "Row {row:n} of stock: what {sku} earns in {warehouse} is not known, so nothing is moved there. Type the margin.",
        "库存第{row:n}行：{warehouse} 的 {sku} 毛利未知，不往那里调。请填毛利。",
    ),
    "transfer.route_to_itself": (
        "Row {row:n} of routes: {origin} to {destination} ends where it begins. Correct one of them.",
        "线路第{row:n}行：{origin} 到 {destination} 起点和终点相同。请改正。",
    ),
    "transfer.route_unknown": (
        "Row {row:n} of routes: {origin} or {destination} is no warehouse of the stock table. Correct the name.",
        "线路第{row:n}行：库存表里没有仓库 {origin} 或 {destination}。请改正名称。",
    ),
    "transfer.route_days": (
        "Row {row:n} of routes: {origin} to {destination} takes at least 1 day. Type the days.",
        "线路第{row:n}行：{origin} 到 {destination} 至少要1天。请填天数。",
    ),
    "transfer.route_cost": (
        "Row {row:n} of routes: {origin} to {destination} has no cost per unit. Type it, or 0.",
        "线路第{row:n}行：{origin} 到 {destination} 没有每件运费。请填写，没有就填0。",
    ),
    "transfer.route_negative": (
        "Row {row:n} of routes: {origin} to {destination} has a cost, size or minimum below 0. Type 0 or more.",
        "线路第{row:n}行：{origin} 到 {destination} 的费用、容积或最少件数小于0。请填0或以上。",
    ),
    "transfer.too_large": (
        "Row {row:n} of stock: one unit is larger than a pallet of row {route:n} of routes. Correct one of them.",
        "库存第{row:n}行：单件超过线路第{route:n}行的一个托盘。请改正。",
    ),
    "transfer.minimum_over_budget": (
        "Row {row:n} of routes: its smallest line costs more than the budget. Lower the minimum, or raise the budget.",
        "线路第{row:n}行：最少的一行运费超过预算。请调低最少件数，或调高预算。",
    ),
    "problem.transfer_too_large": (
        "{from} to {to}: one unit of {sku} is larger than a pallet, so it is not moved that way. Correct its volume and "
        "weight in Catalog, or the pallet's on Routes.",
        "{from} 到 {to}：{sku} 单件就超过一个托盘，不走这条线路。请核对商品表的体积重量，或线路表的托盘容积载重。",
    ),
    "problem.transfer_minimum_over_budget": (
        "{from} to {to}: the smallest line costs more than the budget for transfers, so nothing goes that way. Lower the "
        "route's minimum, or raise the budget in Settings.",
        "{from} 到 {to}：最少的一行运费也超过调拨预算，不走这条线路。请调低线路的最少件数，或调高设置里的预算。",
    ),
}
