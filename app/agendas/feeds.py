"""What a feed says: the bytes that are kept, or new ones at the first read after something changed."""

import hashlib
import hmac
import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any  # a row of more columns than types are written for
from zoneinfo import ZoneInfo

from sqlalchemy import Select, Subquery, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from app import __version__, models
from app.agendas.agenda import Agenda
from app.agendas.ical import NOBODY, Beside, Cancelled, Notice, calendar_afterwards, calendar_of
from app.agendas.linking import Keyring, sibling_of
from app.agendas.links import Purpose
from app.agendas.published import cancelled_for, last_published, version_in_force
from app.agendas.queries import agenda_of
from app.agendas.reasons import Shelf
from app.agendas.wording import language_of
from app.languages import spoken_first

KEPT_CANCELLED = timedelta(hours=72)
"""Google asks again within a day: three times, then it knows."""
NOTICE_STANDS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Writer:
    """What feeds are written with, beside the database: links, where the pages are, and kept reasons."""

    keyring: Keyring
    url: str
    shelf: Shelf


@dataclass(frozen=True, slots=True)
class Standing:
    """What a link's feed would be made from now, when that changed last, and what is kept of it."""

    digest: str
    changed_at: datetime
    kept: models.Feed | None

    def fresh(self, now: datetime) -> models.Feed | None:
        """Return what is kept if it still holds."""
        kept = self.kept
        if kept is None or kept.made_from != self.digest:
            return None
        is_begun = kept.fresh_from is None or kept.fresh_from <= now
        return kept if is_begun and (kept.stale_at is None or now < kept.stale_at) else None


@dataclass(frozen=True, slots=True)
class Phase:
    """The time between two moments at which a feed changes by itself."""

    fresh_from: datetime | None
    stale_at: datetime | None


def standing_of(session: Session, link: models.Link, url: str) -> Standing:
    """Return how a feed stands, by one question: it is asked at every read."""
    of = {"link": link.id, "event": link.event_id, "organisation": link.organisation_id, "delegate": link.delegate_id}
    found = session.execute(_question(is_delegates=link.delegate_id is not None), of).one()
    parts = (
        *(__version__, url, found.name, found.venue, found.time_zone, found.languages),
        *(found.version, found.items, found.items_at and found.items_at.isoformat()),
        *(found.joined, found.joined_at and found.joined_at.isoformat()),
        *((found.generation, found.is_withdrawn) if found.page_at else ()),
    )
    moments = (found.created_at, found.published_at, found.items_at, found.joined_at, found.page_at)
    digest = hashlib.sha256(repr(parts).encode()).hexdigest()
    return Standing(digest, max(one for one in moments if one), found.Feed)


@cache
def _question(*, is_delegates: bool) -> Select[*tuple[Any, ...]]:
    """Everything that a feed depends on, put together once: that takes ten times as long as the answer."""
    event, version, page = models.Event, models.Version, aliased(models.Link)
    item, joined = models.ProgrammeItem, _registrations(is_delegates=is_delegates)
    in_force = version_in_force(bindparam("event")).scalar_subquery()
    items = select(item.id, item.changed_at).where(item.event_id == bindparam("event")).subquery()
    return (
        select(
            *(event.name, event.venue, event.time_zone, event.languages, event.created_at),
            *(version.id.label("version"), version.published_at),
            *(page.generation, page.is_withdrawn, page.changed_at.label("page_at")),
            select(func.count()).select_from(items).scalar_subquery().label("items"),
            select(func.max(items.c.changed_at)).scalar_subquery().label("items_at"),
            select(func.count()).select_from(joined).scalar_subquery().label("joined"),
            select(func.max(joined.c.created_at)).scalar_subquery().label("joined_at"),
            models.Feed,
        )
        .select_from(event)
        .outerjoin(version, version.id == in_force)
        .outerjoin(page, (page.delegate_id == bindparam("delegate")) & (page.purpose == Purpose.PAGE.value))
        .outerjoin(models.Feed, models.Feed.link_id == bindparam("link"))
        .where(event.id == bindparam("event"))
    )


def _registrations(*, is_delegates: bool) -> Subquery:
    """For what of the programme the people of a feed have registered."""
    registration, delegate = models.ProgrammeRegistration, models.Delegate
    asked = select(registration.item_id, registration.created_at)
    if is_delegates:
        return asked.where(registration.delegate_id == bindparam("delegate")).subquery()
    people = select(delegate.id).where(delegate.organisation_id == bindparam("organisation"))
    return asked.where(registration.delegate_id.in_(people)).subquery()


