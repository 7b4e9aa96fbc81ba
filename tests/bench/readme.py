"""The READMEs' tables between their markers, replaced by what was measured."""

from __future__ import annotations

import re
from pathlib import Path

from tests.bench.table import Table

FILES = {"README.md": "en", "README.zh-CN.md": "zh"}


def replaced(text: str, name: str, block: str) -> str | None:
    """Return a text with what stands between the markers of a name replaced; None where it has no such markers."""
    opening, closing = f"<!-- bench:{name} -->", f"<!-- /bench:{name} -->"
    pattern = re.compile(f"{re.escape(opening)}.*?{re.escape(closing)}", re.DOTALL)
    if not pattern.search(text):
        return None
    return pattern.sub(lambda _: f"{opening}\n\n{block}\n\n{closing}", text)


def update(table: Table, root: Path) -> list[str]:
    """Write a table into each README; returns what was done, a sentence per file."""
    said = []
    for name, language in FILES.items():
        path = root / name
        if not path.exists():
            said.append(f"There is no {name}.")
            continue
        text = path.read_bytes().decode("utf-8")
        made = replaced(text, table.name, table.markdown(language))
        if made is None:
            said.append(f"{name} has no markers <!-- bench:{table.name} --> and <!-- /bench:{table.name} -->.")
        elif made == text:
            said.append(f"{name} has this table already.")
        else:
            path.write_bytes(made.encode("utf-8"))
            said.append(f"{name}: the table {table.name} is new.")
    return said
