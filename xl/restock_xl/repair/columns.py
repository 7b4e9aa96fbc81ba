"""Tables and columns put back: a table that became a plain range, a header renamed, a column deleted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from restock.schema.inputs import INPUT_TABLES
from restock.text import Words, cell_reference, say
from restock_xl.checking.headers import LostColumn, lost_columns
from restock_xl.package.book import Book
from restock_xl.package.cell_edit import set_cells
from restock_xl.package.cells import SheetCells
from restock_xl.package.read import BookContents
from restock_xl.package.references import Area, area, column_letter, column_number
from restock_xl.package.table_make import make_table, rename_column, widen_table
from restock_xl.repair.formats import FormatMaker
from restock_xl.repair.reference import Reference


def put_back_tables(contents: BookContents, words: Words) -> list[str]:
    """Make the Excel table of each input table of a book of ours that is only a range now."""
    done = []
    for name, found in contents.raw.tables.items():
        taken = contents.book.taken_names()
        if found.found_by != "headers" or name.casefold() in taken or not contents.book.owned():
            continue
        cells = contents.cells(found.sheet)
        left = column_number(found.columns[0].letter)
        row = cells.row(found.header_row)
        right = left
        while isinstance(row.get(right + 1), str) and row[right + 1]:
            right += 1
        headers = [str(row.get(column) or "") for column in range(left, right + 1)]
        bottom = max(int(found.rows.max(initial=0)), found.header_row + 1)
        place = Area(found.header_row, left, bottom, right)
        different = len({header.casefold() for header in headers}) == len(headers)
        if different and not _overlaps(contents.book, found.sheet, place):
            make_table(contents.book, found.sheet, name, place, headers)
            done.append(say("repair.table", words, sheet=found.sheet, table=INPUT_TABLES[name].name))
    return done


def put_back_columns(contents: BookContents, reference: Reference, words: Words) -> list[str]:
    """Put back headers that were renamed and columns that were deleted; a column dragged away is left to its owner."""
    done: list[str] = []
    for _, group in groupby(lost_columns(contents), key=lambda lost: lost.ref.name):
        lost = list(group)
        renamed = [one for one in lost if one.how == "renamed"]
        deleted = [one for one in lost if one.how == "deleted"]
        done += _rename(contents, renamed, words)
        done += _append(contents, deleted, reference, words)
        done += [one for lost_one in lost if lost_one.how == "apart" for one in _left(lost_one, words)]
    return done


def _rename(contents: BookContents, lost: list[LostColumn], words: Words) -> Iterator[str]:
    book = contents.book
    for one in lost:
        header = one.column.header(contents.raw.language)
        place = area(one.ref.ref)
        assert place is not None
        rename_column(book, one.ref, one.place[1] - place.left, header)
        part = book.part_of_sheet(one.ref.sheet)
        book.archive.write(part, set_cells(book.archive.read(part), {one.place: header}))
        reference = cell_reference(one.ref.sheet, one.cell, words)
        yield say("repair.header", words, ref=reference, value=one.header, header=header)


def _append(contents: BookContents, lost: list[LostColumn], reference: Reference, words: Words) -> Iterator[str]:
    """Put deleted columns back at the right end of their table, if nothing stands there."""
    if not lost:
        return
    book, ref, table = contents.book, lost[0].ref, lost[0].table
    place = area(ref.ref)
    assert place is not None
    headers = [one.column.header(reference.language) for one in lost]
    if not _is_free(contents.cells(ref.sheet), place, len(headers)):
        cell = f"{column_letter(place.right + 1)}{place.top}"
        yield say("repair.no_room", words, ref=cell_reference(ref.sheet, cell, words), count=len(headers))
        return
    widen_table(book, ref, headers)
    part = book.part_of_sheet(ref.sheet)
    formats = FormatMaker(book, reference)
    inside, tops = reference.cell_styles(table), reference.header_styles(table)
    styles = {}
    for offset, one in enumerate(lost, start=1):
        column, name = place.right + offset, one.column.name
        styles[place.top, column] = formats.number(tops[name])
        styles |= {(row, column): formats.number(inside[name]) for row in range(place.top + 1, place.bottom + 1)}
    formats.store()
    cells = {(place.top, place.right + offset): header for offset, header in enumerate(headers, start=1)}
    book.archive.write(part, set_cells(book.archive.read(part), cells, styles))
    for offset, header in enumerate(headers, start=1):
        cell = f"{column_letter(place.right + offset)}{place.top}"
        yield say("repair.column", words, ref=cell_reference(ref.sheet, cell, words), header=header)


def _left(lost: LostColumn, words: Words) -> Iterator[str]:
    from restock.schema.sentences import problem_sentence

    yield problem_sentence(lost.problem(words.language), words)


def _is_free(cells: SheetCells, place: Area, count: int) -> bool:
    """Whether nothing stands beside a table, for `count` columns."""
    columns = range(place.right + 1, place.right + count + 1)
    rows = (cells.row(row) for row in range(place.top, max(place.bottom, cells.max_row) + 1))
    return not any(column in row for row in rows for column in columns)


def _overlaps(book: Book, sheet: str, place: Area) -> bool:
    others = [one for ref in book.tables() if ref.sheet == sheet and (one := area(ref.ref)) is not None]
    return any(
        one.top <= place.bottom and place.top <= one.bottom and one.left <= place.right and place.left <= one.right
        for one in others
    )
