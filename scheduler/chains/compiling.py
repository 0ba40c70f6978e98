"""Functions as machine code where numba is installed (the extra `fast`), which takes long to load."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import ParamSpec, TypeVar

IS_COMPILED = find_spec("numba") is not None

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The function as machine code, kept on disk for the next run; as it is where numba is not installed.

    Nothing is allocated in it, and no references are counted: at every call, that took six times as long as the rest.
    """
    if not IS_COMPILED:
        return function
    faster: Callable[P, R] = import_module("numba").njit(cache=True, forceinline=True, _nrt=False, error_model="numpy")(
        function
    )
    return faster
