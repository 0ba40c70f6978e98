"""Interpreters' sheets: where each of them is needed, between whom and which languages."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

from app.agendas.agenda import Entry, Interpreter, Person
from app.agendas.paper.content import Paper
from app.agendas.paper.fitting import in_narrow_column, shortened, size_of
from app.agendas.paper.letters import printable_name
from app.agendas.paper.rows import short_table
from app.agendas.paper.sheets import Held, Row, Section, held_meetings
from app.agendas.paper.stamp import stamp_of
from app.agendas.queries import Agendas
from app.agendas.wording import clock, day_text, language_names
from app.languages import SPOKEN, sentences

TABLE = 16
"""Millimetres of the column of tables."""


@dataclass(frozen=True, slots=True)
class InterpreterSheet:
    """What one interpreter gets."""

    lang: str
    name: str
    short: str
    size: float
    languages: str
    days: tuple[Section, ...]
    count: str
    stamp: str


def interpreters_paper(agendas: Agendas, lang: str) -> Paper:
    """Return a sheet for each interpreter, also without meetings, in the first language of theirs that Ronde speaks."""
    _ = sentences(lang).gettext
    needed: dict[str | None, list[Held]] = defaultdict(list)
    for one in held_meetings(agendas):
        needed[one.entry.interpreter].append(one)
    sheets = [_sheet(one, needed[one.name], agendas, lang) for one in agendas.interpreters]
    title = _("Interpreters’ sheets: {event}").format(event=agendas.happening.name)
    content = {
        "event": agendas.happening.name,
        "event_in_short": shortened(agendas.happening.name),
        "venue": agendas.happening.venue or "",
        "empty": _("This event has no interpreters."),
        "words": {sheet.lang: _words(sheet.lang) for sheet in sheets},
        "tables": in_narrow_column({row[2] for sheet in sheets for day in sheet.days for row in day.rows}, TABLE),
        "sheets": sheets,
    }
    return Paper("interpreters.typ", title, lang, agendas.edition.changed_at, content, "sheets")


def _sheet(interpreter: Interpreter, meetings: list[Held], agendas: Agendas, lang: str) -> InterpreterSheet:
    reads = next((one for one in interpreter.languages if one in SPOKEN), lang)
    zone = agendas.happening.zone
    days = groupby(meetings, key=lambda one: one.entry.starts_at.astimezone(zone).date())
    count = sentences(reads).ngettext("{n} meeting", "{n} meetings", len(meetings)).format(n=len(meetings))
    return InterpreterSheet(
        reads,
        printable_name(interpreter.name),
        shortened(interpreter.name),
        size_of(interpreter.name, 150, (32, 26, 22, 18, 14, 11)),
        language_names(interpreter.languages, reads),
        tuple(Section(day_text(day, reads), tuple(_row(one, agendas, reads) for one in held)) for day, held in days),
        count,
        stamp_of(agendas.edition, agendas.happening.zone, reads),
    )


def _row(one: Held, agendas: Agendas, lang: str) -> Row:
    zone, entry = agendas.happening.zone, one.entry
    return (
        clock(entry.starts_at, zone),
        clock(entry.ends_at, zone),
        short_table(entry, lang),
        one.side.party.name,
        entry.own.name,
        _speaks(entry.own, entry, lang),
        entry.partner.name,
        entry.person.name,
        _speaks(entry.person, entry, lang),
    )


def _speaks(person: Person, entry: Entry, lang: str) -> str:
    """Which of the languages that are interpreted somebody speaks."""
    return language_names((code for code in entry.languages or () if code in person.languages), lang)


def _words(lang: str) -> dict[str, str]:
    _ = sentences(lang).gettext
    return {
        "time": _("Time"),
        "table": _("Table"),
        "one": _("One side"),
        "other": _("The other side"),
        "continued": _("continued"),
        "empty": _(
            "Nobody needs you for a planned meeting yet. Please stay near the welcome desk, in case somebody asks."
        ),
    }
