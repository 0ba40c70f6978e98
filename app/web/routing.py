"""The routes of the service: what holds for each of them and must not be forgotten by one."""

from collections import Counter
from collections.abc import Callable, Collection, Coroutine, Iterator

from fastapi import APIRouter, Request, Response, params
from fastapi.concurrency import run_in_threadpool
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from sqlalchemy.orm import Session
from starlette.exceptions import HTTPException

from app.audit import is_recorded
from app.errors import AppError, Invalid
from app.web.idempotency import Replayed, asked_of, is_claimed, keep_answer, keep_refusal
from app.web.problems import answer_to
from app.web.sessions import SAFE

UPLOAD_BYTES = 32 * 2**20
"""How large a request may be that brings a file: `max_body_size=UPLOAD_BYTES` at its route. Others: BODY_BYTES."""
BODY_BYTES = 2**20
JSON = ("application/json",)
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
OTHER_TYPE = 415

Handler = Callable[[Request], Coroutine[None, None, Response]]


class Route(APIRoute):
    """A route of the API: sent again with the same key it answers the same, and what it changes is in the audit log."""

    def get_route_handler(self) -> Handler:
        answer = super().get_route_handler()
        field = self.body_field
        has_form = field is not None and isinstance(field.field_info, params.Form)
        types = FORMS if has_form else JSON
        is_secret = tells_a_secret in called(self.dependant)
        known = sorted(_query_of(self.dependant))

        async def handle(request: Request) -> Response:
            try:
                _refuse_strange(request, known)
                request.state.asked = None if is_secret else await asked_of(request, has_form=has_form)
                response = await answer(request)
            except Replayed as replayed:
                return replayed.answer
            except (AppError, HTTPException, RequestValidationError) as said:
                is_misread = isinstance(said, RequestValidationError) and not _is_of(request, types)
                refusal = HTTPException(OTHER_TYPE, " / ".join(types)) if is_misread else said
                if not is_claimed(request):
                    raise refusal from None
                refused = answer_to(request, refusal)
                await run_in_threadpool(keep_refusal, request, request.state.session, refused)
                return refused
            if request.method not in SAFE and response.status_code < 300:
                session = _must_be_recorded(request)
                if is_claimed(request):
                    await run_in_threadpool(keep_answer, request, session, response)
            return response

        return handle


def _query_of(dependant: Dependant) -> Iterator[str]:
    yield from (each.alias for each in dependant.query_params)
    for inner in dependant.dependencies:
        yield from _query_of(inner)


def _refuse_strange(request: Request, known: Collection[str]) -> None:
    """Refuse a change with a parameter that is misspelled or there twice: `?dry-run=true` is not meant in earnest."""
    if request.method in SAFE:
        return
    for name, count in Counter(name for name, _ in request.query_params.multi_items()).items():
        if name not in known:
            raise Invalid(
                "There is no parameter “{name}” here, only: {known}.", name=name, known=", ".join(known) or "–"
            )
        if count > 1:
            raise Invalid("The parameter “{name}” is there more than once.", name=name)


def _is_of(request: Request, types: tuple[str, ...]) -> bool:
    """Whether what was sent, if anything, is of one of these types."""
    has_body = "transfer-encoding" in request.headers or request.headers.get("content-length", "0") != "0"
    return not has_body or request.headers.get("content-type", "").partition(";")[0].strip().lower() in types


def tells_a_secret() -> None:
    """A dependency that says of a route that its answer holds a secret: it is not kept, and not given again."""


def called(dependant: Dependant) -> Iterator[Callable[..., object]]:
    """Yield everything that a route depends on, itself included."""
    if dependant.call is not None:
        yield dependant.call
    for inner in dependant.dependencies:
        yield from called(inner)


def _must_be_recorded(request: Request) -> Session:
    session = getattr(request.state, "session", None)
    assert isinstance(session, Session), f"{request.url.path} writes without the session of the request"
    assert is_recorded(session), f"{request.method} {request.url.path} recorded nothing; see app/audit.py"
    return session


class Router(APIRouter):
    """A router whose routes are of this house: `router = Router(prefix="/api/v1/…", tags=["…"])`."""

    def __init__(self, *, prefix: str, tags: list[str]) -> None:
        super().__init__(prefix=prefix, tags=[*tags], route_class=Route)
