"""The command line. It parses, calls, prints; it decides nothing and imports nothing heavy before it must."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from restock.errors import RestockError
from restock.version import __version__

if TYPE_CHECKING:
    from restock_xl.recompute import Outcome

app = typer.Typer(
    name="restock",
    help="A restock workbook: tiers, forecasts, transfers, orders and alerts from what you type into Excel.",
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
_BOOK = typer.Argument(help="The workbook, .xlsx or .xlsm.", show_default=False)
_LANG = typer.Option("--lang", help="Language of the book: en or zh.")
_STEPS = {
    "reading": "Reading the book",
    "checking": "Checking what was typed",
    "planning": "Forecasting and planning",
    "writing": "Writing the sheets",
    "building": "Building the book",
    "calculating": "Calculating",
    "copying": "Making the copy",
    "repairing": "Looking for what is missing",
    "tidying": "Folding Sales",
    "relabelling": "Changing the language",
}


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"restock {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Without a command, choose workbooks in a window and recompute them; the help where none can be shown."""
    if context.invoked_subcommand is not None:
        return
    from restock_xl.desktop import window

    if window.can_show():
        drop()
    typer.echo(context.get_help())


@app.command()
def new(
    book: Annotated[
        Path, typer.Argument(help="The workbook to make: BOOK.xlsx, or BOOK.xlsm with buttons.", show_default=False)
    ],
    lang: Annotated[str, _LANG] = "en",
    flavour: Annotated[
        str | None,
        typer.Option(
            help="plain: every program. native: Microsoft 365, or an .xlsm on a Mac. python: an .xlsm on Windows."
        ),
    ] = None,
) -> None:
    """Make a new, empty restock workbook. Type three columns on Stock, and tiers and days left appear."""
    from restock.text import Words, say
    from restock_xl.new import make_book

    with _progress() as tell:
        tell("building")
        make_book(book, lang, flavour)
    typer.echo(say("report.made", Words(lang), path=book))


@app.command()
def recompute(
    book: Annotated[Path, _BOOK],
    today: Annotated[str | None, typer.Option(help="Plan as of this day, YYYY-MM-DD; else today.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write here and leave the book as it is.")] = None,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Go on although a check stops: what it says cannot be true is true.")
    ] = False,
) -> None:
    """Recompute forecasts, transfers, orders and alerts, and write them into the book."""
    day = _day(today)
    from restock_xl.hosts.headless import HeadlessHost
    from restock_xl.recompute import recompute as run

    with _progress() as tell:
        outcome = run(HeadlessHost(book, out), day, dt.datetime.now(), tell, anyway)
    _report(outcome)


@app.command()
def check(
    book: Annotated[Path, _BOOK],
    today: Annotated[str | None, typer.Option(help="Check as of this day, YYYY-MM-DD; else today.")] = None,
) -> None:
    """Say what is wrong with a book, as a press would, and against the last press. The book is only read.

    Exits with 1 where there is something.
    """
    day = _day(today)
    from restock_xl.checking.command import check_book

    with _progress() as tell:
        tell("checking")
        found = check_book(book, day)
    for line in found.lines:
        typer.echo(line)
    if found.sentences:
        raise typer.Exit(1)


@app.command()
def repair(
    book: Annotated[Path, _BOOK],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing; say what would be done.")] = False,
) -> None:
    """Put back columns, formulas, names, tables, formats and checks of ours; yours are not touched."""
    from restock_xl.repair.repair import repair_book

    with _progress() as tell:
        tell("repairing")
        found = repair_book(book, dt.date.today(), dt.datetime.now(), dry_run)
    for line in found.report(dry_run):
        typer.echo(line)


@app.command()
def tidy(
    book: Annotated[Path, _BOOK],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing; say what would be done.")] = False,
    today: Annotated[str | None, typer.Option(help="Count months back from this day, YYYY-MM-DD.")] = None,
) -> None:
    """Fold Sales to one row per day, SKU and warehouse, and move old months to a file beside the book."""
    day = _day(today)
    from restock_xl.archive.tidy import tidy_book

    with _progress() as tell:
        tell("tidying")
        found = tidy_book(book, day, dt.datetime.now(), dry_run)
    for line in found.lines:
        typer.echo(line)


@app.command()
def relabel(
    book: Annotated[Path, _BOOK],
    lang: Annotated[str | None, typer.Option("--lang", help="en or zh; the other language if left out.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write here and leave the book as it is.")] = None,
    today: Annotated[str | None, typer.Option(help="Recompute as of this day, YYYY-MM-DD; else today.")] = None,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Go on: what cannot follow stays as it is. It is listed in any case.")
    ] = False,
) -> None:
    """Switch a book to the other language and recompute it: its data stay, formulas follow the new names.

    Exits with 1, and writes nothing, where something cannot follow safely; that is listed by cell.
    """
    day = _day(today)
    from restock_xl.relabel.relabel import relabel_book

    with _progress() as tell:
        tell("relabelling")
        found = relabel_book(book, lang, day, dt.datetime.now(), out, anyway)
    for line in found.lines:
        typer.echo(line)
    if found.stopped:
        raise typer.Exit(1)


@app.command()
def explain(
    book: Annotated[Path, _BOOK],
    sku: Annotated[str, typer.Argument(help="The SKU as it stands on Stock.", show_default=False)],
    warehouse: Annotated[str, typer.Argument(help="Its warehouse; not needed where there is one only.")] = "",
    today: Annotated[
        str | None, typer.Option(help="Plan as of this day, YYYY-MM-DD; else that of the last press.")
    ] = None,
) -> None:
    """Say step by step how the numbers of one SKU in one warehouse come about. The book is only read."""
    day = None if today is None else _day(today)
    from restock_xl.explanation import explanation_lines

    for line in explanation_lines(book, day, dt.date.today(), sku, warehouse):
        typer.echo(line)


@app.command("read-back")
def read_back(
    book: Annotated[Path, _BOOK],
    file: Annotated[Path, typer.Argument(help="The copy that came back, .xlsx.", show_default=False)],
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
) -> None:
    """Take what was typed in a copy home into the book: first what would change, then the writing of it."""
    from restock.text import say
    from restock_xl.exports.returning.read_back import read_back as read
    from restock_xl.exports.returning.read_back import write_read_back

    with _progress() as tell:
        tell("reading")
        found = read(book, file, dt.date.today())
    for line in found.lines():
        typer.echo(line)
    if not found.changes:
        return
    if not yes and not (sys.stdin.isatty() and sys.stdout.isatty()):
        typer.echo(say("read_back.how", found.words, book=book, path=file))
    elif yes or typer.confirm(say("read_back.ask", found.words, path=book)):
        backup = write_read_back(found, dt.datetime.now())
        typer.echo(say("report.written", found.words, path=book))
        typer.echo(say("report.backup", found.words, path=backup))
        typer.echo(say("read_back.then", found.words, path=book))
    else:
        typer.echo(say("read_back.left", found.words))


@app.command()
def calc(
    book: Annotated[Path, _BOOK],
    out: Annotated[Path | None, typer.Option(help="Write here and leave the book as it is.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; list the cells that differ.")] = False,
    today: Annotated[str | None, typer.Option(help="What TODAY() answers, YYYY-MM-DD; else today.")] = None,
    lang: Annotated[str, typer.Option("--lang", help="Language of what is printed: en or zh.")] = "en",
) -> None:
    """Recalculate every formula of a workbook and store what it shows, without Excel. Nothing else is changed.

    With --check it exits with 1 where a cell shows something else than it should.
    """
    day = _day(today)
    from restock.text import Words
    from restock_xl.recalculation import recalculate
    from restock_xl.report import calculation_lines

    with _progress() as tell:
        tell("calculating")
        words = Words(lang, today=day)
        found = recalculate(book, day, None if check else out, write=not check and out is None, words=words)
    for line in calculation_lines(found, words, check):
        typer.echo(line)
    if check and found.differences:
        raise typer.Exit(1)


