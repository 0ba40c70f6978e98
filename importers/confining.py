"""Takes from a process what a reader of files never needs: network, further processes, more than its share."""

import os
import resource
import sys

_REFUSED = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "pty.",
    "ftplib.",
    "http.client.",
    "smtplib.",
    "urllib.",
)
"""Events of the interpreter (PEP 578), by how their names begin."""


def confine(memory: int, processor_seconds: int) -> None:
    """Limit this process for good, the libraries that it loads from now on too.

    Python code cannot open a socket or start a process any more, whatever a file makes it do. Where the system has
    namespaces that anybody may make, compiled code cannot either.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (processor_seconds, processor_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _leave_network()
    sys.addaudithook(_refuse)


def _leave_network() -> None:
    """Move into a network of one's own, without any device. Python has the call from 3.12 on."""
    if sys.platform == "linux" and sys.version_info >= (3, 12):
        try:
            os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)
        except OSError:  # not allowed here; the hook below is left
            return


def _refuse(event: str, _arguments: tuple[object, ...]) -> None:
    if event.startswith(_REFUSED):
        raise PermissionError(f"A reader of files may not do this: {event}.")
