"""The processes that a process has started, as /proc tells of them."""

from pathlib import Path

import pytest

needs_proc = pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads of processes in /proc")


def children(parent: int, module: str) -> list[int]:
    """Those that run a Python module and have not ended."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, of = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            command = (folder / "cmdline").read_text().split("\0")
        except OSError:
            continue
        if int(of) == parent and module in command and state != "Z":
            found.append(int(folder.name))
    return found


def has_ended(process: int) -> bool:
    """Whether it is only waited for: its command is gone from /proc some moments sooner."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


def resident(process: int) -> float:
    """Megabytes of memory in use now."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024
