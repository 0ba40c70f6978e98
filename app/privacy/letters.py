"""Letters that were written into a folder: those that name an erased person go with them."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from app.privacy.persons import Person


def forget_letters(folder: Path, person: Person) -> int:
    """Delete every `.eml` to or about the person, and return how many they were."""
    naming = [path for path in folder.glob("*.eml") if _names(path, person)]
    for path in naming:
        path.unlink(missing_ok=True)
    return len(naming)


def _names(path: Path, person: Person) -> bool:
    letter = message_from_bytes(path.read_bytes(), _class=EmailMessage, policy=default)
    texts = [str(value) for value in letter.values()]
    texts += [part.get_content() for part in letter.walk() if part.get_content_maintype() == "text"]
    return any(person.is_in(text) for text in texts)
