"""The seams that every route stands on: session, audit, tags, pages, roles; over a small router, in both databases."""

from typing import Annotated

import pytest
from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine, func, select

from app import audit, db, models
from app.errors import Conflict
from app.events.access import detached_event_for, event_for
from app.hosts.access import Caller, Role, may, public
from app.web.etags import IfMatch, etag_of, matched
from app.web.fields import Answer, Body, Flag, Instant, Line, Real, Text, Whole
from app.web.paging import Page, Paging, paged
from app.web.routing import Router
from app.web.sessions import Db, Now
from tests.builders import a_key, a_sign_in, an_event, another_host
from tests.clients import service_over, signed_in, with_key
from tests.conftest import AsKey, AsRole


class Named(Body):
    """A name, and what else a field can be."""

    name: Line
    note: Text = ""
    places: Whole = 0
    share: Real = 0.0
    is_open: Flag = False
    at: Instant | None = None


class Shown(Answer):
    """An event in brief."""

    slug: str
    name: str


def a_router() -> Router:
    router = Router(prefix="/api/v1/trials", tags=["trials"])

    @router.get("/open", dependencies=[Depends(public())])
    def open_() -> str:
        return "open"

    @router.get("/mine")
    def mine(caller: Annotated[Caller, Depends(may(Role.READER))]) -> str:
        return caller.name

    @router.get("/events")
    def events(_caller: Annotated[Caller, Depends(may(Role.READER))], session: Db, paging: Paging) -> Page[Shown]:
        rows, after = paged(session, select(models.Event), paging, models.Event.id)
        return Page[Shown](items=[Shown(slug=row.slug, name=row.name) for row in rows], next=after)

    @router.get("/events/{slug}")
    def event(event: Annotated[models.Event, Depends(event_for(Role.READER))]) -> Shown:
        return Shown(slug=event.slug, name=event.name)

    @router.get("/events/{slug}/stream")
    def stream(event: Annotated[models.Event, Depends(detached_event_for(Role.READER))]) -> Shown:
        return Shown(slug=event.slug, name=event.name)

    @router.put("/events/{slug}")
    def rename(
        event: Annotated[models.Event, Depends(event_for(Role.EDITOR))],
        body: Named,
        tags: IfMatch,
        session: Db,
        now: Now,
        forgets: bool = False,
    ) -> Shown:
        matched(tags, etag_of(Shown(slug=event.slug, name=event.name)), takes_any=False)
        event.name = body.name
        if body.name == "Twice":
            raise Conflict("There is one already.")
        if not forgets:
            after = {"name": 1}
            audit.record(session, "organiser:1", "rename-event", event_id=event.id, subject="e", after=after, now=now)
        return Shown(slug=event.slug, name=event.name)

    return router


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


@pytest.fixture
def service(engine: Engine) -> FastAPI:
    return service_over(engine, more=a_router)


@pytest.fixture
def event_id(engine: Engine) -> int:
    with db.writing(engine) as session:
        return an_event(session).id


AT = "/api/v1/trials/events/convention"


def tag_of_event(name: str = "Convention") -> dict[str, str]:
    return {"If-Match": etag_of(Shown(slug="convention", name=name))}


def name_of_event(engine: Engine) -> str:
    with db.reading(engine) as session:
        return session.scalars(select(models.Event.name)).one()


def test_everybody_reads_what_is_open_and_nobody_else_what_is_not(anonymous: TestClient, client: TestClient) -> None:
    assert anonymous.get("/api/v1/trials/open").json() == "open"
    refused = anonymous.get("/api/v1/trials/mine")
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
    assert refused.headers["content-type"] == "application/problem+json"
    assert client.get("/api/v1/trials/mine").json() == "organiser:1"


def test_a_role_may_what_the_ones_below_it_may(event_id: int, client_as: AsRole, client_with_key: AsKey) -> None:
    answers = {
        role: client_as(role).put(AT, json={"name": "New"}, headers=tag_of_event()).status_code
        for role in (Role.READER, Role.DESK, Role.EDITOR)
    }

    assert answers == {Role.READER: 403, Role.DESK: 403, Role.EDITOR: 200}
    assert client_with_key(Role.READER).put(AT, json={"name": "N"}, headers=tag_of_event("New")).status_code == 403
    assert client_with_key(Role.EDITOR).put(AT, json={"name": "N"}, headers=tag_of_event("New")).status_code == 200


