"""Making feeds: many at once, by a few questions for all, and kept unless something has changed meanwhile."""

import hashlib
import hmac
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app import db, models
from app.agendas.agenda import Agenda
from app.agendas.feeds import Standing, Writer, end_of, page_address, sender_of, standings_of
from app.agendas.ical import Beside, Cancelled, Notice, calendar_afterwards, calendar_of
from app.agendas.linking import Keyring
from app.agendas.links import Purpose, token_of
from app.agendas.published import cancelled_around, last_published
from app.agendas.queries import Extract
from app.agendas.reasons import wishes_in
from app.agendas.wording import language_of
from app.languages import spoken_first

KEPT_CANCELLED = timedelta(hours=72)
"""Google asks again within a day: three times, then it knows."""
NOTICE_STANDS = timedelta(days=30)
KEEPING = "keep-feeds"
"""Who keeps feeds, and who forgets them, holds this lock: nothing is kept that has been forgotten meanwhile."""

Asked = tuple[models.Link, Standing]


@dataclass(frozen=True, slots=True)
class Batch:
    """Feeds of one event that were made together, as rows that are not in the database yet.

    `erasures` is how many people of the event were erased when they were made.
    """

    event_id: int
    feeds: tuple[models.Feed, ...]
    erasures: int


@dataclass(frozen=True, slots=True)
class Phase:
    """The time between two moments at which a feed changes by itself."""

    fresh_from: datetime | None
    stale_at: datetime | None


def make_feeds(session: Session, asked: Sequence[Asked], writer: Writer, now: datetime) -> Batch:
    """Return what feeds of one event say now. Drafts play no part in it.

    How they stand was read before: what changes meanwhile is perhaps in them, but they are never taken for newer.
    """
    event = session.get_one(models.Event, asked[0][0].event_id)
    erasures = _erasures(session, event.id)
    sources = _Sources(session, event, {link.organisation_id for link, _standing in asked}, writer)
    made = [_row(link, standing, *sources.written(link, standing, now), now) for link, standing in asked]
    return Batch(event.id, tuple(made), erasures)


class _Sources:
    """What the feeds of some organisations of an event are written from."""

    def __init__(self, session: Session, event: models.Event, organisations: set[int], writer: Writer) -> None:
        self._event, self._writer = event, writer
        version = last_published(session, event.id)
        self._extract = Extract(session, event, version, organisations)
        self._gone = cancelled_around(session, event, organisations)
        self._end = end_of(event, self._extract.programme)
        self._reasons = writer.shelf.reasons(session, event, version)
        self._reasons.learn(session, self._extract.cast.organisations.keys())
        self._wishes = wishes_in(self._extract.cast.wishes)

    def written(self, link: models.Link, standing: Standing, now: datetime) -> tuple[bytes, Phase]:
        """Return the bytes of a feed, none where it has ended, and for how long they hold."""
        agenda = self._extract.agenda(link.organisation_id, link.delegate_id)
        gone = self._gone.get((link.organisation_id, link.delegate_id), ())
        lang = language_of(agenda, spoken_first(self._event.languages))
        end, sender = self._end, sender_of(self._writer.url)
        phase = _phase(end, gone, now)
        if end is None or now < end:
            beside = Beside(_page(standing, self._writer), sender, self._why(agenda, lang), gone)
            return calendar_of(agenda, lang, beside), phase
        if now < end + NOTICE_STANDS:
            left = tuple(one for one in gone if now < one.since + KEPT_CANCELLED)
            notice = Notice(_notice_uid(self._writer.keyring, link), _last_day(end, agenda), end)
            return calendar_afterwards(agenda, lang, Beside(None, sender, {}, left), notice), phase
        return b"", phase

    def _why(self, agenda: Agenda, lang: str) -> Mapping[str, tuple[str, ...]]:
        partners = {entry.partner.key for entry in agenda.entries}
        sentences = self._reasons.known(agenda.party.key, partners, self._wishes, lang)
        return {entry.uid: sentences.get(entry.partner.key, ()) for entry in agenda.entries}


def keep_feeds(session: Session, batch: Batch, url: str) -> None:
    """Keep what was made: not of links that are gone, and nothing that was made from what holds no more.

    What was read before somebody was erased is not kept at all.
    """
    db.lock(session, KEEPING)
    if _erasures(session, batch.event_id) != batch.erasures:
        return
    standings = standings_of(session, [one.link_id for one in batch.feeds], url)
    rows = [
        {column.name: getattr(one, column.name) for column in models.Feed.__table__.columns}
        for one in batch.feeds
        if one.link_id in standings and standings[one.link_id].digest == one.made_from
    ]
    if rows:
        dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
        kept = dialect.insert(models.Feed)
        others = {name: kept.excluded[name] for name in rows[0] if name != "link_id"}
        session.execute(kept.on_conflict_do_update(index_elements=["link_id"], set_=others), rows)


def _erasures(session: Session, event_id: int) -> int:
    asked = select(func.count()).select_from(models.Erasure).where(models.Erasure.event_id == event_id)
    return session.scalar(asked) or 0


def _page(standing: Standing, writer: Writer) -> str | None:
    if standing.page is None:
        return None
    key, generation = standing.page
    return page_address(writer.url, token_of(writer.keyring.secret, key, Purpose.PAGE, generation))


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
