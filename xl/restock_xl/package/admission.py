"""Which files are opened at all, and the sentence for each that is not."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

from restock.errors import WorkbookError

MAX_FILE_BYTES = 512 << 20
MAX_UNPACKED_BYTES = 2 << 30
MAX_MEMBERS = 65_000  # a zip file without the 64-bit extension holds 65,535
# The highest genuine ratio met in 3,021 workbooks was 121 to 1; small parts compress better and do no harm.
MAX_RATIO = 400
RATIO_COUNTS_FROM_BYTES = 50 << 20

_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = 'Open it in Excel, choose "Save as", and pick "Excel Workbook (*.xlsx)".'


def read_file(path: Path) -> bytes:
    """Return the bytes of a file that may be a workbook.

    Raises:
        WorkbookError: The file is missing, empty, too large, or of a kind that is no zip package.
    """
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise _too_large(path.name)
        data = path.read_bytes()
    except FileNotFoundError:
        raise WorkbookError(f"There is no file {path}. Check the name and the folder.") from None
    except OSError as error:
        raise WorkbookError(
            f"{path.name} cannot be read ({error.strerror}). Check that it is a file, that you may open "
            "it, and that no other program holds it; then try again."
        ) from error
    _refuse_other_kinds(path.name, data)
    return data


def _refuse_other_kinds(name: str, data: bytes) -> None:
    if not data:
        raise WorkbookError(f"{name} is empty (0 bytes). Take the last backup, or copy the workbook again.")
    if data.startswith(_OLE_SIGNATURE):
        raise _ole_error(name, data)
    if data.startswith(b"PK"):
        return
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta", b"<head", b"<style")):
        raise WorkbookError(
            f"{name} is a web page or XML with the name of a workbook, as some shops export it. {_SAVE_AS}"
        )
    if b"\0" not in data[:4096] or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise WorkbookError(
            f"{name} is a text file (such as CSV), not an Excel workbook. Open it in Excel, check the "
            'columns, and save it as "Excel Workbook (*.xlsx)", or paste its rows into your workbook.'
        )
    raise WorkbookError(f"{name} is not an Excel workbook. An .xlsx or .xlsm file was expected. {_SAVE_AS}")


def _ole_error(name: str, data: bytes) -> WorkbookError:
    if _ENCRYPTED_STREAM in data:
        return WorkbookError(
            f"{name} is protected with a password, so it cannot be read. Open it in Excel, choose File > "
            "Info > Protect Workbook > Encrypt with Password, clear the password, save, and try again."
        )
    return WorkbookError(
        f"{name} is in the old .xls format (Excel 97-2003); .xlsx or .xlsm was expected. {_SAVE_AS}"
    )


def open_directory(name: str, archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the members of the package once its directory has been found harmless; nothing is inflated.

    Raises:
        WorkbookError: Encrypted members, too much to unpack, or a zip file of another kind.
    """
    members = [info for info in archive.infolist() if not info.is_dir()]
    _refuse_bombs(name, members)
    if any(info.flag_bits & 1 for info in members):
        raise WorkbookError(
            f"{name} is a zip file with a password. Unpack it, remove the password, and use the workbook "
            "itself."
        )
    _refuse_other_packages(name, [info.filename.replace("\\", "/").lstrip("/").lower() for info in members])
    return members


def _refuse_bombs(name: str, members: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(info.file_size for info in members)
    suspicious = any(
        info.file_size > RATIO_COUNTS_FROM_BYTES and info.file_size > MAX_RATIO * max(info.compress_size, 1)
        for info in members
    )
    if suspicious or unpacked > MAX_UNPACKED_BYTES or len(members) > MAX_MEMBERS:
        raise _too_large(name, unpacked)


def _too_large(name: str, unpacked: int = 0) -> WorkbookError:
    size = (
        f"would unpack to {unpacked / 1e6:,.0f} MB"
        if unpacked
        else f"is larger than {MAX_FILE_BYTES >> 20} MB"
    )
    return WorkbookError(
        f"{name} {size}, which is more than a workbook should hold, so it was not opened. If you trust "
        "it, delete rows and columns that are not needed, save it under a new name, and try again."
    )


_OTHER_PACKAGES = (
    (r"(.*/)?workbook\.bin", f"is in the binary .xlsb format; .xlsx or .xlsm was expected. {_SAVE_AS}"),
    (
        r"index/.*\.iwa|index\.zip",
        "is an Apple Numbers file. In Numbers choose File > Export To > Excel, and use that file.",
    ),
    (r"word/document\.xml", "is a Word document, not an Excel workbook. Choose the workbook."),
    (r"ppt/presentation\.xml", "is a PowerPoint file, not an Excel workbook. Choose the workbook."),
)


def _refuse_other_packages(name: str, parts: Iterable[str]) -> None:
    parts = list(parts)
    if "content.xml" in parts and "[content_types].xml" not in parts:
        raise WorkbookError(
            f"{name} is an OpenDocument file (.ods), not an Excel workbook. Open it in LibreOffice or "
            'WPS, choose "Save as", and pick "Excel 2007-365 (.xlsx)".'
        )
    for pattern, sentence in _OTHER_PACKAGES:
        if any(re.fullmatch(pattern, part) for part in parts):
            raise WorkbookError(f"{name} {sentence}")
    if "[content_types].xml" not in parts or "_rels/.rels" not in parts:
        raise WorkbookError(
            f"{name} is a zip file, but no Excel workbook. If the workbook lies inside it, unpack it "
            "first and use the .xlsx file."
        )
