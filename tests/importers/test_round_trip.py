"""Whatever registrations are written, in whatever layout and language, they come back equal."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import time
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from importers import OrganisationRow, Reading, ReadOptions, read_workbooks
from importers.faults import Faults
from importers.sheets import Row, Sheet, cleaned
from importers.understanding import Understanding
from tests.importers.layouts import COUNTRIES, HEADERS, KINDS, LANGUAGES, Grid, Guest, Layout, Person, grids

NAMES = (
    "Atelier du Fil", "Ville de Longwy", "Saarstahl Dillbach GmbH", "Recycléa Moselle", "Commune d'Ambly-le-Petit",
    "Müller & Söhne KG", "Imprimerie Ducasse SARL", "Kachkescht Traiteur S.à r.l.", "Les Œuvres, Textile et Cuir",
    "Ayuntamiento de Gaztelu", "Brouwerij De Zwaluwe NV", "Café-Bar Straßburg e.V.", "Officina 3000 S.r.l.",
    "A/B Consult",
    "Lavandería Ametz S.Coop.", "Holzwerk Eiffelbach AG", "Jardins d'Éden (Nord)", "Jardins d'Éden (Sud)",
)  # fmt: skip
FIRST_NAMES = ("Zoé", "Jürgen", "Ana María", "Łucja", "Noël", "Jean-Paul")
LAST_NAMES = ("L'Huillier", "Weiß", "Van den Broeck", "Ibarzábal Peña", "Wiśniewska", "Bœuf")
OFFERS = ("couture", "blanchisserie industrielle", "Büroreinigung", "jardinería", "montage en verpakking", "catering")


def people(place: int) -> st.SearchStrategy[tuple[Person, ...]]:
    def person(number: int) -> st.SearchStrategy[Person]:
        return st.builds(
            Person,
            first_name=st.sampled_from(FIRST_NAMES),
            last_name=st.sampled_from(LAST_NAMES),
            email=st.just(f"p{place}.{number}@org{place}.example"),
            languages=st.lists(st.sampled_from(sorted(LANGUAGES)), unique=True, max_size=3).map(tuple),
            arrives=st.none() | st.builds(time, st.integers(8, 20), st.sampled_from((0, 15, 30, 45))),
            consent=st.sampled_from((True, False, None)),
        )

    return st.integers(1, 3).flatmap(lambda count: st.tuples(*(person(number) for number in range(count))))


@st.composite
def conventions(draw: st.DrawFn) -> tuple[Guest, ...]:
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, min_size=3, max_size=8))
    guests = []
    for place, name in enumerate(names):
        kind, structure = draw(st.sampled_from(sorted(KINDS, key=str)))
        others = st.sampled_from([other for other in names if other != name])
        guests.append(
            Guest(
                name,
                kind,
                structure,
                draw(st.sampled_from(sorted(COUNTRIES))),
                tuple(draw(st.lists(st.sampled_from(OFFERS), unique=True, max_size=3))),
                draw(st.none() | st.integers(1, 20)),
                draw(people(place)),
                tuple(draw(st.lists(others, unique=True, max_size=3))),
            )
        )
    return tuple(guests)


layouts = st.builds(
    Layout,
    language=st.sampled_from(sorted(HEADERS)),
    titles=st.integers(0, 3),
    empty_column=st.integers(0, 8),
    wishes_as=st.sampled_from(("columns", "cell", "list", "matrix")),
    separator=st.sampled_from((", ", "/", "; ", " / ", "\n")),
    is_shouted=st.booleans(),
)


def understood(sheets: Sequence[Grid]) -> Reading:
    """What is understood of sheets of text, without files and children."""
    faults = Faults()
    understanding = Understanding(ReadOptions(), faults)
    for number, grid in enumerate(sheets, start=1):
        rows = (Row(place, tuple(cleaned(value) for value in row)) for place, row in enumerate(grid, start=1))
        filled = tuple(row for row in rows if any(value is not None for value in row.values))
        understanding.take(Sheet("convention.xlsx", f"Blatt {number}", filled))
    return understanding.reading()


def guest_of(row: OrganisationRow, reading: Reading) -> Guest:
    """The organisation as it was before it was written."""
    found = [wish for wish in reading.wishes if wish.source == row.organisation and not wish.refuses]
    return Guest(
        row.organisation,
        row.kind or "",
        row.structure_type,
        row.country or "",
        tuple(offer.text for offer in row.offers),
        row.max_meetings,
        tuple(
            Person(
                each.first_name or "",
                each.last_name or "",
                each.email or "",
                each.languages,
                each.arrives,
                each.consent,
            )
            for each in row.delegates
        ),
        tuple(wish.target for wish in sorted(found, key=lambda wish: wish.rank or 1)),
    )


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(guests=conventions(), layout=layouts)
def test_registrations_come_back_equal_from_every_layout(guests: tuple[Guest, ...], layout: Layout) -> None:
    reading = understood(grids(guests, layout))
    assert [error.message for error in reading.errors if error.code != "similar-organisations"] == []
    assert tuple(guest_of(row, reading) for row in reading.organisations) == guests


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(guests=conventions(), layout=layouts, seed=st.integers(0, 1_000))
def test_the_order_of_rows_changes_nothing(guests: tuple[Guest, ...], layout: Layout, seed: int) -> None:
    shuffled = list(guests)
    random.Random(seed).shuffle(shuffled)
    one, other = understood(grids(guests, layout)), understood(grids(shuffled, layout))
    assert {guest_of(row, one) for row in one.organisations} == {guest_of(row, other) for row in other.organisations}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(guests=conventions(), layout=layouts)
def test_the_same_sheet_twice_says_nothing_new(guests: tuple[Guest, ...], layout: Layout) -> None:
    sheets = grids(guests, layout)
    once, twice = understood(sheets), understood([sheets[0], *sheets])
    told = [replace(guest_of(row, twice), wishes=()) for row in twice.organisations]
    assert told == [replace(guest_of(row, once), wishes=()) for row in once.organisations]
    assert {(wish.source, wish.target) for wish in twice.wishes} == {(wish.source, wish.target) for wish in once.wishes}


def test_a_real_file_gives_what_its_sheets_say(tmp_path: Path) -> None:
    zoe = Person("Zoé", "Weiß", "zoe@fil.example", ("fr", "de"), time(14, 30), True)
    other = replace(zoe, email="zoe@longwy.example")
    guests = (
        Guest("Atelier du Fil", "social-enterprise", "ESAT", "FR", ("couture",), 8, (zoe,), ("Ville de Longwy",)),
        Guest("Ville de Longwy", "local-authority", None, "FR", (), None, (other,), ()),
    )
    sheets = grids(guests, Layout("fr", 2, 3, "list", "/", False))
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, grid in enumerate(sheets):
        sheet = book.create_sheet(f"Blatt {number + 1}")
        for row in grid:
            sheet.append([value or None for value in row])
    book.save(tmp_path / "convention.xlsx")
    reading = read_workbooks([tmp_path / "convention.xlsx"])
    told = understood(sheets)
    assert (reading.organisations, reading.wishes) == (told.organisations, told.wishes)
    assert reading.errors == ()


def test_one_address_for_two_people_is_said() -> None:
    anne = Person("Anne", "Roy", "contact@fil.example", (), None, None)
    luc = Person("Luc", "Petit", "contact@fil.example", (), None, None)
    guests = (Guest("Atelier du Fil", "buyer", None, "FR", (), None, (anne, luc), ()),)
    found = understood(grids(guests, Layout("fr", 0, 0, "cell", ", ", False))).errors
    assert [(fault.code, fault.cell) for fault in found] == [("shared-email", "F3")]


def test_one_address_in_two_organisations_refuses_the_file_and_names_both_cells() -> None:
    anne = Person("Anne", "Roy", "anne@fil.example", (), None, None)
    guests = (
        Guest("Atelier du Fil", "buyer", None, "FR", (), None, (anne,), ()),
        Guest(
            "Ville de Longwy", "local-authority", None, "FR", (), None, (replace(anne, email="ANNE@fil.example"),), ()
        ),
    )
    (fault,) = understood(grids(guests, Layout("fr", 0, 0, "cell", ", ", False))).errors
    assert (fault.code, fault.severity, fault.cell) == ("email-of-two", "error", "F3")
    assert fault.parameters["other"].endswith(", F2")
