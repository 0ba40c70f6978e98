"""The routes of the service: what holds for each of them and must not be forgotten by one."""

from collections.abc import Callable, Coroutine, Iterator

from fastapi import APIRouter, Request, Response, params
from fastapi.concurrency import run_in_threadpool
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from sqlalchemy.orm import Session
from starlette.exceptions import HTTPException

from app.audit import is_recorded
from app.errors import AppError
from app.web.idempotency import Replayed, asked_of, is_claimed, keep_answer, keep_refusal
from app.web.problems import answer_to
from app.web.sessions import SAFE

UPLOAD_BYTES = 32 * 2**20
"""How large a request may be that brings a file: `max_body_size=UPLOAD_BYTES` at its route. Others: BODY_BYTES."""
BODY_BYTES = 2**20

Handler = Callable[[Request], Coroutine[None, None, Response]]


class Route(APIRoute):
    """A route of the API: sent again with the same key it answers the same, and what it changes is in the audit log."""

    def get_route_handler(self) -> Handler:
        answer = super().get_route_handler()
        field = self.body_field
        has_form = field is not None and isinstance(field.field_info, params.Form)
        is_secret = tells_a_secret in called(self.dependant)

        async def handle(request: Request) -> Response:
            try:
                request.state.asked = None if is_secret else await asked_of(request, has_form=has_form)
                response = await answer(request)
            except Replayed as replayed:
                return replayed.answer
            except (AppError, HTTPException, RequestValidationError) as refusal:
                if not is_claimed(request):
                    raise
                refused = answer_to(request, refusal)
                await run_in_threadpool(keep_refusal, request, request.state.session, refused)
                return refused
            if request.method not in SAFE and response.status_code < 300:
                session = _must_be_recorded(request)
                if is_claimed(request):
                    await run_in_threadpool(keep_answer, request, session, response)
            return response

        return handle


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
