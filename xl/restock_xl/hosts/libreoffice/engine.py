"""The engine: registers LibreOffice with xlwings and converts values on their way in and out."""

from __future__ import annotations

import datetime as dt
import numbers
import os
from collections.abc import Callable, Iterator
from typing import Any

import xlwings
from xlwings import base_classes
from xlwings.main import Engine as XlwingsEngine

from .app import App
from .bridge import uno_module
from .coverage import covers
from .dates import moment_of, serial_of

NAME = "libreoffice"


@covers(base_classes.Apps)
class Apps(base_classes.Apps):
    """The LibreOffices that are connected; each is added with its component context."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._apps: dict[int, App] = {}

    def __iter__(self) -> Iterator[App]:
        return iter(list(self._apps.values()))

    def __len__(self) -> int:
        return len(self._apps)

    def __getitem__(self, pid: int) -> App:
        return self._apps[pid]

    def keys(self) -> list[int]:
        """The process ids."""
        return list(self._apps)

    def add(self, context: Any = None, pid: int = 0, **_: Any) -> App:
        """Connect a LibreOffice: without a context, the one in whose process this runs."""
        pid = pid or os.getpid()
        app = App(self._engine, context or uno_module().getComponentContext(), pid)
        self._apps[pid] = app
        return app

    def forget(self, pid: int) -> None:
        """Drop a LibreOffice that has ended."""
        self._apps.pop(pid, None)

    @staticmethod
    def cleanup() -> None:
        """Nothing of ours stays behind."""


class Engine:
    """The implementation that xlwings calls."""

    name, type = NAME, "desktop"

    def __init__(self) -> None:
        self.apps = Apps(self)

    @staticmethod
    def clean_value_data(
        data: Any,
        datetime_builder: Callable[..., Any],
        empty_as: Any,
        number_builder: Callable[[float], Any] | None,
        err_to_str: bool,
    ) -> list[list[Any]]:
        """Return cells as Python values: dates by `datetime_builder`, blanks as `empty_as`."""

        def clean(value: Any) -> Any:
            if value is None or value == "":
                return empty_as
            if isinstance(value, dt.datetime):
                return datetime_builder(
                    year=value.year, month=value.month, day=value.day, hour=value.hour, minute=value.minute,
                    second=value.second, microsecond=value.microsecond, tzinfo=None,
                )  # fmt: skip
            if number_builder is not None and isinstance(value, float):
                return number_builder(value)
            return value

        return [[clean(value) for value in row] for row in data]

    @staticmethod
    def prepare_xl_data_element(value: Any, options: dict[str, Any]) -> Any:
        """Return a Python value as a cell takes it; dates stay dates, for their format."""
        if value is None or value != value:
            return ""
        if isinstance(value, bool | str):
            return value
        if isinstance(value, numbers.Real):
            return float(value)
        if isinstance(value, dt.date):
            return moment_of(serial_of(value))
        return str(value)


def register() -> XlwingsEngine:
    """Return our engine, added to xlwings once; an engine that is active already stays so."""
    if NAME not in xlwings.engines.engines_by_name:
        xlwings.engines.add(XlwingsEngine(impl=Engine()))
    engine = xlwings.engines[NAME]
    if xlwings.engines.active is None:
        engine.activate()
    return engine


def connect(context: Any = None, pid: int = 0) -> xlwings.App:
    """Return a running LibreOffice as an xlwings app.

    Args:
        context: Its component context; None: the LibreOffice in whose process this runs.
        pid: Its process id, by which xlwings tells apps apart.
    Raises:
        WorkbookError: LibreOffice's Python module is not installed.
    """
    return xlwings.App(impl=register().impl.apps.add(context=context, pid=pid))
