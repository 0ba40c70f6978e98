"""The outbox: messages that are to go out, and the ways by which they do."""

from app.outbox.posting import post_of
from app.outbox.postman import send
from app.outbox.sending import (
    Later,
    Letter,
    Post,
    Refused,
    Run,
    Unreachable,
    Wanted,
    Write,
    email_of,
    one_line,
    put,
    send_due,
)

__all__ = [
    "Later",
    "Letter",
    "Post",
    "Refused",
    "Run",
    "Unreachable",
    "Wanted",
    "Write",
    "email_of",
    "one_line",
    "post_of",
    "put",
    "send",
    "send_due",
]
