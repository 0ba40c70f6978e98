"""The list for the welcome desk: everybody from A to Z, when they come, and where they go first."""

from app.agendas.agenda import Agenda, Entry
from app.agendas.paper.agenda_pages import Sort, as_handed_out
from app.agendas.paper.codes import in_time_order
from app.agendas.paper.content import Paper
from app.agendas.paper.fitting import IN_A_FOOTER, in_narrow_column, shortened
from app.agendas.paper.rows import short_table
from app.agendas.paper.sheets import Row, Section
from app.agendas.paper.stamp import stamp_of
from app.agendas.queries import Agendas
from app.agendas.wording import clock, day_text, kind_name
from app.languages import sentences

LONGEST = 90
TABLE, TABLE_SIZES = 13.4, (10, 8.5, 7.5)
"""Millimetres of the column of tables, and how large their names are."""


def desk_paper(agendas: Agendas, lang: str, sort: Sort = Sort.NAME) -> Paper:
    """Return the list, one section for each initial, sorted by name or organisation."""
    speech = sentences(lang)
    _ = speech.gettext
    zone = agendas.happening.zone
    days = {entry.starts_at.astimezone(zone).date() for one in agendas.delegates for entry in one.entries}
    everybody = sorted(agendas.delegates, key=lambda one: as_handed_out(one, sort))
    sections: dict[str, list[Row]] = {}
    for one in everybody:
        sections.setdefault(_initial(one, sort), []).append(_row(one, lang, is_long=len(days) > 1))
    count = speech.ngettext("{n} person", "{n} people", len(everybody)).format(n=len(everybody))
    title = _("Welcome desk: {event}").format(event=agendas.happening.name)
    content = {
        "event": shortened(agendas.happening.name, IN_A_FOOTER),
        "stamp": stamp_of(agendas.edition, agendas.happening.zone, lang),
        "count": count,
        "headers": (
            _("Here"),
            _("Name"),
            _("Organisation"),
            _("Arrives"),
            _("First meeting"),
            _("Table"),
            _("Meetings"),
        ),
        "tables": in_narrow_column({row[5] for rows in sections.values() for row in rows}, TABLE, TABLE_SIZES),
        "sections": [Section(initial, tuple(rows)) for initial, rows in sections.items()],
        "empty": _("Nobody is registered yet."),
    }
    return Paper("desk.typ", title, lang, agendas.edition.changed_at, content, "sections")


def _initial(agenda: Agenda, sort: Sort) -> str:
    first = as_handed_out(agenda, sort)[0][0][:1]
    return first.upper() if first.isalpha() else "#"


def _row(agenda: Agenda, lang: str, *, is_long: bool) -> Row:
    zone = agenda.happening.zone
    first = next((one for one in in_time_order(agenda) if isinstance(one, Entry)), None)
    when = ""
    if first is not None:
        when = clock(first.starts_at, zone)
        if is_long:
            when = f"{day_text(first.starts_at.astimezone(zone).date(), lang, 'short')} {when}"
    return (
        shortened(agenda.person.sorted_as if agenda.person else "", LONGEST) or "–",
        shortened(agenda.party.name, LONGEST),
        kind_name(agenda.party.kind, lang),
        agenda.arrives or "",
        when,
        short_table(first, lang) if first else "",
        str(len(agenda.entries)),
    )
