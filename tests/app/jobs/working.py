"""`ronde worker` with the kinds of jobs of the tests: the argument is the address of the database."""

import sys

from app import clock, db
from app.config import Settings
from app.jobs.fleet import work_until_stopped
from app.main import KINDS as OURS
from tests.app.jobs.kinds_for_tests import KINDS

if __name__ == "__main__":
    work_until_stopped(db.create_engine_of(sys.argv[1]), {**OURS, **KINDS}, clock.now, Settings(solver_cores=1))
