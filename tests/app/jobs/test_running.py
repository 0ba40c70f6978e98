"""A job is run by one worker at a time, its result is stored once, and what goes wrong is written on it."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import Engine, delete

from app import clock, db, models
from app.config import Settings
from app.errors import Limited
from app.jobs import Kind, cancel, enqueue
from app.jobs.enqueueing import MOST_OF_EVENT
from app.jobs.running import MOST_ATTEMPTS, STALE_SECONDS, Outcome, run_job, waiting_jobs
from tests.app.jobs.kinds_for_tests import COUNTS, KINDS, WAITS
from tests.builders import NOON, an_event


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    with db.writing(any_engine) as session:
        an_event(session).venue = "0"
    return any_engine


def asked(engine: Engine, kind: Kind = COUNTS, **payload: int | str) -> int:
    with db.writing(engine) as session:
        event = session.query(models.Event).one()
        job = enqueue(
            session, kind, dict(payload), host_id=event.host_id, event_id=event.id, asked_by="organiser:1",
            now=NOON,
        )  # fmt: skip
        return job.id


def run(engine: Engine, job_id: int) -> Outcome:
    return run_job(engine, KINDS, job_id, clock.now, lambda: False, Settings())


def job_of(engine: Engine, job_id: int) -> models.Job:
    with db.reading(engine) as session:
        job = session.get_one(models.Job, job_id)
        _ = job.payload, job.traceback
        return job


def counted(engine: Engine) -> str | None:
    with db.reading(engine) as session:
        return session.query(models.Event).one().venue


def changed(engine: Engine, job_id: int, **values: object) -> None:
    with db.writing(engine) as session:
        session.get_one(models.Job, job_id).take(values)


def test_a_job_ends_with_its_result_and_keeps_nothing_that_it_needed(engine: Engine) -> None:
    job_id = asked(engine, steps=3)

    outcome = run(engine, job_id)

    job = job_of(engine, job_id)
    assert (outcome, job.state, job.result) == (Outcome.ENDED, "done", {"counted": "1"})
    assert (job.payload, job.attempt) == ({}, 1)
    assert job.finished_at is not None


def test_a_job_that_was_asked_for_in_vain_is_not_there(engine: Engine) -> None:
    with db.trying(engine) as session:
        event = session.query(models.Event).one()
        enqueue(session, COUNTS, {}, host_id=event.host_id, event_id=event.id, asked_by="organiser:1", now=NOON)

    with db.reading(engine) as session:
        assert waiting_jobs(session, KINDS, NOON) == []


def test_a_job_that_has_ended_is_not_run_again(engine: Engine) -> None:
    job_id = asked(engine)
    run(engine, job_id)

    assert run(engine, job_id) is Outcome.NOT_TAKEN
    assert counted(engine) == "1"


def test_a_job_in_the_hands_of_somebody_who_lives_is_left_to_them(engine: Engine) -> None:
    job_id = asked(engine)
    changed(engine, job_id, state="running", attempt=1, heartbeat_at=clock.now())

    assert run(engine, job_id) is Outcome.NOT_TAKEN


def test_a_job_whose_worker_is_silent_is_taken_over(engine: Engine) -> None:
    job_id = asked(engine)
    silent = clock.now() - timedelta(seconds=STALE_SECONDS + 1)
    changed(engine, job_id, state="running", attempt=1, heartbeat_at=silent)

    assert run(engine, job_id) is Outcome.ENDED
    assert (job_of(engine, job_id).attempt, counted(engine)) == (2, "1")


def test_whoever_was_believed_dead_and_comes_back_changes_nothing(engine: Engine) -> None:
    job_id = asked(engine, WAITS, steps=20)
    late: list[Outcome] = []
    slow = threading.Thread(target=lambda: late.append(run(engine, job_id)))

    slow.start()
    while job_of(engine, job_id).state != "running":
        threading.Event().wait(0.02)
    changed(engine, job_id, heartbeat_at=clock.now() - timedelta(seconds=STALE_SECONDS + 1))
    again = run(engine, job_id)
    slow.join()

    assert (again, late, counted(engine)) == (Outcome.ENDED, [Outcome.NOT_TAKEN], "1")


def test_why_a_job_failed_is_told_in_the_language_of_who_asked(engine: Engine) -> None:
    job_id = asked(engine, KINDS["refuses"], lang="fr")

    assert run(engine, job_id) is Outcome.ENDED

    assert job_of(engine, job_id).reason == "L’événement n’a pas de créneaux."


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("refuses", "The event has no slots."),
        ("has-faults", "The file has a fault."),
        ("breaks", "Something went wrong that is not your fault"),
        ("breaks-in-the-end", "Something went wrong that is not your fault"),
    ],
)
def test_what_goes_wrong_is_written_on_the_job_and_nothing_is_half_stored(
    engine: Engine, kind: str, reason: str
) -> None:
    job_id = asked(engine, KINDS[kind])

    assert run(engine, job_id) is Outcome.ENDED

    job = job_of(engine, job_id)
    assert (job.state, counted(engine)) == ("failed", "0")
    assert str(job.reason).startswith(reason)
    assert (job.traceback is not None) == kind.startswith("breaks")
    if kind == "has-faults":
        assert isinstance(job.result, dict)
        assert job.result["errors"][0]["cell"] == "B7"


def test_a_job_that_waits_is_cancelled_at_once(engine: Engine) -> None:
    job_id = asked(engine)
    with db.writing(engine) as session:
        cancel(session, session.get_one(models.Job, job_id), NOON)

    assert job_of(engine, job_id).state == "cancelled"
    assert run(engine, job_id) is Outcome.NOT_TAKEN


def test_a_job_that_runs_stops_at_a_cancel_and_keeps_what_it_has(engine: Engine) -> None:
    job_id = asked(engine, WAITS, steps=400)
    running = threading.Thread(target=run, args=(engine, job_id))
    running.start()
    while (told := job_of(engine, job_id).progress) is None:
        threading.Event().wait(0.05)

    with db.writing(engine) as session:
        cancel(session, session.get_one(models.Job, job_id), clock.now())
    running.join()

    job = job_of(engine, job_id)
    assert (job.state, counted(engine)) == ("cancelled", "1")
    assert isinstance(job.result, dict)
    assert told["steps"] <= job.result["steps"] <= told["steps"] + 100  # five seconds of its own steps


def test_a_worker_that_ends_gives_its_job_back(engine: Engine) -> None:
    job_id = asked(engine, WAITS, steps=400)

    outcome = run_job(engine, KINDS, job_id, clock.now, lambda: True, Settings())

    assert (outcome, job_of(engine, job_id).state) == (Outcome.RELEASED, "queued")
    changed(engine, job_id, payload={"steps": 1})
    assert (run(engine, job_id), counted(engine)) == (Outcome.ENDED, "1")


def test_a_job_that_never_ends_is_given_up(engine: Engine) -> None:
    job_id = asked(engine)
    changed(engine, job_id, attempt=MOST_ATTEMPTS)

    assert run(engine, job_id) is Outcome.NOT_TAKEN
    assert job_of(engine, job_id).state == "failed"


def test_an_event_that_is_deleted_takes_its_jobs_along(engine: Engine) -> None:
    job_id = asked(engine, WAITS, steps=10)
    running = threading.Thread(target=run, args=(engine, job_id))
    running.start()
    while job_of(engine, job_id).state != "running":
        threading.Event().wait(0.02)
    with db.writing(engine) as session:
        session.execute(delete(models.Event))
    running.join()

    with db.reading(engine) as session:
        assert session.query(models.Job).count() == 0


def test_who_presses_a_button_a_thousand_times_is_told_so(engine: Engine) -> None:
    for _ in range(MOST_OF_EVENT):
        asked(engine)

    with pytest.raises(Limited, match="10 jobs are waiting or running"):
        asked(engine)
