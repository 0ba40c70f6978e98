"""The description of the API reads well and is true: Schemathesis asks what it says, signed in and not."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings

from app import db
from app.hosts.access import Role
from tests.builders import a_key, first_host
from tests.clients import HERE
from tests.whole_event import Samples, a_whole_event
from tests.world import SERVICE, SETTINGS

DESCRIBED: dict[str, Any] = SERVICE.openapi()
OPERATIONS = [
    (path, method, operation)
    for path, methods in DESCRIBED["paths"].items()
    for method, operation in methods.items()
    if method in ("get", "post", "put", "patch", "delete")
]
NAMED = re.compile(r"([\w-]+)/\{(\w+)\}")
DECIDED_LATER = ["2xx", "3xx", 401, 403, 404, 409, 412, 422, 428, 429]
"""What a request that is of the form described may meet: a tag of another state, a rule that no form can say."""
CONFIG = schemathesis.Config.from_dict(
    {
        "checks": {"positive_data_acceptance": {"expected-statuses": DECIDED_LATER}},
        "generation": {"deterministic": True},
        "request-timeout": 120,  # a busy machine is no wrong answer
    }
)
SCHEMA = schemathesis.openapi.from_asgi("/api/v1/openapi.json", SERVICE, headers={"host": "localhost"}, config=CONFIG)
ONE_IN = 10


@dataclass
class Asking:
    """Who asks, and what there is for them to find."""

    headers: dict[str, str]
    samples: Samples


ASKING = Asking({}, {})


@SCHEMA.hook
def map_case(_context: schemathesis.HookContext, case: schemathesis.Case) -> schemathesis.Case:
    """Ask for what is there, so that more is tried than whether it is missing.

    A cursor can only come from a page, and a key of an earlier request is refused with another body: none is made up.
    """
    for name in [name for name in case.headers or {} if name.lower() == "idempotency-key"]:
        del case.headers[name]
    if case.meta is None or case.meta.generation.mode.is_positive:
        (case.query or {}).pop("after", None)
        for name, parameter in NAMED.findall(case.operation.path):
            value = ASKING.samples.get(f"{name}/{{{parameter}}}")
            if value is not None:
                case.path_parameters[parameter] = value
    return case


def a_service_to_ask(file: Path) -> Iterator[Asking]:
    """A whole event in a new database; nothing of it is left behind in the service."""
    former = SERVICE.state.engine
    SERVICE.state.engine = db.create_engine_of(f"sqlite:///{file}")
    SERVICE.state.settings = SETTINGS.model_copy(update={"erasure_list": file.with_name("erasures.jsonl")})
    db.migrate(SERVICE.state.engine)
    with db.writing(SERVICE.state.engine) as session:
        ASKING.samples = a_whole_event(session, first_host(session), "Convention")
        ASKING.headers = {"Authorization": f"Bearer {a_key(session, Role.OWNER)}"}
    yield ASKING
    SERVICE.state.engine.dispose()
    SERVICE.state.engine = former


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    yield from a_service_to_ask(tmp_path_factory.mktemp("described") / "described.db")


def few(count: int) -> Any:
    return settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def is_chosen(context: schemathesis.HookContext) -> bool:
    """A tenth of all operations, always the same: the others are asked in test_description_whole.py."""
    return zlib.crc32(context.operation.label.encode()) % ONE_IN == 0


@SCHEMA.include(func=is_chosen).parametrize()
@few(1)
def test_what_it_says_of_some_routes_is_true(case: schemathesis.Case, asking: Asking) -> None:
    response = case.call_and_validate(base_url=HERE, headers=asking.headers)

    assert response.status_code < 500


def test_every_route_has_a_name_of_its_own_that_says_what_it_does() -> None:
    names = [operation["operationId"] for _, _, operation in OPERATIONS]

    assert sorted(names) == sorted(set(names))
    assert [name for name in names if not re.fullmatch(r"[a-z]+(_[a-z]+)+", name)] == [], "a verb, and of what"


def test_every_route_says_in_a_sentence_what_it_does_and_in_which_part_it_is() -> None:
    silent = [
        f"{method.upper()} {path}"
        for path, method, operation in OPERATIONS
        if not operation.get("description", "").strip().endswith(".") or not operation.get("tags")
    ]

    assert silent == []


def test_every_route_is_listed_once_under_a_title_and_no_answer_is_without_a_word() -> None:
    for path, method, operation in OPERATIONS:
        assert len(operation["tags"]) == 1, path
        assert operation["summary"][1:] == operation["summary"][1:].lower(), path
        for status, answer in operation["responses"].items():
            assert answer["description"] not in ("", "Successful Response"), (method, path, status)


def test_every_refusal_is_a_problem_and_every_api_route_says_who_may() -> None:
    for path, method, operation in OPERATIONS:
        refusals = {status: answer for status, answer in operation["responses"].items() if status >= "400"}
        assert {"400", "503"} <= set(refusals), (method, path)
        for status, answer in refusals.items():
            assert set(answer["content"]) == {"application/problem+json"}, (method, path, status)
        if path.startswith("/api/") and operation.get("security"):
            assert {"401", "403"} <= set(refusals), (method, path)


def test_what_is_made_anew_is_shown_by_examples() -> None:
    """Of a field at least: readers see how it is meant. Files speak for themselves."""
    shapes = DESCRIBED["components"]["schemas"]
    bare = [
        f"{method.upper()} {path}"
        for path, method, operation in OPERATIONS
        for kind, content in operation.get("requestBody", {}).get("content", {}).items()
        if method == "post" and kind == "application/json" and not _has_example(content["schema"], shapes)
    ]

    assert bare == []


def _has_example(node: Any, shapes: Any) -> bool:
    if isinstance(node, list):
        return any(_has_example(inner, shapes) for inner in node)
    if not isinstance(node, dict):
        return False
    if "examples" in node or "example" in node or "enum" in node or "default" in node or "format" in node:
        return True
    if "$ref" in node:
        return _has_example(shapes[node["$ref"].rpartition("/")[2]], shapes)
    return any(_has_example(inner, shapes) for inner in node.values())
