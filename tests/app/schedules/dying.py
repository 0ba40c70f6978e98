"""A process that publishes a version and is killed on the way, to be started by `tests.mortals.mortal`: ADDRESS KEY.

What a child may be told: `NUMBER WHEN`: the version to publish, and before which write (a whole number; the commit and
what follows it count too) or after how many milliseconds (`3.5`) to die.
"""

import sys

from fastapi.testclient import TestClient

from app import db
from app.main import create_app
from tests.app.schedules.racing import AT
from tests.builders import NOON
from tests.databases import careless
from tests.mortals import die_after, die_at_write, live_and_die


def main() -> None:
    address, secret = sys.argv[1:]
    engine = careless(db.create_engine_of(address))  # a process dies here, not a machine
    service = create_app(engine, now=lambda: NOON)  # before the event: people are still written to
    client = TestClient(service, headers={"Authorization": f"Bearer {secret}"}, base_url="http://localhost")
    client.get(f"{AT}/1?meetings=false")
    engine.dispose()

    def publish(how: str) -> int:
        number, when = how.split()
        tag = client.get(f"{AT}/{number}?meetings=false").headers["etag"]
        if "." in when:
            die_after(float(when) / 1000)
        else:
            die_at_write(engine, int(when))
        answer = client.post(f"{AT}/{number}/publish", headers={"If-Match": tag})
        return 0 if answer.status_code == 200 else 1

    live_and_die(publish)


if __name__ == "__main__":
    main()
