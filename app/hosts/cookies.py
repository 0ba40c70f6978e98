"""The cookie of a sign-in: over https one that no other machine of the domain can set; plain http is for localhost."""

from fastapi import Request, Response

from app.errors import Conflict
from app.hosts.lasting import ABSOLUTE
from app.web.addresses import is_local, is_secure

COOKIE = "__Host-ronde"
COOKIE_ON_LOCALHOST = "ronde"
NOT_PRIVATE = (
    "Over plain http nobody can sign in from another machine: everybody on the way could read along. Put the service "
    "behind https and set RONDE_PUBLIC_URL, or open it on this machine as http://localhost."
)


def secret_of_browser(request: Request) -> str | None:
    """Return the secret that the browser holds; the cookie of localhost counts only there."""
    return request.cookies.get(COOKIE if is_secure(request) else COOKIE_ON_LOCALHOST)


def check_privacy(request: Request) -> None:
    """Refuse to sign in a browser that could not hold the cookie, or not in private."""
    if not is_secure(request) and not is_local(request):
        raise Conflict(NOT_PRIVATE)


def keep(request: Request, answer: Response, secret: str) -> None:
    """Let the browser hold the secret until it closes or the sign-in ends."""
    secure = is_secure(request)
    answer.set_cookie(
        COOKIE if secure else COOKIE_ON_LOCALHOST,
        secret,
        max_age=int(ABSOLUTE.total_seconds()),
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def forget(request: Request, answer: Response) -> None:
    """Let the browser forget it."""
    secure = is_secure(request)
    answer.delete_cookie(COOKIE if secure else COOKIE_ON_LOCALHOST, secure=secure, httponly=True, samesite="lax")
