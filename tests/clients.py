"""Clients of the service: who signed in with a browser, who has a key."""

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
