"""Reading a planning that comes back: what in its first sheet was changed, row by row, and every fault by its cell."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app import models
from app.agendas.naming import ORGANISATIONS, Meant, People, Sides, plain
from app.agendas.queries import Agendas
from app.agendas.replanning import Moved
from app.agendas.stamp import PREFIX, Stamp, stamp_in
from app.agendas.wording import day_text
from app.errors import Fault, Faulty
from app.events.tables import table_named
from app.languages import SPOKEN, sentences
from app.registrations.files.importing import fault_of
from importers import Directory, ReadOptions, TimetableRow, TimetableSheet, read_workbooks


def read_planning(path: Path, lang: str) -> tuple[Stamp, TimetableSheet]:
    """Return the sheet of a planning that can be imported, and of which version it is. Raises Faulty."""
    _ = sentences(lang).gettext
    reading = read_workbooks([path], ReadOptions(headers=_headers(lang), lang=lang, stamp=PREFIX))
    faults = [fault_of(error) for error in reading.errors]
    if any(not fault.is_warning for fault in faults):
        raise Faulty(_("The planning has faults; nothing was changed."), faults)
    found = [(stamp, sheet) for sheet in reading.timetables if (stamp := stamp_in(sheet.stamp)) is not None]
    if len(found) != 1:
        text = _("This is no planning that Ronde wrote, or the hidden column by which its rows are known is missing.")
        raise Faulty(text, [Fault("not-a-planning", text)])
    return found[0]


def _headers(lang: str) -> dict[str, str]:
    """What the columns are called in every language that Ronde speaks, the reader's own last."""
    found: dict[str, str] = {}
    for one in (*(other for other in SPOKEN if other != lang), lang):
        _ = sentences(one).gettext
        found |= {_("Day"): "day", _("Start"): "start", _("Table"): "table"}
        found |= {_("Organisation A"): "organisation a", _("Organisation B"): "organisation b"}
        found |= {_("Delegate A"): "delegate a", _("Delegate B"): "delegate b"}
    return found


