"""Refusals as HTTP: each kind of error has a status; programs get problem+json (RFC 9457), browsers a page.

The sentence is in the language of the reader.
"""

import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any  # what pydantic says of a fault

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.routing import iter_route_contexts
from pydantic_core import to_jsonable_python
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from app.errors import (
    AppError,
    Conflict,
    Faulty,
    Forbidden,
    Infeasible,
    Invalid,
    Limited,
    NotFound,
    Stale,
    Translate,
    Unconditioned,
    Unfinished,
    Unknown,
    Unready,
)
from app.languages import sentences
from app.templating import language_of, page
from app.web.addresses import is_secure
from app.web.headers import complete
from app.web.unfit import unfit
from app.web.watching import REQUEST_ID, log_bug

STATUS: dict[type[AppError], int] = {
    Unknown: 401,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    Infeasible: 409,
    Stale: 412,
    Invalid: 422,
    Unconditioned: 428,
    Limited: 429,
    Unfinished: 503,
    Unready: 503,
}
PROBLEM = "application/problem+json"
IS_PAGE = "is_page"
"""What a request at a page carries in its state."""
TITLES = {
    400: "Not understood",
    401: "Sign in first",
    403: "Not allowed",
    404: "Not found",
    409: "Conflict",
    412: "Changed since",
    413: "Too large",
    415: "Of another kind than is taken",
    422: "Not acceptable as it is",
    428: "A condition is needed",
    429: "Too many attempts",
    503: "Not ready",
}
CROSSED = "Somebody else changed this at the same moment; look at it again."
BUSY = "The database is busy or cannot be reached; try again in a moment."
BUG = "Something is wrong in Ronde itself; it is in the log of the service, and nothing was changed."
UNEXPECTED = "What was sent is not as expected. {first}"
MOST_TOLD = 3
"""So many of the faults of a request are in its sentence; all of them are beside it."""
NOT_THIS_METHOD = 405
UNIQUE_VIOLATION = "23505"
BY_CHANCE = ("40001", "40P01")
"""What PostgreSQL says when two transactions crossed: serialization failure, deadlock."""


def answer_refusals(app: FastAPI) -> None:
    """Make the service answer every refusal as a problem."""
    for kind, answer in ANSWERS.items():
        app.add_exception_handler(kind, answer)
    app.add_exception_handler(Exception, _problem_of_bug)


def answer_to(request: Request, refusal: AppError | HTTPException | RequestValidationError) -> Response:
    """Return how a refusal is answered."""
    return next(answer for kind, answer in ANSWERS.items() if isinstance(refusal, kind))(request, refusal)


def status_of(refusal: AppError) -> int:
    """Return the status with which a refusal is answered."""
    return next(STATUS[kind] for kind in type(refusal).__mro__ if kind in STATUS)


def answer_with(
    request: HTTPConnection,
    status: int,
    refusal: AppError,
    more: Mapping[str, object] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return the answer in the reader's language: a page for a browser, else in the form of RFC 9457."""
    lang = language_of(request)
    detail = refusal.told(sentences(lang).gettext)
    if is_browsing(request):
        answer: Response = page(request, "refused.html", {"sentence": detail}, status)
    else:
        body = {"title": TITLES.get(status) or HTTPStatus(status).phrase, "status": status, "detail": detail}
        answer = JSONResponse({**body, **(more or {})}, status, media_type=PROBLEM)
        answer.headers.update({"Content-Language": lang, "Vary": "Accept, Accept-Language"})
    answer.headers.update(headers or {})
    return answer


def is_browsing(request: HTTPConnection) -> bool:
    """Whether a person reads the answer: at a page, and wherever a browser loses its way outside of the API."""
    wants_page = "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/")
    return wants_page or request.scope.get("state", {}).get(IS_PAGE) is True


