"""Messages to delegates for organisers: what one would say, who is written to, and what became of it."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import Depends, Query
from pydantic import AwareDatetime, Field
from sqlalchemy import select

from app import audit, models
from app.agendas.api.feeds import Door_
from app.agendas.mail import preview_of
from app.agendas.telling import invite, remind
from app.events.access import event_for
from app.hosts.access import Caller, Role, may
from app.web.fields import Answer, Body
from app.web.paging import Page, Paging, paged
from app.web.routing import Router
from app.web.sessions import Db, Now

router = Router(prefix="/api/v1/events/{slug}/messages", tags=["messages"])

Kind = Literal["invitation", "reminder"]
ToRead = Annotated[models.Event, Depends(event_for(Role.READER))]
ToEdit = Annotated[models.Event, Depends(event_for(Role.EDITOR))]
Editor = Annotated[Caller, Depends(may(Role.EDITOR))]
Since = Annotated[AwareDatetime | None, Query(description="Only those that were put in then or later.")]
DelegateId = Annotated[int, Field(ge=1, le=2**63 - 1)]


class MessageAnswer(Answer):
    """A message, without its text: that is made when it goes out, with the link as it is then."""

    id: int = Field(examples=[12])
    delegate_id: int
    kind: Literal["invitation", "changes", "reminder"]
    state: Literal["waiting", "sent", "failed", "dropped"] = Field(
        description="dropped: when it was to go out, there was nothing left to say"
    )
    attempts: int
    created_at: datetime
    sent_at: datetime | None
    trouble: str | None = Field(description="Why it did not go out.", examples=["The mail server says: 550 …"])


class MessagesWanted(Body):
    """Whom to write to: these delegates, or everybody who comes."""

    kind: Kind
    delegates: list[DelegateId] | None = Field(None, max_length=10_000, examples=[[3, 4]])


class QueuedAnswer(Answer):
    """How many messages go out. Who had this message already, or has no address, gets none."""

    queued: int = Field(examples=[93])


class PreviewAnswer(Answer):
    """A message as one delegate would get it, with a link that opens nothing."""

    subject: str
    text: str
    html: str
    language: str = Field(examples=["fr"])


@router.get("")
def list_messages(event: ToRead, session: Db, paging: Paging, since: Since = None) -> Page[MessageAnswer]:
    """All messages of an event, the oldest first."""
    asked = select(models.Message).where(models.Message.event_id == event.id)
    if since is not None:
        asked = asked.where(models.Message.created_at >= since)
    rows, after = paged(session, asked, paging, models.Message.id)
    return Page(items=[MessageAnswer.model_validate(row, from_attributes=True) for row in rows], next=after)


@router.post("", status_code=202)
def queue_messages(body: MessagesWanted, event: ToEdit, caller: Editor, session: Db, now: Now) -> QueuedAnswer:
    """Put invitations or reminders into the outbox, each delegate's once. They go out within seconds."""
    deed = invite if body.kind == "invitation" else remind
    count = deed(session, event, body.delegates, now)
    subject, after = f"event:{event.id}", {"kind": body.kind, "messages": count}
    audit.record(session, caller.name, "queue-messages", event_id=event.id, subject=subject, after=after, now=now)
    return QueuedAnswer(queued=count)


@router.get("/preview")
def preview_message(
    event: ToRead,
    session: Db,
    door: Door_,
    kind: Annotated[Kind, Query()],
    delegate: Annotated[int, Query(ge=1, le=2**63 - 1, description="The id of the delegate.")],
) -> PreviewAnswer:
    """Show what a message would say to a delegate, as published now. Nothing is sent."""
    letter = preview_of(session, event, delegate, kind, door.url)
    return PreviewAnswer(subject=letter.subject, text=letter.text, html=letter.html, language=letter.lang)
