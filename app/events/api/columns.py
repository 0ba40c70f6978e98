"""Headers that organisers settled by hand: the next import of the event remembers them."""

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Response
from pydantic import Field
from sqlalchemy.orm import Session

from app import audit, models
from app.events.access import event_for
from app.events.queries import choices_of
from app.events.settling import choice_of, settle, settle_anew
from app.hosts.access import Caller, Role, may
from app.web.etags import IfMatch, etag_of, matched
from app.web.fields import Answer, Body, Change, Id, Line
from app.web.paging import Page, Paging, paged
from app.web.routing import Router
from app.web.sessions import Db, Now

router = Router(prefix="/api/v1/events/{slug}/columns", tags=["imports"])

ToRead = Annotated[models.Event, Depends(event_for(Role.READER))]
ToEdit = Annotated[models.Event, Depends(event_for(Role.EDITOR))]
Editor = Annotated[Caller, Depends(may(Role.EDITOR))]
Field_ = Annotated[
    str,
    Field(
        max_length=100,
        pattern=r"^(-|[a-z_]+)$",
        description="A field of the workbook, or `-`: leave the column out.",
        examples=["organisation"],
    ),
]


class ColumnBody(Body):
    """What a header means."""

    header: Line = Field(examples=["Wer kommt"])
    field: Field_


class ColumnChange(Change):
    """What a header means instead."""

    field: Field_ = ""


class ColumnAnswer(Answer):
    """A header and what it means."""

    id: int
    header: str
    field: str


@router.get("")
def list_columns(event: ToRead, session: Db, paging: Paging) -> Page[ColumnAnswer]:
    """The headers that were settled by hand."""
    rows, after = paged(session, choices_of(event), paging, models.ColumnChoice.id)
    return Page[ColumnAnswer](items=[_answer(row) for row in rows], next=after)


@router.post("", status_code=201)
def settle_column(
    body: ColumnBody, event: ToEdit, caller: Editor, session: Db, response: Response, now: Now
) -> ColumnAnswer:
    """Settle what a header means."""
    choice = settle(session, event, body.header, body.field)
    _record(session, caller, "settle-column", choice, now)
    response.headers["Location"] = f"/api/v1/events/{event.slug}/columns/{choice.id}"
    return _tagged(choice, response)


@router.get("/{choice_id}")
def read_column(choice_id: Id, event: ToRead, session: Db, response: Response) -> ColumnAnswer:
    """One header and what it means."""
    return _tagged(choice_of(session, event, choice_id), response)


@router.patch("/{choice_id}")
def change_column(
    choice_id: Id,
    body: ColumnChange,
    event: ToEdit,
    caller: Editor,
    tags: IfMatch,
    session: Db,
    response: Response,
    now: Now,
) -> ColumnAnswer:
    """Settle it otherwise."""
    choice = choice_of(session, event, choice_id, locked=True)
    matched(tags, etag_of(_answer(choice)))
    if "field" in body.model_fields_set and settle_anew(choice, body.field):
        _record(session, caller, "settle-column", choice, now)
    else:
        audit.nothing_changed(session)
    return _tagged(choice, response)


@router.delete("/{choice_id}", status_code=204)
def forget_column(choice_id: Id, event: ToEdit, caller: Editor, tags: IfMatch, session: Db, now: Now) -> None:
    """Forget what a header means: the next import looks at it anew."""
    choice = choice_of(session, event, choice_id, locked=True)
    matched(tags, etag_of(_answer(choice)))
    _record(session, caller, "forget-column", choice, now)
    session.delete(choice)


def _record(session: Session, caller: Caller, deed: str, choice: models.ColumnChoice, now: datetime) -> None:
    audit.record(
        session,
        caller.name,
        deed,
        event_id=choice.event_id,
        subject=f"column:{choice.id}",
        after={"field": choice.field},
        now=now,
    )


def _answer(choice: models.ColumnChoice) -> ColumnAnswer:
    return ColumnAnswer(id=choice.id, header=choice.header, field=choice.field)


def _tagged(choice: models.ColumnChoice, response: Response) -> ColumnAnswer:
    answer = _answer(choice)
    response.headers["ETag"] = etag_of(answer)
    return answer
