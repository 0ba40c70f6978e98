"""Closing gaps: simulated annealing over Kempe chains, aimed at those who wait, until nobody does for nothing.

It stops after a number of steps that follows from the problem, so that it repeats itself when the time allows.
"""

from dataclasses import dataclass
from math import exp
from random import Random

import numpy as np

from scheduler.chains.compiling import IS_COMPILED
from scheduler.chains.floor import LONGEST_DAY, Cooling, Floor, floor_of
from scheduler.chains.forced import least_waits
from scheduler.chains.gaps import WaitTable
from scheduler.chains.insertion import insert_all
from scheduler.chains.kempe import Chain, chain, exchange
from scheduler.numbers.numbering import NOWHERE
from scheduler.numbers.occupancy import Occupancy
from scheduler.numbers.pools import positions
from scheduler.patience import Patience

# Below this many meetings the time to load the compiled loop is not worth it, where tables are plenty and scarce.
WORTH_COMPILING = {False: 2000, True: 400}
# Proposals for each meeting held, where tables are plenty and where they are scarce, and at most in all.
PLAIN_STEPS = {False: 120, True: 300}
COMPILED_STEPS = {False: 1600, True: 3000}
LEAST_COMPILED_STEPS = {False: 24_000_000, True: 10_000_000}  # where time is plenty it comes again and again
MOST_PLAIN_STEPS = {False: 400_000, True: 1_000_000}
MOST_COMPILED_STEPS = {False: 95_000_000, True: 190_000_000}
PLAIN_STEPS_A_SECOND = 30_000
COMPILED_STEPS_A_SECOND = 1_500_000
SCARCE = 0.9
CHEAP, DEAR = 0.2, 6.0
# So many times as long where time is plenty.
THOROUGH = 4
CHUNK = 250_000


@dataclass(frozen=True, slots=True)
class Aim:
    """What is to become less: `weights` are those of a break and of an idle slot.

    The annealing goes from the first heat to the second; a meeting more than there are tables costs `fare` times CHEAP
    at first and DEAR at last, in the same weights.
    """

    weights: tuple[int, int]
    heat: tuple[float, float] = (0.8, 0.15)
    fare: float = 1


def close_gaps(occupancy: Occupancy, aim: Aim, rng: Random, patience: Patience, *, is_thorough: bool = False) -> None:
    """Moves meetings until those who attend wait less.

    `is_thorough` takes seconds even where few meet. What is held stays the same, unless room at the tables cannot be
    found again: then everything is as before.
    """
    held, before = occupancy.held(), list(occupancy.slot_of)
    waits = WaitTable(occupancy.numbers.days, *aim.weights)
    cost = sum(waits.cost(busy) for busy in occupancy.busy)
    if not cost or not held:
        return
    least = least_waits(occupancy.numbers, aim.weights)[np.arange(len(occupancy.busy)), occupancy.held_count]
    is_compiled = _can_be_compiled(occupancy, held) and (
        is_thorough or len(held) >= WORTH_COMPILING[_is_scarce(occupancy)]
    )
    steps = _steps(occupancy, held, patience, is_compiled=is_compiled, is_thorough=is_thorough)
    spare = max(occupancy.numbers.hall, default=0) // 10
    cooling = Cooling(steps, *aim.heat, CHEAP * aim.fare, DEAR * aim.fare, spare)
    if is_compiled:
        seed = rng.randrange(1, 2**64)
        _close_compiled(occupancy, held, floor_of(occupancy, held, aim.weights, least, seed), cooling, patience)
    else:
        _Closing(occupancy, waits, least.tolist(), rng).run(cooling, patience)
    if insert_all(occupancy, _crowded_out(occupancy), rng, patience) or (
        sum(waits.cost(busy) for busy in occupancy.busy) > cost
    ):
        _restore(occupancy, before)


def _can_be_compiled(occupancy: Occupancy, held: list[int]) -> bool:
    if not IS_COMPILED or max(length for _, length in occupancy.numbers.days) > LONGEST_DAY:
        return False
    return sum(occupancy.is_intricate[m] for m in held) < len(held) // 4


def _is_scarce(occupancy: Occupancy) -> bool:
    return sum(occupancy.at_table) > SCARCE * sum(occupancy.numbers.hall)


def _steps(occupancy: Occupancy, held: list[int], patience: Patience, *, is_compiled: bool, is_thorough: bool) -> int:
    is_scarce = _is_scarce(occupancy)
    each, least, most, pace = (
        (COMPILED_STEPS, LEAST_COMPILED_STEPS[is_thorough], MOST_COMPILED_STEPS, COMPILED_STEPS_A_SECOND)
        if is_compiled
        else (PLAIN_STEPS, 0, MOST_PLAIN_STEPS, PLAIN_STEPS_A_SECOND)
    )
    wanted = min(max(least, each[is_scarce] * len(held) * (THOROUGH if is_thorough else 1)), most[is_scarce])
    return max(1, min(wanted, int(patience.seconds_left() * pace)))


