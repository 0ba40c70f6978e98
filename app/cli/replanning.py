"""`ronde replan`: a planning that was changed by hand becomes the plan."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.agendas.correcting import Correction
from app.agendas.reporting import run_replan
from app.config import Settings
from app.languages import Language

commands = typer.Typer()


@commands.command()
def replan(
    planning: Annotated[Path, typer.Argument(metavar="PLANNING.xlsx", help="A planning that Ronde wrote, changed.")],
    out: Annotated[Path, typer.Option(help="The folder of the plan, to write into.")],
    lang: Annotated[
        Language | None,
        typer.Option(help="The language; if not given, files are in the event's first, sentences English."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Break ceilings, orders and rules on breaks and waiting on purpose.")
    ] = False,
) -> None:
    """Take meetings that were changed, added or removed in planning.xlsx, judge them, and write everything anew."""
    settings = Settings()
    database = settings.database_url if settings.names_a_database else None
    sys.exit(run_replan(Correction(planning, out, lang and lang.value, database, force)))
