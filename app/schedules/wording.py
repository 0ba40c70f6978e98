"""What an edit would break, in sentences with the names of the event, in the organiser's language."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models
from app.languages import as_written, sentences
from app.schedules.breaches import Bar, Breach
from app.schedules.keys import key_of
from scheduler import MeetingId, Rule, SlotId


class Names:
    """The names that breaches need, read at once."""

    def __init__(self, session: Session, event: models.Event, breaches: Iterable[Breach], lang: str) -> None:
        told = list(breaches)
        self.lang = lang
        self._zone = ZoneInfo(event.time_zone)
        self._days = {slot.day for slot in event.slots}
        self._slots = {slot.id: slot for slot in event.slots}
        self._tables = {one.id: one.name for one in event.tables}
        self._interpreters = {one.id: one.name for one in event.interpreters}
        organisations = {key for one in told for meeting in one.meetings for key in _sides(meeting)}
        organisations |= {key_of(one.participant) for one in told if one.participant is not None}
        self._organisations = _organisations(session, organisations)
        self._delegates = _delegates(session, {key_of(one.delegate) for one in told if one.delegate is not None})

    def organisation(self, breach: Breach) -> str:
        return self._organisations[key_of(breach.participant)] if breach.participant is not None else ""

    def pair(self, meeting: MeetingId) -> tuple[str, str]:
        one, other = _sides(meeting)
        return self._organisations[one], self._organisations[other]

    def who(self, breach: Breach) -> str:
        """A delegate with their organisation; the organisation alone where their name is not known."""
        name = self._delegates.get(key_of(breach.delegate), "") if breach.delegate is not None else ""
        return f"{name} ({self.organisation(breach)})" if name else self.organisation(breach)

    def table(self, breach: Breach) -> str:
        return self._tables.get(key_of(breach.table), "?") if breach.table is not None else ""

    def interpreter(self, breach: Breach) -> str:
        return self._interpreters.get(key_of(breach.interpreter), "?") if breach.interpreter is not None else ""

    def language(self, code: str) -> str:
        return str(Locale(self.lang).languages.get(code, code))

    def time(self, slot: SlotId) -> str:
        """When a slot begins, as clocks show it; with the day where there are several."""
        row = self._slots[key_of(slot)]
        shown = f"{row.starts_at.astimezone(self._zone):%H:%M}"
        if len(self._days) < 2:
            return shown
        return f"{format_date(row.day, 'short', locale=as_written(self.lang))} {shown}"

    def day(self, day: str) -> str:
        row = next(slot.day for slot in self._slots.values() if slot.day.isoformat() == day)
        return format_date(row, "long", locale=as_written(self.lang))


def _sides(meeting: MeetingId) -> tuple[int, int]:
    one, other = meeting.split("-")[:2]
    return key_of(one), key_of(other)


def _organisations(session: Session, keys: set[int]) -> dict[int, str]:
    rows = session.execute(
        select(models.Organisation.id, models.Organisation.name).where(models.Organisation.id.in_(keys))
    )
    return {row.id: row.name for row in rows}


def _delegates(session: Session, keys: set[int]) -> dict[int, str]:
    rows = session.scalars(select(models.Delegate).where(models.Delegate.id.in_(keys)))
    return {row.id: row.name for row in rows}


def sentence(breach: Breach, names: Names) -> str:
    """Return what would be broken, as an organiser reads it."""
    pairs = [names.pair(meeting) for meeting in breach.meetings[:2]]
    one, other = pairs[0] if pairs else ("", "")
    return _text(breach, names.lang).format(
        one=one,
        other=other,
        earlier=" – ".join(pairs[0]) if pairs else "",
        later=" – ".join(pairs[-1]) if pairs else "",
        organisation=names.organisation(breach),
        who=names.who(breach),
        interpreter=names.interpreter(breach),
        language=names.language(breach.language) if breach.language is not None else "",
        table=names.table(breach),
        time=names.time(breach.slot) if breach.slot is not None else "",
        day=names.day(breach.day) if breach.day is not None else "",
        n=breach.count,
        limit=breach.limit,
    )


def _text(breach: Breach, lang: str) -> str:
    _ = sentences(lang).gettext
    if breach.rule is Rule.UNAVAILABLE:
        return _text_of_unavailable(breach, lang)
    if breach.rule is Rule.LANGUAGES:
        return _text_of_languages(breach, lang)
    if breach.rule is Rule.ONLINE:
        needs, takes = _("{one} and {other} need a table."), _("{one} and {other} meet online and take no table.")
        return needs if breach.table is None else takes
    return {
        Bar.REFUSED: _("{one} and {other}: one of the two does not want to meet the other."),
        Bar.GONE: _("{one} and {other}: one of the two no longer comes."),
        Bar.KINDS: _("{one} and {other}: the event does not let these kinds meet."),
        Rule.REQUIRED: _("The meeting of {one} and {other} must be held."),
        Rule.SLOTS: _("{one} and {other} may not meet at {time}."),
        Rule.FIXED_SLOT: _("{one} and {other} can only meet at {time}."),
        Rule.FIXED_TABLE: _("{one} and {other} can only meet at table {table}."),
        Rule.HOME_TABLE: _("{organisation} receives its partners at table {table}."),
        Rule.DELEGATES: _("{who} cannot attend the meeting of {one} and {other}."),
        Rule.DELEGATE_TWICE: _("{who} is in the meeting of {one} and {other} at {time} already."),
        Rule.TABLE_TWICE: _("Table {table} is taken at {time}: {one} and {other} meet there."),
        Rule.INTERPRETER_TWICE: _("{interpreter} interprets for {one} and {other} at {time} already."),
        Rule.MAX_MEETINGS: _("{organisation} would have {n} meetings; it may have {limit}."),
        Rule.AFTER: _("{later} must come after {earlier}."),
        Rule.MAX_BREAK_SPREAD: _("Somebody would have {n} breaks more than somebody else; {limit} at most."),
        Rule.MAX_CONSECUTIVE: _("{who} would have {n} meetings without a break from {time} on; {limit} at most."),
        Rule.MAX_IDLE_SLOTS: _("{organisation} would wait for {n} slots on {day}; {limit} at most."),
    }[breach.rule]


def _text_of_unavailable(breach: Breach, lang: str) -> str:
    _ = sentences(lang).gettext
    if breach.delegate is not None:
        return _("{who} is not there at {time}.")
    if breach.table is not None:
        return _("Table {table} cannot be used at {time}.")
    return _("{interpreter} cannot interpret at {time}.")


def _text_of_languages(breach: Breach, lang: str) -> str:
    _ = sentences(lang).gettext
    if breach.language is not None:
        return _("{interpreter} does not speak {language}.")
    if breach.interpreter is not None:
        return _("{one} and {other} need no interpreter.")
    return _("{one} and {other} need an interpreter.")
