"""Who may call a route: `may(Role.EDITOR)` or `public()`, a dependency that each route carries exactly once."""

from dataclasses import dataclass
from functools import cache
from typing import Annotated

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.orm import Session

from app import db
from app.audit import HOST
from app.errors import Forbidden, Unknown
from app.hosts.cookies import COOKIE, secret_of_browser
from app.hosts.lasting import note, seen_key, seen_sign_in
from app.hosts.roles import Caller, Role
from app.web.idempotency import claim, has_key
from app.web.sessions import Db, Engine_, Now

__all__ = ["Caller", "May", "Public", "Role", "may", "public"]

NOBODY = "Sign in, or send an API key in the header Authorization: Bearer …"
NOT_THIS_ROLE = "This takes the role {needed}; yours is {own}."
ENDED = "This sign-in or key is not known, or no longer."

_bearer = HTTPBearer(auto_error=False, scheme_name="key", description="An API key, from `ronde key add` or an owner.")
_cookie = APIKeyCookie(name=COOKIE, auto_error=False, scheme_name="sign-in", description="Given when one signs in.")
Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
Cookie = Annotated[str | None, Depends(_cookie)]


def caller_of_request(request: Request, engine: Engine_, now: Now, bearer: Bearer, _cookie: Cookie) -> Caller:
    """Return who asks. It looks in a transaction of its own, so that none is held while a file is read."""
    secret = secret_of_browser(request)
    with Session(engine) as session:
        if bearer is not None:
            seen = seen_key(session, bearer.credentials)
        elif secret is not None:
            seen = seen_sign_in(session, secret, now)
        else:
            raise Unknown(NOBODY)
    if seen is None:
        raise Unknown(ENDED)
    if seen.is_to_be_noted(now):
        with db.writing(engine) as session:
            note(session, seen, now)
    request.state.caller = seen.caller.name
    return seen.caller


@dataclass(frozen=True, slots=True)
class May:
    """Lets callers pass who have at least this role."""

    role: Role

    async def __call__(
        self, request: Request, caller: Annotated[Caller, Depends(caller_of_request)], session: Db
    ) -> Caller:
        if caller.role < self.role:
            raise Forbidden(NOT_THIS_ROLE, needed=self.role.word, own=caller.role.word)
        session.info[HOST] = caller.host_id
        if has_key(request):
            await run_in_threadpool(claim, request, session, f"{caller.host_id}/{caller.name}")
        return caller


@dataclass(frozen=True, slots=True)
class Public:
    """Lets everybody pass: a route that says so on purpose."""

    role: Role = Role.GUEST

    async def __call__(self) -> None:
        return


@cache
def may(role: Role) -> May:
    """Return the dependency that gives the Caller, if they have this role: `Annotated[Caller, Depends(may(…))]`."""
    return May(role)


@cache
def public() -> Public:
    """Return the dependency of a route that is open to everybody: `dependencies=[Depends(public())]`."""
    return Public()
