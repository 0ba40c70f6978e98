"""Refusals as HTTP: each kind of error has a status, and its answer is problem+json (RFC 9457)."""

import re
from collections.abc import Callable, Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import iter_route_contexts
from sqlalchemy.exc import IntegrityError, OperationalError
from starlette.exceptions import HTTPException

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
    Unconditioned,
    Unfinished,
    Unknown,
    Unready,
)
from app.web.addresses import is_secure
from app.web.headers import complete
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
TITLES = {
    401: "Sign in first",
    403: "Not allowed",
    404: "Not found",
    409: "Conflict",
    412: "Changed since",
    422: "Not acceptable as it is",
    428: "A condition is needed",
    429: "Too many attempts",
    503: "Not ready",
}
CROSSED = "Somebody else changed this at the same moment; look at it again."
BUSY = "The database is busy or cannot be reached; try again in a moment."
BUG = "Something is wrong in Ronde itself; it is in the log of the service, and nothing was changed."
NOT_THIS_METHOD = 405
UNIQUE_VIOLATION = "23505"
BY_CHANCE = ("40001", "40P01")
"""What PostgreSQL says when two transactions crossed: serialization failure, deadlock."""


def answer_refusals(app: FastAPI) -> None:
    """Make the service answer every refusal as a problem."""
    for kind, answer in ANSWERS.items():
        app.add_exception_handler(kind, answer)
    app.add_exception_handler(Exception, _problem_of_bug)


def answer_to(request: Request, refusal: AppError | HTTPException | RequestValidationError) -> JSONResponse:
    """Return how a refusal is answered."""
    return next(answer for kind, answer in ANSWERS.items() if isinstance(refusal, kind))(request, refusal)


def status_of(refusal: AppError) -> int:
    """Return the status with which a refusal is answered."""
    return next(STATUS[kind] for kind in type(refusal).__mro__ if kind in STATUS)


def problem(
    status: int, detail: str, more: Mapping[str, object] | None = None, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """Return an answer in the form of RFC 9457."""
    title = TITLES.get(status) or HTTPStatus(status).phrase
    body = {"title": title, "status": status, "detail": detail, **(more or {})}
    return JSONResponse(body, status_code=status, headers=headers, media_type=PROBLEM)


def _problem(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, AppError)
    status = status_of(error)
    more: dict[str, object] = {}
    headers: dict[str, str] = {}
    match error:
        case Faulty():
            more["errors"] = [fault.as_row() for fault in error.faults]
        case Conflict():
            more |= jsonable_encoder(error.more)
        case Infeasible():
            more["paths"] = list(error.paths)
        case Stale():
            more["current"] = headers["ETag"] = error.current
        case Limited():
            headers["Retry-After"] = str(error.seconds)
        case Unknown():
            headers["WWW-Authenticate"] = "Bearer"
        case Unready() | Unfinished():
            headers["Retry-After"] = "5"
    return problem(status, str(error), more, headers)


def _problem_of_http(request: Request, error: Exception) -> JSONResponse:
    """Answer what no route takes: an unknown address, a method that is not for it."""
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == NOT_THIS_METHOD:
        headers["Allow"] = ", ".join(sorted(_methods_at(request)))
    return problem(error.status_code, error.detail, headers=headers)


def _methods_at(request: Request) -> set[str]:
    """Return what can be done at an address: the routes are one for each method."""
    methods: set[str] = set()
    for context in iter_route_contexts(request.app.routes):
        regex = getattr(context.original_route, "path_regex", None)
        if isinstance(regex, re.Pattern) and regex.match(request.url.path):
            methods |= context.methods or set()
    return methods


def _problem_of_request(_request: Request, error: Exception) -> JSONResponse:
    """Answer a request that is not of the form described, with a place and a sentence for each fault."""
    assert isinstance(error, RequestValidationError)
    faults = [{"path": ".".join(map(str, one["loc"])), "message": one["msg"]} for one in error.errors()]
    return problem(422, "The request is not as described.", {"errors": faults})


def _problem_of_crossing(_request: Request, error: Exception) -> JSONResponse:
    """Answer what the database refused because somebody else was faster; any other breach of a rule is our own bug."""
    assert isinstance(error, IntegrityError)
    is_taken = getattr(error.orig, "sqlstate", None) == UNIQUE_VIOLATION or "UNIQUE constraint" in str(error.orig)
    if not is_taken:
        raise error
    return problem(409, CROSSED)


def _problem_of_database(_request: Request, error: Exception) -> JSONResponse:
    """Answer when transactions crossed, or the database is busy or away."""
    assert isinstance(error, OperationalError)
    if getattr(error.orig, "sqlstate", None) in BY_CHANCE:
        return problem(409, CROSSED)
    return problem(503, BUSY, headers={"Retry-After": "5"})


def _problem_of_bug(request: Request, error: Exception) -> JSONResponse:
    """Answer our own bug without a word about it: its traceback is in the log. No middleware sees this answer."""
    log_bug(request, error)
    answer = problem(500, BUG, headers={REQUEST_ID: request.state.request_id})
    complete(answer.headers, is_secure=is_secure(request))
    return answer


ANSWERS: dict[type[Exception], Callable[[Request, Exception], JSONResponse]] = {
    AppError: _problem,
    HTTPException: _problem_of_http,
    RequestValidationError: _problem_of_request,
    IntegrityError: _problem_of_crossing,
    OperationalError: _problem_of_database,
}