@pytest.mark.parametrize("path", ["", "/stream"])
def test_an_event_of_others_is_as_absent_as_one_that_there_is_not(
    path: str, event_id: int, engine: Engine, service: FastAPI, client: TestClient
) -> None:
    with db.writing(engine) as session:
        others = another_host(session)
        theirs = signed_in(service, a_sign_in(session, Role.OWNER, others))
        their_key = with_key(service, a_key(session, Role.EDITOR, host=others))
        other_event = an_event(session, name="Hiver")
        key_for_other = with_key(service, a_key(session, Role.EDITOR, other_event.id))
        key_for_this = with_key(service, a_key(session, Role.EDITOR, event_id))

    answers = [who.get(AT + path) for who in (theirs, their_key, key_for_other)]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    absent = client.get("/api/v1/trials/events/nowhere" + path)
    assert absent.json()["detail"].replace("nowhere", "convention") == answers[0].json()["detail"]
    assert key_for_this.get(AT + path).json() == client.get(AT + path).json()
    assert client.get("/api/v1/trials/events/a%00b" + path).status_code == 404


def test_a_change_is_in_the_audit_log_or_it_is_our_own_bug(event_id: int, engine: Engine, client: TestClient) -> None:
    assert client.put(AT, json={"name": "New"}, headers=tag_of_event()).status_code == 200
    with pytest.raises(AssertionError, match="recorded nothing"):
        client.put(f"{AT}?forgets=true", json={"name": "Newer"}, headers=tag_of_event("New"))

    with db.reading(engine) as session:
        entry = session.scalars(select(models.AuditEntry)).one()
        assert (entry.host_id, entry.event_id, entry.deed) == (1, event_id, "rename-event")
    assert name_of_event(engine) == "New"


def test_what_does_not_fit_is_told_by_field_in_the_language_of_the_caller(event_id: int, client: TestClient) -> None:
    body = {"name": "a\u200b\u202eb", "places": -1, "share": "x", "is_open": 1, "at": "2026-06-06T14:00", "host_id": 2}
    refused = client.put(AT, json=body, headers=tag_of_event() | {"Accept-Language": "de"})

    assert {one["path"]: one["message"] for one in refused.json()["errors"]} == {
        "body.name": "Es sind unsichtbare Zeichen darin.",
        "body.places": "Es muss 0 oder mehr sein.",
        "body.share": "Es muss eine Zahl sein.",
        "body.is_open": "Es muss true oder false sein.",
        "body.at": "Es muss ein Zeitpunkt mit seinem Abstand von UTC sein, etwa 2026-06-06T14:00:00+02:00.",
        "body.host_id": "Ein solches Feld gibt es hier nicht.",
    }
    assert refused.json()["detail"].startswith("Was gesendet wurde, ist nicht wie erwartet. name: Es sind unsichtbare")


@pytest.mark.parametrize(
    ("sent", "kind", "status", "sentence"),
    [
        (b'{"name": "New"', "application/json", 422, "What was sent is not as expected. It is not JSON."),
        (b"[" * 100_000, "application/json", 400, "What was sent is not whole, or not what its Content-Type says."),
        (b'{"name": "New"}', "text/plain", 415, "This takes application/json: say so in the header Content-Type."),
        (b"name=New", "", 415, "This takes application/json: say so in the header Content-Type."),
        (b"", "text/plain", 422, "What was sent is not as expected. It is missing."),
    ],
)
def test_what_cannot_be_read_at_all_is_told_so(
    event_id: int, client: TestClient, sent: bytes, kind: str, status: int, sentence: str
) -> None:
    refused = client.put(AT, content=sent, headers=tag_of_event() | {"Content-Type": kind})

    assert (refused.status_code, refused.json()["detail"]) == (status, sentence)
    assert refused.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("query", ["forgetting=true", "forgets=false&forgets=true"])
def test_a_change_is_not_made_with_a_parameter_misspelled_or_there_twice(
    event_id: int, engine: Engine, client: TestClient, query: str
) -> None:
    refused = client.put(f"{AT}?{query}", json={"name": "New"}, headers=tag_of_event())

    assert (refused.status_code, name_of_event(engine)) == (422, "Convention")
    assert "forget" in refused.json()["detail"]
    assert client.get(f"{AT}?{query}").status_code == 200


