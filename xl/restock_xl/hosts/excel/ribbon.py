"""The Restock tab of the ribbon: the same commands as the buttons, with icons that Excel has."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from restock.text import Words, say
from restock_xl.package.archive import Archive
from restock_xl.package.content_types import ContentTypes
from restock_xl.package.relationships import ROOT, add_relationship, relationship_tree, write_relationships
from restock_xl.sheets.buttons import MACROS

PART = "customUI/customUI.xml"
_RELATIONSHIP = "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility"
_NAMESPACE = "http://schemas.microsoft.com/office/2006/01/customui"
_ICONS = {
    "recompute": "CalculateNow",
    "export": "FileSendAsAttachment",
    "check": "Spelling",
    "explain": "FunctionWizard",
    "last_backup": "FileOpen",
}


def ribbon_xml(language: str) -> str:
    """Return the description of the tab.

    >>> ribbon_xml("en").count("<button ")
    5
    """
    words = Words(language)
    buttons = "".join(_button(command, words) for command in MACROS)
    return (
        f'<customUI xmlns="{_NAMESPACE}"><ribbon><tabs><tab id="restock_tab" label="Restock">'
        f'<group id="restock_group" label="Restock">{buttons}</group></tab></tabs></ribbon></customUI>'
    )


def _button(command: str, words: Words) -> str:
    label, tip = (quoteattr(say(f"button.{command}{part}", words)) for part in ("", "_tip"))
    return (
        f'<button id="restock_{command}" label={label} screentip={label} supertip={tip} size="large" '
        f'imageMso="{_ICONS[command]}" onAction="RestockRibbon"/>'
    )


def add_ribbon(archive: Archive, language: str) -> None:
    """Put the tab into a package in memory."""
    archive.write(PART, ribbon_xml(language).encode())
    types = ContentTypes(archive)
    types.assign(PART, "application/xml")
    types.store(archive)
    tree = relationship_tree(archive, ROOT)
    add_relationship(tree, _RELATIONSHIP, PART)
    write_relationships(archive, ROOT, tree)
