"""The zip package: what is opened, what is refused, and what saving leaves alone."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from restock.errors import WorkbookError
from restock_xl.package import admission
from restock_xl.package.archive import Archive
from restock_xl.package.book import Book
from restock_xl.package.markup import parse
from restock_xl.package.verify import verify_package

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
PLAIN = {"[Content_Types].xml": "<Types/>", "_rels/.rels": "<Relationships/>"}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.xlsx"
    workbook = xlsxwriter.Workbook(str(path))
    workbook.add_worksheet("Stock").write("A1", "x")
    workbook.close()
    return path


def zipped(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b"sku,qty\nA,1\n", "is a text file", id="csv"),
        pytest.param("货号\t库存\n".encode("utf-16"), "is a text file", id="utf-16 text"),
        pytest.param(b"<html><table>", "is a web page", id="html called xls"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0", "is not an Excel workbook", id="picture"),
        pytest.param(OLE, "old .xls format", id="xls"),
        pytest.param(OLE + "EncryptedPackage".encode("utf-16-le"), "clear the password", id="encrypted xlsx"),
        pytest.param(b"PK\x03\x04 cut off", "is damaged", id="cut off"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, data: bytes, sentence: str) -> None:
    """A file that is no workbook is refused with a sentence for its kind."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(data)
    with pytest.raises(WorkbookError, match=sentence):
        Archive(path)


@pytest.mark.parametrize(
    ("members", "sentence"),
    [
        pytest.param({"mimetype": "x", "content.xml": "<x/>"}, r"OpenDocument file \(.ods\)", id="ods"),
        pytest.param(PLAIN | {"xl/workbook.bin": ""}, "binary .xlsb format", id="xlsb"),
        pytest.param({"Index/Document.iwa": ""}, "Apple Numbers", id="numbers"),
        pytest.param(PLAIN | {"word/document.xml": ""}, "Word document", id="docx"),
        pytest.param({"book.xlsx": ""}, "unpack it first", id="zip around a workbook"),
        pytest.param(PLAIN | {"xl/a.xml": "", "XL/A.xml": ""}, "two parts are called", id="same name twice"),
    ],
)
def test_other_packages_are_refused(tmp_path: Path, members: dict[str, str], sentence: str) -> None:
    """A zip file of another program is refused with a sentence for its kind."""
    with pytest.raises(WorkbookError, match=sentence):
        Archive(zipped(tmp_path / "book.xlsx", members))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """A path that leads nowhere is answered with a sentence, not with a system error."""
    with pytest.raises(WorkbookError, match="There is no file"):
        Archive(tmp_path / "nothing.xlsx")


def test_a_zip_password_is_refused(tmp_path: Path) -> None:
    """A zip file whose members are encrypted is refused before anything is read."""
    path = zipped(tmp_path / "book.xlsx", PLAIN)
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(WorkbookError, match="zip file with a password"):
        Archive(path)


