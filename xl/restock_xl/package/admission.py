"""Which files are opened at all, and the sentence for each that is not."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

from restock.errors import WorkbookError
from restock.text.refused import refused

MAX_FILE_BYTES = 512 << 20
MAX_UNPACKED_BYTES = 2 << 30
MAX_MEMBERS = 65_000  # a zip file without the 64-bit extension holds 65,535
# The highest genuine ratio met in 3,021 workbooks was 121 to 1; small parts compress better and do no harm.
MAX_RATIO = 400
RATIO_COUNTS_FROM_BYTES = 50 << 20

_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


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
        raise refused("refuse.no_file", path=path) from None
    except OSError as error:
        raise refused("refuse.cannot_read", name=path.name, reason=error.strerror) from error
    _refuse_other_kinds(path.name, data)
    return data


def _refuse_other_kinds(name: str, data: bytes) -> None:
    if not data:
        raise refused("refuse.empty", name=name)
    if data.startswith(_OLE_SIGNATURE):
        raise _ole_error(name, data)
    if data.startswith(b"PK"):
        return
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta", b"<head", b"<style")):
        raise refused("refuse.web_page", name=name)
    if b"\0" not in data[:4096] or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refused("refuse.text", name=name)
    raise refused("refuse.other_kind", name=name)


def _ole_error(name: str, data: bytes) -> WorkbookError:
    return refused("refuse.password" if _ENCRYPTED_STREAM in data else "refuse.xls", name=name)


def open_directory(name: str, archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the members of the package once its directory has been found harmless; nothing is inflated.

    Raises:
        WorkbookError: Encrypted members, too much to unpack, or a zip file of another kind.
    """
    members = [info for info in archive.infolist() if not info.is_dir()]
    _refuse_bombs(name, members)
    if any(info.flag_bits & 1 for info in members):
        raise refused("refuse.zip_password", name=name)
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
    if unpacked:
        return refused("refuse.unpacks_large", name=name, size=f"{unpacked / 1e6:,.0f}")
    return refused("refuse.too_large", name=name, size=MAX_FILE_BYTES >> 20)


_OTHER_PACKAGES = (
    (r"(.*/)?workbook\.bin", "refuse.xlsb"),
    (r"index/.*\.iwa|index\.zip", "refuse.numbers"),
    (r"word/document\.xml", "refuse.word"),
    (r"ppt/presentation\.xml", "refuse.powerpoint"),
)


def _refuse_other_packages(name: str, parts: Iterable[str]) -> None:
    parts = list(parts)
    if "content.xml" in parts and "[content_types].xml" not in parts:
        raise refused("refuse.ods", name=name)
    for pattern, key in _OTHER_PACKAGES:
        if any(re.fullmatch(pattern, part) for part in parts):
            raise refused(key, name=name)
    if "[content_types].xml" not in parts or "_rels/.rels" not in parts:
        raise refused("refuse.zip", name=name)
