"""Every command and formula of the README does what it says, in both languages."""

from __future__ import annotations

import ast
import datetime as dt
import doctest
import importlib.util
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.main import get_command
from typer.testing import CliRunner

from restock_xl.cli import app
from restock_xl.recalculation import recalculate
from restock_xl.sheets.new_book import new_book

from .markdown_pages import ROOT, Page, bare, page

pytestmark = pytest.mark.skipif(not (ROOT / "README.md").exists(), reason="README is not part of this installation")
READMES = ("README.md", "README.zh-CN.md")
TODAY = dt.date.today()  # the commands of the README name no day

NOT_RUN = {
    ("recompute", "stock.xlsx"): "the folder of all these commands is made by it",
    ("demo",): "takes five seconds; .ci/run runs it in a clean environment",
    ("install",): "changes the desktop and the settings of this computer",
    ("simulate", "stock.xlsx"): "takes ten seconds; tests/xl/test_simulate_cli.py runs it",
    ("stock.xlsm", "zh"): "the English one is made",
    ("--as", "pdf"): "starts LibreOffice, which takes some seconds; tests/xl/test_export_values.py does",
}
"""Words of a command that is only parsed, with the reason."""
NEEDS = {".xlsm": ("pyopenvba", "xlwings"), "png": ("PIL",)}
EXIT_CODES = {"check": {0, 1}}
"""Where something else than 0 is right: there is something to correct."""


def commands(one: Page) -> Iterator[str]:
    """Every whole command: in blocks, in lines, and in tables whose header ends in "…", each row with its options."""
    for block in one.blocks("sh"):
        for line in block.splitlines():
            yield from line.split(" && ")
    yield from one.codes()
    for table in one.tables():
        start = table[0][0].removesuffix("…").strip()
        if start != table[0][0] and start.startswith("`"):
            for row in table[2:]:
                yield " ".join([bare(start), *row[0].split("`")[1::2]])


def _of_program(program: str) -> list[str]:
    """Every different command of the pages that starts with this word."""
    there = [name for name in READMES if (ROOT / name).exists()]
    found = (command for name in there for command in commands(page(name)))
    return list(dict.fromkeys(one for one in found if one.split()[:1] == [program]))


def _reason(words: list[str]) -> str:
    """Why a command is not run; "" where it is."""
    return next((why for some, why in NOT_RUN.items() if set(some) <= set(words)), "")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small recomputed book, an export of a shop, and a copy that came back."""
    folder = tmp_path_factory.mktemp("shop")
    new_book(folder / "stock.xlsx", "en", _rows())
    for command in ("recompute stock.xlsx", "export stock.xlsx --to copy.xlsx --for warehouse:US-LA"):
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(folder)
            assert CliRunner().invoke(app, command.split()).exit_code == 0, command
    shutil.rmtree(folder / "restock-backups")
    (folder / "orders_export.csv").write_text(
        "Name,Email,Financial Status,Created at,Lineitem quantity,Lineitem price,Lineitem sku,Cancelled at,Id\n"
        f"#1001,,paid,{TODAY - dt.timedelta(1)} 09:14:00 +0000,2,16.00,LAMP-03,,55\n"
    )
    return folder


def _rows() -> dict[str, list[dict[str, Any]]]:
    """Two hundred days of sales of three rows of stock, and everything that a sentence can speak of."""

    def day(offset: int) -> dt.date:
        return TODAY + dt.timedelta(offset)

    pairs = (("LAMP-03", "US-LA", 280, 19), ("MUG-11", "US-LA", 30, 11), ("MUG-11", "DE-HAM", 900, 8))
    show = dt.datetime.combine(day(3), dt.time(18))
    return {
        "Stock": [{"sku": sku, "warehouse": place, "on_hand": units} for sku, place, units, _ in pairs],
        "Sales": [
            {"date": day(-back), "sku": sku, "warehouse": place, "qty": daily + back % 3}
            for back in range(1, 201)
            for sku, place, _, daily in pairs
        ],
        "Catalog": [
            {"sku": "LAMP-03", "name": "Lamp", "cost": 6, "price": 15, "supplier": "Huamei", "case_pack": 48},
            {"sku": "MUG-11", "name": "Mug", "cost": 3, "price": 12, "supplier": "Huamei", "case_pack": 12},
        ],
        "Inbound": [{"document": "PO-7", "sku": "LAMP-03", "warehouse": "US-LA", "ordered": 240,
                     "sellable_on": day(8)}],
        "Livestreams": [{"show": "Night", "start": show, "zone": "America/Los_Angeles", "sku": "LAMP-03",
                         "warehouse": "US-LA", "planned_units": 40}],
        "Suppliers": [{"supplier": "Huamei", "production_days": 12}],
        "Routes": [{"from": "Huamei", "to": "US-LA", "mode": "sea", "days": 30},
                   {"from": "DE-HAM", "to": "US-LA", "mode": "air", "days": 8, "cost_per_unit": 3.1}],
    }  # fmt: skip


@pytest.mark.parametrize("command", _of_program("restock"))
def test_commands_of_ours(command: str, shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command is one that there is; a whole one runs in a folder with a book, and does not fail."""
    words = shlex.split(command)[1:]
    known: Any = get_command(app)
    if not words:
        return
    if words == ["--help"]:
        assert CliRunner().invoke(app, words).exit_code == 0
        return
    options = words[1:]
    if options or not known.commands[words[0]].params[0].required:
        known.commands[words[0]].make_context(words[0], list(options))
    if _reason(words) or not options:
        return
    for text, packages in NEEDS.items():
        if text in command:
            for package in packages:
                pytest.importorskip(package, reason=f"{package} is not installed")
    if words[0] != "new":
        shutil.copytree(shop, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, words)
    assert done.exit_code in EXIT_CODES.get(words[0], {0}), f"{done.output}\n{done.exception!r}"


