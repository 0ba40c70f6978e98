"""Feeds under load: L3 (after a publication), L1 (steady), L2 (while a timetable is searched), L4 (guessing).

    python -m benchmarks.feeds [--delegates 10000] [--seconds 60] [--rate 200] [--only L1]
    python -m benchmarks.feeds --full

`--full` asks as long as is promised: L1 for ten minutes, L2 for five. All feeds are read once first, as L3.

A service with one process on this machine, a database in a file, clients in another process. CPU seconds are of the
service alone; percentiles are in milliseconds of wall time, and mean something on a quiet machine only. Each line tells
by how much the memory of the service has grown during that load.
"""

import argparse
import multiprocessing
import os
import resource
import socket
import statistics
import tempfile
import threading
import time
import urllib.error
import urllib.request
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import uvicorn
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app import db, models
from app.agendas.linking import make_keyring, make_links
from app.agendas.publishing import publish
from app.cli.serving import leave_to_stand
from app.config import Settings
from app.main import create_app
from benchmarks.conventions import SIZES, convention
from scheduler import Limits, solve
from tests.app.agendas.timetables import a_draft
from tests.builders import a_delegate, an_event, an_organisation

CLIENTS, ROUNDS, RUSH = 32, 6, 167
"""Clients at once, meetings of each delegate, reads a second after a publication: 10,000 in a minute."""
LOADS = ("L1", "L2", "L4")
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


Paths = list[tuple[str, str | None]]
"""What is asked for, and the tag that is known."""


@dataclass
class Answers:
    """What came back: how often each status, and how long each took."""

    statuses: dict[int, int] = field(default_factory=dict)
    milliseconds: list[float] = field(default_factory=list)

    def line(self, name: str, cpu: float, rss: float, growth: float) -> str:
        cuts = statistics.quantiles(self.milliseconds, n=100)
        count = len(self.milliseconds)
        return (
            f"{name:34} {count:6} answers {self.statuses}  p50 {cuts[49]:7.1f}  p99 {cuts[98]:7.1f} ms"
            f"  {1000 * cpu / count:5.2f} ms CPU each  RSS {rss:6.1f} MiB, grown by {growth:.1f}"
        )


def prepare(url: str, delegates: int) -> list[str]:
    """Make an event in which everybody meets six others, publish it, and return the tokens of the feeds."""
    engine = db.create_engine_of(url)
    db.migrate(engine)
    with db.writing(engine) as session:
        event = an_event(session, slots=8, tables=delegates // 2, day=NOW.date().replace(day=28), minutes=20)
        people = []
        for number in range(delegates):
            person = a_delegate(f"Delegate {number}", languages=["fr", "de"][number % 2 :])
            an_organisation(session, event, f"Organisation {number}", person)
            people.append(person)
        make_links(session, event.id, NOW)
        version = a_draft(session, event, [], NOW)
        _hold(session, event, version, people)
        publish(session, version, NOW)
        keyring = make_keyring(session, None)
        links = session.query(models.Link).filter(models.Link.purpose == "feed", models.Link.delegate_id.isnot(None))
        tokens = [keyring.token(link) for link in links]
    engine.dispose()
    return tokens


def _hold(session: Session, event: models.Event, version: models.Version, people: list[models.Delegate]) -> None:
    """Let everybody meet another person of the other half in each of the first slots, all at tables of their own."""
    half = len(people) // 2
    left, right = people[:half], people[half:]
    pairs = [(turn, at, left[at], right[(at + turn) % half]) for turn in range(ROUNDS) for at in range(half)]
    slots, tables = [one.id for one in event.slots], [one.id for one in event.tables]
    session.execute(
        insert(models.MeetingIdentity),
        [
            {
                "event_id": event.id,
                "organisation_a_id": one.organisation_id,
                "organisation_b_id": other.organisation_id,
                "ordinal": 1,
                "uid": str(uuid.uuid4()),
                "sequence": 0,
                "changed_at": NOW,
            }
            for _turn, _at, one, other in pairs
        ],
    )
    identities = session.scalars(select(models.MeetingIdentity.id).order_by(models.MeetingIdentity.id)).all()
    session.execute(
        insert(models.Meeting),
        [
            {
                "version_id": version.id,
                "identity_id": identity,
                "slot_id": slots[turn],
                "table_id": tables[at],
                "value": 1,
            }
            for identity, (turn, at, _one, _other) in zip(identities, pairs, strict=True)
        ],
    )
    meetings = session.scalars(select(models.Meeting.id).order_by(models.Meeting.id)).all()
    session.execute(
        insert(models.Attendance),
        [
            {
                "meeting_id": meeting,
                "side": side,
                "version_id": version.id,
                "slot_id": slots[turn],
                "delegate_id": person.id,
            }
            for meeting, (turn, _at, one, other) in zip(meetings, pairs, strict=True)
            for side, person in enumerate((one, other))
        ],
    )


def search() -> None:
    """Search timetables without end, as the child of a solve does: behind others, with all cores but one."""
    os.nice(5)
    problem = convention(SIZES["M"], 1, is_tight=True)
    while True:
        solve(problem, Limits(seconds=60, workers=1), clock=time.monotonic)


def serve(url: str, port: int) -> None:
    """Run the service, as `ronde serve` does."""
    engine = db.create_engine_of(url)
    settings = Settings(public_url=f"http://127.0.0.1:{port}")
    service = create_app(engine, settings, lambda: NOW)
    leave_to_stand()
    uvicorn.run(service, port=port, log_level="error", access_log=False)


def ask(port: int, paths: Paths, rate: float) -> tuple[Answers, dict[str, str]]:
    """Ask for each path at its time, with the tag that is known; return what came back, and the tags."""
    answers, tags, lock = Answers(), dict[str, str](), threading.Lock()
    began = time.perf_counter()

    def one(number: int) -> None:
        path, tag = paths[number]
        time.sleep(max(0.0, began + number / rate - time.perf_counter()))
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}{path}", headers={"If-None-Match": tag} if tag else {}
        )
        start = time.perf_counter()
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                status, etag = answer.status, answer.headers["ETag"]
                answer.read()
        except urllib.error.HTTPError as refused:
            status, etag = refused.code, None
        spent = 1000 * (time.perf_counter() - start)
        with lock:
            answers.statuses[status] = answers.statuses.get(status, 0) + 1
            answers.milliseconds.append(spent)
            if etag:
                tags[path] = etag

    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(one, range(len(paths))))
    return answers, tags


