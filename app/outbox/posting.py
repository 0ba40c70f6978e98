"""Where messages go: to a mail server, or, where none is named, into a folder as `.eml` files."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from app.config import Encryption, Settings
from app.outbox.sending import Later, Post, Refused, Unreachable

SECONDS = 30
PERMANENT = 500


@contextmanager
def post_of(settings: Settings) -> Iterator[Post]:
    """Give what hands messages over, as the settings say; a connection lasts as long as the block."""
    if settings.smtp_host is None:
        yield _into_folder(settings.mail_folder)
        return
    server = _MailServer(settings, settings.smtp_host)
    try:
        yield server.post
    finally:
        server.leave()


def _into_folder(folder: Path) -> Post:
    def post(message: EmailMessage) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # private links are in letters
        name = message["Message-ID"].strip("<>").partition("@")[0]
        unfinished = folder / f".{name}.part"
        unfinished.write_bytes(message.as_bytes(policy=SMTP))
        unfinished.replace(folder / f"{name}.eml")

    return post


class _MailServer:
    """One connection, opened with the first message and again when it was lost."""

    def __init__(self, settings: Settings, host: str) -> None:
        self._settings, self._host = settings, host
        self._connection: smtplib.SMTP | None = None

    def post(self, message: EmailMessage) -> None:
        try:
            connection = self._connection or self._connect()
        except (smtplib.SMTPException, OSError) as trouble:
            self.leave()
            raise Unreachable(f"The mail server cannot be used: {trouble}.") from None
        try:
            connection.send_message(message)
        except smtplib.SMTPRecipientsRefused as refusal:
            ((code, said),) = list(refusal.recipients.values())[:1]
            raise _by_code(code, said) from None
        except smtplib.SMTPNotSupportedError:
            raise Refused("The mail server does not take such addresses.") from None
        except smtplib.SMTPResponseException as answer:
            self.leave()
            raise _by_code(answer.smtp_code, answer.smtp_error) from None
        except (smtplib.SMTPException, OSError) as trouble:
            self.leave()
            raise Unreachable(f"The mail server went away: {trouble}.") from None

    def leave(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.quit()
            except (smtplib.SMTPException, OSError):
                connection.close()

    def _connect(self) -> smtplib.SMTP:
        settings = self._settings
        safe = ssl.create_default_context()
        if settings.smtp_encryption is Encryption.TLS:
            made: smtplib.SMTP = smtplib.SMTP_SSL(self._host, settings.smtp_port, timeout=SECONDS, context=safe)
        else:
            made = smtplib.SMTP(self._host, settings.smtp_port, timeout=SECONDS)
        self._connection = made  # so that it is closed, whatever comes
        if settings.smtp_encryption is Encryption.STARTTLS:
            made.starttls(context=safe)
        if settings.smtp_user is not None and settings.smtp_password is not None:
            made.login(settings.smtp_user, settings.smtp_password.get_secret_value())
        return made


def _by_code(code: int, said: bytes | str) -> Refused | Later:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    sentence = f"The mail server says: {code} {' '.join(text.split())}"
    return Refused(sentence) if code >= PERMANENT else Later(sentence)
