"""Our VBA in a real spreadsheet program: headless LibreOffice, on a build without xlwings' own module."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from restock.text import Words, say
from restock_xl.sheets.buttons import MACROS

from .macro_books import need_packages

need_packages()

from restock_xl.hosts.excel.macro_book import write_macro_book  # noqa: E402
from restock_xl.sheets.new_book import new_book  # noqa: E402

PYTHON = "/usr/bin/python3"
SCRIPT = """
import json, subprocess, sys, time
import uno
from com.sun.star.beans import PropertyValue

def value(name, content):
    made = PropertyValue()
    made.Name, made.Value = name, content
    return made

book, profile = sys.argv[1:]
office = subprocess.Popen(["soffice", "--headless", "--norestore", "--nologo", "--nodefault",
                           "--accept=pipe,name=restockmacros;urp;", "-env:UserInstallation=" + profile])
try:
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(240):
        try:
            remote = resolver.resolve("uno:pipe,name=restockmacros;urp;StarOffice.ComponentContext")
            break
        except Exception:
            time.sleep(0.25)
    desktop = remote.ServiceManager.createInstance("com.sun.star.frame.Desktop")
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(book), "_blank", 0,
                                            (value("Hidden", True), value("MacroExecutionMode", 4)))
    sheet = document.Sheets.getByIndex(0)
    found = {"cells": [], "buttons": [], "macros": [], "ran": []}
    for row, formula in enumerate(('=RestockWide("4E2D6587")', '=RestockSay("save_first")')):
        cell = sheet.getCellByPosition(20, row)
        cell.setFormula(formula)
        found["cells"].append(cell.String)
    form = sheet.DrawPage.Forms.getByIndex(0)
    for index in range(form.Count):
        found["buttons"].append(form.getByIndex(index).Label)
        found["macros"].append(form.getScriptEvents(index)[0].ScriptCode)
    provider = document.getScriptProvider()
    for code in found["macros"]:
        provider.getScript(code).invoke((), (), ())
        found["ran"].append(code)
    document.close(True)
    desktop.terminate()
finally:
    try:
        office.wait(20)
    except subprocess.TimeoutExpired:
        office.kill()
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What LibreOffice makes of a Chinese book: cells that call VBA, its buttons, and that each macro runs."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    if not Path(PYTHON).exists() or subprocess.run([PYTHON, "-c", "import uno"], capture_output=True).returncode:
        pytest.skip("LibreOffice's Python module uno is not installed (apt install python3-uno)")
    folder = tmp_path_factory.mktemp("宏 办公")
    new_book(folder / "plain.xlsx", "zh", native=True, named=False, buttons=True)
    write_macro_book(folder / "plain.xlsx", folder / "库存 表.xlsm", "zh", with_xlwings=False)
    command = [PYTHON, "-c", SCRIPT, str(folder / "库存 表.xlsm"), (folder / "profile").as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stderr
    answer: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    return answer


def test_a_cell_calls_our_vba(found: dict[str, list[str]]) -> None:
    """A function of our modules answers in a cell, Chinese included: the project is read and compiled."""
    assert found["cells"] == ["中文", say("macro.save_first", Words("zh"))]


def test_buttons_are_bound_to_their_macros(found: dict[str, list[str]]) -> None:
    """Every button arrives with its caption and the macro that it runs."""
    assert found["buttons"] == [say(f"button.{command}", Words("zh")) for command in MACROS]
    names = [code.split(".")[-1].split("?")[0] for code in found["macros"]]
    assert names == list(MACROS.values())


def test_every_macro_runs_up_to_its_call(found: dict[str, list[str]]) -> None:
    """Pressed where our extension is missing, each macro comes back without an error of its own."""
    assert found["ran"] == found["macros"]
