"""`ronde serve` from a warm parent, which need not load everything anew each time: DATABASE in the environment.

For each line on standard input, a port, it forks a service and answers with the number of that process.
"""

import os
import signal
import sys

import app.main  # noqa: F401  loaded before the first fork
from app.cli.serving import serve


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who is killed leaves no corpse
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            serve(port=int(line))
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
