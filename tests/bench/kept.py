"""What was measured already, in a folder: a run that was broken off goes on where it stopped."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any


class Kept:
    """Results by name, each a file of JSON; without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)

    def get(self, name: str, make: Callable[[], Any]) -> Any:
        """Return what is kept under a name, else make and keep it."""
        if self.folder is None:
            return make()
        path = self.folder / f"{name}.json"
        if path.exists():
            return json.loads(path.read_text(encoding="utf-8"))
        made = make()
        path.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
        return made

    def path(self, name: str) -> Path | None:
        """The file of a name, for what keeps its own lines."""
        return None if self.folder is None else self.folder / name
