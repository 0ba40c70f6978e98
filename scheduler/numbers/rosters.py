"""Who of an organisation attends: delegates for the meetings of a day, so that each of them rests in time."""

from collections.abc import Sequence

from scheduler.numbers.pools import Pool, positions


def day_roster(
    pool: Pool, day: Sequence[Sequence[int]], first_slot: int, most: int | None
) -> list[dict[int, int]] | None:
    """For each slot of a day which delegate attends which meeting: `day` lists the meetings of a participant by slot.

    No delegate attends more than `most` meetings in neighbouring slots. In every slot those who had the fewest in a row
    go first (a basis of least weight of the transversal matroid of the slot), which is exact for delegates who are
    alike and a good guess for others: None says that this way found no roster.
    """
    streak = [0] * len(pool.free)
    roster = []
    for slot, meetings in enumerate(day, first_slot):
        attending = _least_tired(pool, meetings, slot, streak, most)
        if attending is None:
            return None
        roster.append(attending)
        busy = set(attending.values())
        streak = [count + 1 if member in busy else 0 for member, count in enumerate(streak)]
    return roster


def _least_tired(
    pool: Pool, meetings: Sequence[int], slot: int, streak: Sequence[int], most: int | None
) -> dict[int, int] | None:
    if not meetings:
        return {}
    able = [k for k in positions(pool.free_in(slot)) if most is None or streak[k] < most]
    attended: dict[int, int] = {}

    def send(member: int, seen: set[int]) -> bool:
        for meeting in meetings:
            if meeting in seen or not pool.members_for(meeting) >> member & 1:
                continue
            seen.add(meeting)
            if meeting not in attended or send(attended[meeting], seen):
                attended[meeting] = member
                return True
        return False

    for member in sorted(able, key=lambda k: streak[k]):
        send(member, set())
    return attended if len(attended) == len(meetings) else None


def rests_in_time(busy: int, slot: int, first_slot: int, length: int, most: int) -> bool:
    """Whether one delegate who is busy in these slots may also be in `slot`: no run of the day longer than `most`."""
    last_slot, run = first_slot + length - 1, 1
    left = slot - 1
    while left >= first_slot and busy >> left & 1:
        left, run = left - 1, run + 1
    right = slot + 1
    while right <= last_slot and busy >> right & 1:
        right, run = right + 1, run + 1
    return run <= most
