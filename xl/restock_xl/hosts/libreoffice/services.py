"""The services of the extension, made inside LibreOffice: functions in cells, commands of the menu, events of files."""

from __future__ import annotations

from typing import Any

import uno
import unohelper
from com.sun.star.lang import XServiceInfo, XServiceName
from com.sun.star.sheet import XAddIn
from com.sun.star.task import XJob, XJobExecutor
from org.restock import XRestockFunctions

from restock.functions.addin import SERVICE, methods, uno_name
from restock.functions.entry import Function

from .cell_values import for_calc, from_calc
from .commands import COMMANDS_SERVICE, run_command
from .documents import FILES_SERVICE, document_event


class _Service(unohelper.Base, XServiceInfo):
    """What every service tells of itself."""

    IMPLEMENTATION: str
    SERVICE_NAMES: tuple[str, ...]

    def __init__(self, context: Any, *_: Any) -> None:
        self.context = context

    def getImplementationName(self) -> str:
        return self.IMPLEMENTATION

    def supportsService(self, name: str) -> bool:
        return name in self.SERVICE_NAMES

    def getSupportedServiceNames(self) -> tuple[str, ...]:
        return self.SERVICE_NAMES


class Functions(_Service, XAddIn, XServiceName, XRestockFunctions):
    """The catalogue's functions; a method for each is added below."""

    IMPLEMENTATION, SERVICE_NAMES = SERVICE, (SERVICE, "com.sun.star.sheet.AddIn")
    _locale = None

    def getServiceName(self) -> str:
        return self.IMPLEMENTATION

    def setLocale(self, locale: Any) -> None:
        self._locale = locale

    def getLocale(self) -> Any:
        return self._locale or uno.createUnoStruct("com.sun.star.lang.Locale")

    def getProgrammaticFuntionName(self, shown: str) -> str:  # as UNO spells it
        return next((name for name, function in methods().items() if function.name == shown.upper()), "")

    def getDisplayFunctionName(self, name: str) -> str:
        return _function(name).name

    def getFunctionDescription(self, name: str) -> str:
        return _function(name).en

    def getDisplayArgumentName(self, name: str, number: int) -> str:
        return _function(name).arguments[number].name

    def getArgumentDescription(self, name: str, number: int) -> str:
        return _function(name).arguments[number].en

    def getProgrammaticCategoryName(self, name: str) -> str:
        return "Add-In"

    def getDisplayCategoryName(self, name: str) -> str:
        return "Add-In"


def _function(name: str) -> Function:
    return methods()[name]


def _answering(function: Function) -> Any:
    def answered(self: Functions, *arguments: Any) -> Any:
        return for_calc(function.cells(*map(from_calc, arguments)))

    answered.__doc__ = f"{function.name}({', '.join(map(uno_name, function.arguments))})"
    return answered


for _name, _entry in methods().items():
    setattr(Functions, _name, _answering(_entry))


class Commands(_Service, XJobExecutor):
    """The commands of menu, toolbar and buttons: each works on the book in front."""

    IMPLEMENTATION, SERVICE_NAMES = COMMANDS_SERVICE, (COMMANDS_SERVICE,)

    def trigger(self, command: str) -> None:
        run_command(command, self.context)


class Files(_Service, XJob):
    """What happens to a book when it was opened or saved: formulas that call our functions find them."""

    IMPLEMENTATION, SERVICE_NAMES = FILES_SERVICE, (FILES_SERVICE, "com.sun.star.task.Job")

    def execute(self, arguments: Any) -> None:
        given = {one.Name: one.Value for one in arguments}
        about = {one.Name: one.Value for one in given.get("Environment", ())}
        if about.get("Model") is not None:
            document_event(about.get("EventName", ""), about["Model"])


SERVICES = {made.IMPLEMENTATION: made for made in (Functions, Commands, Files)}
