"""How much longer one thing takes than another, in one run on one thread."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import torch


def ratio(ours: Callable[[], object], theirs: Callable[[], object], *, rounds: int = 150) -> float:
    """The median time of `ours` over that of `theirs`, each called in turn on one thread."""
    with one_thread():
        for warm_up in (ours, theirs) * 3:
            warm_up()
        times = [(_seconds(ours), _seconds(theirs)) for _ in range(rounds)]
    mine, other = (statistics.median(column) for column in zip(*times, strict=True))
    return mine / other


def _seconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start


@contextmanager
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
