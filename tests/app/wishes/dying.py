"""A service that imports a file and is killed on the way: run as a process of its own by test_dying.py.

Its arguments: the address of the database, a folder with `liste.csv`, `secret` and `at`. It answers each line on its
standard input (`statement N`, `random SECONDS`, `never`) with how a child of it ended that was killed at the N-th
statement that writes, after so many seconds, or not at all.
"""

import os
import signal
import sys
import threading
from pathlib import Path

from sqlalchemy import Engine, event

from app import db
from app.main import create_app
from tests.clients import signed_in

WRITES = ("INSERT", "UPDATE", "DELETE", "SAVEPOINT", "RELEASE")


def main() -> None:
    """Fork a child for each line: all that takes long to load is there already."""
    address, home = sys.argv[1], Path(sys.argv[2])
    say("ready")
    for line in sys.stdin:
        how, _, amount = line.strip().partition(" ")
        child = os.fork()
        if child == 0:
            os._exit(import_once(address, home, how, amount))
        _, status = os.waitpid(child, 0)
        say("killed" if os.WIFSIGNALED(status) else f"ended {os.WEXITSTATUS(status)}")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def import_once(address: str, home: Path, how: str, amount: str) -> int:
    """Send the file as an organiser would, and die as asked; 0 when it was taken."""
    engine = db.create_engine_of(address)
    if how == "statement":
        die_at_statement(engine, int(amount))
    if how == "random":
        threading.Timer(float(amount), die).start()
    client = signed_in(create_app(engine), (home / "secret").read_text())
    content = (home / "liste.csv").read_bytes()
    answer = client.post(
        (home / "at").read_text(), files={"file": ("liste.csv", content)}, headers={"Idempotency-Key": "the-same"}
    )
    (home / "answer").write_text(answer.text)
    return 0 if answer.status_code == 200 else 1


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_at_statement(engine: Engine, number: int) -> None:
    seen = 0

    def count(*arguments: object) -> None:
        nonlocal seen
        if str(arguments[2]).startswith(WRITES):
            seen += 1
            if seen == number:
                die()

    def commit(*_arguments: object) -> None:
        nonlocal seen
        seen += 1
        if seen == number:
            die()

    event.listen(engine, "before_cursor_execute", count)
    event.listen(engine, "commit", commit)


if __name__ == "__main__":
    main()
