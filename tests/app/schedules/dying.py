"""A process that publishes a version and is killed on the way: `python -m tests.app.schedules.dying ADDRESS KEY`.

Each line read is `NUMBER WHEN`: the version to publish, and before which statement (a whole number; the commit and what
follows it count too) or after how many milliseconds (`3.5`) to die. Each line written is `killed`, or a status.
"""

import os
import signal
import sys
import threading

from fastapi.testclient import TestClient
from sqlalchemy import Engine, event

from app import db
from app.main import create_app
from tests.app.schedules.racing import AT


def main() -> None:
    address, secret = sys.argv[1:]
    for line in sys.stdin:
        number, when = line.split()
        child = os.fork()
        if child == 0:
            _publish(address, secret, int(number), when)
        _, status = os.waitpid(child, 0)
        sys.stdout.write("killed\n" if os.WIFSIGNALED(status) else f"{100 + os.WEXITSTATUS(status)}\n")
        sys.stdout.flush()


def _publish(address: str, secret: str, number: int, when: str) -> None:
    engine = db.create_engine_of(address)
    client = TestClient(create_app(engine), headers={"Authorization": f"Bearer {secret}"}, base_url="http://localhost")
    tag = client.get(f"{AT}/{number}?meetings=false").headers["etag"]
    if "." in when:
        threading.Timer(float(when) / 1000, die).start()
    else:
        _die_before(engine, int(when))
    answer = client.post(f"{AT}/{number}/publish", headers={"If-Match": tag})
    os._exit(answer.status_code - 100)


def _die_before(engine: Engine, left: int) -> None:
    def count(*_given: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            die()

    for point in ("before_cursor_execute", "commit", "checkin"):
        event.listen(engine, point, count)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
