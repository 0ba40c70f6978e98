"""The service: routers, refusals → HTTP status. No logic."""

from collections.abc import Callable
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from app import db
from app.errors import AppError, Conflict, Faulty, Infeasible, Invalid, NotFound, Unfinished, Unready

STATUS: dict[type[AppError], int] = {
    NotFound: 404,
    Conflict: 409,
    Infeasible: 409,
    Invalid: 422,
    Unfinished: 503,
    Unready: 503,
}
PROBLEM = "application/problem+json"
TITLES = {404: "Not found", 409: "Conflict", 422: "Not acceptable as it is", 503: "Not ready"}


def create_app(engine: Engine) -> FastAPI:
    """Return the service over a database."""
    app = FastAPI(title="Ronde", openapi_url="/api/v1/openapi.json", docs_url=None, redoc_url=None)
    app.add_exception_handler(AppError, _problem)
    app.add_exception_handler(HTTPException, _problem_of_http)
    app.add_exception_handler(RequestValidationError, _problem_of_request)
    app.get("/healthz", include_in_schema=False)(_healthz)
    app.get("/readyz", include_in_schema=False)(_readyz_of(engine))
    return app


def _healthz() -> dict[str, str]:
    """The process runs and answers."""
    return {"status": "ok"}


def _readyz_of(engine: Engine) -> Callable[[], dict[str, str]]:
    def readyz() -> dict[str, str]:
        """The database is there, and its schema is the one this code expects."""
        try:
            is_newest = db.is_newest(engine)
        except OperationalError as error:
            raise Unready("The database cannot be reached.") from error
        if not is_newest:
            raise Unready("The schema of the database is not the newest; run `ronde migrate`.")
        return {"status": "ready"}

    return readyz


def _problem(_request: Request, error: Exception) -> JSONResponse:
    """Answer a refusal as problem+json (RFC 9457)."""
    assert isinstance(error, AppError)
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    body: dict[str, object] = {"title": TITLES[status], "status": status, "detail": str(error)}
    if isinstance(error, Faulty):
        body["errors"] = jsonable_encoder(error.faults)
    if isinstance(error, Infeasible):
        body["paths"] = list(error.paths)
    return JSONResponse(body, status_code=status, media_type=PROBLEM)


def _problem_of_http(_request: Request, error: Exception) -> JSONResponse:
    """Answer what no route takes: an unknown address, a method that is not for it."""
    assert isinstance(error, HTTPException)
    title = HTTPStatus(error.status_code).phrase
    body = {"title": title, "status": error.status_code, "detail": error.detail}
    return JSONResponse(body, status_code=error.status_code, headers=error.headers, media_type=PROBLEM)


def _problem_of_request(_request: Request, error: Exception) -> JSONResponse:
    """Answer a request that is not of the form described, with a place and a sentence for each fault."""
    assert isinstance(error, RequestValidationError)
    faults = [{"path": ".".join(map(str, one["loc"])), "message": one["msg"]} for one in error.errors()]
    body = {"title": TITLES[422], "status": 422, "detail": "The request is not as described.", "errors": faults}
    return JSONResponse(body, status_code=422, media_type=PROBLEM)
