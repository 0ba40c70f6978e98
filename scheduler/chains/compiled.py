"""The loop that closes gaps, on arrays: machine code where numba is installed (the extra `fast`), slow without.

Meetings that need more than counting keep their slots here.
"""

from math import exp

import numpy as np

from scheduler.chains.bits import any_bit, compiled, painless, wait
from scheduler.chains.floor import NOBODY, Cooling, Floor


@compiled
def users(floor: Floor, participant: int, slot: int) -> int:
    """How many meetings a participant has in the slot."""
    count = 0
    for lane in range(floor.lanes[participant], floor.lanes[participant + 1]):
        count += floor.seat[lane, slot] != NOBODY
    return count


@compiled
def users_then(floor: Floor, participant: int, slot: int, other: int, stamp: int) -> int:
    """How many meetings a participant will have in the slot once the marked meetings of both slots have swapped."""
    count = 0
    for lane in range(floor.lanes[participant], floor.lanes[participant + 1]):
        here, there = floor.seat[lane, slot], floor.seat[lane, other]
        count += here != NOBODY and floor.meeting_stamp[here] != stamp
        count += there != NOBODY and floor.meeting_stamp[there] == stamp
    return count


@compiled
def staying(floor: Floor, participant: int, slot: int, stamp: int) -> int:
    """A meeting of the participant in the slot that is not marked; NOBODY where there is none."""
    for lane in range(floor.lanes[participant], floor.lanes[participant + 1]):
        meeting = floor.seat[lane, slot]
        if meeting != NOBODY and floor.meeting_stamp[meeting] != stamp:
            return int(meeting)
    return NOBODY


@compiled
def gather(floor: Floor, meeting: int, target: int, stamp: int) -> int:
    """Puts into `chain` all that must swap slots with the meeting; how many, or 0 where one of them cannot."""
    source, size, followed = floor.slot_of[meeting], 1, 0
    if not floor.allowed[meeting, target]:
        return 0
    floor.chain[0] = meeting
    floor.meeting_stamp[meeting] = stamp
    while followed < size:
        mover = floor.chain[followed]
        followed += 1
        here = floor.slot_of[mover]
        there = source + target - here
        for side in range(2):
            participant = floor.sides[mover, side]
            if users_then(floor, participant, there, here, stamp) <= floor.room[participant, there]:
                continue
            pushed = staying(floor, participant, there, stamp)
            if pushed == NOBODY or size == len(floor.chain) or not floor.allowed[pushed, here]:
                return 0
            floor.meeting_stamp[pushed] = stamp
            floor.chain[size] = pushed
            size += 1
    return size


@compiled
def with_bit(mask: int, bit: int, is_set: bool) -> int:
    return mask | (1 << bit) if is_set else mask & ~(1 << bit)


@compiled
def busy_then(floor: Floor, participant: int, day: int, source: int, target: int, stamp: int) -> int:
    """The mask of the participant's day once the chain has moved."""
    mask = floor.busy[participant, day]
    for slot, other in ((source, target), (target, source)):
        if floor.day_of[slot] == day:
            count = users_then(floor, participant, slot, other, stamp)
            mask = with_bit(mask, slot - floor.first[day], count > 0)
    return int(mask)


@compiled
def dearer_on(floor: Floor, participant: int, day: int, source: int, target: int, stamp: int) -> int:
    """By how much more the participant would wait on the day once the chain has moved."""
    mask, was = busy_then(floor, participant, day, source, target, stamp), floor.busy[participant, day]
    if mask == was:
        return 0
    return wait(mask, floor.weights[0], floor.weights[1]) - wait(was, floor.weights[0], floor.weights[1])


@compiled
def dearer(floor: Floor, size: int, source: int, target: int, stamp: int) -> int:
    """By how much more the participants of the chain would wait, each counted once."""
    more = 0
    one, other = floor.day_of[source], floor.day_of[target]
    for k in range(size):
        for side in range(2):
            participant = floor.sides[floor.chain[k], side]
            if floor.participant_stamp[participant] != stamp:
                floor.participant_stamp[participant] = stamp
                more += dearer_on(floor, participant, one, source, target, stamp)
                if other != one:
                    more += dearer_on(floor, participant, other, source, target, stamp)
    return more


@compiled
def more_at_target(floor: Floor, size: int, source: int) -> int:
    """How many more meetings will need a table in the target once the chain has moved."""
    more = 0
    for k in range(size):
        meeting = floor.chain[k]
        if floor.is_physical[meeting]:
            more += 1 if floor.slot_of[meeting] == source else -1
    return more


@compiled
def crowding(floor: Floor, slot: int, more: int, spare: int) -> int:
    """How many more meetings than tables there will be in the slot, beyond those already; a lot beyond `spare`."""
    was, now = floor.at_table[slot] - floor.hall[slot], floor.at_table[slot] + more - floor.hall[slot]
    if more > 0 and now > spare:
        return 1_000_000
    return int(max(0, now) - max(0, was))


