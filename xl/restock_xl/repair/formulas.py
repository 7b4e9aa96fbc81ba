"""Formulas of ours put back: calculated columns of Stock, names that hold a LAMBDA, marks of sheets."""

from __future__ import annotations

from itertools import groupby

from lxml import etree

from restock.functions.lambda_names import lambda_names
from restock.schema.cell import clipped, shown
from restock.schema.outputs import OUTPUT_TABLES
from restock.text import Words, cell_reference, say
from restock_xl.checking.overtyped import overtyped_cells
from restock_xl.package.book import Book
from restock_xl.package.cell_edit import NewFormula, set_cells
from restock_xl.package.markup import insert_ordered, main_tag
from restock_xl.package.ownership import OWNERSHIP_NAME, ownership_text
from restock_xl.package.read import BookContents
from restock_xl.package.references import area, column_letter
from restock_xl.package.table_make import set_column_formulas
from restock_xl.package.workbook_edit import ORDER, WorkbookEdit
from restock_xl.sheets.layout import TAB_BY_KEY, WRITTEN
from restock_xl.sheets.stock_formulas import FormulaRows
from restock_xl.stock_cells import OurFormulas, folded_formula
from restock_xl.stock_place import computed_columns, stock_place

LISTED = 20
"""So many cells are named, the rest are counted."""


def put_back_formulas(contents: BookContents, words: Words) -> list[str]:
    """Put our formula into every calculated cell of a filled or pre-made row that holds something else."""
    book, table = contents.book, contents.raw.tables.get("Stock")
    forecast = book.owned().get("Forecast")
    ref = next((one for one in book.tables() if one.name.casefold() == "stock"), None)
    if table is None or forecast is None or ref is None or ref.sheet != table.sheet:
        return []
    cells = contents.cells(table.sheet)
    computed = computed_columns(cells, table)
    place, here = stock_place(contents, table, computed, forecast), area(ref.ref)
    if place is None or here is None:
        return []
    patterns = FormulaRows(place)
    ours = OurFormulas(patterns, cells)
    foreign = {
        (row, column): computed[column]
        for row, column in cells.formulas
        if column in computed and here.top < row <= here.bottom and not ours.stands_at(row, column, computed[column])
    }
    typed = overtyped_cells(contents)
    blank = {
        (row, column): name
        for row in range(here.top + ref.header_rows, here.bottom + 1 - ref.totals_rows)
        for column, name in computed.items()
        if (row, column) not in cells.formulas and cells.at(row, column) is None
    }
    wrong = typed | foreign | blank
    first = here.top + ref.header_rows
    headers = {column - here.left: patterns.text(name, first)[1:] for column, name in computed.items()}
    columns = set_column_formulas(book, ref, headers, lambda one, two: folded_formula(one) == folded_formula(two))
    if wrong:
        part = book.part_of_sheet(table.sheet)
        new = {at: NewFormula(patterns.text(name, at[0])[1:]) for at, name in wrong.items()}
        book.archive.write(part, set_cells(book.archive.read(part), new))
        _drop_chain(book)
    done = [_said(contents, table.sheet, [at], words) for at in sorted(typed)[:LISTED]]
    if len(typed) > LISTED:
        done.append(say("repair.more", words, count=len(typed) - LISTED))
    by_column = groupby(sorted(foreign, key=lambda at: at[::-1]), key=lambda at: at[1])
    done += [_said(contents, table.sheet, list(cells_of_column), words) for _, cells_of_column in by_column]
    if blank:
        done.append(say("heal.formulas", words, sheet=table.sheet, count=len(blank)))
    if columns and not wrong:
        done.append(say("heal.columns", words, sheet=table.sheet))
    return done


def put_back_names(book: Book, words: Words) -> list[str]:
    """Put back the names of our functions that are gone or broken."""
    held = {(name.get("name") or "").casefold(): name for name in book.defined_names if not name.get("localSheetId")}
    missing = []
    for one in lambda_names():
        name = held.get(one.name.casefold())
        if name is None or not (name.text or "").strip() or "#REF!" in (name.text or ""):
            missing.append(one)
            if name is not None and (parent := name.getparent()) is not None:
                parent.remove(name)
    if not missing or not book.owned():
        return []
    edit = WorkbookEdit(book)
    names = _names(book)
    for one in missing:
        etree.SubElement(names, main_tag("definedName"), {"name": one.name}).text = one.text
    edit.store()
    return [say("repair.names", words, count=len(missing), name=missing[0].name)]


def put_back_marks(book: Book, words: Words) -> list[str]:
    """Mark sheets again that hold a table of ours and have lost their mark, so that a press finds them."""
    owned, done = book.owned(), []
    missing = [key for key in WRITTEN if key not in owned and key in OUTPUT_TABLES]
    taken = {sheet.casefold() for sheet in owned.values()}
    edit = WorkbookEdit(book)
    for key in missing if owned else ():
        headers = {column.header(language) for column in OUTPUT_TABLES[key].columns for language in ("en", "zh")}
        for ref in book.tables():
            sheet = book.sheet(ref.sheet)
            is_ours = ref.name.casefold() == key.casefold() and len(headers & set(ref.columns)) > 2
            if is_ours and sheet is not None and ref.sheet.casefold() not in taken:
                attributes = {"name": OWNERSHIP_NAME, "localSheetId": str(sheet.index), "hidden": "1"}
                etree.SubElement(_names(book), main_tag("definedName"), attributes).text = ownership_text(key)
                done.append(say("repair.mark", words, sheet=ref.sheet, tab=TAB_BY_KEY[key].name(words.language)))
    if done:
        edit.store()
    return done


def _names(book: Book) -> etree._Element:
    names = book.tree.find(main_tag("definedNames"))
    if names is None:
        names = book.tree.makeelement(main_tag("definedNames"), {})
        insert_ordered(book.tree, names, ORDER)
    return names


def _drop_chain(book: Book) -> None:
    edit = WorkbookEdit(book)
    if edit.has_calculation_chain():
        edit.drop_calculation_chain()
        edit.store()


def _ref(sheet: str, at: tuple[int, int], words: Words) -> str:
    return cell_reference(sheet, f"{column_letter(at[1])}{at[0]}", words)


def _said(contents: BookContents, sheet: str, places: list[tuple[int, int]], words: Words) -> str:
    """What was put back into cells of one column."""
    reference, value = _ref(sheet, places[0], words), _held(contents, sheet, places[0])
    if len(places) == 1:
        return say("repair.formula", words, ref=reference, value=value)
    table = contents.raw.tables["Stock"]
    header = contents.cells(sheet).at(table.header_row, places[0][1])
    return say("repair.formulas", words, ref=reference, value=value, others=len(places) - 1, header=header)


def _held(contents: BookContents, sheet: str, at: tuple[int, int]) -> str:
    cells = contents.cells(sheet)
    formula = cells.formulas.text(*at)
    return clipped(f"={formula}" if formula else shown(cells.at(*at)))

