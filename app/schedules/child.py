"""The process in which a timetable is searched: it may be killed, the one that asked lives on.

It takes an order on its standard input and writes news, then the answer, on its standard output. `STOP` makes it answer
with the best so far; when its input ends, whoever asked is dead, and it dies too. `app.schedules.searching` is the
other side.
"""

import os
import resource
import sys
import threading

TELL_SECONDS = 0.2
BEHIND_OTHERS = 5
"""How nice the search is: where there is one core, the web goes first."""


def main() -> None:
    """Take one order, answer it, end. The argument is the memory it may use, in bytes."""
    memory = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(BEHIND_OTHERS)
    try:
        _answer_one()
    except MemoryError:
        os._exit(97)


def _answer_one() -> None:
    from app.errors import Infeasible, Unfinished  # only now, so that the limit holds for the libraries too
    from app.schedules.protocol import NoTimetable, Order, received, send
    from app.schedules.solving import solve_judged
    from scheduler import Progress, Status

    order = received(sys.stdin.buffer)
    assert isinstance(order, Order)
    stopping = threading.Event()
    threading.Thread(target=_listen, args=(stopping,), daemon=True).start()
    out, told_at = sys.stdout.buffer, 0.0

    def tell(progress: Progress) -> None:
        nonlocal told_at
        if progress.seconds - told_at >= TELL_SECONDS:
            told_at = progress.seconds
            send(out, progress)

    try:
        answer = solve_judged(
            order.problem,
            order.limits,
            previous=order.previous,
            watch=tell,
            should_stop=stopping.is_set,
            lang=order.lang,
        )
    except Infeasible as why:
        send(out, NoTimetable(Status.INFEASIBLE, str(why), why.paths))
    except Unfinished as why:
        send(out, NoTimetable(Status.UNKNOWN, str(why)))
    else:
        send(out, answer)


def _listen(stopping: threading.Event) -> None:
    """Hear that the search should stop, or that nobody waits for it any more."""
    while sys.stdin.buffer.read(1):
        stopping.set()
    os._exit(1)


if __name__ == "__main__":
    main()
