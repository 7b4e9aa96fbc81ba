"""A strict reader of vbaProject.bin for tests: it raises `Broken` on everything that MS-OVBA and MS-CFB do not allow.

Sections are those of MS-OVBA. What it leaves open: the cache of compiled code, which Excel makes anew.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import olefile
from oletools.olevba import decompress_stream

_INFORMATION = (0x01, 0x4A, 0x02, 0x14, 0x03, 0x04, 0x05, 0x40, 0x06, 0x3D, 0x07, 0x08, 0x09, 0x0C, 0x3C)
_LEFT_OUT = {0x4A}
_SIZES = {0x01: 4, 0x4A: 4, 0x02: 4, 0x14: 4, 0x03: 2, 0x07: 4, 0x08: 4, 0x09: 4, 0x0F: 2, 0x13: 2, 0x1E: 4, 0x21: 0,
          0x22: 0, 0x25: 0, 0x28: 0, 0x2B: 0, 0x2C: 2, 0x31: 4, 0x10: 0}  # fmt: skip
_UNICODE_OF = {0x05: 0x40, 0x06: 0x3D, 0x0C: 0x3C, 0x16: 0x3E, 0x19: 0x47, 0x1A: 0x32, 0x1C: 0x48}
_REFERENCES = {0x16, 0x3E, 0x0D, 0x0E, 0x2F, 0x30, 0x33}


class Broken(AssertionError):
    """The project is not as the specification has it."""


def need(holds: bool, said: str) -> None:
    """Raise `Broken` where something does not hold."""
    if not holds:
        raise Broken(said)


@dataclass
class Module:
    """One module: `kind` is "standard" or "class"; classes stand for sheets and the workbook too."""

    name: str = ""
    stream: str = ""
    offset: int = -1
    kind: str = ""
    source: str = ""


@dataclass
class Project:
    """What a project holds."""

    name: str = ""
    code_page: int = 0
    modules: list[Module] = field(default_factory=list)
    references: list[str] = field(default_factory=list)

    def module(self, name: str) -> Module:
        """The module of a name."""
        return next(module for module in self.modules if module.name == name)


def read_project(data: bytes) -> Project:
    """Read a project.

    Raises:
        Broken: Anything in it is not as it must be.
    """
    try:
        file = olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_INCORRECT)
        streams = {"/".join(name): file.openstream(name).read() for name in file.listdir()}
    except (OSError, IndexError, struct.error) as error:
        raise Broken(f"no compound file: {error}") from error
    for name in ("PROJECT", "VBA/dir", "VBA/_VBA_PROJECT"):
        need(name in streams, f"stream {name} is missing")
    need(streams["VBA/_VBA_PROJECT"][:2] == b"\xcc\x61", "_VBA_PROJECT does not begin with its mark (2.3.4.1)")
    project = _directory(bytes(decompress_stream(bytearray(streams["VBA/dir"]))))
    _modules(project, streams)
    _text(project, streams["PROJECT"].decode(f"cp{project.code_page}"))
    _names(project, streams.get("PROJECTwm"))
    return project


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place < len(data):
        need(place + 6 <= len(data), "dir ends within the head of a record (2.3.4.2)")
        kind, size = struct.unpack_from("<HI", data, place)
        need(size == _SIZES.get(kind, size), f"record {kind:#x} has size {size}")
        size += 2 if kind == 0x09 else 0  # the minor version follows the four bytes that the size counts
        place += 6
        need(place + size <= len(data), f"record {kind:#x} is cut off")
        yield kind, data[place : place + size]
        place += size


def _directory(data: bytes) -> Project:
    """Every record of the dir stream, in its order (2.3.4.2)."""
    records = list(_records(data))
    need(bool(records) and records[-1][0] == 0x10, "dir has no terminator")
    project, place = Project(), 0
    for kind in _INFORMATION:
        if records[place][0] != kind and kind in _LEFT_OUT:
            continue
        need(records[place][0] == kind, f"dir has record {records[place][0]:#x} in the place of {kind:#x}")
        place += 1
    by_kind = dict(records[:place])
    project.code_page = struct.unpack("<H", by_kind[0x03])[0]
    project.name = by_kind[0x04].decode(f"cp{project.code_page}")
    _same_in_unicode(records[:place], project.code_page)
    while records[place][0] in _REFERENCES:
        if records[place][0] == 0x16:
            project.references.append(records[place][1].decode(f"cp{project.code_page}"))
        place += 1
    need(records[place][0] == 0x0F and records[place + 1][0] == 0x13, "dir has no list of modules where one must be")
    count = struct.unpack("<H", records[place][1])[0]
    place += 2
    for _ in range(count):
        module, place = _module(records, place, project.code_page)
        project.modules.append(module)
    need(records[place][0] == 0x10 and place == len(records) - 1, f"dir holds more or fewer than {count} modules")
    return project


def _same_in_unicode(records: list[tuple[int, bytes]], code_page: int) -> None:
    for (kind, text), (following, wide) in pairwise(records):
        if kind in _UNICODE_OF:
            need(following == _UNICODE_OF[kind], f"record {kind:#x} lacks its Unicode form")
            said = f"record {kind:#x} says another thing in Unicode"
            need(text.decode(f"cp{code_page}") == wide.decode("utf-16-le"), said)


def _module(records: list[tuple[int, bytes]], place: int, code_page: int) -> tuple[Module, int]:
    start = place
    module = Module()
    expected = (0x19, 0x47, 0x1A, 0x32, 0x1C, 0x48, 0x31, 0x1E, 0x2C)
    for kind in expected:
        need(
            records[place][0] == kind,
            f"a module has record {records[place][0]:#x} in the place of {kind:#x} (2.3.4.2.3)",
        )
        place += 1
    found = dict(records[start:place])
    _same_in_unicode(records[start:place], code_page)
    module.name = found[0x19].decode(f"cp{code_page}")
    module.stream = found[0x1A].decode(f"cp{code_page}")
    module.offset = struct.unpack("<I", found[0x31])[0]
    need(records[place][0] in (0x21, 0x22), f"{module.name} has no kind")
    module.kind = "standard" if records[place][0] == 0x21 else "class"
    place += 1
    while records[place][0] in (0x25, 0x28):
        place += 1
    need(records[place][0] == 0x2B, f"{module.name} has no terminator")
    return module, place + 1


def _modules(project: Project, streams: dict[str, bytes]) -> None:
    """Every module's source lies at its offset and carries its name (2.3.4.3)."""
    names = [module.name.casefold() for module in project.modules]
    need(len(set(names)) == len(names), "two modules have one name")
    for module in project.modules:
        data = streams.get(f"VBA/{module.stream}")
        need(data is not None, f"stream of {module.name} is missing")
        assert data is not None
        need(module.offset < len(data) and data[module.offset] == 1, f"no source at the offset of {module.name}")
        module.source = bytes(decompress_stream(bytearray(data[module.offset :]))).decode(f"cp{project.code_page}")
        named = re.match(r'Attribute VB_Name = "([^"]*)"\r\n', module.source)
        need(named is not None and named.group(1) == module.name, f"the source of {module.name} has another name")
        need("\n" not in module.source.replace("\r\n", ""), f"{module.name} has a bare line end")
    listed = {f"VBA/{module.stream}" for module in project.modules} | {"VBA/dir", "VBA/_VBA_PROJECT"}
    others = {name for name in streams if name.startswith("VBA/") and "__SRP_" not in name}
    need(others <= listed, f"streams that no module names: {sorted(others - listed)}")


