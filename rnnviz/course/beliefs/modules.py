"""Beliefs about what a recurrent module of PyTorch takes and gives back, and how large it is."""

from dataclasses import replace

import numpy as np

from rnnviz.course.beliefs.belief import Belief, Measured, whole
from rnnviz.notation import number
from rnnviz.shapes import refusals
from rnnviz.shapes.example import example
from rnnviz.shapes.parameters import count
from rnnviz.shapes.setup import Setup
from rnnviz.shapes.tensors import tensors
from rnnviz.texts import N_

TWO_LAYERS = Setup("LSTM", num_layers=2)
BOTH_WAYS = Setup("LSTM", num_layers=1, bidirectional=True, length=6)
BATCH_FIRST = Setup("LSTM", num_layers=2, batch_first=True, batch=4)
ONE_LAYER = Setup("LSTM", num_layers=1, input_size=8, hidden_size=16, length=10)
FEWEST, MOST = 5, 40


def output_and_h_n(seed: int) -> Measured:
    """Which rows of h_n, one for each layer, stand in the output."""
    found = example(replace(TWO_LAYERS, seed=seed))
    output = found.arrays["output"]
    same = [bool((output == row).all(axis=(1, 2)).any()) for row in found.arrays["h_n"]]
    is_last = np.array_equal(output[-1], found.arrays["h_n"][-1])
    figures = {"rows": len(same), "found": sum(same), "steps": len(output)}
    return Measured(is_last and same == [False, True], figures)


def backward_half(seed: int) -> Measured:
    """How many inputs the backward half of the last output depends on."""
    found = example(replace(BOTH_WAYS, seed=seed))
    size, output, h_n = found.setup.h_out, found.arrays["output"], found.arrays["h_n"]
    asked = np.zeros(output.shape)
    asked[-1, :, size:] = 1.0
    reached = [bool(each.any()) for each in found.run.backward(asked).x]
    apart = float(np.abs(output[-1, :, size:] - h_n[-1]).max())
    is_done_first = np.array_equal(output[0, :, size:], h_n[-1])
    only_the_last = reached == [False] * (len(output) - 1) + [True]
    figures = {"read": sum(reached), "steps": len(output), "apart": apart}
    return Measured(is_done_first and only_the_last and apart > 0.0, figures)


def batch_first(seed: int) -> Measured:
    """Which of two layouts of h_0 a module with batch_first takes; its sizes are drawn."""
    batch, length, units = map(int, np.random.default_rng(seed).integers(FEWEST, MOST, 3))
    setup = replace(BATCH_FIRST, batch=batch, length=length, hidden_size=units)
    found = tensors(setup)
    x, (rows, columns, _) = found["x"].shape, found["h_0"].shape
    as_it_is, turned = (rows, columns, units), (columns, rows, units)
    refused = [refusals.to_call(setup, x, (one, one)) is not None for one in (as_it_is, turned)]
    figures = {"rows": rows, "batch": BATCH_FIRST.batch, "units": BATCH_FIRST.hidden_size}
    return Measured(x[:2] == (batch, length) and refused == [False, True], figures)


def units_and_steps(seed: int) -> Measured:
    """One module reads sequences of one length and of twice as many steps."""
    setup = replace(ONE_LAYER, seed=seed)
    longer = replace(setup, length=2 * setup.length)
    short, long = example(setup), example(longer)
    same = all(np.array_equal(one, long.weights[name]) for name, one in short.weights.items())
    widths = {one.arrays["output"].shape[-1] for one in (short, long)}
    figures = {
        "parameters": count(setup),
        "steps": setup.length,
        "more": longer.length,
        "units": setup.hidden_size,
    }
    is_alike = same and count(setup) == count(longer) and widths == {setup.hidden_size}
    return Measured(is_alike, figures)


def units_and_features(seed: int) -> Measured:
    """A module of drawn sizes: what its matrix for the input looks like, and what comes out."""
    features, units = map(int, np.random.default_rng(seed).integers(1, MOST, 2))
    setup = replace(ONE_LAYER, seed=seed, input_size=features, hidden_size=units)
    found = example(setup)
    fits = found.weights["rnn.weight_ih_l0"].shape == (4 * units, features)
    figures = {"features": ONE_LAYER.input_size, "units": ONE_LAYER.hidden_size}
    return Measured(fits and found.arrays["output"].shape[-1] == units, figures)


BELIEFS = (
    Belief(
        number=1,
        key="output and h_n",
        sentence=N_("output and h_n are the same thing twice."),
        source=N_("asked on Stack Overflow (48302810)"),
        kindly=N_(
            "With one layer and the last step they do hold the same numbers, and that is the case"
            " one tries first."
        ),
        truth=N_(
            "output is the last layer at all {steps} steps, h_n the last step of all {rows} "
            "layers: {found} of the {rows} rows of h_n stands in output."
        ),
        measure=output_and_h_n,
        spelled={"rows": whole, "found": whole, "steps": whole},
    ),
    Belief(
        number=2,
        key="backward half",
        sentence=N_("Of a bidirectional network the last output holds both summaries."),
        source=N_("asked on the PyTorch forum (10333, 114814)"),
        kindly=N_(
            "It is right for the forward half. The backward one begins where the forward one ends."
        ),
        truth=N_(
            "The backward direction is finished at the first step. In the last output it has read "
            "{read} of {steps} steps, and is up to {apart} away from its summary in h_n."
        ),
        measure=backward_half,
        spelled={"read": whole, "steps": whole, "apart": number},
    ),
    Belief(
        number=3,
        key="batch_first",
        sentence=N_("batch_first turns h_0 and h_n too."),
        source=N_(
            "reported to PyTorch as a fault: pytorch/pytorch#4145 (since 2017), #19675, #144116"
        ),
        kindly=N_(
            "The name suggests it. PyTorch's own documentation says in a note that the states "
            "stay as they are."
        ),
        truth=N_(
            "It turns the input and the output alone: h_0 stays ({rows}, {batch}, {units}), which "
            "is layers, batch, units. With the first two exchanged PyTorch refuses the call."
        ),
        measure=batch_first,
        spelled={"rows": whole, "batch": whole, "units": whole},
    ),
    Belief(
        number=4,
        key="units and steps",
        sentence=N_("As many hidden units as time steps."),
        source=N_(
            "an answer praised as the clearest on Data Science Stack Exchange (12964); asked on "
            "Stack Overflow (44273249)"
        ),
        kindly=N_(
            "In the unrolled drawing one box stands for each step, and the boxes are called "
            "cells. The number of units is how wide h is; time runs along another axis."
        ),
        truth=N_(
            "With {steps} steps or with {more} it is the same module with {parameters} "
            "parameters. Its {units} units are how wide h is; time is another axis."
        ),
        measure=units_and_steps,
        spelled={"parameters": whole, "steps": whole, "more": whole, "units": whole},
    ),
    Belief(
        number=5,
        key="units and features",
        sentence=N_("There must be as many units as features."),
        source=N_("asked on Stack Overflow (51932767)"),
        kindly=N_("In many examples the two happen to be the same number."),
        truth=N_(
            "A matrix takes the input to any width: here {features} features become {units} "
            "units. {held} of {seeds} pairs of sizes drawn at random worked."
        ),
        measure=units_and_features,
        spelled={"features": whole, "units": whole},
    ),
)
