"""Typesetting: a paper becomes a tagged PDF/UA, the same bytes for the same content, in a process of its own.

The typesetter keeps what it once laid out until its process ends, and may need a gigabyte for a thousand pages:
neither the service nor a command should carry that on.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from app.agendas.paper.content import Paper, plain

MOST_SECONDS = 300


class TypesettingError(Exception):
    """The typesetter gave up: a bug of ours, with what it said."""


def typeset(paper: Paper) -> bytes:
    """Return a paper as PDF."""
    request = {
        "template": paper.template,
        "dated": int(paper.dated.timestamp()),
        "content": json.dumps(
            {"title": plain(paper.title), "lang": paper.lang, **{key: plain(one) for key, one in paper.content.items()}}
        ),
    }
    done = subprocess.run(
        [sys.executable, "-m", "app.agendas.paper.typesetter"],
        input=json.dumps(request).encode(),
        capture_output=True,
        timeout=MOST_SECONDS,
        check=False,
        cwd=Path(__file__).parents[3],
        env={"PATH": os.defpath, "PYTHONUTF8": "1"},
    )
    if done.returncode:
        raise TypesettingError(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout
