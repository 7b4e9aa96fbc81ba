"""What a benchmark found: one row per thing measured, beside its peers of the same run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from tests.bench.process import Used

Pair = tuple[str, str]
"""A text in English and in Chinese."""
START: Pair = ("start of Python", "启动 Python")


@dataclass(frozen=True)
class Peer:
    """Something else that does the same or a part of it, in the same run."""

    name: Pair
    cpu: float


@dataclass(frozen=True)
class Row:
    """One thing measured.

    Attributes:
        size: Of what it was done on.
        wall, cpu: Seconds; cpu of one call where the thing is a call.
        memory: MB at the peak; None where it is not a process of its own.
        parts: What the CPU seconds went to.
        minor: Printed, and left out of the README.
    """

    what: Pair
    size: Pair
    wall: float
    cpu: float
    memory: float | None = None
    peers: tuple[Peer, ...] = ()
    parts: tuple[tuple[Pair, float], ...] = ()
    minor: bool = False

    def ratio(self, peer: Peer) -> float:
        """CPU seconds per CPU second of the peer."""
        return self.cpu / max(peer.cpu, 1e-9)

    def as_dict(self) -> dict[str, Any]:
        """As JSON holds it."""
        return asdict(self)


def row_of(found: dict[str, Any]) -> Row:
    """Return a row from what JSON holds."""
    peers = tuple(Peer(tuple(peer["name"]), peer["cpu"]) for peer in found["peers"])
    parts = tuple((tuple(name), seconds) for name, seconds in found["parts"])
    return Row(**found | {"what": tuple(found["what"]), "size": tuple(found["size"]), "peers": peers, "parts": parts})


def process_row(what: Pair, size: Pair, used: Used, peers: Iterable[tuple[Pair, Used | None]] = ()) -> Row:
    """Return the row of a whole process; peers that did not finish are left out."""
    there = tuple(Peer(name, peer.cpu) for name, peer in peers if peer is not None)
    return Row(what, size, used.wall, used.cpu, used.memory, there)


def seconds(value: float) -> str:
    """Return seconds as people read them, below a tenth in milliseconds.

    >>> seconds(12.34), seconds(1.234), seconds(0.00123)
    ('12.3 s', '1.23 s', '1.23 ms')
    """
    if value < 0.1:
        return f"{value * 1000:.3g} ms"
    return f"{value:.2f} s" if value < 10 else f"{value:.1f} s" if value < 100 else f"{value:.0f} s"


def times(value: float) -> str:
    """Return a ratio with two digits.

    >>> times(0.0123), times(1.84), times(312.4)
    ('0.012', '1.8', '310')
    """
    if value >= 10:
        return f"{float(f'{value:.2g}'):.0f}"
    return f"{value:.2g}" if value < 1 else f"{value:.1f}"


def print_rows(rows: Iterable[Row]) -> None:
    """Print rows in English."""
    print(f"{'':58}{'CPU':>10}{'wall':>10}{'peak':>9}")
    for row in rows:
        memory = "" if row.memory is None else f"{row.memory:,.0f} MB"
        label = f"{row.what[0]}, {row.size[0]}" if row.size[0] else row.what[0]
        print(f"{label:58}{seconds(row.cpu):>10}{seconds(row.wall):>10}{memory:>9}", flush=True)
        if row.parts:
            print("  of it " + ", ".join(f"{name[0]} {seconds(part)}" for name, part in row.parts))
        for peer in row.peers:
            print(f"  {peer.name[0]:56}{seconds(peer.cpu):>10}, {times(row.ratio(peer))} times that", flush=True)
