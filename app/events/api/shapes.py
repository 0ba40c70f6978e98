"""An event as JSON: what is sent, and what is answered."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Annotated

from pydantic import ConfigDict, Field, JsonValue

from app import models
from app.events.arranging import Linguist, Place
from app.events.fields import EventDay, Gaps, Kind, LanguageCodes
from app.events.kinds import kinds_of
from app.events.shaping import Shape
from app.events.slots import LocalSession
from app.web.fields import Answer, Body, Change, Flag, Line, LocalTime, Text

MOST_TABLES, MOST_PARTS = 2_000, 100
USUAL_RETENTION = 90
AN_EVENT: JsonValue = {
    "name": "Convention d'affaires transfrontalière",
    "venue": "Mont-Saint-Martin",
    "time_zone": "Europe/Paris",
    "meeting_minutes": 12,
    "languages": ["fr", "de"],
    "sessions": [{"day": "2026-06-06", "starts_at": "14:30", "ends_at": "17:30"}],
    "tables": 50,
    "interpreters": [{"name": "Claire Antoine", "languages": ["fr", "de"]}],
    "min_meetings": {"social-enterprise": 4},
    "max_meetings": 15,
    "policy": {"mode": "wishes-then-suggestions"},
}
PolicyName = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[a-z][a-z0-9_.-]*$")]
Setting = Annotated[str, Field(max_length=500)] | Annotated[int, Field(strict=True, ge=0, le=1_000_000)]
Policy = Annotated[dict[PolicyName, Setting], Field(max_length=60)]
Minutes = Annotated[int, Field(strict=True, ge=1, le=480)]
Changeover = Annotated[int, Field(strict=True, ge=0, le=480)]
Ceiling = Annotated[int, Field(strict=True, ge=0, le=1_000)]
Retention = Annotated[
    int,
    Field(strict=True, ge=1, le=1_096, description="How many days after its end the event is deleted, with everybody."),
]
TableCount = Annotated[int, Field(strict=True, ge=1, le=MOST_TABLES)]


class SessionBody(Body):
    """A part of a day in which meetings are held, in the event's local time."""

    day: EventDay
    starts_at: LocalTime = Field(examples=["14:30"])
    ends_at: LocalTime = Field(examples=["17:30"])


class TableBody(Body):
    """A place for one meeting in each slot, and when it is not to be had."""

    name: Annotated[Line, Field(max_length=100)]
    hall: Line | None = None
    unavailable: Gaps = Field(default_factory=list)


class InterpreterBody(Body):
    """Somebody who interprets between their languages."""

    name: Annotated[Line, Field(max_length=200)]
    languages: Annotated[LanguageCodes, Field(min_length=2)]
    unavailable: Gaps = Field(default_factory=list)


Sessions = Annotated[list[SessionBody], Field(max_length=MOST_PARTS)]
Tables = Annotated[list[TableBody], Field(max_length=MOST_TABLES)] | TableCount
Interpreters = Annotated[list[InterpreterBody], Field(max_length=MOST_PARTS)]
Kinds = Annotated[
    dict[Kind, Annotated[Line, Field(max_length=100)]],
    Field(max_length=30, description="Its own kinds with the word for each; empty: the four of the house."),
]
Floors = Annotated[dict[Kind, Ceiling], Field(max_length=30, examples=[{"social-enterprise": 4}])]
RuleName = Annotated[str, Field(pattern="^(max_break_spread|max_consecutive|max_idle_slots)$")]
Rules = Annotated[dict[RuleName, Ceiling], Field(max_length=3, examples=[{"max_consecutive": 5}])]


class EventBody(Body):
    """An event that is to be. Its slots follow from its sessions and the minutes of a meeting."""

    model_config = ConfigDict(json_schema_extra={"examples": [AN_EVENT]})

    name: Line
    time_zone: Line = Field(max_length=64, examples=["Europe/Paris"])
    meeting_minutes: Minutes
    changeover_minutes: Changeover = 0
    venue: Text | None = None
    languages: LanguageCodes = Field(default_factory=list)
    sessions: Sessions = Field(default_factory=list)
    tables: Tables = Field(default_factory=list)
    interpreters: Interpreters = Field(default_factory=list)
    kinds: Kinds = Field(default_factory=dict)
    min_meetings: Floors = Field(default_factory=dict)
    max_meetings: Ceiling | None = None
    rules: Rules = Field(default_factory=dict)
    policy: Policy = Field(default_factory=dict)
    keeps_health_data: Flag = False
    purge_after: Retention = USUAL_RETENTION


class NewEvent(EventBody):
    """An event that is to be, and by which name it is to stand in addresses."""

    slug: Annotated[
        str | None, Field(max_length=100, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="If not given: of the name.")
    ] = None


class EventChange(EventBody, Change):
    """What is to change of an event. Lists and tables of names are replaced as a whole."""

    name: Line = ""
    time_zone: Line = Field(default="", max_length=64)
    meeting_minutes: Minutes = 1


