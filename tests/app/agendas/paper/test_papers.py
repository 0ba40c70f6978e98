"""Signs, plan, badges, sheets for interpreters and the desk: what organisers hand out beside the agendas."""

import re
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from app.agendas.agenda import Interpreter, Table
from app.agendas.paper.agenda_pages import Sort
from app.agendas.paper.badges import SHAPES, Layout, badges_paper, shapes_of
from app.agendas.paper.desk_list import desk_paper
from app.agendas.paper.interpreter_sheets import interpreters_paper
from app.agendas.paper.plan_sheets import plan_paper
from app.agendas.paper.printing import PAPERS, papers_of
from app.agendas.paper.table_signs import tables_paper
from app.agendas.paper.typesetting import typeset
from app.agendas.queries import Agendas
from app.languages import SPOKEN
from tests.app.agendas.paper.builders_of_agendas import a_crowd, a_party, a_person, agendas_from, an_item, named
from tests.app.agendas.paper.pdf_reading import headings, heights_of, read, roles, spans_of, texts

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
EDGE, FOOT = 20, 50
"""Points above the lower edge of a page: nothing stands lower, and only the foot below the other."""
PAGE, DESK_MARGIN, GAP = 595.3, 33.0, 2.0
"""How wide a page of A4, its margin in the desk's list, and the gap between two columns are at least, in points."""
CLAIRE, NOEMI = Interpreter("Claire Antoine", ("fr", "de")), Interpreter("Noemí Sanz", ("es", "en"))


def small() -> Agendas:
    """Three organisations, four people, three meetings at two of three tables, one of them interpreted."""
    return agendas_from(
        [
            a_party(1, "Werkhof", kind="social-enterprise", country="DE", city="Trier"),
            a_party(2, "Ville de Longwy", kind="local-authority"),
            a_party(3, "Papeterie", kind="guild"),
        ],
        [
            (1, a_person(1, "Jo Alt", lang="de")),
            (1, a_person(2, "Ute Neu", lang="de")),
            (2, a_person(3, "Anne Dupont", lang="fr")),
            (3, a_person(4, "Zoé Émond", lang="fr")),
        ],
        [(0, 1, 1, 3), (0, 2, 2, 4), (1, 2, 3, 4)],
        interpreters=(CLAIRE, NOEMI),
        interpreted=frozenset({0}),
        programme=(an_item("Ouverture"),),
    )


def test_every_paper_is_accessible() -> None:
    papers = papers_of(small(), "fr")
    assert set(papers) == set(PAPERS)
    for name, paper in papers.items():
        pdf = typeset(paper)
        root = read(pdf).trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"], name
        assert root["/ViewerPreferences"]["/DisplayDocTitle"], name
        assert str(root["/Lang"]) == "fr", name
        assert read(pdf).metadata.title == paper.title, name
        assert b"pdfuaid" in root["/Metadata"].get_object().get_data(), name
        assert "H1" in roles(pdf), name
    assert {"Table", "TR", "TH", "TD", "H2", "Figure"} <= roles(typeset(papers["agendas.pdf"]))


def test_the_same_agenda_gives_the_same_bytes() -> None:
    for name in PAPERS:
        assert typeset(papers_of(small(), "de")[name]) == typeset(papers_of(small(), "de")[name]), name


def test_a_sign_stands_on_every_table_also_where_nobody_meets() -> None:
    pdf = typeset(tables_paper(small(), "fr"))

    first, second, third = texts(pdf)
    assert headings(pdf) == ["1", "2", "3"]
    assert first.startswith("Table · Tisch · Mesa 1")
    assert "09:30 – 09:50 Werkhof Jo Alt Ville de Longwy Anne Dupont français – allemand avec Claire Antoine" in first
    assert re.findall(r"\d\d:\d\d – \d\d:\d\d \S+", second) == ["09:30 – 09:50 Werkhof", "09:50 – 10:10 Ville"]
    assert "Aucun rendez-vous n’est prévu à cette table" in third


