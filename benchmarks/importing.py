"""How long reading takes: 10,000 rows × 40 columns, in CPU seconds and memory; and how long an import over HTTP.

    python -m benchmarks.importing [ROWS] [--http]

Promised: under 15 s of CPU and 512 MiB, with progress. The children's figures are those of the whole reading.

With `--http` the same file is imported by the service, into SQLite: first all of it is new, then nothing of it. The
ratio to bare reading says what receiving, comparing and storing cost; meanwhile others read and change the event, and
their slowest answer is told.
"""

import resource
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from fastapi.testclient import TestClient
from openpyxl import Workbook

from app import db
from app.hosts.access import Role
from app.main import create_app
from importers import News, read_workbooks
from tests.builders import a_sign_in, an_event
from tests.clients import signed_in

AT = "/api/v1/events/convention"

HEADERS = (
    ["Référence", "Organisation", "Type", "Prénom", "Nom", "E-mail", "Téléphone", "Fonction", "Pays", "Code postal"]
    + ["Ville", "Site web", "SIRET", "Description", "Offres", "Besoins", "Labels", "ODD", "Langues", "Arrivée"]
    + ["Départ", "Indisponibilités", "En ligne", "Table", "Max RDV", "Min RDV", "Consentement", "Refus"]
    + [f"Souhait {number}" for number in range(1, 13)]
)
SYLLABLES = ("ba", "co", "du", "fa", "gi", "lo", "ma", "ne", "pi", "ro", "su", "ta", "vi", "zo", "che", "bri")


def name_of(number: int) -> str:
    """A name of four syllables for each number; two of them differ by more than a slip of the pen."""
    parts = [SYLLABLES[(number >> shift) % len(SYLLABLES)] for shift in (0, 4, 8, 12)]
    return f"Atelier {''.join(parts[:2]).title()} {''.join(parts[2:]).title()} {number * 7919 % 100_003}"


def row_of(number: int, organisations: int) -> list[str | int | float]:
    """One delegate; three in ten share their organisation with the row above."""
    home = number * 7 // 10
    wishes = [name_of((home * 13 + step * 101) % organisations).upper() for step in range(1, 13)]
    return [
        f"R{home:05}", name_of(home), "ESAT" if home % 3 else "acheteur", "Anne", f"Nom{number}",
        f"p{number}@org{home}.example", "06 12 34 56 78", "Direction", "France", f"{10_000 + home % 80_000}", "Longwy",
        f"www.org{home}.example", "73282932000074", "Atelier de couture et de blanchisserie, fondé en 1987",
        "blanchisserie (98310000-9); couture", "papier, transport", "ESUS (2024)", "8, 12", "FR/DE", "14h30", "17h",
        "15:00-15:30", "non", home % 50 + 1, 12, 2, "oui", "", *wishes,
    ]  # fmt: skip


def workbook(path: Path, rows: int) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Inscriptions")
    sheet.append(HEADERS)
    organisations = (rows - 1) * 7 // 10 + 1
    for number in range(rows):
        sheet.append(row_of(number, organisations))
    book.save(path)


@dataclass(frozen=True)
class Cost:
    """Processor time of this process and of its children, and the slowest answer that others got meanwhile."""

    own: float
    children: float
    seconds: float
    slowest: float
    others: int
    status: int

    @property
    def processor(self) -> float:
        return self.own + self.children


def imported(client: TestClient, path: Path) -> Cost:
    """Import the file over HTTP, while somebody else reads and changes the event."""
    statuses: list[int] = []

    def send() -> None:
        statuses.append(client.post(f"{AT}/imports", files={"file": (path.name, path.read_bytes())}).status_code)

    before, kin = time.process_time(), _of_children()
    started = time.perf_counter()
    importing = threading.Thread(target=send)
    importing.start()
    slowest, others = 0.0, 0
    while importing.is_alive():
        asked = time.perf_counter()
        shown = client.get(AT)
        client.patch(AT, json={"venue": f"Halle {others}"}, headers={"If-Match": shown.headers["etag"]})
        slowest, others = max(slowest, time.perf_counter() - asked), others + 1
        time.sleep(0.2)
    importing.join()
    seconds = time.perf_counter() - started
    return Cost(time.process_time() - before, _of_children() - kin, seconds, slowest, others, statuses[0])


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def over_http(path: Path, rows: int, bare: float) -> None:
    """Tell what imports of the file cost beside bare reading."""
    with tempfile.TemporaryDirectory() as folder:
        engine = db.create_engine_of(f"sqlite:///{folder}/ronde.db")
        db.migrate(engine)
        with db.writing(engine) as session:
            an_event(session)
            secret = a_sign_in(session, Role.OWNER)
        client = signed_in(create_app(engine), secret)
        for what in ("all new", "nothing new"):
            cost = imported(client, path)
            print(
                f"over HTTP, {what}: {cost.status}, {cost.processor:.1f} s of CPU ({cost.children:.1f} s reading), "
                f"{rows / cost.processor:.0f} rows/s, {cost.processor / bare:.2f} times bare reading; "
                f"{cost.seconds:.1f} s in all; {cost.others} times others changed it, the slowest {cost.slowest:.1f} s"
            )
        engine.dispose()


def main() -> None:
    arguments = [one for one in sys.argv[1:] if one != "--http"]
    rows = int(arguments[0]) if arguments else 10_000
    told: list[News] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xlsx"
        workbook(path, rows)
        started, kin = time.perf_counter(), _of_children()  # what ran before in the same shell is not ours
        reading = read_workbooks([path], progress=told.append)
        seconds, bare = time.perf_counter() - started, _of_children() - kin
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        print(
            f"{rows} rows × {len(HEADERS)} columns: "
            f"{len(reading.organisations)} organisations, {len(reading.wishes)} wishes"
        )
        print(f"{bare:.1f} s of CPU, {seconds:.1f} s in all, {most / 1024:.0f} MiB at most")
        print(f"{len(told)} times told of progress, {len(reading.errors)} faults")
        for fault in reading.errors[:5]:
            print(" ", fault.message)
        if "--http" in sys.argv:
            over_http(path, rows, bare)


if __name__ == "__main__":
    main()
