"""Clients of the service: who signed in with a browser, who has a key."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.hosts.cookies import COOKIE_ON_LOCALHOST

HERE = "http://localhost:8000"


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
        server = uvicorn.Server(uvicorn.Config(service, log_level="warning", proxy_headers=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
