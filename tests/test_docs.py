"""The committed pages are the ones that the catalogue makes."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent / "docs"


@pytest.mark.skipif(not (DOCS / "build.py").exists(), reason="docs/ is not part of this installation")
def test_pages_are_current(tmp_path: Path) -> None:
    """Rebuilding a page gives the committed file."""
    for path in runpy.run_path(str(DOCS / "build.py"))["build"](tmp_path):
        committed = (DOCS / path.name).read_text(encoding="utf-8")
        assert path.read_text(encoding="utf-8") == committed, f"{path.name} is stale: python docs/build.py"
