"""The description of the API: every route with its answers, refusals and who may call it, found in the routes."""

from collections.abc import Collection, Iterator, Mapping
from http import HTTPStatus
from typing import Any  # a schema is JSON of any shape

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from pydantic import BaseModel, ConfigDict, Field

from app import __version__
from app.web.etags import if_match
from app.web.idempotency import HEADER
from app.web.problems import PROBLEM, TITLES
from app.web.routing import called, tells_a_secret

DESCRIPTION = """\
Ronde plans business conventions: who meets whom, when, and at which table.

A program sends an API key as `Authorization: Bearer …`; `ronde key add` or an owner makes one. Refusals are problems
(RFC 9457) with a sentence for people in `detail`, in the language of `Accept-Language` (fr, de, en, es), and for files
every fault with its cell in `errors`. HEAD is answered wherever GET is. What changes has an `ETag`; a change to it
names it in `If-Match`. A `POST` with an `Idempotency-Key` is done once, however often it is sent within a day. Lists
come in pages: `next` of one is `after` of the following one.
"""
LOCAL_TIME = r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?$"
UNTOLD = "Successful Response"
"""What the framework says of an answer of which nothing is said."""
METHODS = ("get", "post", "put", "patch", "delete")
WRITES = ("post", "put", "patch", "delete")


class FaultShown(BaseModel):
    """A fault of what was sent: of a file with sheet and cell, of a request with the path of the field."""

    model_config = ConfigDict(extra="allow")

    message: str
    path: str | None = None
    code: str | None = None
    sheet: str | None = None
    cell: str | None = None


class Problem(BaseModel):
    """Why a request was refused (RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    title: str = Field(examples=["Conflict"])
    status: int = Field(examples=[409])
    detail: str = Field(description="A sentence for people.", examples=["Version 3 is already published."])
    errors: list[FaultShown] = Field(default_factory=list)


class Service(FastAPI):
    """The service, which describes itself."""

    def openapi(self) -> dict[str, Any]:  # as the framework has it
        """Return the description, made once for these routes."""
        if self.openapi_schema is None:
            self.openapi_schema = _described(self)
        return self.openapi_schema


def operation_id(route: APIRoute) -> str:
    """Return the name of a route for programs: that of its function."""
    return route.name


def api_routes(app: FastAPI) -> Iterator[RouteContext]:
    """Yield the routes of the API as they are reached."""
    for context in iter_route_contexts(app.routes):
        if isinstance(context.original_route, APIRoute) and context.include_in_schema:
            yield context


def _described(app: FastAPI) -> dict[str, Any]:
    schema = get_openapi(title="Ronde", version=__version__, description=DESCRIPTION, routes=app.routes)
    shapes = schema.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        shapes.pop(name, None)
    _tell_local_times(schema)
    shapes.update(_shapes_of_problem())
    for context in api_routes(app):
        assert context.path_format is not None
        for method in context.methods or ():
            operation = schema["paths"][context.path_format].get(method.lower())
            if operation is not None:
                _complete(operation, method.lower(), context)
    return schema


def _tell_local_times(node: object) -> None:
    """Say how local times are written: the format `time` is another, with an offset (RFC 3339)."""
    if isinstance(node, dict):
        if node.get("format") == "time":
            del node["format"]
            node.setdefault("pattern", LOCAL_TIME)
        for inner in node.values():
            _tell_local_times(inner)
    elif isinstance(node, list):
        for inner in node:
            _tell_local_times(inner)


def _complete(operation: dict[str, Any], method: str, context: RouteContext) -> None:
    """Add to an operation the refusals that its route can answer with, and the key that a POST may carry."""
    route = context.original_route
    assert isinstance(route, APIRoute)
    calls = set(called(route.dependant))
    operation["summary"] = route.summary or route.name.replace("_", " ").capitalize()
    answers = operation["responses"]
    for status, answer in answers.items():
        if answer.get("description") == UNTOLD:
            answer["description"] = HTTPStatus(int(status)).phrase
    for status in sorted(_refusals(operation, method, calls)):
        answers[str(status)] = {
            "description": TITLES[status],
            "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    if method == "post" and tells_a_secret not in calls:
        operation.setdefault("parameters", []).append(_key_parameter())


def _refusals(operation: Mapping[str, Any], method: str, calls: Collection[object]) -> set[int]:
    """Return the statuses of refusals: what each request may meet, and what follows from what a route depends on."""
    parameters = operation.get("parameters", [])
    found = {400, 503}
    if operation.get("security"):
        found |= {401, 403}
    if parameters or "requestBody" in operation:
        found |= {422}
    if any(one["in"] == "path" for one in parameters) or _names_an_event(parameters):
        found |= {404}
    if method in WRITES:
        found |= {404, 409, 422}
    if "requestBody" in operation:
        found |= {413, 415}
    if if_match in calls:
        found |= {412, 428}
    return found | {int(status) for status in operation["responses"] if status.isdigit() and int(status) >= 400}


def _names_an_event(parameters: list[Mapping[str, Any]]) -> bool:
    return any(one["name"] == "event" for one in parameters)


def _key_parameter() -> dict[str, Any]:
    return {
        "name": HEADER,
        "in": "header",
        "required": False,
        "description": "A word of your own: sent again with it within a day, the request is done once.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
        "example": "import-2026-06-01",
    }


def _shapes_of_problem() -> dict[str, Any]:
    shape = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    inner = shape.pop("$defs", {})
    return {**inner, "Problem": shape}
