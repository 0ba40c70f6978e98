"""Text on paper: what a font has stays as it is, what none has is replaced and told, and nothing ends the document."""

import random

import pytest

from app.agendas.paper.agenda_pages import agendas_paper
from app.agendas.paper.fonts import fonts
from app.agendas.paper.letters import Unprintable, lost, printable, unprintable
from app.agendas.paper.printing import papers_of, replaced_line
from app.agendas.paper.typesetting import typeset
from app.agendas.queries import Agendas
from tests.app.agendas.paper.builders_of_agendas import a_party, a_person, agendas_from, an_item
from tests.app.agendas.paper.pdf_reading import headings, texts


def of_names(*names: str) -> Agendas:
    """Somebody of each name, who all meet the first, at organisations called as they are."""
    parties = [a_party(number, name, kind="company", city=name) for number, name in enumerate(names, 1)]
    people = [(number, a_person(number, name, function=name)) for number, name in enumerate(names, 1)]
    met = [(slot, 1 + slot % 9, 1, other) for slot, other in enumerate(range(2, len(names) + 1))]
    return agendas_from(parties, people, met, tables=9, programme=(an_item(names[-1]),))


@pytest.mark.parametrize(
    "name", ["Ελένη Παπαδοπούλου", "Наталья Кузнецова", "Łukasz Ñandú", "محمد بن عبد الله", "Nguyễn Thị Ước", "हिन्दी"]
)
def test_a_name_that_a_font_has_stays_as_it_is(name: str) -> None:
    assert (printable(name), lost(name)) == (name, "")


@pytest.mark.parametrize(
    ("text", "shown", "missing"),
    [
        ("陳大文 Chen", "��� Chen", "陳大文"),
        ("Anna 😀", "Anna �", "😀"),
        ("Ａｎｎａ ①", "Anna 1", ""),
        ("e\u0301te\u0301", "été", ""),
        ("a\x00b\x07 \t c\nd", "a b c d", ""),
        ("left\u202eright", "leftright", ""),
        ("ok\ufe0f", "ok", ""),
        ("\ud800", "�", "\ud800"),
        ("", "", ""),
    ],
)
def test_what_no_font_has_is_replaced(text: str, shown: str, missing: str) -> None:
    assert (printable(text), lost(text)) == (shown, missing)


def test_greek_and_cyrillic_names_are_read_back_from_paper() -> None:
    pdf = typeset(agendas_paper(of_names("Ελένη Παπαδοπούλου", "Наталья Кузнецова"), "fr"))

    assert sorted(headings(pdf)) == ["Ελένη Παπαδοπούλου", "Наталья Кузнецова"]
    assert all("Наталья Кузнецова" in text and "Ελένη Παπαδοπούλου" in text for text in texts(pdf))


def test_arabic_letters_are_joined_and_none_is_lost() -> None:
    pdf = typeset(agendas_paper(of_names("محمد بن عبد الله", "Jo Alt"), "fr"))

    assert "محمد بن عبد الله" in headings(pdf)
    drawn = {letter for text in texts(pdf) for letter in text}
    assert set("محمدبنعبدالله") <= drawn
    assert "�" not in drawn


HOSTILE = (
    "#let x = panic()", "*x* _y_ `z` $a$", "<b>Bold</b> & <script>alert(1)</script>", "\\ @ref #", "=1+1", "A" * 300,
    "Arbeitsgemeinschaft-" * 15, "陳大文", "😀", "\x00\x07", "W" * 60, "\u0301\u0302x", "", "»«",
    "\u202eevil", "{event}",
)  # fmt: skip


def test_whatever_people_are_called_all_papers_are_made_and_say_it_as_it_is() -> None:
    agendas = of_names("Jo Alt", *HOSTILE)

    papers = {name: typeset(paper) for name, paper in papers_of(agendas, "fr").items()}

    read = " ".join(texts(papers["agendas.pdf"]))
    for name in HOSTILE[:5]:
        assert printable(name) in read
    assert "A" * 40 in read.replace(" ", "")
    assert "panicked" not in read


def test_pages_are_as_many_as_foreseen_whatever_people_are_called() -> None:
    paper = agendas_paper(of_names("Jo Alt", *HOSTILE, *HOSTILE[::-1], *HOSTILE), "de")
    foreseen = paper.content["pages"]
    assert isinstance(foreseen, list)

    assert len(texts(typeset(paper))) == sum(len(page.pages) for page in foreseen)
    assert max(len(page.pages) for page in foreseen) > 3


def test_what_is_replaced_is_told_with_whose_it_is() -> None:
    agendas = agendas_from([a_party(1, "Werkhof", city="東京")], [(1, a_person(1, "Ann 陳"))], [])

    found = unprintable(agendas)

    assert found == (Unprintable("Werkhof", "東京", "東京"), Unprintable("Ann 陳 · Werkhof", "Ann 陳", "陳"))
    assert replaced_line(found[1], "de").startswith("Ann 陳 · Werkhof: Auf Papier fehlt in „Ann 陳“ 陳")


def any_text(rng: random.Random) -> str:
    """A few characters of any kind: of either font, marks, joiners, and such as no font has."""
    first, second = ([chr(code) for code in font] for font in fonts())
    odd = [chr(code) for code in (*range(0x300, 0x370), 0x200C, 0x200D, 0x20, 0x2DA, 0x8F3, 0x8CE, 0x1DC2)]
    pools = (first, second, odd, [chr(rng.randrange(0x20, 0xD7FF))])
    return "".join(rng.choice(rng.choice(pools)) for _ in range(rng.randint(1, 8)))


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.soak), pytest.param(3, marks=pytest.mark.soak)])
def test_no_sequence_of_characters_ends_the_document(seed: int) -> None:
    rng = random.Random(seed)
    people = [(1, a_person(number, any_text(rng), function=any_text(rng) * 3)) for number in range(1, 150)]

    pdf = typeset(agendas_paper(agendas_from([a_party(1, "Werkhof")], people, []), "fr"))

    assert pdf.startswith(b"%PDF")
