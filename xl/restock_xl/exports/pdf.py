"""A workbook as a PDF, through LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from restock.errors import RestockError

_SECONDS = 180
_PLACES = {
    "win32": (
        r"C:\Program Files\LibreOffice\program\soffice.com",
        r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
    ),
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
}


def write_pdf(book: Path, out: Path) -> None:
    """Write what a workbook shows as a PDF.

    Raises:
        RestockError: LibreOffice is not installed, or could not do it.
    """
    program = office_program()
    if program is None:
        raise RestockError(
            "A PDF is made by LibreOffice, which was not found. Install it from libreoffice.org, or use --as png."
        )
    with tempfile.TemporaryDirectory() as folder:
        profile = (Path(folder) / "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", folder]
        try:
            done = subprocess.run([*command, str(book)], capture_output=True, timeout=_SECONDS, check=False)
        except subprocess.TimeoutExpired as error:
            raise RestockError(
                f"LibreOffice did not answer within {_SECONDS} seconds. Close its windows and try again."
            ) from error
        made = Path(folder) / f"{book.stem}.pdf"
        if not made.exists():
            detail = done.stderr.decode(errors="replace").strip().splitlines()
            raise RestockError(
                f"LibreOffice could not make the PDF ({detail[-1] if detail else f'exit code {done.returncode}'}). "
                "Open the book in LibreOffice once to see why, or use --as png."
            )
        shutil.copyfile(made, out)


def office_program() -> str | None:
    """Return LibreOffice's command, or None where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES.get(sys.platform, ()) if os.path.exists(place)), None)
