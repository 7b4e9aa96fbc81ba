"""Every page can be read: links lead somewhere, tables have their cells, both languages have the same parts."""

from __future__ import annotations

import re

import pytest

from restock.version import __version__

from .markdown_pages import ROOT, page

PAGES = ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md", "engine/CONVENTIONS.md")
pytestmark = pytest.mark.skipif(not (ROOT / "docs").is_dir(), reason="the pages are not part of this installation")


def every_page() -> list[str]:
    """The pages of the root, of docs/ and of templates/."""
    more = (path for folder in ("docs", "templates") for path in sorted((ROOT / folder).glob("*.md")))
    return [*PAGES, *(str(path.relative_to(ROOT)) for path in more)]


@pytest.mark.parametrize("name", every_page())
def test_links_lead_somewhere(name: str) -> None:
    """Each link to a file of the project names one that is there, and a heading that it has."""
    one = page(name)
    for link in one.links():
        if re.match(r"https?://|mailto:", link):
            continue
        target, _, anchor = link.partition("#")
        path = (one.path.parent / target).resolve() if target else one.path
        assert path.exists(), link
        if anchor:
            assert anchor in page(str(path.relative_to(ROOT))).anchors(), link


@pytest.mark.parametrize("name", every_page())
def test_tables_have_their_cells(name: str) -> None:
    """Each row of a table has as many cells as its header, and a line of dashes stands between them."""
    for table in page(name).tables():
        assert {len(row) for row in table} == {len(table[0])}, table[0]
        assert all(set(cell) <= set("-:") and cell for cell in table[1]), table[0]


@pytest.mark.parametrize("name", every_page())
def test_code_stands_in_one_line(name: str) -> None:
    """No command or formula is broken over two lines, where it could not be copied."""
    assert [line for line in page(name).prose.splitlines() if line.count("`") % 2] == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_english_pages_are_in_short_lines(name: str) -> None:
    """Prose keeps to the width of the code; tables and pictures may be longer."""
    lines = page(name).prose.splitlines()
    assert [line for line in lines if len(line) > 120 and not line.startswith(("|", "!"))] == []


def test_readme_says_the_same_in_both_languages() -> None:
    """The Chinese page has the sections and rows of the English one, the same blocks and the same measured tables."""
    english, chinese = page("README.md"), page("README.zh-CN.md")
    assert len(english.anchors()) == len(chinese.anchors())
    assert [len(table) for table in english.tables()] == [len(table) for table in chinese.tables()]
    assert english.blocks("sh") == chinese.blocks("sh")
    assert english.blocks("python") == chinese.blocks("python")
    names = {"accuracy", "simulation", "speed", "transfers"}
    assert set(english.marked("bench")) == set(chinese.marked("bench")) == names
    assert "README.zh-CN.md" in english.links()
    assert "README.md" in chinese.links()


def test_the_picture_is_small() -> None:
    """The picture at the top of each page does not keep anyone waiting."""
    for name in ("README.md", "README.zh-CN.md"):
        pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", page(name).text)
        assert len(pictures) == 1
        assert (ROOT / pictures[0]).stat().st_size < 300_000


def test_contributing_names_what_is_there() -> None:
    """Every file and folder that CONTRIBUTING names exists, and what it names of one stands in it."""
    for code in page("CONTRIBUTING.md").codes():
        if "/" in code and " " not in code:
            assert (ROOT / code).exists(), code
    for module, name in re.findall(r"`(\w+)` (?:and `\w+` )?of\s+`([\w/]+\.py)`", page("CONTRIBUTING.md").text):
        assert module in (ROOT / name).read_text(encoding="utf-8")


def test_changelog_starts_with_this_version() -> None:
    """The newest entry of the changelog is the version of the package."""
    heads = re.findall(r"^## \[([^\]]+)\] - ", page("CHANGELOG.md").text, re.MULTILINE)
    assert heads[0] == __version__
