"""How a feed stands: what it would be made from now, when that changed last, what is kept of it, and where it is."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any  # a row of more columns than types are written for

from sqlalchemy import Row, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased, defer

from app import __version__, models
from app.agendas.ical import NOBODY
from app.agendas.linking import Keyring
from app.agendas.links import Purpose
from app.agendas.published import version_in_force
from app.agendas.reasons import Shelf


@dataclass(frozen=True, slots=True)
class Writer:
    """What feeds are written with, beside the database: links, where the pages are, and kept reasons."""

    keyring: Keyring
    url: str
    shelf: Shelf


@dataclass(frozen=True, slots=True)
class Standing:
    """What a link's feed would be made from now, when that changed last, and what is kept of it.

    `shared` is what all feeds of the event are made from; `version` the one in force, `page` an open page's key and
    generation: None where there is none.
    """

    digest: str
    shared: str
    changed_at: datetime
    version: int | None
    page: tuple[int, int] | None
    kept: models.Feed | None

    def fresh(self, now: datetime) -> models.Feed | None:
        """Return what is kept if it still holds."""
        kept = self.kept
        if kept is None or kept.made_from != self.digest:
            return None
        is_begun = kept.fresh_from is None or kept.fresh_from <= now
        return kept if is_begun and (kept.stale_at is None or now < kept.stale_at) else None


def standing_of(session: Session, link: models.Link, url: str) -> Standing:
    """Return how a feed stands, by one question: it is asked at every read."""
    return _standing(session.execute(_question(), {"links": [link.id]}).one(), url)


def standings_of(session: Session, links: Collection[int], url: str) -> dict[int, Standing]:
    """Return how several feeds stand, by key of their links that there are; the bytes that are kept are not read."""
    question = _question().options(defer(models.Feed.body))
    return {row.link: _standing(row, url) for row in session.execute(question, {"links": list(links)})}


def _standing(found: Row[*tuple[Any, ...]], url: str) -> Standing:
    shared = (
        *(__version__, url, found.name, found.venue, found.time_zone, found.languages),
        *(found.version, found.items, found.items_at and found.items_at.isoformat()),
    )
    own = (
        *(found.joined, found.joined_at and found.joined_at.isoformat()),
        *((found.generation, found.is_withdrawn) if found.page_at else ()),
    )
    moments = (found.created_at, found.published_at, found.items_at, found.joined_at, found.page_at)
    return Standing(
        hashlib.sha256(repr((*shared, *own)).encode()).hexdigest(),
        hashlib.sha256(repr(shared).encode()).hexdigest(),
        max(one for one in moments if one),
        found.version,
        (found.page, found.generation) if found.page_at and not found.is_withdrawn else None,
        found.Feed,
    )


@cache
def _question() -> Select[*tuple[Any, ...]]:
    """Everything that feeds depend on, put together once: that takes ten times as long as the answer."""
    link, event, version, page = models.Link, models.Event, models.Version, aliased(models.Link)
    item, registration, delegate = models.ProgrammeItem, models.ProgrammeRegistration, models.Delegate
    in_force = version_in_force(link.event_id).correlate(link).scalar_subquery()
    is_theirs = or_(link.delegate_id.is_(None), delegate.id == link.delegate_id)
    people = select(delegate.id).where(delegate.organisation_id == link.organisation_id, is_theirs).correlate(link)
    items = item.event_id == link.event_id
    joined = registration.delegate_id.in_(people)
    return (
        select(
            link.id.label("link"),
            *(event.name, event.venue, event.time_zone, event.languages, event.created_at),
            *(version.id.label("version"), version.published_at),
            *(page.id.label("page"), page.generation, page.is_withdrawn, page.changed_at.label("page_at")),
            select(func.count()).where(items).select_from(item).correlate(link).scalar_subquery().label("items"),
            select(func.max(item.changed_at)).where(items).correlate(link).scalar_subquery().label("items_at"),
            select(func.count())
            .where(joined)
            .select_from(registration)
            .correlate(link)
            .scalar_subquery()
            .label("joined"),
            select(func.max(registration.created_at))
            .where(joined)
            .correlate(link)
            .scalar_subquery()
            .label("joined_at"),
            models.Feed,
        )
        .select_from(link)
        .join(event, event.id == link.event_id)
        .outerjoin(version, version.id == in_force)
        .outerjoin(page, (page.delegate_id == link.delegate_id) & (page.purpose == Purpose.PAGE.value))
        .outerjoin(models.Feed, models.Feed.link_id == link.id)
        .where(link.id.in_(bindparam("links", expanding=True)))
    )


def end_of(event: models.Event, programme: Iterable[models.ProgrammeItem] | None = None) -> datetime | None:
    """Return when the last slot or item of an event ends; None where it has neither. `programme` where it is read."""
    items = event.programme if programme is None else programme
    ends = [slot.ends_at for slot in event.slots if not slot.is_withdrawn] + [one.ends_at for one in items]
    return max(ends, default=None)


def sender_of(url: str) -> str:
    """Return the address that calendars and messages name as the organiser's, at which nobody reads."""
    host = url.partition("://")[2].partition(":")[0]
    return f"no-reply@{host}" if "." in host and not host.replace(".", "").isdecimal() else NOBODY


def page_address(url: str, token: str) -> str:
    """Return the address of a page."""
    return f"{url}/a/{token}"


def feed_address(url: str, token: str) -> str:
    """Return the address of a feed."""
    return f"{url}/f/{token}/agenda.ics"
