"""How long printing takes: everybody's agenda, in seconds of processor time and in memory, with the ratio per page.

    python -m benchmarks.paper [DELEGATES] [MEETINGS]

Promised: 1,000 agendas in under 10 s of CPU. Both kinds of code are measured: a link, and the agenda itself as text.
"""

import random
import resource
import sys
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.agendas.agenda import Agenda, Edition, Entry, Happening, Item, Origin, Party, Person
from app.agendas.paper.agenda_pages import agendas_paper
from app.agendas.paper.content import Paper
from app.agendas.paper.typesetting import typeset
from app.agendas.queries import Agendas

START = datetime(2026, 6, 6, 12, 30, tzinfo=UTC)
SPOKEN = ("fr", "de", "en", "es")
FUNCTIONS = ("Direction", "Responsable achats durables", "Einkauf", "Chargée de mission économie sociale et solidaire")


def crowd(people: int, meetings: int) -> Agendas:
    """So many delegates with so many meetings each, at random tables, as at a convention of two hours."""
    rng = random.Random(1)
    happening = Happening("Convention d'affaires de la Grande Région", "Longwy", ZoneInfo("Europe/Paris"), ("fr", "de"))
    parties = [
        Party(
            number, f"Atelier coopératif de la vallée {number}", "buyer", None, "FR", "Mont-Saint-Martin", None, (), ()
        )
        for number in range(people)
    ]
    crowd = [
        Person(number, f"Prénom{number} Nom{number}", rng.choice(FUNCTIONS), None, None, (rng.choice(SPOKEN),), "")
        for number in range(people)
    ]
    opening = Item("opening", 0, START, "Ouverture", START - timedelta(hours=1), START, "Grande salle", None)
    delegates = []
    for number in range(people):
        entries = []
        for slot in range(meetings):
            other = rng.randrange(people)
            starts = START + timedelta(minutes=12 * slot)
            entries.append(
                Entry(
                    f"{number}-{slot}", 0, START, starts, starts + timedelta(minutes=12), str(rng.randrange(1, 60)),
                    None, crowd[number], parties[other], crowd[other], None, None, rng.choice(list(Origin)),
                )
            )  # fmt: skip
        delegates.append(Agenda(happening, parties[number], crowd[number], tuple(entries), (opening,)))
    return Agendas(happening, (), tuple(delegates), (), (), Edition(1, 0, is_published=True, changed_at=START))


def measured(what: str, agendas: Agendas, links: dict[int, str] | None) -> None:
    started, children = time.process_time(), resource.getrusage(resource.RUSAGE_CHILDREN)
    paper: Paper = agendas_paper(agendas, "fr", links=links)
    laid_out = time.process_time() - started
    pdf = typeset(paper)
    here = time.process_time() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    child = after.ru_utime + after.ru_stime - children.ru_utime - children.ru_stime
    pages = len(pdf.split(b"/Type /Page\n")) - 1 or len(agendas.delegates)
    print(
        f"| {what} | {len(agendas.delegates)} | {pages} | {here + child:.1f} | {laid_out:.1f} | {child:.1f} | "
        f"{1000 * (here + child) / pages:.1f} | {after.ru_maxrss / 1024:.0f} | {len(pdf) / 2**20:.1f} |"
    )


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    meetings = int(sys.argv[2]) if len(sys.argv) > 2 else 8
    agendas = crowd(people, meetings)
    print(
        "| code | agendas | pages | CPU s | of it codes and words | of it typesetting | ms a page | MiB at most | MiB |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    links = {number: f"https://ronde.example/a/agd_{number:043}" for number in range(people)}
    measured("link", agendas, links)
    measured("text", agendas, None)


if __name__ == "__main__":
    main()
