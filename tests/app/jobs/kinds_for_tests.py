"""Kinds of jobs for tests: one that writes its result as an event's venue, others that go wrong in every way."""

import os
import time
from datetime import datetime

from sqlalchemy.orm import Session

from app import models
from app.errors import Fault, Faulty, Invalid
from app.jobs import Finish, Kind, Queue, Released, Stop, Work


def _counts(work: Work) -> Finish:
    """Adds one to a number kept in the event's venue, in the end."""

    def finish(session: Session, now: datetime) -> models.JobFacts:
        event = session.get_one(models.Event, work.event_id, with_for_update=True)
        event.venue = str(int(event.venue or 0) + 1)
        return {"counted": event.venue}

    return finish


def _waits(work: Work) -> Finish:
    """Works for some seconds in small steps, and stops as it is told."""
    steps = 0
    while steps < work.payload["steps"]:
        match work.stop():
            case Stop.CANCELLED:
                break
            case Stop.SHUTDOWN | Stop.OVERTAKEN:
                raise Released
        steps += 1
        work.tell({"steps": steps, "process": os.getpid()})
        time.sleep(0.05)
    counted = _counts(work)
    return lambda session, now: {**counted(session, now), "steps": steps}


def _refuses(work: Work) -> Finish:
    raise Invalid("The event has no slots.")


def _has_faults(work: Work) -> Finish:
    raise Faulty("The file has a fault.", [Fault("unknown-kind", "B7 is no kind.", "Liste", "B7", "Koch")])


def _breaks(work: Work) -> Finish:
    raise ZeroDivisionError("our own bug")


def _breaks_in_the_end(work: Work) -> Finish:
    counted = _counts(work)

    def finish(session: Session, now: datetime) -> models.JobFacts:
        counted(session, now)
        session.flush()
        raise ZeroDivisionError("our own bug, after the writing")

    return finish


COUNTS = Kind("counts", Queue.OTHERS, _counts)
WAITS = Kind("waits", Queue.SEARCHES, _waits)
KINDS = {
    kind.name: kind
    for kind in (
        COUNTS,
        WAITS,
        Kind("refuses", Queue.OTHERS, _refuses),
        Kind("has-faults", Queue.OTHERS, _has_faults),
        Kind("breaks", Queue.OTHERS, _breaks),
        Kind("breaks-in-the-end", Queue.OTHERS, _breaks_in_the_end),
    )
}
