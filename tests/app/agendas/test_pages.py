"""The delegates' page: what it says, to whom, and what it lets them do."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from fastapi.testclient import TestClient
from pypdf import PdfReader
from sqlalchemy import Engine, event, select

from app import db, models
from app.agendas.links import Purpose
from app.agendas.own_page import subscription_of, web_address
from app.agendas.publishing import publish
from tests.app.agendas.fairs import Fair
from tests.app.agendas.stages import Now, Stage
from tests.app.agendas.timetables import Held, a_draft
from tests.builders import NOON, a_wish

LATER = NOON + timedelta(hours=1)


def text_of(answer: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer))


def two_meetings(fair: Fair) -> None:
    fair.publish(Held(fair.jo, fair.anne, slot=1), Held(fair.ute, fair.bo, slot=0))


def test_a_page_says_whom_one_meets_when_where_and_why(guest: TestClient, stage: Stage) -> None:
    stage.do(two_meetings)

    answer = guest.get(stage.page("anne"))
    text = text_of(answer.text)

    assert answer.status_code == 200
    assert answer.headers["content-language"] == "fr"
    for said in ("Anne Or", "Werkhof", "Jo Alt", "14:15", "Table 1", "Dernière modification", "Pourquoi vous vous"):
        assert said in text, said
    assert "Ute Neu" not in text
    assert re.search(r"Dernière modification :\s+1 juin 2026, \d\d:\d\d\s", text)


def test_a_page_is_sealed(guest: TestClient, stage: Stage) -> None:
    stage.do(two_meetings)
    page = guest.get(stage.page("anne"), follow_redirects=False)

    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["x-robots-tag"] == "noindex, nofollow"
    assert page.headers["cache-control"] == "private, no-store"
    assert page.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    assert "script" not in page.headers["content-security-policy"]
    assert "set-cookie" not in page.headers
    assert "<script" not in page.text
    loaded = re.findall(r"(?:src|<link[^>]*href)=\"([^\"]+)\"", page.text)
    assert loaded
    assert all(one.startswith("/static/") for one in loaded)
    assert {guest.get(one).status_code for one in loaded} == {200}


def test_reading_changes_nothing(guest: TestClient, stage: Stage, engine: Engine) -> None:
    stage.do(two_meetings)
    path = stage.page("anne")
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _cursor, statement, *_rest: statements.append(statement))

    assert {guest.get(path).status_code, guest.get(path).status_code} == {200}
    guest.get(f"{path}/links")

    assert {one.split()[0] for one in statements} <= {"SELECT", "BEGIN", "PRAGMA"}


def test_a_page_asks_as_often_for_three_meetings_as_for_one(guest: TestClient, stage: Stage, engine: Engine) -> None:
    stage.do(lambda fair: fair.publish())
    counts = []
    for held in ([("jo", "anne")], [("jo", "anne"), ("jo", "bo")]):
        stage.do(
            lambda fair, held=held: fair.publish(
                *(Held(getattr(fair, a), getattr(fair, b), slot=at) for at, (a, b) in enumerate(held))
            )
        )
        path = stage.page("jo")
        guest.get(path)
        statements: list[str] = []

        def count(_c: object, _cursor: object, statement: str, *_rest: object, into: list[str] = statements) -> None:
            into.append(statement)

        event.listen(engine, "before_cursor_execute", count)
        guest.get(path)
        event.remove(engine, "before_cursor_execute", count)
        counts.append(len(statements))

    assert counts[0] == counts[1]


def test_contact_shows_only_where_it_may(guest: TestClient, stage: Stage) -> None:
    stage.do(two_meetings)
    assert "anne@ville.example" in guest.get(stage.page("jo")).text
    assert "anne@ville.example" not in guest.get(stage.page("ute")).text

    def keeps_it(fair: Fair) -> None:
        fair.anne.consent = False

    stage.do(keeps_it)
    assert "anne@ville.example" not in guest.get(stage.page("jo")).text


def test_a_draft_shows_nowhere(guest: TestClient, stage: Stage) -> None:
    stage.do(lambda fair: a_draft(fair.session, fair.event, [Held(fair.jo, fair.anne)]))
    before = text_of(guest.get(stage.page("anne")).text)
    assert "pas encore publiés" in before
    assert "Werkhof" not in before

    stage.do(two_meetings)
    stage.do(lambda fair: a_draft(fair.session, fair.event, [Held(fair.jo, fair.anne, slot=3)]))
    assert "14:15" in guest.get(stage.page("anne")).text
    assert "14:45" not in guest.get(stage.page("anne")).text


def test_who_meets_nobody_is_told_so_kindly(guest: TestClient, stage: Stage) -> None:
    stage.do(lambda fair: fair.publish(Held(fair.jo, fair.anne)))

    answer = guest.get(stage.page("bo"))

    assert (answer.status_code, answer.headers["content-language"]) == (200, "en")
    assert "You are very welcome all the same" in answer.text
    assert guest.get(stage.feed("bo")).status_code == 200


def test_the_next_meeting_stands_on_top(guest: TestClient, stage: Stage, now: Now) -> None:
    stage.do(lambda fair: fair.publish(Held(fair.jo, fair.anne, slot=0), Held(fair.jo, fair.bo, slot=2)))

    def first() -> str:
        return guest.get(stage.page("jo")).text.partition("<table")[0]

    now.moment = NOON.replace(day=6)  # noon in UTC is two o'clock there: the first slot begins
    assert "Ville" in first()
    now.moment += timedelta(minutes=15)
    assert "Bois" in first()
    now.moment += timedelta(hours=5)
    assert 'class="next"' not in first()


def test_the_next_meeting_says_on_which_day_it_is(guest: TestClient, stage: Stage) -> None:
    stage.do(two_meetings)

    text = text_of(guest.get(stage.page("anne")).text)

    assert "Votre prochain rendez-vous Samedi 6 juin 2026 14:15 –14:30" in text


def test_what_was_cancelled_and_what_was_not_possible_is_said(guest: TestClient, stage: Stage) -> None:
    def plan(fair: Fair) -> None:
        a_wish(fair.session, fair.anne.organisation, fair.bo.organisation, rank=1)
        a_wish(fair.session, fair.bo.organisation, fair.anne.organisation, refuses=True)
        fair.publish(Held(fair.jo, fair.anne))
        version = a_draft(fair.session, fair.event, [], LATER)
        a, b = sorted((fair.jo.organisation_id, fair.anne.organisation_id))
        fair.session.add(
            models.NotHeld(
                version_id=version.id, organisation_a_id=a, organisation_b_id=b, ordinal=1, reason="no-table"
            )
        )
        fair.session.flush()
        publish(fair.session, version, LATER)

    stage.do(plan)
    anne, jo = text_of(guest.get(stage.page("anne")).text), text_of(guest.get(stage.page("jo")).text)

    assert "Annulés Samedi 6 juin 2026, 14:00 · Werkhof · Table 1" in anne
    assert "Bois Les organisateurs n’ont pas pu l’organiser." in anne
    assert "Aucune table n’est libre" in jo or "Kein Tisch ist frei" in jo


def test_names_cannot_write_markup(guest: TestClient, stage: Stage) -> None:
    def rename(fair: Fair) -> None:
        fair.jo.organisation.name = "<script>alert(1)</script>"
        fair.jo.first_name = '"><img src=x onerror=alert(1)>'
        fair.jo.organisation.website = "javascript:alert(1)"
        fair.event.name = "{{ 7*7 }}<b>"
        fair.session.flush()
        two_meetings(fair)

    stage.do(rename)
    for who in ("anne", "jo"):
        page = guest.get(stage.page(who)).text
        assert "<script" not in page
        assert "<img src=x" not in page
        assert "javascript:" not in page
        assert "{{ 7*7 }}&lt;b&gt;" in page


def test_a_delegate_renews_the_page_and_the_old_address_ends(guest: TestClient, stage: Stage, engine: Engine) -> None:
    stage.do(two_meetings)
    old, feed = stage.page("anne"), stage.feed("anne")

    answer = guest.post(f"{old}/links", data={"purpose": "page", "deed": "renew"})
    new = stage.page("anne")

    assert answer.status_code == 200
    assert new != old
    assert f'href="{new}"' in answer.text
    assert (guest.get(old).status_code, guest.get(new).status_code) == (404, 200)
    assert guest.get(feed).status_code == 200
    with db.reading(engine) as session:
        (entry,) = session.scalars(select(models.AuditEntry))
    assert (entry.deed, entry.after) == ("renew-link", {"purpose": "page", "generation": 2})
    assert "Anne" not in f"{entry.caller} {entry.subject}"


def test_a_delegate_withdraws_the_feed_and_the_page_stays(guest: TestClient, stage: Stage) -> None:
    stage.do(two_meetings)
    page, feed = stage.page("anne"), stage.feed("anne")

    answer = guest.post(f"{page}/links", data={"purpose": "feed", "deed": "withdraw"})

    assert answer.status_code == 200
    assert guest.get(feed).status_code == 404
    assert "webcal:" not in guest.get(page).text
    guest.post(f"{page}/links", data={"purpose": "feed", "deed": "renew"})
    assert guest.get(feed).status_code == 404
    assert guest.get(stage.feed("anne")).status_code == 200
    assert stage.feed("anne") in guest.get(page).text


def test_a_withdrawn_page_lets_nobody_do_anything(guest: TestClient, stage: Stage) -> None:
    stage.do(two_meetings)
    page = stage.page("anne")
    said = guest.post(f"{page}/links", data={"purpose": "page", "deed": "withdraw"})

    assert said.status_code == 200
    assert "agd_" not in said.text
    for answer in (
        guest.get(page),
        guest.get(f"{page}/agenda.pdf"),
        guest.post(f"{page}/links", data={"purpose": "page", "deed": "renew"}),
    ):
        assert (answer.status_code, answer.content) == (404, guest.get("/a/agd_nothing").content)


def test_a_page_of_another_site_cannot_withdraw_a_link(guest: TestClient, stage: Stage) -> None:
    page = stage.page("anne")

    foreign = guest.post(
        f"{page}/links", data={"purpose": "page", "deed": "withdraw"}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert foreign.status_code == 403
    assert guest.get(page).status_code == 200


@pytest.mark.parametrize("data", [{}, {"purpose": "all", "deed": "renew"}, {"purpose": "page", "deed": "erase"}])
def test_what_is_not_understood_changes_nothing(guest: TestClient, stage: Stage, data: dict[str, str]) -> None:
    page = stage.page("anne")

    assert guest.post(f"{page}/links", data=data).status_code == 422
    assert stage.page("anne") == page


def test_an_agenda_is_printed_from_the_page(guest: TestClient, stage: Stage) -> None:
    assert guest.get(f"{stage.page('anne')}/agenda.pdf").status_code == 404
    stage.do(two_meetings)

    answer = guest.get(f"{stage.page('anne')}/agenda.pdf")

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["referrer-policy"] == "no-referrer"

    text = PdfReader(BytesIO(answer.content)).pages[0].extract_text()
    assert "Werkhof" in text


def test_a_feeds_token_opens_no_page(guest: TestClient, stage: Stage) -> None:
    assert guest.get(f"/a/{stage.token('anne', Purpose.FEED)}").status_code == 404


def test_calendars_subscribe_by_links_of_their_own() -> None:
    found = subscription_of("https://ronde.example/f/ics_x/agenda.ics", "A & B")

    assert found.webcal == "webcal://ronde.example/f/ics_x/agenda.ics"
    assert found.google.endswith("?cid=webcal%3A%2F%2Fronde.example%2Ff%2Fics_x%2Fagenda.ics")
    assert found.outlook.endswith("url=https%3A%2F%2Fronde.example%2Ff%2Fics_x%2Fagenda.ics&name=A%20%26%20B")


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://a.example", "https://a.example"),
        ("www.a.example", "https://www.a.example"),
        ("JAVASCRIPT:alert(1)", None),
        ("data:text/html,x", None),
        (" ", None),
        (None, None),
    ],
)
def test_only_what_a_browser_may_open_is_a_link(written: str | None, address: str | None) -> None:
    assert web_address(written) == address


def test_what_is_cancelled_is_struck_out(guest: TestClient, stage: Stage) -> None:
    stage.do(lambda fair: (fair.publish(Held(fair.jo, fair.anne)), fair.publish(now=LATER)))

    assert re.search(r"<s>[^<]*· Werkhof ·[^<]*</s>", guest.get(stage.page("anne")).text)


def test_a_page_leads_to_paper_and_to_what_is_attended_online(guest: TestClient, stage: Stage) -> None:
    def with_a_talk(fair: Fair) -> None:
        two_meetings(fair)
        starts_at = fair.event.slots[-1].ends_at
        talk = models.ProgrammeItem(
            event_id=fair.event.id, uid="talk", title="Talk", starts_at=starts_at, changed_at=NOON, attendance="all",
            ends_at=starts_at + timedelta(hours=1), languages=["fr"], online_link="https://visio.example/1",
        )  # fmt: skip
        fair.session.add(talk)

    stage.do(with_a_talk)
    path = stage.page("anne")

    text = guest.get(path).text

    assert f'href="{path}/agenda.pdf"' in text
    assert re.search(r'<bdi>Talk</bdi><br><a href="https://visio.example/1"[^>]*>Participer en ligne</a>', text)


def test_after_the_event_the_page_thanks_for_having_come(guest: TestClient, stage: Stage, now: Now) -> None:
    stage.do(two_meetings)

    before = guest.get(stage.page("bo")).text
    now.moment = NOON.replace(day=7)
    after = guest.get(stage.page("bo")).text

    assert "The event is over" not in before
    assert "The event is over. Thank you for having come." in after
