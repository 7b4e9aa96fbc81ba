"""Workbooks that must not be edited: each is refused with what to do, and left as it was."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from restock.errors import WorkbookError
from restock_xl.hosts.headless import HeadlessHost
from restock_xl.package import graft
from restock_xl.package.archive import Archive

from .books import parts
from .test_package_graft import edited, scratch_book, user_book

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCTYPE = '<!DOCTYPE a [<!ENTITY b "c">]>'
SAVE_AS = r'Open it in .*choose "Save as", and pick "Excel'


def with_parts(book: Path, **added: str) -> None:
    with zipfile.ZipFile(book, "a") as package:
        for name, text in added.items():
            package.writestr(name.replace("__", "/").replace("_DOT_", "."), text)


def packed(book: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(book, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)


def with_doctype(part: str) -> Callable[[Path], object]:
    """Put a document type into a part."""

    def change(book: Path) -> None:
        members = parts(book)
        head, mark, rest = members[part].partition(b"?>")
        assert mark, part
        packed(book, members | {part: head + mark + DOCTYPE.encode() + rest})

    return change


def claiming(size: int) -> Callable[[Path], object]:
    """Let the directory say that a part unpacks to some bytes; nothing in the file is that large."""

    def change(book: Path) -> None:
        with zipfile.ZipFile(book) as package:
            info = package.getinfo("xl/theme/theme1.xml")
            data, place = bytearray(book.read_bytes()), package.start_dir
        while data[place + 46 : place + 46 + len(info.filename)] != info.filename.encode():
            place = data.index(b"PK\x01\x02", place + 4)
        struct.pack_into("<L", data, place + 24, size)
        book.write_bytes(data)

    return change


def flagged(book: Path) -> None:
    """Mark the members as encrypted, as a zip file with a password does."""
    data = bytearray(book.read_bytes())
    with zipfile.ZipFile(book) as package:
        data[package.start_dir + 8] |= 1
    book.write_bytes(data)


def flipped(book: Path) -> None:
    """Damage the compressed bytes of a part that is only copied."""
    with zipfile.ZipFile(book) as package:
        place = package.getinfo("xl/theme/theme1.xml").header_offset + 200
    data = bytearray(book.read_bytes())
    data[place] ^= 0xFF
    book.write_bytes(data)


def without(part: str) -> Callable[[Path], object]:
    return lambda book: packed(book, {name: data for name, data in parts(book).items() if name != part})


LOCK = '<workbookProtection lockStructure="1"/><bookViews>'
CASES = {
    "encrypted": (lambda b: b.write_bytes(OLE + "EncryptedPackage".encode("utf-16-le")), "protected with a password"),
    "zip password": (flagged, "zip file with a password"),
    "strict": (lambda b: edited(b, "xl/workbook.xml", MAIN, STRICT), 'pick "Excel Workbook'),
    "signed": (lambda b: with_parts(b, _xmlsignatures__sig1_DOT_xml="<a/>"), "digitally signed"),
    "tracked": (lambda b: with_parts(b, xl__revisions__userNames_DOT_xml="<a/>"), "tracks changes"),
    "locked": (lambda b: edited(b, "xl/workbook.xml", "<bookViews>", LOCK), "structure is locked"),
    "xls": (lambda b: b.write_bytes(OLE), r"old \.xls format.*" + SAVE_AS),
    "xlsb": (lambda b: packed(b, {"xl/workbook.bin": b"\0"}), r"binary \.xlsb format.*" + SAVE_AS),
    "ods": (lambda b: packed(b, {"mimetype": b"application/vnd.oasis", "content.xml": b"<a/>"}), r"\.ods.*" + SAVE_AS),
    "csv": (lambda b: b.write_bytes(b"SKU,On hand\nA,1\n"), "is a text file"),
    "web page": (lambda b: b.write_bytes(b"<html><table></table></html>"), "is a web page"),
    "empty": (lambda b: b.write_bytes(b""), "is empty"),
    "another zip": (lambda b: packed(b, {"readme.txt": b"hello"}), "no Excel workbook"),
    "cut off": (lambda b: b.write_bytes(b.read_bytes()[:-900]), "is damaged"),
    "half": (lambda b: b.write_bytes(b.read_bytes()[:3000]), "is damaged"),
    "flipped": (flipped, "is damaged"),
    "no workbook": (without("xl/workbook.xml"), "is damaged"),
    "two parts": (lambda b: with_parts(b, XL__Workbook_DOT_xml="<a/>"), "two parts are called"),
    "no markup": (lambda b: edited(b, "xl/workbook.xml", "</workbook>", ""), "is damaged"),
    "too large": (claiming(0xF0000000), "more than a workbook should hold"),
    "too dense": (claiming(60 << 20), "more than a workbook should hold"),
    "1904": (lambda b: user_book(b, date1904=True), "counts dates from 1904"),
    **{
        f"DOCTYPE in {part}": (with_doctype(part), "declares its own document type")
        for part in (
            "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
            "xl/tables/table1.xml", "xl/worksheets/_rels/sheet1.xml.rels", "docProps/app.xml",
        )
    },
}  # fmt: skip
BY_GRAFT_ALONE = {"1904", "DOCTYPE in [Content_Types].xml", "DOCTYPE in xl/styles.xml", "DOCTYPE in docProps/app.xml"}
"""The pipeline writes its sheets in the date system of the book, and reads these parts only when it writes."""


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scratch_book(tmp_path_factory.mktemp("scratch") / "scratch.xlsx")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return user_book(tmp_path / "shop.xlsx")


@pytest.mark.parametrize("name", CASES)
def test_refused_and_left_alone(book: Path, scratch: Path, name: str) -> None:
    """The sentence says what is wrong and what to do; the book keeps its bytes and its time, alone in its folder."""
    change, sentence = CASES[name]
    change(book)
    before = book.read_bytes(), book.stat().st_mtime_ns
    with pytest.raises(WorkbookError, match=sentence) as refusal:
        graft(book, scratch)
    assert str(refusal.value).rstrip('"').endswith(".")
    if name not in BY_GRAFT_ALONE:
        with pytest.raises(WorkbookError, match=sentence):
            HeadlessHost(book).read()
    with pytest.raises(WorkbookError, match=sentence):
        graft(book, scratch, book.parent / "out.xlsx")
    assert (book.read_bytes(), book.stat().st_mtime_ns) == before
    assert [file.name for file in book.parent.iterdir()] == ["shop.xlsx"]


def test_the_size_is_judged_before_anything_is_unpacked(
    book: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that says it is too large is refused from its directory: no part of it is opened."""
    claiming(0xF0000000)(book)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a part was opened")

    monkeypatch.setattr(zipfile.ZipFile, "open", refuse)
    with pytest.raises(WorkbookError, match="so it was not opened"):
        graft(book, scratch)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/tables/table1.xml"])
