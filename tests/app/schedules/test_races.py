"""Organisers who want the same at the same moment: one gets it, the others are told; nothing is ever booked twice."""

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from os import environ
from threading import Barrier

import pytest
from sqlalchemy import Engine, select, text

from app import db, models
from tests.app.schedules.racing import AT, Ask, Ring, a_convention, address_of, met, ring, slowed, unlocked
from tests.invariants import check_all

FEW = 10
BEFORE_WRITING = r"^UPDATE meeting SET table_id"
BEFORE_FREEZING = r"^UPDATE version SET"


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


def slots_of(engine: Engine) -> list[int]:
    with db.reading(engine) as session:
        return list(session.scalars(select(models.Slot.id).order_by(models.Slot.starts_at)))


def race_for_one_place(
    engine: Engine, ring: Ring, pairs: tuple[str, str], tables: tuple[int, int], rounds: int
) -> None:
    """Two meetings are moved at once into a slot where only one of them can be, and into another one, over and over."""
    held = ring.meetings()
    rivals = [held.pop(pair) for pair in pairs]
    (third,) = held.values()
    slots = [slot for slot in slots_of(engine) if slot != third["slot"]]
    for _ in range(rounds):
        slot = next(slot for slot in slots if slot not in {one["slot"] for one in rivals})
        asked: list[Ask] = [
            ("POST", "/1/moves", {"meeting": one["id"], "slot": slot, "table": table}, str(one["etag"]))
            for one, table in zip(rivals, tables, strict=True)
        ]
        answers = ring.at_once(*asked)
        assert sorted(answer.status_code for answer in answers) == [200, 409], [answer.text for answer in answers]
        winner = next(number for number, answer in enumerate(answers) if answer.status_code == 200)
        (rivals[winner],) = answers[winner].json()["meetings"]


def check_places(engine: Engine, pairs: tuple[str, str], tables: tuple[int, int], rounds: int) -> None:
    with ring(engine) as two:
        before = check_all(address_of(engine))
        race_for_one_place(engine, two, pairs, tables, rounds)
        check_all(address_of(engine), before=before, accepted=rounds)


def test_two_who_want_one_table_at_one_time(engine: Engine) -> None:
    check_places(engine, ("A-B", "C-D"), (3, 3), FEW)


def test_two_who_want_the_same_person_at_one_time(engine: Engine) -> None:
    check_places(engine, ("A-B", "A-C"), (2, 3), FEW)


@pytest.mark.soak
def test_a_thousand_times_one_table(engine: Engine) -> None:
    check_places(engine, ("A-B", "C-D"), (3, 3), 1000)


@pytest.mark.soak
def test_a_thousand_times_the_same_person(engine: Engine) -> None:
    check_places(engine, ("A-B", "A-C"), (2, 3), 1000)


def test_without_locks_and_constraints_the_race_is_lost(postgres_engine: Engine) -> None:
    """The control: were this test to pass with them off, the others would be blind."""
    with db.writing(postgres_engine) as session:
        session.execute(text("ALTER TABLE meeting DROP CONSTRAINT uq_meeting_version_id_slot_id_table_id"))
        for table in ("meeting", "attendance"):  # what keeps published versions locks the version, too
            session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
    both_have_judged = Barrier(2)

    def careless(own: Engine) -> None:
        unlocked(own)
        met(own, BEFORE_WRITING, both_have_judged)

    with ring(postgres_engine, careless) as two:
        one, other = (two.meetings()[pair] for pair in ("A-B", "C-D"))
        slot = slots_of(postgres_engine)[2]
        answers = two.at_once(
            ("POST", "/1/moves", {"meeting": one["id"], "slot": slot, "table": 3}, str(one["etag"])),
            ("POST", "/1/moves", {"meeting": other["id"], "slot": slot, "table": 3}, str(other["etag"])),
        )

        assert [answer.status_code for answer in answers] == [200, 200], [answer.text for answer in answers]
        with pytest.raises(AssertionError, match="a table twice in a slot"):
            check_all(address_of(postgres_engine))


def race_with_publishing(engine: Engine, ring: Ring, rounds: int) -> Counter[tuple[int, int]]:
    """An edit and a publication of the same draft at once: one of them happens, whole."""
    slot, seen = slots_of(engine)[3], Counter[tuple[int, int]]()
    number = 1
    for _ in range(rounds):
        made = ring.one("POST", "", {"from": number})
        number = made.json()["number"]
        item = ring.meetings(number)["A-C"]
        edit, publication = ring.at_once(
            ("POST", f"/{number}/moves", {"meeting": item["id"], "slot": slot, "table": 2}, str(item["etag"])),
            ("POST", f"/{number}/publish", None, made.headers["etag"]),
        )
        seen[edit.status_code, publication.status_code] += 1
        told = ring.one("GET", f"/{number}?meetings=false").json()
        is_edited = told["revision"] == 1
        assert (edit.status_code, publication.status_code) in ((200, 412), (409, 200)), (edit.text, publication.text)
        assert (told["state"] == "published", is_edited) == (publication.status_code == 200, edit.status_code == 200)
        if is_edited:
            assert ring.one("POST", f"/{number}/undo", tags=ring.tag(number)).status_code == 200
    return seen


def check_publishing(engine: Engine, rounds: int) -> None:
    with ring(engine, lambda own: slowed(own, f"{BEFORE_WRITING}|{BEFORE_FREEZING}", 0.01)) as two:
        before = check_all(address_of(engine))
        race_with_publishing(engine, two, rounds)
        check_all(address_of(engine), before=before)


