"""How long an update and a time step take, measured here and now, on one thread.

Cells are timed in rounds, one after another in each, so that whatever else the machine is at meets
all of them alike. A round's figure is the median of some updates in a row.
"""

import math
import platform
import statistics
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np

from rnnviz.training.runs import Run

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
    from rnnviz.training.loop import paced

    with blas().limit(limits=1):
        step = statistics.median(_step(run) for _ in range(FEWEST))
    updates = paced(run, MOST, FEWEST, LONGEST) or (math.nan,)
    return Timing(statistics.median(updates), step, machine())


def machine() -> str:
    """The processor, as the system calls it."""
    cpus = Path("/proc/cpuinfo")
    lines = cpus.read_text(encoding="utf-8").splitlines() if cpus.exists() else []
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, "") or platform.processor() or platform.machine()


def _step(run: Run) -> float:
    """Seconds of a time step, one sequence read in arrays that are there already."""
    from rnnviz.network.propagation import Workspaces, propagate

    knobs, spaces = run.knobs, Workspaces()
    about = knobs.about_task
    batch = about.batch(np.random.default_rng(0), knobs.length_in_force, 1)
    x = batch.x.astype(knobs.precision)
    propagate(run.network, x, workspaces=spaces, lengths=batch.lengths)
    begin = time.perf_counter()
    propagate(run.network, x, workspaces=spaces, lengths=batch.lengths)
    return (time.perf_counter() - begin) / len(x)
