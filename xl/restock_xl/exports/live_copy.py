"""A copy that still calculates, without macros: our functions written out, or as LAMBDA names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from lxml import etree

from restock.functions.lambda_names import lambda_names
from restock.functions.plain import ExpansionError, expand
from restock_xl.exports.macros import remove_macros, remove_names_of_people
from restock_xl.exports.values.shown_values import shown_book
from restock_xl.package.book import Book
from restock_xl.package.escapes import decode
from restock_xl.package.markup import elements, insert_ordered, local_name, main_tag, parse, serialise
from restock_xl.package.workbook_edit import ORDER, WorkbookEdit

_CALL = b"RESTOCK_"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ANY_ROW = "1048571"  # a row that no formula of a real sheet names
_RULES = ("dataValidation", "cfRule")
_FORMULAS = ("f", "formula", "formula1", "formula2", "calculatedColumnFormula", "totalsRowFormula")


@dataclass(frozen=True)
class AsValue:
    """A formula that stands as its value in the copy: where, and the name of the function that could not be kept."""

    sheet: str
    cell: str


def live_copy(book: Book, plain: bool, today: dt.date) -> list[AsValue]:
    """Turn a book in memory into the copy.

    Args:
        plain: Write our functions out in functions that every program has; else give the book their LAMBDA names.
        today: What TODAY() answers.
    Returns:
        Formulas that have no plain form and became values.
    Raises:
        WorkbookError: The book cannot be edited safely, or a part is damaged.
    """
    book.ensure_editable(structure=False)
    shown_book(book, today)
    edit = WorkbookEdit(book)
    remove_macros(book, edit)
    left = _written_out(book) if plain else []
    if left:
        edit.drop_calculation_chain()
    _set_names(book, plain)
    edit.store()
    remove_names_of_people(book)
    return left


def _written_out(book: Book) -> list[AsValue]:
    """Write our functions out in every sheet and table; return the formulas that became values."""
    left: list[AsValue] = []
    for sheet in book.sheets:
        if sheet.part is not None and _CALL in book.archive.read(sheet.part).upper():
            root = parse(book.archive.read(sheet.part), sheet.part)
            left += [AsValue(sheet.name, cell) for cell in _expanded(root)]
            book.archive.write(sheet.part, serialise(root))
    for table in book.tables():
        if _CALL in book.archive.read(table.part).upper():
            root = parse(book.archive.read(table.part), table.part)
            list(_expanded(root))
            book.archive.write(table.part, serialise(root))
    return left


def _expanded(root: etree._Element) -> Iterator[str]:
    """Write the formulas of a part out in place; yield the cells whose formula was dropped instead."""
    for element in list(root.iter(etree.Element)):
        text = element.text or ""
        if local_name(element) not in _FORMULAS or _CALL.decode() not in text.upper():
            continue
        owner = element.getparent()
        cell = (owner.get("r") or "") if owner is not None and local_name(owner) == "c" else ""
        try:
            element.text = _expanded_in_row(text, cell.lstrip(_LETTERS))
        except ExpansionError:
            yield from _dropped(element)


def _dropped(formula: etree._Element) -> Iterator[str]:
    """Drop a formula with the cells that share it, or the rule that is nothing without it; yield the cells."""
    owner = formula.getparent()
    if owner is None:
        return
    if local_name(owner) in _RULES:
        _drop_rule(owner)
        return
    shared = formula.get("si") if formula.get("t") == "shared" else None
    for one in [formula] if shared is None else list(formula.getroottree().iter(main_tag("f"))):
        cell = one.getparent()
        if cell is not None and (one is formula or (one.get("t") == "shared" and one.get("si") == shared)):
            cell.remove(one)
            if local_name(cell) == "c":
                cell.attrib.pop("cm", "")  # it says that the formula is a dynamic array
                yield cell.get("r") or ""


def _drop_rule(rule: etree._Element) -> None:
    rules = rule.getparent()
    if rules is None:
        return
    rules.remove(rule)
    if rules.get("count") is not None:
        rules.set("count", str(len(rules)))
    around = rules.getparent()
    if around is not None and not any(local_name(one) in _RULES for one in elements(rules)):
        around.remove(rules)


def _expanded_in_row(formula: str, row: str) -> str:
    """Return a formula written out; formulas of a column often differ by their row alone, and that form is kept."""
    if not row or _ANY_ROW in formula:
        return expand(formula)
    same = re.sub(rf"(?<=[A-Z]){row}(?![\w.(!])", _ANY_ROW, formula)
    return _expanded_form(same).replace(_ANY_ROW, row)


@cache
def _expanded_form(formula: str) -> str:
    return expand(formula)


def _set_names(book: Book, plain: bool) -> None:
    """Our LAMBDA names: gone from a plain copy, all there in the other; names of the user's that call them follow."""
    names = book.tree.find(main_tag("definedNames"))
    ours = {name.name: name for name in lambda_names()}
    for element in list(elements(names)):
        name, text = decode(element.get("name") or "").upper(), element.text or ""
        if plain and name in ours and "lambda(" in text[:40].lower():
            element.getparent().remove(element)  # type: ignore[union-attr]
        elif plain and _CALL.decode() in text.upper():
            try:
                element.text = expand(text)
            except ExpansionError:
                continue
    if not plain:
        _add_names(book, names)
    elif names is not None and not len(names):
        book.tree.remove(names)


def _add_names(book: Book, names: etree._Element | None) -> None:
    present = {decode(element.get("name") or "").upper() for element in elements(names)}
    missing = [name for name in lambda_names() if name.name not in present]
    if not missing:
        return
    if names is None:
        names = book.tree.makeelement(main_tag("definedNames"), {})
        insert_ordered(book.tree, names, ORDER)
    for name in missing:
        etree.SubElement(names, main_tag("definedName"), {"name": name.name, "comment": name.comment}).text = name.text
