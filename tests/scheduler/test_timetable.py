"""Meetings find slots: by chains, by giving way, and so that nobody waits for nothing."""

from random import Random

import pytest

from scheduler.chains import closing
from scheduler.chains.closing import Aim, close_gaps
from scheduler.chains.comfort import add_what_fits, give_up_what_waits, is_easy
from scheduler.chains.gaps import WaitTable
from scheduler.chains.insertion import insert, insert_all
from scheduler.chains.kempe import chain, exchange
from scheduler.numbers.numbering import NOWHERE, numbered
from scheduler.numbers.occupancy import Occupancy
from scheduler.patience import Patience
from scheduler.problem import Problem, Rules
from scheduler.timetable import place_all
from tests.scheduler.builders import candidate, participant, problem
from tests.scheduler.varied import varied

ENDLESS = Patience(lambda: 0.0, 60.0)


def placed(of: Problem, **slots: int) -> Occupancy:
    """An occupancy in which the named meetings are in these slots."""
    occupancy = Occupancy(numbered(of))
    position = {meeting.id: k for k, meeting in enumerate(of.meetings)}
    for name, slot in slots.items():
        occupancy.place(position[name], slot)
    return occupancy


def round_robin(people: int) -> Problem:
    """Everybody meets everybody, in as many slots as that takes at least, with as many tables: a Latin square."""
    pairs = [(a, b) for a in range(people) for b in range(a)]
    meetings = [candidate(f"m{a}-{b}", f"p{a} p{b}") for a, b in pairs]
    return problem(*meetings, slot_count=people - 1, places=people // 2)


def test_a_chain_swaps_all_who_would_be_in_two_places() -> None:
    of = problem(candidate("m1", "a b"), candidate("m2", "b c"), candidate("m3", "c d"), slot_count=2)
    occupancy = placed(of, m1=0, m2=1, m3=0)
    found = chain(occupancy, 0, 1, Random(1))
    assert found is not None
    assert found.meetings == [0, 1, 2]
    assert exchange(occupancy, found)
    assert occupancy.slot_of == [1, 0, 1]
    assert occupancy.busy == [0b10, 0b11, 0b11, 0b10]


def test_a_chain_stops_where_somebody_is_not_there() -> None:
    of = problem(candidate("m1", "a b"), candidate("m2", "b c", slots="s2"), slot_count=2)
    assert chain(placed(of, m1=0, m2=1), 0, 1, Random(1)) is None


def test_a_chain_that_lacks_a_table_changes_nothing() -> None:
    of = problem(candidate("m1", "a b"), candidate("m2", "c d"), slot_count=2, places=1)
    occupancy = placed(of, m1=0, m2=1)
    found = chain(occupancy, 0, 1, Random(1))
    assert found is not None
    assert not exchange(occupancy, found)
    assert occupancy.slot_of == [0, 1]


def test_somebody_with_two_delegates_need_not_swap() -> None:
    people = [participant("b", "", "")]
    of = problem(candidate("m1", "a b"), candidate("m2", "b c"), slot_count=2, with_=people)
    found = chain(placed(of, m1=0, m2=1), 0, 1, Random(1))
    assert found is not None
    assert found.meetings == [0]


def test_a_chain_makes_room_where_no_slot_is_open() -> None:
    of = problem(candidate("m1", "a c"), candidate("m2", "b d", slots="s1 s2"), candidate("m3", "a b"), slot_count=2)
    occupancy = placed(of, m1=0, m2=1)
    assert insert(occupancy, 2, Random(1))
    assert NOWHERE not in occupancy.slot_of


@pytest.mark.parametrize("people", [6, 10, 16])
def test_everybody_meets_everybody_without_a_slot_to_spare(people: int) -> None:
    occupancy = Occupancy(numbered(round_robin(people)))
    left = insert_all(
        occupancy, place_all(occupancy, range(occupancy.numbers.meeting_count), ENDLESS), Random(1), ENDLESS
    )
    assert len(left) <= people // 8  # what is left is for the exact model


def test_order_is_kept_whoever_comes_first() -> None:
    of = problem(candidate("m1", "a b", after="m2"), candidate("m2", "c d"), slot_count=2)
    occupancy = placed(of, m2=0)
    assert occupancy.open_slots(0) == 0b10
    assert placed(of, m1=1).open_slots(1) == 0b01


def test_nobody_attends_more_in_a_row_than_allowed() -> None:
    of = problem(*(candidate(f"m{k}", f"a b{k}") for k in range(3)), slot_count=3, rules=Rules(max_consecutive=2))
    occupancy = placed(of, m0=0, m1=1)
    assert not occupancy.fits(2, 2)


def test_two_delegates_take_turns_so_that_both_rest() -> None:
    rules, people = Rules(max_consecutive=1), [participant("a", "", "")]
    of = problem(*(candidate(f"m{k}", f"a b{k}") for k in range(3)), slot_count=3, rules=rules, with_=people)
    assert placed(of, m0=0, m1=1).fits(2, 2)


def test_who_waits_too_long_gives_up_the_least_valuable_end() -> None:
    of = problem(candidate("m1", "a b", 5), candidate("m2", "a c", 1), slot_count=4, rules=Rules(max_idle_slots=1))
    occupancy = placed(of, m1=0, m2=3)
    assert give_up_what_waits(occupancy) == [1]
    assert is_easy(occupancy)


def scattered() -> Occupancy:
    """Eight people who each meet four others, in the first and the last slots of a long day."""
    meetings = [candidate(f"m{a}{b}", f"p{a} p{b}") for a in range(8) for b in range(a) if (a + b) % 2]
    occupancy = Occupancy(numbered(problem(*meetings, slot_count=12, places=4)))
    for meeting in range(len(meetings)):
        slot = max(slot for slot in range(12) if occupancy.open_slots(meeting) >> slot & 1 and slot % 3 != 1)
        occupancy.place(meeting, slot)
    return occupancy


def waiting(occupancy: Occupancy) -> int:
    table = WaitTable(occupancy.numbers.days, 1, 1)
    return sum(table.cost(busy) for busy in occupancy.busy)


@pytest.mark.parametrize("is_compiled", [False, True], ids=["plain", "as in the compiled loop"])
def test_gaps_are_closed_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch, is_compiled: bool) -> None:
    monkeypatch.setattr(closing, "IS_COMPILED", True)
    monkeypatch.setattr(closing, "WORTH_COMPILING", dict.fromkeys((False, True), 0 if is_compiled else 10**9))
    monkeypatch.setattr(closing, "LEAST_COMPILED_STEPS", dict.fromkeys((False, True), 20_000))
    monkeypatch.setattr(closing, "PLAIN_STEPS", {False: 2000, True: 2000})
    occupancy = scattered()
    held = occupancy.held()
    assert waiting(occupancy) > 8
    close_gaps(occupancy, Aim((1, 1)), Random(1), ENDLESS)
    assert waiting(occupancy) == 0
    assert occupancy.held() == held
    assert all(there <= tables for there, tables in zip(occupancy.at_table, occupancy.numbers.hall, strict=True))


