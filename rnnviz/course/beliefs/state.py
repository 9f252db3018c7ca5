"""Beliefs about the state between calls, the padding, and what dropout leaves out."""

from dataclasses import replace

import numpy as np

from rnnviz.cells import GALLERY
from rnnviz.course.beliefs.belief import Belief, Measured, whole
from rnnviz.network.arrays import Array
from rnnviz.network.dropout import between_layers
from rnnviz.network.network import Network
from rnnviz.network.propagation import Propagation, propagate
from rnnviz.notation import number, percent
from rnnviz.shapes.calls import CARRIED, DETACHED, RESET, calls, one_each
from rnnviz.shapes.example import example
from rnnviz.shapes.padding import compare
from rnnviz.shapes.setup import Setup
from rnnviz.texts import N_

CALLED_TWICE = Setup("LSTM", num_layers=1, length=5, batch=3)
PADDED = Setup("LSTM", num_layers=1, length=6, batch=3, lengths=(6, 4, 2), packed=False)
DROPPED = Setup("LSTM", num_layers=2, dropout=0.5, length=20)
ROUNDING = 1e-12


def dropout(seed: int) -> Measured:
    """What dropout leaves out of the states, and of what a layer hands up."""
    x = np.random.default_rng(seed).standard_normal((DROPPED.length, 1, DROPPED.input_size))
    one, two = (
        Network.fresh(GALLERY["LSTM"], inputs=10, hidden=20, layers=layers, seed=seed)
        for layers in (1, DROPPED.num_layers)
    )
    alone = np.array_equal(_dropped(one, x, seed).output, propagate(one, x).output)
    before, after = propagate(two, x), _dropped(two, x, seed)
    lower, upper = (after.runs[after.direction(k, reverse=False)] for k in (0, 1))
    along = np.array_equal(
        lower.value("h"), before.runs[before.direction(0, reverse=False)].value("h")
    )
    left_out = float((upper.value("x") == 0.0).mean())
    return Measured(alone and along and left_out > 0.0, {"left_out": left_out})


def _dropped(network: Network, x: Array, seed: int) -> Propagation:
    """A pass as in training, with dropout where PyTorch's argument has it."""
    with_dropout = between_layers(network, DROPPED.dropout)
    return propagate(with_dropout, x, generator=np.random.default_rng(seed))


def state_between_calls(seed: int) -> Measured:
    """What a second call begins with where nothing is handed on, and whether sequences mix."""
    setup = replace(CALLED_TWICE, seed=seed)
    reset, carried, apart = calls(setup)[RESET], calls(setup)[CARRIED], one_each(setup)
    again = example(setup).arrays["output"]
    begins_anew = float(np.abs(np.subtract(reset.output[: setup.length], again)).max()) <= ROUNDING
    gone_on = float(np.abs(reset.output - carried.output).max())
    holds = begins_anew and gone_on > 0.0 and carried.is_one_call
    figures = {"apart": gone_on, "alone": apart.alone, "turned": apart.turned}
    return Measured(holds and apart.alone <= ROUNDING < apart.turned, figures)


def state_and_gradient(seed: int) -> Measured:
    """The gradient at the first call's inputs, with the state handed on, and detached."""
    found = calls(replace(CALLED_TWICE, seed=seed))
    carried, detached = found[CARRIED], found[DETACHED]
    half = CALLED_TWICE.length
    same = np.array_equal(carried.output, detached.output)
    cut = not detached.reaches_back
    figures = {"carried": float(carried.gradient[half - 1]), "detached": 0.0 if cut else np.nan}
    return Measured(same and cut and carried.reaches_back, figures)


def padding(seed: int) -> Measured:
    """The last column of the shortest sequence, read with its padding, and its own last step."""
    setup = replace(PADDED, seed=seed)
    found, compared = example(setup), compare(setup)
    place = int(np.argmin(setup.steps))
    last, own = found.h[-1, 0, -1, place], found.h[-1, 0, setup.steps[place] - 1, place]
    apart = float(np.abs(last - own).max() / np.abs(own).max())
    h_n = compared.h_n > ROUNDING
    is_moved = bool((h_n == (np.array(setup.steps) < setup.length)).all())
    figures = {"apart": apart, "read": setup.length - setup.steps[place]}
    return Measured(apart > 0.0 and is_moved, figures)


BELIEFS = (
    Belief(
        number=6,
        key="dropout",
        sentence=N_("dropout=0.5 in nn.LSTM acts with one layer too, or from step to step."),
        source=N_("a shipped example that met PyTorch's warning: pyro-ppl/pyro#1415"),
        kindly=N_(
            "The argument can be given to a module of one layer, and PyTorch only warns. Dropout "
            "along time does exist, in other places."
        ),
        truth=N_(
            "It acts on what one layer hands to the next: there {left_out} of the numbers were "
            "left out. With one layer no digit changed, and along time nothing was left out."
        ),
        measure=dropout,
        spelled={"left_out": percent},
    ),
    Belief(
        number=17,
        key="state between calls",
        sentence=N_(
            "An LSTM remembers its state from one batch to the next, as it does its weights."
        ),
        source=N_("asked on Stack Overflow (43882796, 38714959)"),
        kindly=N_(
            "Weights do stay, and some libraries have a switch that keeps the state as well."
        ),
        truth=N_(
            "Each call begins with zeros unless a state is handed on, and there is one state for "
            "each sequence. Handed on, the second output differed by up to {apart}."
        ),
        measure=state_between_calls,
        spelled={"apart": number},
    ),
    Belief(
        number=18,
        key="state and gradient",
        sentence=N_("Carrying the state on carries only numbers on."),
        source=N_("a puzzle in d2l (“detach”) and in fastai's lesson 12"),
        kindly=N_(
            "It looks as if one passed on an array. In PyTorch an array remembers how it was made."
        ),
        truth=N_(
            "The gradient goes on too: at the last step of the first call ‖dL/dx‖ is {carried}. "
            "With detach the output has the same digits, and the gradient there is {detached}."
        ),
        measure=state_and_gradient,
        spelled={"carried": number, "detached": number},
    ),
    Belief(
        number=20,
        key="padding",
        sentence=N_("Packing is not necessarily required: padding is harmless."),
        source=N_("a notebook of khordoo/Pytorch.seq2seq"),
        kindly=N_(
            "Zeros sound like nothing. But a cell that reads zeros still moves its state, by its "
            "biases and by what it held."
        ),
        truth=N_(
            "The last column is the state after the padding. After {read} steps of it the state "
            "differed from that at the sequence's own end by {apart} of the largest number there."
        ),
        measure=padding,
        spelled={"apart": percent, "read": whole},
    ),
)
