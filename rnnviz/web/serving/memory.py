"""Memory that is free goes back to the system: glibc keeps much of it, for an app that stays up."""

import ctypes
import sys
from functools import cache

MMAP_THRESHOLD = -3  # mallopt's name for it
LARGE = 2**17


def give_back() -> None:
    """Return what is free, where the C library can: some milliseconds, without Python's lock."""
    trim = _glibc("malloc_trim")
    if trim:
        trim(0)


@cache
def return_what_is_free() -> None:
    """From now on, have every block of 128 kB or more returned when it is freed.

    That is what glibc begins with; but with each such block that is freed it raises the limit, up
    to 32 MB. The arrays of runs that are trained then leave holes among those that are kept: for
    130 MB of snapshots the server grew by 300 MB, and kept them when the runs were gone.
    """
    set_option = _glibc("mallopt")
    if set_option:
        set_option(MMAP_THRESHOLD, LARGE)


def _glibc(name: str) -> "ctypes._NamedFuncPointer | None":
    """A function of the C library, where it is Linux's and has it: musl lacks both."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
