"""Batches reach the browser to the last bit, in few bytes."""

import numpy as np
import pytest

from rnnviz.network.lengths import present_steps
from rnnviz.tasks.catalogue import TASKS
from rnnviz.training.knobs.knobs import Knobs
from rnnviz.training.runs.drawn import batches, data_generator
from rnnviz.web.training.batches import count_in_a_piece, piece
from tests.javascript import run

READ = """
import { unpack } from "./maths/payload.js";
import { batchAt } from "./maths/training/batches.js";

const { header, arrays } = unpack(input.piece);
const { x, targets, mask, scored, absent } = batchAt(header, arrays, input.index);
const bytes = { mask, scored, ...(absent ? { absent } : {}) };
const flat = Object.entries(bytes).map(([name, some]) => [name, Float64Array.from(some)]);
output({ x, targets, ...Object.fromEntries(flat) });
"""
OF_TOYS = [name for name, task in TASKS.items() if not task.tokens]


@pytest.mark.parametrize("task", OF_TOYS)
def test_a_batch_is_the_run_s_own(task):
    knobs = Knobs(task=task, precision="float64", batch=8, seed=3)
    index = min(2, count_in_a_piece(knobs) - 1)
    found = run(READ, {"piece": piece(knobs, index), "index": index})
    start = data_generator(knobs.seed)
    own = batches(knobs.about_task, knobs.length_in_force, knobs.batch, start, index + 1).batches[
        -1
    ]
    for name in ("x", "targets", "mask", "scored"):
        assert np.array_equal(found[name], np.asarray(getattr(own, name), float).ravel()), name
    if own.lengths is not None:
        there = present_steps(own.lengths, own.x.shape[0])
        assert np.array_equal(found["absent"], 1.0 - there.ravel())


def test_what_a_generator_gave_and_what_is_zero_is_not_sent():
    """Of the adding problem's values, and of its answers, which stand at the last step."""
    knobs = Knobs(task="adding problem", precision="float64", length=50, batch=32)
    assert len(piece(knobs, 0)) / count_in_a_piece(knobs) < 2000  # as numbers, 50·32·4·8 = 51,200
