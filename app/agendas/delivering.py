"""Delivering: everything that an organiser hands out, written into a folder, each file whole or not at all."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.orm import Session

from app import __version__, models
from app.agendas.agenda import Agenda
from app.agendas.book import About, write_book
from app.agendas.figures import figures_of
from app.agendas.ical import PRODUCT, calendar_of
from app.agendas.judged import proof_of
from app.agendas.paper.content import Paper
from app.agendas.paper.letters import Unprintable, unprintable
from app.agendas.paper.printing import PAPERS, papers_of
from app.agendas.paper.rescuing import Printed, missing_line, printed
from app.agendas.paper.typesetting import TooLong, TypesettingError
from app.agendas.press import Told, press_line, proof_line
from app.agendas.queries import Agendas, agendas_of, has_minimums, meeting_minutes, unmet_wishes, wish_tallies
from app.agendas.report.queries import report_of
from app.agendas.report.rendering import page_of
from app.agendas.sheet import pages_of
from app.agendas.stamp import Stamp
from app.agendas.suggestions import shares_of, suggested_meetings
from app.agendas.wording import language_of
from app.clock import seconds
from app.languages import sentences
from app.matching.queries import gathering_of

LONGEST_PART, LONGEST_IN_BYTES = 60, 100
LATIN = str.maketrans({"ß": "ss", "ł": "l", "ø": "o", "œ": "oe", "æ": "ae", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
"""Letters that are no others with an accent."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What was written, and the two sentences: what the press is told, and how good the plan is.

    `unprintable` are texts of which paper cannot show every character; `unprinted` say what could not be printed.
    """

    files: tuple[Path, ...]
    press: str
    proof: str
    unprintable: tuple[Unprintable, ...] = ()
    unprinted: tuple[str, ...] = ()


def deliver(
    session: Session,
    version: models.Version,
    folder: Path,
    schedule_json: str,
    lang: str,
    *,
    told_in: str | None = None,
    problem_json: str | None = None,
) -> Delivered:
    """Write sheets, calendars, report, problem and schedule of a version. A folder with older ones gets these instead.

    `told_in` is the language of the two sentences, None that of the files; `problem_json` None: the version's own.
    """
    agendas = agendas_of(session, version)
    planning = folder / "planning.xlsx"
    with whole(planning) as unfinished:
        write_planning(session, version, agendas, unfinished, lang)
    on_paper, unprinted = _print(folder, agendas, lang, told_in or lang)
    files = [planning, *_write_calendars(folder / "agendas", agendas, lang), *on_paper]
    problem = problem_json or version.problem
    report = page_of(report_of(session, version, agendas, seconds), lang)
    for name, text in (("report.html", report), ("problem.json", problem), ("schedule.json", schedule_json)):
        with whole(folder / name) as unfinished:
            unfinished.write_text(text, encoding="utf-8")
        files.append(folder / name)
    sentences_ = _sentences(session, version, agendas, told_in or lang)
    return Delivered(tuple(files), *sentences_, unprintable(agendas), unprinted)


def write_planning(session: Session, version: models.Version, agendas: Agendas, path: Path, lang: str) -> None:
    """Write a version as sheets to work with."""
    event = session.get_one(models.Event, version.event_id)
    gathering = gathering_of(session, event)
    shares = shares_of(gathering, agendas)
    proof = proof_of(session, version)
    figures = figures_of(agendas, wish_tallies(session, version), proof.score, proof.bounds, shares)
    suggested = suggested_meetings(gathering, agendas, lang)
    stamp = Stamp(event.slug, version.number, version.revision)
    pages = pages_of(agendas, unmet_wishes(session, version), suggested, figures, str(stamp), lang)
    subject = sentences(lang).gettext("Planning, version {n}").format(n=version.number)
    write_book(path, pages, About(event.name, subject, f"Ronde {__version__}", lang, agendas.edition.changed_at))


def planning_bytes(session: Session, version: models.Version, agendas: Agendas, lang: str) -> bytes:
    """Return the same as bytes, for those who have no folder."""
    with TemporaryDirectory(prefix="ronde-planning-") as folder:
        path = Path(folder) / "planning.xlsx"
        write_planning(session, version, agendas, path, lang)
        return path.read_bytes()


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a path beside `path` to write to, and put what was written in its place when it is whole."""
    unfinished = path.with_name(f".{path.name}.part")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _write_calendars(folder: Path, agendas: Agendas, lang: str) -> list[Path]:
    """Write a calendar for each organisation and each delegate; those of people who no longer come are removed."""
    folder.mkdir(exist_ok=True)
    name_of = names_of_files()
    written = []
    for agenda in (*agendas.organisations, *agendas.delegates):
        path = folder / f"{name_of(agenda)}.ics"
        with whole(path) as unfinished:
            unfinished.write_bytes(calendar_of(agenda, language_of(agenda, lang)))
        written.append(path)
    for path in set(folder.glob("*.ics")) - set(written):
        if PRODUCT.encode() in path.read_bytes()[:500]:
            path.unlink()
    return written


