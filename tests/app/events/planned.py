"""An event whose timetable everybody has read."""

from sqlalchemy import Engine

from app import db
from app.agendas.publishing import publish
from app.schedules.posing import pose
from app.schedules.solving import solve_judged, store_version
from scheduler import Limits, problem_to_json
from tests.builders import NOON, a_wish, an_event, an_organisation


def a_planned_event(engine: Engine) -> str:
    """An event with a published version; return its slug."""
    with db.writing(engine) as session:
        made = an_event(session, slots=4, tables=2)
        one, other = an_organisation(session, made, "Longwy"), an_organisation(session, made, "Werk")
        a_wish(session, one, other)
        posed = pose(session, made)
        result = solve_judged(posed.problem, Limits(seconds=10, workers=1))
        publish(session, store_version(session, made, posed, result, problem_to_json(posed.problem), NOON), NOON)
        return made.slug
