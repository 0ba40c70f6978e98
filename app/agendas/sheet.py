"""The planning as sheets: slots and tables, organisations, delegates, wishes not met, statistics, suggestions."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from app.agendas.agenda import Agenda, Entry, Origin
from app.agendas.book import Link, Page, Value
from app.agendas.figures import Figures, figure_lines
from app.agendas.queries import Agendas, UnmetWish
from app.agendas.suggestions import SuggestedMeeting
from app.agendas.wording import country_name, interpreting_text, kind_name, reason_text, table_text
from app.languages import sentences


def pages_of(
    agendas: Agendas,
    unmet: Sequence[UnmetWish],
    suggested: Sequence[SuggestedMeeting],
    figures: Figures,
    stamp: str,
    lang: str,
) -> list[Page]:
    """Return the pages of `planning.xlsx` in their order; `stamp` says of which version they are."""
    organisations = _by_organisation(agendas, lang)
    return [
        _by_slot(agendas, organisations, stamp, lang),
        organisations,
        _by_delegate(agendas, organisations, lang),
        _unmet(unmet, organisations, lang),
        _statistics(figures, lang),
        _suggested(suggested, organisations, lang),
    ]


def _by_slot(agendas: Agendas, organisations: Page, stamp: str, lang: str) -> Page:
    """Every meeting once, in time and table order; names lead to the organisation's own rows."""
    _ = sentences(lang).gettext
    zone = agendas.happening.zone
    first_row = _first_rows(organisations)
    meetings = {
        entry.uid: (agenda, entry) for agenda in reversed(agendas.organisations) for entry in reversed(agenda.entries)
    }
    found = sorted(meetings.values(), key=lambda one: (one[1].starts_at, table_order(one[1].table)))
    rows: list[tuple[Value, ...]] = []
    groups = []
    for number, (agenda, entry) in enumerate(found):
        if number and entry.starts_at != found[number - 1][1].starts_at:
            groups.append(number)
        rows.append(
            (
                *_when(entry.starts_at, entry.ends_at, zone),
                _table(entry, lang),
                entry.hall,
                _link(agenda.party.name, organisations.title, first_row),
                country_name(agenda.party.country, lang),
                entry.own.name,
                _link(entry.partner.name, organisations.title, first_row),
                country_name(entry.partner.country, lang),
                entry.person.name,
                interpreting_text(entry, lang),
                _wished(entry.origin, lang),
            )
        )
    headers = (
        _("Day"), _("Start"), _("End"), _("Table"), _("Hall"), _("Organisation A"), _("Country A"), _("Delegate A"),
        _("Organisation B"), _("Country B"), _("Delegate B"), _("Interpreter"), _("Wished by"),
    )  # fmt: skip
    note = _(
        "Change day, start, table or delegates of a meeting here, delete its row or add one, and import the file: that "
        "makes a draft."
    )
    return Page(
        _("By slot and table"),
        headers,
        tuple(rows),
        tuple(groups),
        stamp=stamp,
        keys=tuple(entry.uid for _agenda, entry in found),
        notes={_("Start"): note, _("Table"): note},
    )


def _by_organisation(agendas: Agendas, lang: str) -> Page:
    """Each organisation's meetings, on a page of its own when printed; those it meets lead to their rows."""
    _ = sentences(lang).gettext
    rows: list[tuple[Value, ...]] = []
    groups = []
    for agenda in sorted(agendas.organisations, key=lambda one: one.party.name.casefold()):
        groups.append(len(rows))
        who: tuple[Value, ...] = (
            agenda.party.name,
            kind_name(agenda.party.kind, lang),
            country_name(agenda.party.country, lang),
            len(agenda.entries),
        )
        rows += [
            (*who, *_when(one.starts_at, one.ends_at, agenda.happening.zone), *_what(one, lang), one.own.name)
            for one in agenda.entries
        ] or [(*who, *([None] * 8))]
    headers = (
        _("Organisation"), _("Kind"), _("Country"), _("Meetings"), _("Day"), _("Start"), _("End"), _("Table"),
        _("Meets"), _("Country of the other"), _("Delegate of the other"), _("Own delegate"),
    )  # fmt: skip
    title = _("By organisation")
    page = Page(title, headers, tuple(rows), tuple(groups), breaks=True)
    first_row, meets = _first_rows(page), headers.index(_("Meets"))
    linked = [
        (*row[:meets], _link(str(row[meets]), title, first_row) if row[meets] else None, *row[meets + 1 :])
        for row in rows
    ]
    return replace(page, rows=tuple(linked))


