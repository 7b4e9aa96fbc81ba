"""Which export a file is: its headers as a whole decide, since one header means different things in different files."""

from __future__ import annotations

from collections.abc import Sequence

from restock.imports.format import Format, folded, spellings
from restock.imports.formats import FORMATS
from restock.imports.recognised import Recognised
from restock.imports.text_cells import clean

HEADER_ROWS = 40  # headers are looked for in this many rows from the top


_KNOWN = frozenset(folded(text) for one in FORMATS for field in one.fields for text in field.headers)


def recognise(head: Sequence[Sequence[str]]) -> Recognised | None:
    """Return the format whose headers stand in one of the first rows of a file, None where none fits.

    A format of a platform wins over a general one, then the longer signature, then more recognised headers.

    Args:
        head: The first rows of the file, as text.

    >>> found = recognise([["sku", "afn-fulfillable-quantity", "afn-reserved-quantity", "afn-warehouse-quantity"]])
    >>> found.format.key, found.positions["available"]
    ('amazon_fba_inventory', 1)
    """
    ranked = []
    for row, cells in enumerate(head[:HEADER_ROWS]):
        headers = tuple(clean(cell) for cell in cells)
        if sum(map(bool, headers)) < 2:
            continue
        places = _places(headers)
        if len(_KNOWN & {text for where in places for text in where}) < 2:
            continue
        for order, one in enumerate(FORMATS):
            positions, repeated = _positions(one, headers, places)
            if all(field.name in positions for field in one.signature):
                rank = (one.generic, -len(one.signature), -len(positions), row, order)
                others = _warehouses(one, headers, positions) if one.open_columns else ()
                if one.open_columns and not others:
                    continue
                above = tuple((clean(cell[0]), clean(cell[1])) for cell in head[:row] if len(cell) > 1)
                ranked.append((rank, Recognised(one, row, headers, positions, others, repeated, above)))
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _places(headers: Sequence[str]) -> list[dict[str, list[int]]]:
    """Folded header to columns: first as the headers stand, then without or within their brackets."""
    whole: dict[str, list[int]] = {}
    partly: dict[str, list[int]] = {}
    for place, header in enumerate(headers):
        if header:
            first, *others = spellings(header) or [""]
            whole.setdefault(first, []).append(place)
            for text in others:
                partly.setdefault(text, []).append(place)
    return [whole, partly]


def _positions(
    one: Format, headers: Sequence[str], places: list[dict[str, list[int]]]
) -> tuple[dict[str, int], tuple[str, ...]]:
    found: dict[str, int] = {}
    repeated = []
    for field in one.fields:
        hits = next((hits for where in places if (hits := _hits(field.headers, where))), [])
        hits = [place for place in hits if place not in found.values()]
        if hits:
            found[field.name] = hits[0]
            if len(hits) > 1 and not field.evidence:
                repeated.append(headers[hits[0]])
    return found, tuple(repeated)


def _hits(wanted: Sequence[str], where: dict[str, list[int]]) -> list[int]:
    """The columns of the first spelling that stands there."""
    return next((where[text] for text in map(folded, wanted) if text in where), [])


def _warehouses(one: Format, headers: Sequence[str], positions: dict[str, int]) -> tuple[int, ...]:
    known = {folded(text) for text in one.closed}
    taken = set(positions.values())
    return tuple(
        place for place, header in enumerate(headers) if header and place not in taken and folded(header) not in known
    )
