"""The command line as a new user meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from restock.version import __version__

from .books import sheet_rows
from .test_bad_input import run

HEAVY = ("pandas", "scipy", "numpy", "lxml", "fastexcel", "xlsxwriter", "openpyxl")


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_help_and_version_are_light(argument: str) -> None:
    """--help and --version import nothing heavy."""
    code = (
        "import sys, json\nfrom restock_xl.cli import main\nsys.argv = ['restock', sys.argv[1]]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\nprint('\\n' + json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, argument], capture_output=True, text=True, check=True)
    loaded = json.loads(done.stdout.strip().splitlines()[-1])
    assert not [name for name in HEAVY if name in loaded]


def test_version_is_the_packages() -> None:
    """--version prints the version."""
    assert run("--version").stdout.strip() == f"restock {__version__}"


def test_help_names_every_command() -> None:
    """--help lists what can be done."""
    text = run("--help").stdout
    assert all(command in text for command in ("new", "recompute", "explain", "calc", "demo", "simulate", "import"))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("demo")
    done = run("demo", "--out", str(folder))
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


def test_demo_says_what_it_found(demo: tuple[Path, str]) -> None:
    """The demo prints how many rows are red, orange and yellow, three sentences, and where the book lies."""
    folder, text = demo
    lines = text.splitlines()
    assert lines[0].startswith("RED ")
    assert "ORANGE" in lines[0]
    assert "YELLOW" in lines[0]
    assert len(lines) == 6
    assert str(folder / "restock-demo.xlsx") in text
    assert "CC0" in lines[-1]
    assert "invented" in lines[-1]


def test_demo_book_is_filled(demo: tuple[Path, str]) -> None:
    """The demo book holds forecasts, orders, transfers and alerts over 120 real products."""
    path = demo[0] / "restock-demo.xlsx"
    forecast = sheet_rows(path, "Forecast")
    assert len({row["SKU"] for row in forecast}) == 120
    assert {row["Warehouse"] for row in forecast} == {"UK", "DE", "FR"}
    assert all(sheet_rows(path, name) for name in ("Orders", "Transfers", "Alerts"))
    assert all(
        row["Tier"] in ("RED", "ORANGE", "YELLOW", "GREEN", "NO SALES")
        for row in sheet_rows(path, "Stock")
        if row["SKU*"]
    )


def test_demo_again_replaces_the_demo(demo: tuple[Path, str]) -> None:
    """Running the demo twice gives the same book and leaves nothing else behind."""
    before = sheet_rows(demo[0] / "restock-demo.xlsx", "Alerts")
    assert run("demo", "--out", str(demo[0])).returncode == 0
    assert sheet_rows(demo[0] / "restock-demo.xlsx", "Alerts") == before
    assert [entry.name for entry in demo[0].iterdir()] == ["restock-demo.xlsx"]


def test_new_then_recompute(tmp_path: Path) -> None:
    """An empty book says what to type and is left alone."""
    assert run("new", "book.xlsx", folder=tmp_path).returncode == 0
    done = run("recompute", "book.xlsx", folder=tmp_path)
    assert done.returncode == 2
    assert "Stock" in done.stderr
