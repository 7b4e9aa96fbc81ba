"""Our macros run by pyOpenVBA's interpreter, in an Excel of its own: what they start, say, and put back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from .macro_books import need_packages

need_packages()

from pyopenvba.apps.excel import ExcelApplication  # noqa: E402
from pyopenvba.apps.excel._model import Application, Workbook  # noqa: E402
from pyopenvba.interpreter._objects import MISSING, VBAObject, member, method  # noqa: E402
from pyopenvba.interpreter._values import VBAArray, VBAInt, error, to_text  # noqa: E402

from restock.text import Words, say  # noqa: E402
from restock_xl.hosts.excel.macro_book import write_macro_book  # noqa: E402
from restock_xl.sheets.layout import tab_names  # noqa: E402
from restock_xl.sheets.new_book import book_models  # noqa: E402
from restock_xl.sheets.render import render  # noqa: E402

PYTHON = r"C:\Users\李 雷\Python\python.exe"
HOME = r"C:\Users\李 雷"
SETTINGS = HOME + r"\.xlwings\xlwings.conf"
LIBRARY = r"C:\Users\李 雷\xlwings64-{}.dll"
MANUAL = -4135


@dataclass
class Computer:
    """The computer that the macros believe to be on."""

    files: dict[str, list[str]] = field(
        default_factory=lambda: {SETTINGS: [f'"INTERPRETER_WIN","{PYTHON}"'], PYTHON: []}
    )
    exit_code: int = 0
    told: list[str] = field(default_factory=list)
    started: list[str] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    saved: list[str] = field(default_factory=list)
    while_running: Callable[[], None] = lambda: None
    system: str = "Windows (64-bit) NT 10.00"
    read_only: bool = False


class Stream(VBAObject):
    def __init__(self, lines: list[str]) -> None:
        self.lines = list(lines)

    @member
    def AtEndOfStream(self) -> object:
        return not self.lines

    @method
    def ReadLine(self) -> object:
        return self.lines.pop(0)

    @method
    def Close(self) -> object:
        return None


class Files(VBAObject):
    def __init__(self, computer: Computer) -> None:
        self.computer = computer

    @method
    def FileExists(self, path: object = MISSING) -> object:
        return to_text(path) in self.computer.files

    @method
    def OpenTextFile(self, path: object = MISSING, mode: object = MISSING) -> object:
        return Stream(self.computer.files[to_text(path)])

    @method
    def GetParentFolderName(self, path: object = MISSING) -> object:
        return to_text(path).rpartition("\\")[0]


class Shell(VBAObject):
    def __init__(self, computer: Computer) -> None:
        self.computer = computer

    @method
    def ExpandEnvironmentStrings(self, text: object = MISSING) -> object:
        return to_text(text).replace("%USERPROFILE%", HOME)

    @method
    def Run(self, line: object = MISSING, style: object = MISSING, wait: object = MISSING) -> object:
        self.computer.started.append(to_text(line))
        self.computer.while_running()
        return VBAInt(self.computer.exit_code, "Long")

    @method
    def Popup(self, text: object = MISSING, *others: object) -> object:
        self.computer.told.append(to_text(text))
        return VBAInt(1, "Long")


class OnWindows(Application):
    computer: Computer

    @member
    def OperatingSystem(self) -> object:
        return self.computer.system

    @member
    def Hwnd(self) -> object:
        return VBAInt(4711, "Long")

    @method
    def Run(self, Macro: object = MISSING, *args: object) -> object:
        self.computer.run.append(to_text(Macro))
        return None


class OpenBook(Workbook):
    computer: Computer

    @member
    def ReadOnly(self) -> object:
        return self.computer.read_only

    @method
    def SaveCopyAs(self, Filename: object = MISSING) -> object:
        self.computer.saved.append(to_text(Filename))
        return None


@dataclass
class Excel:
    """An Excel with one open book, and the computer around it."""

    app: ExcelApplication
    computer: Computer
    words: Words

    def press(self, macro: str) -> list[str]:
        """Run a macro; what was told."""
        self.app.run(macro)
        return self.computer.told

    @property
    def state(self) -> tuple[Any, ...]:
        """What a macro must leave as it was."""
        excel = self.app.application
        place = (self.app.workbook.vba_get("ActiveSheet").name, excel.vba_get("Selection").vba_get("Address"))
        return (excel.calculation, excel.screen_updating, excel.enable_events, excel.status_bar, *place)


def _opened(path: Path, language: str) -> Excel:
    """A book named as people name theirs, open; made in the other language than its Settings name."""
    made = {model.name: model for model in book_models(language, native=True)}
    sheets = [made[name] for name in (tab_names(language)[key] for key in ("Start", "Today", "Settings"))]
    plain = path.with_name("plain.xlsx")
    render(sheets, plain)
    write_macro_book(plain, path, "zh" if language == "en" else "en")
    app = ExcelApplication.open(path)
    app.application.__class__, app.workbook.__class__ = OnWindows, OpenBook
    return Excel(app, Computer(), Words(language))


@pytest.fixture(scope="module", params=["en", "zh"])
def opened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Excel:
    language = str(request.param)
    return _opened(tmp_path_factory.mktemp("库存 表") / "库存 & 表's.xlsm", language)


@pytest.fixture
def excel(opened: Excel) -> Excel:
    """The open book on a computer as it should be, calculating when asked."""
    computer = opened.computer = opened.app.application.computer = opened.app.workbook.computer = Computer()
    made = {"wscript.shell": lambda: Shell(computer), "scripting.filesystemobject": lambda: Files(computer)}
    opened.app.interpreter.host.create = lambda name: made[name.lower()]()
    opened.app.application.calculation = MANUAL
    return opened


@pytest.mark.parametrize(
    ("macro", "command"),
    [
        ("RestockRecompute", "recompute"), ("RestockExport", "export"), ("RestockCheck", "check"),
        ("RestockExplain", "explain"), ("RestockLastBackup", "last_backup"),
    ],
)  # fmt: skip
def test_a_button_starts_python(excel: Excel, macro: str, command: str) -> None:
    """Each macro starts the named Python on its command for this very book, and tells and changes nothing itself."""
    before = excel.state
    assert excel.press(macro) == []
    name = excel.app.workbook.name
    assert excel.computer.started == [
        f'"{PYTHON}" -P -X utf8 -m restock_xl.hosts.excel.button {command} "--wb={name}" --from_xl=1 --hwnd=4711'
    ]
    assert excel.state == before


def test_the_status_bar_says_that_it_runs(excel: Excel) -> None:
    """While Python works the status bar says so."""
    seen: list[object] = []
    excel.computer.while_running = lambda: seen.append(excel.app.application.status_bar)
    excel.press("RestockRecompute")
    assert seen == [say("macro.running", excel.words).replace("…", "...")]


def _meddle(excel: Excel) -> None:
    """What a Python that dies halfway may leave behind."""
    application = excel.app.application
    application.calculation, application.screen_updating, application.enable_events = -4105, False, False
    application.status_bar = "halfway"
    excel.app.workbook.sheets_[1].vba_get("Activate")


@pytest.mark.parametrize(
    ("code", "key", "hole"),
    [
        (1, "package_missing", ("{path}", PYTHON)), (3, "xlwings_missing", ("{path}", PYTHON)),
        (4, "book_lost", ("", "")), (-1073741515, "python_failed", ("{code}", "-1073741515")),
    ],
    ids=["no restock", "no xlwings", "book out of reach", "Python died"],
)  # fmt: skip
def test_a_failure_is_one_sentence_and_excel_is_as_before(
    excel: Excel, code: int, key: str, hole: tuple[str, str]
) -> None:
    """Whatever Python leaves behind, calculation, drawing, events, status bar, sheet and selection come back."""
    before = excel.state
    excel.computer.exit_code = code
    excel.computer.while_running = lambda: _meddle(excel)
    name, value = hole
    expected = say(f"macro.{key}", excel.words, **({name.strip("{}"): value} if name else {}))
    assert excel.press("RestockRecompute") == [expected]
    assert excel.state == before


def test_a_start_that_raises_is_one_sentence(excel: Excel) -> None:
    """Where Windows refuses to start Python the macro says so and puts everything back."""
    before = excel.state

    def refuse() -> None:
        _meddle(excel)
        raise error(70)

    excel.computer.while_running = refuse
    told = excel.press("RestockRecompute")
    assert len(told) == 1
    assert "restock install --check" in told[0]
    assert excel.state == before


def _no_settings(computer: Computer) -> None:
    del computer.files[SETTINGS]


def _python_gone(computer: Computer) -> None:
    del computer.files[PYTHON]


def _read_only(computer: Computer) -> None:
    computer.read_only = True


@pytest.mark.parametrize(
    ("change", "key", "params"),
    [
        (_no_settings, "no_python", {}), (_python_gone, "python_gone", {"path": PYTHON}), (_read_only, "read_only", {}),
    ],
    ids=["no Python", "Python gone", "read-only"],
)  # fmt: skip
def test_a_hindrance_is_said_before_anything_starts(
    excel: Excel, change: Callable[[Computer], None], key: str, params: dict[str, str]
) -> None:
    """What keeps Python from starting is said in the language that the book's Settings name, and nothing starts."""
    change(excel.computer)
    before = excel.state
    assert excel.press("RestockRecompute") == [say(f"macro.{key}", excel.words, **params)]
    assert excel.computer.started == []
    assert excel.state == before


