"""The committed pages are the ones that the catalogue makes."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from restock import CATALOGUE

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


@pytest.mark.skipif(not (DOCS / "build.py").exists(), reason="docs/ is not part of this installation")
def test_pages_are_current(tmp_path: Path) -> None:
    """Rebuilding a page gives the committed file."""
    for path in runpy.run_path(str(DOCS / "build.py"))["build"](tmp_path):
        committed = (DOCS / path.name).read_text(encoding="utf-8")
        assert path.read_text(encoding="utf-8") == committed, f"{path.name} is stale: python docs/build.py"


@pytest.mark.skipif(not (ROOT / "README.md").exists(), reason="README.md is not part of this installation")
def test_readme_counts_the_functions_and_says_which_file() -> None:
    """README names the number of functions, those that answer in Python only, and a file for five kinds of people."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    functions = text.split("## Functions for cells of your own")[1].split("\n## ")[0]
    assert f"All {len(CATALOGUE)} are listed" in functions
    only = [name for name, function in CATALOGUE.items() if function.formula is None]
    assert " and ".join(only) + ", answer in Python only" in functions
    assert len(re.findall(r"^\|", functions, re.MULTILINE)) == 2 + 5
