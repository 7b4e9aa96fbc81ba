"""Code that loads xlwings' modules of Windows with stand-ins for pywin32; `SERVED` loads our functions with them."""

STAND_INS = """
import sys, types
for name in ("pythoncom", "pywintypes", "win32com", "win32com.client", "win32api", "win32con", "win32timezone"):
    sys.modules[name] = types.ModuleType(name)
sys.modules["pythoncom"].CoInitialize = lambda *given: None
sys.modules["pywintypes"].com_error = Exception
sys.modules["win32com"].client = sys.modules["win32com.client"]
sys.modules["win32com.client"].Dispatch = lambda *given: None
import xlwings, xlwings.udfs as udfs
xlwings.func, xlwings.arg = udfs.xlfunc, udfs.xlarg
"""
SERVED = STAND_INS + "import restock_xl.hosts.excel.udfs as served\n"