def test_an_edit_and_a_publication_at_once(engine: Engine) -> None:
    check_publishing(engine, 6)


@pytest.mark.soak
def test_three_hundred_edits_and_publications_at_once(engine: Engine) -> None:
    check_publishing(engine, 300)


def check_adopting(engine: Engine, rounds: int) -> None:
    """A version made from a draft is laid over it while somebody edits it: what was edited is never lost."""
    with ring(engine, lambda own: slowed(own, BEFORE_WRITING, 0.01)) as two:
        slots = slots_of(engine)
        for _ in range(rounds):
            made = two.one("POST", "", {"from": 1}).json()["number"]
            theirs = two.meetings(made)["C-D"]
            moved = two.one("POST", f"/{made}/moves", {"meeting": theirs["id"], "slot": slots[3]}, str(theirs["etag"]))
            assert moved.status_code == 200
            mine = two.meetings()["A-C"]
            edit, adoption = two.at_once(
                ("POST", "/1/moves", {"meeting": mine["id"], "slot": slots[2]}, str(mine["etag"])),
                ("POST", "/1/adopt", {"version": made}, None),
            )
            after = two.meetings()
            assert edit.status_code == 200, edit.text
            assert adoption.status_code in (200, 409), adoption.text
            assert after["A-C"]["slot"] == slots[2]
            assert (after["C-D"]["slot"] == slots[3]) == (adoption.status_code == 200)
            for _ in range(1 + (adoption.status_code == 200)):
                assert two.one("POST", "/1/undo", tags=two.tag(1)).status_code == 200
        check_all(address_of(engine))


def test_a_result_is_never_laid_over_newer_edits(engine: Engine) -> None:
    check_adopting(engine, 6)


@pytest.mark.soak
def test_three_hundred_results_and_edits_at_once(engine: Engine) -> None:
    check_adopting(engine, 300)


def check_publications(engine: Engine, rounds: int) -> None:
    with ring(engine, lambda own: slowed(own, BEFORE_FREEZING, 0.01)) as two:
        before = check_all(address_of(engine))
        number = 1
        for _ in range(rounds):
            made = two.one("POST", "", {"from": number})
            number = made.json()["number"]
            ask = ("POST", f"/{number}/publish", None, made.headers["etag"])
            answers = two.at_once(ask, ask)
            assert sorted(answer.status_code for answer in answers) == [200, 409], [one.text for one in answers]
        check_all(address_of(engine), before=before, accepted=2 * rounds)


def test_a_version_is_published_once_by_two(engine: Engine) -> None:
    check_publications(engine, FEW)


@pytest.mark.soak
def test_three_hundred_versions_are_published_once_by_two(engine: Engine) -> None:
    check_publications(engine, 300)


def check_editors(engine: Engine, seconds: float, editors: int = 20, edits_a_second: float = 5) -> Counter[int]:
    """Twenty organisers edit one draft: whatever was accepted is in the log and in the draft, and nothing is lost."""
    secret = a_convention(engine, names="ABCDEFGH", slots=8, tables=6)
    with ring(engine, secret=secret) as two:
        for pair in ((2, 3), (5, 6), (7, 8), (1, 8), (2, 7), (4, 5), (3, 6)):
            assert two.one("POST", "/1/meetings", {"organisations": list(pair)}).status_code == 201
        slots, before = slots_of(engine), check_all(address_of(engine))
        started = two.one("GET", "/1").json()["revision"]

        def edit(number: int) -> list[tuple[int, int, int, int | None]]:
            """Statuses, and of what was accepted the meeting with the revision at which it went where."""
            chance, done = random.Random(number), []
            client = two.clients[number % 2]
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                item = chance.choice(client.get(f"{AT}/1").json()["meetings"])
                body = {"meeting": item["id"], "slot": chance.choice(slots), "table": chance.randrange(1, 7)}
                time.sleep(chance.random() * 2 * editors / edits_a_second / 4)
                answer = client.post(f"{AT}/1/moves", json=body, headers={"If-Match": item["etag"]})
                revision = answer.json()["version"]["revision"] if answer.status_code == 200 else 0
                done.append((answer.status_code, revision, item["id"], body["slot"]))
            return done

        with ThreadPoolExecutor(editors) as pool:
            done = [one for each in pool.map(edit, range(editors)) for one in each]
        counts = Counter(status for status, *_ in done)
        assert set(counts) <= {200, 409, 412}, counts
        told = two.one("GET", "/1").json()
        check_all(address_of(engine), before=before, accepted=told["revision"] - started)
        last = {meeting: slot for _, revision, meeting, slot in sorted(done, key=lambda one: one[1]) if revision}
        held = {one["id"]: one["slot"] for one in told["meetings"]}
        assert {meeting: held[meeting] for meeting in last} == last
        return counts


def test_twenty_editors_lose_nothing(engine: Engine) -> None:
    counts = check_editors(engine, seconds=2)

    assert counts[200] > 0


@pytest.mark.soak
def test_twenty_editors_lose_nothing_for_long(postgres_engine: Engine) -> None:
    seconds = float(environ.get("RONDE_L5_SECONDS", "300"))

    counts = check_editors(postgres_engine, seconds)

    assert counts[200] > seconds
    assert counts[412] > 0
