"""`ronde solve`, `check` and `explain`: problems and schedules as files."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from app.cli.faults import faults_told
from app.languages import Language
from app.schedules.files import EXIT_STATUS, Search, explain_files, faults_of_files, solve_file
from app.schedules.progress import shown_progress, stopped_by_signals, stopping_text

MOST_SECONDS = 365 * 24 * 3600

commands = typer.Typer()


@commands.command("solve")
def solve_(
    problem: Annotated[Path, typer.Argument(metavar="PROBLEM.json", help="A problem, ronde-problem/1.")],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="SCHEDULE.json", help="Where the schedule goes.")],
    seconds: Annotated[float, typer.Option(min=0, max=MOST_SECONDS, help="How long to search at most.")] = 60,
    workers: Annotated[int | None, typer.Option(min=1, help="Threads to search with; one for each core.")] = None,
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="One seed, one answer (with one worker).")] = 1,
    previous: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="SCHEDULE.json",
            help="Start from this schedule; mend it where the problem names no objective.",
        ),
    ] = None,
) -> None:
    """Find the best schedule of a problem; Control-C keeps the best found so far."""
    told = Console(stderr=True)
    stopping = stopped_by_signals(lambda: told.print(stopping_text(Language.ENGLISH)))
    with faults_told(), stopping as should_stop, shown_progress(told) as watch:
        order = Search(problem, out, previous, seconds, workers, seed)
        result = solve_file(order, watch=watch, should_stop=should_stop)
    if result.conflict is not None:
        typer.echo(result.conflict.text, err=True)
    raise typer.Exit(EXIT_STATUS[result.status])


@commands.command()
def check(
    problem: Annotated[Path, typer.Argument(metavar="PROBLEM.json", help="A problem, ronde-problem/1.")],
    schedule: Annotated[Path, typer.Argument(metavar="SCHEDULE.json", help="A schedule of it, ronde-schedule/1.")],
    previous: Annotated[
        Path | None, typer.Option("--from", metavar="SCHEDULE.json", help="The schedule that changes are counted from.")
    ] = None,
) -> None:
    """Judge a schedule without a solver: every hard rule, the score, and what else its file says."""
    with faults_told():
        faults = faults_of_files(problem, schedule, previous)
    for line in faults:
        typer.echo(line, err=True)
    raise typer.Exit(1 if faults else 0)


@commands.command()
def explain(
    problem: Annotated[Path, typer.Argument(metavar="PROBLEM.json", help="A problem, ronde-problem/1.")],
    schedule: Annotated[Path, typer.Argument(metavar="SCHEDULE.json", help="A schedule of it, ronde-schedule/1.")],
    meetings: Annotated[list[str], typer.Argument(metavar="MEETING…", help="Ids of meetings.")],
) -> None:
    """Say why meetings are not held, and where they could be."""
    with faults_told():
        for line in explain_files(problem, schedule, meetings):
            typer.echo(line)
