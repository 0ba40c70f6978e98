"""The process in which a timetable is searched: it may be killed, the one that asked lives on.

It takes an order on its standard input and writes news, then the answer, on its standard output. `STOP` makes it answer
with the best so far; when its input ends, whoever asked is dead, and it dies too. `app.schedules.searching` is the
other side.
"""

import io
import os
import queue
import resource
import sys
import threading

LENGTH_BYTES = 8
"""As `app.schedules.protocol` writes it before each message."""
TELL_SECONDS = 0.2
BEHIND_OTHERS = 5
"""How nice the search is: where there is one core, the web goes first."""


def main() -> None:
    """Take one order, answer it, end. The argument is the memory it may use, in bytes."""
    memory = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(BEHIND_OTHERS)
    orders: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    stopping = threading.Event()
    # Before the libraries are loaded, which may take seconds: whoever asked may die meanwhile.
    threading.Thread(target=_listen, args=(orders, stopping), daemon=True).start()
    try:
        _answer_one(orders, stopping)
    except MemoryError:
        os._exit(97)  # OUT_OF_MEMORY


def _answer_one(orders: queue.SimpleQueue[bytes], stopping: threading.Event) -> None:
    from app.errors import Infeasible, Unfinished  # only now, so that the limit holds for the libraries too
    from app.schedules.protocol import NoTimetable, Order, received, send
    from app.schedules.solving import solve_judged
    from scheduler import Progress, Status

    order = received(io.BytesIO(orders.get()))
    assert isinstance(order, Order)
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


def _listen(orders: queue.SimpleQueue[bytes], stopping: threading.Event) -> None:
    """Hear the order, that the search should stop, and that nobody waits for it any more."""
    stream = sys.stdin.buffer
    head = stream.read(LENGTH_BYTES)
    orders.put(head + stream.read(int.from_bytes(head, "big")))
    while stream.read(1):
        stopping.set()
    os._exit(1)


if __name__ == "__main__":
    main()
