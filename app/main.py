"""The service: routers, refusals → HTTP status. No logic."""

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager, nullcontext

from fastapi import APIRouter, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import iter_route_contexts
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from starlette.middleware.body_limit import RequestBodyLimitMiddleware

from app import clock, db
from app.agendas import pages as agenda_pages
from app.agendas.api import downloads, feeds, links, messages, paper, plannings, publishing, report
from app.agendas.door import Door
from app.agendas.mail import writers_of
from app.config import Settings
from app.errors import Unready
from app.events.api import columns, events, programme
from app.hosts import pages as host_pages
from app.hosts.api import audit_log, keys, organisers
from app.hosts.api import sessions as sign_ins
from app.hosts.api.description import description_router
from app.jobs.local import local_workers
from app.jobs.running import Kinds
from app.jobs.watching import JobWatch
from app.matching.api import labels, suggestions
from app.matching.keeping import Gatherings
from app.outbox.postman import postman
from app.privacy.api import router as privacy
from app.privacy.sweeping import sweeper
from app.registrations.api import delegates, organisations
from app.schedules.api import edits, jobs, repairs, solves, versions
from app.schedules.commissioning import SOLVE
from app.templating import STATIC
from app.web.guarding import Guard
from app.web.heads import Heads
from app.web.idempotency import Flights
from app.web.metrics import Metrics
from app.web.openapi import Service, operation_id
from app.web.problems import answer_refusals
from app.web.routing import BODY_BYTES
from app.web.static import Static
from app.web.watching import Watch
from app.wishes.api import imports, wishes
from app.wishes.carrying import IMPORT

ROUTERS: tuple[APIRouter, ...] = (
    feeds.router,  # first, as it is asked most: the routes are tried one after the other
    host_pages.router,
    organisers.router,
    keys.router,
    sign_ins.router,
    audit_log.router,
    events.router,
    programme.router,
    columns.router,
    organisations.router,
    delegates.router,
    wishes.router,
    imports.router,
    labels.router,
    suggestions.router,
    solves.router,
    jobs.router,
    versions.router,
    edits.router,
    repairs.router,
    publishing.router,
    downloads.router,
    plannings.router,
    report.router,
    links.router,
    messages.router,
    paper.router,
    agenda_pages.router,
    privacy,
)


KINDS: Kinds = {kind.name: kind for kind in (SOLVE, IMPORT)}
"""What a worker can do."""


def create_app(
    engine: Engine,
    settings: Settings | None = None,
    now: clock.Clock = clock.now,
    *,
    has_workers: bool = False,
    has_upkeep: bool = False,
) -> FastAPI:
    """Return the service over a database.

    While it runs, threads of this process run the jobs (`has_workers`), and do what `upkeep` says (`has_upkeep`).
    """
    app = Service(
        title="Ronde",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # where a private link is mistyped, no answer repeats it
        generate_unique_id_function=operation_id,
        lifespan=_beside,
    )
    app.state.engine = engine
    app.state.job_watch = JobWatch()
    app.state.flights = Flights()
    app.state.clock = now
    app.state.settings = settings or Settings()
    app.state.door = Door(app.state.settings)
    app.state.metrics = Metrics(engine)
    app.state.gatherings = Gatherings()
    app.state.has_workers = has_workers
    app.state.has_upkeep = has_upkeep
    answer_refusals(app)
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=BODY_BYTES)
    app.add_middleware(Heads)
    app.add_middleware(Guard)
    app.add_middleware(Watch)
    app.get("/healthz", include_in_schema=False)(_healthz)
    app.get("/readyz", include_in_schema=False)(_readyz)
    for router in (*ROUTERS, description_router(app.state.settings)):
        app.include_router(router)
    app.mount("/static", Static(directory=STATIC), name="static")
    return app


@asynccontextmanager
async def _beside(app: FastAPI) -> AsyncIterator[None]:
    """Have all routes ready before anybody asks; what this process does beside answering, as long as it answers."""
    # FastAPI builds them when first seen, with a filter of warnings that two threads must not set at once.
    for _ in iter_route_contexts(app.routes):
        pass
    state, beside = app.state, ExitStack()
    if state.has_workers:
        beside.enter_context(local_workers(state.engine, KINDS, state.clock, state.settings))
    if state.has_upkeep:
        beside.enter_context(upkeep(state.engine, state.settings, state.clock))
    try:
        yield
    finally:
        await run_in_threadpool(beside.close)


@contextmanager
def upkeep(engine: Engine, settings: Settings, now: clock.Clock, *, has_postman: bool = True) -> Iterator[None]:
    """What `serve` and `worker` both do beside their work: letters go out, and what was kept for long enough goes."""
    with sweeper(engine, now), postman(engine, settings, writers_of, now) if has_postman else nullcontext():
        yield


def _healthz() -> dict[str, str]:
    """The process runs and answers."""
    return {"status": "ok"}


def _readyz(request: Request) -> dict[str, str]:
    """The database is there, and its schema is the one this code expects."""
    try:
        is_newest = db.is_newest(request.app.state.engine)
    except OperationalError as error:
        raise Unready("The database cannot be reached.") from error
    if not is_newest:
        raise Unready("The schema of the database is not the newest; run `ronde migrate`.")
    return {"status": "ready"}
