"""How the search goes, as a line on standard error: live on a terminal, plain lines elsewhere."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from rich.console import Console
from rich.live import Live
from rich.text import Text

from app.languages import sentences
from scheduler import Progress, Term

QUIET_SECONDS = 1.0
"""Plain lines come at most this often, so that a log stays readable."""


def progress_text(progress: Progress) -> str:
    """Return seconds, and for each term its best figure so far and its bound."""
    terms = list(progress.score) if progress.score is not None else list(progress.bounds)
    figures = [_figure(term, progress) for term in terms]
    return f"{progress.seconds:6.1f} s  " + ("  ".join(figures) if figures else "…")


def _figure(term: Term, progress: Progress) -> str:
    best = "–" if progress.score is None else str(progress.score[term])
    bound = progress.bounds.get(term)
    return f"{term.value} {best}" if bound is None else f"{term.value} {best} (bound {bound})"


@contextmanager
def shown_progress(console: Console) -> Iterator[Callable[[Progress], None]]:
    """Give a function that shows how the search goes."""
    if not console.is_terminal:
        yield _plain_lines(console)
        return
    with Live(console=console, refresh_per_second=8, transient=True) as live:
        yield lambda progress: live.update(Text(progress_text(progress), overflow="ellipsis", no_wrap=True))


def _plain_lines(console: Console) -> Callable[[Progress], None]:
    told_at = -QUIET_SECONDS
    told = ""

    def tell(progress: Progress) -> None:
        nonlocal told_at, told
        figures = progress_text(progress).partition(" s  ")[2]
        if figures != told and progress.seconds - told_at >= QUIET_SECONDS:
            told_at, told = progress.seconds, figures
            console.print(progress_text(progress), highlight=False, soft_wrap=True)

    return tell


def stopping_text(lang: str) -> str:
    """Return what somebody reads who asked to stop."""
    return sentences(lang).gettext("The search ends; the best plan so far is being written.")


@contextmanager
def stopped_by_signals(tell: Callable[[], None]) -> Iterator[Callable[[], bool]]:
    """Give a function that says whether Control-C or a polite kill asked to stop; a second one ends at once.

    `tell` is called once, when the search hears of it: nothing is printed from within a signal.
    """
    asked = is_told = False

    def ask(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True

    def is_asked() -> bool:
        nonlocal is_told
        if asked and not is_told:
            is_told = True
            tell()
        return asked

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield is_asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
