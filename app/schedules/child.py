"""The process in which a timetable is searched: it may be killed, the one that asked lives on.

It takes an order on its standard input and writes news, then the answer, on its standard output. `STOP` makes it answer
at once, with the best so far; when its input ends, whoever asked is dead, and it dies too. `app.schedules.searching` is
the other side.
"""

import os
import queue
import resource
import sys
import threading

LENGTH_BYTES = 8
"""As `app.schedules.protocol` writes it before each message."""
BEHIND_OTHERS = 5
"""How nice the search is: where there is one core, the web goes first."""


def main() -> None:
    """Take one order, answer it, end. The argument is the memory it may use, in bytes."""
    memory = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(BEHIND_OTHERS)
    orders: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    loaded, stopping = threading.Event(), threading.Event()
    # Before the libraries are loaded, which may take seconds: whoever asked may die meanwhile.
    threading.Thread(target=_listen, args=(orders, loaded, stopping), daemon=True).start()
    try:
        from app.schedules.answering import answer_one  # only now, so that the limit holds for the libraries too

        loaded.set()
        answer_one(orders.get(), stopping, sys.stdout.buffer)
        os._exit(0)  # a search that was left to itself may be in native code that knows nothing of an end
    except MemoryError:
        os._exit(97)  # OUT_OF_MEMORY


def _listen(orders: queue.SimpleQueue[bytes], loaded: threading.Event, stopping: threading.Event) -> None:
    """Hear the order, that the search should stop, and that nobody waits for it any more."""
    stream = sys.stdin.buffer
    head = stream.read(LENGTH_BYTES)
    orders.put(head + stream.read(int.from_bytes(head, "big")))
    while stream.read(1):
        if not loaded.is_set():
            os._exit(0)  # there is nothing to answer with
        stopping.set()
    os._exit(1)


if __name__ == "__main__":
    main()
