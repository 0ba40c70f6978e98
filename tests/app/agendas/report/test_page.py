"""The report as a page: one file, four languages, names that are text, and nothing that runs or is fetched."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from app import models
from app.agendas.agenda import Origin
from app.agendas.queries import agendas_of
from app.agendas.report.drawing import ROWS_IN_A_BLOCK, arcs_of, bars_of, blocks_of
from app.agendas.report.parts import Cell, Change, Column, Flow, Grid, Recommendation, Report, Row, Spread, Step
from app.agendas.report.queries import report_of
from app.agendas.report.rendering import page_of
from app.agendas.report.telling import Telling
from app.clock import seconds
from app.languages import SPOKEN
from tests.app.agendas.conftest import Plan, Planned
from tests.builders import DAY, NOON, a_delegate, a_wish, an_event, an_organisation

SCRIPT = '<script>alert("1")</script> & "Söhne" {{ 7 * 7 }}'
FETCHING = {"script", "iframe", "object", "embed", "form", "img", "base", "audio", "video"}


class Page(HTMLParser):
    """What a page consists of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def report_on(session: Session, version: models.Version) -> Report:
    return report_of(session, version, agendas_of(session, version), seconds)


@pytest.mark.parametrize(
    ("lang", "press", "day", "heading"),
    [
        (
            "en",
            "4 organisations from 2 countries, 3 meetings in 1 hour",
            "Saturday, 6 June 2026",
            "For the next edition",
        ),
        (
            "fr",
            "4 organisations de 2 pays, 3 rendez-vous en 1 heure",
            "Samedi 6 juin 2026",
            "Pour la prochaine édition",
        ),
        (
            "de",
            "4 Organisationen aus 2 Ländern, 3 Gespräche in 1 Stunde",
            "Samstag, 6. Juni 2026",
            "Für das nächste Mal",
        ),
        (
            "es",
            "4 organizaciones de 2 países, 3 reuniones en 1 hora",
            "Sábado, 6 de junio de 2026",
            "Para la próxima edición",
        ),
    ],
)
def test_the_report_speaks_the_language_asked_for(
    session: Session, planned: Planned, lang: str, press: str, day: str, heading: str
) -> None:
    page = Page(page_of(report_on(session, planned.version), lang))

    assert press in page.text
    assert day in page.text
    assert heading in page.text
    assert dict(page.tags)["html"] == {"lang": lang}


def test_script_in_a_name_is_text(session: Session, plan: Plan) -> None:
    event = an_event(session, name=SCRIPT)
    event.venue = SCRIPT
    one = an_organisation(session, event, SCRIPT, kind=SCRIPT[:40], country="DE")
    for number in range(9):
        a_wish(session, an_organisation(session, event, f"{SCRIPT} {number}", a_delegate(SCRIPT)), one, rank=1)
    version, _result = plan(event)

    page = Page(page_of(report_on(session, version), "fr"))

    tags = {tag for tag, _attributes in page.tags}
    assert not tags & FETCHING
    assert page.text.count(SCRIPT) > 10
    assert "49" not in page.text.replace(SCRIPT, "")
    assert not [name for _tag, attributes in page.tags for name in attributes if name.startswith("on")]


def test_nothing_is_fetched_and_no_style_stands_in_an_element(session: Session, planned: Planned) -> None:
    text = page_of(report_on(session, planned.version), "en")
    page = Page(text)

    links = [value for _tag, attributes in page.tags for name, value in attributes.items() if name in ("href", "src")]
    assert links
    assert all(str(link).startswith(("#", "data:,")) for link in links)
    assert not re.search(r"@import|url\((?!#)", text)
    assert not [attributes for _tag, attributes in page.tags if "style" in attributes]


def test_every_drawing_has_a_title_a_description_and_a_table_beside_it(session: Session, planned: Planned) -> None:
    page = Page(page_of(report_on(session, planned.version), "en"))

    known = {str(attributes["id"]) for _tag, attributes in page.tags if "id" in attributes}
    ids = [attributes["id"] for _tag, attributes in page.tags if "id" in attributes]
    drawings = [attributes for tag, attributes in page.tags if tag == "svg" and "aria-hidden" not in attributes]
    assert len(drawings) >= 6
    assert len(ids) == len(set(ids))
    assert all(set(str(one["aria-labelledby"]).split()) <= known for one in drawings)
    assert all(str(a["href"])[1:] in known for tag, a in page.tags if tag in ("a", "use") and str(a["href"]) != "#")
    assert sum(tag == "table" for tag, _attributes in page.tags) >= 6


def test_the_numbers_of_the_page_are_those_of_the_event(session: Session, planned: Planned) -> None:
    page = Page(page_of(report_on(session, planned.version), "en").replace("<", " <"))
    text = " ".join(page.text.split())

    assert "meetings held 3" in text
    assert "of all wishes met (4 / 5) 80%" in text
    assert "rank 3 1 0 0%" in text
    assert "Germany France 2 66%" in text
    assert "Atelier du Bois Allein GmbH 3 no One of the two does not want to meet the other." in text


