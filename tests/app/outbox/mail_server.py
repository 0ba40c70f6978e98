"""A mail server of the tests: it takes everything, and refuses whom it is told to refuse."""

import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope, Session


@dataclass
class Taken:
    """What the server has taken, and what it answers to certain addresses instead."""

    messages: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    port: int = 0

    async def handle_RCPT(  # noqa: N802  the server's name for it
        self, _server: object, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: object, _session: Session, envelope: Envelope) -> str:  # noqa: N802  as above
        assert isinstance(envelope.content, bytes)
        self.raw.append(envelope.content)
        self.messages.append(message_from_bytes(envelope.content, EmailMessage, policy=SMTP))
        return "250 OK"

    @property
    def ids(self) -> Counter[str]:
        return Counter(str(one["Message-ID"]) for one in self.messages)


@contextmanager
def mail_server() -> Iterator[Taken]:
    """Run a server on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        taken = Taken(port=free.getsockname()[1])
    controller = Controller(taken, hostname="127.0.0.1", port=taken.port)
    controller.start()
    try:
        yield taken
    finally:
        controller.stop()
