"""The committed templates are the ones that this code makes."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from .books import parts

TEMPLATES = Path(__file__).parent.parent.parent / "templates"


@pytest.mark.skipif(not (TEMPLATES / "build.py").exists(), reason="templates/ is not part of this installation")
def test_templates_are_current(tmp_path: Path) -> None:
    """Rebuilding a template gives the committed file, part by part."""
    for path in runpy.run_path(str(TEMPLATES / "build.py"))["build"](tmp_path):
        assert parts(path) == parts(TEMPLATES / path.name), f"{path.name} is stale: python templates/build.py"
