"""The VBA project of a workbook with macros, read as strictly as Excel may read it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from .macro_books import need_packages, project_of

need_packages("pyopenvba", "xlwings", "oletools")

import xlwings  # noqa: E402
from oletools.olevba import VBA_Parser  # noqa: E402
from pyopenvba.cfb import CFB  # noqa: E402
from pyopenvba.vba import compress, decompress  # noqa: E402

from restock_xl.new import make_book  # noqa: E402
from restock_xl.package.book import Book  # noqa: E402

from .vba_project import Broken, read_project  # noqa: E402

MADE_BY_EXCEL = ("quickstart.xlsm", "addin/xlwings.xlam")


@pytest.fixture(scope="module")
def python_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("macros") / "stock.xlsm"
    make_book(path)
    return path


@pytest.fixture(scope="module")
def native_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("macros") / "stock.xlsm"
    make_book(path, "zh", "native")
    return path


@pytest.mark.parametrize("name", MADE_BY_EXCEL)
def test_the_reader_takes_what_excel_wrote(name: str) -> None:
    """Projects that Excel saved itself pass, so the reader asks for no more than Excel gives."""
    project = read_project(project_of(Path(xlwings.__file__).parent / name))
    assert {"ThisWorkbook", "Sheet1"} <= {module.name for module in project.modules}


def test_modules_of_a_python_book(python_book: Path) -> None:
    """A python book holds our three modules, xlwings' own, and one for the workbook and for each sheet."""
    project = read_project(project_of(python_book))
    sheets = [f"Sheet{number}" for number in range(1, len(Book(python_book).sheet_names) + 1)]
    standard = [module.name for module in project.modules if module.kind == "standard"]
    assert standard == ["RestockMacros", "RestockText", "RestockFunctions", "xlwings"]
    assert [m.name for m in project.modules if m.kind == "class"] == ["ThisWorkbook", *sheets, "Dictionary"]
    assert f'XLWINGS_VERSION As String = "{xlwings.__version__}"' in project.module("xlwings").source
    assert f'RESTOCK_XLWINGS As String = "{xlwings.__version__}"' in project.module("RestockText").source


def test_modules_of_a_native_book(native_book: Path) -> None:
    """A native book has buttons and xlwings' RunPython for the Mac, and no functions."""
    standard = [m.name for m in read_project(project_of(native_book)).modules if m.kind == "standard"]
    assert standard == ["RestockMacros", "RestockText", "xlwings"]


def _with_stream(data: bytes, place: tuple[str, ...], change: Callable[[bytes], bytes]) -> bytes:
    file = CFB.from_bytes(data)
    if len(place) == 1:
        file.write_stream(place[0], change(file.get_stream(place[0])))
    else:
        file.write_stream_in_storage(*place, change(file.get_stream_in_storage(*place)))
    return file.to_bytes()


def _text(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        assert old in data
        return _with_stream(data, ("PROJECT",), lambda text: text.replace(old, new, 1))

    return change


def _records(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    return lambda data: _with_stream(data, ("VBA", "dir"), lambda packed: compress(change(decompress(packed))))


def _garbage(data: bytes) -> bytes:
    start = data.index(b'CMG="') + 5
    return data[:start] + b"0123456789ABCDEF0123456789AB" + data[start + 28 :]


MUTATIONS: dict[str, Callable[[bytes], bytes]] = {
    "garbage in CMG": _garbage,
    "list of modules cut by 40 bytes": _records(lambda records: records[:-40]),
    "no module for Sheet2": _text(b"Document=Sheet2/&H00000000\r\n", b""),
    "file cut in half": lambda data: data[: len(data) // 2],
    "terminator written twice": _records(lambda records: records + bytes(4)),
    "one module more than there are": _records(
        lambda records: re.sub(
            rb"(?s)(\x0f\x00\x02\x00\x00\x00)(.)", lambda found: found[1] + bytes([found[2][0] + 1]), records
        )
    ),
    "source not where it is said": _records(
        lambda records: records.replace(b"\x31\x00\x04\x00\x00\x00\x00", b"\x31\x00\x04\x00\x00\x00\x07")
    ),
    "a module as a class": _text(b"Module=RestockMacros", b"Class=RestockMacros"),
    "another project's ID": _text(b'ID="{', b'ID="{F'),
    "source of another module": lambda data: _with_stream(
        data, ("VBA", "RestockText"), lambda _: compress(b'Attribute VB_Name = "Other"\r\n')
    ),
    "bare line ends": lambda data: _with_stream(
        data, ("VBA", "RestockText"), lambda _: compress(b'Attribute VB_Name = "RestockText"\r\n\n')
    ),
}


@pytest.mark.parametrize("mutation", MUTATIONS.values(), ids=MUTATIONS.keys())
def test_the_reader_has_teeth(python_book: Path, mutation: Callable[[bytes], bytes]) -> None:
    """Each damage, also what oletools and pyOpenVBA do not notice, is refused."""
    data = project_of(python_book)
    read_project(data)
    damaged = mutation(data)
    assert damaged != data
    with pytest.raises(Broken):
        read_project(damaged)


def test_oletools_reads_the_same_sources(python_book: Path) -> None:
    """oletools, which shares no code with the writer, finds every module with its very text."""
    found = {name.removesuffix(".bas").removesuffix(".cls"): text
             for _, _, name, text in VBA_Parser(str(python_book)).extract_all_macros()}  # fmt: skip
    for module in read_project(project_of(python_book)).modules:
        assert found[module.name].replace("\r\n", "\n") == module.source.replace("\r\n", "\n"), module.name


@pytest.mark.parametrize("language", ["python_book", "native_book"])
def test_our_sources_are_ascii_and_short_of_line(language: str, request: pytest.FixtureRequest) -> None:
    """VBA source is in Windows' own letters and takes lines of 1,023: ours is ASCII within that."""
    for module in read_project(project_of(request.getfixturevalue(language))).modules:
        if module.name.startswith("Restock"):
            assert module.source.isascii(), module.name
            assert max(map(len, module.source.splitlines())) < 1023, module.name
