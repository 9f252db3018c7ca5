"""The directory in which this process keeps arrays for others, and what killed processes left.

A process that ends takes its directory away; one that is killed cannot. So each holds a lock on a
file in its own, which the kernel lets go of whatever ends it: where that lock can be had, nobody is
left to take the directory away.
"""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

try:
    import fcntl
except ImportError:  # on Windows: what is left there stays
    fcntl = None  # type: ignore[assignment]

PREFIX, OWNER = "rnnviz-kept-", "owner"
YOUNG = 60.0
"""Seconds in which a directory may not be locked yet."""


@lru_cache(maxsize=1)
def directory() -> Path:
    """This process's own."""
    take_away_left()
    return Path(_owned()[0].name)


def take_away_left() -> None:
    """Take away what processes left that are gone, in the folder of temporary files."""
    for left in _left_in(Path(tempfile.gettempdir())):
        shutil.rmtree(left, ignore_errors=True)


@lru_cache(maxsize=1)
def _owned() -> tuple[TemporaryDirectory[str], IO[bytes]]:
    """The directory, and the file that is locked as long as this process is there."""
    made = TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True)
    owner = (Path(made.name) / OWNER).open("wb")
    if fcntl:
        fcntl.flock(owner, fcntl.LOCK_EX)
    return made, owner


def _left_in(folder: Path) -> Iterator[Path]:
    """Directories whose owner is gone."""
    for one in folder.glob(f"{PREFIX}*"):
        # An OSError: locked, another user's, or gone by now.
        with suppress(OSError), (one / OWNER).open("rb+") as owner:
            if fcntl and time.time() - (one / OWNER).stat().st_mtime > YOUNG:
                fcntl.flock(owner, fcntl.LOCK_EX | fcntl.LOCK_NB)
                yield one
