"""Workbooks with macros for tests, and what keeps them from being made here."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest


def need_packages(*names: str) -> None:
    """Skip the test module where a package is missing that only workbooks with macros need."""
    for name in names or ("pyopenvba", "xlwings"):
        pytest.importorskip(name, reason=f"{name} is not installed: no workbook with macros can be made")


def project_of(book: Path) -> bytes:
    """The VBA project of a workbook."""
    with zipfile.ZipFile(book) as package:
        return package.read("xl/vbaProject.bin")
