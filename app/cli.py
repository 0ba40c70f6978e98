"""The command `ronde`: each sub-command a few lines that call a deed."""

import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from alembic.util import CommandError

from app import db
from app.agendas.planning import Order
from app.agendas.reporting import headers_of, run_plan
from app.config import Settings
from app.languages import Language
from app.main import create_app

cli = typer.Typer(
    name="ronde",
    help="Plans business conventions for responsible procurement.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)


def _print_version(is_wanted: bool) -> None:
    if is_wanted:
        typer.echo(f"ronde {version('ronde')}")
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
    lang: Annotated[Language, typer.Option(help="The language of what is written.")] = Language.ENGLISH,
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
        lang=lang.value,
        headers=headers_of(map_ or []),
        database=settings.database_url if settings.names_a_database else None,
        delete_missing=delete_missing,
    )
    sys.exit(run_plan(order, is_rehearsal=dry_run))


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
    engine = db.create_engine_of(Settings().database_url)
    if engine.dialect.name == "sqlite":
        db.migrate(engine)
    uvicorn.run(create_app(engine), host=host, port=port, log_level="info")


def main() -> None:
    """Run the command line."""
    cli()
