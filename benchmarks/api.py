"""What reads of the API cost: CPU milliseconds, and how many times a bare FastAPI answer of the same run.

    python -m benchmarks.api [COUNT]

The bare one is a route without a database, a guard or a log that answers a model of three fields. A ratio is what
signing in, permissions, the database and the answer itself cost; it hardly depends on the machine. Of six rounds the
least counts.
"""

import asyncio
import logging
import sys
import tempfile
import time

import httpx2
from fastapi import FastAPI
from pydantic import BaseModel
from sqlalchemy import Engine

from app import db
from app.hosts.access import Role
from app.main import create_app
from tests.builders import a_delegate, a_key, an_event, an_organisation

COUNT = 300
ROUNDS = 6
ORGANISATIONS = 100
AT = "/api/v1/events/convention"
READS = {
    "who am I": "/api/v1/me",
    "an event": AT,
    "events, a page": "/api/v1/events",
    "1 organisation of 100": f"{AT}/organisations?limit=1",
    "50 organisations of 100": f"{AT}/organisations?limit=50",
    "50 delegates of 100": f"{AT}/delegates?limit=50",
    "nobody's key: 401": "/api/v1/me",
}


class Bare(BaseModel):
    """Three fields."""

    slug: str
    name: str
    count: int


def bare_service() -> FastAPI:
    app = FastAPI()

    def bare() -> Bare:
        return Bare(slug="convention", name="Convention", count=93)

    app.get("/bare")(bare)
    return app


def filled(engine: Engine) -> str:
    """An event with organisations; the secret of a key that reads it."""
    db.migrate(engine)
    with db.writing(engine) as session:
        event = an_event(session, slots=12, tables=50)
        for number in range(ORGANISATIONS):
            an_organisation(session, event, f"Organisation {number}", a_delegate(f"Anna {number}"))
        return a_key(session, Role.READER)


async def milliseconds(app: FastAPI, path: str, key: str, count: int) -> float:
    """The CPU time of one request, of many after a few that warm up."""
    headers = {"Authorization": f"Bearer {key}"}
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://localhost", headers=headers) as client:
        for _ in range(20):
            await client.get(path)
        begun = time.process_time()
        for _ in range(count):
            await client.get(path)
        return (time.process_time() - begun) / count * 1000


def main() -> None:
    logging.disable(logging.INFO)  # a service writes its log to a file; here it would go to the table
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    with tempfile.TemporaryDirectory() as folder:
        engine = db.create_engine_of(f"sqlite:///{folder}/benchmark.db")
        key = filled(engine)
        service = create_app(engine)
        asked = {"bare FastAPI": (bare_service(), "/bare", key)}
        asked |= {name: (service, path, "rk_unknown" if "nobody" in name else key) for name, path in READS.items()}
        spent = dict.fromkeys(asked, float("inf"))
        for _ in range(ROUNDS):  # one after the other, so that what else the machine does falls on all of them
            for name, (app, path, secret) in asked.items():
                spent[name] = min(spent[name], asyncio.run(milliseconds(app, path, secret, count // ROUNDS)))
        print("| read | CPU ms | × bare |\n|---|--:|--:|")
        for name, least in spent.items():
            print(f"| {name} | {least:.2f} | {least / spent['bare FastAPI']:.1f} |")
        engine.dispose()


if __name__ == "__main__":
    main()
