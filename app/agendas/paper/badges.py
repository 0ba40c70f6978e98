"""Badges, A6: name and organisation to be read while shaking hands, the kind by shape and word, the languages."""

from dataclasses import dataclass
from enum import StrEnum

from app.agendas.agenda import Agenda
from app.agendas.paper.agenda_pages import Sort, as_handed_out
from app.agendas.paper.content import Paper
from app.agendas.paper.fitting import shortened, size_of
from app.agendas.paper.letters import printable, printable_name
from app.agendas.queries import Agendas
from app.agendas.wording import country_name, kind_name, language_of
from app.languages import sentences
from app.matching.profile import BUYER, COMPANY, LOCAL_AUTHORITY, SOCIAL_ENTERPRISE

SHAPES = {BUYER: "square", SOCIAL_ENTERPRISE: "circle", LOCAL_AUTHORITY: "triangle", COMPANY: "diamond"}
MORE_SHAPES = ("hexagon", "pentagon", "octagon")
"""For kinds that an event has made itself; a fourth one begins again, its word tells them apart."""
WIDTH = 88.0


class Layout(StrEnum):
    """How badges lie on paper: four on a sheet of A4 with marks to cut along, or one on a page of A6."""

    SHEET = "sheet"
    SINGLE = "single"


@dataclass(frozen=True, slots=True)
class Badge:
    """What somebody wears. `sizes` are those of name and organisation in points."""

    lang: str
    name: str
    organisation: str
    sizes: tuple[float, float]
    function: str
    country: str
    kind: str
    shape: str
    languages: tuple[str, ...]


def badges_paper(agendas: Agendas, lang: str, sort: Sort = Sort.NAME, layout: Layout = Layout.SHEET) -> Paper:
    """Return a badge for everybody who comes."""
    _ = sentences(lang).gettext
    shapes = shapes_of(agendas)
    everybody = sorted(agendas.delegates, key=lambda one: as_handed_out(one, sort))
    content = {
        "event": shortened(agendas.happening.name, 110),
        "layout": layout.value,
        "badges": [_badge(one, shapes, lang) for one in everybody],
        "empty": _("Nobody is registered yet."),
    }
    return Paper(
        "badges.typ",
        _("Badges: {event}").format(event=agendas.happening.name),
        lang,
        agendas.edition.changed_at,
        content,
        "badges",
    )


def shapes_of(agendas: Agendas) -> dict[str, str]:
    """Return the shape of each kind; those that the event has made itself get theirs in the order of the alphabet."""
    others = sorted({one.party.kind for one in agendas.organisations} - SHAPES.keys())
    return SHAPES | {kind: MORE_SHAPES[number % len(MORE_SHAPES)] for number, kind in enumerate(others)}


def _badge(agenda: Agenda, shapes: dict[str, str], lang: str) -> Badge:
    reads = language_of(agenda, lang)
    assert agenda.person is not None, "a badge is worn by a person"
    name, organisation = printable(agenda.person.name), printable_name(agenda.party.name)
    if not name:
        name, organisation = organisation, ""
    return Badge(
        reads,
        name,
        organisation,
        (size_of(name, WIDTH, (30, 26, 22, 18, 14, 11, 9)), size_of(organisation, WIDTH, (17, 15, 13, 11, 9))),
        agenda.person.function or "",
        country_name(agenda.party.country, reads),
        _kind(agenda.party.kind, reads),
        shapes[agenda.party.kind],
        tuple(dict.fromkeys(code.upper() for code in agenda.person.languages)),
    )


def _kind(kind: str, lang: str) -> str:
    """The kind as it stands for itself, with a capital; kinds that an event has made itself are written as they are."""
    name = kind_name(kind, lang)
    return name[:1].upper() + name[1:] if kind in SHAPES else name
