"""One file of the user: what it is, and its wanted columns as text."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from restock.errors import InputError
from restock.imports.recognise import HEADER_ROWS, recognise
from restock.imports.recognised import Recognised
from restock.imports.text_table import TextTable
from restock.text import Words, say

from .delimited import layout_of, read_columns
from .spreadsheet import OLE, best_sheet, columns_of, sheets_of

_ZIP = b"PK\x03\x04"
_NAMED_HEADERS = 6


@dataclass(frozen=True)
class SourceFile:
    """A recognised file. `fingerprint` is of its bytes."""

    path: Path
    found: Recognised
    table: TextTable
    fingerprint: str


def read_source(path: Path, words: Words) -> SourceFile:
    """Read a file that was downloaded from a shop, a warehouse or a stock program.

    Raises:
        InputError: It cannot be read, or its headers are of no known kind.
    """
    try:
        with open(path, "rb") as stream:
            start = stream.read(8)
            stream.seek(0)
            fingerprint = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise InputError(say("import.no_file", words, name=str(path))) from error
    if not start:
        raise InputError(say("import.empty_file", words, name=path.name))
    if start.startswith(_ZIP) or start == OLE:
        rows, found = best_sheet(sheets_of(path, words))
        table = None if found is None else columns_of(rows, found)
    elif start.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"["):
        rows = _json_rows(path)
        found = recognise(rows[:HEADER_ROWS])
        table = None if found is None else columns_of(rows, found)
    else:
        layout, rows = layout_of(path)
        found = recognise(rows)
        table = None if found is None else read_columns(path, layout, found, words)
    if found is None or table is None:
        raise InputError(_unknown(path, rows, words))
    if found.repeated:
        raise InputError(say("import.repeated", words, name=path.name, column=found.repeated[0]))
    return SourceFile(path, found, table, fingerprint)


def _json_rows(path: Path) -> list[list[str]]:
    """The answer of an interface as a table: its longest list of objects."""
    try:
        content = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return []
    lists = [one for one in _lists(content) if one and all(isinstance(item, dict) for item in one)]
    items = max(lists, key=len, default=[])
    headers = list(dict.fromkeys(name for item in items for name in item))
    return [headers, *([_plain(item.get(name)) for name in headers] for item in items)] if headers else []


def _lists(content: Any) -> list[list[Any]]:
    if isinstance(content, list):
        return [content]
    return [value for value in content.values() if isinstance(value, list)] if isinstance(content, dict) else []


def _plain(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value)


def _is_word(cell: str) -> bool:
    return any(character.isalpha() for character in cell)


def _unknown(path: Path, rows: list[list[str]], words: Words) -> str:
    """What was found where headers were looked for."""
    widest = max(rows[:HEADER_ROWS], key=lambda row: sum(map(_is_word, row)), default=[])
    headers = [cell.strip()[:30] for cell in widest if cell.strip()][:_NAMED_HEADERS]
    return say("import.unknown", words, name=path.name, headers=", ".join(headers))
