"""Memory that is free goes back to the system: glibc keeps much of it, for an app that stays up."""

import ctypes
import sys


def give_back() -> None:
    """Return what is free, where the C library can: some milliseconds, without Python's lock."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none
        if trim:
            trim(0)