@app.command()
def export(
    book: Annotated[Path, _BOOK],
    to: Annotated[
        Path | None, typer.Option(help="A folder, in which a dated name is made, or a file. Not needed for text.")
    ] = None,
    form: Annotated[
        str | None, typer.Option("--as", help="values, plain, native, text, png, pdf or csv; values if left out.")
    ] = None,
    audience: Annotated[
        str | None, typer.Option("--for", help="team, phone, warehouse:NAME or supplier:NAME; team if left out.")
    ] = None,
    today: Annotated[str | None, typer.Option(help="Day of the copy, YYYY-MM-DD; else today.")] = None,
) -> None:
    """Make a copy that teammates open with nothing installed. The book is only read."""
    day = _day(today)
    from restock_xl.exports.export import export_book

    with _progress() as tell:
        tell("copying")
        found = export_book(book, to, form, audience, day, dt.datetime.now())
    for line in (found.text, *found.lines):
        if line:
            typer.echo(line)


@app.command("import")
def import_(
    book: Annotated[Path, _BOOK],
    files: Annotated[list[Path], typer.Argument(help="Files as downloaded: CSV, tab, Excel.", show_default=False)],
    warehouse: Annotated[str, typer.Option(help="Warehouse of files that name none.")] = "",
    dates: Annotated[str, typer.Option(help="dmy (day first) or mdy, where a file does not tell.")] = "",
    decimal: Annotated[str, typer.Option(help="point (1,200.5) or comma, where a file does not tell.")] = "",
    today: Annotated[str | None, typer.Option(help="Day of stock without a date, YYYY-MM-DD; else today.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
) -> None:
    """Take stock, sales and shipments from downloaded files. What would be written is shown first."""
    day = _day(today)
    _among("--dates", dates, ("dmy", "mdy"))
    _among("--decimal", decimal, ("point", "comma"))
    from restock.text import say
    from restock_xl.imports.import_files import prepare_import
    from restock_xl.imports.one_file import Wishes

    with _progress() as tell:
        tell("reading")
        found = prepare_import(book, files, Wishes(day, warehouse, dates, decimal))
    for line in found.lines():
        typer.echo(line)
    if found.changes_anything:
        wanted = yes or (sys.stdin.isatty() and typer.confirm(say("import.ask", found.words)))
        if not wanted:
            typer.echo(say("import.not_written", found.words))
        else:
            with _progress() as tell:
                tell("writing")
                path = found.write(dt.datetime.now())
            typer.echo(say("report.written", found.words, path=path))
            if found.backup is not None:
                typer.echo(say("report.backup", found.words, path=found.backup))
    if found.failed:
        raise typer.Exit(2)


def _among(option: str, text: str, allowed: tuple[str, ...]) -> None:
    if text and text not in allowed:
        raise RestockError(f'{option}: "{text}" is not one of {" or ".join(allowed)}. Type one of them.')


@app.command()
def demo(
    out: Annotated[Path, typer.Option(help="Folder for restock-demo.xlsx.")] = Path(),
    lang: Annotated[str, _LANG] = "en",
    skus: Annotated[
        int | None, typer.Option(min=1, help="Only this many of the 120 products, those that sold most.")
    ] = None,
) -> None:
    """Build a filled book from real sales, recompute it, and say what it found."""
    from restock_xl.demo.run import run_demo

    with _progress() as tell:
        outcome = run_demo(out, lang, dt.datetime.now(), tell, skus)
    _report(outcome)
    from restock.text import say

    typer.echo(say("report.demo", outcome.words))


@app.command()
def simulate(
    book: Annotated[Path | None, typer.Argument(help="Your workbook; without one, invented goods.")] = None,
    seeds: Annotated[str, typer.Option(help="Which invented worlds, for example 1-3.")] = "1",
    skus: Annotated[int, typer.Option(min=1, max=2000, help="How many invented goods, in three warehouses.")] = 60,
    days: Annotated[int, typer.Option(min=30, max=730, help="How many invented days.")] = 120,
    out: Annotated[Path | None, typer.Option(help="Write table and chart to this new .xlsx too.")] = None,
    today: Annotated[
        str | None, typer.Option(help="End of your own year, YYYY-MM-DD; else the last press.")
    ] = None,
    lang: Annotated[str, typer.Option("--lang", help="Language without a book: en or zh.")] = "en",
) -> None:
    """Replay a year by several rules of ordering: had you followed this last year. A book is only read."""
    day = None if today is None else _day(today)
    from rich.console import Console

    from restock_xl.simulation import seeds_of, simulate_book, simulate_worlds
    from restock_xl.simulation_report import check_new_file, simulation_table, write_simulation

    if out is not None:
        check_new_file(out)
    with _progress() as tell:
        tell("reading")
        if book is None:
            found = simulate_worlds(seeds_of(seeds), skus, days, lang, tell)
        else:
            found = simulate_book(book, day, dt.date.today(), tell)
    for line in found.sentences():
        typer.echo(line)
    Console().print(simulation_table(found))
    if out is not None:
        write_simulation(found, out)
        from restock.text import say

        typer.echo(say("report.written", found.words, path=out))


@app.command()
def drop(
    books: Annotated[
        list[Path] | None, typer.Argument(help="Workbooks to recompute; without one, choose in a window.")
    ] = None,
) -> None:
    """Recompute workbooks as the icon on the desktop does: open them, and say what changed in one dialog."""
    from restock_xl.desktop.__main__ import run

    raise typer.Exit(run(books or []))


@app.command()
def install(
    book: Annotated[Path | None, typer.Argument(help="With --check: look at this workbook too.")] = None,
    excel: Annotated[bool, typer.Option("--excel", help="Only what Excel's buttons and functions need.")] = False,
    libreoffice: Annotated[bool, typer.Option("--libreoffice", help="Only LibreOffice's menu and functions.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Only say what works, and how to mend the rest.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Remove all of it.")] = False,
    lang: Annotated[str | None, typer.Option("--lang", help="Language of what is said: en or zh.")] = None,
) -> None:
    """Put the icon on the desktop and tell Excel where Python is.

    With --check it exits with 1 where something is to do.
    """
    from restock.text import Words
    from restock_xl import install as setting_up
    from restock_xl.desktop.computer import computer_language, desktop_folder, system

    words = Words(lang or computer_language())
    computer = setting_up.Computer(system(), Path.home(), desktop_folder())
    if check:
        from restock_xl.doctor import BAD, examine

        found = examine(computer, words, book)
        for finding in found:
            typer.echo(finding.line(words))
        raise typer.Exit(any(finding.state == BAD for finding in found))
    chosen = {setting_up.EXCEL: excel, setting_up.LIBREOFFICE: libreoffice}
    parts = [part for part, wanted in chosen.items() if wanted] or setting_up.usual_parts()
    lines = setting_up.remove(computer, words) if remove else setting_up.install(parts, computer, words)
    for line in lines:
        typer.echo(line)


def _day(text: str | None) -> dt.date:
    if text is None:
        return dt.date.today()
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise RestockError(
            f'--today: "{text}" is not a day. Type it as year-month-day, for example 2026-11-23.'
        ) from error


def _report(outcome: Outcome) -> None:
    from restock_xl.report import report_lines

    for line in report_lines(outcome):
        typer.echo(line)


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """A line that says what is being done, on a terminal and after the first second only."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=None)
        yield lambda step: progress.update(task, description=_STEPS.get(step, step))


def main() -> NoReturn:
    """Run a command; an expected failure is one sentence and exit code 2, a defect is logged and named."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        app()
    except RestockError as error:
        from restock_xl.spoken_language import said

        typer.echo(said(error, sys.argv[1:]), err=True)
        sys.exit(2)
    except Exception as error:
        typer.echo(_defect(error), err=True)
        sys.exit(1)
    sys.exit(0)


def _defect(error: Exception) -> str:
    """Log the traceback and say where."""
    from restock_xl.defect import log_defect

    log = log_defect(error)
    return f"restock has a defect ({type(error).__name__}: {error}). Your book is as it was. Please send us {log}."