def test_opening_without_python_says_so_in_the_status_bar(excel: Excel) -> None:
    """Where Python is missing the book opens with a word in the status bar, which goes on the next sheet."""
    _no_settings(excel.computer)
    excel.app.run("RestockOpened")
    assert excel.app.application.status_bar == say("macro.at_opening", excel.words)
    assert excel.computer.told == []
    excel.app.run("RestockQuiet")
    assert excel.app.application.status_bar is False


def test_opening_with_another_xlwings_names_the_one_needed(excel: Excel) -> None:
    """The library that answers cells carries xlwings' version; where it is another one the sentence names ours."""
    import xlwings

    excel.app.run("RestockOpened")
    expected = say("macro.versions_differ", excel.words, made=xlwings.__version__)
    assert excel.app.application.status_bar == expected
    excel.app.application.status_bar = False
    excel.computer.files[LIBRARY.format(xlwings.__version__)] = []
    excel.app.run("RestockOpened")
    assert excel.app.application.status_bar is False
    assert excel.app.workbook.vba_get("Saved")


def test_a_ribbon_button_runs_its_macro(excel: Excel) -> None:
    """Every button of the ribbon is known to the macro that it calls."""
    import re

    from restock_xl.hosts.excel.ribbon import ribbon_xml

    class Control(VBAObject):
        def __init__(self, name: str) -> None:
            self.name = name

        @member
        def ID(self) -> object:
            return self.name

    names = re.findall(r'<button id="restock_(\w+)"', ribbon_xml("en"))
    for name in names:
        excel.app.run("RestockRibbon", Control(f"restock_{name}"))
    assert [re.findall(r"button (\w+) ", line)[0] for line in excel.computer.started] == names
    assert len(names) == 5