def test_a_sign_with_many_meetings_goes_on_with_its_name_and_counts_its_pages() -> None:
    met = [(slot, 1, 1 + 2 * slot, 2 + 2 * slot) for slot in range(40)]
    people = [(key, a_person(key, f"Jo{key:02} Alt{key:02}")) for key in range(1, 81)]
    agendas = agendas_from([a_party(key, f"Werk {key:02}") for key in range(1, 81)], people, met, tables=2)

    *first, second = texts(typeset(tables_paper(agendas, "en")))

    assert len(first) > 1
    for number, page in enumerate(first, 1):
        assert f"Table · Tisch · Mesa 1 · {number} / {len(first)}" in page
        assert ("continued" in page) is (number > 1)
        assert "Who meets" in page
    assert [one for page in first for one in re.findall(r"Jo\d\d Alt\d\d", page)] == [
        person.name for _key, person in people
    ]
    assert "continued" not in second


def test_the_foot_of_a_sign_stays_on_the_page_however_long_names_are() -> None:
    agendas = named(small(), f"Convention {LONG}")
    agendas = replace(agendas, tables=(*agendas.tables, Table(LONG, None), Table("Espace Citoyenneté", None)))

    pages = heights_of(typeset(tables_paper(agendas, "fr")))

    assert len(pages) == 5
    for page in pages:
        feet = [height for _text, height in page if height < FOOT]
        assert min(feet) == max(feet) > EDGE
    assert texts(typeset(tables_paper(agendas, "fr")))[4].count("Espace Citoyenneté") == 2


def test_the_plan_has_every_meeting_once_in_its_slot() -> None:
    crowd = a_crowd(3, 40, 6)
    meetings = {
        (entry.starts_at, entry.table, frozenset((entry.own.name, entry.person.name)))
        for one in crowd.delegates
        for entry in one.entries
    }

    pages = " ".join(texts(typeset(plan_paper(crowd, "en"))))

    slots = re.split(r"(\d\d:\d\d) – \d\d:\d\d · Saturday, 6 June 2026", pages)[1:]
    shown = [
        (slots[at], table, frozenset(people))
        for at in range(0, len(slots), 2)
        for table, *people in re.findall(
            r"(\d+) Atelier \d+ (Prénom\d+ Nom\d+) Atelier \d+ (Prénom\d+ Nom\d+)", slots[at + 1]
        )
    ]
    zone = crowd.happening.zone
    assert set(shown) == {(f"{starts.astimezone(zone):%H:%M}", table, people) for starts, table, people in meetings}
    assert len(shown) == len(meetings)


def test_interpreters_read_where_they_are_needed_in_their_own_language() -> None:
    pdf = typeset(interpreters_paper(small(), "de"))

    claire, noemi = texts(pdf)
    assert claire.startswith("Claire Antoine français, allemand Convention Hall des sports 1 rendez-vous")
    assert "09:30 – 09:50 1 Werkhof Jo Alt allemand Ville de Longwy Anne Dupont français" in claire
    assert "Todavía nadie le necesita en una reunión prevista" in noemi


def test_the_desk_finds_everybody_from_a_to_z() -> None:
    agendas = small()
    late = replace(agendas.delegates[1], arrives="14:30")
    agendas = replace(agendas, delegates=(agendas.delegates[0], late, *agendas.delegates[2:]))

    by_name = texts(typeset(desk_paper(agendas, "en")))[0]
    by_organisation = texts(typeset(desk_paper(agendas, "en", Sort.ORGANISATION)))[0]

    assert "4 people" in by_name
    assert re.findall(r"Alt Jo|Neu Ute|Dupont Anne|Émond Zoé", by_name) == [
        "Alt Jo",
        "Dupont Anne",
        "Émond Zoé",
        "Neu Ute",
    ]
    assert "Neu Ute Werkhof · social enterprise 14:30 09:30 2 1" in by_name
    assert re.findall(r"Papeterie|Ville|Werkhof", by_organisation) == ["Papeterie", "Ville", "Werkhof", "Werkhof"]


