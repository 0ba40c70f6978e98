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
    from app.web.metrics import serve_metrics
    from app.web.watching import set_up_logs

    settings = Settings()
    set_up_logs()
    engine = db.create_engine_of(settings.database_url)
    if engine.dialect.name == "sqlite":
        db.migrate(engine)
    service = create_app(engine, settings)
    if settings.metrics_address is not None:
        serve_metrics(service.state.metrics, settings.metrics_address)
    # Requests are logged by the service, without what must not be in a log; it also knows its proxies itself.
    uvicorn.run(service, host=host, port=port, log_config=None, access_log=False, proxy_headers=False)
