"""The audit log of the caller's host: who did what and when, with ids and never names."""

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Query

from app import models
from app.hosts.access import Caller, Role, may
from app.hosts.queries import entries_of, event_named
from app.models.request import Facts
from app.web.fields import Answer, EventName
from app.web.paging import Page, Paging, paged
from app.web.routing import Router
from app.web.sessions import Db

router = Router(prefix="/api/v1/audit", tags=["audit log"])

Owner = Annotated[Caller, Depends(may(Role.OWNER))]
OfEvent = Annotated[EventName | None, Query(description="Only what concerns this event.")]


class EntryAnswer(Answer):
    """An accepted change. `caller` and `subject` are a kind and an id."""

    id: int
    at: datetime
    event_id: int | None
    caller: str
    deed: str
    subject: str
    before: Facts | None
    after: Facts | None


@router.get("")
def list_audit_entries(caller: Owner, session: Db, paging: Paging, event: OfEvent = None) -> Page[EntryAnswer]:
    """What was done in the team's name, the oldest first."""
    wanted = entries_of(caller.host_id)
    if event is not None:
        wanted = wanted.where(models.AuditEntry.event_id == event_named(session, caller.host_id, event).id)
    rows, after = paged(session, wanted, paging, models.AuditEntry.id)
    return Page[EntryAnswer](items=[EntryAnswer.model_validate(row, from_attributes=True) for row in rows], next=after)