def test_a_scratch_book_with_a_document_type_is_refused(book: Path, scratch: Path, tmp_path: Path, part: str) -> None:
    """A document type in the scratch book is as little believed as one in the workbook."""
    ours = tmp_path / "ours" / "scratch.xlsx"
    ours.parent.mkdir()
    ours.write_bytes(scratch.read_bytes())
    with_doctype(part)(ours)
    before = book.read_bytes()
    with pytest.raises(WorkbookError, match="declares its own document type"):
        graft(book, ours)
    assert book.read_bytes() == before


def test_a_document_type_in_a_part_that_is_only_copied(book: Path, scratch: Path) -> None:
    """A part that is never parsed is copied as it is: it can do no harm here."""
    with_doctype("xl/theme/theme1.xml")(book)
    before = Archive(book)
    graft(book, scratch)
    assert Archive(book).holds_same("xl/theme/theme1.xml", before)


@pytest.mark.parametrize("name", ["no such book.xlsx", "."], ids=["missing", "folder"])
def test_what_is_no_file(tmp_path: Path, scratch: Path, name: str) -> None:
    """A missing file and a folder are named, and nothing is made."""
    with pytest.raises(WorkbookError):
        graft(tmp_path / name, scratch)
    with pytest.raises(WorkbookError):
        graft(tmp_path / name, scratch, tmp_path / "out.xlsx")
    assert list(tmp_path.iterdir()) == []
