"""Whatever is done to a draft, in whatever order: the engine's judge agrees with each answer."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app import db, models
from app.errors import AppError
from app.schedules.asked import Asked
from app.schedules.editing import Asking, add, move, remove, swap
from app.schedules.keeping import states_of
from app.schedules.keys import delegate_id, interpreter_id, meeting_id, slot_id, table_id
from app.schedules.refusing import Breaking
from app.schedules.undoing import redo, undo
from scheduler import Meeting, Schedule, violations
from tests.app.schedules.drafts import a_draft, held_by, judged
from tests.builders import NOON, a_delegate, a_wish, an_event, an_organisation

ASKING = Asking(NOON)
NAMES = "ABCDEF"


def a_crowd(session: Session, draw: Callable[[st.SearchStrategy[int]], int]) -> models.Event:
    """An event with all that stands in the way: ceilings, languages, absences, a home table, who is online, rules."""
    event = an_event(session, slots=5, tables=2, interpreters=[("de", "fr")])
    rules = [{}, {"max_consecutive": 2}, {"max_idle_slots": 1}, {"max_break_spread": 1}]
    event.rules = rules[draw(st.integers(0, 3))]
    event.tables[1].unavailable = [["14:30", "14:45"]]
    people = [
        [a_delegate("Ann", languages=["fr"]), a_delegate("Art", languages=["fr", "de"], leaves="14:45")],
        [a_delegate("Bea", languages=["de"])],
        [a_delegate("Cid", languages=["de"], arrives="14:15")],
        [a_delegate("Dan", languages=["fr"]), a_delegate("Don")],
        [a_delegate("Eve", online=True)],
        [a_delegate("Fay", languages=["fr"], unavailable=[("14:15", "14:30")])],
    ]
    rows = [
        an_organisation(
            session,
            event,
            name,
            *people[number],
            max_meetings=[None, 2, 3][draw(st.integers(0, 2))],
            home_table="1" if number == 3 and draw(st.integers(0, 1)) else None,
        )
        for number, name in enumerate(NAMES)
    ]
    for one in rows:
        for other in rows:
            if one is not other:
                a_wish(session, one, other, refuses=(one.name, other.name) == ("B", "F"))
    session.flush()
    session.expire_all()
    return event


class Organiser:
    """Somebody who edits a draft at random and holds each answer against the judge."""

    def __init__(self, session: Session, draw: Callable[[st.SearchStrategy[int]], int]) -> None:
        self.session = session
        self.draw = draw
        self.event = a_crowd(session, draw)
        self.version = a_draft(session, self.event)
        self.people = {row.name: row for row in session.scalars(select(models.Organisation))}

    def one_of(self, things: list[int]) -> int:
        return things[self.draw(st.integers(0, len(things) - 1))]

    def held(self) -> list[int]:
        rows = select(models.Meeting.identity_id).where(models.Meeting.version_id == self.version.id)
        return list(self.session.scalars(rows.order_by(models.Meeting.identity_id)))

    def edit(self) -> None:
        deed = self.draw(st.integers(0, 5))
        held = self.held()
        if deed <= 1 or len(held) < 2:
            self.add()
        elif deed <= 3:
            self.move(self.one_of(held))
        elif deed == 4:
            swap(self.session, self.version, held[0], self.one_of(held[1:]), ASKING)
        else:
            remove(self.session, self.version, self.one_of(held), ASKING)

    def asked(self) -> Asked:
        return Asked(
            self.one_of([slot.id for slot in self.event.slots]), self.one_of([table.id for table in self.event.tables])
        )

    def add(self) -> None:
        first = self.draw(st.integers(0, len(NAMES) - 1))
        second = (first + self.draw(st.integers(1, len(NAMES) - 1))) % len(NAMES)
        sides = self.people[NAMES[first]].id, self.people[NAMES[second]].id
        add(self.session, self.version, sides, self.asked(), ASKING)

    def move(self, meeting: int) -> None:
        """Says who attends, so that what was refused is known to the last."""
        identity = self.session.get_one(models.MeetingIdentity, meeting)
        sides = identity.organisation_a_id, identity.organisation_b_id
        one, other = (
            self.one_of([one.id for one in self.session.get_one(models.Organisation, side).delegates]) for side in sides
        )
        place = self.asked()
        state = states_of(self.session, self.version, [meeting])[str(meeting)]
        assert state is not None
        interpreter = self.event.interpreters[0].id if state["interpreter"] else None
        try:
            move(self.session, self.version, meeting, Asked(place.slot, place.table, (one, other), interpreter), ASKING)
        except Breaking as refusal:
            assert place.slot is not None
            row = Meeting(
                meeting_id(*sides),
                slot_id(place.slot),
                None if place.table is None else table_id(place.table),
                (delegate_id(one), delegate_id(other)),
                None if interpreter is None else interpreter_id(interpreter),
            )
            self.check_refusal(row, refusal)
            raise

    def check_refusal(self, row: Meeting, refusal: Breaking) -> None:
        problem, schedule = held_by(self.session, self.version)
        rows = tuple(row if one.id == row.id else one for one in schedule.meetings)
        expected = sorted(one.rule.value for one in violations(problem, Schedule(rows)))
        assert sorted(one.rule for one in refusal.violations) == expected


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    engine = db.create_engine_of(f"sqlite:///{tmp_path_factory.mktemp('any')}/any.db")
    db.migrate(engine)
    return engine


THOROUGHLY = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


def check_organiser(engine: Engine, data: st.DataObject, edits: int) -> None:
    """After what was accepted the judge finds nothing; what is offered is accepted; undoing is exact."""
    with Session(engine.execution_options(**{db.WRITES: True})) as session:
        organiser = Organiser(session, data.draw)
        version = organiser.version
        for _ in range(edits):
            before, revision = held_by(session, version)[1], version.revision
            try:
                organiser.edit()
            except Breaking as refusal:
                assert (held_by(session, version)[1], version.revision) == (before, revision)
                accept_each(session, version, refusal)
                continue
            except AppError:
                continue
            assert judged(session, version) == []
            after = held_by(session, version)[1]
            if version.revision > revision:
                undo(session, version, "en")
                assert held_by(session, version)[1] == before
                redo(session, version, "en")
                assert held_by(session, version)[1] == after
        session.rollback()


def accept_each(session: Session, version: models.Version, refusal: Breaking) -> None:
    for place in refusal.alternatives:
        if place.meeting is None or place.meeting not in states_held(session, version):
            continue
        move(
            session, version, place.meeting, Asked(place.slot, place.table, place.delegates, place.interpreter), ASKING
        )
        assert judged(session, version) == []
        undo(session, version, "en")


def states_held(session: Session, version: models.Version) -> set[int]:
    return set(session.scalars(select(models.Meeting.identity_id).where(models.Meeting.version_id == version.id)))


@THOROUGHLY
@given(st.data())
def test_the_judge_agrees_with_every_answer(migrated: Engine, data: st.DataObject) -> None:
    check_organiser(migrated, data, edits=8)


@pytest.mark.soak
@settings(THOROUGHLY, max_examples=100)
@given(st.data())
def test_the_judge_agrees_for_a_long_time(migrated: Engine, data: st.DataObject) -> None:
    check_organiser(migrated, data, edits=25)
