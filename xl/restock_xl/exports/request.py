"""What is asked of an export: in which form, for whom, and under which name."""

from __future__ import annotations

import datetime as dt
import glob
import re
from dataclasses import dataclass
from pathlib import Path

from restock.errors import RestockError

SUFFIXES = {"values": ".xlsx", "plain": ".xlsx", "native": ".xlsx", "text": ".txt", "png": ".png", "pdf": ".pdf",
            "csv": ".csv"}  # fmt: skip
LIVE = ("plain", "native")
ROLES = ("warehouse", "supplier")
_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')  # in a file name on Windows


@dataclass(frozen=True)
class Audience:
    """Who a copy is for: "team", "phone", or "warehouse" or "supplier" with its name."""

    kind: str = "team"
    name: str = ""

    @property
    def is_role(self) -> bool:
        """Whether the person gets sheets of their own, and not a part of the book."""
        return self.kind in ROLES


def audience_of(text: str | None) -> Audience:
    """Return who `--for` names.

    Raises:
        RestockError: It names nobody.

    >>> audience_of("warehouse:UK"), audience_of(None).kind
    (Audience(kind='warehouse', name='UK'), 'team')
    """
    kind, _, name = (text or "team").replace("：", ":").partition(":")
    kind, name = kind.strip().lower(), name.strip()
    if kind in ROLES and name:
        return Audience(kind, name)
    if kind in ("team", "phone") and not name:
        return Audience(kind)
    raise RestockError(
        f'--for: "{text}" names nobody. Write team, phone, warehouse:NAME or supplier:NAME, for example '
        "--for warehouse:UK."
    )


def form_of(text: str | None, audience: Audience) -> str:
    """Return the form that `--as` names; values where it is left out.

    Raises:
        RestockError: There is no such form, or it does not go with the audience.
    """
    form = (text or "values").strip().lower()
    if form not in SUFFIXES:
        raise RestockError(f'--as: "{text}" is no form. Write one of {", ".join(SUFFIXES)}.')
    if form in LIVE and audience != Audience():
        raise RestockError(
            f"--as {form} holds the whole book, so it cannot be cut for one person. Leave --as out, or leave --for out."
        )
    if form == "csv" and not audience.is_role:
        raise RestockError("--as csv is for one warehouse or supplier. Add --for warehouse:NAME or supplier:NAME.")
    if form == "text" and audience.is_role:
        raise RestockError("--as text is Today for the group chat. Leave --for out, or use --as png.")
    return form


def target_of(to: Path, book: Path, form: str, label: str, day: dt.date) -> Path:
    """Return the file to write: `to` itself, or a dated name in the folder that it is.

    A dated name that is taken gets a number; a file that somebody filled in is never written over that way.

    Raises:
        RestockError: The name does not end as the form does, or it is the book.
    """
    suffix = SUFFIXES[form]
    if to.suffix.lower() == suffix and not to.is_dir():
        if to.exists() and to.samefile(book):
            raise RestockError(f"{to.name} is the book itself. Give the copy another name, or a folder.")
        return to
    if to.suffix and not to.is_dir():
        other = next((f", or add --as {one}" for one, end in SUFFIXES.items() if end == to.suffix.lower()), "")
        raise RestockError(f"{to.name} must end in {suffix}, because --as {form} makes such a file{other}.")
    stem = f"{book.stem} {_UNFIT.sub('_', label)} {day.isoformat()}"
    name, number = to / f"{stem}{suffix}", 1
    while name.exists() or (form == "csv" and any(to.glob(f"{glob.escape(name.stem)}-*{suffix}"))):
        number += 1
        name = to / f"{stem} ({number}){suffix}"
    return name
