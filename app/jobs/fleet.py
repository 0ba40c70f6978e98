"""The workers on PostgreSQL, any number on any number of machines: what `ronde worker` runs."""

import asyncio
import logging
import signal
from contextlib import suppress

from procrastinate import App, JobContext, PsycopgConnector, RetryStrategy
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException, JobAborted
from procrastinate.jobs import DeleteJobCondition
from sqlalchemy import Engine

from app import db
from app.clock import Clock
from app.config import Settings
from app.jobs.carrying import TASK, hand_over
from app.jobs.kinds import Queue
from app.jobs.running import STALE_SECONDS, Kinds, Outcome, abandoned_jobs, run_job

UPKEEP = "upkeep"
EVERY_FIVE_SECONDS = "* * * * * */5"
HEARTBEAT_SECONDS = 5
DEAD_SECONDS = STALE_SECONDS + 5
"""A worker not heard of for so long is dead; its own sign of life on the job is older by then."""
POLL_SECONDS = 2
GRACE_SECONDS = 5
"""What a worker that is asked to end waits for; what takes longer is given back."""

log = logging.getLogger(__name__)


def work_until_stopped(engine: Engine, kinds: Kinds, clock: Clock, settings: Settings) -> None:
    """Run jobs until a signal asks to end: one search at a time, and beside it one of the others."""
    asyncio.run(_all_queues(_app(engine, kinds, clock, settings)))


async def _all_queues(app: App) -> None:
    async with app.open_async():
        workers = [asyncio.create_task(_lasting_worker(app, queue)) for queue in (*Queue, UPKEEP)]
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, lambda: [worker.cancel() for worker in workers])
        await asyncio.gather(*workers, return_exceptions=True)


async def _lasting_worker(app: App, queue: str) -> None:
    """Work until cancelled. Procrastinate's worker ends when the database goes away: then another one begins."""
    while True:
        try:
            await app.run_worker_async(
                queues=[queue],
                name=queue,
                concurrency=1,
                fetch_job_polling_interval=POLL_SECONDS,
                shutdown_graceful_timeout=GRACE_SECONDS,
                delete_jobs=DeleteJobCondition.ALWAYS,
                update_heartbeat_interval=HEARTBEAT_SECONDS,
                stalled_worker_timeout=DEAD_SECONDS,
                install_signal_handlers=False,
            )
        except ConnectorException:
            log.warning("the database is away; the worker of %s tries again", queue)
        await asyncio.sleep(POLL_SECONDS)


def _app(engine: Engine, kinds: Kinds, clock: Clock, settings: Settings) -> App:
    (_no_arguments, how) = engine.dialect.create_connect_args(engine.url)
    app = App(connector=PsycopgConnector(kwargs=how))

    @app.task(name=TASK, pass_context=True, retry=RetryStrategy(wait=POLL_SECONDS))
    def run(context: JobContext, job_id: int) -> None:
        if run_job(engine, kinds, job_id, clock, context.should_abort, settings) is Outcome.RELEASED:
            raise JobAborted

    @app.periodic(cron=EVERY_FIVE_SECONDS)
    @app.task(name="ronde.upkeep", queue=UPKEEP, queueing_lock=UPKEEP, pass_context=True)
    async def upkeep(context: JobContext, timestamp: int) -> None:  # noqa: ARG001  the moment for which it was due
        await _take_over_from_the_dead(context.app)
        await asyncio.to_thread(_send_again, engine, kinds, clock)

    return app


async def _take_over_from_the_dead(app: App) -> None:
    """Give to the living what dead workers had in their hands."""
    manager = app.job_manager
    await manager.prune_stalled_workers(DEAD_SECONDS)
    for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_SECONDS):
        log.warning("a worker died; %s is given to another", stalled.call_string)
        try:
            await manager.retry_job(stalled)
        except ConnectorException:  # another one was faster, or it is on its way already
            log.info("%s is taken care of", stalled.call_string)


def _send_again(engine: Engine, kinds: Kinds, clock: Clock) -> None:
    """Send what the table knows of and nobody carries: a message may be lost, a job is not."""
    with db.reading(engine) as session:
        abandoned = abandoned_jobs(session, clock())
    for job_id, kind in abandoned:
        with suppress(AlreadyEnqueued), db.writing(engine) as session:
            hand_over(session, job_id, kinds[kind].queue)
