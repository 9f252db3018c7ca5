"""What an update keeps: counted from the plan, against what really lies there and what is asked."""

import numpy as np
import pytest

from rnnviz.engine.buffers import ROOM
from rnnviz.equations import parse
from rnnviz.network.propagation import Workspaces, propagate
from rnnviz.training import Knobs, start
from rnnviz.training.knobs.knobs import KNOBS
from rnnviz.training.tradeoffs import memory
from tests.training.loop.test_stages import TASK

OWN = parse("c = tanh(W @ x + U @ c_prev + b)\nh = c * c_prev")
"""Its h is no state: its gradient is kept as it comes from above."""
CELLS = ("RNN (tanh)", "LSTM", "GRU (PyTorch)", "Peephole LSTM", "sLSTM", "SRU", OWN)
SETTINGS = (
    {},
    {"layers": 2},
    {"layers": 2, "direction": "both"},
    {"truncate": 7},
    {"precision": "float32"},
    {"task": "embedded Reber", "length": 20},
    {"task": TASK, "length": 6, "embedding": 3, "readout": "attention"},
    {"layers": 3, "skip": True},
)


def _lying_there(knobs: Knobs) -> tuple[int, int]:
    """Bytes of the arrays that an update's record has, values and gradients."""
    run = start(**{name: getattr(knobs, name) for name in KNOBS})
    rng = np.random.default_rng(0)
    batch = knobs.about_task.batch(rng, knobs.length_in_force, knobs.batch)
    spaces = Workspaces()
    x = batch.x.astype(knobs.precision)
    record = propagate(
        run.network, x, workspaces=spaces, truncate=knobs.truncate, lengths=batch.lengths
    )
    record.backward(np.ones_like(record.output))
    values = gradients = 0
    for space in spaces.values():
        back = space._gradients
        of = back.of.by_kind
        shared = {key for key in of if key not in back.of.plan.value_buffers}
        values += sum(array.nbytes for key, array in of.items() if key not in shared)
        gradients += sum(array.nbytes for key, array in back.by_kind.items() if key not in of)
    return values, gradients


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("setting", SETTINGS, ids=str)
def test_what_is_counted_lies_there(cell, setting):
    knobs = Knobs(**{"task": "marked recall", "length": 20, "batch": 4, "hidden": 6, **setting,
                     "cell": cell})  # fmt: skip
    assert memory.counted(knobs) == _lying_there(knobs)


@pytest.mark.parametrize("cell", CELLS)
def test_what_is_asked_for_is_what_is_counted_with_the_room_of_the_values(cell):
    run = start(task="marked recall", length=40, cell=cell, hidden=32)
    kept = memory.counted(run.knobs)
    with_room = ROOM * kept.values + kept.gradients
    assert with_room <= memory.asked(run) <= 1.35 * with_room
