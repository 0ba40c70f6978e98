"""The command as a program: it starts light, says in a sentence what is wrong, and stops when asked."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("foo", "RONDE_DATABASE_URL is not the address of a database; it is sqlite:///FILE or postgresql"),
        ("postgresql://ronde:secret@host:port/ronde", "RONDE_DATABASE_URL is not the address of a database"),
        ("dbase://ronde:secret@host/ronde", "Ronde knows no database “dbase”; RONDE_DATABASE_URL is sqlite:///FILE"),
        ("mysql+asyncmy://ronde:secret@host/ronde", "For mysql the Python package asyncmy is needed"),
        ("sqlite:////no/such/folder/ronde.db", "The database cannot be used: unable to open database file."),
        (f"sqlite:///{ROOT / 'README.md'}", "The database cannot be used: file is not a database."),
    ],
)
def test_a_database_that_cannot_be_used_is_told_in_a_sentence(address: str, sentence: str) -> None:
    environment = os.environ | {"RONDE_DATABASE_URL": address}

    done = subprocess.run(
        [sys.executable, "-m", "app", "migrate"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )

    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
    assert done.stderr.startswith(sentence)
    assert "secret" not in done.stderr


def test_a_command_that_does_not_serve_starts_without_the_service() -> None:
    asked = "import sys, app.cli; print({'uvicorn', 'fastapi'} & set(sys.modules))"

    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "set()\n"


def test_control_c_ends_a_command_without_a_traceback() -> None:
    command = [sys.executable, "-m", "app", "cpv", "find", "--json"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdin.write("nettoyage\n")
        running.stdin.flush()
        running.stdout.readline()
        running.send_signal(signal.SIGINT)
        said = running.stderr.read()

    assert (running.returncode, said) == (130, "Stopped at once, as asked.\n")
