"""Signs for tables: a number that one reads across the hall, and who meets there when."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

from app.agendas.paper.content import Paper
from app.agendas.paper.fitting import shortened, size_of
from app.agendas.paper.letters import printable_name
from app.agendas.paper.rows import common_language, interpreting_line
from app.agendas.paper.sheets import Held, Row, Section, held_meetings
from app.agendas.paper.stamp import stamp_of
from app.agendas.queries import Agendas
from app.agendas.wording import clock, day_text
from app.languages import SPOKEN, sentences


@dataclass(frozen=True, slots=True)
class Sign:
    """What stands on a table; `size` is that of its name in points, `word` what it is in the languages of the event."""

    name: str
    size: float
    word: str
    hall: str
    days: tuple[Section, ...]


def tables_paper(agendas: Agendas, lang: str) -> Paper:
    """Return a sign for each table, also for one at which nobody meets: somebody will ask for it."""
    _ = sentences(lang).gettext
    at: dict[str, list[Held]] = defaultdict(list)
    for one in held_meetings(agendas):
        if one.entry.table is not None:
            at[one.entry.table].append(one)
    word = _word(agendas, lang)
    signs = [
        Sign(
            printable_name(table.name),
            _size(table.name),
            word if table.name.isdecimal() else "",
            table.hall or "",
            _days(at[table.name], agendas, lang),
        )
        for table in agendas.tables
    ]
    content = {
        "event": shortened(agendas.happening.name),
        "stamp": stamp_of(agendas.edition, agendas.happening.zone, lang),
        "headers": (_("Time"), _("Who meets"), "", _("Language")),
        "empty": _("No meeting is planned at this table: it is free for talks that come up."),
        "continued": _("continued"),
        "signs": signs,
    }
    return Paper(
        "tables.typ",
        _("Table signs: {event}").format(event=agendas.happening.name),
        lang,
        agendas.edition.changed_at,
        content,
        "signs",
    )


def _word(agendas: Agendas, lang: str) -> str:
    """`Table` in every language of the event that Ronde speaks, each word once."""
    spoken = [one for one in agendas.happening.languages if one in SPOKEN] or [lang]
    return " · ".join(dict.fromkeys(sentences(one).gettext("Table") for one in spoken))


def _size(name: str) -> float:
    return 190 if len(name) <= 3 else size_of(name, 150, (100, 72, 54, 40, 28, 20))


def _days(meetings: list[Held], agendas: Agendas, lang: str) -> tuple[Section, ...]:
    zone = agendas.happening.zone
    days = groupby(meetings, key=lambda one: one.entry.starts_at.astimezone(zone).date())
    return tuple(Section(day_text(day, lang), tuple(_row(one, agendas, lang) for one in held)) for day, held in days)


def _row(one: Held, agendas: Agendas, lang: str) -> Row:
    zone, entry = agendas.happening.zone, one.entry
    return (
        clock(entry.starts_at, zone),
        clock(entry.ends_at, zone),
        one.side.party.name,
        entry.own.name,
        entry.partner.name,
        entry.person.name,
        common_language(entry, lang),
        interpreting_line(entry, lang),
    )
