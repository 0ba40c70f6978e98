"""Nothing is printed over something else or off the page, however long names are and however many meet."""

import re
from dataclasses import replace

from app.agendas.agenda import Table
from app.agendas.paper.agenda_pages import agendas_paper
from app.agendas.paper.desk_list import desk_paper
from app.agendas.paper.fitting import TABLE, in_narrow_column, size_of
from app.agendas.paper.interpreter_sheets import interpreters_paper
from app.agendas.paper.plan_sheets import plan_paper
from app.agendas.paper.table_signs import tables_paper
from app.agendas.paper.typesetting import typeset
from app.agendas.queries import Agendas
from tests.app.agendas.paper.builders_of_agendas import a_party, a_person, agendas_from
from tests.app.agendas.paper.pdf_reading import heights_of, texts
from tests.app.agendas.paper.test_papers import small

LONG = "Gesellschaft zur Förderung der sozialen Beschaffung in der Großregion Saar-Lor-Lux mbH & Co. KG aA"
ABOVE_THE_FOOT = 50
"""Points."""
HALL = "Alpha Beta Konferenzzentrumsnebenraum Omega"


def of_one_slot(count: int, name: str = LONG) -> Agendas:
    """So many meetings at once, of organisations and people with long names."""
    keys = range(1, 2 * count + 1)
    parties = [a_party(key, f"{name} {key}") for key in keys]
    people = [(key, a_person(key, f"Maximiliane von Hohenlohe-Waldenburg-Schillingsfürst {key}")) for key in keys]
    return agendas_from(parties, people, [(0, key, key, key + count) for key in keys[:count]], tables=count)


def at_one_table(count: int, name: str) -> Agendas:
    """So many meetings of two, one after the other at table 1."""
    parties, people = [a_party(1, name), a_party(2, name)], [(1, a_person(1, "Jo Alt")), (2, a_person(2, "Ute Neu"))]
    return agendas_from(parties, people, [(slot, 1, 1, 2) for slot in range(count)], tables=1)


def in_hall(agendas: Agendas) -> Agendas:
    """All meetings at tables with a long name."""
    people = tuple(
        replace(one, entries=tuple(replace(entry, table=HALL) for entry in one.entries)) for one in agendas.delegates
    )
    houses = tuple(
        replace(one, entries=tuple(replace(entry, table=HALL) for entry in one.entries))
        for one in agendas.organisations
    )
    return replace(agendas, delegates=people, organisations=houses, tables=(Table(HALL, None),))


def test_a_slot_with_long_names_goes_on_below_its_head_and_never_off_the_page() -> None:
    pages = heights_of(typeset(plan_paper(of_one_slot(18), "de")))

    rows = [[height for text, height in page if text == "Französisch"] for page in pages]
    assert [len(set(heights)) for heights in rows] == [9, 9]
    assert min(height for heights in rows for height in heights) > ABOVE_THE_FOOT
    assert len(pages) == 2


def test_a_short_slot_stands_together_below_the_title() -> None:
    assert len(texts(typeset(plan_paper(of_one_slot(3), "de")))) == 1


def test_a_number_makes_room_for_the_meetings_of_its_table() -> None:
    two_lines = "Département de la Haute-Chiers et environs"
    signs = tables_paper(at_one_table(14, two_lines), "fr"), tables_paper(at_one_table(4, two_lines), "fr")

    assert [len(texts(typeset(sign))) for sign in signs] == [1, 1]
    assert len(texts(typeset(tables_paper(at_one_table(20, two_lines), "fr")))) == 2
    assert [sign.content["signs"][0].size for sign in signs] == [90, 190]  # type: ignore[index]  # any object


def test_the_name_of_a_table_stays_in_its_column() -> None:
    names = ("1", "ط١٢", "Salon d’honneur Marie-Curie", "Konferenzzentrumsnebenraum", "W" * 40)

    fitted = in_narrow_column(names, TABLE)

    assert fitted["1"].size == 20
    for name, one in fitted.items():
        pieces = [piece for word in one.words for piece in word]
        assert " ".join("".join(word) for word in one.words).replace("\u200b", "") == name.replace("\u200b", "")
        assert all(size_of(piece, TABLE, (one.size, 0)) == one.size for piece in pieces)


def test_a_long_name_of_a_table_is_whole_on_every_paper_and_no_row_is_torn() -> None:
    agendas = in_hall(of_one_slot(14, "Haus"))
    papers = agendas_paper(agendas, "de"), desk_paper(agendas, "de"), plan_paper(agendas, "de")

    for paper in papers:
        pages = texts(typeset(paper))
        assert sum(page.count("Alpha") for page in pages) >= 14
        assert all(page.count("Alpha") == page.count("Omega") for page in pages), paper.template

    sheet = texts(typeset(interpreters_paper(in_hall(small()), "fr")))[0]
    assert "Omega" in sheet


def test_no_letter_of_the_desks_list_stands_alone_at_the_foot_of_a_page() -> None:
    alone = []
    for first in (1, 2, 3):
        names = ["Ada"] * first + [letter + "lt" for letter in "BCDEFGHIJKLMNOPQRSTUVWXYZ" for _ in range(3)]
        people = [(1, a_person(key, f"Jo {name}")) for key, name in enumerate(names)]
        pages = texts(typeset(desk_paper(agendas_from([a_party(1, "Werkhof")], people, []), "en")))
        alone += [page for page in pages if re.search(r" [A-Z] Convention \d / \d", page)]

        assert len(pages) > 2
        assert sum(len(re.findall(r" Jo ", page)) for page in pages) == len(names)
    assert alone == []