class SessionAnswer(Answer):
    """A part of a day in which meetings are held."""

    day: date
    starts_at: time
    ends_at: time


class SlotAnswer(Answer):
    """A time for meetings, which follows from a session."""

    id: int
    day: date
    starts_at: datetime
    minutes: int


class TableAnswer(Answer):
    """A place for one meeting in each slot."""

    id: int
    name: str
    hall: str | None
    unavailable: list[list[str]]


class InterpreterAnswer(Answer):
    """Somebody who interprets."""

    id: int
    name: str
    languages: list[str]
    unavailable: list[list[str]]


class EventAnswer(Answer):
    """An event and all that it is made of, but for its programme and those who come."""

    slug: str
    name: str
    venue: str | None
    time_zone: str
    meeting_minutes: int
    changeover_minutes: int
    languages: list[str]
    sessions: list[SessionAnswer]
    slots: list[SlotAnswer]
    tables: list[TableAnswer]
    interpreters: list[InterpreterAnswer]
    kinds: dict[str, str]
    min_meetings: dict[str, int]
    max_meetings: int | None
    rules: dict[str, int]
    policy: dict[str, str | int | float]
    keeps_health_data: bool
    purge_after: int
    created_at: datetime


def shape_of(body: EventBody) -> Shape:
    """Return the event that a body describes."""
    tables = (
        [TableBody(name=str(n)) for n in range(1, body.tables + 1)] if isinstance(body.tables, int) else body.tables
    )
    return Shape(
        body.name,
        body.venue or None,
        body.time_zone,
        body.meeting_minutes,
        body.changeover_minutes,
        tuple(dict.fromkeys(body.languages)),
        body.kinds,
        body.min_meetings,
        body.max_meetings,
        body.rules,
        body.policy,
        body.keeps_health_data,
        body.purge_after,
        tuple(LocalSession(one.day, _minute(one.starts_at), _minute(one.ends_at)) for one in body.sessions),
        tuple(Place(one.name, one.hall, _gaps(one.unavailable)) for one in tables),
        tuple(
            Linguist(one.name, tuple(dict.fromkeys(one.languages)), _gaps(one.unavailable)) for one in body.interpreters
        ),
    )


def changed(event: models.Event, change: EventChange) -> EventBody:
    """Return the event as it stands, with what is to change; what is kept already is not looked at anew."""
    stands = EventBody.model_construct(
        name=event.name,
        venue=event.venue,
        time_zone=event.time_zone,
        meeting_minutes=event.meeting_minutes,
        changeover_minutes=event.changeover_minutes,
        languages=event.languages,
        kinds=event.kinds,
        min_meetings=event.min_meetings,
        max_meetings=event.max_meetings,
        rules=event.rules,
        keeps_health_data=event.keeps_health_data,
        purge_after=event.purge_after,
        sessions=[
            SessionBody.model_construct(day=one.day, starts_at=one.starts_at, ends_at=one.ends_at)
            for one in event.sessions
        ],
        tables=[
            TableBody.model_construct(name=one.name, hall=one.hall, unavailable=one.unavailable)
            for one in event.tables
            if not one.is_withdrawn
        ],
        interpreters=[
            InterpreterBody.model_construct(name=one.name, languages=one.languages, unavailable=one.unavailable)
            for one in event.interpreters
            if not one.is_withdrawn
        ],
    )
    return stands.model_copy(update={"policy": event.policy} | change.said())


def event_answer(event: models.Event) -> EventAnswer:
    """Return an event as it is answered; what is withdrawn is not shown."""
    return EventAnswer(
        slug=event.slug,
        name=event.name,
        venue=event.venue,
        time_zone=event.time_zone,
        meeting_minutes=event.meeting_minutes,
        changeover_minutes=event.changeover_minutes,
        languages=event.languages,
        sessions=[SessionAnswer(day=one.day, starts_at=one.starts_at, ends_at=one.ends_at) for one in event.sessions],
        slots=[
            SlotAnswer(id=one.id, day=one.day, starts_at=one.starts_at, minutes=one.minutes)
            for one in event.slots
            if not one.is_withdrawn
        ],
        tables=[
            TableAnswer(id=one.id, name=one.name, hall=one.hall, unavailable=one.unavailable)
            for one in event.tables
            if not one.is_withdrawn
        ],
        interpreters=[
            InterpreterAnswer(id=one.id, name=one.name, languages=one.languages, unavailable=one.unavailable)
            for one in event.interpreters
            if not one.is_withdrawn
        ],
        kinds=dict(kinds_of(event.kinds)),
        min_meetings=event.min_meetings,
        max_meetings=event.max_meetings,
        rules=event.rules,
        policy=event.policy,
        keeps_health_data=event.keeps_health_data,
        purge_after=event.purge_after,
        created_at=event.created_at,
    )


def _minute(local: time) -> time:
    return local.replace(second=0, microsecond=0, tzinfo=None)


def _gaps(intervals: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((since, until) for since, until in intervals)
