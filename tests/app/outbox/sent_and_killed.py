"""A process that sends what is due, to be killed in the middle: DATABASE PORT MINUTES (that its clock is ahead)."""

import sys
from datetime import timedelta

from sqlalchemy.orm import Session

from app import db, models
from app.config import Encryption, Settings
from app.outbox import Letter, post_of, send_due
from tests.builders import NOON


def written(_session: Session, message: models.Message) -> Letter:
    name = f"Delegate {message.delegate_id}"
    return Letter("Convention", name, f"{message.delegate_id}@x.example", "Agenda", "text", "<p>text</p>", "en")


def main() -> None:
    address, port, minutes = sys.argv[1:]
    settings = Settings(smtp_host="127.0.0.1", smtp_port=int(port), smtp_encryption=Encryption.NONE)
    with post_of(settings) as post:
        print("ready", flush=True)  # noqa: T201  the test waits for it
        send_due(
            db.create_engine_of(address),
            post,
            {"invitation": written},
            "no-reply@ronde.example",
            lambda: NOON + timedelta(minutes=int(minutes)),
        )


if __name__ == "__main__":
    main()
