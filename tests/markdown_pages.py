"""What stands on a page of Markdown: blocks of code, code in lines, tables, links, marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_CELL_END = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Page:
    """One page: its path and its text."""

    path: Path
    text: str

    @property
    def prose(self) -> str:
        """The text without its blocks of code."""
        return _BLOCK.sub("", self.text)

    def blocks(self, language: str) -> list[str]:
        """Every block of code of a language."""
        return [body for kind, body in _BLOCK.findall(self.text) if kind == language]

    def codes(self) -> list[str]:
        """Every piece of code that stands in a line."""
        return _CODE.findall(self.prose)

    def links(self) -> list[str]:
        """Every target of a link or picture."""
        return _LINK.findall(self.prose)

    def tables(self) -> list[list[list[str]]]:
        """Every table as rows of cells, its header first, without the line below it."""
        found: list[list[list[str]]] = []
        inside = False
        for line in self.prose.splitlines():
            if line.startswith("|"):
                if not inside:
                    found.append([])
                found[-1].append([cell.strip() for cell in _CELL_END.split(line.strip())[1:-1]])
            inside = line.startswith("|")
        return found

    def marked(self, kind: str) -> dict[str, str]:
        """The text between each pair of marks `<!-- kind:NAME -->` and `<!-- /kind:NAME -->`."""
        pattern = rf"<!-- {kind}:(\w+) -->\n(.*?)<!-- /{kind}:\1 -->"
        return dict(re.findall(pattern, self.text, re.DOTALL))

    def anchors(self) -> set[str]:
        """What a link may name behind # on this page."""
        heads = re.findall(r"^#+ (.+)$", self.prose, re.MULTILINE)
        return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def page(name: str) -> Page:
    """A page of the project by its path from the root."""
    path = ROOT / name
    return Page(path, path.read_text(encoding="utf-8"))


def bare(code: str) -> str:
    """A table's cell as people see it, without the marks of code."""
    return code.strip("`")
