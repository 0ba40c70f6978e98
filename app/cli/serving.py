"""`ronde serve` and `migrate`: the service, and the schema that it stands on."""

import sys
from typing import Annotated

import typer
from alembic.util import CommandError

from app import db
from app.config import Settings

commands = typer.Typer()


@commands.command()
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


@commands.command()
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
