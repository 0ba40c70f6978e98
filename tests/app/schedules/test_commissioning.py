"""A timetable is searched by a job: what it finds is a draft of what was asked, and what goes wrong is said."""

import json
import os
import signal
import threading
from collections.abc import Iterator
from itertools import combinations

import pytest
from sqlalchemy import Engine, delete

from app import clock, db, models
from app.config import Settings
from app.errors import Invalid
from app.jobs import cancel
from app.jobs.running import Outcome, run_job
from app.schedules.commissioning import SOLVE, Wanted, ask_to_solve, pose_wanted
from tests.builders import NOON, a_wish, an_event, an_organisation
from tests.invariants import check_all
from tests.mortals import searching_for

KINDS = {SOLVE.name: SOLVE}
SETTINGS = Settings(solver_cores=1)


@pytest.fixture
def engine(sqlite_engine: Engine) -> Iterator[Engine]:
    """Whatever a search leaves behind, the database is sound."""
    yield sqlite_engine
    check_all(sqlite_engine.url.render_as_string(hide_password=False))


def planned(engine: Engine, *, is_hard: bool = False) -> None:
    """An event in which everybody wishes for everybody: at once solved, or not within minutes."""
    with db.writing(engine) as session:
        event = an_event(session, slots=12 if is_hard else 4, tables=7 if is_hard else 2)
        event.rules = {"max_consecutive": 4} if is_hard else {}
        rows = [an_organisation(session, event, f"O{number}") for number in range(24 if is_hard else 4)]
        for number, (one, other) in enumerate(combinations(rows, 2)):
            a_wish(session, one, other, rank=1 + number % 7)


def asked(engine: Engine, wanted: Wanted | None = None) -> int:
    with db.writing(engine) as session:
        event = session.query(models.Event).one()
        payload = pose_wanted(session, event, wanted or Wanted(seconds=10))
        return ask_to_solve(session, event, payload, "organiser:1", NOON).id


def run(engine: Engine, job_id: int, settings: Settings = SETTINGS, is_ending: bool = False) -> Outcome:
    return run_job(engine, KINDS, job_id, clock.now, lambda: is_ending, settings)


def job_of(engine: Engine, job_id: int) -> models.Job:
    with db.reading(engine) as session:
        job = session.get_one(models.Job, job_id)
        _ = job.traceback
        return job


def searching(engine: Engine, job_id: int) -> tuple[threading.Thread, int]:
    """Run the job in a thread, and wait until it has a schedule; return the process that searches."""
    thread = threading.Thread(target=run, args=(engine, job_id))
    thread.start()
    while not (job_of(engine, job_id).progress or {}).get("score"):
        assert thread.is_alive()
        threading.Event().wait(0.05)
    (child,) = searching_for(os.getpid())
    return thread, child


def test_what_is_found_is_a_draft_of_the_event(any_engine: Engine) -> None:
    engine = any_engine
    planned(engine)
    job_id = asked(engine)

    assert run(engine, job_id) is Outcome.ENDED

    job = job_of(engine, job_id)
    assert job.state == "done"
    assert job.result == {
        "status": "optimal",
        "version": 1,
        "score": job.result["score"],
        "bound": {term: job.result["score"][term] for term in job.result["proved"]},
        "proved": ["shortfall", "value", "breaks", "moves"],
        "meetings": 6,
        "not_held": 0,
        "is_outdated": False,
        "ended": "proved",
        "text": "This timetable is proved to be the best.",
    }
    with db.reading(engine) as session:
        version = session.query(models.Version).one()
        assert (version.number, version.published_at, len(version.meetings)) == (1, None, 6)


def test_an_event_in_which_nobody_wishes_for_anybody_is_not_searched(engine: Engine) -> None:
    with db.writing(engine) as session:
        an_event(session)

    with pytest.raises(Invalid, match="There is no meeting to plan"):
        asked(engine)


def test_a_result_of_what_has_changed_meanwhile_is_a_draft_of_that_and_says_so(engine: Engine) -> None:
    planned(engine)
    job_id = asked(engine)
    with db.writing(engine) as session:
        session.query(models.Delegate).first().arrives = "14:30"

    run(engine, job_id)

    job = job_of(engine, job_id)
    assert (job.state, job.result["version"], job.result["is_outdated"]) == ("done", 1, True)


