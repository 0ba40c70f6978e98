"""`ronde backup` and `restore`: all that the database holds, as one file."""

from pathlib import Path
from typing import Annotated

import typer

from app import clock, db
from app.backups.keeping import keep
from app.backups.restoring import restore as bring_back
from app.config import Settings

commands = typer.Typer()


@commands.command()
def backup(file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the backup goes.")]) -> None:
    """Write all that the database holds into one file, while the service goes on."""
    kept = keep(db.create_engine_of(Settings().database_url), file, clock.now())
    typer.echo(f"{file}: {sum(kept.counts.values())} rows of {len(kept.counts)} tables.")


@commands.command()
def restore(file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")]) -> None:
    """Bring a backup into an empty database, SQLite or PostgreSQL, whichever it came from."""
    held = bring_back(db.create_engine_of(Settings().database_url), file)
    typer.echo(f"{sum(held.counts.values())} rows of {len(held.counts)} tables are back, as of {held.made_at}.")
