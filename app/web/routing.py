"""The routes of the service: what holds for each of them and must not be forgotten by one."""

from collections.abc import Callable, Coroutine

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute
from sqlalchemy.orm import Session

from app.audit import is_recorded
from app.web.sessions import SAFE

UPLOAD_BYTES = 32 * 2**20
"""How large a request may be that brings a file: `max_body_size=UPLOAD_BYTES` at its route. Others: BODY_BYTES."""
BODY_BYTES = 2**20

Handler = Callable[[Request], Coroutine[None, None, Response]]


class Route(APIRoute):
    """A route of the API: a change that it accepts is in the audit log."""

    def get_route_handler(self) -> Handler:
        answer = super().get_route_handler()

        async def handle(request: Request) -> Response:
            response = await answer(request)
            if request.method not in SAFE and response.status_code < 300:
                _must_be_recorded(request)
            return response

        return handle


def _must_be_recorded(request: Request) -> None:
    session = getattr(request.state, "session", None)
    assert isinstance(session, Session), f"{request.url.path} writes without the session of the request"
    assert is_recorded(session), f"{request.method} {request.url.path} recorded nothing; see app/audit.py"


class Router(APIRouter):
    """A router whose routes are of this house: `router = Router(prefix="/api/v1/…", tags=["…"])`."""

    def __init__(self, *, prefix: str, tags: list[str]) -> None:
        super().__init__(prefix=prefix, tags=[*tags], route_class=Route)
