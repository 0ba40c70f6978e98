"""Where each meeting is held and who attends: slot after slot, so that delegates stay at their tables."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from scheduler.numbers.numbering import Numbered
from scheduler.numbers.occupancy import Occupancy
from scheduler.numbers.pools import matched, positions
from scheduler.numbers.rosters import day_roster
from scheduler.schedule import Meeting, Schedule


def seated(
    occupancy: Occupancy, tables: Mapping[int, int] | None = None, rows: Mapping[int, Meeting] | None = None
) -> Schedule:
    """Tables, delegates and interpreters for every meeting that has a slot.

    `tables` are to be kept where that can be. `rows`, in which nobody is twice at a time, stay as they were, except
    those that stand in the way of what is new.
    """
    numbers = occupancy.numbers
    by_slot: list[list[int]] = [[] for _ in range(numbers.slot_count)]
    for meeting in occupancy.held():
        by_slot[occupancy.slot_of[meeting]].append(meeting)
    hall = _Hall(numbers, tables or {})
    known = rows if rows and numbers.problem.rules.max_consecutive is None else {}
    rostered = _rostered(occupancy)
    for first, length in numbers.days:
        hall.forget()
        for slot in range(first, first + length):
            new = _new(occupancy, slot, by_slot[slot], known)
            rest = [m for m in by_slot[slot] if m not in new]
            if rest and not hall.has_room(slot, new, rest):
                new, rest = dict.fromkeys(by_slot[slot]), []
            if new:
                hall.seat(slot, list(new), rest, rostered)
    return hall.schedule(occupancy, known)


def _new(occupancy: Occupancy, slot: int, meetings: list[int], known: Mapping[int, Meeting]) -> dict[int, None]:
    """The meetings of a slot without rows, and those for which one of their people could be needed elsewhere then."""
    new, wanted = dict.fromkeys(m for m in meetings if m not in known), occupancy.numbers.demands.interpreters
    if wanted and any(m in wanted for m in new):
        new.update(dict.fromkeys(m for m in meetings if m in wanted))
    waiting = list(new)
    while waiting and len(new) < len(meetings):
        for participant in occupancy.numbers.sides[waiting.pop()]:
            more = [m for m in occupancy.users(participant, slot) if m not in new]
            new.update(dict.fromkeys(more))
            waiting += more
    return new


def _rostered(occupancy: Occupancy) -> dict[tuple[int, int], int]:
    """(participant, meeting) → delegate, where rest rules decide who attends."""
    numbers, rostered = occupancy.numbers, dict[tuple[int, int], int]()
    most = numbers.problem.rules.max_consecutive
    if most is None:
        return rostered
    for participant in range(numbers.participant_count):
        for first, length in numbers.days:
            day = [occupancy.users(participant, slot) for slot in range(first, first + length)]
            for attending in day_roster(numbers.pools[participant], day, first, most) or ():
                rostered.update({(participant, meeting): member for meeting, member in attending.items()})
    return rostered


class _Hall:
    """The tables of a day and where each delegate sat last."""

    def __init__(self, numbers: Numbered, kept: Mapping[int, int]) -> None:
        self.numbers = numbers
        self.kept = kept
        self.last: list[dict[int, int]] = [{} for _ in range(numbers.participant_count)]
        self.table_of: dict[int, int] = {}
        self.attends: dict[tuple[int, int], int] = {}
        self.interpreter_of: dict[int, int] = {}

    def forget(self) -> None:
        """A new day: nobody has sat anywhere."""
        for last in self.last:
            last.clear()

    def has_room(self, slot: int, new: Iterable[int], rest: Iterable[int]) -> bool:
        """Whether the new meetings find tables of their own beside the rest of the slot, who stay where they are."""
        own = self.numbers.demands.tables
        choices = {m: own[m] for m in new if m in own}
        if not choices:
            return True
        left = self._free(slot) & ~self._taken(rest)
        return matched({m: choice & left for m, choice in choices.items()}) is not None

    def _free(self, slot: int) -> int:
        return sum(1 << k for k, mask in enumerate(self.numbers.table_free) if mask >> slot & 1)

    def _taken(self, meetings: Iterable[int]) -> int:
        return _mask(self.kept[m] for m in meetings if m in self.kept)

    def seat(self, slot: int, meetings: list[int], rest: Iterable[int], rostered: dict[tuple[int, int], int]) -> None:
        """Seats the meetings beside the rest of the slot, who stay where they are."""
        numbers = self.numbers
        free = self._free(slot) & ~self._taken(rest)
        interpreters = sum(1 << k for k, mask in enumerate(numbers.interpreter_free) if mask >> slot & 1)
        wishes = {m: self._wished(m) for m in meetings if numbers.physical[m]}
        kept = {m: self.kept[m] for m in wishes if m in self.kept}
        self.table_of.update(_tables(numbers, wishes, free, kept))
        wanted = numbers.demands.interpreters
        self.interpreter_of.update(matched({m: wanted[m] & interpreters for m in meetings if m in wanted}) or {})
        self._send(slot, meetings, rostered)

    def _wished(self, meeting: int) -> list[int]:
        """The last tables of both sides' delegates, those that both had first."""
        a, b = self.numbers.sides[meeting]
        mine, theirs = set(self.last[a].values()), set(self.last[b].values())
        return sorted(mine & theirs) + sorted(mine ^ theirs)

    def _send(self, slot: int, meetings: list[int], rostered: dict[tuple[int, int], int]) -> None:
        of_participant = defaultdict[int, list[int]](list)
        for meeting in meetings:
            for participant in self.numbers.sides[meeting]:
                of_participant[participant].append(meeting)
        for participant, theirs in of_participant.items():
            if (participant, theirs[0]) in rostered:
                sent = {m: rostered[participant, m] for m in theirs}
            else:
                sent = self._delegates(participant, theirs, slot)
            for meeting, member in sent.items():
                self.attends[participant, meeting] = member
                if meeting in self.table_of:
                    self.last[participant][member] = self.table_of[meeting]

    def _delegates(self, participant: int, meetings: list[int], slot: int) -> dict[int, int]:
        """A delegate for each meeting of a slot: those who can stay at their table, then those who did not sit yet."""
        pool, last = self.numbers.pools[participant], self.last[participant]
        free = pool.free_in(slot)
        choices = {m: pool.members_for(m) & free for m in meetings}
        if len(pool.free) == 1:
            return dict.fromkeys(meetings, 0)
        fresh = free & ~sum(1 << member for member in last)
        for meeting in meetings:
            staying = sum(1 << k for k, table in last.items() if table == self.table_of.get(meeting))
            for better in (choices[meeting] & staying, choices[meeting] & fresh):
                if better and matched(choices | {meeting: better}) is not None:
                    choices[meeting] = better
                    break
        return matched(choices) or {}

    def schedule(self, occupancy: Occupancy, known: Mapping[int, Meeting]) -> Schedule:
        problem, rows = self.numbers.problem, []
        for meeting in occupancy.held():
            if meeting in known and (self.numbers.sides[meeting][0], meeting) not in self.attends:
                rows.append(known[meeting])
                continue
            a, b = self.numbers.sides[meeting]
            who = (
                problem.participants[a].delegates[self.attends[a, meeting]].id,
                problem.participants[b].delegates[self.attends[b, meeting]].id,
            )
            table, interpreter = self.table_of.get(meeting), self.interpreter_of.get(meeting)
            rows.append(
                Meeting(
                    id=problem.meetings[meeting].id,
                    slot=problem.slots[occupancy.slot_of[meeting]].id,
                    table=None if table is None else problem.tables[table].id,
                    delegates=who,
                    interpreter=None if interpreter is None else problem.interpreters[interpreter].id,
                )
            )
        return Schedule(tuple(rows))


