"""One page that cannot be typeset takes nobody else's with it, and no document takes more than it may."""

from dataclasses import replace

import pytest

from app.agendas.paper.agenda_pages import agendas_paper
from app.agendas.paper.content import Paper
from app.agendas.paper.rescuing import printed
from app.agendas.paper.typesetting import Allowance, TooLong, TypesettingError, typeset
from tests.app.agendas.paper.builders_of_agendas import a_crowd
from tests.app.agendas.paper.pdf_reading import headings, texts

NO_LANGUAGE = "not a language"


def broken(paper: Paper, *numbers: int) -> Paper:
    """The same paper, with pages on which the typesetter gives up."""
    pages = paper.content["pages"]
    assert isinstance(pages, list)
    spoilt = [replace(page, lang=NO_LANGUAGE) if number in numbers else page for number, page in enumerate(pages)]
    return replace(paper, content={**paper.content, "pages": spoilt})


def test_the_pages_of_all_others_come_out_and_it_is_said_whose_are_missing() -> None:
    paper = agendas_paper(a_crowd(1, 8, 4), "fr")
    everybody = headings(typeset(paper))

    made = printed(broken(paper, 2, 7))

    assert made.left_out == ("3. Prenom002 Nom002", "8. Prenom007 Nom007")
    assert headings(made.pdf) == [name for number, name in enumerate(everybody) if number not in (2, 7)]
    assert texts(made.pdf)[0] == (
        "Ceci n’a pas pu être imprimé et manque ici : 3. Prenom002 Nom002, 8. Prenom007 Nom007."
    )


def test_where_nothing_can_be_typeset_that_is_a_bug_and_not_an_empty_document() -> None:
    paper = agendas_paper(a_crowd(1, 4, 2), "fr")

    with pytest.raises(TypesettingError, match="language"):
        printed(broken(paper, *range(4)))


@pytest.mark.parametrize("allowed", [Allowance(megabytes=150), Allowance(cpu_seconds=0), Allowance(seconds=0.01)])
def test_a_document_that_takes_too_much_is_refused_with_the_reason(allowed: Allowance) -> None:
    paper = agendas_paper(a_crowd(1, 40, 8), "en")

    with pytest.raises(TooLong, match=r"“Agendas: Convention” needs more than the \d+ MB of memory or the \d+ seconds"):
        typeset(paper, allowed=allowed)
