"""This computer: its language, its desktop folder, the Python that runs us, and the program that opens a file."""

from __future__ import annotations

import locale
import os
import shutil
import subprocess
import sys
from pathlib import Path

WINDOWS, MAC, LINUX = "win32", "darwin", "linux"


def system() -> str:
    """Return "win32", "darwin" or "linux"."""
    return sys.platform if sys.platform in (WINDOWS, MAC) else LINUX


def computer_language() -> str:
    """Return "zh" where this computer speaks Chinese, else "en"."""
    named = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    spoken = next((name for name in named if name), locale.getlocale()[0] or "")
    return "zh" if spoken.lower().startswith(("zh", "chinese")) else "en"


def python_program(windowed: bool = False) -> Path:
    """Return the Python that runs us; on Windows the one without a black window where `windowed`."""
    path = Path(sys.executable)
    if system() != WINDOWS:
        return path
    other = path.with_name("pythonw.exe" if windowed else "python.exe")
    return other if other.exists() else path


def desktop_folder() -> Path:
    """Return the folder of the desktop, also where OneDrive has moved it or it has a name in another language."""
    home = Path.home()
    if system() == WINDOWS:
        return _windows_desktop() or home / "Desktop"
    if system() == LINUX and (program := shutil.which("xdg-user-dir")):
        done = subprocess.run([program, "DESKTOP"], capture_output=True, text=True, check=False)
        if done.returncode == 0 and (found := done.stdout.strip()):
            return Path(found)
    return home / "Desktop"


def _windows_desktop() -> Path | None:
    try:
        import winreg
    except ImportError:
        return None
    place = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, place) as key:  # type: ignore[attr-defined]
            return Path(os.path.expandvars(winreg.QueryValueEx(key, "Desktop")[0]))  # type: ignore[attr-defined]
    except OSError:
        return None


def open_in_program(path: Path) -> bool:
    """Open a file in the program that this computer uses for it; return whether there is one."""
    if system() == WINDOWS:
        try:
            os.startfile(path)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True
    opener = shutil.which("open" if system() == MAC else "xdg-open")
    if opener is None:
        return False
    return subprocess.run([opener, str(path)], check=False, capture_output=True).returncode == 0
