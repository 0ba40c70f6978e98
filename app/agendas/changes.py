"""What has changed in an agenda since it was last told, meeting by meeting."""

from dataclasses import dataclass
from enum import StrEnum

from app.agendas.agenda import Agenda, Entry


class What(StrEnum):
    """What happened to a meeting, as its delegate sees it."""

    NEW = "new"
    CANCELLED = "cancelled"
    MOVED = "moved"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Changed:
    """A meeting that is not as it was: how it was and how it is, None where there was or is none."""

    before: Entry | None
    after: Entry | None

    @property
    def what(self) -> What:
        if self.before is None or self.after is None:
            return What.NEW if self.before is None else What.CANCELLED
        return What.OTHERS if _place(self.before) == _place(self.after) else What.MOVED


def changes_between(before: Agenda, after: Agenda) -> tuple[Changed, ...]:
    """Return the meetings that differ, in time order; meetings are known by their uid."""
    old, new = ({entry.uid: entry for entry in one.entries} for one in (before, after))
    found = [
        Changed(old.get(uid), new.get(uid))
        for uid in {**old, **new}
        if uid not in old or uid not in new or _shown(old[uid]) != _shown(new[uid])
    ]
    return tuple(sorted(found, key=_starts))


def _starts(one: Changed) -> tuple[float, str]:
    entry = one.after or one.before
    assert entry is not None, "nothing has changed"
    return entry.starts_at.timestamp(), entry.uid


def _place(entry: Entry) -> tuple[object, ...]:
    return entry.starts_at, entry.ends_at, entry.table, entry.hall


def _shown(entry: Entry) -> tuple[object, ...]:
    return (*_place(entry), entry.person.key, entry.interpreter)
