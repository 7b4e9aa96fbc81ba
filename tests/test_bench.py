"""The benchmarks run, and write their tables into the READMEs between markers; nothing here is timed."""

from __future__ import annotations

import doctest
import os
from dataclasses import replace
from pathlib import Path

import pytest

if not hasattr(os, "wait4"):
    pytest.skip("processes are measured with wait4, which this system does not have", allow_module_level=True)

from tests.bench import __main__ as command
from tests.bench import process, readme, rows, table, tables
from tests.bench.kept import Kept
from tests.bench.rows import Peer, Row, row_of
from tests.bench.table import Table, speed_table, table_of

PRESS = Row(
    ("a press", "一次重算"), ("3 rows", "3 行"), 2.0, 1.5, 100.0, (Peer(("a bare read", "只读"), 0.5),),
    ((("reading", "读表"), 0.25),),
)  # fmt: skip
README = "# A\n\nbefore\n<!-- bench:speed -->\nold | table\n<!-- /bench:speed -->\nafter\n"


def made() -> Table:
    """A table of one row."""
    found = speed_table([PRESS], [("Median of 3.", "取 3 次的中位数。")])
    return replace(found, conclusions=[("It is quick.", "很快。")])


@pytest.mark.parametrize("module", [rows, table], ids=lambda module: module.__name__)
def test_examples_of_the_printed_forms(module: object) -> None:
    """The examples in the docstrings hold."""
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def test_table_in_each_readme_between_its_markers(tmp_path: Path) -> None:
    """Only what stands between the markers changes, in the language of each file, and once."""
    for name in readme.FILES:
        (tmp_path / name).write_text(README, encoding="utf-8")
    assert readme.update(made(), tmp_path) == [f"{name}: the table speed is new." for name in readme.FILES]
    english, chinese = ((tmp_path / name).read_text(encoding="utf-8") for name in readme.FILES)
    assert "|\n\nIt is quick.\n\nMedian of 3.\n\n<!--" in english
    for text in (english, chinese):
        assert text.startswith("# A\n\nbefore\n<!-- bench:speed -->\n\n| ")
        assert text.endswith("\n\n<!-- /bench:speed -->\nafter\n")
        assert "old" not in text
    assert (
        "| a press | 3 rows | 1.50 s | 2.00 s | 100 MB | 3.0 × a bare read (0.50 s); of it: reading 0.25 s |" in english
    )
    assert "| 一次重算 | 3 行 | 1.50 s | 2.00 s | 100 MB | 只读（0.50 s）的 3.0 倍；其中：读表 0.25 s |" in chinese
    assert readme.update(made(), tmp_path) == [f"{name} has this table already." for name in readme.FILES]


def test_readme_without_markers_is_left_as_it_is(tmp_path: Path) -> None:
    """A README without the markers, or none at all, is told and left."""
    (tmp_path / "README.md").write_text("# A\n", encoding="utf-8")
    assert readme.update(made(), tmp_path) == [
        "README.md has no markers <!-- bench:speed --> and <!-- /bench:speed -->.",
        "There is no README.zh-CN.md.",
    ]
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "# A\n"


def test_failure_of_one_table_does_not_stop_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A table that cannot be made is told in a sentence, its old one stays, and the next is written."""
    (tmp_path / "README.md").write_text(README, encoding="utf-8")

    def fails_first(name: str, wanted: tables.Wanted) -> Table:
        if name == "accuracy":
            raise process.DidNotFinish("the research data is not there")
        return made()

    monkeypatch.setattr(tables, "table", fails_first)
    assert command.main(["accuracy", "speed"], tmp_path) == 1
    said = capsys.readouterr().out
    assert "accuracy was not made, and the README keeps what it has: the research data is not there" in said
    assert "README.md: the table speed is new." in said


def test_quick_run_prints_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`python -m tests.bench --quick functions` calls every function in a process of its own and prints rows."""
    assert command.main(["--quick", "functions"], tmp_path) == 0
    said = capsys.readouterr().out
    assert "`RESTOCK_DAYS_OF_COVER`, 20,000 rows in one call" in said
    assert "a plain numpy expression, unchecked" in said
    assert list(tmp_path.iterdir()) == []


def test_what_is_kept_is_not_measured_again(tmp_path: Path) -> None:
    """A second run takes rows and tables from the folder as they were."""
    first = Kept(tmp_path / "kept")
    assert first.get("press", lambda: [PRESS.as_dict()]) == [PRESS.as_dict()]
    assert row_of(first.get("press", lambda: pytest.fail("measured again"))[0]) == PRESS
    first.get("speed", lambda: made().as_dict())
    assert table_of(first.get("speed", lambda: pytest.fail("made again"))) == made()


def test_process_is_measured_with_memory_of_its_own() -> None:
    """What a process tells in its last line is found; its peak is not that of the process that started it."""
    held = bytearray(200_000_000)
    used = process.python("print('first'); print('{\"cells\": 3}')")
    assert used.found == {"cells": 3}
    assert 0 < used.memory < 100
    assert used.cpu > 0
    assert len(held) == 200_000_000


@pytest.mark.parametrize(
    ("run", "why"),
    [
        (lambda: process.python("import time; time.sleep(9)", limit=0.2), "more than 0 s"),
        (lambda: process.python("raise SystemExit('no book')"), "no book"),
        (lambda: process.measured(["no-such-program"]), "no-such-program"),
    ],
    ids=["too long", "failed", "not there"],
)
def test_process_that_does_not_finish(run: object, why: str) -> None:
    """A process that fails, takes too long or is not there raises one exception, with the reason."""
    with pytest.raises(process.DidNotFinish, match=why):
        run()  # type: ignore[operator]


def test_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A name that is no table and no benchmark ends the command with what there is."""
    with pytest.raises(SystemExit):
        command.main(["velocity"])
    assert "there is no table or benchmark velocity" in capsys.readouterr().err
