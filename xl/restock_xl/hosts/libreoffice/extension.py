"""The Calc extension: a .oxt file with our functions, a menu, a toolbar, and what happens when a book is opened."""

from __future__ import annotations

import json
import sys
import sysconfig
import zipfile
from importlib.resources import files
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import restock
import restock_xl
from restock.functions.addin import SERVICE, calc_addins_xcu, interface_idl
from restock.text import Words, say
from restock.version import __version__

from .commands import COMMANDS, COMMANDS_SERVICE
from .documents import EVENTS, FILES_SERVICE

IDENTIFIER = "org.restock.calc"
COMPONENT = "restock_calc.py"
_LANGUAGES = ("en", "zh")
_LOCALES = {"en": "en-US", "zh": "zh-CN"}
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_REGISTRY = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
_CALC = "com.sun.star.sheet.SpreadsheetDocument"
_TYPES = "application/vnd.sun.star.uno-typelibrary;type=RDB"
_SETTINGS = "application/vnd.sun.star.configuration-data"
_COMPONENTS = "application/vnd.sun.star.uno-components"


def build_oxt(path: Path) -> Path:
    """Write the extension for this Python's restock, and return its file.

    The interface is there as its source, which LibreOffice reads like a compiled one. Names of places on this
    computer are in it, so it is made where it is installed and not handed on.
    """
    parts = {
        "META-INF/manifest.xml": _manifest(),
        "description.xml": _description(),
        "XRestockFunctions.idl": interface_idl(),
        "CalcAddIns.xcu": calc_addins_xcu(),
        "Addons.xcu": _addons(),
        "Jobs.xcu": _jobs(),
        "restock.components": _components(),
        "places.json": json.dumps(_places()),
        COMPONENT: (files("restock_xl.hosts.libreoffice") / "oxt" / COMPONENT).read_text(encoding="utf-8"),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return path


def _places() -> dict[str, object]:
    """Where LibreOffice's Python finds what this one finds, and this one's version, which must be the same."""
    sources = [str(Path(str(module.__file__)).parent.parent) for module in (restock, restock_xl)]
    packages = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    return {
        "version": list(sys.version_info[:2]),
        "sources": list(dict.fromkeys(sources)),
        "packages": list(dict.fromkeys(packages)),
    }


def _manifest() -> str:
    kinds = {
        "XRestockFunctions.idl": _TYPES, "restock.components": _COMPONENTS, "CalcAddIns.xcu": _SETTINGS,
        "Addons.xcu": _SETTINGS, "Jobs.xcu": _SETTINGS,
    }  # fmt: skip
    entries = "\n".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in kinds.items()
    )
    space = 'xmlns:manifest="http://openoffice.org/2001/manifest"'
    return f"{_HEAD}<manifest:manifest {space}>\n{entries}\n</manifest:manifest>\n"


def _description() -> str:
    names = "".join(f'<name lang="{language}">Restock</name>' for language in _LANGUAGES)
    return (
        f'{_HEAD}<description xmlns="http://openoffice.org/extensions/description/2006">\n'
        f'<identifier value="{IDENTIFIER}"/>\n<version value="{__version__}"/>\n'
        f"<display-name>{names}</display-name>\n</description>\n"
    )


def _components() -> str:
    """The services, named here so that installing the extension need not run it."""
    services = {
        SERVICE: (SERVICE, "com.sun.star.sheet.AddIn"),
        COMMANDS_SERVICE: (COMMANDS_SERVICE,),
        FILES_SERVICE: (FILES_SERVICE, "com.sun.star.task.Job"),
    }
    made = "\n".join(
        f'<implementation name="{name}">' + "".join(f'<service name="{one}"/>' for one in all_of) + "</implementation>"
        for name, all_of in services.items()
    )
    return (
        f'{_HEAD}<components xmlns="http://openoffice.org/2010/uno-components">\n'
        f'<component loader="com.sun.star.loader.Python" uri="{COMPONENT}">\n{made}\n</component>\n</components>\n'
    )


def _addons() -> str:
    menu = "\n".join(_entry(f"m{number}", command) for number, command in enumerate(COMMANDS, start=1))
    bar = "\n".join(_entry(f"t{number}", command) for number, command in enumerate(COMMANDS, start=1))
    title = _titles("office.menu")
    return (
        f'{_HEAD}<oor:component-data {_REGISTRY} oor:name="Addons" oor:package="org.openoffice.Office">\n'
        '<node oor:name="AddonUI">\n<node oor:name="OfficeMenuBar">\n'
        f'<node oor:name="{IDENTIFIER}" oor:op="replace">\n<prop oor:name="Title">{title}</prop>\n'
        f"{_property('Context', _CALC)}\n"
        f'<node oor:name="Submenu">\n{menu}\n</node>\n</node>\n</node>\n'
        f'<node oor:name="OfficeToolBar">\n<node oor:name="{IDENTIFIER}.bar" oor:op="replace">\n{bar}\n</node>\n'
        "</node>\n"
        "</node>\n</oor:component-data>\n"
    )


def _entry(name: str, command: str) -> str:
    """A line of the menu or the toolbar: its title, and the service that it calls with the command."""
    return (
        f'<node oor:name="{name}" oor:op="replace">\n{_property("URL", f"service:{COMMANDS_SERVICE}?{command}")}\n'
        f'<prop oor:name="Title">{_titles(f"button.{command}")}</prop>\n'
        f"{_property('Target', '_self')}\n{_property('Context', _CALC)}\n</node>"
    )


def _titles(key: str) -> str:
    return "".join(
        f"<value xml:lang={quoteattr(_LOCALES[language])}>{escape(say(key, Words(language)))}</value>"
        for language in _LANGUAGES
    )


def _property(name: str, value: str) -> str:
    return f'<prop oor:name="{name}" oor:type="xs:string"><value>{escape(value)}</value></prop>'


def _jobs() -> str:
    """The events of a book that `Files` sees."""
    events = "\n".join(
        f'<node oor:name="{event}" oor:op="fuse">\n<node oor:name="JobList">\n'
        f'<node oor:name="{FILES_SERVICE}" oor:op="replace"/>\n</node>\n</node>'
        for event in EVENTS
    )
    return (
        f'{_HEAD}<oor:component-data {_REGISTRY} oor:name="Jobs" oor:package="org.openoffice.Office">\n'
        f'<node oor:name="Jobs">\n<node oor:name="{FILES_SERVICE}" oor:op="replace">\n'
        f"{_property('Service', FILES_SERVICE)}\n</node>\n</node>\n"
        f'<node oor:name="Events">\n{events}\n</node>\n</oor:component-data>\n'
    )
