"""What a recording's gradients say about it agrees with the gradients themselves."""

import numpy as np
import pytest

import rnnviz
from rnnviz.cells import GALLERY
from tests.gradients.examples import close

X = np.random.default_rng(1).normal(size=(9, 3, 2))
HOLDS = [rnnviz.Hold("h", 0.3, steps=[2, 5], unit=1, layer=0), rnnviz.Hold("h", -0.2, steps=4)]
GIVEN = np.random.default_rng(2).normal(size=(9, 3, 2))


def recording(name="LSTM", x=X, holds=HOLDS, **options):
    sizes = {"inputs": 2, "hidden": 4, "outputs": 2, "layers": 2, "seed": 3}
    network = rnnviz.Network.fresh(GALLERY[name], **sizes | options)
    state = GALLERY[name].states[0]
    initial = {f"layers.0.{state}": np.full(4, 0.5), f"layers.1.{state}": np.full(4, -0.5)}
    return rnnviz.trace(network, x, initial=initial, hold=holds)


@pytest.mark.parametrize("how", [{"at": [3, -1]}, {"dprediction": GIVEN}])
@pytest.mark.parametrize("name", ["LSTM", "GRU (Cho)", "RNN (tanh)"])
@pytest.mark.parametrize("place", [(0, False), (0, True), (1, False), (1, True)])
def test_the_curve_and_the_waterfall_are_of_the_gradients(name, how, place):
    """Of a reverse direction steps are in its order; with holds and first states as they were."""
    layer, reverse = place
    grads = recording(name, bidirectional=True).backward(**how).layer(layer, reverse=reverse)
    as_read = slice(None, None, -1 if reverse else 1)
    for state in grads.of.run.cell.states:
        curve, fall = grads.curve(state), grads.waterfall(state)
        parts = grads.measured.parts[state]
        close(curve.total, grads.norms(state)[as_read])
        close(parts.local + parts.through, parts.total)
        close(fall.total[1:], grads[state][as_read])
        close(fall.direct + fall.rest, fall.total)
        assert curve.start == (5 if reverse and "at" in how else 8)


@pytest.mark.parametrize("name", GALLERY)
def test_the_shares_of_the_steps_are_of_the_parameters(name):
    grads = recording(name).backward(at=-1)
    credit = grads.credit()
    for k, names in enumerate(credit.gates.values()):
        both = np.concatenate([grads.params[n].ravel() for n in names])
        assert credit.gradient[k] == pytest.approx(np.linalg.norm(both), rel=1e-10)
    assert credit.shares.shape == (9, len(credit.gates))


@pytest.mark.parametrize("how", [{"at": -1}, {"dprediction": GIVEN}])
@pytest.mark.parametrize("name", ["LSTM", "RNN (tanh)"])
def test_what_a_cut_leaves_and_loses_is_the_gradient(name, how):
    """Also of a readout that L does not ask, whose gradient is 0."""
    grads = recording(name).backward(**how)
    for cut in (0, 4, 8):
        found = grads.truncation(cut)
        for parameter, array in grads.parameters.items():
            close(found.truncated[parameter] + found.lost[parameter], array)
    cuts = grads.cuts()
    assert (cuts.lost[0], cuts.angle[0]) == (0.0, 0.0)
    assert cuts.lost[4] == pytest.approx(grads.truncation(4).total.lost, rel=1e-10)


@pytest.mark.parametrize("name", ["RNN (tanh)", "RNN (ReLU)"])
@pytest.mark.parametrize("layer", [0, 1])
def test_no_norm_is_above_its_bound(name, layer):
    grads = recording(name).backward(at=[3, -1]).layer(layer)
    found = grads.bound()
    assert (grads.norms("h") <= found.measured * (1 + 1e-9)).all()
    assert (found.measured <= found.theory * (1 + 1e-9)).all()


def test_one_sequence_says_what_it_says_in_a_batch():
    alone = recording(x=X[:, 0]).backward(at=-1)
    batch = recording(x=X[:, :1]).backward(at=-1)
    np.testing.assert_array_equal(alone.curve().total, batch.curve().total)
    np.testing.assert_array_equal(alone.waterfall().factors, batch.waterfall().factors)


def test_the_gradient_sets_out_where_the_loss_is_asked_even_if_all_is_right_there():
    rec = recording()
    targets = rec.prediction + np.arange(9)[::-1, None, None]
    curve = rec.backward(loss=rnnviz.Loss("squared error", None, targets)).curve()
    assert (curve.start, curve.total[-1], curve.condition) == (8, 0.0, "nothing arrives")


def test_no_gradient_sets_out_at_the_last_step():
    curve = recording().backward(dh=np.zeros((9, 3, 4))).curve()
    assert (curve.start, curve.condition) == (8, "nothing arrives")


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda g: g.curve("f"), "`f` is no state of this cell; it has h, c"),
        (lambda g: g.waterfall("f"), "`f` is no state of this cell; it has h, c"),
        (lambda g: g.bound(), r"hands it on through gates \(i, f, o\)"),
        (lambda g: g.truncation(9), "a cut is at one of the steps 0 to 8, not at 9"),
        (lambda g: g.layer(2), "there is no layer 2"),
    ],
)
def test_what_cannot_be_said_is_refused_in_a_sentence(ask, says):
    with pytest.raises(ValueError, match=says):
        ask(recording().backward(at=-1))


def test_a_network_that_reads_both_ways_has_no_cut_in_time():
    grads = recording(bidirectional=True).backward(at=-1)
    for ask in (grads.cuts, lambda: grads.truncation(3)):
        with pytest.raises(ValueError, match="reads in one direction only"):
            ask()
