"""`ronde cpv`: finding procurement codes, and loading the official list of them."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from app import db
from app.cli.faults import faults_told
from app.config import Settings
from app.languages import Language
from app.matching.finding import answers, vocabulary_at
from app.matching.importing import read_official, store_official

commands = typer.Typer()
cpv = typer.Typer(name="cpv", help="Procurement codes (CPV 2008).", no_args_is_help=True)
commands.add_typer(cpv)


@cpv.command("find")
def cpv_find(
    texts: Annotated[
        list[str] | None, typer.Argument(metavar="TEXT…", help="Without any: one a line on standard input.")
    ] = None,
    is_json: Annotated[bool, typer.Option("--json", help="For each text a list of codes, on one line.")] = False,
    lang: Annotated[Language | None, typer.Option(help="The language of the texts and of the names.")] = None,
) -> None:
    """Find the codes of a phrase, best first."""
    written = texts or (line.rstrip("\r\n") for line in sys.stdin)
    for answer in answers(written, vocabulary_at(Settings().database_url), lang and lang.value, is_json=is_json):
        typer.echo(answer)


@cpv.command("load")
def cpv_load(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The official list, a table in any format and languages.")
    ],
) -> None:
    """Load the official list of codes into the database, so that every level is usable."""
    with faults_told():
        entries = read_official(file)
    engine = db.create_engine_of(Settings().database_url)
    if engine.dialect.name == "sqlite":
        db.migrate(engine)
    with db.writing(engine) as session:
        store_official(session, entries)
    typer.echo(f"{len(entries)} codes loaded.")
