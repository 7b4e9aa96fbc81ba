"""The part of the extension that LibreOffice loads: it finds the installed restock and hands its services over."""

import json
import os
import site
import sys

import unohelper

_PLACES = os.path.join(os.path.dirname(__file__), "places.json")


def _make_findable() -> None:
    """Let this Python import what the Python that installed the extension imports, behind its own packages."""
    with open(_PLACES, encoding="utf-8") as stream:
        places = json.load(stream)
    if places["version"] != list(sys.version_info[:2]):
        raise ImportError(
            "Restock was installed with Python {}.{}, and LibreOffice runs {}.{}. Drop the workbook on the Restock "
            "icon, or install restock with that Python and run: restock install --libreoffice".format(
                *places["version"], *sys.version_info[:2]
            )
        )
    for folder in places["sources"]:
        if folder not in sys.path:
            sys.path.append(folder)
    for folder in places["packages"]:
        site.addsitedir(folder)


_make_findable()
from restock_xl.hosts.libreoffice.services import SERVICES  # noqa: E402

g_ImplementationHelper = unohelper.ImplementationHelper()
for service, made in SERVICES.items():
    g_ImplementationHelper.addImplementation(made, service, made.SERVICE_NAMES)
