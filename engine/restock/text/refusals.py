"""Why a workbook cannot be read, changed or written (English, Chinese)."""

_SAVE_AS = 'Open it in Excel, choose "Save as", and pick "Excel Workbook (*.xlsx)".'
_SAVE_AS_ZH = "请用 Excel 打开，选“另存为”，类型选“Excel 工作簿 (*.xlsx)”。"
_AS_IT_WAS = " Your workbook is as it was."
_AS_IT_WAS_ZH = "您的表格没有改动。"

SENTENCES: dict[str, tuple[str, str]] = {
    "refuse.no_file": (
        "There is no file {path}. Check the name and the folder.",
        "没有文件 {path}。请检查名字和文件夹。",
    ),
    "refuse.folder": ("{path} is a folder. Name the workbook in it.", "{path} 是文件夹。请指定里面的表格。"),
    "refuse.no_access": (
        "{path} may not be read. Ask for access, or copy it to a folder of yours.",
        "没有读取 {path} 的权限。请申请权限，或复制到自己的文件夹。",
    ),
    "refuse.cannot_read": (
        "{name} cannot be read ({reason}). Check that it is a file, that you may open it, and that no other program "
        "holds it; then try again.",
        "读不了 {name}（{reason}）。请确认它是文件、您有权打开，并且没有被别的程序占用，再试一次。",
    ),
    "refuse.empty": (
        "{name} is empty (0 bytes). Take the last backup, or copy the workbook again.",
        "{name} 是空的（0字节）。请用最近的备份，或重新复制一份。",
    ),
    "refuse.web_page": (
        f"{{name}} is a web page or XML with the name of a workbook, as some shops export it. {_SAVE_AS}",
        f"{{name}} 其实是网页或 XML，只是用了表格的文件名，有些店铺会这样导出。{_SAVE_AS_ZH}",
    ),
    "refuse.text": (
        "{name} is a text file (such as CSV), not an Excel workbook. Open it in Excel, check the columns, and save it as "
        '"Excel Workbook (*.xlsx)", or paste its rows into your workbook.',
        "{name} 是文本文件（如 CSV），不是 Excel 表格。请用 Excel 打开，核对各列后另存为“Excel 工作簿 (*.xlsx)”，"
        "或把内容贴到您的表里。",
    ),
    "refuse.other_kind": (
        f"{{name}} is not an Excel workbook. An .xlsx or .xlsm file was expected. {_SAVE_AS}",
        f"{{name}} 不是 Excel 表格，需要 .xlsx 或 .xlsm。{_SAVE_AS_ZH}",
    ),
    "refuse.password": (
        "{name} is protected with a password, so it cannot be read. Open it in Excel, choose File > Info > Protect "
        "Workbook > Encrypt with Password, clear the password, save, and try again.",
        "{name} 有密码，读不了。请用 Excel 打开，在 文件 > 信息 > 保护工作簿 > 用密码进行加密 里清空密码，保存后再试。",
    ),
    "refuse.xls": (
        f"{{name}} is in the old .xls format (Excel 97-2003); .xlsx or .xlsm was expected. {_SAVE_AS}",
        f"{{name}} 是旧的 .xls 格式（Excel 97-2003），需要 .xlsx 或 .xlsm。{_SAVE_AS_ZH}",
    ),
    "refuse.zip_password": (
        "{name} is a zip file with a password. Unpack it, remove the password, and use the workbook itself.",
        "{name} 是带密码的压缩包。请解压并去掉密码，直接使用里面的表格。",
    ),
    "refuse.unpacks_large": (
        "{name} would unpack to {size} MB, which is more than a workbook should hold, so it was not opened. If you trust "
        "it, delete rows and columns that are not needed, save it under a new name, and try again.",
        "{name} 解开后有 {size} MB，超出一般表格的大小，没有打开。如果确认可信，请删掉不需要的行和列，另存为新文件再试。",
    ),
    "refuse.too_large": (
        "{name} is larger than {size} MB, which is more than a workbook should hold, so it was not opened. If you trust "
        "it, delete rows and columns that are not needed, save it under a new name, and try again.",
        "{name} 超过 {size} MB，超出一般表格的大小，没有打开。如果确认可信，请删掉不需要的行和列，另存为新文件再试。",
    ),
    "refuse.xlsb": (
        f"{{name}} is in the binary .xlsb format; .xlsx or .xlsm was expected. {_SAVE_AS}",
        f"{{name}} 是二进制 .xlsb 格式，需要 .xlsx 或 .xlsm。{_SAVE_AS_ZH}",
    ),
    "refuse.numbers": (
        "{name} is an Apple Numbers file. In Numbers choose File > Export To > Excel, and use that file.",
        "{name} 是苹果 Numbers 文件。请在 Numbers 里选 文件 > 导出为 > Excel，使用导出的文件。",
    ),
    "refuse.word": (
        "{name} is a Word document, not an Excel workbook. Choose the workbook.",
        "{name} 是 Word 文档，不是 Excel 表格。请选择表格文件。",
    ),
    "refuse.powerpoint": (
        "{name} is a PowerPoint file, not an Excel workbook. Choose the workbook.",
        "{name} 是 PowerPoint 文件，不是 Excel 表格。请选择表格文件。",
    ),
    "refuse.ods": (
        "{name} is an OpenDocument file (.ods), not an Excel workbook. Open it in LibreOffice or WPS, choose "
        '"Save as", and pick "Excel 2007-365 (.xlsx)".',
        "{name} 是 OpenDocument 文件（.ods），不是 Excel 表格。请用 LibreOffice 或 WPS 打开，另存为“Excel 2007-365 (.xlsx)”。",
    ),
    "refuse.zip": (
        "{name} is a zip file, but no Excel workbook. If the workbook lies inside it, unpack it first and use the .xlsx "
        "file.",
        "{name} 是压缩包，不是 Excel 表格。如果表格在里面，请先解压，再使用其中的 .xlsx 文件。",
    ),
    "refuse.damaged_file": (
        "{name} is damaged ({detail}), often after a broken download or copy. Open it in Excel and let Excel repair and "
        "save it, copy it again from where it came from, or use the last backup.",
        "{name} 已损坏（{detail}），多半是下载或复制不完整。请用 Excel 打开并修复保存，或从原处重新复制，或使用最近的备份。",
    ),
    "refuse.damaged_part": (
        "The workbook is damaged: {part} inside it cannot be read ({detail}). Open it in Excel, let Excel repair it, save "
        "it, and try again; or use the last backup.",
        "表格已损坏：其中的 {part} 读不出来（{detail}）。请用 Excel 打开并修复，保存后再试；或使用最近的备份。",
    ),
    "refuse.no_sheet": (
        '{name} has no sheet called "{sheet}". It has: {sheets}. Check the name of the tab.',
        "{name} 没有叫“{sheet}”的工作表。现有：{sheets}。请核对标签名。",
    ),
    "refuse.strict": (
        '{name} is saved as "Strict Open XML Spreadsheet", which cannot be edited safely. In Excel choose "Save as" and '
        'pick "Excel Workbook (*.xlsx)".',
        "{name} 存成了“Strict Open XML 电子表格”，无法安全修改。请在 Excel 里另存为“Excel 工作簿 (*.xlsx)”。",
    ),
    "refuse.signed": (
        "{name} is digitally signed, and any change would break the signature. Remove it under File > Info > View "
        "Signatures, or save a copy, and try again.",
        "{name} 带有数字签名，任何改动都会使签名失效。请在 文件 > 信息 > 查看签名 里删除签名，或另存一份再试。",
    ),
    "refuse.shared": (
        "{name} is a shared workbook that tracks changes. In Excel choose Review > Unshare Workbook (or Share Workbook "
        "and clear the tick), save, and try again.",
        "{name} 是记录修订的共享工作簿。请在 Excel 里选 审阅 > 取消共享工作簿（或在“共享工作簿”里去掉勾选），保存后再试。",
    ),
    "refuse.locked": (
        "{name} does not let sheets be added because its structure is locked. In Excel choose Review > Protect Workbook "
        "to unlock it, save, and try again.",
        "{name} 锁定了工作簿结构，不能添加工作表。请在 Excel 里选 审阅 > 保护工作簿 解除锁定，保存后再试。",
    ),
    "refuse.open": (
        "{name} is open in {program:s}, here or on a colleague's computer. Save and close it there, then try again. If "
        'nobody has it open, delete the file "{lock}" beside it.',
        "{name} 正在 {program:s} 里打开（本机或同事的电脑）。请在那里保存并关闭，再试一次。如果没有人打开，"
        "请删除它旁边的文件“{lock}”。",
    ),
    "refuse.excel_or_wps": ("Excel or WPS", "Excel 或 WPS"),
    "refuse.wps": ("WPS", "WPS"),
    "refuse.libreoffice": ("LibreOffice", "LibreOffice"),
    "refuse.changed": (
        "{name} was changed or moved by another program while it was being computed, so nothing was written over it. "
        "Close it everywhere, let cloud folders finish, and try again.",
        "计算期间 {name} 被别的程序改动或移走了，所以没有覆盖它。请在各处关闭它，等云盘同步完，再试一次。",
    ),
    "refuse.disk_full": (
        "{name} was not saved because the disk is full. Free about {megabytes} MB (empty the recycle bin, delete old "
        "downloads) and try again." + _AS_IT_WAS,
        "磁盘已满，{name} 没有保存。请腾出约 {megabytes} MB（清空回收站、删掉旧的下载）再试。" + _AS_IT_WAS_ZH,
    ),
    "refuse.not_allowed": (
        "{name} was not saved because this folder or file may not be changed. Close the workbook everywhere, move it to "
        "a folder of your own such as Documents, and try again." + _AS_IT_WAS,
        "这个文件夹或文件不允许改动，{name} 没有保存。请在各处关闭表格，移到自己的文件夹（如“文档”）再试。" + _AS_IT_WAS_ZH,
    ),
    "refuse.not_saved": (
        "{name} was not saved ({detail}). Check the disk or the network folder and try again." + _AS_IT_WAS,
        "{name} 没有保存（{detail}）。请检查磁盘或网络文件夹，再试一次。" + _AS_IT_WAS_ZH,
    ),
    "refuse.out_ending": (
        "{name} must end in {ending}, like the book that it is made from.",
        "{name} 的扩展名必须是 {ending}，与原表一致。",
    ),
    "refuse.not_proven": (
        "The new workbook did not pass its check ({detail}), so it was not put in place and your workbook is as it was. "
        "Please report this as a fault of Restock.",
        "新写的表格没有通过检查（{detail}），没有采用，您的表格没有改动。这是 Restock 的问题，请告诉我们。",
    ),
    "refuse.in_cloud": (
        "This book lies in the cloud and no folder of this computer holds it. Save it to a folder on this computer, open "
        "it there, and try again.",
        "本表在云端，本机没有对应的文件夹。请保存到本机的文件夹，从那里打开再试。",
    ),
    "refuse.never_saved": (
        "Save this book to a folder on this computer first, as .xlsx or .xlsm; then try again.",
        "请先把本表保存到本机的文件夹，格式为 .xlsx 或 .xlsm，再试一次。",
    ),
    "refuse.ending": (
        "{name} is not .xlsx or .xlsm. Save it as one of them and try again.",
        "{name} 不是 .xlsx 或 .xlsm。请另存为其中一种再试。",
    ),
    "refuse.no_copy": (
        "No copy of {name} could be made ({detail}). Finish what is being typed in a cell, and try again.",
        "无法生成 {name} 的副本（{detail}）。请完成正在输入的单元格，再试一次。",
    ),
    "refuse.no_copy_made": (
        "No copy of {name} could be made. Save the book, close it and use the Restock icon.",
        "无法生成 {name} 的副本。请保存并关闭本表，改用 Restock 图标。",
    ),
    "refuse.no_backup": (
        "No backup could be kept in {folder}, so nothing was changed. Save the book to a folder of your own, such as "
        "Documents, and try again.",
        "{folder} 里无法保留备份，所以没有改动。请把本表保存到自己的文件夹（如“文档”）再试。",
    ),
    "refuse.nothing_to_show": (
        "{name} has nothing to show yet. Recompute it first.",
        "{name} 还没有可以给人看的内容。请先重新计算。",
    ),
    "refuse.no_chat_text": (
        "{name} has no text for the group chat yet. Recompute it first.",
        "{name} 还没有可复制到群里的文字。请先重新计算。",
    ),
}
