"""The loop that closes gaps, on arrays: machine code where numba is installed (the extra `fast`), slow without.

Meetings that need more than counting keep their slots here.
"""

from math import exp

from scheduler.chains.bits import painless, wait
from scheduler.chains.chance import any_bit, below, fraction
from scheduler.chains.compiling import compiled
from scheduler.chains.floor import NOBODY, Cooling, Floor

BLOCKED = 0


@compiled
def users(floor: Floor, participant: int, slot: int) -> int:
    """How many meetings a participant has in the slot."""
    count = 0
    for lane in range(floor.lanes[participant], floor.lanes[participant + 1]):
        count += floor.seat[lane, slot] != NOBODY
    return count


@compiled
def anybody(floor: Floor, participant: int, slot: int) -> int:
    """One of the meetings that a participant has in the slot, by chance; there must be some."""
    first, last = floor.lanes[participant], floor.lanes[participant + 1]
    lane = first if last - first == 1 else first + below(floor.chance, last - first)
    while floor.seat[lane, slot] == NOBODY:
        lane = first if lane == last - 1 else lane + 1
    return int(floor.seat[lane, slot])


@compiled
def has_several(floor: Floor, participant: int) -> bool:
    """Whether a participant can have two meetings at a time."""
    return bool(floor.lanes[participant + 1] - floor.lanes[participant] > 1)


@compiled
def other_side(floor: Floor, meeting: int, participant: int) -> int:
    return int(floor.sides[meeting, 0] + floor.sides[meeting, 1] - participant)


@compiled
def follow(floor: Floor, participant: int, source: int, target: int, size: int) -> tuple[int, int, int]:
    """Adds to `chain` what the first meeting pushes out of `target` on this side, what that pushes out, and so on.

    The new size, BLOCKED where one of them cannot move; who is at the end, NOBODY where it is the first meeting again;
    and the slot from which they go. Those with several delegates are passed once, so that their meetings can be
    counted as they are.
    """
    here, there = source, target
    while True:
        lane, room = floor.lanes[participant], floor.room[participant, there]
        pushed = floor.seat[lane, there]
        if floor.lanes[participant + 1] - lane > 1:
            if floor.stamp[participant] == floor.tally[1]:
                return BLOCKED, NOBODY, here
            floor.stamp[participant] = floor.tally[1]
            pushed = anybody(floor, participant, there) if 0 < room <= users(floor, participant, there) else NOBODY
        if pushed == NOBODY:
            return size if room else BLOCKED, participant, here
        if pushed == floor.chain[0]:
            return size, NOBODY, here
        bound = floor.bound[pushed]
        if size == len(floor.chain) or (bound != NOBODY and not floor.allowed[bound, here]):
            return BLOCKED, NOBODY, here
        floor.chain[size] = pushed
        size += 1
        participant = other_side(floor, pushed, participant)
        here, there = there, here


@compiled
def with_bit(mask: int, bit: int, is_set: bool) -> int:
    return mask | (1 << bit) if is_set else mask & ~(1 << bit)


@compiled
def without_one(floor: Floor, participant: int, day: int, slot: int) -> int:
    """The mask of the participant's day if one of their meetings in the slot were not held."""
    mask = floor.busy[participant, day]
    if floor.day_of[slot] == day and users(floor, participant, slot) == 1:
        return with_bit(mask, slot - floor.first[day], False)
    return int(mask)


@compiled
def dearer_on(floor: Floor, participant: int, day: int, here: int, there: int) -> int:
    """By how much more the participant would wait on the day if one of their meetings went from here to there."""
    was, now = floor.busy[participant, day], without_one(floor, participant, day, here)
    if floor.day_of[there] == day:
        now = with_bit(now, there - floor.first[day], True)
    return wait(now, floor.weights[0], floor.weights[1]) - wait(was, floor.weights[0], floor.weights[1])