def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, AppError)
    more: dict[str, object] = {}
    headers: dict[str, str] = {}
    match error:
        case Faulty():
            translate = sentences(language_of(request)).gettext
            more["errors"] = [fault.as_row(translate) for fault in error.faults]
        case Conflict():
            more |= to_jsonable_python(error.more)
        case Infeasible():
            more |= {"paths": list(error.paths), "rules": list(error.rules)}
        case Stale():
            more["current"] = headers["ETag"] = error.current
        case Limited():
            headers["Retry-After"] = str(error.seconds)
        case Unknown():
            headers["WWW-Authenticate"] = "Bearer"
        case Unready() | Unfinished():
            headers["Retry-After"] = "5"
    return answer_with(request, status_of(error), error, more, headers)


def _problem_of_http(request: Request, error: Exception) -> Response:
    """Answer what no route takes: an unknown address, a method that is not for it."""
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == NOT_THIS_METHOD:
        headers["Allow"] = ", ".join(sorted(_methods_at(request)))
    return answer_with(request, error.status_code, _refusal_of_http(error), headers=headers)


def _refusal_of_http(error: HTTPException) -> AppError:
    match error.status_code:
        case 400:
            return Invalid("What was sent is not whole, or not what its Content-Type says.")
        case 404:
            return NotFound("There is nothing at this address.")
        case 405:
            return AppError("This cannot be done at this address; `Allow` says what can.")
        case 415:
            return Invalid("This takes {types}: say so in the header Content-Type.", types=error.detail)
    return AppError(error.detail)


def _methods_at(request: Request) -> set[str]:
    """Return what can be done at an address: the routes are one for each method."""
    methods: set[str] = set()
    for context in iter_route_contexts(request.app.routes):
        regex = getattr(context.original_route, "path_regex", None)
        if isinstance(regex, re.Pattern) and regex.match(request.url.path):
            methods |= context.methods or set()
    return methods | ({"HEAD"} if "GET" in methods else set())


def _problem_of_request(request: Request, error: Exception) -> Response:
    """Answer a request that is not of the form described, with a place and a sentence for each fault."""
    assert isinstance(error, RequestValidationError)
    translate = sentences(language_of(request)).gettext
    faults = [_fault(one, translate) for one in error.errors()]
    first = [
        f"{fault['path'].partition('.')[2]}: {fault['message']}".removeprefix(": ") for fault in faults[:MOST_TOLD]
    ]
    return answer_with(request, 422, Invalid(UNEXPECTED, first=" ".join(first)), {"errors": faults})


def _fault(error: Mapping[str, Any], translate: Translate) -> dict[str, str]:
    where = error["loc"][:1] if error["type"] == "json_invalid" else error["loc"]  # with JSON it also says which letter
    message = unfit(error["type"], error.get("ctx", {})).told(translate)
    return {"path": ".".join(map(str, where)), "message": message}


def _problem_of_crossing(request: Request, error: Exception) -> Response:
    """Answer what the database refused because somebody else was faster; any other breach of a rule is our own bug."""
    assert isinstance(error, IntegrityError)
    is_taken = getattr(error.orig, "sqlstate", None) == UNIQUE_VIOLATION or "UNIQUE constraint" in str(error.orig)
    if not is_taken:
        raise error
    return answer_with(request, 409, Conflict(CROSSED))


def _problem_of_database(request: Request, error: Exception) -> Response:
    """Answer when transactions crossed, the database is busy or away, or all connections to it are in use for long."""
    assert isinstance(error, OperationalError | NoConnection)
    if isinstance(error, OperationalError) and getattr(error.orig, "sqlstate", None) in BY_CHANCE:
        return answer_with(request, 409, Conflict(CROSSED))
    return answer_with(request, 503, Unready(BUSY), headers={"Retry-After": "5"})


def _problem_of_bug(request: Request, error: Exception) -> Response:
    """Answer our own bug without a word about it: its traceback is in the log. No middleware sees this answer."""
    log_bug(request, error)
    answer = answer_with(request, 500, AppError(BUG), headers={REQUEST_ID: request.state.request_id})
    complete(answer.headers, is_secure=is_secure(request))
    return answer


ANSWERS: dict[type[Exception], Callable[[Request, Exception], Response]] = {
    AppError: _problem,
    HTTPException: _problem_of_http,
    RequestValidationError: _problem_of_request,
    IntegrityError: _problem_of_crossing,
    OperationalError: _problem_of_database,
    NoConnection: _problem_of_database,
}
