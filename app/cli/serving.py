"""`ronde serve`, `worker` and `migrate`: the service, who runs its jobs, and the schema that they stand on."""

import gc
import sys
from typing import Annotated

import typer
from alembic.util import CommandError

from app import clock, db
from app.config import Settings
from app.errors import Conflict, Unready
from app.matching.vocabulary import carried_vocabulary

commands = typer.Typer()

GRACE_SECONDS = 5
"""What the service waits for open answers when it is asked to end: those who watch a job would stay for ever."""
KEEP_ALIVE_SECONDS = 150
"""For how long a connection that nobody uses stays open: longer than proxies keep theirs (60 s, 120 s).

Otherwise a proxy sends a request into one that is just being closed.
"""
NO_WORKER = (
    "With SQLite `ronde serve` runs the jobs itself. For workers, also on other machines, name a PostgreSQL"
    " database in RONDE_DATABASE_URL."
)


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
    is_sqlite = engine.dialect.name == "sqlite"
    if is_sqlite:
        db.migrate(engine)
    service = create_app(engine, settings, has_workers=is_sqlite, has_upkeep=True)
    leave_to_stand()
    if settings.metrics_address is not None:
        serve_metrics(service.state.metrics, settings.metrics_address)
    # Requests are logged by the service, without what must not be in a log; it also knows its proxies itself.
    uvicorn.run(
        service,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        proxy_headers=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


@commands.command()
def worker() -> None:
    """Run jobs and send letters, beside `ronde serve`: as many as you like, on as many machines (PostgreSQL)."""
    from app.jobs.fleet import work_until_stopped
    from app.main import KINDS, upkeep
    from app.web.watching import set_up_logs

    settings = Settings()
    set_up_logs()
    engine = db.create_engine_of(settings.database_url)
    if engine.dialect.name == "sqlite":
        raise Conflict(NO_WORKER)
    if not db.is_newest(engine):
        raise Unready("The schema of the database is not the newest; run `ronde migrate`.")
    leave_to_stand()
    with upkeep(engine, settings, clock.now, has_postman=settings.names_a_post):
        work_until_stopped(engine, KINDS, clock.now, settings)


def leave_to_stand() -> None:
    """Make beforehand what the first request would wait for, and let all that is there when the work begins stay.

    Looking through it for rubbish held up an edit for 0.2 s at times.
    """
    carried_vocabulary()
    gc.collect()
    gc.freeze()
