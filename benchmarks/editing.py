"""How long an edit takes: moves, refusals with their alternatives, swaps and additions, at 600 and at 20,000 meetings.

    python -m benchmarks.editing [600] [20000]

Milliseconds of processor time of one deed, from the question to the rows written, over a database in a file; and how
many times as long the engine's judge takes to read the same timetable once. Promised: under 100 ms and under 1 s.
"""

import argparse
import gc
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app import db, models
from app.errors import AppError
from app.hosts.founding import only_host
from app.schedules.asked import Asked
from app.schedules.editing import Asking, add, move, remove, swap
from app.schedules.posing import pose_from
from app.schedules.undoing import undo
from scheduler import violations

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
ASKING = Asking(NOON)
FORMAT = "{:<34}{:>10}{:>10}{:>12}"
SIZES = {600: (93, 18, 40), 20_000: (2_000, 40, 550)}
"""Organisations, slots and tables for so many meetings."""


def an_event(session: Session, meetings: int) -> models.Version:
    """A convention whose meetings go round: everybody meets another in each slot, at a table of theirs."""
    organisations, slots, tables = SIZES[meetings]
    host = only_host(session, NOON)
    event = models.Event(
        host_id=host.id, slug="bench", name="Bench", time_zone="Europe/Paris", meeting_minutes=10,
        changeover_minutes=0, languages=["fr"], min_meetings={}, rules={"max_consecutive": 40, "max_idle_slots": 40},
        policy={"mode": "wishes"}, created_at=NOON,
    )  # fmt: skip
    session.add(event)
    session.flush()
    first = datetime(2026, 6, 6, 6, tzinfo=UTC)
    times = [first + timedelta(minutes=10 * number) for number in range(slots)]
    session.add_all(
        models.Slot(event_id=event.id, starts_at=at, minutes=10, day=at.date(), session="day") for at in times
    )
    names = [models.Table(event_id=event.id, position=n, name=str(n), unavailable=[]) for n in range(1, tables + 1)]
    session.add_all(names)
    rows = [
        models.Organisation(
            event_id=event.id, position=n, name=f"Organisation {n}", name_key=f"organisation {n}", kind="company",
            country="FR", sdgs=[],
        )
        for n in range(organisations)
    ]  # fmt: skip
    session.add_all(rows)
    session.flush()
    session.add_all(
        models.Delegate(
            event_id=event.id, organisation_id=one.id, position=1, last_name=f"Delegate {one.id}", languages=["fr"],
            unavailable=[],
        )
        for one in rows
    )  # fmt: skip
    session.flush()
    session.expire_all()
    return a_version(session, event, meetings)


def a_version(session: Session, event: models.Event, meetings: int) -> models.Version:
    version = models.Version(
        event_id=event.id, number=1, created_at=NOON, status="feasible", problem='{"meetings": []}', score={},
        bounds={}, proved=[], seconds=0, engine="bench",
    )  # fmt: skip
    session.add(version)
    session.flush()
    keys = list(session.scalars(select(models.Organisation.id).order_by(models.Organisation.id)))
    people = dict(zip(keys, session.scalars(select(models.Delegate.id).order_by(models.Delegate.id)), strict=True))
    slots = list(session.scalars(select(models.Slot.id).order_by(models.Slot.starts_at)))
    tables = list(session.scalars(select(models.Table.id).order_by(models.Table.id)))
    held: list[tuple[int, int, int, int]] = []
    for shift, slot in enumerate(slots, 1):
        used: set[int] = set()
        seat = 0
        for place, one in enumerate(keys):
            other = keys[(place + shift) % len(keys)]
            if one in used or other in used or len(held) == meetings or seat == len(tables) - 2:
                continue
            if len(held) >= meetings * shift // len(slots):
                break
            used |= {one, other}
            held.append((min(one, other), max(one, other), slot, tables[seat]))
            seat += 1
    identity, meeting, attendance = models.MeetingIdentity, models.Meeting, models.Attendance
    session.execute(
        insert(identity),
        [
            {"event_id": event.id, "organisation_a_id": a, "organisation_b_id": b, "ordinal": 1, "uid": f"u{n}",
             "sequence": 0, "changed_at": NOON}
            for n, (a, b, _, _) in enumerate(held)
        ],
    )  # fmt: skip
    identities = {
        (row.organisation_a_id, row.organisation_b_id): row.id
        for row in session.execute(select(identity.organisation_a_id, identity.organisation_b_id, identity.id))
    }
    session.execute(
        insert(meeting),
        [
            {"version_id": version.id, "identity_id": identities[a, b], "slot_id": slot, "table_id": table, "value": 1}
            for a, b, slot, table in held
        ],
    )
    ids = {row.identity_id: row.id for row in session.execute(select(meeting.identity_id, meeting.id))}
    session.execute(
        insert(attendance),
        [
            {"meeting_id": ids[identities[a, b]], "side": side, "version_id": version.id, "slot_id": slot,
             "delegate_id": people[who]}
            for a, b, slot, _ in held
            for side, who in enumerate((a, b))
        ],
    )  # fmt: skip
    return version


