"""Headers that organisers settled by hand: the next import of the event remembers them."""

from typing import Annotated

from fastapi import Depends, Response
from pydantic import Field

from app import models
from app.events.access import event_for
from app.events.api.changes import Changing_, Making_, tagged
from app.events.queries import choices_of
from app.events.settling import choice_of, settle, settle_anew
from app.hosts.access import Role
from app.web.fields import Answer, Body, Change, Id, Line
from app.web.paging import Page, Paging, paged
from app.web.routing import Router
from app.web.sessions import Db

router = Router(prefix="/api/v1/events/{slug}/columns", tags=["imports"])

ToRead = Annotated[models.Event, Depends(event_for(Role.READER))]
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
def settle_column(body: ColumnBody, making: Making_) -> ColumnAnswer:
    """Settle what a header means."""
    choice = settle(making.session, making.event, body.header, body.field)
    making.record("settle-column", _subject(choice), {"field": choice.field})
    return making.made(_answer(choice), "columns", choice.id)


@router.get("/{choice_id}")
def read_column(choice_id: Id, event: ToRead, session: Db, response: Response) -> ColumnAnswer:
    """One header and what it means."""
    return tagged(_answer(choice_of(session, event, choice_id)), response)


@router.patch("/{choice_id}")
def change_column(choice_id: Id, body: ColumnChange, changing: Changing_) -> ColumnAnswer:
    """Settle it otherwise."""
    choice = choice_of(changing.session, changing.event, choice_id, locked=True)
    changing.matched(_answer(choice))
    is_changed = "field" in body.model_fields_set and settle_anew(choice, body.field)
    changing.noted("settle-column", _subject(choice), {"field": choice.field}, is_changed=is_changed)
    return changing.tagged(_answer(choice))


@router.delete("/{choice_id}", status_code=204)
def forget_column(choice_id: Id, changing: Changing_) -> None:
    """Forget what a header means: the next import looks at it anew."""
    choice = choice_of(changing.session, changing.event, choice_id, locked=True)
    changing.matched(_answer(choice))
    changing.record("forget-column", _subject(choice), {"field": choice.field})
    changing.session.delete(choice)


def _subject(choice: models.ColumnChoice) -> str:
    return f"column:{choice.id}"


def _answer(choice: models.ColumnChoice) -> ColumnAnswer:
    return ColumnAnswer(id=choice.id, header=choice.header, field=choice.field)
