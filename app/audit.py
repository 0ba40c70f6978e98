"""The audit log: one row for each accepted change, with ids and codes and never the name of a person."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models
from app.models.request import Fact

HOST = "host_id"
RECORDED = "recorded"


def record(
    session: Session,
    caller_name: str,
    deed: str,
    *,
    event_id: int | None,
    subject: str,
    before: Mapping[str, Fact] | None = None,
    after: Mapping[str, Fact] | None = None,
    now: datetime,
) -> None:
    """Write that this was done, in the transaction in which it is done.

    `caller_name` is a `Caller.name` or the name of a job, `deed` a verb and what it is done to (`publish-version`),
    `subject` the id of that (`version:3`).
    """
    host_id = session.info.get(HOST)
    if host_id is None and event_id is not None:  # a job, which nobody signed in for
        host_id = session.scalar(select(models.Event.host_id).where(models.Event.id == event_id))
    assert host_id is None or isinstance(host_id, int)
    session.add(
        models.AuditEntry(
            at=now,
            host_id=host_id,
            event_id=event_id,
            caller=caller_name,
            deed=deed,
            subject=subject,
            before=None if before is None else dict(before),
            after=None if after is None else dict(after),
        )
    )
    session.info[RECORDED] = True


def nothing_changed(session: Session) -> None:
    """Say that a request was accepted and changed nothing (a rehearsal, the same values again): there is no row."""
    session.info[RECORDED] = True


def is_recorded(session: Session) -> bool:
    """Whether what was done in this session is in the log, or changed nothing."""
    return session.info.get(RECORDED) is True
