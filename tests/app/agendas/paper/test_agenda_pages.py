"""Agendas on paper: everybody's own, in their language, whole, and told apart from all others."""

import re
from dataclasses import replace

import pytest

from app.agendas.agenda import Agenda
from app.agendas.paper.agenda_pages import AgendaPage, Sort, agenda_paper, agendas_paper
from app.agendas.paper.content import Paper
from app.agendas.paper.typesetting import typeset
from app.agendas.queries import Agendas
from app.agendas.wording import clock
from tests.app.agendas.paper.builders_of_agendas import (
    a_crowd,
    a_party,
    a_person,
    agendas_from,
    an_item,
    named,
)
from tests.app.agendas.paper.pdf_reading import headings, languages, plain, texts
from tests.app.agendas.paper.qr_reading import text_in

CROWD = a_crowd(1, 24, 18)
MEETING = r"\d\d:\d\d – \d\d:\d\d \d+ Atelier \d+ Prénom\d+ Nom\d+"


@pytest.fixture(scope="module")
def printed() -> bytes:
    """The agendas of the crowd."""
    return typeset(agendas_paper(CROWD, "en"))


@pytest.fixture(scope="module")
def read(printed: bytes) -> dict[str, list[str]]:
    """The pages of each delegate of the crowd."""
    return by_delegate(printed)


def pages_of(paper: Paper) -> list[AgendaPage]:
    found = paper.content["pages"]
    assert isinstance(found, list)
    return found


def by_delegate(pdf: bytes) -> dict[str, list[str]]:
    """The pages of each delegate by the name on their foot, in their order."""
    found: dict[str, list[str]] = {}
    for text in texts(pdf):
        name = re.findall(r"(Prénom\d+ Nom\d+) (?:page|Seite|página) \d+ (?:of|sur|von|de) \d+", text)[-1]
        found.setdefault(name, []).append(text)
    return found


def held(agenda: Agenda) -> list[str]:
    """What must be read of each meeting: when, at which table, with whom."""
    zone = agenda.happening.zone
    return [
        f"{clock(one.starts_at, zone)} – {clock(one.ends_at, zone)} {one.table} {one.partner.name} {one.person.name}"
        for one in agenda.entries
    ]


def test_every_meeting_of_everybody_is_on_their_own_pages_and_no_other(read: dict[str, list[str]]) -> None:
    shown = {name: [one for page in pages for one in re.findall(MEETING, page)] for name, pages in read.items()}

    assert shown == {one.person.name: held(one) for one in CROWD.delegates if one.person}
    assert max(map(len, shown.values())) > 12
    assert min(map(len, shown.values())) == 0


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 12))
def test_whatever_the_timetable_paper_and_agenda_say_the_same(seed: int) -> None:
    crowd = a_crowd(seed, 40, 4 * seed)

    shown = {
        name: [one for page in pages for one in re.findall(MEETING, page)]
        for name, pages in by_delegate(typeset(agendas_paper(crowd, "en"))).items()
    }

    assert shown == {one.person.name: held(one) for one in crowd.delegates if one.person}


def test_forty_meetings_take_several_pages_each_with_headers_and_its_number() -> None:
    people = [(number, a_person(number, f"Prénom00{number} Nom00{number}", lang="fr")) for number in (1, 2)]
    busy = agendas_from(
        [a_party(1, "Atelier 001"), a_party(2, "Atelier 002")], people, [(slot, 1, 1, 2) for slot in range(40)]
    )

    pages = by_delegate(typeset(agendas_paper(busy, "en")))["Prénom001 Nom001"]

    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert f"page {number} sur {len(pages)}" in page
        assert "Qui vous rencontrez" in page
        assert page.startswith("Prénom001 Nom001")
    assert [("suite" in page) for page in pages] == [False] + [True] * (len(pages) - 1)


def test_an_agenda_that_fits_is_one_page_and_says_so() -> None:
    pages = by_delegate(typeset(agendas_paper(a_crowd(1, 12, 8), "en")))

    assert {len(one) for one in pages.values()} == {1}


def test_two_delegates_of_one_organisation_have_different_pages(read: dict[str, list[str]]) -> None:
    ours = [one.person.name for one in CROWD.delegates if one.person and one.party.name == "Atelier 002"]

    assert len(ours) == 2
    assert read[ours[0]] != read[ours[1]]


def test_everybody_reads_their_own_language(printed: bytes, read: dict[str, list[str]]) -> None:
    words = {"fr": "Qui vous rencontrez", "de": "Wen Sie treffen", "en": "Whom you meet", "es": "Con quién se reúne"}

    for one in CROWD.delegates:
        if one.person and one.entries:
            lang = one.person.languages[0]
            assert [word for word in words.values() if word in read[one.person.name][0]] == [words[lang]]
    assert languages(printed) == {"fr", "de", "en", "es"}


