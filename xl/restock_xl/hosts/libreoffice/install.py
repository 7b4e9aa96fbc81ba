"""Puts the Calc extension into a user's LibreOffice, and takes it out."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from restock.errors import WorkbookError

from .bridge import uno_module, url_of
from .deploy import add_extension, drop_extension
from .extension import IDENTIFIER, build_oxt
from .office import Office

_SECONDS = 180


def install_extension(profile: Path | None = None) -> None:
    """Install the extension, in place of an older one; a LibreOffice that is open knows it after a restart.

    Args:
        profile: Folder of LibreOffice's settings; None: the user's own.
    Raises:
        WorkbookError: LibreOffice or its Python module is missing, or it refuses the extension.
    """
    uno_module()
    with tempfile.TemporaryDirectory() as folder:
        oxt = build_oxt(Path(folder) / "restock.oxt")
        if _is_root():
            with Office(profile or _own_profile()) as office:
                add_extension(office.context, oxt)
        else:
            _refused(_manager(["add", "--force", "--suppress-license", str(oxt)], profile))


def remove_extension(profile: Path | None = None) -> bool:
    """Take the extension out; return whether it was there.

    Args:
        profile: Folder of LibreOffice's settings; None: the user's own.
    """
    if shutil.which("soffice") is None:
        return False
    if _is_root():
        with Office(profile or _own_profile()) as office:
            return drop_extension(office.context, IDENTIFIER)
    return _manager(["remove", IDENTIFIER], profile).returncode == 0


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _own_profile() -> Path:
    return Path.home() / ".config" / "libreoffice" / "4"


def _refused(done: subprocess.CompletedProcess[str]) -> None:
    if done.returncode:
        raise WorkbookError(
            f"LibreOffice did not take the extension ({_last_line(done)}). Close all its windows and try again."
        )


def _manager(arguments: list[str], profile: Path | None) -> subprocess.CompletedProcess[str]:
    """Run LibreOffice's own manager of extensions."""
    program = _program()
    place = [] if profile is None else [f"-env:UserInstallation={url_of(profile)}"]
    return subprocess.run(
        [program, *arguments, *place], capture_output=True, text=True, timeout=_SECONDS, errors="replace", check=False
    )


def _program() -> str:
    office = shutil.which("soffice")
    if office is None:
        raise WorkbookError("LibreOffice is not installed. Install it, for example: sudo apt install libreoffice.")
    beside = Path(office).resolve().parent / "unopkg"
    return str(beside) if beside.exists() else shutil.which("unopkg") or "unopkg"


def _last_line(done: subprocess.CompletedProcess[str]) -> str:
    lines = [line.strip() for line in (done.stderr + done.stdout).splitlines() if line.strip()]
    return lines[-1] if lines else f"code {done.returncode}"
