"""The process that opens foreign files can reach nothing and start nothing."""

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from importers import ReadOptions
from importers.protocol import Request

ROOT = Path(__file__).resolve().parents[2]
READ_THEN = "import sys\nfrom importers.child import main\nmain()\n"


@pytest.mark.parametrize(
    "deed",
    [
        "import socket; socket.socket()",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import urllib.request; urllib.request.urlopen('http://localhost/')",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
        "import os; os.execv('/bin/true', ['true'])",
    ],
)
def test_whoever_reads_files_has_no_network_and_starts_no_process(tmp_path: Path, deed: str) -> None:
    (tmp_path / "liste.csv").write_text("Organisation;Pays\nAtelier;FR\n", encoding="utf-8")
    request = Request((tmp_path / "liste.csv",), (), ReadOptions(), 512 << 20, 20)
    run = subprocess.run(
        [sys.executable, "-c", READ_THEN + deed],
        input=pickle.dumps(request),
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert b"Atelier" in run.stdout, "it was read first"
    assert run.returncode == 1
    assert b"A reader of files may not do this" in run.stderr
