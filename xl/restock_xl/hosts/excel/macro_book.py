"""A workbook with macros, made without Excel: our VBA and xlwings' own, a ribbon tab, and buttons that call them.

The VBA project is pyOpenVBA's, which starts from one that Excel made. xlwings' module is taken from the package that is
installed, so that the library which answers functions in cells is of the same version.
"""

from __future__ import annotations

import re
import tempfile
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from types import ModuleType

from restock.errors import WorkbookError
from restock.functions.udf import vba_module
from restock_xl.hosts.excel.ribbon import add_ribbon
from restock_xl.hosts.excel.vba_text import MODULE as TEXT_MODULE
from restock_xl.hosts.excel.vba_text import vba_text_module
from restock_xl.package.book import Book
from restock_xl.package.content_types import ContentTypes

UDF_MODULE = "restock_xl.hosts.excel.udfs"
"""The Python module that answers functions in cells."""

MACRO_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
EXCEL_ENGINE = b"191029"
"""Calculation engine of Excel 2019 and later. A file of an older one is calculated whole on opening, which would lose
the last values of our functions where Python is missing."""

_TERMINATOR = b"\x10\x00" + bytes(4)
_CALC_ID = re.compile(rb'calcId="\d+"')


def write_macro_book(plain: Path, out: Path, language: str, functions: bool = True, with_xlwings: bool = True) -> None:
    """Write the workbook `plain` as `out`, a workbook with macros.

    Args:
        plain: An .xlsx of ours whose buttons call our macros.
        out: The .xlsm to write.
        language: "en" or "zh": of the ribbon, and of the macros where the book's Settings cannot be read.
        functions: Let cells ask Python for our functions; then no name in the book may be called like one.
        with_xlwings: Only a test leaves xlwings' own module out: beside it LibreOffice returns nothing from VBA.
    Raises:
        WorkbookError: pyOpenVBA or xlwings is not installed.
    """
    openvba, xlwings = _needed("pyopenvba"), _needed("xlwings")
    with tempfile.TemporaryDirectory() as folder:
        frame = Path(folder) / "frame.xlsm"
        _write_frame(plain, frame, language)
        with openvba.ExcelFile(frame) as book:
            project = book.add_vba_project()
            book.set_module("ThisWorkbook", _source("ThisWorkbook.bas"))
            for name, source in _modules(language, functions, xlwings.__version__ if with_xlwings else "").items():
                project.add_module(name, source)
            if with_xlwings:
                _add_xlwings(project, xlwings, openvba)
            book.save(frame)
        _save_exact(frame, out)


def _needed(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError as error:
        raise WorkbookError(
            'A workbook with macros needs two more packages. Run: pip install "restock[excel]"; or make an .xlsx, '
            "which needs none."
        ) from error


def _write_frame(plain: Path, frame: Path, language: str) -> None:
    """The package as one that may hold macros, with the ribbon."""
    book = Book(plain)
    types = ContentTypes(book.archive)
    types.assign(book.part, MACRO_TYPE)
    types.store(book.archive)
    data = _CALC_ID.sub(b'calcId="' + EXCEL_ENGINE + b'"', book.archive.read(book.part))
    book.archive.write(book.part, data)
    add_ribbon(book.archive, language)
    book.archive.save(frame)


def _modules(language: str, functions: bool, xlwings_version: str) -> dict[str, str]:
    """Our VBA modules by name, with the line ends of Windows."""
    texts = {
        "RestockMacros": _source("RestockMacros.bas"),
        TEXT_MODULE: vba_text_module(language, xlwings_version, functions),
    }
    if functions:
        texts["RestockFunctions"] = vba_module(UDF_MODULE, language=language)
    return {name: _windows(text) for name, text in texts.items()}


def _add_xlwings(project: object, xlwings: ModuleType, openvba: ModuleType) -> None:
    """Put in xlwings' module, and the dictionary that it uses on a Mac."""
    folder = Path(xlwings.__file__ or "").parent
    module, dictionary = folder / "xlwings.bas", folder / "addin" / "Dictionary.cls"
    try:
        sources = [_windows(path.read_text(encoding="cp1252")) for path in (module, dictionary)]
    except OSError as error:
        raise WorkbookError(
            f"The installed xlwings {xlwings.__version__} lacks {Path(error.filename).name}. Install it anew: "
            "pip install --force-reinstall xlwings."
        ) from error
    project.add_module("xlwings", sources[0])  # type: ignore[attr-defined]
    kind = openvba.VBAModuleKind.other
    project.add_module("Dictionary", sources[1], kind=kind)  # type: ignore[attr-defined]


def _save_exact(made: Path, out: Path) -> None:
    """Write the workbook with its list of modules ending at its terminator (MS-OVBA 2.3.4.2).

    pyOpenVBA 6.5 writes the terminator's four reserved bytes twice.
    """
    from pyopenvba.cfb import CFB
    from pyopenvba.vba import compress, decompress

    book = Book(made)
    part = book.part_of_kind("vbaProject") or ""
    file = CFB.from_bytes(book.archive.read(part))
    records = decompress(file.get_stream_in_storage("VBA", "dir"))
    if records.endswith(_TERMINATOR + bytes(4)):
        file.write_stream_in_storage("VBA", "dir", compress(records[:-4]))
        book.archive.write(part, file.to_bytes())
    book.archive.save(out)


def _source(name: str) -> str:
    return _windows((files(__package__) / name).read_text(encoding="ascii"))


def _windows(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")
