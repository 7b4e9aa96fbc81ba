"""What a book reads from outside itself, as notes on Problems: one for each kind."""

from __future__ import annotations

from restock.schema.tables import Problem
from restock_xl.package.book import Book
from restock_xl.package.outside import OutsideLink, outside_links

_LARGEST_SHEET = 16 << 20  # formulas stand on smaller sheets; this one holds sales, and searching it would be felt
_LONGEST = 120


def outside_notes(book: Book) -> list[Problem]:
    """Return a note for each kind of link that leads outside a book, with the first of them and their number.

    A link that is there twice counts once.
    """
    kinds: dict[str, list[OutsideLink]] = {}
    for link in dict.fromkeys(outside_links(book, _LARGEST_SHEET)):
        kinds.setdefault(link.kind, []).append(link)
    return [_note(book, links) for links in kinds.values()]


def _note(book: Book, links: list[OutsideLink]) -> Problem:
    first = links[0]
    sheet, _, cell = first.where.rpartition("!")
    if not sheet:
        sheet, cell = (first.where, "") if book.sheet(first.where) is not None else ("", "")
    target = shortened(first.target or first.where)
    key = f"outside.{first.kind}" + ("_many" if len(links) > 1 else "")
    return Problem(key, "note", "", sheet, cell, target, params={"target": target, "count": len(links)})


def shortened(target: str) -> str:
    """Return an address without control characters, cut in the middle where it is long.

    >>> shortened("C:\\\\plans\\\\2.xlsx"), len(shortened("x" * 500))
    ('C:\\\\plans\\\\2.xlsx', 120)
    """
    target = "".join(character for character in target if character.isprintable())
    if len(target) <= _LONGEST:
        return target
    half = (_LONGEST - 1) // 2
    return target[:half] + "…" + target[-(_LONGEST - half - 1) :]
