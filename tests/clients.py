"""Clients of the service: who signed in with a browser, who has a key."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache

import uvicorn
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app import clock, db
from app.cli.serving import KEEP_ALIVE_SECONDS
from app.config import Settings
from app.hosts.cookies import COOKIE_ON_LOCALHOST
from app.main import create_app

HERE = "http://localhost:8000"


def service_over(
    engine: Engine,
    settings: Settings | None = None,
    now: clock.Clock = clock.now,
    more: Callable[[], APIRouter] | None = None,
) -> FastAPI:
    """The service over a database, one at a time: its routes, which take longer to build than most tests, are kept.

    `more` makes routes that only a test has.
    """
    service = _built(more)
    service.state = create_app(engine, settings, now).state
    return service


@cache
def _built(more: Callable[[], APIRouter] | None) -> FastAPI:
    service = create_app(db.create_engine_of("sqlite://"))
    if more is not None:
        service.include_router(more())
    return service


def signed_in(service: FastAPI, secret: str) -> TestClient:
    """A browser in which somebody has signed in."""
    return TestClient(service, base_url=HERE, cookies={COOKIE_ON_LOCALHOST: secret})


def with_key(service: FastAPI, secret: str) -> TestClient:
    """A program that has an API key."""
    return TestClient(service, base_url=HERE, headers={"Authorization": f"Bearer {secret}"})


@contextmanager
def served(service: FastAPI) -> Iterator[str]:
    """A real server over the service, in threads of this process; its address."""
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(
            uvicorn.Config(service, log_level="warning", proxy_headers=False, timeout_keep_alive=KEEP_ALIVE_SECONDS)
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