def _by_delegate(agendas: Agendas, organisations: Page, lang: str) -> Page:
    _ = sentences(lang).gettext
    first_row = _first_rows(organisations)
    rows: list[tuple[Value, ...]] = []
    groups = []
    for agenda in sorted(agendas.delegates, key=lambda one: (one.party.name.casefold(), one.title.casefold())):
        groups.append(len(rows))
        assert agenda.person is not None
        party = _link(agenda.party.name, organisations.title, first_row)
        who: tuple[Value, ...] = (party, agenda.person.name, agenda.person.function)
        if not agenda.entries:
            rows.append((*who, *([None] * 4), _("no meeting"), *([None] * 3)))
        rows += [(*who, *line) for line in _day_of(agenda, lang)]
    headers = (
        _("Organisation"), _("Delegate"), _("Function"), _("Day"), _("Start"), _("End"), _("Table"), _("Meets"),
        _("Country of the other"), _("Delegate of the other"), _("Interpreter"),
    )  # fmt: skip
    return Page(_("By delegate"), headers, tuple(rows), tuple(groups))


def _day_of(agenda: Agenda, lang: str) -> list[tuple[Value, ...]]:
    """The meetings and the programme of somebody, in time order."""
    zone = agenda.happening.zone
    lines: list[tuple[datetime, tuple[Value, ...]]] = [
        (one.starts_at, (*_when(one.starts_at, one.ends_at, zone), *_what(one, lang), interpreting_text(one, lang)))
        for one in agenda.entries
    ]
    lines += [
        (one.starts_at, (*_when(one.starts_at, one.ends_at, zone), one.room, one.title, None, None, None))
        for one in agenda.programme
    ]
    return [line for _start, line in sorted(lines, key=lambda pair: pair[0])]


def _unmet(wishes: Sequence[UnmetWish], organisations: Page, lang: str) -> Page:
    _ = sentences(lang).gettext
    first_row = _first_rows(organisations)
    rows = tuple(
        (
            _link(wish.source, organisations.title, first_row),
            _link(wish.target, organisations.title, first_row),
            wish.rank,
            wish.stars,
            _("yes") if wish.is_mutual else _("no"),
            reason_text(wish.reason, lang, wish.full),
            wish.note,
        )
        for wish in wishes
    )
    headers = (_("From"), _("For"), _("Rank"), _("Stars"), _("Mutual"), _("Why it is not met"), _("Note"))
    return Page(_("Wishes not met"), headers, rows)


def _suggested(suggested: Sequence[SuggestedMeeting], organisations: Page, lang: str) -> Page:
    """The best partners of everybody whom nobody asked for, and whether they meet all the same."""
    _ = sentences(lang).gettext
    first_row = _first_rows(organisations)
    groups = [at for at, one in enumerate(suggested) if at == 0 or one.party.key != suggested[at - 1].party.key]
    rows = tuple(
        (
            _link(one.party.name, organisations.title, first_row),
            kind_name(one.party.kind, lang),
            country_name(one.party.country, lang),
            _link(one.partner.name, organisations.title, first_row),
            kind_name(one.partner.kind, lang),
            country_name(one.partner.country, lang),
            one.affinity,
            _("yes") if one.is_planned else _("no"),
            " ".join(one.reasons),
        )
        for one in suggested
    )
    headers = (
        _("Organisation"), _("Kind"), _("Country"), _("Suggested partner"), _("Kind of the other"),
        _("Country of the other"), _("Affinity"), _("Planned"), _("Why"),
    )  # fmt: skip
    return Page(_("Suggestions"), headers, rows, tuple(groups))


def _statistics(figures: Figures, lang: str) -> Page:
    _ = sentences(lang).gettext
    groups, rows = [], list[tuple[Value, ...]]()
    for title, lines in figure_lines(figures, lang):
        groups.append(len(rows))
        rows += [(title, name, *numbers) for name, numbers in lines]
    return Page(_("Statistics"), (_("What"), _("Which"), _("Number"), _("Of")), tuple(rows), tuple(groups))


def _when(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> tuple[Value, Value, Value]:
    start, end = starts_at.astimezone(zone), ends_at.astimezone(zone)
    return start.date(), start.time(), end.time()


def _what(entry: Entry, lang: str) -> tuple[Value, ...]:
    partner = entry.partner
    return _table(entry, lang), partner.name, country_name(partner.country, lang), entry.person.name


def _table(entry: Entry, lang: str) -> Value:
    """A table with a number is a number, so that it can be sorted."""
    if entry.table is not None and entry.table.isdecimal():
        return int(entry.table)
    return table_text(entry, lang)


def table_order(table: str | None) -> tuple[bool, int, str]:
    """Return a key that puts tables in order of number, then of name, and online last."""
    if table is None:
        return True, 0, ""
    return False, int(table) if table.isdecimal() else 10**9, table


def _wished(origin: Origin, lang: str) -> str:
    _ = sentences(lang).gettext
    return {
        Origin.MUTUAL: _("both"),
        Origin.OWN_WISH: _("A"),
        Origin.THEIR_WISH: _("B"),
        Origin.SUGGESTED: _("nobody (suggested)"),
    }[origin]


def _first_rows(page: Page) -> dict[str, int]:
    """Return the sheet's row of each name's first appearance."""
    found: dict[str, int] = {}
    for number, row in enumerate(page.rows, 2):
        found.setdefault(str(row[0]), number)
    return found


def _link(name: str, sheet: str, rows: dict[str, int]) -> Value:
    return Link(name, sheet, rows[name]) if name in rows else name
