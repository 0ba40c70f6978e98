"""A process that sends what is due, to be killed in the middle, and started by `tests.mortals.mortal`: DATABASE PORT.

What a child may be told: `MINUTES MILLISECONDS`: how far its clock is ahead, and after how long it dies; 0: it lives.
"""

import sys
from datetime import timedelta

from sqlalchemy.orm import Session

from app import db, models
from app.config import Encryption, Settings
from app.outbox import Letter, post_of, send_due
from tests.builders import NOON
from tests.databases import careless
from tests.mortals import die_after, live_and_die


def written(_session: Session, message: models.Message) -> Letter:
    name = f"Delegate {message.delegate_id}"
    return Letter("Convention", name, f"{message.delegate_id}@x.example", "Agenda", "text", "<p>text</p>", "en")


def main() -> None:
    address, port = sys.argv[1:]
    settings = Settings(smtp_host="127.0.0.1", smtp_port=int(port), smtp_encryption=Encryption.NONE)
    engine = careless(db.create_engine_of(address))  # a process dies here, not a machine

    def send_once(how: str) -> int:
        minutes, milliseconds = map(float, how.split())
        now = NOON + timedelta(minutes=minutes)
        if milliseconds:
            die_after(milliseconds / 1000)
        with post_of(settings) as post:
            send_due(engine, post, {"invitation": written}, "no-reply@ronde.example", lambda: now)
        return 0

    live_and_die(send_once)


if __name__ == "__main__":
    main()
