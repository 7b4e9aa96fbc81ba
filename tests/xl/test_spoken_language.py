"""Failures before a book is read are said in its language all the same, as far as it can be known."""

from __future__ import annotations

from pathlib import Path

import pytest

from restock.errors import RestockError, WorkbookError
from restock.text.refused import refused
from restock_xl.package.open_elsewhere import ensure_not_open
from restock_xl.spoken_language import said

from .own_books import bare


@pytest.mark.parametrize(("language", "begins"), [("en", "book.xlsx is open in"), ("zh", "book.xlsx 正在")])
def test_a_book_that_is_open_is_refused_in_its_language(language: str, begins: str, tmp_path: Path) -> None:
    """The book is closed to writing, but it can be read."""
    path = bare(tmp_path / "book.xlsx", language)
    (tmp_path / "~$book.xlsx").touch()
    with pytest.raises(WorkbookError) as refusal:
        ensure_not_open(path)
    assert said(refusal.value, ["recompute", "--today", path]).startswith(begins)


@pytest.mark.parametrize(("spoken", "text"), [("zh_CN.UTF-8", "是文件夹"), ("de_DE.UTF-8", "is a folder")])
def test_without_a_book_the_computer_says_it(spoken: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no file can be read the language of the computer is spoken."""
    monkeypatch.setenv("LC_ALL", spoken)
    assert text in said(refused("refuse.folder", path="plans"), ["missing.xlsx"])


def test_a_sentence_in_one_language_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was said in the language of the book already is not looked for again."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert said(RestockError("没有写入。"), []) == "没有写入。"
