"""Whole processes, measured from outside: wall seconds, CPU seconds of all they start, and peak memory."""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

RESTOCK = "from restock_xl.cli import main; main()"

# A child starts with the peak memory of its parent: this one is small.
_LAUNCHER = """
import json, os, subprocess, sys, time
begun = time.perf_counter()
_, status, used = os.wait4(subprocess.Popen(sys.argv[2:]).pid, 0)
wall, cpu = time.perf_counter() - begun, used.ru_utime + used.ru_stime
with open(sys.argv[1], "w") as stream:
    json.dump([os.waitstatus_to_exitcode(status), wall, cpu, used.ru_maxrss / 1024], stream)
"""


class DidNotFinish(Exception):
    """A process failed or took longer than it may."""


@dataclass(frozen=True)
class Used:
    """What a process took: seconds, CPU seconds (user and system), MB at its peak, and numbers that it told."""

    wall: float
    cpu: float
    memory: float
    found: dict[str, Any] = field(default_factory=dict)


class Taken(dict[str, Used]):
    """What each of some runs took; one that did not finish is not in it, and says so where it is needed."""

    def __missing__(self, name: str) -> Used:
        raise DidNotFinish(f"{name} did not finish")


def measured(command: Sequence[str], limit: float | None = None) -> Used:
    """Run a command to its end.

    Args:
        limit: Seconds after which it is ended.
    Raises:
        DidNotFinish: It failed, took longer than `limit`, or is not there.
    """
    with tempfile.NamedTemporaryFile() as report, tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as wrong:
        launched = [sys.executable, "-I", "-S", "-c", _LAUNCHER, report.name, *command]
        process = subprocess.Popen(launched, stdout=said, stderr=wrong, start_new_session=True)
        try:
            process.wait(limit)
        except subprocess.TimeoutExpired:
            raise DidNotFinish(f"more than {limit:.0f} s") from None
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        code, *used = json.loads(report.read() or "[1]")
        if code:
            raise DidNotFinish((_text(wrong).strip().splitlines() or [f"exit code {code}"])[-1])
        return Used(*used, _told(_text(said)))


def python(code: str, *arguments: object, limit: float | None = None) -> Used:
    """Run a Python snippet in a process of its own, start and imports included; its last line may tell numbers."""
    return measured([sys.executable, "-c", code, *map(str, arguments)], limit)


def restock(*arguments: object, limit: float | None = None) -> Used:
    """Run our command line."""
    return python(RESTOCK, *arguments, limit=limit)


def in_turn(runs: Mapping[str, Callable[[], Used]], rounds: int) -> Taken:
    """Return the median of each, run in turn so that all meet the same machine; what does not finish is left out."""
    taken: dict[str, list[Used]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            try:
                taken[name].append(run())
            except DidNotFinish as error:
                print(f"  {name} did not finish: {error}", file=sys.stderr, flush=True)
    return Taken({name: median(ones) for name, ones in taken.items() if ones})


def median(ones: Iterable[Used]) -> Used:
    """Return the medians of what some runs took; what they told is that of the last, its numbers medians too."""
    runs = list(ones)
    found = {name: _middle([run.found[name] for run in runs if name in run.found]) for name in runs[-1].found}
    wall, cpu, memory = (statistics.median(getattr(run, name) for run in runs) for name in ("wall", "cpu", "memory"))
    return Used(wall, cpu, memory, found)


def _middle(values: list[Any]) -> Any:
    if all(isinstance(value, float) for value in values):
        return statistics.median(values)
    if all(isinstance(value, dict) for value in values):
        return {name: _middle([value[name] for value in values if name in value]) for name in values[-1]}
    return values[-1]


def _told(said: str) -> dict[str, Any]:
    last = said.strip().splitlines()[-1:]
    return json.loads(last[0]) if last and last[0].startswith("{") else {}


def _text(stream: Any) -> str:
    stream.seek(0)
    return str(stream.read().decode(errors="replace"))
