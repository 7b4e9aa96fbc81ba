"""Checks a workbook that was just written, before it takes the place of the old one."""

from __future__ import annotations

from pathlib import Path

from restock.errors import WorkbookError

from .archive import Archive, Packed
from .book import Book
from .content_types import ContentTypes
from .relationships import dangling


def verify_package(path: Path, before: Path | None = None) -> None:
    """Check that a workbook is whole: every part, every relationship, every content type, every sheet.

    Args:
        path: The workbook to check.
        before: The workbook it was made from. Parts copied from it are compared as compressed bytes, which is
            quicker than inflating them, and faults it had already are not held against the new one.
    Raises:
        WorkbookError: The new workbook has a fault the old one did not have.
    """
    book = Book(path)
    old = Archive(before) if before is not None else None
    _verify_parts(book.archive, old)
    known = set(_faults(old)) if old is not None else set()
    faults = [fault for fault in _faults(book.archive) if fault not in known]
    if faults:
        raise WorkbookError(
            f"The new workbook did not pass its check ({faults[0]}), so it was not put in place and your "
            "workbook is as it was. Please report this as a fault of Restock."
        )


def _verify_parts(new: Archive, old: Archive | None) -> None:
    for part in new.parts():
        if old is None or not old.has(part) or not _equal(old.packed(part), new.packed(part)):
            new.read(part)  # inflates the part and compares its checksum


def _equal(old: Packed, new: Packed) -> bool:
    return old[0] == new[0] and len(old[1]) == len(new[1]) and bytes(old[1]) == bytes(new[1])


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
