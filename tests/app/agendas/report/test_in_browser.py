"""The report in a real browser: nothing is fetched, nothing complains, nothing is cut off on telephone or paper."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy.orm import Session

from app.agendas.queries import agendas_of
from app.agendas.report.queries import report_of
from app.agendas.report.rendering import page_of
from app.clock import seconds
from app.languages import SPOKEN
from tests.app.agendas.conftest import Plan, Planned
from tests.builders import a_delegate, a_wish, an_event, an_organisation

LONG = "Verbandsgemeindewirtschaftsförderungsgesellschaftsverwaltung Obermosel-Sauer-Kyll mbH & Co. KG"
WIDTHS = (320, 390, 800, 1200)
PAPER = 695
"""How wide a page of A4 is between its margins, in the points of a browser."""


@pytest.fixture
def report(session: Session, plan: Plan, tmp_path: Path) -> Path:
    """The report of an event with long names, more tables and slots than a telephone is wide, and wishes that fail."""
    event = an_event(session, name=LONG, slots=20, tables=52)
    star = an_organisation(session, event, LONG, a_delegate("Wer"), kind="local-authority", max_meetings=3)
    for number in range(12):
        kind = ("buyer", "social-enterprise", "a kind of its own that is long")[number % 3]
        guest = an_organisation(session, event, f"{LONG} {number}", kind=kind, country=("FR", "DE", None)[number % 3])
        a_wish(session, guest, star, rank=number + 1)
    version, _result = plan(event)
    path = tmp_path / "report.html"
    path.write_text(page_of(report_of(session, version, agendas_of(session, version), seconds), "de"), encoding="utf-8")
    return path


def test_the_page_fits_every_size_is_quiet_and_fetches_nothing(browser: Browser, report: Path) -> None:
    page = browser.new_page()
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))

    widths = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(report.as_uri())
        widths[width] = page.evaluate("document.documentElement.scrollWidth")

    assert complaints == []
    assert {url for url in asked if not url.startswith("data:")} == {report.as_uri()}
    assert widths == {width: width for width in WIDTHS}
    assert page.locator("h1").inner_text() == LONG


@pytest.mark.parametrize("lang", SPOKEN)
def test_on_a_tablet_no_table_reaches_into_the_margin(
    browser: Browser, session: Session, planned: Planned, lang: str
) -> None:
    page = browser.new_page()
    version = planned.version
    page.set_content(page_of(report_of(session, version, agendas_of(session, version), seconds), lang))

    reaching = {}
    for width in range(600, 920, 20):
        page.set_viewport_size({"width": width, "height": 900})
        reaching[width] = page.evaluate(
            """() => {
                const main = document.querySelector('main');
                const edge = main.getBoundingClientRect().right - parseFloat(getComputedStyle(main).paddingRight);
                return [...main.querySelectorAll('table, p, dl, .wide')]
                    .filter(one => one.getBoundingClientRect().right > edge + 1).map(one => one.innerText.slice(0, 40));
            }"""
        )

    assert {width: found for width, found in reaching.items() if found} == {}


def test_on_paper_nothing_is_cut_off_and_marks_differ_without_colour(browser: Browser, report: Path) -> None:
    page = browser.new_page()
    page.set_viewport_size({"width": PAPER, "height": 1000})
    page.emulate_media(media="print")
    page.goto(report.as_uri())

    edges = page.evaluate("[...document.querySelectorAll('svg, td, th')].map(one => one.getBoundingClientRect().right)")
    shapes = page.evaluate("[...document.querySelectorAll('symbol')].map(o => o.innerHTML.replace(/#[0-9a-f]+/g, ''))")

    assert len(edges) > 50
    assert max(edges) <= PAPER
    assert len(shapes) == len(set(shapes)) == 4


def test_on_a_telephone_no_word_of_a_header_is_torn(browser: Browser, report: Path) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 900})
    page.goto(report.as_uri())

    torn, count = page.evaluate(
        """() => {
            const heads = [...document.querySelectorAll('thead th')].filter(one => one.offsetParent);
            const lines = node => {
                const range = document.createRange();
                return [...node.textContent.matchAll(/[^\\s-]+/g)].filter(word => {
                    range.setStart(node, word.index);
                    range.setEnd(node, word.index + word[0].length);
                    return range.getClientRects().length > 1;
                }).map(word => word[0]);
            };
            return [heads.flatMap(one => [...one.childNodes].flatMap(lines)), heads.length];
        }"""
    )

    assert torn == []
    assert count > 10


def test_a_reason_is_not_squeezed_into_words_beside_long_names(browser: Browser, report: Path) -> None:
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.goto(report.as_uri())

    lines = page.evaluate(
        """() => [...document.querySelectorAll('.annex tbody tr td:last-child:not(.n):not(.w)')].map(one => {
            const range = document.createRange();
            range.selectNodeContents(one);
            return [one.textContent.trim().split(' ').length, range.getClientRects().length];
        })"""
    )

    assert len(lines) > 3
    assert all(words / count >= 3 for words, count in lines), lines
