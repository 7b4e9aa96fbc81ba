"""What the macro workbook says: its buttons, its ribbon, its macros, and the commands they start (English, Chinese).

Sentences under `macro.` are spoken by VBA, so their numbers take no format.
"""

SENTENCES: dict[str, tuple[str, str]] = {
    # buttons and ribbon
    "button.recompute": ("Recompute", "重新计算"),
    "button.export": ("Export for teammates", "发给同事"),
    "button.check": ("Check data", "检查数据"),
    "button.explain": ("Explain", "算法说明"),
    "button.last_backup": ("Open last backup", "打开上次备份"),
    "button.recompute_tip": (
        "Forecast, orders, transfers and alerts anew, from what is typed in this book. You save the book yourself.",
        "按本表填写的内容重新计算预测、采购、调拨和预警。是否保存由您决定。",
    ),
    "button.export_tip": (
        "A copy with values only, beside this book, for people who have nothing installed.",
        "在本表旁边生成一份只含数值的副本，同事不用安装任何东西。",
    ),
    "button.check_tip": ("Look through what is typed and say what to correct. Nothing is written.", "检查填写的内容，指出要改的地方，不写入任何东西。"),
    "button.explain_tip": (
        "The arithmetic behind the row that is selected.",
        "选中一行，看它的数字怎么算出来的。",
    ),
    "button.last_backup_tip": ("The book as it was before the last change.", "打开上次改动之前的表。"),
    "sheet.today_empty_button": (
        "Not computed yet. Type SKU, on hand and daily sales on Stock: tier and days left appear there at once. "
        "For orders, transfers and alerts press Recompute above. If nothing happens, see Start.",
        "还没有计算。先在库存表填货号、实物库存、日均销量，预警和可售天数马上出现。"
        "要采购、调拨和预警清单，请按上面的“重新计算”。按了没反应，请看“开始”。",
    ),
    "sheet.drop_hint_button": ("After changes: press Recompute above.", "改动后：按上面的“重新计算”。"),
    "start.step3_button": (
        "3   Press Recompute above. Today says what to do; Orders, Transfers and Alerts hold the details. The book is not "
        "saved for you: save it when you like what you see.",
        "3   按上面的“重新计算”。“今日补货”告诉您该做什么，采购、调拨、预警各有明细。不会替您保存，满意了再保存。",
    ),
    "start.blocked": (
        "Buttons dead? Close the book, right-click the file, Properties, tick Unblock, OK, open it again and choose Enable "
        "Content. Still dead, or no Python on this computer: the numbers stay as last computed; drop the file on the Restock "
        "icon instead.",
        "按钮没反应？关闭本表，右键文件，选“属性”，勾选“解除锁定”，确定后重新打开并点“启用内容”。仍不行或本机没有 Python：数字保持上次的结果，"
        "可把文件拖到桌面的 Restock 图标上。",
    ),
    # spoken by VBA
    "macro.running": ("Restock is at work …", "Restock 正在计算……"),
    "macro.save_first": (
        "Save this book first (File, Save As), then press again: its backups need a folder.",
        "请先保存本表（文件 > 另存为），再按一次：备份需要一个文件夹。",
    ),
    "macro.read_only": (
        "This book is open read-only, so nothing was done. Save it under another name (File, Save As) and press there.",
        "本表以只读方式打开，没有做任何改动。请另存为别的名字，再在新表里按。",
    ),
    "macro.no_python": (
        "Python is not set up on this computer; the book keeps its last values. Install Python and restock, run restock "
        "install in a command window, then press again.",
        "本机还没有设置 Python，本表保持上次的数值。请安装 Python 和 restock，在命令行运行 restock install，再按一次。",
    ),
    "macro.python_gone": (
        "Python is no longer at {path}. Run restock install in a command window, then press again.",
        "{path} 已经没有 Python 了。请在命令行运行 restock install，再按一次。",
    ),
    "macro.package_missing": (
        "The Python at {path} cannot load restock. Install restock there, run restock install, then press again.",
        "{path} 的 Python 里没有 restock。请在那里安装 restock，运行 restock install，再按一次。",
    ),
    "macro.xlwings_missing": (
        "The Python at {path} has no xlwings. Run in a command window: pip install xlwings; then press again.",
        "{path} 的 Python 里没有 xlwings。请在命令行运行：pip install xlwings，再按一次。",
    ),
    "macro.book_lost": (
        "Python could not reach this book. Close other Excel windows and dialogs, leave the cell you type in, then press "
        "again.",
        "Python 找不到本表。请关闭其他 Excel 窗口和对话框，退出正在编辑的单元格，再按一次。",
    ),
    "macro.python_failed": (
        "Python stopped with code {code}; the book is as it was. Run restock install --check in a command window: it says "
        "what to repair.",
        "Python 异常退出（代码{code}），本表没有改动。请在命令行运行 restock install --check，它会告诉您怎么修。",
    ),
    "macro.versions_differ": (
        "This book was made with xlwings {made}, the Python here has another one, so RESTOCK_ cells cannot be computed. Run "
        "in a command window: pip install xlwings=={made}; then restart Excel.",
        "本表用 xlwings {made} 制作，本机 Python 里是另一个版本，RESTOCK_ 单元格算不了。请在命令行运行：pip install xlwings=={made}，再重启 Excel。",
    ),
    "macro.stopped": (
        "The macro stopped ({error}); the book is as it was. Run restock install --check in a command window.",
        "宏中断了（{error}），本表没有改动。请在命令行运行 restock install --check。",
    ),
    "macro.at_opening": (
        "Restock: Python is not set up here; the book shows its last values. restock install sets it up.",
        "Restock：本机还没有设置 Python，显示的是上次的数值。运行 restock install 即可设置。",
    ),
    "macro.no_extension": (
        "LibreOffice has no Restock extension yet. Run restock install --libreoffice in a command window, then restart "
        "LibreOffice.",
        "LibreOffice 还没有 Restock 扩展。请在命令行运行 restock install --libreoffice，再重启 LibreOffice。",
    ),
    # progress of the commands, in the status bar
    "live.reading": ("Restock: reading the book …", "Restock：正在读取……"),
    "live.checking": ("Restock: checking what was typed …", "Restock：正在检查……"),
    "live.planning": ("Restock: forecasting and planning …", "Restock：正在预测和计划……"),
    "live.writing": ("Restock: writing the sheets …", "Restock：正在写入……"),
    "live.copying": ("Restock: making the copy …", "Restock：正在生成副本……"),
    # what the commands say
    "live.not_saved": ("Not saved yet: save the book when you like what you see.", "还没有保存，满意了请自行保存。"),
    "live.no_problems": ("{rows:of row} of Stock read, nothing to correct.", "读取库存{rows:n}行，没有要改的。"),
    "live.problems": (
        "{count:n} to correct (nothing was written):",
        "有{count:n}处要改（没有写入任何东西）：",
    ),
    "live.more_problems": ("… and {others:n} more; Recompute lists them on Problems.", "……另有{others:n}处，重新计算后见“待修正”。"),
    "live.no_backup": (
        "There is no backup of this book yet: the first Recompute that changes something makes one.",
        "本表还没有备份：第一次有改动的重新计算会生成。",
    ),
    "live.select_row": (
        "Select a row with a SKU first, on Stock, Alerts or Orders, then press Explain.",
        "请先在库存、预警或采购表选中有货号的一行，再按“算法说明”。",
    ),
    "live.explain_first": (
        "There is nothing to explain yet. Press Recompute first.",
        "还没有可说明的内容。请先按“重新计算”。",
    ),
    "live.defect": (
        "restock has a defect ({error}). The book is as it was. Please send us {log}.",
        "restock 出错了（{error}）。本表没有改动。请把 {log} 发给我们。",
    ),
}
