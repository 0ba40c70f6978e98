"""A process that sends what is due, to be killed in the middle, and started by `tests.mortals.mortal`: DATABASE PORT.

What a child may be told: `MINUTES`: how far its clock is ahead; `MINUTES LETTERS MILLISECONDS`: it also dies, so long
after it has sent so many letters.
"""

import sys
from datetime import timedelta
from email.message import EmailMessage
from math import inf

from sqlalchemy.orm import Session

from app import db, models
from app.config import Encryption, Settings
from app.outbox import Letter, Post, post_of, send_due
from tests.builders import NOON
from tests.databases import careless
from tests.mortals import die_after, live_and_die


def written(_session: Session, message: models.Message) -> Letter:
    name = f"Delegate {message.delegate_id}"
    return Letter("Convention", name, f"{message.delegate_id}@x.example", "Agenda", "text", "<p>text</p>", "en")


def deadly(post: Post, letters: float = inf, milliseconds: float = 0) -> Post:
    """The same, and the process dies so long after so many letters."""
    sent = 0

    def send(message: EmailMessage) -> None:
        nonlocal sent
        post(message)
        sent += 1
        if sent == letters:
            die_after(milliseconds / 1000)

    if letters == 0:
        die_after(milliseconds / 1000)
    return send


def main() -> None:
    address, port = sys.argv[1:]
    settings = Settings(smtp_host="127.0.0.1", smtp_port=int(port), smtp_encryption=Encryption.NONE)
    engine = careless(db.create_engine_of(address))  # a process dies here, not a machine

    def send_once(how: str) -> int:
        minutes, *death = map(float, how.split())
        now = NOON + timedelta(minutes=minutes)
        with post_of(settings) as post:
            send_due(engine, deadly(post, *death), {"invitation": written}, "no-reply@ronde.example", lambda: now)
        return 0

    live_and_die(send_once)


if __name__ == "__main__":
    main()