def cpu_ms(deed: Callable[[], object]) -> float:
    begin = time.process_time()
    deed()
    return 1000 * (time.process_time() - begin)


class Bench:
    """Edits at random, each taken back."""

    def __init__(self, session: Session, version: models.Version) -> None:
        self.session, self.version, self.chance = session, version, Random(1)
        self.held = list(session.scalars(select(models.Meeting.identity_id)))
        self.slots = list(session.scalars(select(models.Slot.id)))
        self.tables = list(session.scalars(select(models.Table.id)))
        self.keys = list(session.scalars(select(models.Organisation.id)))

    def once(self, deed: Callable[[], object]) -> tuple[float, bool]:
        """CPU milliseconds, and whether it was accepted; what was accepted is undone, off the clock."""
        revision, is_accepted = self.version.revision, True
        begin = time.process_time()
        try:
            deed()
            self.session.flush()
        except AppError:
            is_accepted = False
        spent = 1000 * (time.process_time() - begin)
        if self.version.revision != revision:
            undo(self.session, self.version, "en")
        return spent, is_accepted

    def any_move(self) -> None:
        asked = Asked(self.chance.choice(self.slots), self.chance.choice(self.tables))
        move(self.session, self.version, self.chance.choice(self.held), asked, ASKING)

    def any_swap(self) -> None:
        swap(self.session, self.version, *self.chance.sample(self.held, 2), ASKING)

    def any_addition(self) -> None:
        one, other = self.chance.sample(self.keys, 2)
        add(self.session, self.version, (one, other), Asked(), ASKING)

    def any_removal(self) -> None:
        remove(self.session, self.version, self.chance.choice(self.held), ASKING)


def measure(meetings: int, times: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = db.create_engine_of(f"sqlite:///{folder}/bench.db")
        db.migrate(engine)
        with db.writing(engine) as session:
            an_event(session, meetings)
        with db.writing(engine) as session:
            version = session.scalars(select(models.Version)).one()
            bench = Bench(session, version)
            posed = pose_from(session, version)
            assert posed.previous is not None
            assert not violations(posed.problem, posed.previous)
            gc.collect()
            gc.freeze()  # as the service does when it begins
            judge = cpu_ms(lambda: violations(posed.problem, posed.previous))
            print(f"{len(bench.held)} meetings; the judge reads them once in {judge:.0f} ms of CPU")
            print(FORMAT.format("", "median ms", "most ms", "of a judge"))
            for name, deed in (
                ("move", bench.any_move),
                ("swap", bench.any_swap),
                ("addition, place left open", bench.any_addition),
                ("removal", bench.any_removal),
            ):
                found = [bench.once(deed) for _ in range(times)]
                for outcome, is_accepted in (("accepted", True), ("refused, with alternatives", False)):
                    spent = [ms for ms, was in found if was is is_accepted]
                    if spent:
                        middle, most = statistics.median(spent), max(spent)
                        told = f"{name}: {outcome} ({len(spent)})"
                        print(FORMAT.format(told, f"{middle:.1f}", f"{most:.1f}", f"{middle / judge:.2f}"))
        engine.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[600, 20_000])
    parser.add_argument("--times", type=int, default=20)
    given = parser.parse_args()
    for size in given.sizes:
        measure(size, given.times)


if __name__ == "__main__":
    main()
