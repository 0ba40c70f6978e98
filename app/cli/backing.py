"""`ronde backup` and `restore`: all that the database holds, as one file."""

from pathlib import Path
from typing import Annotated

import typer

from app import clock, db
from app.backups.keeping import keep
from app.backups.restoring import restore as bring_back
from app.config import Settings
from app.privacy.erasing import erase_again
from app.privacy.scrubbing import list_erasures, listed_erasures, scrub

commands = typer.Typer()


@commands.command()
def backup(file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the backup goes.")]) -> None:
    """Write all that the database holds into one file, while the service goes on."""
    settings = Settings()
    engine = db.create_engine_of(settings.database_url)
    kept = keep(engine, file, clock.now())
    list_erasures(engine, settings.erasure_list)
    typer.echo(f"{file}: {sum(kept.counts.values())} rows of {len(kept.counts)} tables.")


@commands.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    erasures: Annotated[
        Path | None, typer.Option(metavar="LIST", help="Who was erased since; if not given, the list of this machine.")
    ] = None,
) -> None:
    """Bring a backup into an empty database, SQLite or PostgreSQL, whichever it came from; who was erased stays so."""
    settings = Settings()
    engine = db.create_engine_of(settings.database_url)
    path = erasures or settings.erasure_list
    listed = list(listed_erasures(path)) if erasures or path.exists() else []
    held = bring_back(engine, file)
    with db.writing(engine) as session:
        count = erase_again(session, listed, "restore", clock.now())
    scrub(engine)
    typer.echo(f"{sum(held.counts.values())} rows of {len(held.counts)} tables are back, as of {held.made_at}.")
    if count:
        typer.echo(f"{count} people who had been erased since were erased again.")
