"""What a cell computes, counted from its steps: against formulas by hand and PyTorch's counter."""

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from rnnviz.cells import MENU
from rnnviz.training import Knobs
from rnnviz.training.tradeoffs import arithmetic
from tests.training.loop.test_stages import TASK

SHARED = {"task": "marked recall", "length": 7, "hidden": 5, "batch": 2}
INPUTS, OUTPUTS = 5, 4
GATES = {"RNN (tanh)": 1, "LSTM": 4, "GRU (PyTorch)": 3}
MODULES = {"RNN (tanh)": torch.nn.RNN, "LSTM": torch.nn.LSTM, "GRU (PyTorch)": torch.nn.GRU}


def _torch_counts(cell: str, layers: int, bidirectional: bool) -> tuple[float, float]:
    """Multiply-adds of PyTorch's module and a Linear: of one step forward, of an update."""
    hidden, time, batch = SHARED["hidden"], SHARED["length"], SHARED["batch"]
    module = MODULES[cell](
        INPUTS, hidden, num_layers=layers, bidirectional=bidirectional, dtype=torch.float64
    )
    ways = 1 + bidirectional
    readout = torch.nn.Linear(ways * hidden, OUTPUTS, dtype=torch.float64)

    def states(batch):
        one = [
            torch.zeros(layers * ways, batch, hidden, dtype=torch.float64, requires_grad=True)
            for _ in range(1 + (cell == "LSTM"))
        ]
        return tuple(one) if cell == "LSTM" else one[0]

    step = torch.zeros(1, 1, INPUTS, dtype=torch.float64)
    with FlopCounterMode(display=False) as forward:
        readout(module(step, states(1))[0])
    x = torch.zeros(time, batch, INPUTS, dtype=torch.float64)
    with FlopCounterMode(display=False) as both:
        output, _ = module(x, states(batch))
        (output.sum() + readout(output[-1]).sum()).backward()
    return forward.get_total_flops() / 2, both.get_total_flops() / 2


@pytest.mark.parametrize("direction", ["forward", "both"])
@pytest.mark.parametrize("layers", [1, 2, 3])
@pytest.mark.parametrize("cell", MODULES)
def test_multiply_adds_are_those_that_pytorch_counts(cell, layers, direction):
    knobs = Knobs(**SHARED, cell=cell, layers=layers, direction=direction)
    step, update = _torch_counts(cell, layers, direction == "both")
    assert arithmetic.of_step(knobs).multiply_adds == step
    assert arithmetic.of_update(knobs) == update


@pytest.mark.parametrize(("cell", "gates"), GATES.items())
@pytest.mark.parametrize("hidden", [1, 32, 256])
def test_a_step_is_its_gates_times_its_matrices(cell, gates, hidden):
    knobs = Knobs(**{**SHARED, "hidden": hidden}, cell=cell)
    by_hand = gates * (hidden * hidden + hidden * INPUTS) + hidden * OUTPUTS
    assert arithmetic.of_step(knobs).multiply_adds == by_hand


@pytest.mark.parametrize(
    ("cell", "operations"),
    [
        ("RNN (tanh)", 1 + 1 + 1),  # two sums, one tanh
        ("LSTM", 4 * (2 + 1) + 3 + 2),  # gates; f c + i g; tanh and o
        ("GRU (PyTorch)", 2 * (2 + 1) + (2 + 2 + 1) + 4),  # gates; candidate; (1 − z) n + z h
    ],
)
def test_other_operations_are_counted_entry_by_entry(cell, operations):
    knobs = Knobs(**SHARED, cell=cell)
    assert arithmetic.of_step(knobs).elementwise == operations * SHARED["hidden"]


@pytest.mark.parametrize("cell", MENU)
def test_every_cell_of_the_gallery_can_be_counted(cell):
    knobs = Knobs(**SHARED, cell=cell)
    step, update = arithmetic.of_step(knobs), arithmetic.of_update(knobs)
    assert 0 < SHARED["batch"] * SHARED["length"] * step.multiply_adds < update + 3 * 20 * 14
    assert step.elementwise > 0


def test_answers_at_every_step_are_counted_at_every_step():
    last = Knobs(**{**SHARED, "task": "parity", "length": 7}, cell="LSTM")
    every = Knobs(**{**SHARED, "task": "parity at every step", "length": 7}, cell="LSTM")
    hidden, outputs = SHARED["hidden"], 2
    more = 3 * SHARED["batch"] * (7 - 1) * hidden * outputs
    assert arithmetic.of_update(every) - arithmetic.of_update(last) == more


@pytest.mark.parametrize("cell", MODULES)
def test_parameters_of_the_layers_leave_the_readout_out(cell):
    knobs = Knobs(**SHARED, cell=cell)
    assert knobs.parameters - arithmetic.recurrent_parameters(knobs) == 5 * OUTPUTS + OUTPUTS


def test_attention_scores_every_step_and_another_pool_multiplies_nothing():
    plain, mean, attention = (
        Knobs(**SHARED, cell="LSTM", readout=readout) for readout in ("last", "mean", "attention")
    )
    hidden = SHARED["hidden"]
    scored = hidden * hidden + hidden
    assert arithmetic.of_step(mean) == arithmetic.of_step(plain)
    more = arithmetic.of_step(attention).multiply_adds - arithmetic.of_step(plain).multiply_adds
    assert more == scored
    steps = SHARED["batch"] * SHARED["length"]
    assert arithmetic.of_update(attention) - arithmetic.of_update(plain) == 3 * steps * scored


def test_below_an_embedding_something_is_learnt():
    """Its rows get gradients, so that of what the first layer reads is computed too."""
    knobs = Knobs(task=TASK, length=6, hidden=5, embedding=3, batch=2, cell="RNN (tanh)")
    both, answers = 3 * (5 * 3 + 5 * 5), 3 * TASK.outputs * 5
    assert arithmetic.of_update(knobs) == 2 * (6 * both + answers)
