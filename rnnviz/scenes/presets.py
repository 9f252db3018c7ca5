"""`python -m rnnviz.scenes.presets` trains what the Step page shows and writes it to `trained/`.

Everything is seeded: the same machine writes the same files. With names of tasks after the command
only those are trained.
"""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load, save

from rnnviz import training
from rnnviz.cells import MENU, named
from rnnviz.interop import saving
from rnnviz.network.network import Network
from rnnviz.network.propagation import propagate
from rnnviz.scenes.examples import FOLDER, HIDDEN, PRESETS, Preset, Record, path_of
from rnnviz.tasks.task import Task
from rnnviz.training.knobs.knobs import EVALUATED_EVERY
from rnnviz.training.runs.runs import Run

MOST_UPDATES = 1500
GOES_ON = 300
JUDGED_ON = 1024
SEED = 0


def knobs_of(preset: Preset, cell: str) -> dict[str, Any]:
    """What `training.start` is given: Adam 0.01, clipped to norm 1, forget gates open (bias 1)."""
    memory = named(cell).memory
    opens = memory is not None and memory.keep == "b_f" and memory.sign > 0
    return {
        "task": preset.task,
        "length": preset.length,
        "cell": cell,
        "hidden": HIDDEN,
        "learning_rate": 0.01,
        "clip_norm": 1.0,
        "forget_bias": 1.0 if opens else None,
        "updates": MOST_UPDATES,
        "seed": SEED,
        **preset.knobs,
        **preset.of_cells.get(cell, {}),
    }


def trained_run(preset: Preset, cell: str) -> Run:
    """Trained until solved and 300 updates on, or to the planned number of updates."""
    run = training.start(**knobs_of(preset, cell))
    while run.update < run.knobs.updates and not run.stopped:
        run = training.advance(run, EVALUATED_EVERY).without_past()
        if run.solved_at is not None and run.update >= run.solved_at + GOES_ON:
            break
    return run


def score(network: Network, task: Task, length: int, seed: int) -> float:
    """The task's metric on sequences drawn from this seed."""
    batch = task.held_out(np.random.default_rng([seed, 11]), length, JUDGED_ON)
    prediction = propagate(network, batch.x, lengths=batch.lengths).prediction
    assert prediction is not None, "a trained network has a readout"
    return task.metric(prediction, batch)


def as_shipped(network: Network) -> Network:
    """Its numbers as float32, which is what is written."""
    return network.replace({n: a.astype(np.float32) for n, a in network.parameters.items()})


def write(preset: Preset, cell: str) -> Record:
    """Train one network and write its file."""
    run = trained_run(preset, cell)
    network = as_shipped(run.network)
    metric = score(network, preset.about, preset.length, SEED)
    solved = preset.about.is_solved(metric)
    record = Record(preset.task, cell, preset.length, run.update, SEED, metric, solved)
    path = path_of(preset.task, cell)
    saving.save(network, path)
    _note(path, record)
    return record


def _note(path: Path, record: Record) -> None:
    """Add the record to the file's own metadata."""
    data = path.read_bytes()
    header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
    notes = {**header["__metadata__"], "example": json.dumps(asdict(record))}
    path.write_bytes(save(load(data), notes))


def main(names: Iterable[str]) -> None:
    """Train what is asked for, and print one line for each network."""
    FOLDER.mkdir(exist_ok=True)
    for name in tuple(names) or tuple(PRESETS):
        for cell in MENU:
            record = write(PRESETS[name], cell)
            line = "" if record.solved else "  (not solved)"
            print(f"{name:22} {cell:15} {record.updates:5} updates  {record.score}{line}")


if __name__ == "__main__":
    main(sys.argv[1:])
