"""The service: routers, refusals → HTTP status. No logic."""

from collections.abc import Callable

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

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
TITLES = {404: "Not found", 409: "Conflict", 422: "Not acceptable as it is", 503: "Not ready"}


def create_app(engine: Engine) -> FastAPI:
    """Return the service over a database."""
    app = FastAPI(title="Ronde", openapi_url="/api/v1/openapi.json", docs_url=None, redoc_url=None)
    app.add_exception_handler(AppError, _problem)
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
    return JSONResponse(body, status_code=status, media_type="application/problem+json")
