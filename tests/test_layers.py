"""Who may import whom, checked on the import graph."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ENGINE, XL = ROOT / "engine" / "restock", ROOT / "xl" / "restock_xl"
ALLOWED = {"numpy", "pandas", "scipy", "highspy", "holidays", "formulas", "ironcalc", "openpyxl", "restock"}
FORBIDDEN_STANDARD = {"os", "pathlib", "io", "tempfile", "shutil", "subprocess", "socket", "time", "random", "zipfile"}
ORDER = ("version", "errors", "text", "schema", "arithmetic", "demand", "ledger", "replenish", "transfer",
         "functions", "plan", "simulate", "formula", "imports")  # fmt: skip
BELOW = {  # a layer may import itself and these
    "version": (),
    "errors": (),
    "text": ("errors",),
    "schema": ("errors", "text"),
    "arithmetic": ("errors", "schema"),
    "demand": ("errors", "schema", "arithmetic"),
    "ledger": ("errors", "schema"),
    "replenish": ("errors", "text", "schema", "arithmetic", "demand", "ledger", "transfer"),
    "transfer": ("errors", "schema", "arithmetic", "demand", "ledger", "replenish"),
    "functions": ("errors", "text", "schema", "arithmetic", "demand", "ledger", "replenish", "transfer"),
    "plan": ("errors", "text", "schema", "arithmetic", "demand", "ledger", "replenish", "transfer"),
    "simulate": ("errors", "text", "schema", "arithmetic", "demand", "ledger", "replenish", "transfer", "plan"),
    "formula": ("errors", "functions"),
    "imports": ("errors", "text", "schema"),
}


def imports(path: Path) -> list[str]:
    """Every module that a file imports anywhere in it."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.append(node.module)
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


ENGINE_FILES = sorted(path for path in ENGINE.rglob("*.py"))
XL_FILES = sorted(path for path in XL.rglob("*.py"))


@pytest.mark.parametrize("path", ENGINE_FILES, ids=lambda path: str(path.relative_to(ENGINE)))
def test_engine_imports_only_what_it_may(path: Path) -> None:
    """The engine never touches files, programs, the clock or the add-in."""
    tops = {name.split(".")[0] for name in imports(path)}
    standard = tops & set(sys.stdlib_module_names)
    assert tops - standard - {"__future__"} <= ALLOWED
    assert not standard & FORBIDDEN_STANDARD
    assert "openpyxl" not in tops or all(
        name.startswith("openpyxl.formula") for name in imports(path) if name.startswith("openpyxl")
    )


@pytest.mark.parametrize("path", ENGINE_FILES, ids=lambda path: str(path.relative_to(ENGINE)))
def test_engine_layers(path: Path) -> None:
    """Each part of the engine imports only the parts below it."""
    layer = path.relative_to(ENGINE).parts[0].removesuffix(".py")
    if layer not in BELOW:
        return
    used = {name.split(".")[1] for name in imports(path) if name.startswith("restock.") and name.count(".") >= 1}
    assert used & set(ORDER) <= {*BELOW[layer], layer}


@pytest.mark.parametrize("path", XL_FILES, ids=lambda path: str(path.relative_to(XL)))
def test_hosts_renderers_and_command_line(path: Path) -> None:
    """Hosts do not import one another, renderers do not read workbooks, and nothing names the source folders."""
    names, parts = imports(path), path.relative_to(XL).parts
    assert not [name for name in names if name.startswith(("engine.", "xl."))]
    if parts[0] == "hosts":
        others = {f"restock_xl.hosts.{other.stem}" for other in (XL / "hosts").glob("*.py")} - {
            f"restock_xl.hosts.{path.stem}"
        }
        assert not set(names) & others - {"restock_xl.hosts.__init__"}
    if parts[0] == "sheets":
        assert not [
            name for name in names if name in ("restock_xl.package.read", "restock_xl.package.cells", "openpyxl")
        ]
    if parts[0] == "package":
        assert not [name for name in names if name.startswith(("restock_xl.sheets", "restock_xl.hosts"))]


def test_importing_the_engine_is_light() -> None:
    """`import restock` in a clean process loads neither numpy nor pandas nor the add-in."""
    heavy = "('numpy', 'pandas', 'scipy', 'restock_xl')"
    code = f"import sys, restock; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
