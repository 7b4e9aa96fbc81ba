"""What the icon, its window, the installer and its check say (English, Chinese)."""

SENTENCES: dict[str, tuple[str, str]] = {
    # the icon and its window
    "icon.name": ("Restock - drop your workbook here", "Restock - 把表格拖到这里"),
    "icon.choose": ("Which workbook shall be recomputed?", "要计算哪个表格？"),
    "icon.books": ("Workbooks", "表格"),
    "icon.no_books": (
        "{names} cannot be recomputed: drop an .xlsx or .xlsm here.",
        "{names} 不能计算：请拖入 .xlsx 或 .xlsm 文件。",
    ),
    "icon.not_opened": ("Open {path} yourself: no program for it was found.", "请自行打开 {path}：没有找到对应的程序。"),
    "icon.no_window": (
        "No window can be shown here. Type: restock drop BOOK.xlsx",
        "这里无法显示窗口。请输入：restock drop 表格.xlsx",
    ),
    # the installer
    "install.icon": (
        "Icon: {path}. Double-click it to choose a workbook, or drop one on it.",
        "图标：{path}。双击选择表格，或把表格拖上去。",
    ),
    "install.settings": ("Excel will use the Python at {python} ({path}).", "Excel 将使用 {python} 的 Python（{path}）。"),
    "install.script": ("The buttons of Excel for Mac may start Python now ({path}).", "Mac 版 Excel 的按钮可以启动 Python 了（{path}）。"),
    "install.trust": (
        "Let Excel run the buttons: File, Options, Trust Center, Trust Center Settings, Trusted Locations, Add new location, "
        "choose the folder that holds your workbook, OK. Nothing of that was changed for you.",
        "让 Excel 允许按钮运行：文件 > 选项 > 信任中心 > 信任中心设置 > 受信任位置 > 添加新位置，选择放表格的文件夹，确定。这一步不会替您改。",
    ),
    "install.trust_mac": (
        "Let Excel run the buttons: when the workbook opens choose Enable Macros; when asked, let Excel control Python.",
        "让 Excel 允许按钮运行：打开表格时选“启用宏”；系统询问时，允许 Excel 控制 Python。",
    ),
    "install.no_excel": (
        "Excel runs no buttons on this computer ({system}): recompute with the icon instead.",
        "本机（{system}）的 Excel 不能运行按钮：请用图标计算。",
    ),
    "install.no_extension": (
        "The LibreOffice extension is not part of this installation. Update restock, then run restock install --libreoffice.",
        "当前安装不含 LibreOffice 扩展。请更新 restock 后运行 restock install --libreoffice。",
    ),
    "install.removed": ("Removed: {path}", "已删除：{path}"),
    "install.nothing": ("Nothing of restock was found outside the Python package.", "除 Python 包以外，没有发现 restock 的文件。"),
    # the check, line by line
    "check.good": ("works", "正常"),
    "check.bad": ("TO DO", "待修"),
    "check.note": ("note", "提示"),
    "check.python": ("Python {version} at {path}", "Python {version}，位于 {path}"),
    "check.package": ("{name} {version}", "{name} {version}"),
    "check.no_package": (
        '{name} is missing: no workbook with buttons can be made or used. Run: pip install "restock[excel]"',
        '缺少 {name}：无法制作或使用带按钮的表格。请运行：pip install "restock[excel]"',
    ),
    "check.library": ("The functions in cells reach Python ({path})", "单元格函数可以连到 Python（{path}）"),
    "check.no_library": (
        "{name} is not beside Python, so functions in cells cannot reach it. Run: pip install --force-reinstall "
        "xlwings=={version}",
        "Python 旁边没有 {name}，单元格函数连不上。请运行：pip install --force-reinstall xlwings=={version}",
    ),
    "check.settings": ("Excel is told to use this Python ({path})", "Excel 已指定使用本 Python（{path}）"),
    "check.no_settings": ("Excel is not told which Python to use. Run: restock install --excel", "Excel 还不知道用哪个 Python。请运行：restock install --excel"),
    "check.other_python": (
        "Excel is told to use another Python, {python}. If that is not meant, run: restock install --excel",
        "Excel 指定的是另一个 Python：{python}。如非本意，请运行：restock install --excel",
    ),
    "check.script": ("Excel for Mac may start Python ({path})", "Mac 版 Excel 可以启动 Python（{path}）"),
    "check.no_script": ("Excel for Mac may not start Python yet. Run: restock install --excel", "Mac 版 Excel 还不能启动 Python。请运行：restock install --excel"),
    "check.window": ("Windows and dialogs can be shown", "可以显示窗口和对话框"),
    "check.no_window": (
        "No window can be shown (tkinter is missing or there is no screen): the icon works by dropping only. On Linux "
        "install python3-tk.",
        "无法显示窗口（缺少 tkinter 或没有屏幕）：图标只能用拖放。Linux 请安装 python3-tk。",
    ),
    "check.icon": ("Icon on the desktop ({path})", "桌面图标（{path}）"),
    "check.no_icon": ("No icon on the desktop. Run: restock install", "桌面没有图标。请运行：restock install"),
    "check.office": ("LibreOffice at {path}", "LibreOffice 位于 {path}"),
    "check.no_office": ("No LibreOffice on this computer; nothing needs it.", "本机没有 LibreOffice，不影响使用。"),
    "check.book": ("{name} can be read and written", "{name} 可以读写"),
    "check.no_book": ("There is no file {name}. Check the name and the folder.", "没有文件 {name}。请检查名字和文件夹。"),
    "check.blocked": (
        "{name} came from the internet and Excel blocks its buttons. Right-click it in the Explorer, Properties, tick "
        "Unblock, OK.",
        "{name} 来自网络，Excel 会拦住按钮。请在资源管理器里右键它，选“属性”，勾选“解除锁定”，确定。",
    ),
    "check.read_only": (
        "{name} is read-only. Right-click it, Properties, untick Read-only; or copy it to a folder of yours.",
        "{name} 是只读的。请右键它，选“属性”，取消“只读”；或复制到自己的文件夹。",
    ),
    "check.folder": (
        "The folder {path} cannot be written, so no backup can be kept. Move the workbook to a folder of yours.",
        "文件夹 {path} 不能写入，没法留备份。请把表格移到自己的文件夹。",
    ),
    "check.cloud": (
        "{name} lies in OneDrive. It works where the folder is kept on this computer: right-click the folder, Always keep on "
        "this device.",
        "{name} 在 OneDrive 里。文件夹保留在本机就能用：右键文件夹，选“始终保留在此设备上”。",
    ),
    "check.book_version": (
        "{name} was made with xlwings {made}, here is {version}: its functions in cells and, on a Mac, its buttons do not "
        "work. Run: pip install xlwings=={made}; then restock install",
        "{name} 用 xlwings {made} 制作，本机是 {version}：单元格函数以及 Mac 上的按钮不能用。请运行：pip install xlwings=={made}，"
        "再运行 restock install",
    ),
}
