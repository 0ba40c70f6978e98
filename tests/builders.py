"""Small events, built row by row, for tests that say what they need and nothing else."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app import models
from app.hosts.founding import only_host
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
) -> models.Event:
    """An event with one session of so many slots, and tables 1 … n."""
    host = only_host(session, NOON)
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
