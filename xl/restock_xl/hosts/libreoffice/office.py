"""A LibreOffice of our own, without windows and with its own profile, for tests, benchmarks and scripts."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import uuid
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from restock.errors import WorkbookError

from .bridge import remote_context, url_of

_STOP_SECONDS = 30.0
_SYSTEM_PATH = "/usr/bin:/bin"
"""Python looks for its library beside the first python3 of the path, a virtual environment's too."""
_OPTIONS = ("--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard")


class Office:
    """A LibreOffice process, to be used in a `with` block; only this process is ever ended.

    Args:
        profile: Folder of its settings, made where there is none; never one that another LibreOffice uses.
        environment: Additions to the process's environment.
    Raises:
        WorkbookError: LibreOffice is not installed, or does not answer.
    """

    def __init__(self, profile: Path, environment: dict[str, str] | None = None) -> None:
        self._profile = profile
        self._environment = environment or {}
        self._pipe = f"restock{uuid.uuid4().hex}"
        self._process: subprocess.Popen[bytes] | None = None
        self.context: Any = None

    def __enter__(self) -> Office:
        program = shutil.which("soffice")
        if program is None:
            raise WorkbookError("LibreOffice is not installed. Install it, for example: sudo apt install libreoffice.")
        command = [
            program, *_OPTIONS, f"-env:UserInstallation={url_of(self._profile)}",
            f"--accept=pipe,name={self._pipe};urp;StarOffice.ComponentContext",
        ]  # fmt: skip
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
            env=_own_environment() | self._environment,
        )  # fmt: skip
        try:
            self.context = remote_context(self._pipe)
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(Exception):  # the bridge breaks while the office ends
            desktop(self.context).terminate()
        self._stop()

    @property
    def pid(self) -> int:
        """The process that was started, leader of the group in which LibreOffice runs."""
        return self._process.pid if self._process is not None else 0

    def _stop(self) -> None:
        process = self._process
        if process is None:
            return
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self._process = None


def _own_environment() -> dict[str, str]:
    """Return the environment without what leads LibreOffice's own Python to another one's library."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return kept | {"PATH": _SYSTEM_PATH}


def desktop(context: Any) -> Any:
    """Return the desktop of an office: the collection of what it has open."""
    return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
