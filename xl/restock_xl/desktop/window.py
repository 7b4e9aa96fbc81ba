"""A window to choose workbooks, and dialogs, by tkinter, which Python brings on most computers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from restock.text import Words, say

TITLE = "Restock"


def _root() -> Any | None:
    """A hidden main window, or None where nothing can be shown."""
    try:
        import tkinter
    except ImportError:
        return None
    try:
        root = tkinter.Tk()
    except tkinter.TclError:
        return None
    root.withdraw()
    root.attributes("-topmost", True)
    return root


def can_show() -> bool:
    """Return whether windows can be shown here."""
    root = _root()
    if root is None:
        return False
    root.destroy()
    return True


def choose_books(words: Words) -> list[Path]:
    """Let somebody choose workbooks; none where they cancel."""
    root = _root()
    if root is None:
        return []
    from tkinter import filedialog

    try:
        kinds = [(say("icon.books", words), "*.xlsx *.xlsm")]
        found = filedialog.askopenfilenames(parent=root, title=say("icon.choose", words), filetypes=kinds)
    finally:
        root.destroy()
    return [Path(name) for name in found]


@contextmanager
def working(words: Words) -> Iterator[Callable[[str], None]]:
    """Show a small window while something is done; yield what is told each step of it."""
    root = _root()
    if root is None:
        yield lambda step: None
        return
    from tkinter import Label

    label = Label(root, padx=30, pady=20, width=40)
    label.pack()
    root.title(TITLE)
    root.deiconify()

    def tell_step(step: str) -> None:
        label.configure(text=say(f"live.{step}", words))
        root.update()

    try:
        yield tell_step
    finally:
        root.destroy()


def tell(text: str, failed: bool = False) -> None:
    """Say something in one dialog, on the terminal where none can be shown."""
    root = _root()
    if root is None:
        print(text)
        return
    from tkinter import messagebox

    try:
        (messagebox.showwarning if failed else messagebox.showinfo)(TITLE, text, parent=root)
    finally:
        root.destroy()
