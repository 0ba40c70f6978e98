"""The rows of agendas: who somebody is, where they come from, and where an item of the programme is attended."""

from dataclasses import replace

from app.agendas.paper.rows import ItemRow, MeetingRow, days_of
from tests.app.agendas.paper.builders_of_agendas import a_party, a_person, agendas_from, an_item


def test_a_row_says_who_somebody_is_and_where_they_come_from() -> None:
    ville = a_party(2, "Ville", kind="local-authority", city="Longwy")
    people = [(1, a_person(1, "Jo Alt")), (2, a_person(2, "Anne Dupont", function="Acheteuse"))]
    agenda = agendas_from([a_party(1, "Werkhof"), ville], people, [(0, 1, 1, 2)]).delegates[0]

    ((row,),) = (day.rows for day in days_of(agenda, "en"))

    assert isinstance(row, MeetingRow)
    assert (row.partner, row.person, row.place) == (
        "Ville",
        "Anne Dupont, Acheteuse",
        "local authority · Longwy, France",
    )


def test_an_item_says_in_which_room_and_at_which_address_it_is_attended() -> None:
    item = replace(an_item("Ouverture"), online_link="https://visio.example/1")
    agenda = agendas_from([a_party(1, "Werkhof")], [(1, a_person(1, "Jo Alt"))], [], programme=(item,)).delegates[0]

    ((row,),) = (day.rows for day in days_of(agenda, "en"))

    assert isinstance(row, ItemRow)
    assert (row.title, row.room) == ("Ouverture", "Salle A, https://visio.example/1")
