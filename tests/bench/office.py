"""LibreOffice as a peer: a file opened with every formula computed anew, and saved, in a process of its own."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

from tests.bench.process import Used, measured

# Values stored in the file count for nothing.
_ALWAYS = (
    '<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">'
    "<value>0</value></prop></item>"
)


@cache
def version() -> str:
    """LibreOffice's version; empty where there is none."""
    if shutil.which("soffice") is None:
        return ""
    done = subprocess.run(["soffice", "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"LibreOffice ([\d.]+)", done.stdout)
    return found[1] if found else ""


def profile_that_computes(folder: Path, any_book: Path) -> Path:
    """Return a profile in which LibreOffice computes every formula on opening a file; the program is loaded once."""
    profile = folder / "profile"
    convert(profile, any_book, folder / "first", "xlsx")
    settings = profile / "user" / "registrymodifications.xcu"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("</oor:items>", _ALWAYS + "</oor:items>"), encoding="utf-8")
    return profile


def convert(profile: Path, book: Path, folder: Path, form: str, limit: float | None = None) -> Used:
    """Open a file and save it as something else into a folder.

    Args:
        form: As `--convert-to` takes it.
    Raises:
        DidNotFinish: LibreOffice is not there, fails or takes longer.
    """
    command = ["soffice", "--headless", f"-env:UserInstallation={profile.absolute().as_uri()}", "--convert-to", form]
    return measured([*command, "--outdir", str(folder), str(book)], limit)


def sheet_as_csv(number: int) -> str:
    """The form that saves one sheet (from 1) as text in UTF-8, as it is shown."""
    return f"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,{number}"
