"""Feeds under load: L1 (steady), L2 (while a timetable is searched), L3 (after a publication), L4 (guessing).

    python -m benchmarks.feeds [--delegates 1000] [--seconds 20] [--rate 200]

A service with one process on this machine, a database in a file, clients in another process. CPU seconds are of the
service alone; percentiles are in milliseconds of wall time, and mean something on a quiet machine only.
"""

import argparse
import multiprocessing
import random
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import uvicorn

from app import db, models
from app.agendas.linking import make_keyring, make_links
from app.agendas.publishing import publish
from app.config import Settings
from app.main import create_app
from tests.app.agendas.timetables import Held, a_draft
from tests.builders import a_delegate, an_event, an_organisation

CLIENTS = 32
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


@dataclass
class Answers:
    """What came back: how often each status, and how long each took."""

    statuses: dict[int, int] = field(default_factory=dict)
    milliseconds: list[float] = field(default_factory=list)

    def line(self, name: str, cpu: float, rss: float) -> str:
        cuts = statistics.quantiles(self.milliseconds, n=100)
        count = len(self.milliseconds)
        return (
            f"{name:34} {count:6} answers {self.statuses}  p50 {cuts[49]:7.1f}  p99 {cuts[98]:7.1f} ms"
            f"  {1000 * cpu / count:5.2f} ms CPU each  RSS {rss:6.1f} MiB"
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
        held = _round_robin(people, 6)
        publish(session, a_draft(session, event, held, NOW), NOW)
        keyring = make_keyring(session, None)
        links = session.query(models.Link).filter(models.Link.purpose == "feed", models.Link.delegate_id.isnot(None))
        tokens = [keyring.token(link) for link in links]
    engine.dispose()
    return tokens


def _round_robin(people: list[models.Delegate], rounds: int) -> list[Held]:
    half = len(people) // 2
    left, right = people[:half], people[half:]
    return [
        Held(left[at], right[(at + turn) % half], slot=turn, table=at) for turn in range(rounds) for at in range(half)
    ]


def serve(url: str, port: int) -> None:
    """Run the service, as `ronde serve` does."""
    engine = db.create_engine_of(url)
    settings = Settings(public_url=f"http://127.0.0.1:{port}")
    uvicorn.run(create_app(engine, settings, lambda: NOW), port=port, log_level="error", access_log=False)


def ask(port: int, paths: list[tuple[str, str | None]], rate: float) -> tuple[Answers, dict[str, str]]:
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
    options.add_argument("--delegates", type=int, default=1000)
    options.add_argument("--seconds", type=int, default=20)
    options.add_argument("--rate", type=int, default=200)
    given = options.parse_args()
    draw = random.Random(1)
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
        first, tags = measured(
            "L3 every feed after a publication", service.pid, port, [(p, None) for p in paths], given.rate
        )
        assert set(first.statuses) == {200}, first.statuses
        count = given.rate * given.seconds
        mixed = [(path, tags[path] if draw.random() < 0.8 else None) for path in draw.choices(paths, k=count)]
        measured("L1 80 % with If-None-Match", service.pid, port, mixed, given.rate)
        with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as busy:  # as a search with one worker is
            measured("L2 the same, one core busy", service.pid, port, mixed, given.rate)
            busy.kill()
        unknown = [(f"/f/ics_{draw.randrange(10**9):052d}/agenda.ics", None) for _ in range(count)]
        measured("L4 unknown tokens", service.pid, port, unknown, 500)
        measured("   and good ones, same address", service.pid, port, mixed[: count // 4], given.rate)
        service.terminate()
        service.join()


def measured(
    name: str, pid: int, port: int, paths: list[tuple[str, str | None]], rate: int
) -> tuple[Answers, dict[str, str]]:
    """Ask, and print what it cost."""
    before = cpu_of(pid)
    answers, tags = ask(port, paths, rate)
    print(answers.line(name, cpu_of(pid) - before, rss_of(pid)), flush=True)
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
