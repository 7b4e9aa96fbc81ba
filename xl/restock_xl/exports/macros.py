"""A workbook without its macros: the project, the ribbon that calls it, and the buttons' calls go; the rest stays."""

from __future__ import annotations

import re

from restock.errors import WorkbookError
from restock_xl.package.book import Book
from restock_xl.package.markup import serialise
from restock_xl.package.relationships import ROOT, internal, reachable, relationship_tree, write_relationships
from restock_xl.package.workbook_edit import WorkbookEdit

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_RUNS_MACROS = {"vbaProject", "attachedToolbars"}
_RIBBON = {"extensibility"}
_MACRO_SHEETS = {"xlMacrosheet", "xlIntlMacrosheet"}
_CALL = re.compile(rb"""(<[^<>]*\smacro\s*=\s*)(?:"[^"]*"|'[^']*')""")
_OUR_BUTTON = re.compile(
    rb"<v:shape\s(?:(?!</v:shape>).)*?<x:FmlaMacro>\[0\]!Restock\w+</x:FmlaMacro>.*?</v:shape>", re.DOTALL
)
_SHAPE_CALL = re.compile(rb"<x:FmlaMacro>.*?</x:FmlaMacro>", re.DOTALL)


def remove_macros(book: Book, edit: WorkbookEdit) -> None:
    """Remove every macro from a book in memory; `edit` is stored by the caller.

    Raises:
        WorkbookError: It has macro sheets of Excel 4, which only a workbook with macros can hold.
    """
    if any(relation.kind in _MACRO_SHEETS for relation in book.relationships):
        raise WorkbookError(
            f"{book.path.name} has a macro sheet of Excel 4, which a copy without macros cannot hold. Export it as "
            "values, or delete that sheet."
        )
    gone = [relation.target for relation in book.relationships if relation.kind in _RUNS_MACROS]
    edit.drop_relationships(_RUNS_MACROS)
    root = relationship_tree(book.archive, ROOT)
    for element, relation in list(internal(root, ROOT)):
        if relation.kind in _RIBBON:
            gone.append(relation.target)
            root.remove(element)
    candidates = reachable(book.archive, gone)
    if gone:
        write_relationships(book.archive, ROOT, root)
    for part in candidates:
        edit.remove_part(part)
    edit.content_types.assign(book.part, WORKBOOK_TYPE)
    _silence_buttons(book)


def _silence_buttons(book: Book) -> None:
    """Our own buttons go where Excel has not made more of them; others stay and call nothing."""
    drawn_twice = any("/ctrlprops/" in part.lower() for part in book.archive.parts())
    for part in book.archive.parts():
        name = part.lower()
        if ("/drawings/" not in name and "/worksheets/" not in name) or name.endswith(".rels"):
            continue
        data = book.archive.read(part)
        if b"macro" in data or b"FmlaMacro" in data:
            kept = data if drawn_twice else _OUR_BUTTON.sub(b"", data)
            silent = _SHAPE_CALL.sub(b"", _CALL.sub(rb'\1""', kept) if name.endswith(".xml") else kept)
            if silent != data:
                book.archive.write(part, silent)


def remove_names_of_people(book: Book) -> None:
    """Blank the author, the last editor, the company and the manager in the properties of a book in memory."""
    from restock_xl.package.markup import elements, local_name, parse

    for relation in [relation for _, relation in internal(relationship_tree(book.archive, ROOT), ROOT)]:
        if relation.kind not in ("core-properties", "extended-properties") or not book.archive.has(relation.target):
            continue
        tree = parse(book.archive.read(relation.target), relation.target)
        people = [one for one in elements(tree) if local_name(one) in _PEOPLE]
        for element in people:
            tree.remove(element)
        if people:
            book.archive.write(relation.target, serialise(tree))


_PEOPLE = {"creator", "lastModifiedBy", "Company", "Manager"}