def _print(folder: Path, agendas: Agendas, lang: str, told_in: str) -> tuple[list[Path], tuple[str, ...]]:
    """Write what is handed out on paper, and say what could not be; what this version has no use for is removed."""
    papers = papers_of(agendas, lang)
    with ThreadPoolExecutor() as pool:  # each is typeset in a process of its own
        made = dict(zip(papers, pool.map(_printed_or_why, papers.values()), strict=True))
    for name in PAPERS:
        (folder / name).unlink(missing_ok=True)
    for name, one in made.items():
        if isinstance(one, Printed):
            with whole(folder / name) as unfinished:
                unfinished.write_bytes(one.pdf)
    return [folder / name for name, one in made.items() if isinstance(one, Printed)], tuple(_unprinted(made, told_in))


def _printed_or_why(paper: Paper) -> Printed | TooLong | TypesettingError:
    try:
        return printed(paper)
    except (TooLong, TypesettingError) as why:
        return why


def _unprinted(made: Mapping[str, Printed | TooLong | TypesettingError], lang: str) -> Iterator[str]:
    """What the organiser is told of each document that is missing or has not all of its parts."""
    _ = sentences(lang).gettext
    for file, one in made.items():
        if isinstance(one, TooLong):
            yield f"{file}: {one}"
        elif isinstance(one, TypesettingError):
            yield _("{file} could not be printed: {why}").format(file=file, why=str(one).strip().rpartition("\n")[2])
        elif one.left_out:
            yield f"{file}: {missing_line(one.left_out, lang)}"


def names_of_files() -> Callable[[Agenda], str]:
    """Return what names files: `organisation` or `organisation--delegate`, with a number where that is taken."""
    taken: set[str] = set()

    def name_of(agenda: Agenda) -> str:
        name = _part(agenda.party.name, "organisation")
        if agenda.person is not None:
            name += "--" + _part(agenda.person.name, "delegate")
        number, free = 1, name
        while free in taken:
            number += 1
            free = f"{name}-{number}"
        taken.add(free)
        return free

    return name_of


def _part(name: str, otherwise: str) -> str:
    """A name in small letters of its own script, without accents, digits and hyphens; as long as files may be named."""
    apart = unicodedata.normalize("NFKD", name.lower().translate(LATIN))
    plain = unicodedata.normalize("NFC", "".join(letter for letter in apart if not unicodedata.combining(letter)))
    short = re.sub(r"[\W_]+", "-", plain).strip("-")[:LONGEST_PART]
    return short.encode()[:LONGEST_IN_BYTES].decode(errors="ignore").rstrip("-") or otherwise


def _sentences(session: Session, version: models.Version, agendas: Agendas, lang: str) -> tuple[str, str]:
    event = session.get_one(models.Event, version.event_id)
    countries = {agenda.party.country for agenda in agendas.organisations if agenda.party.country}
    meetings = {entry.uid for agenda in agendas.organisations for entry in agenda.entries}
    told = Told(len(agendas.organisations), len(countries), len(meetings), meeting_minutes(event))
    without = () if has_minimums(session, event) else ("shortfall",)
    proof = proof_of(session, version)
    return press_line(told, lang), proof_line(proof.score, proof.bounds, proof.proved, without, lang)