@pytest.mark.parametrize("is_compiled", [False, True], ids=["plain", "as in the compiled loop"])
def test_two_who_have_two_delegates_each_meet_beside_their_other_meetings(
    monkeypatch: pytest.MonkeyPatch, is_compiled: bool
) -> None:
    monkeypatch.setattr(closing, "IS_COMPILED", True)
    monkeypatch.setattr(closing, "WORTH_COMPILING", dict.fromkeys((False, True), 0 if is_compiled else 10**9))
    monkeypatch.setattr(closing, "LEAST_COMPILED_STEPS", dict.fromkeys((False, True), 2000))
    pairs = (
        candidate("m1", "a b", slots="s1"),
        candidate("m2", "c d", slots="s1"),
        candidate("m3", "a c", slots="s1 s3"),
    )
    people = [participant(name, "", "") for name in "ac"]
    occupancy = placed(problem(*pairs, slot_count=3, places=3, with_=people), m1=0, m2=0, m3=2)
    close_gaps(occupancy, Aim((1, 1)), Random(1), ENDLESS)
    assert occupancy.slot_of == [0, 0, 0]


def test_where_nobody_waits_any_more_there_still_have_to_be_tables() -> None:
    bound = [candidate(f"m{k}", f"x{k} y{k}", slots="s2") for k in range(9)]
    pairs = (candidate("late", "a c", slots="s2 s3"), candidate("early", "a b", slots="s1"), *bound)
    of = problem(*pairs, candidate("anytime", "x9 y9"), slot_count=3, places=10)
    occupancy = placed(of, late=2, early=0, anytime=1, **{one.id: 1 for one in bound})
    close_gaps(occupancy, Aim((1, 1)), Random(1), ENDLESS)
    assert occupancy.slot_of[:2] == [1, 0]
    assert occupancy.at_table[1] == 10


