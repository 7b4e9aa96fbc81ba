"""Our sheets in workbooks of every kind that other people and programs made."""

from __future__ import annotations

import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from restock.errors import WorkbookError
from restock_xl.package import graft
from restock_xl.package.book import Book

from .graft_proof import (
    CORPUS,
    KNOWN,
    VALIDATOR,
    Grafted,
    failures,
    grafted,
    new_sdk_errors,
    sample,
    unlike_ours,
    workbooks,
)

FUZZED = "apache__poi__{}__clusterfuzz-testcase-minimized-{}.xlsx"
REFUSED = {
    "ClosedXML__ClosedXML__1175__protectstructurewithoutpassword.xlsx": "structure is locked",
    "apache__poi__1356__extenxls_pwd123.xlsx": "protected with a password",
    FUZZED.format(1636, "POIXSSFFuzzer-5937385319563264"): "sheet8.xml inside it cannot be read",
    FUZZED.format(1638, "POIXSSFFuzzer-6419366255919104"): "is damaged",
    FUZZED.format(1639, "POIXSSFFuzzer-6448258963341312"): "is damaged",
    FUZZED.format(1640, "XLSX2CSVFuzzer-5025401116950528"): "is damaged",
    FUZZED.format(1641, "XLSX2CSVFuzzer-5542865479270400"): "is damaged",
    "apache__poi__1677__sample.strict.xlsx": "Strict Open XML",
    "apache__poi__1697__workbookProtection-workbook_password-2013.xlsx": "structure is locked",
    "apache__poi__1699__workbookProtection_workbook_revision_protected.xlsx": "tracks changes",
    "apache__poi__1709__hello-world-signed.xlsx": "digitally signed",
    "dotnet__Open-XML-SDK__1921__2D_Rotation-O12-XL-OartEffects.xlsx": "Strict Open XML",
    "dotnet__Open-XML-SDK__1925__Photo_Formats_-_CGM-O12-XL-Pictures.xlsx": "Strict Open XML",
    "dotnet__Open-XML-SDK__1931__3D_Rotation_Parallel_-O12-XL-OartEffects.xlsx": "Strict Open XML",
    "dotnet__Open-XML-SDK__2007__Revision_NameCommentChange.xlsx": "tracks changes",
    "nissl-lab__npoi__3002__738.xlsx": "structure is locked",
    "qax-os__excelize__1733__encryptAES.xlsx": "protected with a password",
}
"""What the sentence says of each file that must not be edited."""

CONVERTED = ("workbookProtection-sheet_password-2013", "0881__table19", "restock.en", "0727__macro01")
ABSENT = "the corpus of workbooks is not beside the project"

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("corpus")


@cache
def outcome(file: Path, folder: Path) -> Grafted:
    return grafted(file, folder)


@pytest.mark.parametrize("file", [file for file in workbooks() if file.name not in REFUSED], ids=lambda file: file.name)
def test_our_sheets_and_nothing_else(file: Path, folder: Path) -> None:
    """Sheets are added, replaced and replaced again: they read back and are valid, and every other part stays."""
    assert sorted(failures(outcome(file, folder))) == sorted(KNOWN.get(file.name, {}))


@pytest.mark.parametrize(("name", "sentence"), REFUSED.items(), ids=REFUSED)
def test_what_must_not_be_edited(name: str, sentence: str, folder: Path, tmp_path: Path) -> None:
    """A workbook that an edit would spoil is refused with a sentence, and left as it is."""
    if not CORPUS.is_dir():
        pytest.skip(ABSENT)
    book = shutil.copy(CORPUS / name, tmp_path / name)
    outcome(next(workbooks()), folder)
    scratch = folder / "ours-1900.xlsx"
    before = book.read_bytes(), book.stat().st_mtime_ns
    with pytest.raises(WorkbookError, match=sentence) as refusal:
        graft(book, scratch)
    assert str(refusal.value).endswith(".")
    assert (book.read_bytes(), book.stat().st_mtime_ns) == before
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_the_lists_name_files_that_exist() -> None:
    """Every file that is listed as refused or known is in the corpus."""
    if not CORPUS.is_dir():
        pytest.skip(ABSENT)
    assert {*REFUSED, *KNOWN} <= {file.name for file in CORPUS.iterdir()}


def test_the_open_xml_sdk_finds_nothing_new(folder: Path) -> None:
    """The validator of the Open XML SDK finds no error that the workbook did not have, in a sample of all features."""
    if not VALIDATOR:
        pytest.skip("OOXML_VALIDATOR does not name the validator of the Open XML SDK, see .ci/run")
    ones = [outcome(file, folder) for file in sample() if file.name not in REFUSED]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = dict(zip([one.original.name for one in ones], pool.map(new_sdk_errors, ones), strict=True))
    assert {name: errors for name, errors in found.items() if errors} == {}


def test_libreoffice_opens_and_saves_them(folder: Path, tmp_path: Path) -> None:
    """LibreOffice shows our sheets as they are, and they are recognised as ours in what it saves."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    files = [file for file in workbooks() if any(part in file.name for part in CONVERTED)]
    ones = [outcome(file, folder) for file in files]
    command = [program, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to",
               "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "saved")]  # fmt: skip
    subprocess.run([*command, *[str(one.replaced) for one in ones]], check=True, capture_output=True, timeout=240)
    for one in ones:
        saved = (tmp_path / "saved" / one.replaced.name).with_suffix(".xlsx")
        assert one.names.items() <= Book(saved).owned().items(), one.original.name
        assert openpyxl.load_workbook(saved)[one.names["Forecast"]]["A5"].value == "04-Å中"
        again = tmp_path / "again.xlsx"
        assert graft(saved, one.scratch, again) == one.names
        after = Grafted(saved, one.scratch, again, again, again, one.names)
        assert unlike_ours(after) == []