def moves_in(
    session: Session, version: models.Version, agendas: Agendas, sheet: TimetableSheet, lang: str
) -> list[Moved]:
    """Return what a planning changes in the version that it was written from. Raises Faulty with every fault."""
    event = session.get_one(models.Event, version.event_id)
    compared = _Compared(event, agendas, sheet, lang)
    moves = list(compared.moves(_places(session, version)))
    if compared.faults:
        raise Faulty(sentences(lang).gettext("The planning has faults; nothing was changed."), compared.faults)
    return moves


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a meeting is now, whose it is, and who attends: organisations and delegates in the same order."""

    key: str
    meeting: int
    slot: int
    table: int | None
    sides: tuple[int, int]
    delegates: tuple[int, int]


def _places(session: Session, version: models.Version) -> dict[str, _Place]:
    """Return the meetings of a version by what the planning knows them by."""
    meeting, identity = models.Meeting, models.MeetingIdentity
    one, other = aliased(models.Attendance), aliased(models.Attendance)
    rows = session.execute(
        select(
            identity.uid,
            identity.id,
            meeting.slot_id,
            meeting.table_id,
            identity.organisation_a_id,
            identity.organisation_b_id,
            one.delegate_id,
            other.delegate_id,
        )
        .join(identity, identity.id == meeting.identity_id)
        .join(one, (one.meeting_id == meeting.id) & (one.side == 0))
        .join(other, (other.meeting_id == meeting.id) & (other.side == 1))
        .where(meeting.version_id == version.id)
    )
    return {row[0]: _Place(*row[:4], (row[4], row[5]), (row[6], row[7])) for row in rows}


class _Compared:
    """A sheet beside what it was written from; faults are gathered on the way."""

    def __init__(self, event: models.Event, agendas: Agendas, sheet: TimetableSheet, lang: str) -> None:
        self.faults: list[Fault] = []
        self.event, self.sheet, self.lang = event, sheet, lang
        self.zone = ZoneInfo(event.time_zone)
        self.slots: dict[tuple[date, time], list[int]] = defaultdict(list)
        for slot in event.slots:
            if not slot.is_withdrawn:
                self.slots[self._shown(slot)].append(slot.id)
        self.times = {slot.id: self._shown(slot) for slot in event.slots}
        self.people = People(agendas, _meant(agendas))

    def _shown(self, slot: models.Slot) -> tuple[date, time]:
        local = slot.starts_at.astimezone(self.zone)
        return local.date(), local.time().replace(second=0, microsecond=0)

    def moves(self, places: Mapping[str, _Place]) -> Iterator[Moved]:
        """Yield every meeting that is elsewhere in the sheet, new, or in it no longer, in the order of the sheet."""
        lines = [_Line(row, self.people.sides(row.names)) for row in self.sheet.rows]
        found = _by_keys(lines, places)
        found |= _by_names(lines, places, found)
        line_of = {place.key: lines[at] for at, place in found.items()}
        for at, line in enumerate(lines):
            if at in found:
                yield from self._move(line, found[at])
            else:
                yield from self._addition(line, places, line_of)
        for key, place in places.items():
            if key not in line_of:
                yield Moved(place.meeting, None, None, self.sheet.sheet, None)

    def _move(self, line: "_Line", place: _Place) -> Iterator[Moved]:
        row, sides = line.row, line.sides
        slot, table = self._slot(row, place), self._table(row, place)
        one, other = (
            self._delegate(line, organisation, now)
            for organisation, now in zip(place.sides, place.delegates, strict=True)
        )
        if slot is None or (table is None and not row.is_online):
            return
        key = None if row.is_online or table is None else table.id
        asked = (one if one != place.delegates[0] else None, other if other != place.delegates[1] else None)
        if (slot, key) != (place.slot, place.table):
            cell: str | None = row.cells["start" if slot != place.slot else "table"]
            yield Moved(place.meeting, slot, key, self.sheet.sheet, cell, delegates=asked)
        elif any(asked):
            cell = sides.cell_of_attending(place.sides[0 if asked[0] else 1], row.cells)
            yield Moved(place.meeting, slot, key, self.sheet.sheet, cell, delegates=asked)

    def _addition(self, line: "_Line", places: Mapping[str, _Place], line_of: Mapping[str, "_Line"]) -> Iterator[Moved]:
        """A row that is no meeting of the planning: a new one, if it says all that is needed."""
        row, pair = line.row, line.sides.pair
        own = places.get(row.key or "")
        if own is not None and own.key not in line_of:
            one, other = (self.people.organisations[key] for key in own.sides)
            self._tell("other-names", line.sides.cell_of_stranger(own.sides, row.cells), one=one, other=other)
        elif (twice := next((line_of[key] for key in line_of if places[key].sides == pair), None)) is not None:
            self._tell("row-twice", row.address.cell, other=str(twice.row.address.cell))
        elif pair is None or pair[0] == pair[1]:
            self._tell_names(line)
        else:
            slot, table = self._slot(row, None), self._table(row, None)
            attending = self._delegate(line, pair[0], None), self._delegate(line, pair[1], None)
            if slot is not None and (table is not None or row.is_online):
                key = None if table is None else table.id
                cell = row.cells["organisation a"]
                yield Moved(None, slot, key, self.sheet.sheet, cell, pair, attending)

    def _tell_names(self, line: "_Line") -> None:
        """Tell each organisation that a row does not name, or not for sure."""
        for column, named in zip(ORGANISATIONS, line.sides.organisations, strict=True):
            cell = line.row.cells.get(column, line.row.address.cell)
            if not named.written:
                self._tell("nobody-named", cell)
            elif not named.keys:
                self._tell("unknown-organisation", cell, named.nearest, name=named.written)
            elif len(named.keys) > 1:
                names = tuple(self.people.organisations[key] for key in named.keys)
                self._tell("several-organisations", cell, names, name=named.written)
        if line.sides.pair is not None:
            self._tell("with-itself", line.row.cells["organisation b"], name=line.sides.organisations[1].written)

    def _delegate(self, line: "_Line", organisation: int, now: int | None) -> int | None:
        """Who is to attend for an organisation: who is named, else who attends now; None: whoever is free."""
        written = line.sides.attending_for(organisation)
        if not written:
            return now
        found = self.people.delegate(organisation, written, now)
        if found is None:
            cell = line.sides.cell_of_attending(organisation, line.row.cells)
            name = self.people.organisations[organisation]
            self._tell("no-such-delegate", cell, self.people.names_of(organisation), name=written, organisation=name)
        return found

    def _slot(self, row: TimetableRow, place: _Place | None) -> int | None:
        """The slot that starts then; of an hour that comes twice the one where the meeting is, else the first."""
        if row.day is None or row.start is None:
            self._tell("empty-cell", row.cells["day" if row.day is None else "start"])
            return None
        if place is not None and (row.day, row.start) == self.times[place.slot]:
            return place.slot
        if found := self.slots.get((row.day, row.start)):
            return found[0]
        day, clock = day_text(row.day, self.lang, "short"), f"{row.start:%H:%M}"
        is_other_day = row.day not in {day for day, _start in self.slots}
        self._tell("no-such-slot", row.cells["day" if is_other_day else "start"], day=day, time=clock)
        return None

    def _table(self, row: TimetableRow, place: _Place | None) -> models.Table | None:
        if row.is_online:
            return None
        if row.table is None:
            self._tell("empty-cell", row.cells["table"])
            return None
        now = next((table for table in self.event.tables if place is not None and table.id == place.table), None)
        if now is not None and plain(now.name) == plain(row.table):
            return now
        found = table_named(self.event.tables, row.table)
        if found is None:
            self._tell("no-such-table", row.cells["table"], table=row.table)
        return found

    def _tell(self, code: str, cell: str | None, candidates: tuple[str, ...] = (), /, **parts: str) -> None:
        where, said = f"{self.sheet.sheet}, {cell}", _told(code, self.lang).format(**parts)
        if candidates:
            _ = sentences(self.lang).gettext
            said += " " + _("Known are: {names}.").format(names=", ".join(f"“{one}”" for one in candidates[:5]))
        self.faults.append(Fault(code, f"{where}: {said}", self.sheet.sheet, cell, candidates=candidates[:5]))


@dataclass(frozen=True, slots=True)
class _Line:
    """A row, and who meets by its words."""

    row: TimetableRow
    sides: Sides


def _by_keys(lines: Sequence[_Line], places: Mapping[str, _Place]) -> dict[int, _Place]:
    """The meetings of the lines beside whose key those are named who meet: of each key the first line."""
    found: dict[int, _Place] = {}
    taken: set[str] = set()
    for at, line in enumerate(lines):
        place = places.get(line.row.key or "")
        if place is not None and place.key not in taken and line.sides.may_be(place.sides):
            found[at] = place
            taken.add(place.key)
    return found


def _by_names(lines: Sequence[_Line], places: Mapping[str, _Place], known: Mapping[int, _Place]) -> dict[int, _Place]:
    """The meetings of the other lines by who is named: what stands in rows changed places, their keys did not."""
    taken = {place.key for place in known.values()}
    left = {place.sides: place for place in places.values() if place.key not in taken}
    found: dict[int, _Place] = {}
    for at, line in enumerate(lines):
        if at not in known and line.sides.pair in left:
            found[at] = left.pop(line.sides.pair)
    return found


def _told(code: str, lang: str) -> str:
    """What is wrong with a cell."""
    _ = sentences(lang).gettext
    return {
        "nobody-named": _("this row is no meeting of the planning; a new meeting names both organisations."),
        "unknown-organisation": _("there is no organisation “{name}”."),
        "several-organisations": _("“{name}” may be several organisations."),
        "with-itself": _("“{name}” cannot meet itself."),
        "no-such-delegate": _("“{name}” does not come for {organisation}."),
        "row-twice": _("this row and the one at {other} are the same meeting; delete one of them."),
        "other-names": _(
            "this row is the meeting of {one} and {other}; to hold another, delete this row and add a new one."
        ),
        "empty-cell": _("this cell is empty or cannot be read."),
        "no-such-slot": _("no slot starts on {day} at {time}."),
        "no-such-table": _("there is no table “{table}”."),
    }[code]


def _meant(agendas: Agendas) -> Callable[[str], Meant]:
    """What finds names that are not written as the event has them, as in all files that are imported."""
    directory = Directory()
    for agenda in agendas.organisations:
        directory.add(agenda.party.name)

    def meant(written: str) -> Meant:
        found = directory.find(written)
        if found.name is not None:
            return Meant((found.name,))
        return Meant(found.candidates) if found.is_ambiguous else Meant((), found.candidates)

    return meant
