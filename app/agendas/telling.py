"""Telling delegates: messages are put into the outbox, for exactly those whom something concerns, and once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models
from app.agendas.feeds import end_of
from app.agendas.linking import make_links
from app.agendas.mail import CHANGES, INVITATION, REMINDER
from app.agendas.published import last_published
from app.errors import Conflict
from app.outbox import Wanted, put

NOT_PUBLISHED = "Nothing is published yet: there is no agenda to write about."
OVER = "The event is over: there is nothing to write about any more."


@dataclass(frozen=True, slots=True)
class Notified:
    """How many are invited, how many read what changed, and how many cannot be written to: they have no address."""

    invited: int = 0
    informed: int = 0
    without_address: int = 0


def tell_publication(
    session: Session,
    version: models.Version,
    before: models.Version | None,
    delegates: Iterable[int],
    now: datetime,
) -> Notified:
    """Put a message in for each delegate whose agenda a publication changes: their first one invites them.

    Nobody is written to about an event that is over.
    """
    concerned = set(delegates)
    event = session.get_one(models.Event, version.event_id)
    make_links(session, event.id, now)
    if _is_over(event, now):
        return Notified()
    reached = _reached(session, event.id, concerned)
    invited = set(
        session.scalars(
            select(models.Message.delegate_id)
            .where(models.Message.event_id == event.id)
            .where(models.Message.kind == INVITATION)
        )
    )
    facts: models.MessageFacts = {"before": before.id if before else None, "after": version.id}
    wanted = [Wanted(event.id, one, CHANGES, facts, f"changes:{version.id}:{one}") for one in reached if one in invited]
    first = _invitations(session, event.id, [one for one in reached if one not in invited])
    return Notified(put(session, first, now), put(session, wanted, now), len(concerned) - len(reached))


def invite(session: Session, event: models.Event, delegates: Collection[int] | None, now: datetime) -> int:
    """Put an invitation in for each of these delegates, or for all; who had one with the same link gets no other.

    Raises Conflict before the first publication, and when the event is over.
    """
    _must_be_open(session, event, now)
    make_links(session, event.id, now)
    return put(session, _invitations(session, event.id, _reached(session, event.id, delegates)), now)


def remind(session: Session, event: models.Event, delegates: Collection[int] | None, now: datetime) -> int:
    """Put a reminder in for each of these delegates, or for all; one for the event’s first day, however often asked.

    Raises Conflict before the first publication, and when the event is over.
    """
    _must_be_open(session, event, now)
    make_links(session, event.id, now)
    starts = min(slot.starts_at for slot in event.slots)
    day = starts.astimezone(ZoneInfo(event.time_zone)).date().isoformat()
    reached = _reached(session, event.id, delegates)
    wanted = [Wanted(event.id, one, REMINDER, {}, f"reminder:{one}:{day}") for one in reached]
    return put(session, wanted, now)


def _invitations(session: Session, event_id: int, delegates: Collection[int]) -> list[Wanted]:
    """An invitation is known by the generation of the link that it brings: a renewed link is sent anew."""
    generations = dict(
        session.execute(
            select(models.Link.delegate_id, models.Link.generation)
            .where(models.Link.event_id == event_id, models.Link.delegate_id.is_not(None))
            .where(models.Link.purpose == "page", models.Link.is_withdrawn.is_(False))
        ).all()
    )
    return [
        Wanted(event_id, one, INVITATION, {}, f"invitation:{one}:{generations[one]}")
        for one in delegates
        if one in generations
    ]


def _reached(session: Session, event_id: int, delegates: Iterable[int] | None) -> list[int]:
    """Return those delegates who have an address; of all, only those who still come."""
    asked = select(models.Delegate.id).where(
        models.Delegate.event_id == event_id, models.Delegate.email.is_not(None), models.Delegate.email != ""
    )
    if delegates is None:
        asked = asked.where(models.Delegate.is_withdrawn.is_(False))
    found = session.scalars(asked.order_by(models.Delegate.id))
    wanted = None if delegates is None else set(delegates)
    return [one for one in found if wanted is None or one in wanted]


def _must_be_open(session: Session, event: models.Event, now: datetime) -> None:
    if last_published(session, event.id) is None:
        raise Conflict(NOT_PUBLISHED)
    if _is_over(event, now):
        raise Conflict(OVER)


def _is_over(event: models.Event, now: datetime) -> bool:
    end = end_of(event)
    return end is not None and end <= now
