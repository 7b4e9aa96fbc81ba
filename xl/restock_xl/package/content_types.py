"""[Content_Types].xml: the kind of every part, by its name or by its extension."""

from __future__ import annotations

import posixpath

from lxml import etree

from .archive import Archive
from .markup import elements, parse, serialise

PART = "[Content_Types].xml"
RELATIONSHIPS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/content-types"


class ContentTypes:
    """The content types of a package; entries that are there are never changed unless their part is."""

    def __init__(self, archive: Archive) -> None:
        self._tree = parse(archive.read(PART), PART)
        self._forgotten: list[str] = []

    def of(self, part: str) -> str | None:
        """Return the content type of a part, or None where nothing states it."""
        entry = self._override(part)
        if entry is None:
            entry = self._default(part)
        return entry.get("ContentType") if entry is not None else None

    def assign(self, part: str, content_type: str) -> None:
        """State the content type of a part: for its extension where that is still unknown, else by name."""
        if self.of(part) == content_type:
            return
        entry = self._override(part)
        if entry is not None:
            entry.set("ContentType", content_type)
        elif self._default(part) is None and _extension(part) != "xml":
            attributes = {"Extension": _extension(part), "ContentType": content_type}
            self._tree.insert(0, self._tree.makeelement(f"{{{_NAMESPACE}}}Default", attributes))
        else:
            attributes = {"PartName": f"/{part}", "ContentType": content_type}
            etree.SubElement(self._tree, f"{{{_NAMESPACE}}}Override", attributes)

    def forget(self, part: str) -> None:
        """Drop the entry of a removed part on storing, unless a part of that name has come back by then."""
        self._forgotten.append(part)

    def store(self, archive: Archive) -> None:
        """Write the part back."""
        for part in self._forgotten:
            entry = self._override(part)
            if entry is not None and not archive.has(part):
                self._tree.remove(entry)
        archive.write(PART, serialise(self._tree))

    def _override(self, part: str) -> etree._Element | None:
        wanted = f"/{part}".lower()
        return next(
            (entry for entry in elements(self._tree) if (entry.get("PartName") or "").lower() == wanted), None
        )

    def _default(self, part: str) -> etree._Element | None:
        wanted = _extension(part)
        return next(
            (entry for entry in elements(self._tree) if (entry.get("Extension") or "").lower() == wanted),
            None,
        )


def _extension(part: str) -> str:
    return posixpath.splitext(part)[1].lstrip(".").lower()
