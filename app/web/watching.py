"""What those who run the service see of requests: a line of JSON and a count for each, by the route's own pattern.

Neither holds a path, a query, a header or a body: these hold tokens and names.
"""

import logging
import sys
from collections.abc import Callable, MutableMapping
from typing import Any  # what a log line holds, as structlog has it
from uuid import uuid4

import structlog
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.clock import seconds
from app.web.metrics import Metrics

REQUEST_ID = "X-Request-ID"
UNKNOWN = "(none)"
QUIET = ("/healthz", "/readyz")


class Watch:
    """The outermost middleware: gives each request an id, and writes down how it went."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.log = structlog.get_logger("ronde.requests")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id, begun, status = uuid4().hex, seconds(), 500
        duration: float | None = None
        scope.setdefault("state", {})["request_id"] = request_id

        async def watched(message: Message) -> None:
            nonlocal status, duration
            if message["type"] == "http.response.start":
                status, duration = message["status"], seconds() - begun
                message["headers"] = [*message["headers"], (REQUEST_ID.lower().encode(), request_id.encode())]
            await send(message)

        try:
            with structlog.contextvars.bound_contextvars(request_id=request_id):
                await self.app(scope, receive, watched)
        finally:
            self._note(scope, status, duration if duration is not None else seconds() - begun)

    def _note(self, scope: Scope, status: int, duration: float) -> None:
        method = scope["method"] if scope["method"].isalpha() and len(scope["method"]) < 8 else UNKNOWN
        route = _pattern(scope)
        metrics: Metrics = scope["app"].state.metrics
        metrics.note(method, route, status, duration)
        if route in QUIET and status < 400:
            return
        state = scope.get("state", {})
        self.log.info(
            "request",
            request_id=state.get("request_id"),
            method=method,
            route=route,
            status=status,
            ms=round(duration * 1000, 1),
            caller=state.get("caller"),
        )


def log_bug(request: Request, error: Exception) -> None:
    """Write the traceback of our own bug, by which request it came."""
    structlog.get_logger("ronde").error(
        "bug", request_id=getattr(request.state, "request_id", None), route=_pattern(request.scope), exc_info=error
    )


def _pattern(scope: Scope) -> str:
    """The pattern of the route, as `/api/v1/events/{slug}`: never what stands in its place."""
    path: str | None = getattr(scope.get("route"), "path_format", None)
    return path or (scope["path"] if scope["path"] in QUIET else UNKNOWN)


SHARED: list[Callable[[Any, str, MutableMapping[str, Any]], Any]] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
# On import and not only when serving: what structlog does by itself is to print tracebacks with all that is in them.
structlog.configure(
    processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
)


def set_up_logs() -> None:
    """Let the service and its libraries write one line of JSON for each thing that happens, on standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=SHARED,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
