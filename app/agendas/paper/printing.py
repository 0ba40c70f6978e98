"""What is printed of a version: each paper by the name of its file, and what paper cannot show."""

from collections.abc import Mapping

from app.agendas.paper.agenda_pages import Sort, agendas_paper
from app.agendas.paper.badges import badges_paper
from app.agendas.paper.content import Paper
from app.agendas.paper.desk_list import desk_paper
from app.agendas.paper.interpreter_sheets import interpreters_paper
from app.agendas.paper.letters import Unprintable
from app.agendas.paper.plan_sheets import plan_paper
from app.agendas.paper.table_signs import tables_paper
from app.agendas.queries import Agendas
from app.languages import sentences

PAPERS = ("agendas.pdf", "tables.pdf", "plan.pdf", "badges.pdf", "interpreters.pdf", "desk.pdf")


def papers_of(
    agendas: Agendas, lang: str, sort: Sort = Sort.NAME, links: Mapping[int, str] | None = None
) -> dict[str, Paper]:
    """Return everything that is handed out on paper, by the name of its file; interpreters' sheets where there are any.

    `links` leads from delegates to their live pages; without, the codes on their agendas hold the agenda itself.
    """
    papers = {
        "agendas.pdf": agendas_paper(agendas, lang, sort, links),
        "tables.pdf": tables_paper(agendas, lang),
        "plan.pdf": plan_paper(agendas, lang),
        "badges.pdf": badges_paper(agendas, lang, sort),
        "desk.pdf": desk_paper(agendas, lang, sort),
    }
    if agendas.interpreters:
        papers["interpreters.pdf"] = interpreters_paper(agendas, lang)
    return papers


def replaced_line(one: Unprintable, lang: str) -> str:
    """Return what the organiser is told of a text that paper cannot show whole."""
    _ = sentences(lang).gettext
    text = _("{whose}: on paper “{text}” lacks {characters}, which no font of Ronde has.")
    return text.format(whose=one.whose, text=one.text, characters=" ".join(one.characters))