def _tables(numbers: Numbered, wishes: dict[int, list[int]], free: int, kept: dict[int, int]) -> dict[int, int]:
    """Tables for the meetings of a slot: kept and own tables first, then as many wished ones as can be, then any."""
    own = {m: numbers.demands.tables[m] & free for m in wishes if m in numbers.demands.tables}
    left = free & ~_mask(kept.values())
    owned = matched({m: choice & left for m, choice in own.items() if m not in kept})
    if owned is None:  # somebody sits at a table that belongs to a new meeting, and has to give way
        return _tables(numbers, {m: [kept[m]] if m in kept else tables for m, tables in wishes.items()}, free, {})
    table_of = kept | owned
    left &= ~_mask(owned.values())
    others = [m for m in wishes if m not in table_of]
    wished = {m: [table for table in wishes[m] if left >> table & 1] for m in others}
    given = matched_mostly(wished)
    table_of.update(given)
    spare = positions(left & ~_mask(given.values()))
    table_of.update(zip((m for m in others if m not in given), spare, strict=False))
    return table_of


def _mask(tables: Iterable[int]) -> int:
    return sum(1 << table for table in tables)


def matched_mostly(wished: dict[int, list[int]]) -> dict[int, int]:
    """As many keys as possible with one of what they wish for, no thing given twice (augmenting paths)."""
    owner: dict[int, int] = {}

    def give(key: int, seen: set[int]) -> bool:
        for thing in wished[key]:
            if thing in seen:
                continue
            seen.add(thing)
            if thing not in owner or give(owner[thing], seen):
                owner[thing] = key
                return True
        return False

    for key in wished:
        give(key, set())
    return {key: thing for thing, key in owner.items()}
