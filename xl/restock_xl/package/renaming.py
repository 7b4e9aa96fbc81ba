"""Sheets, tables and columns that get other names: the formulas that name them follow, token by token."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_WORD = r"[\w.\\?$]+"
_TOKEN = re.compile(
    rf"""(?P<text>"(?:[^"]|"")*")
    |'(?P<quoted>(?:[^']|'')+)'!(?P<behind_quoted>{_WORD})?
    |\[[^\[\]]*\]{_WORD}!(?:{_WORD})?                             # a sheet of another workbook
    |(?P<columns>\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\])        # of a table
    |(?P<first>{_WORD}):(?P<last>{_WORD})!(?P<behind_range>{_WORD})?  # cells of several sheets
    |(?P<sheet>{_WORD})!(?P<behind_sheet>{_WORD})?
    |(?P<word>{_WORD})(?!\()""",
    re.VERBOSE,
)
_REFERENCE_IN_TEXT = re.compile(r"\b(?:INDIRECT|HYPERLINK)\(\s*$", re.IGNORECASE)
_PLAIN_SHEET = re.compile(r"[^\W\d][\w.]*")
_INNER = re.compile(r"\[((?:[^\[\]']|'.)*)\]")
_TABLE_BEFORE = re.compile(rf"{_WORD}$")
_PLAIN_COLUMN = re.compile(r"\w[\w ]*")
_ESCAPED = re.compile(r"['\[\]#@]")
_LIKE_A_CELL = re.compile(r"[A-Z]{1,3}\d+|R\d*C\d*|R\d*|C\d*|TRUE|FALSE", re.IGNORECASE)


@dataclass(frozen=True)
class Renaming:
    """New names of sheets and tables by their old ones, which are compared without regard to case.

    Attributes:
        columns: New headers by old ones, of each table that has any, under its old name.
    """

    sheets: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Keep what really changes, by folded names."""
        for name in ("sheets", "tables"):
            object.__setattr__(self, name, _changed(getattr(self, name)))
        columns = {table.casefold(): _changed(headers) for table, headers in self.columns.items()}
        object.__setattr__(self, "columns", {table: headers for table, headers in columns.items() if headers})

    def __bool__(self) -> bool:
        """Whether anything gets another name."""
        return bool(self.sheets or self.tables or self.columns)

    def sheet(self, name: str) -> str:
        """Return what a sheet is called now."""
        return self.sheets.get(name.casefold(), name)

    def table(self, name: str) -> str:
        """Return what a table is called now."""
        return self.tables.get(name.casefold(), name)

    def formula(self, text: str) -> str:
        """Return a formula, or the text of a defined name, with the new names.

        Texts stay, but for those that INDIRECT and HYPERLINK take as references; names of other workbooks' sheets
        and of functions stay, and columns without the name of their table.

        >>> new = Renaming({"Plan": "Plan (2)"}, {"Needs": "Needs_2"}, {"Needs": {"Unit": "Unit (kg)"}})
        >>> new.formula('SUM(Plan!A1:B2,Needs[Needs],[1]Plan!A1)&"Plan!A1"')
        'SUM(\\'Plan (2)\\'!A1:B2,Needs_2[Needs],[1]Plan!A1)&"Plan!A1"'
        >>> new.formula("Needs[Unit]*Needs[[#This Row],[Unit]:[Needs]]+Plan[Unit]")
        'Needs_2[[Unit (kg)]]*Needs_2[[#This Row],[Unit (kg)]:[Needs]]+Plan[Unit]'
        """
        return _TOKEN.sub(lambda found: self._token(found, text), text)

    def _token(self, found: re.Match[str], text: str) -> str:
        if found["text"]:
            inside = found["text"][1:-1].replace('""', '"')
            if not _REFERENCE_IN_TEXT.search(text, 0, found.start()):
                return found[0]
            return '"' + self.formula(inside).replace('"', '""') + '"'
        if found["columns"]:
            return self._columns(found["columns"], _TABLE_BEFORE.search(text, 0, found.start()))
        if found["quoted"]:
            names = found["quoted"].replace("''", "'")
            return found[0] if "[" in names else self._prefix(names.split(":"), found["behind_quoted"], found[0])
        if found["first"]:
            return self._prefix([found["first"], found["last"]], found["behind_range"], found[0])
        if found["sheet"]:
            return self._prefix([found["sheet"]], found["behind_sheet"], found[0])
        return self.table(found["word"]) if found["word"] else found[0]

    def _columns(self, brackets: str, before: re.Match[str] | None) -> str:
        new = self.columns.get(before[0].casefold()) if before else None
        if new is None:
            return brackets
        if _INNER.search(brackets, 1):
            return brackets[0] + _INNER.sub(lambda found: f"[{_renamed(found[1], new)}]", brackets[1:-1]) + brackets[-1]
        sign = "@" if brackets[1:2] == "@" else ""
        written = brackets[1 + len(sign) : -1]
        name = _renamed(written, new)
        single = name == written or bool(_PLAIN_COLUMN.fullmatch(name))
        return f"[{sign}{name}]" if single else f"[{sign}[{name}]]"

    def _prefix(self, names: list[str], behind: str | None, written: str) -> str:
        new = [self.sheet(name) for name in names]
        return written if new == names else f"{quoted_sheets(new)}!{behind or ''}"


def _changed(names: Mapping[str, str]) -> dict[str, str]:
    return {old.casefold(): new for old, new in names.items() if old != new}


def _renamed(written: str, headers: Mapping[str, str]) -> str:
    """Return a header as it stands between brackets, under its new name; an apostrophe escapes what follows."""
    new = headers.get(re.sub(r"'(.)", r"\1", written.strip()).casefold())
    return written if new is None else _ESCAPED.sub(r"'\g<0>", new)


def quoted_sheets(names: list[str]) -> str:
    """Return a sheet, or the first and last of several, as they stand in a formula before the `!`.

    >>> quoted_sheets(["Stock"]), quoted_sheets(["Tom's"]), quoted_sheets(["Q1 24", "Q4"]), quoted_sheets(["AB12"])
    ('Stock', "'Tom''s'", "'Q1 24:Q4'", "'AB12'")
    """
    plain = all(_PLAIN_SHEET.fullmatch(name) and not _LIKE_A_CELL.fullmatch(name) for name in names)
    joined = ":".join(names)
    return joined if plain else "'" + joined.replace("'", "''") + "'"


def words_of(formula: str) -> set[str]:
    """Return the words of a formula that may be defined names, folded: no texts, sheets or columns.

    >>> sorted(words_of('Rate*Plan!Rest+"Text"+Square(Needs[Column])'))
    ['needs', 'rate', 'rest', 'square']
    """
    found = set()
    for token in _CALL_OR_TOKEN.finditer(formula):
        words = (token["call"], token["word"], token["behind_sheet"], token["behind_quoted"])
        found |= {word.casefold() for word in words if word}
    return found


def sheets_of(formula: str) -> set[str]:
    """Return the sheets of this workbook that a formula names, folded; of several in a row the first and the last.

    >>> sorted(sheets_of("Plan!A1+'Q1 24:Q4'!B2+[1]Other!C3&\"Text!A1\""))
    ['plan', 'q1 24', 'q4']
    """
    found: set[str] = set()
    for token in _TOKEN.finditer(formula):
        quoted = (token["quoted"] or "").replace("''", "'")
        names = (quoted.split(":") if "[" not in quoted else ()), (token["first"], token["last"], token["sheet"])
        found |= {name.casefold() for group in names for name in group if name}
    return found


def texts_of(formula: str) -> list[str]:
    """Return the texts that stand in a formula.

    >>> texts_of('IF(A1="RED",B1&" left",2)')
    ['RED', ' left']
    """
    return [token["text"][1:-1].replace('""', '"') for token in _TOKEN.finditer(formula) if token["text"]]


def columns_of(formula: str) -> list[tuple[str, str]]:
    """Return what stands between the brackets of a formula, each with the table named before it, "" where none is.

    >>> columns_of("Needs[Unit]*[@[Unit 2]]")
    [('Needs', '[Unit]'), ('', '[@[Unit 2]]')]
    """
    found = []
    for token in _TOKEN.finditer(formula):
        if token["columns"]:
            before = _TABLE_BEFORE.search(formula, 0, token.start())
            found.append((before[0] if before else "", token["columns"]))
    return found


_CALL_OR_TOKEN = re.compile(rf"(?P<call>{_WORD})(?=\()|{_TOKEN.pattern}", re.VERBOSE)
