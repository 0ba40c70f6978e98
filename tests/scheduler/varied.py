"""Problems of middling size that use every field at once, made from a seed."""

from random import Random

from scheduler.problem import Candidate, Interpreter, Participant, Problem, Rules, Term
from tests.scheduler.builders import candidate, interpreter, participant, problem, tables

ORDERS = (
    (Term.SHORTFALL, Term.VALUE, Term.BREAKS, Term.MOVES),
    (Term.HELD, Term.IDLE, Term.MOVES),
    (Term.BREAKS, Term.VALUE),
    (Term.VALUE, Term.DELEGATE_IDLE, Term.SHORTFALL),
)


def varied(seed: int, people: int = 14, meetings: int = 40) -> Problem:
    """Two days, tables with gaps, stands, interpreters, several delegates, precedences, and sometimes rules."""
    rng = Random(seed)
    names = [f"p{k}" for k in range(people)]
    days = (rng.randint(3, 6), rng.randint(3, 6))
    times = [f"s{t + 1}" for t in range(sum(days))]
    places = rng.randint(3, 6)
    return problem(
        *_candidates(rng, names, times, places, meetings),
        slot_count=days,
        places=tables(places, t1=" ".join(rng.sample(times, 2)), t2=rng.choice(times)),
        with_=[_participant(rng, name, times, places) for name in names],
        interpreters=_interpreters(rng, times),
        rules=_rules(rng),
        objective=ORDERS[seed % len(ORDERS)],
    )


def _candidates(rng: Random, names: list[str], times: list[str], places: int, count: int) -> list[Candidate]:
    found: list[Candidate] = []
    for k in range(count):
        a, b = rng.sample(names, 2)
        found.append(
            candidate(
                f"m{k}",
                f"{a} {b}",
                rng.randint(0, 9),
                slots=" ".join(rng.sample(times, 4)) if rng.random() < 0.15 else None,
                fixed_slot=rng.choice(times) if rng.random() < 0.1 else None,
                fixed_table=f"t{rng.randint(1, places)}" if rng.random() < 0.1 else None,
                after=f"m{rng.randrange(k)}" if k and rng.random() < 0.15 else "",
                delegates=(f"{a}.1", f"{b}.1") if rng.random() < 0.15 else None,
                languages=rng.choice(["de fr", "fr es"]) if rng.random() < 0.2 else None,
                online=rng.random() < 0.1,
            )
        )
    return found


def _participant(rng: Random, name: str, times: list[str], places: int) -> Participant:
    away = [" ".join(rng.sample(times, rng.randint(0, 2))) for _ in range(rng.choice([1, 1, 2, 3]))]
    home = " ".join(f"t{k}" for k in rng.sample(range(1, places + 1), rng.choice([1, 2])))
    ceiling = rng.randint(2, 9) if rng.random() < 0.4 else None
    return participant(name, *away, floor=rng.randint(0, 3), ceiling=ceiling, home=home if rng.random() < 0.2 else "")


def _interpreters(rng: Random, times: list[str]) -> list[Interpreter]:
    return [interpreter("i1", "de fr", rng.choice(times)), interpreter("i2", "fr es"), interpreter("i3", "de fr es")]


def _rules(rng: Random) -> Rules:
    def sometimes(low: int, high: int) -> int | None:
        return rng.randint(low, high) if rng.random() < 0.4 else None

    return Rules(max_break_spread=sometimes(0, 2), max_consecutive=sometimes(1, 3), max_idle_slots=sometimes(0, 3))
