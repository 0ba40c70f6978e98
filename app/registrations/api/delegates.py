"""Delegates by hand: the list, one, a new one, a change, one who does not come."""

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Query, Response
from pydantic import Field
from sqlalchemy.orm import Session

from app import audit, models
from app.events.access import event_for
from app.events.fields import Clock, Gaps, LanguageCodes
from app.hosts.access import Caller, Role, may
from app.registrations.fields import Email
from app.registrations.queries import delegate_of, delegates_of, organisation_of
from app.registrations.registering import add_delegate, change_delegate, remove_delegate
from app.web.etags import IfMatch, etag_of, matched
from app.web.fields import LARGE, Answer, Body, Change, Flag, Id, Line
from app.web.paging import Page, Paging, paged
from app.web.routing import Router
from app.web.sessions import Db, Now

router = Router(prefix="/api/v1/events/{slug}/delegates", tags=["delegates"])

ToRead = Annotated[models.Event, Depends(event_for(Role.READER))]
ToEdit = Annotated[models.Event, Depends(event_for(Role.EDITOR))]
Reader = Annotated[Caller, Depends(may(Role.READER))]
Editor = Annotated[Caller, Depends(may(Role.EDITOR))]
Words = Annotated[str | None, Query(alias="q", max_length=100, description="Words in a name or an e-mail address.")]
Of = Annotated[int | None, Query(ge=1, le=LARGE, description="Only the delegates of this organisation.")]
Home = Annotated[int, Field(strict=True, ge=1, le=LARGE, description="The organisation's id.")]
Phone = Annotated[Line, Field(max_length=60)]
Short = Annotated[Line, Field(max_length=200)]


class DelegateBody(Body):
    """Somebody who comes for an organisation. Times are local times of each day of the event."""

    organisation: Home
    first_name: Short | None = Field(default=None, examples=["Anne"])
    last_name: Short | None = Field(default=None, examples=["Roy"])
    email: Email | None = None
    phone: Phone | None = Field(default=None, examples=["+352 621 123 456"])
    function: Short | None = None
    languages: LanguageCodes = Field(default_factory=list)
    arrives: Clock | None = None
    leaves: Clock | None = None
    unavailable: Gaps = Field(default_factory=list)
    online: Flag | None = None
    consent: Flag | None = Field(default=None, description="Whether those whom they meet may see mail and telephone.")


class DelegateChange(Change):
    """What is to change of a delegate."""

    organisation: Home = 1
    first_name: Short | None = None
    last_name: Short | None = None
    email: Email | None = None
    phone: Phone | None = None
    function: Short | None = None
    languages: LanguageCodes = Field(default_factory=list)
    arrives: Clock | None = None
    leaves: Clock | None = None
    unavailable: Gaps = Field(default_factory=list)
    online: Flag | None = None
    consent: Flag | None = None


class DelegateAnswer(Answer):
    """Somebody who comes. Mail and telephone are for organisers and for keys that may change things."""

    id: int
    organisation: int
    first_name: str | None
    last_name: str | None
    email: str | None
    phone: str | None
    function: str | None
    languages: list[str]
    arrives: str | None
    leaves: str | None
    unavailable: list[list[str]]
    online: bool | None
    consent: bool | None


@router.get("")
def list_delegates(
    event: ToRead, caller: Reader, session: Db, paging: Paging, words: Words = None, organisation: Of = None
) -> Page[DelegateAnswer]:
    """The delegates who come."""
    found = delegates_of(event, words, organisation, by_email=caller.sees_contacts)
    rows, after = paged(session, found, paging, models.Delegate.id)
    return Page[DelegateAnswer](items=[_answer(row, caller) for row in rows], next=after)


@router.post("", status_code=201)
def create_delegate(
    body: DelegateBody, event: ToEdit, caller: Editor, session: Db, response: Response, now: Now
) -> DelegateAnswer:
    """Register somebody of an organisation."""
    home = organisation_of(session, event, body.organisation, locked=True)
    row = add_delegate(session, home, body.model_dump(exclude={"organisation"}))
    _record(session, caller, "create-delegate", row, now)
    response.headers["Location"] = f"/api/v1/events/{event.slug}/delegates/{row.id}"
    return _tagged(row, caller, response)


@router.get("/{delegate_id}")
def read_delegate(delegate_id: Id, event: ToRead, caller: Reader, session: Db, response: Response) -> DelegateAnswer:
    """One delegate."""
    return _tagged(delegate_of(session, event, delegate_id), caller, response)


@router.patch("/{delegate_id}")
def change_one_delegate(
    delegate_id: Id,
    body: DelegateChange,
    event: ToEdit,
    caller: Editor,
    tags: IfMatch,
    session: Db,
    response: Response,
    now: Now,
) -> DelegateAnswer:
    """Change what is sent of a delegate."""
    row = delegate_of(session, event, delegate_id, locked=True)
    matched(tags, etag_of(_answer(row, caller)))
    facts = body.said()
    facts.pop("organisation", None)
    home_id = body.organisation if "organisation" in body.model_fields_set else row.organisation_id
    if change_delegate(session, row, organisation_of(session, event, home_id), facts):
        _record(session, caller, "change-delegate", row, now, ",".join(sorted(body.model_fields_set)))
    else:
        audit.nothing_changed(session)
    return _tagged(row, caller, response)


@router.delete("/{delegate_id}", status_code=204)
def delete_delegate(delegate_id: Id, event: ToEdit, caller: Editor, tags: IfMatch, session: Db, now: Now) -> None:
    """Take a delegate out. Who sits in a meeting of a timetable stays for that timetable."""
    row = delegate_of(session, event, delegate_id, locked=True)
    matched(tags, etag_of(_answer(row, caller)))
    _record(session, caller, "delete-delegate", row, now)
    remove_delegate(session, row)


def _answer(row: models.Delegate, caller: Caller) -> DelegateAnswer:
    is_open = caller.sees_contacts
    return DelegateAnswer(
        id=row.id,
        organisation=row.organisation_id,
        first_name=row.first_name,
        last_name=row.last_name,
        email=row.email if is_open else None,
        phone=row.phone if is_open else None,
        function=row.function,
        languages=row.languages,
        arrives=row.arrives,
        leaves=row.leaves,
        unavailable=row.unavailable,
        online=row.online,
        consent=row.consent,
    )


def _record(
    session: Session, caller: Caller, deed: str, row: models.Delegate, now: datetime, fields: str | None = None
) -> None:
    audit.record(
        session,
        caller.name,
        deed,
        event_id=row.event_id,
        subject=f"delegate:{row.id}",
        after={"fields": fields} if fields else None,
        now=now,
    )


def _tagged(row: models.Delegate, caller: Caller, response: Response) -> DelegateAnswer:
    answer = _answer(row, caller)
    response.headers["ETag"] = etag_of(answer)
    return answer
