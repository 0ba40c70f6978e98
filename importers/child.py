"""The process in which files are opened and understood: it may be killed, the one that asked lives on.

It takes a request on its standard input and writes news, then the reading, on its standard output, each as a
length of four bytes and a pickle. `importers.reading` is the other side.
"""

import pickle
import sys

from importers.confining import confine
from importers.protocol import News, Request, send


def main() -> None:
    """Read one request, answer it, end."""
    request: Request = pickle.load(sys.stdin.buffer)  # noqa: S301 - it comes from the process that started this one
    confine(request.memory, request.processor_seconds)
    from importers.opening import reading_of  # only now, so that the limits hold for the libraries too

    out = sys.stdout.buffer
    reading = reading_of(request, lambda file, sheet, row: send(out, News(file, sheet, row)))
    send(out, reading)


if __name__ == "__main__":
    main()