def test_what_is_not_run_is_on_the_pages() -> None:
    """No reason stands for a command that the pages do not have."""
    found = [shlex.split(one) for one in _of_program("restock")]
    assert all(any(set(some) <= set(words) for words in found) for some in NOT_RUN)


def test_commands_of_python() -> None:
    """What Python is told to run is there, and pip installs extras that the project has."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ran, installed = _of_program("python"), _of_program("pip")
    assert ran
    assert installed
    for command in ran:
        words = command.split()[1:]
        if words[0] == "-c":
            compile(words[1], command, "exec")
            continue
        found = importlib.util.find_spec(words[1]) if words[0] == "-m" else (ROOT / words[0]).exists()
        assert found, command
    for command in installed:
        place, _, extras = shlex.split(command)[-1].partition("[")
        assert place == ".", f"{command}: restock is installed from its folder"
        assert set(extras.rstrip("]").split(",")) - {""} <= set(project["optional-dependencies"]), command


def test_ci_finds_the_two_commands() -> None:
    """The first block is the two commands that .ci/run takes from the page."""
    for name in READMES:
        first = page(name).blocks("sh")[0].splitlines()
        assert first == ["pip install . && restock demo", 'pip install -e ".[test]" && pytest']


@pytest.mark.parametrize("name", READMES)
def test_formulas_give_what_is_said(name: str, tmp_path: Path) -> None:
    """Each formula stands in a table beside its result, and a workbook that holds it shows that result."""
    one = page(name)
    stated = {bare(row[0]): row[1] for table in one.tables() for row in table if row[0].startswith("`=")}
    assert len(stated) >= 5
    assert {code for code in one.codes() if code.startswith("=")} == set(stated)
    book = openpyxl.Workbook()
    for row, formula in enumerate(stated, start=1):
        book.active.cell(row, 1, formula)
    book.save(tmp_path / "formulas.xlsx")
    values = recalculate(tmp_path / "formulas.xlsx", write=False).values
    for row, (formula, said) in enumerate(stated.items(), start=1):
        assert _shown(values[book.active.title, f"A{row}"], said) == said, formula


def _shown(value: Any, like: str) -> str:
    """A cell's value written as the page writes it: as a day, or with as many decimals."""
    if isinstance(value, str):
        return value
    if like.count("-") == 2:
        return str(dt.date(1899, 12, 30) + dt.timedelta(value))
    return f"{value:.{len(like.partition('.')[2])}f}"


@pytest.mark.parametrize(
    ("name", "language", "sheet"), [("README.md", "en", "Stock"), ("README.zh-CN.md", "zh", "库存")]
)
def test_stock_shows_what_is_said(name: str, language: str, sheet: str, tmp_path: Path) -> None:
    """On hand and daily sales, typed into a new book, show the days left and the tier of the table."""
    tables = page(name).tables()
    rows = next(table[2:] for table in tables if table[2][0].isdecimal() and len(table[0]) == 4)
    assert len(rows) >= 3
    typed = [
        {"sku": f"S-{k}", "on_hand": float(row[0]), "daily_sales": float(row[1]) if row[1] else None}
        for k, row in enumerate(rows)
    ]
    new_book(tmp_path / "book.xlsx", language, {"Stock": typed})
    values = recalculate(tmp_path / "book.xlsx").values
    for place, row in enumerate(rows, start=4):
        days, tier = values[sheet, f"I{place}"], values[sheet, f"H{place}"]
        assert ("" if days in ("", None) else f"{days:.1f}", tier) == (row[2], row[3]), row


def test_python_does_what_is_said(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line of Python on the page answers as the page says."""
    monkeypatch.chdir(shop)
    runner = doctest.DocTestRunner()
    for block in page("README.md").blocks("python"):
        runner.run(doctest.DocTestParser().get_doctest(block, {}, "README.md", "README.md", 0))
    assert runner.summarize(verbose=False).failed == 0


def test_excel_functions_are_as_many_as_said() -> None:
    """README counts Excel's functions that are computed here, to the ten."""
    from restock.formula.kernels.registry import KERNELS

    own = [name for name in KERNELS if not name.startswith("RESTOCK_")]
    for name, said in (("README.md", "some {} of Excel's"), ("README.zh-CN.md", "约{}个 Excel 函数")):
        assert said.format(len(own) // 10 * 10) in page(name).text, len(own)


def test_code_in_lines_is_code() -> None:
    """Paths of the project that stand as code are there."""
    for name in READMES:
        for code in page(name).codes():
            if code.endswith((".py", ".md", ".toml")) and "/" in code and " " not in code:
                assert (ROOT / code).exists(), code
            if code.startswith("from "):
                ast.parse(code)
