"""Sheets and tables that get other names than planned: the formulas that name them follow, token by token."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_WORD = r"[\w.\\?$]+"
_TOKEN = re.compile(
    rf"""(?P<text>"(?:[^"]|"")*")
    |'(?P<quoted>(?:[^']|'')+)'!(?P<behind_quoted>{_WORD})?
    |\[[^\[\]]*\]{_WORD}!(?:{_WORD})?                             # a sheet of another workbook
    |\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]                    # columns of a table
    |(?P<first>{_WORD}):(?P<last>{_WORD})!(?P<behind_range>{_WORD})?  # cells of several sheets
    |(?P<sheet>{_WORD})!(?P<behind_sheet>{_WORD})?
    |(?P<word>{_WORD})(?!\()""",
    re.VERBOSE,
)
_REFERENCE_IN_TEXT = re.compile(r"\b(?:INDIRECT|HYPERLINK)\(\s*$", re.IGNORECASE)
_PLAIN_SHEET = re.compile(r"[^\W\d][\w.]*")
_LIKE_A_CELL = re.compile(r"[A-Z]{1,3}\d+|R\d*C\d*|R\d*|C\d*|TRUE|FALSE", re.IGNORECASE)


@dataclass(frozen=True)
class Renaming:
    """New names of sheets and tables by their old ones, which are compared without regard to case."""

    sheets: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Keep what really changes, by folded names."""
        for name in ("sheets", "tables"):
            changed = {old.casefold(): new for old, new in getattr(self, name).items() if old != new}
            object.__setattr__(self, name, changed)

    def __bool__(self) -> bool:
        """Whether anything gets another name."""
        return bool(self.sheets or self.tables)

    def sheet(self, name: str) -> str:
        """Return what a sheet is called now."""
        return self.sheets.get(name.casefold(), name)

    def table(self, name: str) -> str:
        """Return what a table is called now."""
        return self.tables.get(name.casefold(), name)

    def formula(self, text: str) -> str:
        """Return a formula, or the text of a defined name, with the new names.

        Texts stay, but for those that INDIRECT and HYPERLINK take as references; names of other workbooks' sheets, of
        columns and of functions stay.

        >>> new = Renaming({"Plan": "Plan (2)"}, {"Needs": "Needs_2"})
        >>> new.formula('SUM(Plan!A1:B2,Needs[Needs],[1]Plan!A1)&"Plan!A1"')
        'SUM(\\'Plan (2)\\'!A1:B2,Needs_2[Needs],[1]Plan!A1)&"Plan!A1"'
        """
        return _TOKEN.sub(lambda found: self._token(found, text), text)

    def _token(self, found: re.Match[str], text: str) -> str:
        if found["text"]:
            inside = found["text"][1:-1].replace('""', '"')
            if not _REFERENCE_IN_TEXT.search(text, 0, found.start()):
                return found[0]
            return '"' + self.formula(inside).replace('"', '""') + '"'
        if found["quoted"]:
            names = found["quoted"].replace("''", "'")
            return found[0] if "[" in names else self._prefix(names.split(":"), found["behind_quoted"], found[0])
        if found["first"]:
            return self._prefix([found["first"], found["last"]], found["behind_range"], found[0])
        if found["sheet"]:
            return self._prefix([found["sheet"]], found["behind_sheet"], found[0])
        return self.table(found["word"]) if found["word"] else found[0]

    def _prefix(self, names: list[str], behind: str | None, written: str) -> str:
        new = [self.sheet(name) for name in names]
        return written if new == names else f"{quoted_sheets(new)}!{behind or ''}"


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


_CALL_OR_TOKEN = re.compile(rf"(?P<call>{_WORD})(?=\()|{_TOKEN.pattern}", re.VERBOSE)
