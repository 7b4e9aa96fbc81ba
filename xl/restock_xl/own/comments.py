"""Comments on cells of our sheets: where they are, and moving them with their cells."""

from __future__ import annotations

import re
from collections.abc import Callable

from restock_xl.own.cell import Place
from restock_xl.package.archive import Archive
from restock_xl.package.book import Book
from restock_xl.package.references import column_letter, position
from restock_xl.package.relationships import relationships

_KINDS = ("comments", "threadedComment")
_COMMENT = re.compile(
    rb"""(<(?:[\w.-]+:)?(?:comment|threadedComment)\s[^<>]*?\bref\s*=\s*["'])([A-Z]{1,3}\d{1,7})(["'])"""
)
_SHAPE = re.compile(rb"<(?:[\w.-]+:)?shape\b.*?</(?:[\w.-]+:)?shape\s*>", re.DOTALL)
_NUMBER = {
    name: re.compile(rb"(<(?:[\w.-]+:)?%b>\s*)(\d+)(\s*</)" % name) for name in (b"Row", b"Column")
}  # fmt: skip
_ANCHOR = re.compile(rb"(<(?:[\w.-]+:)?Anchor>)([^<]*)(</)")


def comment_places(book: Book, sheet: str) -> frozenset[Place]:
    """Return the cells of a sheet that carry a comment of either kind."""
    places = set()
    for relation in relationships(book.archive, book.part_of_sheet(sheet)):
        if relation.kind in _KINDS and book.archive.has(relation.target):
            found = _COMMENT.findall(book.archive.read(relation.target))
            places |= {position(reference.decode()) for _, reference, _ in found}
    return frozenset(places)


def move_comments(archive: Archive, part: str, moved: Callable[[int, int], Place]) -> None:
    """Let the comments of a sheet follow their cells.

    Args:
        part: The part of the sheet; its relationships lead to its comments and their shapes.
        moved: Gives the new place of a cell.
    """
    for relation in relationships(archive, part):
        if relation.kind in _KINDS and archive.has(relation.target):
            archive.write(relation.target, _with_references(archive.read(relation.target), moved))
        elif relation.kind == "vmlDrawing" and archive.has(relation.target):
            data = archive.read(relation.target)
            archive.write(relation.target, _SHAPE.sub(lambda found: _moved_shape(found[0], moved), data))


def _with_references(data: bytes, moved: Callable[[int, int], Place]) -> bytes:
    def change(found: re.Match[bytes]) -> bytes:
        row, column = moved(*position(found[2].decode()))
        return found[1] + f"{column_letter(column)}{row}".encode() + found[3]

    return _COMMENT.sub(change, data)


def _moved_shape(shape: bytes, moved: Callable[[int, int], Place]) -> bytes:
    """The box of a note: it belongs to the cell that it states, from 0, and is drawn at its anchor."""
    row, column = (_NUMBER[name].search(shape) for name in (b"Row", b"Column"))
    if row is None or column is None:
        return shape
    old = (int(row[2]) + 1, int(column[2]) + 1)
    new = moved(*old)
    if new == old:
        return shape
    shape = _NUMBER[b"Row"].sub(rb"\g<1>%d\g<3>" % (new[0] - 1), shape)
    shape = _NUMBER[b"Column"].sub(rb"\g<1>%d\g<3>" % (new[1] - 1), shape)
    return _ANCHOR.sub(lambda found: found[1] + _shifted(found[2], new[0] - old[0], new[1] - old[1]) + found[3], shape)


def _shifted(anchor: bytes, rows: int, columns: int) -> bytes:
    """An anchor: column, offset, row, offset of the upper left corner, then of the lower right."""
    numbers = [int(number) for number in re.findall(rb"-?\d+", anchor)]
    if len(numbers) != 8:
        return anchor
    for place in (0, 4):
        numbers[place] = max(0, numbers[place] + columns)
    for place in (2, 6):
        numbers[place] = max(0, numbers[place] + rows)
    return ", ".join(map(str, numbers)).encode()
