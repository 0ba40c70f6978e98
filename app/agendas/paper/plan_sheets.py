"""The plan slot by slot, for the desk and the microphone: who sits where, now."""

from collections.abc import Iterable
from itertools import groupby

from app.agendas.paper.content import Paper
from app.agendas.paper.fitting import IN_A_FOOTER, high, high_in_narrow_column, in_narrow_column, shortened
from app.agendas.paper.rows import common_language, interpreting_line, short_table
from app.agendas.paper.sheets import Held, Row, Section, held_meetings
from app.agendas.paper.stamp import stamp_of
from app.agendas.queries import Agendas
from app.agendas.wording import clock, day_text
from app.languages import sentences

PAGE, TITLE, HEAD, INSET = 178, 34, 18, 2.2
"""Millimetres of a page, of what stands above the first slot, of a slot's head, and of a row beside its text."""
NAME, PERSON, LANGUAGE, TABLE = 59, 40, 39, 15
TABLE_SIZES = (14, 12, 9, 8)


def plan_paper(agendas: Agendas, lang: str) -> Paper:
    """Return all meetings, slot by slot and table by table."""
    _ = sentences(lang).gettext
    zone = agendas.happening.zone
    slots: list[Section] = []
    for starts_at, held in groupby(held_meetings(agendas), key=lambda one: one.entry.starts_at):
        meetings = list(held)
        local = starts_at.astimezone(zone)
        ends = clock(max(one.entry.ends_at for one in meetings), zone)
        heading = f"{clock(starts_at, zone)} – {ends} · {day_text(local.date(), lang)}"
        rows = tuple(_row(one, lang) for one in meetings)
        room = PAGE - (TITLE if not slots else 0)
        slots.append(Section(heading, rows, is_whole=_slot_height(rows) <= room))
    title = _("Plan slot by slot: {event}").format(event=agendas.happening.name)
    content = {
        "event": shortened(agendas.happening.name, IN_A_FOOTER),
        "stamp": stamp_of(agendas.edition, agendas.happening.zone, lang),
        "headers": (_("Table"), _("Organisation"), _("Delegate"), _("Organisation"), _("Delegate"), _("Language")),
        "empty": _("No meeting is planned yet."),
        "tables": in_narrow_column({row[0] for slot in slots for row in slot.rows}, TABLE, TABLE_SIZES),
        "slots": slots,
    }
    return Paper("plan.typ", title, lang, agendas.edition.changed_at, content, "slots")


def _slot_height(rows: Iterable[Row]) -> float:
    """How high a slot is at most, in millimetres: one that must stand on one page has to fit there."""
    return HEAD + sum(map(_row_height, rows))


def _row_height(row: Row) -> float:
    table, one, first, other, second, language = row
    names = (high(NAME, (text, 10)) for text in (one, other))
    people = (high(PERSON, (text, 10)) for text in (first, second))
    table_name = high_in_narrow_column(table, TABLE, TABLE_SIZES)
    return INSET + max(table_name, high(LANGUAGE, (language, 9)), *names, *people)


def _row(one: Held, lang: str) -> Row:
    entry = one.entry
    language = ", ".join(part for part in (common_language(entry, lang), interpreting_line(entry, lang)) if part)
    return (
        short_table(entry, lang),
        one.side.party.name,
        entry.own.name,
        entry.partner.name,
        entry.person.name,
        language,
    )
