"""How jobs reach workers on PostgreSQL: Procrastinate carries their ids, the table `job` says what is true of them."""

import psycopg
from procrastinate import App, SyncPsycopgConnector
from sqlalchemy.orm import Session

from app.jobs.kinds import Queue

TASK = "ronde.job"

_carrier = App(connector=SyncPsycopgConnector())
"""It has no connection of its own: it writes over the one of the deed."""


def hand_over(session: Session, job_id: int, queue: Queue) -> None:
    """Tell the workers, in the transaction of the session. On SQLite they look by themselves.

    Raises procrastinate's AlreadyEnqueued when it is on its way already; the transaction is lost then.
    """
    connection = session.connection()
    if connection.dialect.name != "postgresql":
        return
    raw = connection.connection.driver_connection
    assert isinstance(raw, psycopg.Connection)
    lock = f"job {job_id}"
    _carrier.configure_task(TASK, queue=queue.value, queueing_lock=lock, connection=raw).defer(job_id=job_id)
