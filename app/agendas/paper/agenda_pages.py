"""Agendas for handing out: a page or more for each delegate in their language, sorted as the desk wants."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.agendas.agenda import Agenda, Edition
from app.agendas.paper.codes import Code, agenda_as_text, code_of
from app.agendas.paper.content import Paper
from app.agendas.paper.fitting import (
    COMFORT,
    MASTHEAD,
    TABLE,
    Fitted,
    head_height,
    in_narrow_column,
    paginated,
    shortened,
    size_of,
)
from app.agendas.paper.letters import printable, printable_name
from app.agendas.paper.rows import Day, MeetingRow, as_sorted, days_of
from app.agendas.paper.stamp import stamp_of
from app.agendas.queries import Agendas
from app.agendas.wording import language_of
from app.languages import sentences


class Sort(StrEnum):
    """How what is handed out is sorted."""

    NAME = "name"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class AgendaPage:
    """What one delegate gets. `short` is the name for footers; `sizes` are those of name and organisation in points."""

    lang: str
    name: str
    organisation: str
    short: str
    sizes: tuple[float, float]
    pages: tuple[tuple[Day, ...], ...]
    comfort: str
    code: Code
    code_says: str
    stamp: str


def agendas_paper(agendas: Agendas, lang: str, sort: Sort = Sort.NAME, links: Mapping[int, str] | None = None) -> Paper:
    """Return everybody's agenda. `links` leads from delegates to their live pages; without, codes hold the agenda."""
    _ = sentences(lang).gettext
    known, ordinals = links or {}, _ordinals(agendas)
    pages = [
        (as_handed_out(one, sort), _page(one, agendas.edition, lang, known.get(key), ordinals.get(key)))
        for one in agendas.delegates
        for key in (one.person.key if one.person else 0,)
    ]
    title = _("Agendas: {event}").format(event=agendas.happening.name)
    content = {
        "event": agendas.happening.name,
        "venue": agendas.happening.venue or "",
        "words": {page.lang: _words(page.lang) for _key, page in pages},
        "tables": _tables(page for _key, page in pages),
        "pages": [page for _key, page in sorted(pages, key=lambda one: one[0])],
    }
    return Paper("agendas.typ", title, lang, agendas.edition.changed_at, content, "pages")


def agenda_paper(agenda: Agenda, edition: Edition, lang: str, link: str | None = None) -> Paper:
    """Return the agenda of one delegate, in the language in which they read, else in this one."""
    page = _page(agenda, edition, lang, link)
    content = {
        "event": agenda.happening.name,
        "venue": agenda.happening.venue or "",
        "words": {page.lang: _words(page.lang)},
        "tables": _tables([page]),
        "pages": [page],
    }
    return Paper(
        "agendas.typ", f"{agenda.title} · {agenda.happening.name}", page.lang, edition.changed_at, content, "pages"
    )


def as_handed_out(agenda: Agenda, sort: Sort) -> tuple[tuple[str, str], ...]:
    """Return the key by which delegates are sorted: name and then organisation, or the other way round."""
    name = as_sorted(agenda.person.sorted_as if agenda.person else "")
    organisation = as_sorted(agenda.party.name)
    return (name, organisation) if sort is Sort.NAME else (organisation, name)


def _ordinals(agendas: Agendas) -> dict[int, int]:
    """Count the delegates of each organisation that sends several: those without a name are told apart by it."""
    several = Counter(one.party.key for one in agendas.delegates)
    counted: Counter[int] = Counter()
    ordinals = {}
    for one in agendas.delegates:
        counted[one.party.key] += 1
        if one.person and several[one.party.key] > 1:
            ordinals[one.person.key] = counted[one.party.key]
    return ordinals


def _page(agenda: Agenda, edition: Edition, lang: str, link: str | None, ordinal: int | None = None) -> AgendaPage:
    reads = language_of(agenda, lang)
    _ = sentences(reads).gettext
    assert agenda.person is not None, "an organisation has no page of its own"
    name, organisation = printable(agenda.person.name), printable_name(agenda.party.name)
    if not name:
        name, organisation = organisation, _("Delegate {n}").format(n=ordinal) if ordinal else ""
    sizes = (
        size_of(name, MASTHEAD, (32, 26, 22, 18, 14, 11)),
        size_of(organisation, MASTHEAD, (20, 17, 14, 12, 10)),
    )
    code = code_of(link or agenda_as_text(agenda, reads), _("QR code with this agenda"))
    below = (agenda.happening.name, agenda.happening.venue or "")
    head = head_height(tuple(zip((name, organisation), sizes, strict=True)), below, code)
    return AgendaPage(
        reads,
        name,
        organisation,
        shortened(name),
        sizes,
        paginated(head + COMFORT * (not agenda.entries), days_of(agenda, reads)),
        "" if agenda.entries else _comfort(reads),
        code,
        _("Scan me: your agenda, always up to date") if link else _("Scan me: your agenda as text, without internet"),
        stamp_of(edition, agenda.happening.zone, reads),
    )


def _tables(pages: Iterable[AgendaPage]) -> dict[str, Fitted]:
    """How the names of tables are set in their column."""
    rows = (row for page in pages for days in page.pages for day in days for row in day.rows)
    return in_narrow_column({row.table for row in rows if isinstance(row, MeetingRow)}, TABLE)


def _comfort(lang: str) -> str:
    _ = sentences(lang).gettext
    return _(
        "No meeting is planned for you yet. You are very welcome all the same: come and see us at the welcome desk, "
        "where we gladly look for a partner and a free table with you."
    )


def _words(lang: str) -> dict[str, str]:
    _ = sentences(lang).gettext
    return {
        "time": _("Time"),
        "table": _("Table"),
        "whom": _("Whom you meet"),
        "language": _("Language"),
        "why": _("Why"),
        "programme": _("Programme"),
        "continued": _("continued"),
        "page": _("page {page} of {pages}").format(page="%1", pages="%2"),
    }
