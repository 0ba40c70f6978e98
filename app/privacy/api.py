"""What an owner does for somebody who asks for their data: a copy of all of it, or its erasure."""

from datetime import datetime
from typing import Annotated

from fastapi import BackgroundTasks, Depends, Request
from pydantic import JsonValue
from sqlalchemy import Engine

from app import models
from app.events.access import event_for
from app.hosts.access import Caller, Role, may
from app.privacy.erasing import erase
from app.privacy.exporting import export
from app.privacy.letters import forget_letters
from app.privacy.persons import person_of_delegate
from app.privacy.scrubbing import list_erasures, scrub
from app.web.fields import Answer, Id
from app.web.routing import Router
from app.web.sessions import Db, Engine_, Now

router = Router(prefix="/api/v1/events/{slug}/delegates/{delegate_id}", tags=["privacy"])
OwnersEvent = Annotated[models.Event, Depends(event_for(Role.OWNER))]


class HeldMeeting(Answer):
    """A meeting of the person, in a version of the timetable."""

    event: str
    version: int
    is_published: bool
    starts_at: datetime
    table: str | None
    partner: str


class Mentioned(Answer):
    """A text in which the person is named."""

    table: str
    column: str
    value: JsonValue


class PersonalData(Answer):
    """All that the host knows of a person, in all its events: `rows` by table, as the database has them."""

    delegates: list[dict[str, JsonValue]]
    meetings: list[HeldMeeting]
    rows: dict[str, list[dict[str, JsonValue]]]
    mentions: list[Mentioned]


class Erased(Answer):
    """How many registrations of the person were emptied, and in how many other texts they were named."""

    delegates: int
    mentions: int


@router.get("/personal-data", summary="Tell all that is known of a person")
def personal_data(delegate_id: Id, event: OwnersEvent, session: Db) -> PersonalData:
    """Everything that your team knows of this delegate: in every event where the same e-mail address came."""
    known = export(session, person_of_delegate(session, event, delegate_id))
    return PersonalData(
        delegates=list(known.delegates),
        meetings=[HeldMeeting.model_validate(one, from_attributes=True) for one in known.meetings],
        rows=known.rows,
        mentions=[Mentioned.model_validate(one, from_attributes=True) for one in known.mentions],
    )


@router.post("/erasure", summary="Erase a person")
def erase_person(
    delegate_id: Id,
    event: OwnersEvent,
    caller: Annotated[Caller, Depends(may(Role.OWNER))],
    session: Db,
    engine: Engine_,
    now: Now,
    request: Request,
    after: BackgroundTasks,
) -> Erased:
    """Take this delegate out of everything, in every event where the same e-mail address came. There is no way back.

    The numbers stay: their meetings are still counted, with nobody's name.
    """
    person = person_of_delegate(session, event, delegate_id)
    erased = erase(session, person, caller.name, now)
    forget_letters(request.app.state.settings.mail_folder, person)
    after.add_task(_leave_no_trace, engine, request)
    return Erased(delegates=erased.delegates, mentions=erased.mentions)


def _leave_no_trace(engine: Engine, request: Request) -> None:
    """What is not reached now is done by the next `ronde purge`."""
    list_erasures(engine, request.app.state.settings.erasure_list)
    scrub(engine)