def crowded(seed: int) -> Occupancy:
    """People with up to three delegates who are not always there, in meetings of which some are bound to few slots."""
    rng, times = Random(seed), [f"s{k}" for k in range(1, 15)]
    people = [
        participant(f"p{k}", *(" ".join(rng.sample(times, rng.randint(0, 3))) for _ in range(rng.choice([1, 1, 2, 3]))))
        for k in range(14)
    ]
    meetings = [
        candidate(
            f"m{k}",
            " ".join(one.id for one in rng.sample(people, 2)),
            slots=" ".join(rng.sample(times, 5)) if rng.random() < 0.2 else None,
            online=rng.random() < 0.2,
        )
        for k in range(90)
    ]
    occupancy = Occupancy(numbered(problem(*meetings, slot_count=(7, 7), places=6, with_=people)))
    insert_all(occupancy, range(len(meetings)), rng, ENDLESS)
    return occupancy


@pytest.mark.parametrize("seed", range(6))
def test_the_compiled_loop_puts_everybody_where_they_can_be(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setattr(closing, "IS_COMPILED", True)
    monkeypatch.setattr(closing, "WORTH_COMPILING", {False: 0, True: 0})
    monkeypatch.setattr(closing, "LEAST_COMPILED_STEPS", dict.fromkeys((False, True), 20_000))
    monkeypatch.setattr(closing, "COMPILED_STEPS", {False: 0, True: 0})
    occupancy = crowded(seed)
    numbers, held, before = occupancy.numbers, occupancy.held(), waiting(occupancy)
    close_gaps(occupancy, Aim((1, 1)), Random(seed), ENDLESS)
    assert occupancy.held() == held
    assert waiting(occupancy) < before
    assert all(numbers.allowed[m] >> occupancy.slot_of[m] & 1 for m in held)
    assert all(there <= tables for there, tables in zip(occupancy.at_table, numbers.hall, strict=True))
    for p in range(numbers.participant_count):
        there = [len(occupancy.users(p, slot)) for slot in range(numbers.slot_count)]
        assert all(count <= room for count, room in zip(there, numbers.pools[p].capacity, strict=True))


@pytest.mark.parametrize("seed", range(8))
def test_an_occupancy_is_as_if_placed_anew_after_whatever_happened(seed: int) -> None:
    occupancy = Occupancy(numbered(varied(seed)))
    insert_all(occupancy, place_all(occupancy, range(occupancy.numbers.meeting_count), ENDLESS), Random(seed), ENDLESS)
    close_gaps(occupancy, Aim((1, 1)), Random(seed), ENDLESS)
    anew = Occupancy(occupancy.numbers)
    for meeting in occupancy.held():
        anew.place(meeting, occupancy.slot_of[meeting])
    assert anew.busy == occupancy.busy
    assert anew.full == occupancy.full
    assert anew.at_table == occupancy.at_table
    assert anew.hall_full == occupancy.hall_full


def test_what_still_fits_is_added_where_nobody_waits_too_long_for_it() -> None:
    people = [participant("b", "s1 s2 s3"), participant("c", "s2 s3 s4")]
    of = problem(
        candidate("m1", "a b"), candidate("m2", "a c"), slot_count=4, with_=people, rules=Rules(max_idle_slots=1)
    )
    occupancy = placed(of, m1=3)
    add_what_fits(occupancy, [0, 1], ENDLESS)
    assert occupancy.slot_of == [3, NOWHERE]
    occupancy.remove(0)
    add_what_fits(occupancy, [0, 1], ENDLESS)
    assert occupancy.slot_of == [3, NOWHERE]
