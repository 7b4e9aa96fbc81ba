"""What a book reads from outside itself is named, and never opened."""

from __future__ import annotations

import socket
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from restock_xl.package import graft, outside_links
from restock_xl.package.book import Book
from restock_xl.package.outside import OutsideLink

from .books import LAMP, make, parts, press, sheet_rows
from .test_package_graft import scratch_book

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
LINK = f'<externalLink xmlns="{MAIN}" xmlns:r="{OFFICE}">%s</externalLink>'
DDE, OLE = '<ddeLink ddeService="cmd" ddeTopic="/c calc"/>', '<oleLink r:id="rId1" progId="Word.Document.8"/>'
REFRESHING = (
    '<connection id="1" name="Prices" refreshOnLoad="1" type="5">'
    '<dbPr connection="Provider=x;Data Source=shop.example;Password=secret"/></connection>'
    '<connection id="2" name="Quiet" type="5"><dbPr connection="Data Source=quiet.example"/></connection>'
)


def related(book: Path, source: str, kind: str, target: str, external: bool = False) -> str:
    """Let a part of a book name a target, and return the id of the relationship."""
    folder, _, name = source.rpartition("/")
    listed = f"{folder}/_rels/{name}.rels"
    members = parts(book)
    old = members.get(listed, f'<Relationships xmlns="{PACKAGE}"></Relationships>'.encode()).decode()
    mode = ' TargetMode="External"' if external else ""
    link = f'<Relationship Id="out{len(old)}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
    rewrite(book, {listed: old.replace("</Relationships>", link)})
    return f"out{len(old)}"


def rewrite(book: Path, changed: dict[str, str]) -> None:
    members = parts(book) | {name: text.encode() for name, text in changed.items()}
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)


def with_external(book: Path, *links: str, target: str = "file:///C:/plans/2.xlsx") -> Path:
    """Add links as Excel stores them."""
    identifiers = []
    for number, link in enumerate(links, start=1):
        part = f"externalLinks/externalLink{number}.xml"
        types = parts(book)["[Content_Types].xml"].decode()
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
        override = f'<Override PartName="/xl/{part}" ContentType="{kind}"/></Types>'
        rewrite(book, {f"xl/{part}": LINK % link, "[Content_Types].xml": types.replace("</Types>", override)})
        found = related(book, f"xl/{part}", "externalLinkPath", target, external=True)
        rewrite(book, {f"xl/{part}": LINK % link.replace("rId1", found)})
        identifiers.append(related(book, "xl/workbook.xml", "externalLink", part))
    references = "".join(f'<externalReference r:id="{one}"/>' for one in identifiers)
    tree = parts(book)["xl/workbook.xml"].decode()
    listed = f"</sheets><externalReferences>{references}</externalReferences>"
    rewrite(book, {"xl/workbook.xml": tree.replace("</sheets>", listed, 1)})
    return book


def plain_book(path: Path, formula: str = "=1+1") -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Stock")
    sheet.write_formula("B2", formula, None, 7)
    sheet.write_string("A1", 'WEBSERVICE("http://a.example")')
    sheet.write_url("A2", "http://b.example")
    book.close()
    return path


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        pytest.param(
            '<externalBook r:id="rId1"/>', OutsideLink("workbook", "[1]", "file:///C:/plans/2.xlsx"), id="workbook"
        ),
        pytest.param(DDE, OutsideLink("dde", "[1]", "cmd|/c calc"), id="dde"),
        pytest.param(OLE, OutsideLink("ole", "[1]", "file:///C:/plans/2.xlsx"), id="ole"),
    ],
)
def test_links_to_files_and_programs(tmp_path: Path, link: str, expected: OutsideLink) -> None:
    """Another workbook, a DDE link and an OLE link are named as formulas call them."""
    assert outside_links(with_external(plain_book(tmp_path / "book.xlsx"), link)) == [expected]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ('=_xlfn.WEBSERVICE("http://x.example/?q="&A1)', [("function", "Stock!B2", "http://x.example/?q=")]),
        ('=RTD("prog.id","","topic")', [("function", "Stock!B2", "prog.id")]),
        ("=_xlfn.IMAGE(A1)", [("function", "Stock!B2", "_xlfn.IMAGE(A1)")]),
        ("=cmd|'/c calc'!A0", [("dde", "Stock!B2", "cmd|'/c calc'")]),
        ('="WEBSERVICE("&"a|b!"', []),
        ('=HYPERLINK("http://x.example")', []),
    ],
    ids=["WEBSERVICE", "RTD", "IMAGE", "program", "text", "hyperlink"],
)
def test_formulas(tmp_path: Path, formula: str, expected: list[Any]) -> None:
    """A formula that asks an address or a program is named with its cell; texts and hyperlinks are not."""
    assert outside_links(plain_book(tmp_path / "book.xlsx", formula)) == expected


def test_connections_and_pictures(tmp_path: Path) -> None:
    """A connection is named where it refreshes on opening, without its password; a linked picture with its sheet."""
    book = plain_book(tmp_path / "book.xlsx")
    rewrite(book, {
        "xl/connections.xml": f'<connections xmlns="{MAIN}">{REFRESHING}</connections>',
        "xl/drawings/drawing1.xml": "<wsDr/>",
    })  # fmt: skip
    related(book, "xl/workbook.xml", "connections", "connections.xml")
    related(book, "xl/worksheets/sheet1.xml", "drawing", "../drawings/drawing1.xml")
    related(book, "xl/drawings/drawing1.xml", "image", "http://c.example/dot.png", external=True)
    assert outside_links(book) == [
        ("connection", "Prices", "shop.example"),
        ("picture", "Stock", "http://c.example/dot.png"),
    ]


def test_nothing_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither reading nor writing such a book opens a connection, and its links stay byte for byte."""
    book = with_external(plain_book(tmp_path / "book.xlsx", '=_xlfn.WEBSERVICE("http://x.example")'), DDE)

    def refuse(*_: Any) -> None:
        raise AssertionError("something was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    before = parts(book)
    assert [link.kind for link in outside_links(book)] == ["dde", "function"]
    graft(book, scratch_book(tmp_path / "scratch.xlsx"))
    for name in ("xl/externalLinks/externalLink1.xml", "xl/externalLinks/_rels/externalLink1.xml.rels"):
        assert parts(book)[name] == before[name]
    assert len(outside_links(Book(book))) == 2


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_note_for_each_kind(tmp_path: Path, language: str) -> None:
    """After a press Problems says what was not opened, one row for a kind, and a second press changes nothing."""
    path = make(tmp_path / "lamp.xlsx", language, LAMP)
    with_external(path, '<externalBook r:id="rId1"/>', '<externalBook r:id="rId1"/>', DDE)
    outcome = press(path)
    notes = [problem for problem in outcome.plan.tables.problems if problem.key.startswith("outside.")]
    assert [(note.key, note.value) for note in notes] == [
        ("outside.workbook_many", "file:///C:/plans/2.xlsx"),
        ("outside.dde", "cmd|/c calc"),
    ]
    rows = [list(row.values()) for row in sheet_rows(path, Book(path).owned()["Problems"])]
    texts = [row for row in rows if "cmd|/c calc" in row]
    assert len(texts) == 1
    assert {"en": "was not asked", "zh": "没有取数"}[language] in texts[0][-1]
    assert not press(path).changed


def test_a_book_without_links_gets_no_note(tmp_path: Path) -> None:
    """A new book has no link outside."""
    assert outside_links(make(tmp_path / "lamp.xlsx")) == []