@pytest.mark.parametrize(
    ("lang", "percents", "moment"),
    [
        ("fr", ["+2,8\xa0%", "−1,3\xa0%", "0\xa0%"], "6 juin 2026, 14:05"),
        ("de", ["+2,8\xa0%", "−1,3\xa0%", "0\xa0%"], "6. Juni 2026, 14:05"),
        ("en", ["+2.8%", "−1.3%", "0%"], "6 June 2026, 14:05"),
        ("es", ["+2,8\xa0%", "−1,3\xa0%", "0\xa0%"], "6 de junio de 2026, 14:05"),
    ],
)
def test_per_cents_and_moments_are_written_as_the_reader_does(lang: str, percents: list[str], moment: str) -> None:
    say = Telling(lang, ZoneInfo("Europe/Paris"))

    assert [say.signed_percent(percent) for percent in (2.84, -1.3, 0)] == percents
    assert say.moment(datetime(2026, 6, 6, 12, 5, 7, tzinfo=UTC)) == moment


@pytest.mark.parametrize(
    ("lang", "days"),
    [
        ("fr", "Samedi 6 juin 2026 – dimanche 7 juin 2026"),
        ("de", "Samstag, 6. Juni 2026 – Sonntag, 7. Juni 2026"),
        ("en", "Saturday, 6 June 2026 – Sunday, 7 June 2026"),
        ("es", "Sábado, 6 de junio de 2026 – domingo, 7 de junio de 2026"),
    ],
)
def test_an_event_of_two_days_names_the_second_as_one_writes_it_inside_a_line(
    session: Session, planned: Planned, lang: str, days: str
) -> None:
    report = replace(report_on(session, planned.version), last_day=DAY + timedelta(days=1))

    assert Telling(lang, ZoneInfo("Europe/Paris")).days(report) == days
    assert days in Page(page_of(report, lang)).text


@pytest.mark.parametrize("lang", SPOKEN)
def test_how_good_the_plan_is_reads_as_one_sentence(session: Session, planned: Planned, lang: str) -> None:
    report = report_on(session, planned.version)
    proof = Telling(lang, ZoneInfo("Europe/Paris")).proof(report)

    (said,) = [line for line in Page(page_of(report, lang)).text.splitlines() if proof in line]

    assert said.count(":") == 1


def test_a_report_of_a_draft_says_that_it_is_one(session: Session, planned: Planned) -> None:
    report = report_on(session, planned.version)

    assert "Version 1, published" in Page(page_of(report, "en")).text
    assert "Version 1, draft" in Page(page_of(replace(report, is_published=False), "en")).text


def test_fewer_tables_are_counted_as_english_does() -> None:
    say = Telling("en", ZoneInfo("Europe/Paris"))
    less = (Change.TABLES_LESS, 5), (Change.TABLES_LESS, 1), (Change.SLOT_LESS, 1)

    assert [say.change(Recommendation(change, n, (), -n, -n, 0, -1.0, -1.0, is_proved=True)) for change, n in less] == [
        "5 tables fewer",
        "1 table fewer",
        "One slot fewer at the end",
    ]


def test_a_kind_keeps_its_letters_where_it_is_a_heading() -> None:
    say = Telling("fr", ZoneInfo("Europe/Paris"))

    assert [say.kind_alone(kind) for kind in ("buyer", "structure ESS")] == ["Acheteur", "Structure ESS"]


def test_a_report_of_nothing_says_so_kindly(session: Session, plan: Plan) -> None:
    version, _result = plan(an_event(session))

    page = Page(page_of(report_on(session, version), "en"))

    assert "0 organisations, 0 meetings in 1 hour" in page.text
    assert "Nobody made a wish." in page.text
    assert "No meeting is held." in page.text


def test_arcs_are_as_thick_as_meetings_are_many_and_none_is_lost() -> None:
    flows = [Flow(f"c{n}", f"c{n + 1}", 20 - n) for n in range(12)] + [Flow("c0", "c0", 5)]

    diagram = arcs_of(flows, str)

    assert len(diagram.nodes) == 8
    assert diagram.nodes[-1].name == "…"
    drawn = sum(arc.meetings for arc in diagram.arcs) + sum(node.inside for node in diagram.nodes)
    assert drawn == sum(flow.meetings for flow in flows)
    assert [arc.stroke for arc in diagram.arcs] == sorted((arc.stroke for arc in diagram.arcs), reverse=True)
    assert len({(arc.x, arc.y) for arc in diagram.arcs}) == len(diagram.arcs)


def test_bars_count_everybody_also_where_there_are_too_many_for_one_each() -> None:
    spread = Spread(0, 50, 100, tuple(Step(amount, 2) for amount in range(101)))

    bars = bars_of(spread)

    assert sum(bar.count for bar in bars.bars) == 202
    assert (bars.bars[0].label, bars.bars[-1].label) == ("0–3", "100")


@pytest.mark.parametrize(("slot_count", "table_count", "blocks"), [(15, 50, 1), (40, 300, 6), (1, 1, 1), (3, 0, 0)])
def test_the_grid_can_be_read_at_every_size(slot_count: int, table_count: int, blocks: int) -> None:
    columns = tuple(Column(NOON, NOON, DAY, table_count, 0, table_count) for _ in range(slot_count))
    rows = tuple(Row(str(number), None, slot_count) for number in range(table_count))
    cells = tuple(
        Cell(column, row, ("A", "B"), Origin.MUTUAL) for column in range(slot_count) for row in range(table_count)
    )

    made = blocks_of(Grid(columns, rows, cells, ()))

    assert len(made) == blocks
    assert all(len(block.lines) <= ROWS_IN_A_BLOCK and block.cell >= 12 and block.width <= 850 for block in made)
    assert sum(bool(square.mark) for block in made for line in block.lines for square in line.squares) == len(cells)
