"""Delegates by hand: the list, one, a new one, a change, one who does not come."""

from typing import Annotated

from fastapi import Depends, Query, Response
from pydantic import Field

from app import models
from app.events.access import event_for
from app.events.api.changes import Changing_, Making_, tagged
from app.events.fields import Clock, Gaps, LanguageCodes
from app.hosts.access import Caller, Role, may
from app.registrations.fields import Email
from app.registrations.queries import delegate_of, delegates_of, organisation_of
from app.registrations.registering import add_delegate, change_delegate, remove_delegate
from app.web.fields import LARGE, Answer, Body, Change, Flag, Id, Line
from app.web.paging import Page, Paging, paged
from app.web.routing import Router
from app.web.sessions import Db

router = Router(prefix="/api/v1/events/{slug}/delegates", tags=["delegates"])

ToRead = Annotated[models.Event, Depends(event_for(Role.READER))]
Reader = Annotated[Caller, Depends(may(Role.READER))]
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


class DelegateChange(DelegateBody, Change):
    """What is to change of a delegate."""

    organisation: Home = 1


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
def create_delegate(body: DelegateBody, making: Making_) -> DelegateAnswer:
    """Register somebody of an organisation."""
    home = organisation_of(making.session, making.event, body.organisation, locked=True)
    row = add_delegate(making.session, home, body.model_dump(exclude={"organisation"}))
    making.record("create-delegate", f"delegate:{row.id}")
    return making.made(_answer(row, making.caller), "delegates", row.id)


@router.get("/{delegate_id}")
def read_delegate(delegate_id: Id, event: ToRead, caller: Reader, session: Db, response: Response) -> DelegateAnswer:
    """One delegate."""
    return tagged(_answer(delegate_of(session, event, delegate_id), caller), response)


@router.patch("/{delegate_id}")
def change_one_delegate(delegate_id: Id, body: DelegateChange, changing: Changing_) -> DelegateAnswer:
    """Change what is sent of a delegate."""
    session, event = changing.session, changing.event
    row = delegate_of(session, event, delegate_id, locked=True)
    changing.matched(_answer(row, changing.caller))
    facts = body.said()
    facts.pop("organisation", None)
    home_id = body.organisation if "organisation" in body.model_fields_set else row.organisation_id
    is_changed = change_delegate(session, row, organisation_of(session, event, home_id), facts)
    changing.noted("change-delegate", f"delegate:{delegate_id}", body.fields(), is_changed=is_changed)
    return changing.tagged(_answer(row, changing.caller))


@router.delete("/{delegate_id}", status_code=204)
def delete_delegate(delegate_id: Id, changing: Changing_) -> None:
    """Take a delegate out. Who sits in a meeting of a timetable stays for that timetable."""
    row = delegate_of(changing.session, changing.event, delegate_id, locked=True)
    changing.matched(_answer(row, changing.caller))
    changing.record("delete-delegate", f"delegate:{delegate_id}")
    remove_delegate(changing.session, row)


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