@compiled
def put(floor: Floor, meeting: int, slot: int, was: int, now: int) -> None:
    """Replaces `was` by `now` in a lane of both sides of the meeting."""
    for side in range(2):
        participant = floor.sides[meeting, side]
        for lane in range(floor.lanes[participant], floor.lanes[participant + 1]):
            if floor.seat[lane, slot] == was:
                floor.seat[lane, slot] = now
                break


@compiled
def note(floor: Floor, participant: int) -> None:
    """Writes down what the participant waits now."""
    cost = 0
    for day in range(len(floor.first)):
        cost += wait(floor.busy[participant, day], floor.weights[0], floor.weights[1])
    was_waiting = floor.cost[participant] > floor.least[participant]
    floor.cost[participant] = cost
    is_waiting = cost > floor.least[participant]
    if is_waiting and not was_waiting:
        floor.place[participant] = floor.tally[0]
        floor.waiting[floor.tally[0]] = participant
        floor.tally[0] += 1
    elif was_waiting and not is_waiting:
        floor.tally[0] -= 1
        last = floor.waiting[floor.tally[0]]
        floor.waiting[floor.place[participant]] = last
        floor.place[last] = floor.place[participant]


@compiled
def move(floor: Floor, size: int, source: int, target: int, more: int) -> None:
    """Swaps the slots of the whole chain."""
    for k in range(size):
        meeting = floor.chain[k]
        put(floor, meeting, floor.slot_of[meeting], meeting, NOBODY)
    for k in range(size):
        meeting = floor.chain[k]
        floor.slot_of[meeting] = source + target - floor.slot_of[meeting]
        put(floor, meeting, floor.slot_of[meeting], NOBODY, meeting)
    floor.at_table[target] += more
    floor.at_table[source] -= more
    for k in range(size):
        for side in range(2):
            participant = floor.sides[floor.chain[k], side]
            for slot in (source, target):
                day = floor.day_of[slot]
                bit = slot - floor.first[day]
                floor.busy[participant, day] = with_bit(
                    floor.busy[participant, day], bit, users(floor, participant, slot) > 0
                )
            note(floor, participant)


@compiled
def proposed(floor: Floor, aim: float, bias: float) -> tuple[int, int]:
    """A meeting and a slot for it: of somebody who waits, mostly, and where nobody of that side waits longer for it."""
    if floor.tally[0] and np.random.random() < aim:
        participant = floor.waiting[np.random.randint(floor.tally[0])]
    else:
        participant = np.random.randint(len(floor.cost))
    day = np.random.randint(len(floor.first))
    if floor.busy[participant, day] == 0:
        return NOBODY, 0
    bit = any_bit(floor.busy[participant, day])
    source = floor.first[day] + bit
    lane = floor.lanes[participant]
    while floor.seat[lane, source] == NOBODY:
        lane += 1
    into = np.random.randint(len(floor.first))
    rest = floor.busy[participant, into]
    if into == day and users(floor, participant, source) == 1:
        rest = with_bit(rest, bit, False)
    every = (1 << floor.length[into]) - 1
    choices = painless(rest, floor.length[into]) if np.random.random() < bias else every & ~rest
    if into == day:
        choices = with_bit(choices, bit, False)
    if choices == 0:
        return NOBODY, 0
    return floor.seat[lane, source], floor.first[into] + any_bit(choices)


@compiled
def start(floor: Floor, seed: int) -> None:
    """Notes who waits, and seeds the compiled code's own source of chance."""
    np.random.seed(seed)
    for participant in range(len(floor.cost)):
        note(floor, participant)


@compiled
def close_gaps(floor: Floor, cooling: Cooling, first: int, last: int) -> None:
    """Makes the proposals `first` to `last` of the cooling."""
    for step in range(first, last):
        part = step / cooling.steps
        heat = cooling.hot + (cooling.cold - cooling.hot) * part
        fare = cooling.cheap + (cooling.dear - cooling.cheap) * part
        spare = int(cooling.spare * (1 - part))
        meeting, target = proposed(floor, 0.8, 0.9)
        if meeting == NOBODY:
            continue
        source = floor.slot_of[meeting]
        floor.tally[1] += 1
        stamp = floor.tally[1]
        size = gather(floor, meeting, target, stamp)
        if size == 0:
            continue
        more = more_at_target(floor, size, source)
        price = fare * (crowding(floor, target, more, spare) + crowding(floor, source, -more, spare))
        price += dearer(floor, size, source, target, stamp)
        if price <= 0 or np.random.random() < exp(-price / heat):
            move(floor, size, source, target, more)
