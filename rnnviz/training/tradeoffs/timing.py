"""How long an update and a time step take, measured here and now, on one thread.

It is the processor's time: what the machine does for others meanwhile is not in it. Cells are timed
in rounds, one after another in each, so that what makes the processor slower meets all of them
alike. A round's figure is the median of some updates in a row.
"""

import math
import platform
import statistics
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np

from rnnviz.training.runs.runs import Run

ROUNDS = 7
LONGEST = 0.25
"""Seconds after which a round makes no other update."""
FEWEST, MOST = 3, 20


class Timing(NamedTuple):
    """One round of one run. update: seconds of an update, everything recorded. step: seconds of a
    time step of one sequence, forward alone. machine: where. NaN where the run stopped at once."""

    update: float
    step: float
    machine: str


def timed(run: Run) -> Timing:
    """Time some updates of a run, and its way through one sequence; to be done where nothing else
    is at work. Loads torch."""
    from rnnviz.engine.threads import blas
    from rnnviz.training.loop.loop import paced

    with blas().limit(limits=1):
        step = statistics.median(_steps(run))
    updates = paced(run, MOST, FEWEST, LONGEST) or (math.nan,)
    return Timing(statistics.median(updates), step, machine())


def machine() -> str:
    """The processor, as the system calls it."""
    cpus = Path("/proc/cpuinfo")
    lines = cpus.read_text(encoding="utf-8").splitlines() if cpus.exists() else []
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, "") or platform.processor() or platform.machine()


def _steps(run: Run) -> list[float]:
    """Seconds of a time step, each time one sequence is read in arrays that are there already."""
    from rnnviz.network.propagation import Workspaces, propagate

    knobs, spaces, taken = run.knobs, Workspaces(), list[float]()
    about = knobs.about_task
    batch = about.batch(np.random.default_rng(0), knobs.length_in_force, 1)
    x = batch.x.astype(knobs.precision)
    network = run.network
    propagate(network, x, workspaces=spaces, lengths=batch.lengths)
    while len(taken) < MOST and (len(taken) < FEWEST or sum(taken) * len(x) < LONGEST):
        begin = time.thread_time()
        propagate(network, x, workspaces=spaces, lengths=batch.lengths)
        taken.append((time.thread_time() - begin) / len(x))
    return taken
