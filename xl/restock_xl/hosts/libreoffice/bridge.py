"""Reaching a LibreOffice through UNO, from inside it or over a pipe; the few UNO spellings the engine needs."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from restock.errors import WorkbookError

_SYSTEM_PACKAGES = (Path("/usr/lib/python3/dist-packages"), Path("/usr/lib64/libreoffice/program"),
                    Path("/usr/lib/libreoffice/program"))  # fmt: skip
_CONNECT_SECONDS = 120.0
_BETWEEN_TRIES = 0.2


def uno_module() -> ModuleType:
    """Return the `uno` module, which the system keeps outside virtual environments.

    Raises:
        WorkbookError: It is not installed, or was made for another version of Python.
    """
    if "uno" in sys.modules:
        return sys.modules["uno"]
    folders = [str(folder) for folder in _SYSTEM_PACKAGES if (folder / "uno.py").exists()]
    sys.path.extend(folders)
    try:
        import uno
        import unohelper  # noqa: F401  (stands beside it, and is found only now)
    except ImportError as error:
        raise WorkbookError(_reason(bool(folders))) from error
    finally:
        for folder in folders:
            sys.path.remove(folder)
    found: ModuleType = uno
    return found


def _reason(installed: bool) -> str:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if installed:
        return (
            f"LibreOffice's Python module is made for another Python than this {version}. Install restock with the "
            "Python of your system (python3), or drop the workbook on the Restock icon instead."
        )
    return (
        "LibreOffice's Python module is not installed. On Debian or Ubuntu type: sudo apt install python3-uno. "
        "Elsewhere drop the workbook on the Restock icon instead."
    )


def remote_context(pipe: str, seconds: float = _CONNECT_SECONDS) -> Any:
    """Return the component context of the LibreOffice that listens at a pipe.

    Args:
        pipe: Name of the pipe, as in `--accept=pipe,name=NAME;urp`.
        seconds: How long to wait for it.
    Raises:
        WorkbookError: None answers within that time.
    """
    uno = uno_module()
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    end = time.monotonic() + seconds
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception as error:  # com.sun.star.connection.NoConnectException, known at run time only
            if time.monotonic() > end:
                raise WorkbookError("LibreOffice did not answer. Close all its windows and try again.") from error
            time.sleep(_BETWEEN_TRIES)


def struct(name: str, **fields: Any) -> Any:
    """Return a UNO struct of `com.sun.star` with its fields set: `struct("lang.Locale", Language="en")`."""
    made = uno_module().createUnoStruct(f"com.sun.star.{name}")
    for field, value in fields.items():
        setattr(made, field, value)
    return made


def properties(**values: Any) -> tuple[Any, ...]:
    """Return arguments as UNO takes them, a sequence of PropertyValue."""
    return tuple(struct("beans.PropertyValue", Name=name, Value=value) for name, value in values.items())


def enum(name: str, value: str) -> Any:
    """Return a value of a UNO enumeration of `com.sun.star`."""
    return uno_module().Enum(f"com.sun.star.{name}", value)


def url_of(path: Path | str) -> str:
    """Return the file URL of a path."""
    return str(uno_module().systemPathToFileUrl(str(Path(path).absolute())))


def path_of(url: str) -> str:
    """Return the path of a file URL; another URL, or none, is returned as it is."""
    return str(uno_module().fileUrlToSystemPath(url)) if url.startswith("file:") else url
