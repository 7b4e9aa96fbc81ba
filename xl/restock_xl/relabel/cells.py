"""The cells of a book that hold labels and words of ours, and what they say in the other language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from restock.schema.cell import is_blank
from restock.schema.columns import Kind, normal_header
from restock.schema.inputs import INPUT_TABLES
from restock.schema.raw import RawColumn, RawTable
from restock.schema.settings import DEFAULT_CURRENCY, SETTINGS_LIST
from restock.schema.words import CHOICES, LIST_NAMES, word
from restock_xl.package.cells import SheetCells
from restock_xl.package.read import BookContents
from restock_xl.package.references import column_number
from restock_xl.relabel.labels import (
    LANGUAGES,
    Pairs,
    choices_of,
    function_pairs,
    new_word,
    other,
    setting_pairs,
    start_pairs,
    title_pairs,
)
from restock_xl.relabel.names import NewNames, PlacedTable

Place = tuple[int, int]
Texts = dict[Place, str]
"""New text by row and column."""


def new_headers(names: NewNames) -> dict[str, Texts]:
    """The cells of headers, by sheet."""
    found: dict[str, Texts] = {}
    for table in names.tables:
        if table.in_place:
            cells = found.setdefault(table.sheet, {})
            cells |= {(table.header_row, table.left + at): text for at, text in names.headers(table).items()}
    return found


def new_words(contents: BookContents, names: NewNames) -> dict[str, Texts]:
    """The words that were typed into columns with a list, by sheet."""
    found: dict[str, Texts] = {}
    for name, raw in contents.raw.tables.items():
        if name == "Settings" or name in contents.standing or raw.found_by == "wide":
            continue
        words = dict(_list_words(contents, raw, names.target))
        if words:
            found.setdefault(raw.sheet, {}).update(words)
    return found


def new_labels(contents: BookContents, names: NewNames) -> dict[str, Texts]:
    """Titles, help, settings, lists and what stands on Start and Functions, by sheet."""
    found: dict[str, Texts] = {}
    for table in names.tables:
        if table.in_place and contents.book.owned():
            above = contents.cells(table.sheet).head(table.header_row - 1)
            found.setdefault(table.sheet, {}).update(_said(above, title_pairs(table.key, names.target)))
    for key, pairs in (("Start", start_pairs(names.target)), ("Functions", function_pairs(names.target))):
        if key in names.tabs:
            sheet = names.tabs[key]
            found.setdefault(sheet, {}).update(_said(contents.cells(sheet).rows, pairs))
    settings = next((table for table in names.tables if table.key == "Settings"), None)
    if settings is not None:
        found.setdefault(settings.sheet, {}).update(_settings(contents, settings, names.target))
    return found


def _said(rows: Mapping[int, Mapping[int, object]], pairs: Pairs) -> Texts:
    """The cells that say exactly what we would have written."""
    cells = ((row, column, value) for row, values in rows.items() for column, value in values.items())
    return {(row, column): pairs[value] for row, column, value in cells
            if isinstance(value, str) and pairs.get(value, value) != value}  # fmt: skip


def _list_words(contents: BookContents, raw: RawTable, target: str) -> Iterator[tuple[Place, str]]:
    table = INPUT_TABLES[raw.table]
    for name, place in table.match_headers(raw.headers()).items():
        choices = choices_of(table[name])
        texts = _texts(raw.columns[place]) if choices else []
        new = {text: found for text in {text for _, text in texts} if (found := new_word(choices, text, target))}
        if new:
            column, formulas = column_number(raw.columns[place].letter), contents.cells(raw.sheet).formulas
            for at, text in texts:
                row = int(raw.rows[at])
                if text in new and (row, column) not in formulas:
                    yield (row, column), new[text]


def _texts(column: RawColumn) -> list[tuple[int, str]]:
    """The texts of a column with their positions."""
    values = list(column.values)
    return [(at, text) for at, value in enumerate(values) if isinstance(text := column.doubts.get(at, value), str)]


def _settings(contents: BookContents, table: PlacedTable, target: str) -> Texts:
    """Labels and meanings, words that were typed as values, and the lists beside the table."""
    raw, cells = contents.raw.tables["Settings"], contents.cells(table.sheet)
    at = {name: column_number(raw.columns[place].letter)
          for name, place in INPUT_TABLES["Settings"].match_headers(raw.headers()).items()}  # fmt: skip
    rows = {row: cells.row(row) for row in raw.rows.tolist()}
    labelled = {row: {at[name]: values.get(at[name]) for name in ("setting", "meaning") if name in at}
                for row, values in rows.items()}  # fmt: skip
    found = _said(labelled, setting_pairs(target)) | _lists(cells, table, target)
    for row, values in rows.items():
        key = _LABELS.get(normal_header(str(values.get(at["setting"]) or "")))
        text = _setting(key, values.get(at["value"]), target) if key else None
        if text not in (None, values.get(at["value"])) and (row, at["value"]) not in cells.formulas:
            found[row, at["value"]] = str(text)
    return found


_LABELS = {normal_header(text): one.key for one in SETTINGS_LIST for text in (one.key, one.en, one.zh)}
_CHOSEN = {setting.key: setting.choices for setting in SETTINGS_LIST if setting.kind is Kind.CHOICE}


def _setting(key: str, value: object, target: str) -> str | None:
    """What a setting's value becomes; a currency that nobody typed was that of the old language."""
    if key == "language":
        return word("language", target, target)
    if key == "currency" and is_blank(value):
        return DEFAULT_CURRENCY[other(target)]
    return new_word(_CHOSEN[key], value, target) if key in _CHOSEN and isinstance(value, str) else None


def _lists(cells: SheetCells, table: PlacedTable, target: str) -> Texts:
    """The words to choose from, which checks of cells on other sheets refer to."""
    found = Texts()
    for column, name in cells.row(table.header_row).items():
        kind = next((kind for kind, pair in LIST_NAMES.items() if name in (*pair, kind.replace("_", " "))), None)
        if column <= table.left + len(table.headers) or kind is None:
            continue
        found[table.header_row, column] = LIST_NAMES[kind][LANGUAGES.index(target)]
        for row in range(table.header_row + 1, table.header_row + 1 + len(CHOICES[kind])):
            text = cells.at(row, column)
            found[row, column] = (new_word(kind, text, target) or text) if isinstance(text, str) else ""
    return {place: text for place, text in found.items() if text and text != cells.at(*place)}
