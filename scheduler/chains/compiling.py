"""Functions as machine code where numba is installed (the extra `fast`).

It is loaded with the engine and not when a search first needs it: where memory is limited, that is told at once.
"""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import ParamSpec, TypeVar

NUMBA = import_module("numba") if find_spec("numba") is not None else None
IS_COMPILED = NUMBA is not None

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The function as machine code, kept on disk for the next run; as it is where numba is not installed.

    Nothing is allocated in it, and no references are counted: at every call, that took six times as long as the rest.
    """
    if NUMBA is None:
        return function
    translate = NUMBA.njit(cache=True, forceinline=True, _nrt=False, error_model="numpy")
    faster: Callable[P, R] = translate(function)
    return faster
