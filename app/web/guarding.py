"""What every request passes and every answer gets: the right host, no foreign page behind it, safe headers."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import Forbidden, Invalid
from app.web.addresses import is_own_host, is_own_origin, is_secure, settings_of_request
from app.web.headers import complete
from app.web.problems import answer_with
from app.web.sessions import SAFE

WRONG_HOST = "This service is not known by that name; who runs it sets RONDE_PUBLIC_URL."
FOREIGN = "This was sent from a page of another site, and is therefore not done."
TOO_LARGE = 413
ZERO = b"%00"
"""A zero byte in a question: nobody types it, and PostgreSQL cannot look for it."""
NO_ZERO = "There is a zero byte in the address."
LARGE = "This is more than is taken at once."
OWN_SITES = ("same-origin", "none")


class Guard:
    """The middleware before all routes. A route that sets one of the headers itself keeps its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = HTTPConnection(scope)
        secure = is_secure(request)

        too_large: Response | None = None

        async def guarded(message: Message) -> None:
            nonlocal too_large
            if message["type"] == "http.response.start":
                if message["status"] == TOO_LARGE:  # the framework answers in plain text
                    too_large = answer_with(request, TOO_LARGE, Invalid(LARGE))
                    message = {**message, "headers": too_large.raw_headers}
                complete(MutableHeaders(scope=message), is_secure=secure)
            elif too_large is not None:
                message = {**message, "body": too_large.body, "more_body": False}
            await send(message)

        refusal = _refusal(request, scope["method"])
        await (refusal or self.app)(scope, receive, guarded)


def _refusal(request: HTTPConnection, method: str) -> Response | None:
    hosts = request.headers.getlist("host")
    settings = settings_of_request(request)
    if len(hosts) != 1 or not is_own_host(hosts[0], settings):
        return answer_with(request, 400, Invalid(WRONG_HOST))
    if method not in SAFE and _is_foreign(request.headers, hosts[0], request):
        return answer_with(request, 403, Forbidden(FOREIGN))
    if ZERO in request.scope["query_string"]:
        return answer_with(request, 422, Invalid(NO_ZERO))
    return None


def _is_foreign(headers: Headers, host: str, request: HTTPConnection) -> bool:
    """Whether a page of another site may be behind it: browsers say so, programs with a key say nothing.

    Also for who is not signed in: nobody is to be signed in by another site.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in OWN_SITES
    origin = headers.get("origin")
    return origin is not None and not is_own_origin(origin, host, settings_of_request(request))
