"""The description of the API, for programs and for people: open where one develops, else for who is signed in."""

from typing import Any  # a schema is JSON of any shape

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse

from app.config import Settings
from app.hosts.access import Role, may, public
from app.templating import page
from app.web.openapi import METHODS
from app.web.pages import PageRouter

OPENAPI = "/api/v1/openapi.json"


def description_router(settings: Settings) -> APIRouter:
    """Return the two routes, with who may read them."""
    allowed = public() if settings.is_development else may(Role.READER)
    api = APIRouter(include_in_schema=False, dependencies=[Depends(allowed)])
    api.get(OPENAPI)(read_openapi)
    pages = PageRouter()
    pages.get("/docs", dependencies=[Depends(allowed)])(read_docs)
    api.include_router(pages)
    return api


def read_openapi(request: Request) -> Response:
    """Return the description for programs."""
    return JSONResponse(request.app.openapi())


def read_docs(request: Request) -> Response:
    """Show it to people, without a script from elsewhere."""
    schema: dict[str, Any] = request.app.openapi()
    groups: dict[str, list[dict[str, object]]] = {}
    for path, methods in schema["paths"].items():
        for method in METHODS:
            if method in methods:
                operation = methods[method]
                told = {"method": method.upper(), "path": path, **operation}
                groups.setdefault(operation.get("tags", ["others"])[0], []).append(told)
    return page(request, "docs.html", {"info": schema["info"], "groups": groups, "openapi": OPENAPI}, lang="en")
