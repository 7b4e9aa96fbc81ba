"""The machine and the programs that numbers were measured with."""

from __future__ import annotations

import os
import platform
from pathlib import Path

from tests.bench import office
from tests.bench.rows import Pair


def machine() -> Pair:
    """Cores, processor, Python and LibreOffice."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    version = office.version()
    programs = f"Python {platform.python_version()}" + (f", LibreOffice {version}" if version else "")
    plural = "core" if cores == 1 else "cores"
    chinese = programs.replace(", ", "，")
    return f"{cores} {plural} ({_processor()}), {programs}", f"{cores} 核（{_processor()}），{chinese}"


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