@compiled
def dearer(floor: Floor, participant: int, here: int, there: int) -> int:
    """The same over all days."""
    one, other = floor.day_of[here], floor.day_of[there]
    more = dearer_on(floor, participant, one, here, there)
    return more if one == other else more + dearer_on(floor, participant, other, here, there)


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


@compiled
def note_end(floor: Floor, participant: int, source: int, target: int) -> None:
    """Writes down when somebody at the end of a chain is busy now."""
    for slot in (source, target):
        day = floor.day_of[slot]
        is_busy = users(floor, participant, slot) > 0
        floor.busy[participant, day] = with_bit(floor.busy[participant, day], slot - floor.first[day], is_busy)
    note(floor, participant)


@compiled
def proposed(floor: Floor) -> tuple[int, int, int]:
    """A participant, mostly one who waits, a meeting of theirs, and a slot for it in which both sides are there.

    One in which that side does not wait longer for it, beside another meeting of theirs where they are several; and
    often one in which the other side does not either, or gives it another meeting's place.
    """
    if floor.tally[0] and fraction(floor.chance) < 0.9:
        participant = floor.waiting[below(floor.chance, floor.tally[0])]
    else:
        participant = below(floor.chance, len(floor.cost))
    day, into = below(floor.chance, len(floor.first)), below(floor.chance, len(floor.first))
    if floor.busy[participant, day] == 0:
        return participant, NOBODY, 0
    source = floor.first[day] + any_bit(floor.chance, floor.busy[participant, day])
    meeting = anybody(floor, participant, source)
    other = other_side(floor, meeting, participant)
    mine, theirs = without_one(floor, participant, into, source), without_one(floor, other, into, source)
    luck, length = fraction(floor.chance), floor.length[into]
    choices = floor.there[participant, into] & floor.there[other, into]
    choices &= painless(mine, length) | (mine if has_several(floor, participant) else 0)
    if luck < 0.7:
        choices &= painless(theirs, length) | theirs
    if day == into:
        choices = with_bit(choices, source - floor.first[day], False)
    if choices == 0:
        return participant, NOBODY, 0
    return participant, meeting, floor.first[into] + any_bit(floor.chance, choices)


@compiled
def start(floor: Floor) -> None:
    """Notes who waits."""
    for participant in range(len(floor.cost)):
        note(floor, participant)


@compiled
def attempt(floor: Floor, participant: int, meeting: int, target: int, fare: float, heat: float, spare: int) -> None:
    """Takes the meeting of the participant to the target with its chain, if that costs little enough for this heat."""
    source = int(floor.slot_of[meeting])
    floor.tally[1] += 1
    floor.chain[0] = meeting
    size, one, one_from = follow(floor, participant, source, target, 1)
    two, two_from = NOBODY, source
    if size != BLOCKED and one != NOBODY:
        size, two, two_from = follow(floor, other_side(floor, meeting, participant), source, target, size)
    if size == BLOCKED:
        return
    more = more_at_target(floor, size, source)
    price = fare * (crowding(floor, target, more, spare) + crowding(floor, source, -more, spare))
    if one != NOBODY:
        price += dearer(floor, one, one_from, source + target - one_from)
        price += dearer(floor, two, two_from, source + target - two_from)
    if price <= 0 or fraction(floor.chance) < exp(-price / heat):
        move(floor, size, source, target, more)
        if one != NOBODY:
            note_end(floor, one, source, target)
            note_end(floor, two, source, target)


@compiled
def close_gaps(floor: Floor, cooling: Cooling, first: int, last: int) -> None:
    """Makes the proposals `first` to `last` of the cooling."""
    for step in range(first, last):
        part = step / cooling.steps
        heat = cooling.hot + (cooling.cold - cooling.hot) * part
        fare = cooling.cheap + (cooling.dear - cooling.cheap) * part
        participant, meeting, target = proposed(floor)
        if meeting == NOBODY:
            continue
        bound = floor.bound[meeting]
        if bound == NOBODY or floor.allowed[bound, target]:
            attempt(floor, participant, meeting, target, fare, heat, int(cooling.spare * (1 - part)))