def test_an_edit_of_the_draft_it_started_from_is_not_lost(engine: Engine) -> None:
    planned(engine)
    run(engine, asked(engine))
    job_id = asked(engine, Wanted(seconds=10, from_version=1))
    with db.writing(engine) as session:
        draft = session.query(models.Version).one()
        draft.revision += 1

    run(engine, job_id)

    assert job_of(engine, job_id).result["is_outdated"] is True
    with db.reading(engine) as session:
        numbers = [(one.number, one.revision) for one in session.query(models.Version).order_by(models.Version.number)]
    assert numbers == [(1, 1), (2, 0)]


def test_what_was_deleted_meanwhile_is_left_out(engine: Engine) -> None:
    planned(engine)
    job_id = asked(engine)
    with db.writing(engine) as session:
        gone = session.query(models.Organisation.id).order_by(models.Organisation.id).first()
        session.execute(delete(models.Organisation).where(models.Organisation.id == gone[0]))

    run(engine, job_id)

    job = job_of(engine, job_id)
    assert (job.state, job.result["meetings"], job.result["is_outdated"]) == ("done", 3, True)


def test_where_there_is_no_timetable_the_job_says_why(engine: Engine) -> None:
    planned(engine)
    job_id = asked(engine)
    with db.writing(engine) as session:
        job = session.get_one(models.Job, job_id)
        problem = json.loads(job.payload["problem"])
        for meeting in problem["meetings"]:
            meeting["required"] = True
        job.payload = {
            **job.payload,
            "problem": json.dumps({**problem, "tables": problem["tables"][:1], "slots": problem["slots"][:3]}),
        }

    run(engine, job_id)

    job = job_of(engine, job_id)
    assert (job.state, job.result["status"]) == ("done", "infeasible")
    assert job.result["text"]
    assert job.result["paths"]
    assert "Tables: 1." in job.result["rules"]


def test_a_search_that_needs_more_memory_than_it_may_use_fails_alone(engine: Engine) -> None:
    planned(engine, is_hard=True)
    job_id = asked(engine)

    run(engine, job_id, SETTINGS.model_copy(update={"solver_memory_mb": 384}))

    job = job_of(engine, job_id)
    assert (job.state, job.result) == ("failed", None)
    assert str(job.reason).startswith("The search needs more memory than the 384 MB that it may use")


def test_a_search_that_is_killed_fails_with_a_reason_and_its_last_words(engine: Engine) -> None:
    planned(engine, is_hard=True)
    job_id = asked(engine, Wanted(seconds=60))
    thread, child = searching(engine, job_id)

    os.kill(child, signal.SIGKILL)
    thread.join()

    job = job_of(engine, job_id)
    assert (job.state, str(job.reason).startswith("The search ended by itself")) == ("failed", True)
    assert "the child ended with -9" in str(job.traceback)


def test_a_search_stops_within_a_second_of_a_cancel_and_keeps_its_best(engine: Engine) -> None:
    planned(engine, is_hard=True)
    job_id = asked(engine, Wanted(seconds=60))
    thread, _child = searching(engine, job_id)

    with db.writing(engine) as session:
        cancel(session, session.get_one(models.Job, job_id), clock.now())
    begin = clock.seconds()
    thread.join()

    job = job_of(engine, job_id)
    assert (job.state, job.result["status"], job.result["version"]) == ("cancelled", "feasible", 1)
    assert (job.result["ended"], job.result["text"][:26]) == ("stopped", "The search was stopped; th")
    assert clock.seconds() - begin < 10  # a second on a quiet machine; this one may be busy


def test_a_worker_that_ends_takes_its_search_along_and_gives_the_job_back(engine: Engine) -> None:
    planned(engine)
    job_id = asked(engine)

    assert run(engine, job_id, is_ending=True) is Outcome.RELEASED

    assert job_of(engine, job_id).state == "queued"
    assert searching_for(os.getpid()) == []
