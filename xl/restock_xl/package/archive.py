"""The zip package of a workbook: parts by name, changed in memory, saved without touching the others."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO

from restock.errors import WorkbookError
from restock.text.refused import refused

from .admission import open_directory, read_file
from .markup import damaged
from .zip_writer import ZipWriter

_DAMAGE = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError)  # bz2 reports damage as OSError
_PIECE_BYTES = 1 << 20
_CHECKED_BYTES = 4 << 20  # inflating that much takes about 30 ms
_LOCAL_HEADER = struct.Struct("<4s22xHH")


class Archive:
    """A snapshot of a workbook file; the file itself is read once and never held open.

    Part names are compared without regard to case, as the packaging rules demand (ECMA-376 part 2).

    Args:
        path: The file.
        stream: The file opened by the caller, who keeps it open and unchanged: its parts are then read when they are
            needed, and never stand in memory together.
    Raises:
        WorkbookError: The file is no workbook that can be read safely; the sentence says why and what to do.
    """

    def __init__(self, path: Path, stream: BinaryIO | None = None) -> None:
        self.path = Path(path)
        self._stream, self._data = stream, b"" if stream is not None else read_file(self.path)
        try:
            self._zip = zipfile.ZipFile(stream if stream is not None else io.BytesIO(self._data))
            members = open_directory(self.path.name, self._zip)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
            raise self._damaged(str(error)) from error
        self._members: dict[str, zipfile.ZipInfo] = {}
        for info in members:
            if _key(info.filename) in self._members:
                raise self._damaged(f"two parts are called {info.filename}")
            self._members[_key(info.filename)] = info
        self._written: dict[str, tuple[str, bytes]] = {}
        self._removed: set[str] = set()

    def copy(self) -> Archive:
        """Return a package that starts as this one is now and changes apart from it; the bytes are shared."""
        twin = object.__new__(Archive)
        twin.path, twin._stream, twin._data = self.path, self._stream, self._data
        twin._zip, twin._members = self._zip, self._members
        twin._written, twin._removed = dict(self._written), set(self._removed)
        return twin

    @property
    def is_changed(self) -> bool:
        """Whether anything was written or removed since the file was read."""
        return bool(self._written or self._removed & self._members.keys())

    def has(self, part: str) -> bool:
        """Return whether the package holds `part` now."""
        key = _key(part)
        return key in self._written or (key in self._members and key not in self._removed)

    def parts(self) -> list[str]:
        """Return the names of all parts, those of the file first and in its order."""
        kept = [_clean(info.filename) for key, info in self._members.items() if key not in self._removed]
        return kept + [name for key, (name, _) in self._written.items() if key not in self._members]

    def read(self, part: str) -> bytes:
        """Return the bytes of a part.

        Raises:
            WorkbookError: The part is missing or damaged.
        """
        key = _key(part)
        if key in self._written:
            return self._written[key][1]
        try:
            return self._zip.read(self._member(part))
        except _DAMAGE as error:
            raise _fault(part, error) from error

    def read_head(self, part: str, size: int) -> bytes:
        """Return the first `size` bytes of a part, or all of a shorter one, without inflating the rest."""
        key = _key(part)
        if key in self._written:
            return self._written[key][1][:size]
        try:
            with self._zip.open(self._member(part)) as stream:
                return stream.read(size)
        except _DAMAGE as error:
            raise _fault(part, error) from error

    def pieces(self, part: str) -> Iterator[bytes]:
        """Yield the bytes of a part some at a time, so that a large one never stands in memory as a whole.

        Raises:
            WorkbookError: The part is missing or damaged.
        """
        key = _key(part)
        if key in self._written:
            yield self._written[key][1]
            return
        try:
            with self._zip.open(self._member(part)) as stream:
                while piece := stream.read(_PIECE_BYTES):
                    yield piece
        except _DAMAGE as error:
            raise _fault(part, error) from error

    def unpacked_size(self, part: str) -> int:
        """Return how many bytes a part has."""
        key = _key(part)
        return len(self._written[key][1]) if key in self._written else self._member(part).file_size

    def write(self, part: str, data: bytes) -> None:
        """Set the bytes of a part, which may be new; bytes equal to those in the file count as no change."""
        key = _key(part)
        self._removed.discard(key)
        self._written.pop(key, None)
        if key not in self._members or self._differs(key, data):
            self._written[key] = (_clean(part), data)

    def remove(self, part: str) -> None:
        """Remove a part; removing what is not there is no error."""
        self._written.pop(_key(part), None)
        self._removed.add(_key(part))

    def free(self, part: str, avoiding: Collection[str] = ()) -> str:
        """Return an unused name like `part`: the same stem with the lowest free number.

        `xl/tables/table1.xml` gives `xl/tables/table4.xml` where tables 1 to 3 exist. Names in `avoiding`, in
        lower case, are passed over too.
        """
        folder, base = posixpath.split(part)
        stem, extension = posixpath.splitext(base)
        stem, number = re.sub(r"\d+$", "", stem), 1
        while True:
            base = f"{stem}{number}{extension}"
            name = posixpath.join(folder, base)
            # A list of relationships without its part would be inherited by a new part of that name.
            taken = self.has(name) or self.has(f"{folder}/_rels/{base}.rels")
            if not taken and name.lower() not in avoiding:
                return name
            number += 1

    def holds_same(self, part: str, other: Archive) -> bool:
        """Return whether a part in the file is the same as in another one, compressed byte for byte."""
        mine, its = self._member(part), other._member(part)
        if (mine.CRC, mine.file_size, mine.compress_type) != (its.CRC, its.file_size, its.compress_type):
            return False
        if mine.compress_size != its.compress_size:
            return False
        pairs = zip(self._packed_pieces(mine), other._packed_pieces(its), strict=True)
        return all(one == two for one, two in pairs)

    def ensure_whole(self) -> None:
        """Refuse a file in which a part does not fit its checksum.

        A large file is taken as it is: there only the parts that are read are checked, and the others are copied.

        Raises:
            WorkbookError: A part is damaged.
        """
        if sum(info.compress_size for info in self._members.values()) <= _CHECKED_BYTES:
            for info in self._members.values():
                for _ in self.pieces(info.filename):
                    pass

    def save(self, out_path: Path, level: int | None = None) -> None:
        """Write the package to `out_path`, which must not be the file it was read from.

        Parts that were not written or removed are copied as compressed bytes; the others are compressed at
        `level`, see `ZipWriter.add`.
        """
        with open(out_path, "wb") as stream:
            writer = ZipWriter(stream)
            for key, info in self._members.items():
                if key in self._written:
                    writer.add(info.filename, self._written[key][1], level)
                elif key not in self._removed:
                    writer.copy(info, self._packed_pieces(info))
            for key, (name, data) in self._written.items():
                if key not in self._members:
                    writer.add(name, data, level)
            writer.finish()

    def _member(self, part: str) -> zipfile.ZipInfo:
        key = _key(part)
        if key in self._removed or key not in self._members:
            raise damaged(part, "it is missing")
        return self._members[key]

    def _packed_pieces(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        """Yield the compressed bytes of a member some at a time."""
        header = self._bytes_at(info.header_offset, _LOCAL_HEADER.size)
        if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
            raise self._damaged(f"{info.filename} is cut off")
        _, name_length, extra_length = _LOCAL_HEADER.unpack(header)
        place = info.header_offset + _LOCAL_HEADER.size + name_length + extra_length
        left = info.compress_size
        while left:
            piece = self._bytes_at(place, min(left, _PIECE_BYTES))
            if not piece:
                raise self._damaged(f"{info.filename} is cut off")
            yield piece
            place, left = place + len(piece), left - len(piece)

    def _bytes_at(self, start: int, size: int) -> bytes:
        if self._stream is None:
            return self._data[start : start + size]
        self._stream.seek(start)
        return self._stream.read(size)

    def _differs(self, key: str, data: bytes) -> bool:
        info = self._members[key]
        return (info.file_size, info.CRC) != (len(data), zlib.crc32(data)) or self.read(key) != data

    def _damaged(self, detail: str) -> WorkbookError:
        return refused("refuse.damaged_file", name=self.path.name, detail=detail)


def _fault(part: str, error: Exception) -> Exception:
    """Return what to raise where a part cannot be read: what the system reports is no damage."""
    return error if isinstance(error, OSError) and error.errno else damaged(part, str(error))


def _clean(part: str) -> str:
    return part.replace("\\", "/").lstrip("/")


def _key(part: str) -> str:
    return _clean(part).lower()
