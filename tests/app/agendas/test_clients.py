"""Whatever is moved, cancelled, restored and published, calendars end with the published plan: by the rules by which
Google, Outlook and Apple read a feed."""

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache

import pytest
from hypothesis import settings as effort
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import db, models
from tests.app.agendas.fairs import Fair, a_fair
from tests.app.agendas.strict import Component, moment_of
from tests.app.agendas.timetables import Held, a_draft, a_publication
from tests.builders import NOON

Shown = set[tuple[str, str, str, str]]


def shown(event: Component) -> tuple[str, str, str, str]:
    return event.value("UID"), moment_of(event, "DTSTART").isoformat(), event.text("LOCATION"), event.text("SUMMARY")


@dataclass
class Google:
    """Takes what comes with a higher SEQUENCE or a later DTSTAMP, deletes by STATUS, and by absence."""

    kept: dict[str, Component] = field(default_factory=dict)

    def read(self, events: list[Component]) -> None:
        coming = {one.value("UID"): one for one in events}
        for uid in set(self.kept) - set(coming):
            del self.kept[uid]
        for uid, one in coming.items():
            known = self.kept.get(uid)
            if known is None or _age(one) >= _age(known):
                self.kept[uid] = one

    def shows(self) -> Shown:
        return {shown(one) for one in self.kept.values() if one.value("STATUS") != "CANCELLED"}


@dataclass
class Outlook:
    """Updates an entry only when SEQUENCE grows, or it is equal and LAST-MODIFIED later; absent entries go.

    What is cancelled stays, as free time.
    """

    kept: dict[str, Component] = field(default_factory=dict)

    def read(self, events: list[Component]) -> None:
        coming = {one.value("UID"): one for one in events}
        self.kept = {
            uid: one if uid not in self.kept or _age(one) > _age(self.kept[uid]) else self.kept[uid]
            for uid, one in coming.items()
        }

    def shows(self) -> Shown:
        return {shown(one) for one in self.kept.values() if one.value("TRANSP") == "OPAQUE"}


@dataclass
class Apple:
    """Replaces the whole calendar with what it reads; what is cancelled is struck out."""

    kept: list[Component] = field(default_factory=list)

    def read(self, events: list[Component]) -> None:
        self.kept = events

    def shows(self) -> Shown:
        return {shown(one) for one in self.kept if one.value("STATUS") != "CANCELLED"}


def _age(event: Component) -> tuple[int, str]:
    return int(event.value("SEQUENCE")), event.value("LAST-MODIFIED")


PAIRS = (("jo", "anne"), ("ute", "anne"), ("jo", "bo"), ("ute", "bo"), ("anne", "bo"))
PEOPLE = ("jo", "ute", "anne", "bo")
draws = st.lists(st.tuples(st.sampled_from(PAIRS), st.integers(0, 3)), max_size=4)


@cache
def migrated() -> bytes:
    """An empty database of the newest schema, made once for all days."""
    engine = db.create_engine_of("sqlite://")
    db.migrate(engine)
    with engine.connect() as connection:
        held = connection.connection.driver_connection
        assert isinstance(held, sqlite3.Connection)
        return bytes(held.serialize())


class Calendars(RuleBasedStateMachine):
    """Random publications and drafts; each person has three calendars, which look now and then, and all at the end."""

    engine: Engine

    @initialize()
    def set_up(self) -> None:
        self.engine = db.create_engine_of("sqlite://")
        with self.engine.connect() as connection:
            held = connection.connection.driver_connection
            assert isinstance(held, sqlite3.Connection)
            held.deserialize(migrated())
        self.session = Session(self.engine.execution_options(**{db.WRITES: True}))
        self.fair: Fair = a_fair(self.session)
        self.now, self.turn = NOON, 0
        self.clients = {who: (Google(), Outlook(), Apple()) for who in PEOPLE}

    def timetable(self, drawn: list[tuple[tuple[str, str], int]]) -> list[Held]:
        """What was drawn, as far as nobody is in two places and no two organisations meet twice."""
        held, busy, met = list[Held](), set[tuple[int, int]](), set[frozenset[int]]()
        for names, slot in drawn:
            one, other = (getattr(self.fair, name) for name in names)
            pair = frozenset((one.organisation_id, other.organisation_id))
            if pair in met or {(one.id, slot), (other.id, slot)} & busy:
                continue
            busy |= {(one.id, slot), (other.id, slot)}
            met.add(pair)
            held.append(Held(one, other, slot=slot))
        return held

    @rule(drawn=draws, backwards=st.booleans())
    def publish(self, drawn: list[tuple[tuple[str, str], int]], backwards: bool) -> None:
        self.now += timedelta(minutes=-30 if backwards else 20)
        a_publication(self.session, self.fair.event, self.timetable(drawn), self.now)

    @rule(drawn=draws)
    def draft(self, drawn: list[tuple[tuple[str, str], int]]) -> None:
        a_draft(self.session, self.fair.event, self.timetable(drawn), self.now)
        self.session.expire_all()

    @rule(who=st.sampled_from(PEOPLE), which=st.integers(0, 2))
    def look(self, who: str, which: int) -> None:
        self.clients[who][which].read(self.fair.events(getattr(self.fair, who), self.now))

    @invariant()
    def everybody_ends_with_the_published_plan(self) -> None:
        """Whoever looks now, after however many changes, sees the newest plan; one of them in turn, at last all."""
        if hasattr(self, "fair"):
            self.turn += 1
            self.compare(PEOPLE[self.turn % 4 :: 4])

    def compare(self, people: Sequence[str]) -> None:
        """See that all three calendars of these people would show the published plan, and all the same."""
        for who in people:
            person, clients = getattr(self.fair, who), self.clients[who]
            planned = self.planned(person)
            events = self.fair.events(person, self.now)
            for client in clients:
                after = type(client)(client.kept.copy())  # it looks, and goes on as if it had not
                after.read(events)
                seen = {(uid, start, re.findall(r"\d+", place)[0]) for uid, start, place, _title in after.shows()}
                assert seen == planned, (who, type(client).__name__)
                assert after.shows() == Apple(events).shows(), (who, type(client).__name__)

    def planned(self, person: models.Delegate) -> set[tuple[str, str, str]]:
        """What the newest published version says, asked without any code of the service."""
        rows = self.session.connection().exec_driver_sql(
            "SELECT i.uid, s.id, t.name FROM meeting m JOIN meeting_identity i ON i.id = m.identity_id"
            " JOIN slot s ON s.id = m.slot_id JOIN meeting_table t ON t.id = m.table_id"
            " JOIN attendance a ON a.meeting_id = m.id"
            " WHERE a.delegate_id = ? AND m.version_id ="
            " (SELECT id FROM version WHERE published_at IS NOT NULL ORDER BY number DESC LIMIT 1)",
            (person.id,),
        )
        starts = {slot.id: slot.starts_at.isoformat() for slot in self.fair.event.slots}
        return {(uid, starts[slot], table) for uid, slot, table in rows}

    def teardown(self) -> None:
        if hasattr(self, "session"):
            self.compare(PEOPLE)
            self.session.close()
            self.engine.dispose()


TestCalendars = Calendars.TestCase
TestCalendars.settings = effort(max_examples=5, stateful_step_count=10, deadline=None)


@pytest.mark.soak
def test_everybody_ends_with_the_published_plan_after_long_days() -> None:
    run_state_machine_as_test(Calendars, settings=effort(max_examples=200, stateful_step_count=50, deadline=None))
    assert Calendars.TestCase.settings.max_examples == 5
