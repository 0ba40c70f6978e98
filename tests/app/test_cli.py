"""The command as a program: it starts light, says in a sentence what is wrong, and stops when asked."""

import os
import signal
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import typer
from typer.main import get_group

from app.cli import GROUPS

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


def loaded_by(*asked: str) -> set[str]:
    """The packages that are there once the command line knows what is asked for."""
    told = f"import sys; from app.cli import command_line; command_line({asked!r}); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    return {module.partition(".")[0] for module in done.stdout.split()}


def test_no_command_that_does_not_serve_starts_the_service() -> None:
    assert not {"uvicorn", "fastapi"} & loaded_by()


def test_who_reads_a_file_does_not_wait_for_the_solver() -> None:
    assert not {"ortools", "typst", "jinja2"} & loaded_by("read")


def test_every_command_is_found_by_its_name() -> None:
    for module, commands in GROUPS.items():
        known = get_group(import_module(f"app.cli.{module}").commands)
        assert tuple(known.list_commands(typer.Context(known))) == commands


def listens_to_control_c() -> None:
    """What a shell starts in the background is born deaf to it, and so would the command be."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_control_c_ends_a_command_without_a_traceback() -> None:
    command = [sys.executable, "-m", "app", "cpv", "find", "--json"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=listens_to_control_c,
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