def _close_compiled(occupancy: Occupancy, held: list[int], floor: Floor, cooling: Cooling, patience: Patience) -> None:
    from scheduler.chains import compiled  # loading it takes a second, which small problems do not have

    compiled.start(floor)
    for first in range(0, cooling.steps, CHUNK):
        if patience.is_over or _is_done(floor):
            break
        compiled.close_gaps(floor, cooling, first, min(first + CHUNK, cooling.steps))
    slots = list(occupancy.slot_of)
    for meeting, slot in zip(held, floor.slot_of.tolist(), strict=True):
        slots[meeting] = slot
    _restore(occupancy, slots)


def _is_done(floor: Floor) -> bool:
    return not floor.tally[0] and bool(np.all(floor.at_table <= floor.hall))


def _restore(occupancy: Occupancy, slots: list[int]) -> None:
    """Makes every meeting be where this says."""
    moved = [m for m, slot in enumerate(occupancy.slot_of) if slot != slots[m]]
    for meeting in moved:
        if occupancy.slot_of[meeting] != NOWHERE:
            occupancy.remove(meeting)
    for meeting in moved:
        if slots[meeting] != NOWHERE:
            occupancy.place(meeting, slots[meeting])


def _crowded_out(occupancy: Occupancy) -> list[int]:
    """Takes out as many meetings of a slot as it has too few tables for, and returns them."""
    numbers, out = occupancy.numbers, []
    excess = [max(0, there - room) for there, room in zip(occupancy.at_table, numbers.hall, strict=True)]
    if any(excess):
        for meeting in occupancy.held():
            slot = occupancy.slot_of[meeting]
            if excess[slot] and numbers.physical[meeting] and not occupancy.is_intricate[meeting]:
                excess[slot] -= 1
                occupancy.remove(meeting)
                out.append(meeting)
    return out


class _Closing:
    """`waiting` are the participants who wait more than is their least, `place_of` where they stand in it."""

    def __init__(self, occupancy: Occupancy, waits: WaitTable, least: list[int], rng: Random) -> None:
        self.occupancy = occupancy
        self.waits = waits
        self.rng = rng
        self.cost = [waits.cost(busy) for busy in occupancy.busy]
        self.least = least
        self.waiting = [p for p, cost in enumerate(self.cost) if cost > least[p]]
        self.place_of = {p: k for k, p in enumerate(self.waiting)}

    def run(self, cooling: Cooling, patience: Patience) -> None:
        for step in range(cooling.steps):
            if (not self.waiting and not self._lacks_tables()) or (step & 255 == 0 and patience.is_over):
                return
            part = step / cooling.steps
            found = self._proposed()
            if found is None:
                continue
            fare = cooling.cheap + (cooling.dear - cooling.cheap) * part
            heat = cooling.hot + (cooling.cold - cooling.hot) * part
            price = fare * self._crowding(found) + self._dearer(found)
            if price > 0 and self.rng.random() >= exp(-price / heat):
                continue
            if exchange(self.occupancy, found, int(cooling.spare * (1 - part))):
                self._note(found)

    def _lacks_tables(self) -> bool:
        occupancy = self.occupancy
        return any(there > room for there, room in zip(occupancy.at_table, occupancy.numbers.hall, strict=True))

    def _any(self, choices: list[int]) -> int:
        return choices[int(self.rng.random() * len(choices))]

    def _proposed(self) -> Chain | None:
        """A chain for a meeting, mostly of somebody who waits, to where that side does not wait longer for it.

        That may be beside another meeting of theirs where they are several.
        """
        occupancy, rng = self.occupancy, self.rng
        is_aimed = rng.random() < 0.8 and bool(self.waiting)
        participant = self._any(self.waiting) if is_aimed else int(rng.random() * len(self.cost))
        busy = occupancy.busy[participant]
        if not busy:
            return None
        source = self._any(positions(busy))
        users = occupancy.users(participant, source)
        meeting = self._any(users)
        rest = busy & ~(1 << source) if len(users) == 1 else busy
        beside = 0 if occupancy.is_single[participant] else rest
        free = occupancy.numbers.allowed[meeting] & (~rest | beside) & ~(1 << source)
        if rng.random() < 0.9:
            free &= self.waits.painless(rest, int(rng.random() * len(self.waits.days))) | beside
        return chain(occupancy, meeting, self._any(positions(free)), rng) if free else None

    def _dearer(self, found: Chain) -> int:
        return sum(self.waits.cost(mask) - self.cost[p] for p, mask in found.busy.items())

    def _crowding(self, found: Chain) -> int:
        """How many more meetings than tables there would be."""
        if not len(found.meetings) & 1:
            return 0
        hall, at = self.occupancy.numbers.hall, self.occupancy.at_table
        return (at[found.target] >= hall[found.target]) - (at[found.source] > hall[found.source])

    def _note(self, found: Chain) -> None:
        for participant, mask in found.busy.items():
            was, cost = self.cost[participant], self.waits.cost(mask)
            self.cost[participant] = cost
            is_waiting, was_waiting = cost > self.least[participant], was > self.least[participant]
            if is_waiting and not was_waiting:
                self.place_of[participant] = len(self.waiting)
                self.waiting.append(participant)
            elif was_waiting and not is_waiting:
                place, last = self.place_of.pop(participant), self.waiting.pop()
                if last != participant:
                    self.waiting[place] = last
                    self.place_of[last] = place
