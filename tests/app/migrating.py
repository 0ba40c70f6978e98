"""`ronde migrate`, killed on the way, to be started by `tests.mortals.mortal`: ADDRESS.

What a child may be told: after how many seconds it dies, or `never`.
"""

import sys

from app import db
from tests.mortals import die_after, live_and_die


def main() -> None:
    engine = db.create_engine_of(sys.argv[1])

    def migrate(how: str) -> int:
        if how != "never":
            die_after(float(how))
        db.migrate(engine)
        return 0

    live_and_die(migrate)


if __name__ == "__main__":
    main()