def test_a_zip_bomb_is_refused_unopened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that would unpack to far more than it holds is refused from its directory alone."""
    path = zipped(tmp_path / "book.xlsx", PLAIN | {"xl/bomb.xml": " " * (8 << 20)})
    monkeypatch.setattr(admission, "RATIO_COUNTS_FROM_BYTES", 1 << 20)
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    with pytest.raises(WorkbookError, match="would unpack to 8 MB"):
        Archive(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "utf-32", "cp037"])
def test_document_types_are_refused(encoding: str) -> None:
    """XML that declares a document type or entities is refused in every encoding, before it is parsed."""
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'
    with pytest.raises(WorkbookError, match="document type"):
        parse(bomb.encode(encoding), "xl/workbook.xml")


def test_a_damaged_part_is_named(book: Path) -> None:
    """A part whose bytes were damaged is named when it is read, and the other parts can still be read."""
    data = bytearray(book.read_bytes())
    start = data.index(b"xl/workbook.xml") + len("xl/workbook.xml")
    data[start + 5] ^= 0xFF
    book.write_bytes(data)
    assert Archive(book).read("xl/styles.xml")
    with pytest.raises(WorkbookError, match=r"damaged: xl/workbook\.xml"):
        Book(book)


def test_untouched_members_are_copied_compressed(tmp_path: Path, book: Path) -> None:
    """Saving copies the compressed bytes of what was not written, and names are found in any case."""
    archive, out = Archive(book), tmp_path / "out.xlsx"
    archive.write("xl/New 文件.xml", b"<a/>")
    archive.write("XL/Theme/theme1.xml", b"<b/>")
    archive.remove("docProps/core.xml")
    archive.save(out)
    result = Archive(out)
    assert (result.read("xl/new 文件.xml"), result.read("xl/theme/THEME1.xml")) == (b"<a/>", b"<b/>")
    assert not result.has("docProps/core.xml")
    kept = set(archive.parts()) & set(result.parts()) - {"xl/theme/theme1.xml", "xl/New 文件.xml"}
    assert len(kept) > 5
    assert all(result.holds_same(part, archive) for part in kept)


def test_free_names_are_unused(book: Path) -> None:
    """A free part name takes the lowest number that neither a part nor a list of relationships has."""
    archive = Archive(book)
    assert archive.free("xl/worksheets/sheet1.xml") == "xl/worksheets/sheet2.xml"
    archive.write("xl/worksheets/_rels/sheet2.xml.rels", b"<Relationships/>")
    assert archive.free("xl/worksheets/sheet1.xml") == "xl/worksheets/sheet3.xml"


def test_verification_finds_what_is_missing(tmp_path: Path, book: Path) -> None:
    """A workbook that lost a part fails its check, unless the workbook it came from lacked the part too."""
    archive, broken = Archive(book), tmp_path / "broken.xlsx"
    archive.remove("xl/theme/theme1.xml")
    archive.save(broken)
    with pytest.raises(WorkbookError, match=r"xl/workbook.xml needs xl/theme/theme1.xml"):
        verify_package(broken, before=book)
    verify_package(broken, before=broken)


def test_verification_inflates_what_is_new(
    tmp_path: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parts copied from the old workbook are compared as compressed bytes; new and changed ones are inflated."""
    archive, out, inflated = Archive(book), tmp_path / "out.xlsx", []
    archive.write("xl/theme/theme2.xml", b"<a/>")
    archive.write("xl/worksheets/sheet1.xml", archive.read("xl/worksheets/sheet1.xml") + b"<!-- -->")
    archive.save(out)
    for name in ("read", "pieces"):
        method = getattr(Archive, name)
        monkeypatch.setattr(
            Archive, name, lambda self, part, method=method: inflated.append(part) or method(self, part)
        )
    verify_package(out, before=book)
    assert {"xl/theme/theme2.xml", "xl/worksheets/sheet1.xml"} <= set(inflated)
    assert not {"xl/theme/theme1.xml", "xl/styles.xml"} & set(inflated)


def test_verification_finds_damage_in_what_is_new(tmp_path: Path, book: Path) -> None:
    """A part that was written and does not inflate to what its checksum says fails the check."""
    archive, out = Archive(book), tmp_path / "out.xlsx"
    archive.write("xl/theme/theme1.xml", b"<a>some words</a>")
    archive.save(out, level=0)
    out.write_bytes(out.read_bytes().replace(b"some words", b"some w\xf6rds"[:10]))
    with pytest.raises(WorkbookError, match=r"xl/theme/theme1\.xml"):
        verify_package(out, before=book)


@pytest.mark.parametrize("level", [None, 0, 1, 9])
def test_every_level_reads_back(tmp_path: Path, book: Path, level: int | None) -> None:
    """Small and large parts read back as they were written, however much they are compressed."""
    archive, out = Archive(book), tmp_path / "out.xlsx"
    parts = {"xl/small.xml": b"<a/>", "xl/large.xml": b"<a>%b</a>" % (b"0123456789" * 500_000)}
    for part, data in parts.items():
        archive.write(part, data)
    archive.save(out, level)
    assert {part: Archive(out).read(part) for part in parts} == parts


EDITS = {
    "strict": (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    ),
    "locked": ("<bookViews>", '<workbookProtection lockStructure="1"/><bookViews>'),
    "signed": ("", "_xmlsignatures/sig1.xml"),
    "shared": ("", "xl/revisions/revisionHeaders.xml"),
}


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("strict", "Strict Open XML"),
        ("locked", "structure is locked"),
        ("signed", "digitally signed"),
        ("shared", "tracks changes"),
    ],
)
def test_some_workbooks_are_read_but_not_edited(tmp_path: Path, book: Path, kind: str, sentence: str) -> None:
    """Strict, signed, shared and locked workbooks open for reading; editing is refused with a sentence."""
    archive, path = Archive(book), tmp_path / f"{kind}.xlsx"
    old, new = EDITS[kind]
    if old:
        archive.write("xl/workbook.xml", archive.read("xl/workbook.xml").replace(old.encode(), new.encode()))
    else:
        archive.write(new, b"<x/>")
    archive.save(path)
    opened = Book(path)
    assert opened.sheet_names == ["Stock"]
    assert opened.part_of_sheet("stock") == "xl/worksheets/sheet1.xml"
    with pytest.raises(WorkbookError, match=sentence):
        opened.ensure_editable()


def test_an_unknown_sheet_is_answered_with_the_known_ones(book: Path) -> None:
    """Asking for a sheet that is not there names those that are."""
    with pytest.raises(WorkbookError, match=r'no sheet called "Sales"\. It has: Stock'):
        Book(book).part_of_sheet("Sales")
