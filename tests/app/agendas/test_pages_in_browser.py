"""The delegates' page in a real browser: on a telephone nothing is cut off, and a table stays one for who hears it."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser

import app
from tests.app.agendas.fairs import Fair
from tests.app.agendas.stages import Stage
from tests.app.agendas.timetables import Held
from tests.builders import a_wish

WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
STATIC = Path(app.__file__).parent / "static"


def long_names(fair: Fair) -> None:
    for house in (fair.jo.organisation, fair.anne.organisation):
        house.name, house.city = WORD, WORD
        house.website = f"https://{WORD}.example/{WORD}"
    fair.event.name, fair.event.venue = f"{WORD} 2026", WORD
    fair.jo.function = WORD
    a_wish(fair.session, fair.anne.organisation, fair.bo.organisation)
    fair.session.flush()
    fair.publish(Held(fair.jo, fair.anne, slot=1), Held(fair.ute, fair.bo, slot=0))


@pytest.mark.parametrize("width", [320, 360, 800])
def test_nothing_is_cut_off_however_long_names_are(
    guest: TestClient, stage: Stage, browser: Browser, width: int
) -> None:
    stage.do(long_names)
    styles = "".join((STATIC / name).read_text(encoding="utf-8") for name in ("ronde.css", "agenda.css"))
    text = guest.get(stage.page("anne")).text
    page = browser.new_page(viewport={"width": width, "height": 900})

    page.set_content(re.sub(r"<link[^>]*>", "", text).replace("</head>", f"<style>{styles}</style></head>"))
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")

    edges = page.evaluate("[...document.querySelectorAll('main *')].map(one => one.getBoundingClientRect().right)")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert max(edges) <= width
    assert page.get_by_role("rowheader").count() == page.get_by_role("row").count() - 1 == 1
