"""The page on the commands, from the command line's own objects."""

from __future__ import annotations

from typing import Any

from typer.main import get_command

from restock_xl.cli import app
from restock_xl.pages.markdown import markdown_table

_INTRO = (
    "`restock COMMAND --help` says the same in the terminal. A command that cannot do what it should says so in one "
    "sentence and exits with 2; a book that it could not write is as it was. Names with spaces stand in quotes: "
    '`"my book.xlsx"`.'
)


def commands_page() -> str:
    """Return every command with its arguments and options, as Markdown.

    >>> commands_page().startswith("# Commands")
    True
    """
    root: Any = get_command(app)
    parts = ["# Commands", _INTRO]
    for name, command in root.commands.items():
        if not command.hidden:
            parts += _section(name, command)
    return "\n\n".join(parts) + "\n"


def _section(name: str, command: Any) -> list[str]:
    shown = [one for one in command.params if not getattr(one, "hidden", False)]
    arguments = [one for one in shown if one.param_type_name == "argument"]
    options = [one for one in shown if one.param_type_name == "option"]
    usage = " ".join(["restock", name, *(_argument(one) for one in arguments), *(["[options]"] if options else [])])
    parts = [f"## {name}", f"`{usage}`", _paragraphs(command.help)]
    rows = [(f"`{_argument(one)}`", one.help or "", "") for one in arguments]
    rows += [(_option(one), one.help or "", _default(one)) for one in options]
    if rows:
        parts.append(markdown_table(("argument or option", "meaning", "if left out"), rows))
    return parts


def _argument(one: Any) -> str:
    """`BOOK`, `FILES…` where there may be several, in brackets where it may be left out."""
    name = one.name.upper() + ("…" if one.nargs == -1 else "")
    return name if one.required else f"[{name}]"


def _option(one: Any) -> str:
    names = ", ".join(f"`{name}`" for name in (*one.opts, *one.secondary_opts))
    return names if one.is_flag else f"{names} …"


def _default(one: Any) -> str:
    if one.required:
        return "must be given"
    return "" if one.is_flag or one.default in (None, "") else f"`{one.default}`"


def _paragraphs(text: str | None) -> str:
    blocks = (text or "").split("\n\n")
    return "\n\n".join(" ".join(block.split()) for block in blocks)
