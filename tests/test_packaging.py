"""What is installed: the same from a wheel as from a checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOAD = "from restock_xl.demo.build import load_names, load_sales; print(len(load_names()), len(load_sales()) > 30000)"


def test_demo_data_from_this_installation() -> None:
    """The demo data is found where the package is installed, from any folder."""
    done = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=True, cwd="/")
    assert done.stdout.split() == ["120", "True"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("hatchling", reason="hatchling is not installed")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_demo_data_from_a_wheel(wheel: Path, tmp_path: Path) -> None:
    """The demo data is in the wheel and found from it."""
    with zipfile.ZipFile(wheel) as package:
        package.extractall(tmp_path)
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    code = f"import restock_xl; assert {str(tmp_path)!r} in restock_xl.__file__, restock_xl.__file__; {LOAD}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, env=environment)
    assert done.stdout.split() == ["120", "True"], done.stderr


def test_wheel_holds_two_packages_and_the_command(wheel: Path) -> None:
    """One distribution, two import packages, one command."""
    with zipfile.ZipFile(wheel) as package:
        names = package.namelist()
        entry = next(name for name in names if name.endswith("entry_points.txt"))
        assert "restock = restock_xl.cli:main" in package.read(entry).decode()
    assert {"RestockMacros.bas", "ThisWorkbook.bas"} <= {Path(name).name for name in names}
    tops = {name.split("/")[0] for name in names if ".dist-info" not in name}
    assert tops == {"restock", "restock_xl"}
