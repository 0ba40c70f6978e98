"""Imports as jobs: the same reading and storing, carried by a worker, with its result on the job."""

from datetime import datetime

from sqlalchemy.orm import Session

from app import db, models
from app.errors import Conflict
from app.jobs import Finish, Kind, Queue, Released, Stop, Work
from app.registrations.headers import Settled
from app.wishes.receiving import Wanted, folder, read_received, store_received, uploads_in
from app.wishes.telling import told

STOPPED = "The import was stopped; nothing was stored."


def payload_of(batch: str, wanted: Wanted) -> models.JobFacts:
    """Return what a worker has to know of an import."""
    return {
        "batch": batch,
        "headers": dict(wanted.settled.headers),
        "with_hidden": wanted.settled.with_hidden,
        "with_health_data": wanted.settled.with_health_data,
        "delete_missing": wanted.delete_missing,
        "is_rehearsal": wanted.is_rehearsal,
        "lang": wanted.lang,
    }


def _wanted_of(payload: models.JobFacts) -> Wanted:
    headers = payload["headers"]
    settled = Settled(
        {header: str(field) for header, field in headers.items()} if isinstance(headers, dict) else {},
        payload["with_hidden"] is True,
        payload["with_health_data"] is True,
        over_http=True,
    )
    return Wanted(settled, payload["delete_missing"] is True, payload["is_rehearsal"] is True, str(payload["lang"]))


def _run(work: Work) -> Finish:
    wanted = _wanted_of(work.payload)

    def tell(sheet: str, row: int) -> None:
        stop = work.stop()
        if stop is Stop.CANCELLED:
            raise Conflict(STOPPED)
        if stop is not None:
            raise Released
        work.tell({"sheet": sheet, "row": row})

    with folder() as home:
        with db.reading(work.engine) as session:
            paths = uploads_in(session, work.host_id, str(work.payload["batch"]), home)
        reading = read_received(work.engine, work.host_id, work.event_id, paths, wanted, tell)

    def finish(session: Session, now: datetime) -> models.JobFacts:
        outcome = store_received(
            session,
            work.host_id,
            work.event_id,
            reading,
            wanted,
            otherwise_named=paths[0].stem,
            by=work.asked_by,
            now=now,
        )
        return told(outcome)

    return finish


IMPORT = Kind("import", Queue.OTHERS, _run)
