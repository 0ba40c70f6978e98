"""Correcting a plan by one command: a planning that was changed by hand becomes the plan, and everything is written.

This is an edge, like a request: each of its steps is one transaction.
"""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db, models
from app.agendas.delivering import Delivered, deliver
from app.agendas.importing import moves_in, read_planning
from app.agendas.judged import judged
from app.agendas.planning import OWN_DATABASE, ready
from app.agendas.publishing import publish
from app.agendas.queries import agendas_of
from app.agendas.replanning import Replanned, base_of, replan
from app.agendas.stamp import Stamp
from app.clock import Clock
from app.errors import NotFound
from app.hosts.founding import known_host
from app.languages import Language, sentences, spoken_first
from scheduler import problem_to_json, result_to_json


@dataclass(frozen=True, slots=True)
class Correction:
    """A planning that was changed by hand, for the plan in a folder. Language and database as for an Order."""

    planning: Path
    folder: Path
    lang: str | None = None
    database: str | None = None
    is_forced: bool = False

    @property
    def told_in(self) -> str:
        return self.lang or Language.ENGLISH


def correct(correction: Correction, now: Clock) -> tuple[Replanned, Delivered]:
    """Make a changed planning the plan: judge, store, publish and write it.

    Raises Faulty with every fault, Unchanged, or Conflict where the planning is not of the newest version.
    """
    told_in = correction.told_in
    own = correction.folder / OWN_DATABASE
    if correction.database is None and not own.exists():
        raise NotFound(sentences(told_in).gettext("There is no plan in {folder}.").format(folder=correction.folder))
    stamp, sheet = read_planning(correction.planning, told_in)
    engine = ready(db.create_engine_of(correction.database or f"sqlite:///{own}"), told_in)
    try:
        with db.writing(engine) as session:
            event = _event_of(session, stamp, told_in)
            version = base_of(session, event, stamp, told_in)
            moves = moves_in(session, version, agendas_of(session, version), sheet, told_in)
            done = replan(session, version, moves, now(), told_in, is_forced=correction.is_forced)
            publish(session, done.version, now())
        with db.reading(engine) as session:
            stored = session.get_one(models.Version, done.version.id)
            problem, result = judged(session, stored)
            lang = correction.lang or spoken_first(event.languages)
            texts = result_to_json(result), problem_to_json(problem)
            delivered = deliver(
                session, stored, correction.folder, texts[0], lang, told_in=told_in, problem_json=texts[1]
            )
            return done, delivered
    finally:
        engine.dispose()


def _event_of(session: Session, stamp: Stamp, lang: str) -> models.Event:
    """The event of a planning. Raises NotFound."""
    host = known_host(session)
    found = session.scalars(select(models.Event).where(models.Event.slug == stamp.event))
    event = next((one for one in found if host is None or one.host_id == host.id), None)
    if event is None:
        raise NotFound(sentences(lang).gettext("There is no event “{slug}” here.").format(slug=stamp.event))
    return event
