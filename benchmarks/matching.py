"""How long matching takes: 10,000 organisations, all useful pairs scored, and the top 20 of each of a hundred.

python -m benchmarks.matching [--size 10000] [--seed 1]
"""

import argparse
import random
import resource
import statistics
import time
from datetime import date

import numpy as np

from app.events.policy import Mode, Policy
from app.matching.pairing import pairs_of
from app.matching.profile import HeldLabel, Occasion, Profile, Provision, Wish
from app.matching.ranking import Roster
from app.matching.vocabulary import carried_vocabulary

KINDS = ("buyer", "local-authority", "company", "social-enterprise")
SHARES = (25, 15, 15, 45)
PLACES = {
    "FR": [f"{department:02}000" for department in range(1, 96)],
    "DE": [f"{region}111" for region in range(10, 99)],
    "BE": [f"{province}000" for province in range(1, 10)],
    "LU": ["1000", "4000"],
}
TYPES = {"FR": ("EI", "ACI", "ETTI", "AI", "EA", "ESAT", "SCOP"), "DE": ("wfbm", "inklusionsbetrieb"),
         "BE": ("ETA", "EI", "IDESS"), "LU": ("SIS", "AP", "ISE")}  # fmt: skip
DAY = Occasion(date(2019, 6, 6), (frozenset({"fr", "de"}), frozenset({"fr", "nl"})), slot_count=40)


def organisations(size: int, seed: int) -> list[Profile]:
    """Make a crowd: codes as unevenly spread as in life (Zipf), four countries, one to four offers or needs."""
    luck = random.Random(seed)
    codes = list(carried_vocabulary().codes)
    luck.shuffle(codes)
    weights = [1 / (rank + 2) for rank in range(len(codes))]
    return [_organisation(luck, number, codes, weights) for number in range(size)]


def _organisation(luck: random.Random, number: int, codes: list[str], weights: list[float]) -> Profile:
    kind = luck.choices(KINDS, SHARES)[0]
    country = luck.choices(("FR", "DE", "BE", "LU"), (50, 25, 17, 8))[0]
    own = {"FR": "fr", "DE": "de", "BE": luck.choice(("fr", "nl")), "LU": luck.choice(("fr", "de"))}[country]
    is_buying = kind in ("buyer", "local-authority")

    def some(least: int, most: int) -> tuple[Provision, ...]:
        picked = luck.choices(codes, weights, k=luck.randint(least, most))
        return tuple(Provision(code, (code,)) for code in picked)

    return Profile(
        f"o{number:05}",
        kind,
        luck.choice(TYPES[country]) if kind == "social-enterprise" else None,
        country,
        luck.choice(PLACES[country]),
        languages=frozenset({own, *luck.choices(("en", "fr", "de", own), k=1)}),
        offers=some(0, 1) if is_buying else some(1, 4),
        needs=some(1, 4) if is_buying else some(0, 1),
        labels=(HeldLabel(luck.choice(("esus", "iso-14001", "b-corp")), date(2017, 1, 1)),) * (luck.random() < 0.3),
        asks_labels=frozenset({"iso-14001"}) if luck.random() < 0.1 else frozenset(),
    )


def main() -> None:
    """Measure, and print one line for each step: what, how many, CPU seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    people = organisations(given.size, given.seed)
    policy = Policy()

    started = time.process_time()
    roster = Roster(people, policy, DAY)
    built = time.process_time()
    print(f"{given.size} organisations indexed: {built - started:.2f} s CPU")

    useful = 0
    for number in range(given.size):
        others = roster.candidates(number)
        useful += int(np.count_nonzero(roster.pair_scores(number, others[others > number]) >= policy.least_affinity))
    scored = time.process_time()
    print(f"{useful} useful pairs scored: {scored - built:.2f} s CPU")

    fresh = Roster(people, policy, DAY)
    seconds = []
    for profile in people[:: max(1, given.size // 100)]:
        begun = time.process_time()
        fresh.top(profile.organisation, 20)
        seconds.append(time.process_time() - begun)
    print(f"top 20 of one, on an index just built: median {1000 * statistics.median(seconds):.1f} ms, "
          f"slowest {1000 * max(seconds):.1f} ms CPU")  # fmt: skip

    luck = random.Random(given.seed)
    wishes = [Wish(luck.choice(people).organisation, luck.choice(people).organisation, rank=1 + turn % 10)
              for turn in range(2 * given.size)]  # fmt: skip
    for mode in (Mode.WISHES_THEN_SUGGESTIONS, Mode.AUTOMATIC):
        begun = time.process_time()
        found = pairs_of(roster, wishes, Policy(mode=mode), DAY)
        suggested = sum(pair.is_suggested for pair in found)
        print(f"{mode}: {len(found) - suggested} wished pairs, {suggested} suggested: "
              f"{time.process_time() - begun:.2f} s CPU")  # fmt: skip
    print(f"memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")


if __name__ == "__main__":
    main()
