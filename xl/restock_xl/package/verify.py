"""Checks a workbook that was just written, before it takes the place of the old one."""

from __future__ import annotations

from pathlib import Path

from restock.text.refused import refused

from .archive import Archive
from .book import Book
from .content_types import ContentTypes
from .relationships import dangling


def verify_package(path: Path, before: Path | Archive | None = None) -> None:
    """Check that a workbook is whole: every part, every relationship, every content type, every sheet.

    Args:
        path: The workbook to check.
        before: The workbook it was made from, as a file or as it was read. Parts copied from it are compared as
            compressed bytes, which is quicker than inflating them, and faults it had already are not held against
            the new one.
    Raises:
        WorkbookError: The new workbook has a fault the old one did not have.
    """
    old = Archive(before) if isinstance(before, Path) else before
    with open(path, "rb") as stream:
        new = Archive(path, stream)
        Book(path, new)
        _verify_parts(new, old)
        known = set(_faults(old)) if old is not None else set()
        faults = [fault for fault in _faults(new) if fault not in known]
    if faults:
        raise refused("refuse.not_proven", detail=faults[0])


def _verify_parts(new: Archive, old: Archive | None) -> None:
    for part in new.parts():
        if old is None or not old.has(part) or not new.holds_same(part, old):
            for _ in new.pieces(part):
                pass  # inflates the part and compares its checksum


def _faults(archive: Archive) -> list[str]:
    """Return what is missing: targets of relationships, and content types."""
    types = ContentTypes(archive)
    missing = dangling(archive).items()
    return [
        f"{source} needs {target}, which is missing" for source, targets in missing for target in targets
    ] + [
        f"{part} has no content type"
        for part in archive.parts()
        if part.lower() != "[content_types].xml" and types.of(part) is None
    ]