def main() -> None:
    """Measure and print a line for each load."""
    options = argparse.ArgumentParser()
    options.add_argument("--delegates", type=int, default=10_000)
    options.add_argument("--seconds", type=int, default=60)
    options.add_argument("--rate", type=int, default=200)
    options.add_argument("--only", nargs="*", choices=LOADS, default=LOADS)
    options.add_argument("--full", action="store_true", help="as long as is promised: L1 600 s, L2 300 s")
    given = options.parse_args()
    seconds = {"L1": 600, "L2": 300} if given.full else {}
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/ronde.db"
        tokens = prepare(url, given.delegates)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        service = multiprocessing.get_context("spawn").Process(target=serve, args=(url, port), daemon=True)
        service.start()
        assert service.pid is not None
        _wait_for(port)
        paths = [f"/f/{token}/agenda.ics" for token in tokens]
        first, tags = measured("L3 every feed after a publication", service.pid, port, [(p, None) for p in paths], RUSH)
        assert set(first.statuses) == {200}, first.statuses
        for load in given.only:
            count = given.rate * seconds.get(load, given.seconds)
            mixed = Random(1).choices(paths, k=count)
            asked = [(path, tags[path] if number % 5 else None) for number, path in enumerate(mixed)]
            LOADED[load](service.pid, port, asked, given.rate)
        service.terminate()
        service.join()


def steady(pid: int, port: int, asked: Paths, rate: int) -> None:
    """L1: calendars that ask as they always do."""
    measured("L1 80 % with If-None-Match", pid, port, asked, rate)


def beside_a_search(pid: int, port: int, asked: Paths, rate: int) -> None:
    """L2: the same, while a timetable is searched."""
    busy = multiprocessing.get_context("spawn").Process(target=search, daemon=True)
    busy.start()
    measured("L2 the same, CP-SAT searches", pid, port, asked, rate)
    busy.terminate()


def guessing(pid: int, port: int, asked: Paths, rate: int) -> None:
    """L4: somebody guesses, and others at the same address ask."""
    unknown = [(f"/f/ics_{number:052d}/agenda.ics", None) for number in range(len(asked))]
    measured("L4 unknown tokens", pid, port, unknown, 500)
    measured("   and good ones, same address", pid, port, asked[: len(asked) // 4], rate)


LOADED = {"L1": steady, "L2": beside_a_search, "L4": guessing}


def measured(name: str, pid: int, port: int, paths: Paths, rate: int) -> tuple[Answers, dict[str, str]]:
    """Ask, and print what it cost."""
    before, held = cpu_of(pid), rss_of(pid)
    answers, tags = ask(port, paths, rate)
    print(answers.line(name, cpu_of(pid) - before, rss_of(pid), rss_of(pid) - held), flush=True)
    return answers, tags


def cpu_of(pid: int) -> float:
    """Return the CPU seconds that a process has used."""
    parts = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / 100


def rss_of(pid: int) -> float:
    """Return the memory that a process holds, in MiB."""
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="utf-8").split()[1]) * resource.getpagesize() / 2**20


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The service does not start.")


if __name__ == "__main__":
    main()
