"""The command `ronde`: each sub-command a few lines that call a deed."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from alembic.util import CommandError
from rich.console import Console
from sqlalchemy.exc import DatabaseError, OperationalError

from app import __version__, db
from app.agendas.planning import Order
from app.agendas.reporting import headers_of, run_plan
from app.config import Settings
from app.errors import AppError, Faulty
from app.languages import Language
from app.matching.finding import answers, vocabulary_at
from app.matching.loading import load_official
from app.registrations.headers import unmet_headers
from app.registrations.importing import headers_in, read_files, told
from app.schedules.files import EXIT_STATUS, Search, explain_files, faults_of_files, solve_file
from app.schedules.progress import shown_progress, stopped_by_signals, stopping_text

MOST_SECONDS = 365 * 24 * 3600
INTERRUPTED = 130

cli = typer.Typer(
    name="ronde",
    help="Plans business conventions for responsible procurement.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)


def _print_version(is_wanted: bool) -> None:
    if is_wanted:
        typer.echo(f"ronde {__version__}")
        raise typer.Exit


@cli.callback()
def ronde(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Plans business conventions for responsible procurement."""


@cli.command()
def plan(
    workbooks: Annotated[list[Path], typer.Argument(metavar="WORKBOOK…", help="The files of one event.")],
    out: Annotated[Path, typer.Option(help="The folder to write into.")],
    event: Annotated[Path | None, typer.Option(help="The event as a TOML file.", metavar="EVENT.toml")] = None,
    seconds: Annotated[float, typer.Option(min=0, help="How long to search at most.")] = 60,
    lang: Annotated[
        Language | None,
        typer.Option(help="The language; if not given, files are in the event's first, sentences English."),
    ] = None,
    map_: Annotated[
        list[str] | None, typer.Option("--map", metavar="HEADER=field", help="Settle what a header means.")
    ] = None,
    delete_missing: Annotated[
        bool, typer.Option("--delete-missing", help="Remove who the files no longer name.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only report what would be imported.")] = False,
) -> None:
    """Read, check, match, solve, and write everything that an organiser hands out."""
    settings = Settings()
    order = Order(
        paths=(*workbooks, *([event] if event else [])),
        folder=out,
        seconds=seconds,
        lang=lang and lang.value,
        headers=headers_of(map_ or [], lang or Language.ENGLISH),
        database=settings.database_url if settings.names_a_database else None,
        delete_missing=delete_missing,
    )
    sys.exit(run_plan(order, is_rehearsal=dry_run))


@cli.command("solve")
def solve_(
    problem: Annotated[Path, typer.Argument(metavar="PROBLEM.json", help="A problem, ronde-problem/1.")],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="SCHEDULE.json", help="Where the schedule goes.")],
    seconds: Annotated[float, typer.Option(min=0, max=MOST_SECONDS, help="How long to search at most.")] = 60,
    workers: Annotated[int | None, typer.Option(min=1, help="Threads to search with; one for each core.")] = None,
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="One seed, one answer (with one worker).")] = 1,
    previous: Annotated[
        Path | None, typer.Option("--from", metavar="SCHEDULE.json", help="Start from this schedule.")
    ] = None,
) -> None:
    """Find the best schedule of a problem; Control-C keeps the best found so far."""
    told = Console(stderr=True)
    stopping = stopped_by_signals(lambda: told.print(stopping_text(Language.ENGLISH)))
    with _faults_told(), stopping as should_stop, shown_progress(told) as watch:
        order = Search(problem, out, previous, seconds, workers, seed)
        result = solve_file(order, watch=watch, should_stop=should_stop)
    if result.conflict is not None:
        typer.echo(result.conflict.text, err=True)
    raise typer.Exit(EXIT_STATUS[result.status])


@cli.command()
def check(
    problem: Annotated[Path, typer.Argument(metavar="PROBLEM.json", help="A problem, ronde-problem/1.")],
    schedule: Annotated[Path, typer.Argument(metavar="SCHEDULE.json", help="A schedule of it, ronde-schedule/1.")],
    previous: Annotated[
        Path | None, typer.Option("--from", metavar="SCHEDULE.json", help="The schedule that changes are counted from.")
    ] = None,
) -> None:
    """Judge a schedule without a solver: every hard rule, the score, and what else its file says."""
    with _faults_told():
        faults = faults_of_files(problem, schedule, previous)
    for line in faults:
        typer.echo(line, err=True)
    raise typer.Exit(1 if faults else 0)