def test_who_has_no_meeting_is_told_so_kindly_and_still_sees_the_programme() -> None:
    alone = agendas_from(
        [a_party(1, "Allein GmbH")], [(1, a_person(1, "Solo Mio", lang="de"))], [], programme=(an_item("Ouverture"),)
    )

    (page,) = texts(typeset(agendas_paper(alone, "fr")))

    assert "Für Sie ist noch kein Gespräch geplant. Sie sind trotzdem herzlich willkommen" in page
    assert "08:30 – 09:30 Programm Ouverture · Salle A" in page


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (Sort.NAME, ["Zoé Abel", "Ana Édouard", "Max Zimmer", "Ida Zola", "Boutique"]),
        (Sort.ORGANISATION, ["Max Zimmer", "Zoé Abel", "Boutique", "Ana Édouard", "Ida Zola"]),
    ],
)
def test_pages_lie_as_the_desk_wants_them(sort: Sort, order: list[str]) -> None:
    names = ("Atelier", "Boutique", "École")
    people = [(1, "Zoé Abel"), (1, "Max Zimmer"), (2, ""), (3, "Ida Zola"), (3, "Ana Édouard")]
    if sort is Sort.ORGANISATION:
        people[0], people[1] = (2, "Zoé Abel"), (1, "Max Zimmer")
    agendas = agendas_from(
        [a_party(number, name) for number, name in enumerate(names, 1)],
        [(party, a_person(key, name)) for key, (party, name) in enumerate(people, 10)],
        [],
    )

    assert headings(typeset(agendas_paper(agendas, "fr", sort))) == order


def test_nameless_delegates_of_one_organisation_are_counted() -> None:
    agendas = agendas_from([a_party(1, "Werkhof")], [(1, a_person(key, "", lang="de")) for key in (1, 2)], [])

    read = texts(typeset(agendas_paper(agendas, "de")))

    assert [page.startswith(f"Werkhof Person {number}") for number, page in enumerate(read, 1)] == [True, True]


def test_the_code_leads_to_the_live_page_where_there_is_one() -> None:
    links = {one.person.key: f"https://ronde.example/a/agd_{one.person.key}" for one in CROWD.delegates if one.person}

    pages = pages_of(agendas_paper(CROWD, "en", links=links))

    assert {text_in(page.code.svg) for page in pages} == set(links.values())
    assert {page.code_says for page in pages if page.lang == "en"} == {"Scan me: your agenda, always up to date"}


def test_without_a_server_the_code_holds_the_agenda_itself() -> None:
    pages = {page.name: page for page in pages_of(agendas_paper(CROWD, "en"))}

    for agenda in CROWD.delegates:
        assert agenda.person is not None
        page = pages[agenda.person.name]
        lines = text_in(page.code.svg).splitlines()
        zone = agenda.happening.zone
        assert lines[0].startswith(agenda.person.name)
        assert [line for line in lines if re.match(r"\d\d:\d\d ", line)] == [
            f"{clock(one.starts_at, zone)} {one.table} {one.partner.name}" for one in agenda.entries
        ]
        assert page.code_says != ""


def test_a_code_stays_small_enough_to_be_scanned_whatever_there_is_to_say() -> None:
    long = agendas_from(
        [a_party(1, "É" * 300), a_party(2, "Werkhof " * 30)],
        [(1, a_person(1, "Ü" * 300)), (2, a_person(2, "Jo " * 100))],
        [(slot, 1 + slot, 1, 2) for slot in range(40)],
        tables=60,
    )

    for page in pages_of(agendas_paper(named(long, "Convention " * 20), "fr")):
        read = text_in(page.code.svg)
        modules = int(re.findall(r'width="(\d+)"', page.code.svg)[0])
        assert page.code.millimetres / modules >= 0.42
        assert all(
            f"{one.starts_at.astimezone(long.happening.zone):%H:%M} {one.table}" in read
            for one in long.delegates[0].entries
        )


def test_one_delegate_can_print_their_own_page() -> None:
    agenda = CROWD.delegates[1]

    pdf = typeset(agenda_paper(agenda, CROWD.edition, "en", "https://ronde.example/a/agd_1"))

    assert agenda.person is not None
    assert headings(pdf) == [agenda.person.name]
    assert all(plain(one) in texts(pdf)[0] for one in held(agenda)[:5])


def test_an_old_print_is_known_from_a_new_one() -> None:
    draft = replace(CROWD, edition=replace(CROWD.edition, number=3, revision=4, is_published=False))

    def stamps(agendas: Agendas) -> dict[str, str]:
        return {page.lang: page.stamp for page in pages_of(agendas_paper(agendas, "en"))}

    assert stamps(CROWD)["en"] == "Version 1, 01/06/2026, 12:00"
    assert stamps(CROWD)["fr"] == "Version 1, 01/06/2026, 12:00"
    assert stamps(CROWD)["es"] == "Versión 1, 1/6/2026, 12:00"
    assert stamps(draft)["de"] == "Entwurf 3.4, 1.6.2026, 12:00"
