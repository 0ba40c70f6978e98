"""Every list, found in the routes: its pages miss and repeat nothing, and a longer one asks no more questions."""

import pytest
from fastapi.testclient import TestClient

from app.web.paging import Page
from tests.counting import questions
from tests.world import GUARDED, OURS, ROUTES, SERVICE, Route, World

LISTS = [route for route in GUARDED if route.method == "GET" and route.is_paged]


def counted(client: TestClient, path: str) -> tuple[int, int]:
    """How many items come, and how many questions the database is asked for them."""
    with questions(SERVICE.state.engine) as asked:
        items = client.get(path).json()["items"]
    return len(items), len(asked)


def test_every_list_of_the_api_comes_in_pages() -> None:
    models = [(str(route), route.route.response_model) for route in ROUTES]
    answered = {name for name, model in models if isinstance(model, type) and issubclass(model, Page)}

    assert answered == {str(route) for route in LISTS}
    assert len(LISTS) > 15
    assert [str(route) for route in ROUTES if "list[" in str(route.route.response_model)] == []


def test_the_front_page_asks_as_many_questions_for_three_events_as_for_one(world: World) -> None:
    """Of theirs there is one; of ours three."""
    counts = {}
    for who in ("stranger", "owner"):
        world.client(who).get("/")
        with questions(SERVICE.state.engine) as asked:
            shown = world.client(who).get("/").text
        counts[who] = (sum(name in shown for name in ("Ete", "Hiver", "Convention")), len(asked))

    assert [shown for shown, _ in counts.values()] == [1, 3]
    assert counts["stranger"][1] == counts["owner"][1]


@pytest.mark.parametrize("route", LISTS, ids=str)
def test_a_list_of_three_asks_as_many_questions_as_a_list_of_one(route: Route, world: World) -> None:
    client, path = world.client("owner"), route.filled(world.samples[OURS])
    client.get(path)  # what is kept for later is kept now

    (one, for_one), (three, for_three) = (counted(client, f"{path}?limit={limit}") for limit in (1, 3))

    assert (one, three) == (1, 3), "tests/whole_event.py makes at least three of each"
    assert for_three == for_one


@pytest.mark.parametrize("route", LISTS, ids=str)
def test_pages_of_one_are_the_whole_list(route: Route, world: World) -> None:
    client, path = world.client("owner"), route.filled(world.samples[OURS])
    whole = client.get(f"{path}?limit=200").json()

    read: list[object] = []
    after: str | None = ""
    while after is not None and len(read) < 200:
        page = client.get(f"{path}?limit=1" + (f"&after={after}" if after else "")).json()
        read, after = read + page["items"], page["next"]

    assert read == whole["items"]
    assert whole["next"] is None