@pytest.mark.parametrize(
    ("bounds", "sent", "shown"),
    [
        ([(1, 2), (1, 2)], [1.0, "RED", "#N/A", "#NUM!"], "1.0|Error 2042|RED|Error 2036"),
        ([(0, 2)], ["#VALUE!", 2.0, "N/A"], "Error 2015|2.0|N/A"),
    ],
    ids=["a table", "one row, which comes as a list"],
)
def test_errors_from_python_are_errors_in_the_cells(
    excel: Excel, bounds: list[tuple[int, int]], sent: list[object], shown: str
) -> None:
    """The texts by which Python sends errors become errors; numbers and other texts stay. VBA counts columns first."""
    found = excel.app.run("RestockAnswer", VBAArray(bounds, items=list(sent)))
    flat = [value for row in found for value in (row if isinstance(row, list) else [row])]
    assert "|".join(map(str, flat)) == shown
    assert [str(excel.app.run("RestockAnswer", value)) for value in ("#REF!", "GREEN")] == ["Error 2023", "GREEN"]


def test_a_copy_is_saved_without_touching_the_book(excel: Excel, tmp_path: Path) -> None:
    """Where Python cannot save a copy itself, a macro does: the book keeps its name and its state."""
    before = excel.state, excel.app.workbook.name
    excel.app.run("RestockSaveCopy", str(tmp_path / "copy.xlsm"))
    assert excel.computer.saved == [str(tmp_path / "copy.xlsm")]
    assert (excel.state, excel.app.workbook.name) == before