def _text(project: Project, text: str) -> None:
    """The PROJECT stream lists the very modules of dir, and its three secrets decode (2.3.1)."""
    lines = text.split("\r\n")
    named: dict[str, str] = {}
    for line in lines:
        key, _, value = line.partition("=")
        if key in ("Module", "Class", "BaseClass", "Document"):
            name = value.split("/")[0]
            need(name not in named, f"PROJECT names {name} twice")
            named[name] = "standard" if key == "Module" else "class"
            need(key != "Document" or re.fullmatch(r".+/&H[0-9A-F]{8}", value) is not None, f"odd line {line}")
    listed = {module.name: module.kind for module in project.modules}
    need(named == listed, f"PROJECT and dir differ: {sorted(named.items() ^ listed.items())}")
    entries = dict(re.findall(r'^(\w+)="([^"]*)"', text, re.MULTILINE))
    need(entries.get("Name") == project.name, "PROJECT has another name than dir")
    need(re.fullmatch(r"\{[0-9A-F-]{36}\}", entries.get("ID", "")) is not None, "PROJECT has no ID")
    key = sum(entries["ID"].encode()) & 0xFF
    for name, length in (("CMG", 4), ("DPB", None), ("GC", 1)):
        need(name in entries, f"PROJECT has no {name}")
        decoded = secret(entries[name], key)
        need(length is None or len(decoded) == length, f"{name} decodes to {len(decoded)} bytes")
        need(name != "GC" or decoded in (b"\x00", b"\xff"), "GC is neither shown nor hidden")
        need(name != "CMG" or decoded[1:] == bytes(3), "CMG has bits that mean nothing")
    workspace = text.split("[Workspace]\r\n")
    if len(workspace) == 2:
        places = {line.split("=")[0] for line in workspace[1].split("\r\n") if line}
        need(places == set(listed), "the workspace lists other modules")


def secret(digits: str, key: int) -> bytes:
    """Decode data that PROJECT keeps encrypted (2.4.3.3); the project's key must come out."""
    need(re.fullmatch(r"([0-9A-F]{2})+", digits) is not None and len(digits) >= 16, "a secret is no run of bytes")
    data = bytes.fromhex(digits)
    seed, version, found = data[0], data[1] ^ data[0], data[2] ^ data[0]
    need(version == 2, f"a secret has version {version}")
    need(found == key, "a secret belongs to another project")
    last, before, plain = data[2], data[1], bytearray()
    known = found
    for byte in data[3:]:
        known = byte ^ ((before + known) & 0xFF)
        plain.append(known)
        last, before = byte, last
    ignored = (seed & 6) // 2
    length = struct.unpack_from("<I", plain, ignored)[0]
    need(length == len(plain) - ignored - 4, "a secret has another length than it says")
    return bytes(plain[ignored + 4 :])


def _names(project: Project, data: bytes | None) -> None:
    """PROJECTwm, where it is there, pairs every module's name with its Unicode form (2.3.3)."""
    if data is None:
        return
    need(data.endswith(b"\x00\x00"), "PROJECTwm has no end")
    place, names = 0, []
    while data[place : place + 2] != b"\x00\x00":
        end = data.index(b"\x00", place)
        name = data[place:end].decode(f"cp{project.code_page}")
        stop = end + 1
        while data[stop : stop + 2] != b"\x00\x00":
            stop += 2
        need(data[end + 1 : stop].decode("utf-16-le") == name, f"PROJECTwm names {name} in another way")
        names.append(name)
        place = stop + 2
    need(names == [module.name for module in project.modules] or set(names) == {m.name for m in project.modules},
         "PROJECTwm lists other modules")  # fmt: skip
