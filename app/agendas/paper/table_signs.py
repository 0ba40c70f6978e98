"""Signs for tables: a number that one reads across the hall, and who meets there when."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

from app.agendas.agenda import Table
from app.agendas.paper.content import Paper
from app.agendas.paper.fitting import IN_A_FOOTER, high, shortened, size_of
from app.agendas.paper.letters import printable_name
from app.agendas.paper.rows import common_language, interpreting_line
from app.agendas.paper.sheets import Held, Row, Section, held_meetings
from app.agendas.paper.stamp import stamp_of
from app.agendas.queries import Agendas
from app.agendas.wording import clock, day_text
from app.languages import SPOKEN, sentences

PAGE, ABOVE_AND_BELOW, HALL, DAY, INSET = 263, 15, 12, 18, 2.9
"""Millimetres of a page, around the name, of a hall, of a day's heads, and of a row beside its text."""
WHEN, WHO, LANGUAGE = 17, 58, 35
BESIDE_THE_EVENT = 28
"""So many letters of a name fit in a footer between the event and the stamp."""
NUMBER_SIZES = (190.0, 150.0, 120.0, 90.0)
CAPITALS = 0.252
"""How high a capital letter is, in millimetres for each point of its size."""


@dataclass(frozen=True, slots=True)
class Sign:
    """What stands on a table; `size` is that of its name in points, `word` what it is in the languages of the event.

    `short` is the name for heads and feet.
    """

    name: str
    short: str
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
    signs = [_sign(table, word, _days(at[table.name], agendas, lang)) for table in agendas.tables]
    content = {
        "event": shortened(agendas.happening.name, IN_A_FOOTER),
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


def _sign(table: Table, word: str, days: tuple[Section, ...]) -> Sign:
    below = ABOVE_AND_BELOW + HALL * bool(table.hall) + sum(DAY + sum(map(_row_height, day.rows)) for day in days)
    is_number = table.name.isdecimal()
    size = _size(table.name, PAGE - below)
    name, word = printable_name(table.name), word if is_number else ""
    return Sign(name, f"{word} {shortened(name, BESIDE_THE_EVENT)}".strip(), size, word, table.hall or "", days)


def _size(name: str, room: float) -> float:
    """How large a name is: a short one is smaller where all its meetings then stand below it, on one page."""
    if len(name) > 3:
        return size_of(name, 150, (100, 72, 54, 40, 28, 20))
    return next((size for size in NUMBER_SIZES if size * CAPITALS <= room), NUMBER_SIZES[0])


def _row_height(row: Row) -> float:
    starts, ends, one, first, other, second, language, interpreter = row
    sides = (high(WHO, (name, 11.5), (person, 10)) for name, person in ((one, first), (other, second)))
    return INSET + max(high(WHEN, (starts, 14), (ends, 9)), high(LANGUAGE, (language, 9.5), (interpreter, 9)), *sides)


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
