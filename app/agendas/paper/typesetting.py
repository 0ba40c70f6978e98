"""Typesetting: a paper becomes a tagged PDF/UA, the same bytes for the same content, in a process of its own.

The typesetter keeps what it once laid out until its process ends, and may need a gigabyte for a thousand pages:
neither the service nor a command should carry that on.
"""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

from app import __version__
from app.agendas.paper.content import Paper, plain

MOST_SECONDS = 300
AT_ONCE = threading.BoundedSemaphore(2)
"""Each takes a core and much memory: who prints more at once waits."""


class TypesettingError(Exception):
    """The typesetter gave up: a bug of ours, with what it said."""


def request_of(paper: Paper) -> str:
    """Return what the typesetter is told: all that a paper depends on, but for fonts and templates."""
    content = {
        "title": plain(paper.title),
        "lang": paper.lang,
        **{key: plain(one) for key, one in paper.content.items()},
    }
    told = {"template": paper.template, "dated": int(paper.dated.timestamp()), "content": json.dumps(content)}
    return json.dumps({"ronde": __version__, **told})


def typeset(paper: Paper, request: str | None = None) -> bytes:
    """Return a paper as PDF; `request` is what the typesetter is told of it, where that is known already."""
    with AT_ONCE:
        done = subprocess.run(
            [sys.executable, "-m", "app.agendas.paper.typesetter"],
            input=(request or request_of(paper)).encode(),
            capture_output=True,
            timeout=MOST_SECONDS,
            check=False,
            cwd=Path(__file__).parents[3],
            env={"PATH": os.defpath, "PYTHONUTF8": "1"},
        )
    if done.returncode:
        raise TypesettingError(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout
