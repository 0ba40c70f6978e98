"""Small events, built row by row, for tests that say what they need and nothing else."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, models
from app.hosts.access import Role
from app.hosts.founding import only_host
from app.hosts.secrets import KEY, SIGN_IN, new_secret
from app.registrations.identity import name_key

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = date(2026, 6, 6)


def an_event(
    session: Session,
    *,
    name: str = "Convention",
    slots: int = 4,
    tables: int = 3,
    minutes: int = 15,
    starts: time = time(14),
    zone: str = "Europe/Paris",
    day: date = DAY,
    interpreters: Sequence[tuple[str, ...]] = (),
    min_meetings: dict[str, int] | None = None,
    host: models.Host | None = None,
) -> models.Event:
    """An event with one session of so many slots, and tables 1 … n; of the first host where none is named."""
    host = host or first_host(session)
    event = models.Event(
        host_id=host.id,
        slug=name.lower().replace(" ", "-"),
        name=name,
        venue="Hall des sports",
        time_zone=zone,
        meeting_minutes=minutes,
        changeover_minutes=0,
        languages=["fr", "de"],
        min_meetings=min_meetings or {},
        rules={},
        policy={"mode": "wishes"},
        created_at=NOON,
    )
    session.add(event)
    session.flush()
    first = datetime.combine(day, starts, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    last = first + timedelta(minutes=minutes * slots)
    ends = last.astimezone(ZoneInfo(zone)).time()
    session.add(models.Session(event_id=event.id, day=day, starts_at=starts, ends_at=ends))
    for number in range(slots):
        begins = first + timedelta(minutes=minutes * number)
        session.add(models.Slot(event_id=event.id, starts_at=begins, minutes=minutes, day=day, session="afternoon"))
    for number in range(1, tables + 1):
        session.add(models.Table(event_id=event.id, position=number, name=str(number), unavailable=[]))
    for number, languages in enumerate(interpreters, 1):
        session.add(
            models.Interpreter(
                event_id=event.id,
                position=number,
                name=f"Interpreter {number}",
                languages=list(languages),
                unavailable=[],
            )
        )
    session.flush()
    session.expire(event)
    return event


def an_organisation(
    session: Session,
    event: models.Event,
    name: str,
    *people: models.Delegate,
    kind: str = "company",
    country: str | None = "FR",
    home_table: str | None = None,
    min_meetings: int | None = None,
    max_meetings: int | None = None,
) -> models.Organisation:
    """An organisation with its delegates; one nameless delegate where none is given."""
    row = models.Organisation(
        event_id=event.id,
        position=session.query(models.Organisation).count() + 1,
        name=name,
        name_key=name_key(name),
        kind=kind,
        country=country,
        sdgs=[],
        home_table=home_table,
        min_meetings=min_meetings,
        max_meetings=max_meetings,
    )
    session.add(row)
    session.flush()
    for position, person in enumerate(people or (a_delegate(),), 1):
        person.event_id, person.position = event.id, position
        row.delegates.append(person)
    session.flush()
    return row


def a_delegate(
    name: str = "",
    *,
    languages: Sequence[str] = (),
    email: str | None = None,
    arrives: str | None = None,
    leaves: str | None = None,
    unavailable: Sequence[tuple[str, str]] = (),
    online: bool | None = None,
    consent: bool | None = None,
) -> models.Delegate:
    """Somebody of an organisation that is still to be said."""
    first, _, last = name.partition(" ")
    return models.Delegate(
        first_name=first or None,
        last_name=last or None,
        email=email,
        languages=list(languages),
        arrives=arrives,
        leaves=leaves,
        unavailable=[list(gap) for gap in unavailable],
        online=online,
        consent=consent,
    )


def a_wish(
    session: Session,
    source: models.Organisation,
    target: models.Organisation,
    *,
    rank: int | None = None,
    refuses: bool = False,
) -> models.Wish:
    """A wish, or a refusal, of one organisation for another."""
    row = models.Wish(
        event_id=source.event_id,
        source_id=source.id,
        target_id=target.id,
        rank=rank,
        refuses=refuses,
        written=target.name,
    )
    session.add(row)
    session.flush()
    return row


def first_host(session: Session) -> models.Host:
    """The host that was there first, founded where there is none."""
    found = session.scalars(select(models.Host).order_by(models.Host.id).limit(1)).one_or_none()
    return found or only_host(session, NOON)


def another_host(session: Session, name: str = "Others") -> models.Host:
    """A host beside the first one."""
    host = models.Host(name=name, created_at=NOON)
    session.add(host)
    session.flush()
    return host


def an_organiser(session: Session, role: Role, host: models.Host | None = None) -> models.Organiser:
    """Somebody with a role in a host, the first one where none is named."""
    host = host or first_host(session)
    count = session.query(models.Organiser).count()
    organiser = models.Organiser(email=f"{role.word}-{count}@{host.id}.example", created_at=NOON)
    session.add(organiser)
    session.flush()
    session.add(models.Membership(organiser_id=organiser.id, host_id=host.id, role=role.word))
    session.flush()
    return organiser


def a_sign_in(session: Session, role: Role, host: models.Host | None = None) -> str:
    """The secret of somebody who has just signed in."""
    host = host or first_host(session)
    secret, now = new_secret(SIGN_IN), clock.now()
    organiser = an_organiser(session, role, host)
    row = models.SignIn(digest=secret.digest, organiser_id=organiser.id, host_id=host.id, created_at=now, seen_at=now)
    session.add(row)
    session.flush()
    return secret.text


def a_key(session: Session, role: Role, event_id: int | None = None, host: models.Host | None = None) -> str:
    """The secret of an API key."""
    host = host or first_host(session)
    secret = new_secret(KEY)
    row = models.ApiKey(
        digest=secret.digest,
        start=secret.start,
        host_id=host.id,
        event_id=event_id,
        name=role.word,
        role=role.word,
        created_at=NOON,
    )
    session.add(row)
    session.flush()
    return secret.text