@pytest.mark.parametrize("lang", SPOKEN)
def test_no_column_of_the_desk_list_reaches_into_the_next_nor_out_of_the_table(lang: str) -> None:
    agendas = small()
    zoe = agendas.delegates[3]
    tomorrow = replace(zoe.entries[0], starts_at=zoe.entries[0].starts_at + timedelta(days=1), table=None)
    agendas = replace(agendas, delegates=(*agendas.delegates[:3], replace(zoe, arrives="14:30", entries=(tomorrow,))))

    lines: dict[float, list[tuple[str, float, float]]] = defaultdict(list)
    for text, left, right, height in spans_of(typeset(desk_paper(agendas, lang)))[0]:
        lines[round(height)].append((text, left, right))

    assert max(len(spans) for spans in lines.values()) >= 5
    for spans in lines.values():
        assert spans[-1][2] <= PAGE - DESK_MARGIN, spans[-1]
        for (_text, _left, right), (after, left, _right) in pairwise(spans):
            assert right < left - GAP or after.startswith("·"), after


@pytest.mark.parametrize(("layout", "pages", "width"), [(Layout.SHEET, 1, 210), (Layout.SINGLE, 4, 105)])
def test_badges_come_four_on_a_sheet_or_one_on_a_page(layout: Layout, pages: int, width: int) -> None:
    pdf = typeset(badges_paper(small(), "fr", layout=layout))

    assert len(read(pdf).pages) == pages
    assert round(float(read(pdf).pages[0].mediabox.width) / 72 * 25.4) == width
    assert headings(pdf) == ["Jo Alt", "Anne Dupont", "Zoé Émond", "Ute Neu"]


def test_a_badge_says_the_kind_in_a_word_and_each_kind_has_a_shape_of_its_own() -> None:
    agendas = small()

    text = texts(typeset(badges_paper(agendas, "fr", layout=Layout.SINGLE)))

    assert text[0] == "Convention Jo Alt Werkhof Deutschland Sozialunternehmen DE"
    assert text[2] == "Convention Zoé Émond Papeterie France guild FR"
    assert len(set(SHAPES.values())) == len(SHAPES)
    assert shapes_of(agendas)["guild"] == "hexagon"


def test_an_event_with_nobody_and_nothing_still_prints() -> None:
    nothing = agendas_from([], [], [], tables=0)

    assert "interpreters.pdf" not in papers_of(nothing, "es")
    for name, paper in papers_of(nothing, "es").items():
        assert len(read(typeset(paper)).pages) == 1, name


def test_a_sign_names_the_hall_in_which_its_table_stands() -> None:
    agendas = replace(small(), tables=(Table("1", "Halle A"), Table("2", None), Table("3", "Halle B")))

    first, second, third = texts(typeset(tables_paper(agendas, "de")))

    assert first.startswith("Table · Tisch · Mesa 1 Halle A")
    assert third.startswith("Table · Tisch · Mesa 3 Halle B")
    assert "Halle" not in second


def test_the_plan_goes_from_table_to_table_and_tells_who_interprets() -> None:
    agendas = agendas_from(
        [a_party(key, f"Werk {key}") for key in range(1, 7)],
        [(key, a_person(key, f"Jo Alt{key}", lang="de")) for key in range(1, 7)],
        [(0, 3, 1, 2), (0, 1, 3, 4), (0, 2, 5, 6)],
        interpreters=(CLAIRE,),
        interpreted=frozenset({0}),
    )

    text = texts(typeset(plan_paper(agendas, "en")))[0]

    assert re.findall(r"(\d) Werk \d Jo Alt(\d)", text) == [("1", "3"), ("2", "5"), ("3", "1")]
    assert "3 Werk 1 Jo Alt1 Werk 2 Jo Alt2 French – German, with Claire Antoine" in text
    assert "1 Werk 3 Jo Alt3 Werk 4 Jo Alt4 German" in text


def test_the_desk_reads_the_day_of_a_first_meeting_where_the_event_has_several() -> None:
    agendas = small()
    zoe = agendas.delegates[3]
    tomorrow = replace(zoe.entries[0], starts_at=zoe.entries[0].starts_at + timedelta(days=1))
    longer = replace(agendas, delegates=(*agendas.delegates[:3], replace(zoe, entries=(tomorrow,))))

    one_day, two_days = (texts(typeset(desk_paper(one, "en")))[0] for one in (agendas, longer))

    assert "06/06/2026 09:30" in two_days
    assert "07/06/2026 09:30" in two_days
    assert "06/06/2026" not in one_day
