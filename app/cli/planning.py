"""`ronde plan`: a workbook in, everything that an organiser hands out."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.agendas.planning import Order
from app.agendas.reporting import run_plan
from app.config import Settings
from app.languages import Language
from app.registrations.headers import Settled, headers_of

commands = typer.Typer()


@commands.command()
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
    with_hidden: Annotated[
        bool, typer.Option("--with-hidden", help="Read hidden sheets, rows and columns too.")
    ] = False,
    with_health_data: Annotated[
        bool, typer.Option("--with-health-data", help="Confirm that data on health is kept; the event remembers it.")
    ] = False,
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
        settled=Settled(headers_of(map_ or [], lang or Language.ENGLISH), with_hidden, with_health_data),
        database=settings.database_url if settings.names_a_database else None,
        delete_missing=delete_missing,
    )
    sys.exit(run_plan(order, is_rehearsal=dry_run))