def test_what_has_no_width_is_not_part_of_a_name(event_id: int, engine: Engine, client: TestClient) -> None:
    taken = client.put(AT, json={"name": "\ufeffFor\u00adum\u200b"}, headers=tag_of_event())
    alone = client.put(AT, json={"name": "\u200b\u200d"}, headers=tag_of_event("Forum"))

    assert (taken.status_code, alone.status_code, name_of_event(engine)) == (200, 422, "Forum")


def test_what_is_refused_leaves_nothing(event_id: int, engine: Engine, client: TestClient) -> None:
    refused = client.put(AT, json={"name": "Twice"}, headers=tag_of_event())

    assert (refused.status_code, refused.json()["detail"]) == (409, "There is one already.")
    assert name_of_event(engine) == "Convention"
    with db.reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(models.AuditEntry)) == 0


def test_a_change_says_which_state_it_is_made_to(event_id: int, client: TestClient) -> None:
    unsaid = client.put(AT, json={"name": "New"})
    stale = client.put(AT, json={"name": "New"}, headers={"If-Match": '"old", W/"weak"'})
    star = client.put(AT, json={"name": "New"}, headers={"If-Match": "*"})
    weak = client.put(AT, json={"name": "New"}, headers={"If-Match": "W/" + tag_of_event()["If-Match"]})
    either = client.put(AT, json={"name": "New"}, headers={"If-Match": '"old", ' + tag_of_event()["If-Match"]})

    assert [answer.status_code for answer in (unsaid, stale, star, weak, either)] == [428, 412, 428, 412, 200]
    assert stale.headers["etag"] == stale.json()["current"] == tag_of_event()["If-Match"]


def test_a_list_comes_in_pages_that_miss_and_repeat_nothing(engine: Engine, client: TestClient) -> None:
    names = [f"Event {number}" for number in range(7)]
    with db.writing(engine) as session:
        for name in names:
            an_event(session, name=name, slots=1, tables=1)

    read: list[str] = []
    after: str | None = ""
    while after is not None:
        page = client.get("/api/v1/trials/events?limit=3" + (f"&after={after}" if after else "")).json()
        assert len(page["items"]) <= 3
        read += [item["name"] for item in page["items"]]
        after = page["next"]

    assert read == names


def test_a_cursor_of_no_list_is_refused(client: TestClient) -> None:
    for after in ("x", "bnVsbA", "WyJhIl0", "WzEsMl0", "WzFlMzAwXQ", "W1tdXQ", "WzkyMjMzNzIwMzY4NTQ3NzU4MDhd"):
        assert client.get(f"/api/v1/trials/events?after={after}").status_code == 422, after


def test_a_page_has_a_size(client: TestClient) -> None:
    for limit in ("0", "201", "x", "-1"):
        assert client.get(f"/api/v1/trials/events?limit={limit}").status_code == 422, limit


NO_BODIES = (
    '{"name": ""}',
    '{"name": "  "}',
    '{"name": "a\\u0000b"}',
    '{"name": "a\\nb"}',
    '{"name": "a\\u202eb"}',
    '{"name": "\\ud800"}',
    '{"name": 7}',
    '{"name": "a", "role": "owner"}',
    '{"name": "a", "share": NaN}',
    '{"name": "a", "share": Infinity}',
    '{"name": "a", "places": "7"}',
    '{"name": "a", "places": 1e99}',
    '{"name": "a", "is_open": 1}',
    '{"name": "a", "note": "\\u0007"}',
    '{"name": "a", "at": 0}',
    '{"name": "a", "at": "2026-06-06T14:00:00"}',
    f'{{"name": "{"a" * 301}"}}',
    "[]",
    "{",
)


def test_what_no_organiser_types_is_refused(event_id: int, engine: Engine, client: TestClient) -> None:
    headers = {"content-type": "application/json", **tag_of_event()}

    for body in NO_BODIES:
        answer = client.put(AT, content=body, headers=headers)

        assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json"), body
    assert name_of_event(engine) == "Convention"


def test_json_of_a_thousand_storeys_is_refused(event_id: int, client: TestClient) -> None:
    headers = {"content-type": "application/json", **tag_of_event()}

    assert client.put(AT, content="[" * 100_000, headers=headers).status_code == 400


def test_names_are_kept_in_one_way_of_writing(event_id: int, engine: Engine, client: TestClient) -> None:
    assert client.put(AT, json={"name": "  Cafe\u0301 "}, headers=tag_of_event()).json()["name"] == "Café"
