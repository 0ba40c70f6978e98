"""Routes of pages: what is refused is a page too, and who is not signed in is asked to."""

from collections.abc import Callable, Coroutine
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute, APIRouter

from app.errors import Unknown
from app.web.problems import IS_PAGE
from app.web.sessions import SAFE

Handler = Callable[[Request], Coroutine[None, None, Response]]
SIGN_IN = "/sign-in"
SEE_OTHER = 303


class PageRoute(APIRoute):
    """A route whose refusals are read by people."""

    def get_route_handler(self) -> Handler:
        answer = super().get_route_handler()

        async def handle(request: Request) -> Response:
            setattr(request.state, IS_PAGE, True)
            try:
                return await answer(request)
            except Unknown:
                return ask_to_sign_in(request)

        return handle


def ask_to_sign_in(request: Request) -> Response:
    """Send to the page of signing in, and from there back to a page that was asked for."""
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    back = f"?next={quote(path, safe='/')}" if request.method in SAFE and path != "/" else ""
    return RedirectResponse(SIGN_IN + back, SEE_OTHER)


class PageRouter(APIRouter):
    """A router of pages: they are not part of the API."""

    def __init__(self) -> None:
        super().__init__(route_class=PageRoute, include_in_schema=False)
