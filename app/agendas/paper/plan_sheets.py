"""The plan slot by slot, for the desk and the microphone: who sits where, now."""

from itertools import groupby

from app.agendas.paper.content import Paper
from app.agendas.paper.fitting import shortened
from app.agendas.paper.rows import common_language, interpreting_line, short_table
from app.agendas.paper.sheets import Held, Row, Section, held_meetings
from app.agendas.paper.stamp import stamp_of
from app.agendas.queries import Agendas
from app.agendas.wording import clock, day_text
from app.languages import sentences

MOST_TOGETHER = 18
"""So many meetings of a slot surely stand on one page of two lines each."""


def plan_paper(agendas: Agendas, lang: str) -> Paper:
    """Return all meetings, slot by slot and table by table."""
    _ = sentences(lang).gettext
    zone = agendas.happening.zone
    slots = []
    for starts_at, held in groupby(held_meetings(agendas), key=lambda one: one.entry.starts_at):
        meetings = list(held)
        local = starts_at.astimezone(zone)
        ends = clock(max(one.entry.ends_at for one in meetings), zone)
        heading = f"{clock(starts_at, zone)} – {ends} · {day_text(local.date(), lang)}"
        rows = tuple(_row(one, lang) for one in meetings)
        slots.append(Section(heading, rows, is_whole=len(rows) <= MOST_TOGETHER))
    title = _("Plan slot by slot: {event}").format(event=agendas.happening.name)
    content = {
        "event": shortened(agendas.happening.name),
        "stamp": stamp_of(agendas.edition, agendas.happening.zone, lang),
        "headers": (_("Table"), _("Organisation"), _("Delegate"), _("Organisation"), _("Delegate"), _("Language")),
        "empty": _("No meeting is planned yet."),
        "slots": slots,
    }
    return Paper("plan.typ", title, lang, agendas.edition.changed_at, content, "slots")


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
