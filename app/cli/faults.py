"""Telling faults: how every command answers files that it cannot take."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from app.errors import Faulty


@contextmanager
def faults_told() -> Iterator[None]:
    """A line on standard error for each fault of the files, and exit status 2."""
    try:
        yield
    except Faulty as error:
        for fault in error.faults:
            typer.echo(fault.message, err=True)
        raise typer.Exit(2) from None
