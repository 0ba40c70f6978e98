"""Typesetting: a paper becomes a tagged PDF/UA, the same bytes for the same content, in a process of its own.

The typesetter keeps what it once laid out until its process ends, and may need a gigabyte for a thousand pages:
neither the service nor a command should carry that on. It may be killed, and has limits of memory and time.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from app import __version__
from app.agendas.paper.content import Paper, plain
from app.errors import Unfinished
from app.languages import sentences

AT_ONCE = threading.BoundedSemaphore(2)
"""Each takes a core and much memory: who prints more at once waits."""
SIGNS_OF_LITTLE_MEMORY = (b"memory allocation of", b"MemoryError", b"Cannot allocate memory", b"failed to map segment")


@dataclass(frozen=True, slots=True)
class Allowance:
    """What typesetting one document may take: megabytes, seconds of processor time, and seconds altogether."""

    megabytes: int = 6144
    cpu_seconds: int = 300
    seconds: float = 900


ALLOWED = Allowance()


class TypesettingError(Exception):
    """The typesetter gave up: a bug of ours, with what it said."""


class TooLong(Unfinished):
    """The document is larger than the typesetter may be."""


def request_of(paper: Paper) -> str:
    """Return what the typesetter is told: all that a paper depends on, but for fonts and templates."""
    content = {
        "title": plain(paper.title),
        "lang": paper.lang,
        **{key: plain(one) for key, one in paper.content.items()},
    }
    told = {"template": paper.template, "dated": int(paper.dated.timestamp()), "content": json.dumps(content)}
    return json.dumps({"ronde": __version__, **told})


def typeset(paper: Paper, request: str | None = None, allowed: Allowance = ALLOWED) -> bytes:
    """Return a paper as PDF; `request` is what the typesetter is told of it, where that is known already.

    Raises TooLong where it takes more than is allowed, and TypesettingError where the typesetter gives up.
    """
    arguments = (str(allowed.megabytes << 20), str(allowed.cpu_seconds))
    try:
        with AT_ONCE:
            done = subprocess.run(  # noqa: S603  our own module, numbers as arguments
                [sys.executable, "-m", "app.agendas.paper.typesetter", *arguments],
                input=(request or request_of(paper)).encode(),
                capture_output=True,
                timeout=allowed.seconds,
                check=False,
                cwd=Path(__file__).parents[3],
                env={"PATH": os.defpath, "PYTHONUTF8": "1"},
            )
    except subprocess.TimeoutExpired:
        raise _too_long(paper, allowed) from None
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL) or _lacked_memory(done.stderr):
        raise _too_long(paper, allowed)
    if done.returncode:
        raise TypesettingError(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout


def _lacked_memory(said: bytes) -> bool:
    return any(sign in said for sign in SIGNS_OF_LITTLE_MEMORY)


def _too_long(paper: Paper, allowed: Allowance) -> TooLong:
    _ = sentences(paper.lang).gettext
    text = _(
        "“{title}” needs more than the {megabytes} MB of memory or the {seconds} seconds of processor time that a "
        "document may take; nothing of it was printed."
    )
    return TooLong(text.format(title=paper.title, megabytes=allowed.megabytes, seconds=allowed.cpu_seconds))
