"""The page's network computes what torch autograd computes on the same steps."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rnnviz.cells import GALLERY
from rnnviz.equations import parse
from tests.javascript import run
from tests.strategies import cells
from tests.web.stepper import walk
from tests.web.stepper.agreement import assert_all_same, assert_same, scale_of
from tests.web.stepper.networks import RUN, example


def oracle(example):
    return walk.Network(example.header, example.arrays, example.holds, example.item)


def compare(example, theirs=None, *, at_least=0.0):
    """Every value, part, gradient and norm of the network against the oracle's."""
    theirs = theirs or oracle(example)
    ours = run(RUN, example.message)
    for index, (mine, layer) in enumerate(zip(ours["layers"], theirs.layers, strict=True)):
        place, gradients = f"layer {index}", layer.gradients
        params = {n: walk.gradient(p) for n, p in layer.params.items()}
        initial = {n: walk.gradient(p) for n, p in layer.initial.items()}
        norms = {n: np.linalg.norm(gradients[n], axis=1) for n in {"h", *initial}}
        assert_all_same(mine["values"], layer.values, place, at_least=at_least)
        assert_all_same(mine["gradients"], gradients, f"{place} gradient of", at_least=at_least)
        assert_all_same(mine["params"], params, f"{place} gradient of", at_least=at_least)
        assert_all_same(mine["initial"], initial, f"{place} first", at_least=at_least)
        assert_all_same(mine["norms"], norms, f"{place} norm of", at_least=at_least)
    assert_same(ours["output"], theirs.output.detach(), "output", at_least=at_least)
    assert_same(ours["loss"], theirs.loss.item(), "L", at_least=at_least)
    assert_same(ours["shares"].sum(), theirs.loss.item(), "the shares' sum", at_least=at_least)
    assert_same(ours["dx"], walk.gradient(theirs.x), "gradient of x", at_least=at_least)
    compare_readout(ours, theirs, softmax=example.header["loss"]["kind"] == "cross entropy")


def compare_readout(ours, theirs, *, softmax):
    if theirs.prediction is None:
        assert ours["prediction"] is None
        return
    assert_same(ours["prediction"], theirs.prediction.detach(), "prediction")
    for name in ("W", "b"):
        gradient = walk.gradient(theirs.leaves[f"readout.{name}"])
        assert_same(ours["readout"][name], gradient, f"gradient of readout {name}")
    if softmax:
        assert_same(ours["probabilities"], theirs.probabilities.detach(), "probabilities")


@pytest.mark.parametrize("name", GALLERY)
def test_every_cell_of_the_gallery(name):
    one = example(GALLERY[name], length=7, hidden=6, inputs=3, steps=(-1, 2), item=1)
    compare(one, at_least=scale_of(name))


@pytest.mark.parametrize("name", GALLERY)
def test_two_layers_in_both_directions(name):
    deep = {"layers": 2, "both": True, "outputs": 3, "hidden": 5}
    one = example(GALLERY[name], **deep, loss="cross entropy", steps=(0, 2, 4))
    compare(one, at_least=scale_of(name))


@pytest.mark.parametrize("outputs", [0, 1, 3])
@pytest.mark.parametrize("steps", [(-1,), (0, 1, 2, 3, 4)])
@pytest.mark.parametrize("loss", ["sum", "squared error", "cross entropy"])
def test_every_loss(loss, steps, outputs):
    compare(example(GALLERY["LSTM"], loss=loss, steps=steps, outputs=outputs))


EVERYTHING = """
a = relu(W_a @ x - 0.25) + exp(-p * p) - softplus(U_a @ h_prev)
s = hard_sigmoid(4 * a) * s_prev + (1 - hard_sigmoid(p_s)) * identity(W_a @ (x * x))
constructor = -(U_a @ s) * sigmoid(h_prev)
h = tanh(constructor + U_h @ (0.5 * s_prev) + b) + 0.5 * h_prev
"""


@pytest.mark.parametrize("hidden", [1, 2, 4, 7])
def test_every_operation_and_awkward_names(hidden):
    """One matrix used twice, a parameter in a function, every operation, sizes that are no 4."""
    compare(example(parse(EVERYTHING), hidden=hidden, inputs=3, layers=2, both=True, length=6))


def test_a_long_sequence_whose_gradient_vanishes():
    """Norms stay exact where squaring would lose them: 700 steps back |dL/dh| is about 1e-195."""
    cell = parse("h = tanh(W @ x + U @ h_prev + b)")
    one = example(cell, length=700, hidden=4, scale=0.3)
    theirs = oracle(one)
    norms = run(RUN, one.message)["layers"][0]["norms"]["h"]
    gradients = theirs.layers[0].gradients["h"]
    scaled = [np.abs(g).max() * np.linalg.norm(g / np.abs(g).max()) for g in gradients]
    assert 0 < scaled[0] < 1e-170
    np.testing.assert_allclose(norms, scaled, rtol=1e-9)


def test_states_that_are_not_given_begin_at_zero():
    one = example(GALLERY["LSTM"])
    arrays = {name: array for name, array in one.arrays.items() if ".initial." not in name}
    compare(replace(one, arrays=arrays))


@settings(max_examples=40)
@given(cells(), st.booleans(), st.integers(0, 2**32 - 1))
def test_random_cells(cell, both, seed):
    one = example(cell, both=both, seed=seed, length=4, scale=0.3)
    with np.errstate(all="ignore"):
        theirs = oracle(one)
    assume(tame(theirs))
    compare(one, theirs, at_least=largest(theirs))


def largest(network):
    """The largest number on the way: what the others are rounded against."""
    layers = network.layers
    every = [a for layer in layers for a in (*layer.values.values(), *layer.gradients.values())]
    return np.max([1.0, *(np.abs(array).max() for array in every)])


def tame(network):
    """Neither overflowing nor chaotic: rounding errors grow as gradients do."""
    with np.errstate(all="ignore"):
        return largest(network) < 1e3
