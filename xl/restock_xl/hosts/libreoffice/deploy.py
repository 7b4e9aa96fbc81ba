"""Extensions put in by a LibreOffice itself, for the account (root) for which its manager of extensions refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .bridge import struct, uno_module, url_of

_REPOSITORY = "user"


def add_extension(context: Any, oxt: Path) -> None:
    """Install an extension for the user, in place of an older one; LibreOffice knows it from its next start on."""
    no_license = (struct("beans.NamedValue", Name="SUPPRESS_LICENSE", Value="1"),)
    manager = _manager(context)
    manager.addExtension(url_of(oxt), no_license, _REPOSITORY, manager.createAbortChannel(), _environment())


def drop_extension(context: Any, identifier: str) -> bool:
    """Take an extension of the user's out; return whether it was there."""
    manager = _manager(context)
    deployed = manager.getDeployedExtensions(_REPOSITORY, manager.createAbortChannel(), _environment())
    for package in deployed:
        if package.getIdentifier().Value == identifier:
            channel = manager.createAbortChannel()
            manager.removeExtension(identifier, package.getName(), _REPOSITORY, channel, _environment())
            return True
    return False


def _manager(context: Any) -> Any:
    return context.getValueByName("/singletons/com.sun.star.deployment.ExtensionManager")


def _environment() -> Any:
    """What answers LibreOffice's questions: whether to install, and in place of an older one, yes."""
    uno = uno_module()
    import unohelper
    from com.sun.star.task import XInteractionHandler
    from com.sun.star.ucb import XCommandEnvironment

    approve = uno.getTypeByName("com.sun.star.task.XInteractionApprove")

    class Handler(unohelper.Base, XInteractionHandler):
        def handle(self, request: Any) -> None:
            for continuation in request.getContinuations():
                if continuation.queryInterface(approve) is not None:
                    continuation.select()
                    return

    class Environment(unohelper.Base, XCommandEnvironment):
        def getInteractionHandler(self) -> Any:
            return Handler()

        def getProgressHandler(self) -> None:
            return None

    return Environment()
