"""Reading a planning that comes back: what in its first sheet was changed, row by row, and every fault by its cell."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models
from app.agendas.queries import Agendas
from app.agendas.replanning import Moved
from app.agendas.stamp import PREFIX, Stamp, stamp_in
from app.agendas.wording import day_text
from app.errors import Fault, Faulty
from app.events.tables import table_named
from app.languages import SPOKEN, sentences
from app.registrations.files.importing import fault_of
from importers import ReadOptions, TimetableRow, TimetableSheet, read_workbooks


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
    """Where a meeting is now."""

    meeting: int
    slot: int
    table: int | None


def _places(session: Session, version: models.Version) -> dict[str, _Place]:
    """Return the meetings of a version by what the planning knows them by."""
    meeting, identity = models.Meeting, models.MeetingIdentity
    rows = session.execute(
        select(identity.uid, identity.id, meeting.slot_id, meeting.table_id)
        .join(identity, identity.id == meeting.identity_id)
        .where(meeting.version_id == version.id)
    )
    return {row[0]: _Place(*row[1:]) for row in rows}


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
        self.names = _names_of(agendas)

    def _shown(self, slot: models.Slot) -> tuple[date, time]:
        local = slot.starts_at.astimezone(self.zone)
        return local.date(), local.time().replace(second=0, microsecond=0)

    def moves(self, places: Mapping[str, _Place]) -> Iterator[Moved]:
        """Yield every meeting that is elsewhere in the sheet, or in it no longer, in the order of the sheet."""
        seen: dict[str, TimetableRow] = {}
        for row in self.sheet.rows:
            place = places.get(row.key or "")
            if row.key is None or place is None:
                self._tell("unknown-row", row.address.cell)
            elif row.key in seen:
                self._tell("row-twice", row.address.cell, other=str(seen[row.key].address.cell))
            elif self._has_its_names(row, row.key):
                yield from self._move(row, place)
            if row.key is not None:
                seen.setdefault(row.key, row)
        for key, place in places.items():
            if key not in seen:
                yield Moved(place.meeting, None, None, self.sheet.sheet, None)

    def _has_its_names(self, row: TimetableRow, key: str) -> bool:
        """Whether those who meet are still named beside the key: rows that were overwritten are not."""
        for what, known in self.names[key].items():
            cells = [f"{what} a", f"{what} b"]
            written = [_plain(row.names[cell]) for cell in cells if row.names.get(cell)]
            left = [_plain(name) for name in known]
            for name in written:
                if name not in left:
                    at = next(row.cells[cell] for cell in cells if _plain(row.names.get(cell, "")) == name)
                    one, other = self.names[key]["organisation"]
                    self._tell("other-names", at, one=one, other=other)
                    return False
                left.remove(name)
        return True

    def _move(self, row: TimetableRow, place: _Place) -> Iterator[Moved]:
        slot, table = self._slot(row, place), self._table(row, place)
        if slot is None or (table is None and not row.is_online):
            return
        key = None if row.is_online or table is None else table.id
        if (slot, key) != (place.slot, place.table):
            cell = row.cells["start" if slot != place.slot else "table"]
            yield Moved(place.meeting, slot, key, self.sheet.sheet, cell)

    def _slot(self, row: TimetableRow, place: _Place) -> int | None:
        """The slot that starts then; of an hour that comes twice the one where the meeting is, else the first."""
        if row.day is None or row.start is None:
            self._tell("empty-cell", row.cells["day" if row.day is None else "start"])
            return None
        if (row.day, row.start) == self.times[place.slot]:
            return place.slot
        if found := self.slots.get((row.day, row.start)):
            return found[0]
        day, clock = day_text(row.day, self.lang, "short"), f"{row.start:%H:%M}"
        is_other_day = row.day != self.times[place.slot][0]
        self._tell("no-such-slot", row.cells["day" if is_other_day else "start"], day=day, time=clock)
        return None

    def _table(self, row: TimetableRow, place: _Place) -> models.Table | None:
        if row.is_online:
            return None
        if row.table is None:
            self._tell("empty-cell", row.cells["table"])
            return None
        now = next((table for table in self.event.tables if table.id == place.table), None)
        if now is not None and _plain(now.name) == _plain(row.table):
            return now
        found = table_named(self.event.tables, row.table)
        if found is None:
            self._tell("no-such-table", row.cells["table"], table=row.table)
        return found

    def _tell(self, code: str, cell: str | None, **parts: str) -> None:
        where = f"{self.sheet.sheet}, {cell}"
        self.faults.append(Fault(code, f"{where}: {_told(code, self.lang).format(**parts)}", self.sheet.sheet, cell))


def _told(code: str, lang: str) -> str:
    """What is wrong with a cell."""
    _ = sentences(lang).gettext
    return {
        "unknown-row": _("this row is no meeting of the planning; new meetings are added in the console."),
        "row-twice": _("this row and the one at {other} are the same meeting; delete one of them."),
        "other-names": _(
            "this row is the meeting of {one} and {other}; only day, start and table can be changed here."
        ),
        "empty-cell": _("this cell is empty or cannot be read."),
        "no-such-slot": _("no slot starts on {day} at {time}."),
        "no-such-table": _("there is no table “{table}”."),
    }[code]


def _names_of(agendas: Agendas) -> dict[str, dict[str, tuple[str, str]]]:
    """Who meets in each meeting: both organisations, both delegates."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for agenda in agendas.organisations:
        for entry in agenda.entries:
            found[entry.uid] = {
                "organisation": (agenda.party.name, entry.partner.name),
                "delegate": (entry.own.name, entry.person.name),
            }
    return found


def _plain(text: str) -> str:
    """A text as it is compared: spreadsheets change blanks and how letters are composed."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()