@cli.command()
def explain(
    problem: Annotated[Path, typer.Argument(metavar="PROBLEM.json", help="A problem, ronde-problem/1.")],
    schedule: Annotated[Path, typer.Argument(metavar="SCHEDULE.json", help="A schedule of it, ronde-schedule/1.")],
    meetings: Annotated[list[str], typer.Argument(metavar="MEETING…", help="Ids of meetings.")],
) -> None:
    """Say why meetings are not held, and where they could be."""
    with _faults_told():
        for line in explain_files(problem, schedule, meetings):
            typer.echo(line)


@contextmanager
def _faults_told() -> Iterator[None]:
    """A line on standard error for each fault of the files, and exit status 2."""
    try:
        yield
    except Faulty as error:
        for fault in error.faults:
            typer.echo(fault.message, err=True)
        raise typer.Exit(2) from None


@cli.command()
def read(
    workbooks: Annotated[list[Path], typer.Argument(metavar="WORKBOOK…", help="The files of one event.")],
    event: Annotated[Path | None, typer.Option(help="The event as a TOML file.", metavar="EVENT.toml")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object, for programs.")] = False,
    lang: Annotated[Language, typer.Option(help="The language of the sentences.")] = Language.ENGLISH,
    map_: Annotated[
        list[str] | None, typer.Option("--map", metavar="HEADER=field", help="Settle what a header means.")
    ] = None,
) -> None:
    """Tell what is understood of the files, without a database; exit 2 when there are errors."""
    headers = headers_of(map_ or [], lang)
    reading = read_files((*workbooks, *([event] if event else [])), headers, (), lang.value)
    with _faults_told():
        if unmet := unmet_headers(headers, headers_in(reading), lang.value):
            raise Faulty("Headers were settled that no file has.", unmet)
    typer.echo(told(reading, lang.value, as_json=as_json))
    sys.exit(0 if reading.is_accepted else 2)


cpv = typer.Typer(name="cpv", help="Procurement codes (CPV 2008).", no_args_is_help=True)
cli.add_typer(cpv)


@cpv.command("find")
def cpv_find(
    texts: Annotated[
        list[str] | None, typer.Argument(metavar="TEXT…", help="Without any: one a line on standard input.")
    ] = None,
    is_json: Annotated[bool, typer.Option("--json", help="For each text a list of codes, on one line.")] = False,
    lang: Annotated[Language | None, typer.Option(help="The language of the texts and of the names.")] = None,
) -> None:
    """Find the codes of a phrase, best first."""
    written = texts or (line.rstrip("\r\n") for line in sys.stdin)
    for answer in answers(written, vocabulary_at(Settings().database_url), lang and lang.value, is_json=is_json):
        typer.echo(answer)


@cpv.command("load")
def cpv_load(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The official list: .csv or .xlsx, any languages.")],
) -> None:
    """Load the official list of codes into the database, so that every level is usable."""
    engine = db.create_engine_of(Settings().database_url)
    if engine.dialect.name == "sqlite":
        db.migrate(engine)
    with _faults_told(), db.writing(engine) as session:
        count = load_official(session, file)
    typer.echo(f"{count} codes loaded.")


@cli.command()
def migrate(
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing: say whether schema, migrations and models are in step.")
    ] = False,
) -> None:
    """Bring the database to the newest schema."""
    engine = db.create_engine_of(Settings().database_url)
    if not check or engine.url.database in (None, "", ":memory:"):
        db.migrate(engine)
    if not check:
        return
    try:
        db.check_models(engine)
    except CommandError as difference:
        typer.echo(str(difference), err=True)
        sys.exit(1)


@cli.command()
def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8000,
) -> None:
    """Start the service; with SQLite the database is brought to the newest schema first."""
    import uvicorn  # here and not above: the other commands start in half the time without the service

    from app.main import create_app

    engine = db.create_engine_of(Settings().database_url)
    if engine.dialect.name == "sqlite":
        db.migrate(engine)
    uvicorn.run(create_app(engine), host=host, port=port, log_level="info")


def main() -> None:
    """Run the command line; what is refused is told in a sentence, our own bugs with a traceback."""
    try:
        cli()
    except AppError as refusal:
        typer.echo(str(refusal), err=True)
        sys.exit(2)
    except DatabaseError as trouble:
        if type(trouble) not in (OperationalError, DatabaseError):  # the others are our own bugs
            raise
        typer.echo(f"The database cannot be used: {' '.join(str(trouble.orig).split()).rstrip('.')}.", err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        _leave_at_once()
    except SystemExit as end:
        if end.code == INTERRUPTED:
            _leave_at_once()
        raise


def _leave_at_once() -> NoReturn:
    typer.echo("Stopped at once, as asked.", err=True)
    sys.exit(INTERRUPTED)