def make_feed(session: Session, link: models.Link, standing: Standing, writer: Writer, now: datetime) -> models.Feed:
    """Return what a feed says now, as a row that is not in the database yet. Drafts play no part in it."""
    event = session.get_one(models.Event, link.event_id)
    version = last_published(session, event.id)
    agenda = agenda_of(session, event, version, link.organisation_id, link.delegate_id)
    gone = cancelled_for(session, event, link.organisation_id, link.delegate_id)
    end = end_of(event)
    phase = _phase(end, gone, now)
    lang = language_of(agenda, spoken_first(event.languages))
    if end is None or now < end:
        partners = {entry.partner.key for entry in agenda.entries}
        sentences = writer.shelf.reasons(session, event, version).of(session, link.organisation_id, partners, lang)
        reasons = {entry.uid: sentences.get(entry.partner.key, ()) for entry in agenda.entries}
        body = calendar_of(agenda, lang, Beside(_page(session, link, writer), sender_of(writer.url), reasons, gone))
    elif now < end + NOTICE_STANDS:
        left = tuple(one for one in gone if now < one.since + KEPT_CANCELLED)
        notice = Notice(_notice_uid(writer.keyring, link), _last_day(end, agenda), end)
        body = calendar_afterwards(agenda, lang, Beside(None, sender_of(writer.url), {}, left), notice)
    else:
        body = b""
    return _row(link, standing, body, phase, now)


def keep_feed(session: Session, made: models.Feed) -> None:
    """Keep what was made, unless the link is gone; of two who make it at once the later one is kept."""
    if session.get(models.Link, made.link_id) is not None:
        session.merge(made)


def end_of(event: models.Event) -> datetime | None:
    """Return when the last slot or item of an event ends; None where it has neither."""
    ends = [slot.ends_at for slot in event.slots if not slot.is_withdrawn] + [one.ends_at for one in event.programme]
    return max(ends, default=None)


def sender_of(url: str) -> str:
    """Return the address that calendars and messages name as the organiser's, at which nobody reads."""
    host = url.partition("://")[2].partition(":")[0]
    return f"no-reply@{host}" if "." in host and not host.replace(".", "").isdecimal() else NOBODY


def _page(session: Session, link: models.Link, writer: Writer) -> str | None:
    page = None if link.delegate_id is None else sibling_of(session, link, Purpose.PAGE)
    return None if page is None or page.is_withdrawn else page_address(writer.url, writer.keyring.token(page))


def page_address(url: str, token: str) -> str:
    """Return the address of a page."""
    return f"{url}/a/{token}"


def feed_address(url: str, token: str) -> str:
    """Return the address of a feed."""
    return f"{url}/f/{token}/agenda.ics"


def _phase(end: datetime | None, gone: tuple[Cancelled, ...], now: datetime) -> Phase:
    if end is None:
        return Phase(None, None)
    changes = {end, end + NOTICE_STANDS, *(max(end, one.since + KEPT_CANCELLED) for one in gone)}
    past, future = {one for one in changes if one <= now}, {one for one in changes if one > now}
    return Phase(max(past, default=None), min(future, default=None))


def _last_day(end: datetime, agenda: Agenda) -> date:
    zone: ZoneInfo = agenda.happening.zone
    return (end - timedelta(seconds=1)).astimezone(zone).date()


def _notice_uid(keyring: Keyring, link: models.Link) -> str:
    """What calendars know the notice by: always the same for a link, and nobody can tell whose it is."""
    drawn = hmac.digest(keyring.secret, f"ronde/notice/{link.id}".encode(), "sha256")
    return str(uuid.UUID(bytes=drawn[:16], version=4))


def _row(link: models.Link, standing: Standing, body: bytes, phase: Phase, now: datetime) -> models.Feed:
    etag = hashlib.sha256(body).hexdigest()[:32]
    modified_at = max(standing.changed_at, phase.fresh_from or standing.changed_at)
    if standing.kept is not None:
        before, is_forgotten = standing.kept.modified_at, standing.kept.made_from is None
        changed_at = max(before, modified_at, now) if is_forgotten else max(before, modified_at)
        modified_at = before if standing.kept.etag == etag else changed_at
    return models.Feed(
        link_id=link.id,
        made_from=standing.digest,
        body=body,
        etag=etag,
        modified_at=modified_at,
        fresh_from=phase.fresh_from,
        stale_at=phase.stale_at,
    )
