"""Sequences of several lengths in a batch: each is read as if it were alone, and torch packs them.

The padding of x is NaN throughout: what reads any of it shows.
"""

import csv
import io

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pad_packed_sequence

from rnnviz.cells import GALLERY
from rnnviz.engine.checks import Hold
from rnnviz.equations import parse
from rnnviz.network.dropout import between_layers
from rnnviz.network.losses import Loss
from rnnviz.network.network import Network
from rnnviz.network.propagation import propagate
from rnnviz.recording.recording import trace
from tests.recording.test_recording import (
    KINDS,
    cases,
    close,
    parameters_are_those_of,
    places_of,
)

LENGTHS = [3, 6, 1, 4]
TIME, DRAWS = 7, np.random.default_rng(3)
X = DRAWS.standard_normal((TIME, len(LENGTHS), 2))
TARGETS = DRAWS.dirichlet(np.ones(3), (TIME, len(LENGTHS)))
ABSENT = np.arange(TIME)[:, None] >= LENGTHS
X[ABSENT] = TARGETS[ABSENT] = np.nan
HOLDS = [Hold("h", 0.3, steps=[0, 2, 5], unit=1, layer=0, reverse=True), Hold("h", -0.2, steps=2)]


def network(name="LSTM", **options):
    sizes = {"inputs": 2, "hidden": 3, "outputs": 3, "layers": 2, "bidirectional": True}
    return Network.fresh(GALLERY[name], **{**sizes, **options})


def start_of(of):
    draws = np.random.default_rng(4)
    return {
        place + state: draws.standard_normal((len(LENGTHS), layer.hidden))
        for place, layer, _ in of.places()
        for state in layer.cell.states
    }


def padded(name="LSTM", x=X, holds=HOLDS, **options):
    of = network(name, **options)
    return trace(of, x, initial=start_of(of), hold=holds, lengths=LENGTHS)


def alone(name="LSTM", holds=HOLDS, **options):
    """Each sequence traced by itself."""
    of = network(name, **options)
    start = start_of(of)
    for item, length in enumerate(LENGTHS):
        kept = [
            Hold(
                h.name,
                h.value,
                [s for s in np.ravel(h.steps) if s < length],
                h.unit,
                h.layer,
                h.reverse,
            )
            for h in holds
        ]
        initial = {name: array[item] for name, array in start.items()}
        yield trace(of, X[:length, item], initial=initial, hold=[h for h in kept if h.steps])


def stacked(arrays, fill=0.0):
    """Sequences side by side, filled up to the batch's length."""
    found = np.full((TIME, len(LENGTHS), *arrays[0].shape[1:]), fill)
    for item, array in enumerate(arrays):
        found[: len(array), item] = array
    return found


def same(found, wanted):
    scale = max(1.0, np.nanmax(np.abs(wanted), initial=0.0))
    np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-12 * scale)


@given(cases(), st.data())
def test_it_is_what_pytorch_makes_of_the_sequences_packed(case, data):
    """Output, last states, and the gradients of x, of the initial states and of all parameters,
    where L is of both."""
    module, x, start, outside = case
    time, batch, _ = x.shape
    lengths = data.draw(st.lists(st.integers(1, time), min_size=batch, max_size=batch))
    states = tuple(start) if module.mode == "LSTM" else start[0]
    packed = pack_padded_sequence(x, lengths, enforce_sorted=False)
    output, last = module(packed, states)
    output = pad_packed_sequence(output, total_length=time)[0]
    last = last if module.mode == "LSTM" else (last,)
    of_last = tuple(torch.randn_like(state) for state in last)
    torch.autograd.backward((output, *last), (outside, *of_last))

    dirty = x.detach().clone()
    dirty[torch.arange(time)[:, None] >= torch.tensor(lengths)] = torch.nan
    rec = trace(module, dirty, initial=states, lengths=torch.tensor(lengths))
    grads = rec.backward(outside, final=of_last)
    close(rec.output, output, x.dtype)
    close(grads.x, x.grad, x.dtype)
    for k, (layer, reverse) in enumerate(places_of(module)):
        pairs = zip("hc", last, strict=False)
        of_grads = grads.layer(layer, reverse=reverse).initial
        for (state, theirs), begun in zip(pairs, start, strict=False):
            close(rec.layer(layer, reverse=reverse).final[state], theirs[k], x.dtype)
            close(of_grads[state], begun.grad[k], x.dtype)
    parameters_are_those_of(module, grads, x.dtype)


@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("name", KINDS)
def test_it_is_pytorchs_to_twelve_digits(name, layers, both):
    module = KINDS[name](2, 5, layers, bidirectional=both, dtype=torch.float64)
    x = torch.tensor(np.nan_to_num(X), requires_grad=True)
    packed = pack_padded_sequence(x, LENGTHS, enforce_sorted=False)
    output = pad_packed_sequence(module(packed)[0], total_length=TIME)[0]
    outside = torch.tensor(DRAWS.standard_normal(output.shape))
    output.backward(outside)
    rec = trace(module, X, lengths=LENGTHS)
    grads = rec.backward(outside)
    same(rec.output, output.detach().numpy())
    same(grads.x, x.grad.numpy())
    for place in places_of(module):
        ending = f"_l{place[0]}{'_reverse' if place[1] else ''}"
        found = grads.layer(*place[:1], reverse=place[1]).params
        for mine, theirs in (("W", "weight_ih"), ("U", "weight_hh"), ("b", "bias_ih")):
            wanted = getattr(module, theirs + ending).grad.numpy()
            rows = ["_i", "_f", "_g", "_o"] if name == "LSTM" else ["_r", "_z", "_n"]
            rows = [""] if "RNN" in name else rows
            same(np.concatenate([found[mine + row] for row in rows]), wanted)


@pytest.mark.parametrize("name", GALLERY)
def test_each_sequence_is_what_it_is_alone(name):
    """Every value and gradient of a cell that torch has not, held and begun somewhere, two layers
    deep and both ways, under a readout."""
    one_by_one, whole = list(alone(name)), padded(name)
    dprediction = DRAWS.standard_normal((TIME, len(LENGTHS), 3))
    grads = whole.backward(dprediction=dprediction)
    of_each = [
        rec.backward(dprediction=dprediction[:length, item])
        for item, (length, rec) in enumerate(zip(LENGTHS, one_by_one, strict=True))
    ]
    same(whole.output, stacked([rec.output for rec in one_by_one]))
    same(whole.prediction, stacked([rec.prediction for rec in one_by_one], np.nan))
    same(grads.x, stacked([g.x for g in of_each]))
    for parameter, found in grads.parameters.items():
        same(found, sum(g.parameters[parameter] for g in of_each))
    for k in (0, 1):
        for reverse in (False, True):
            layer, each = (
                whole.layer(k, reverse=reverse),
                [rec.layer(k, reverse=reverse) for rec in one_by_one],
            )
            back, of_back = (
                grads.layer(k, reverse=reverse),
                [g.layer(k, reverse=reverse) for g in of_each],
            )
            for value in layer.names:
                there = ~ABSENT
                same(layer[value][there], stacked([one[value] for one in each])[there])
                same(back[value], stacked([one[value] for one in of_back]))
                same(
                    back.norms(value),
                    np.sqrt((stacked([one[value] for one in of_back]) ** 2).sum((1, 2))),
                )
            for state in layer.cell.h_and_states:
                same(layer.final[state], np.stack([one.final[state] for one in each]))
            for state in layer.cell.states:
                same(back.initial[state], np.stack([one.initial[state] for one in of_back]))


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("name", [n for n in GALLERY if n != "sLSTM"])
def test_what_the_gradients_say_of_a_padded_sequence_is_what_they_say_of_it_alone(name, reverse):
    """Curve, waterfall, credit and bound, each in the order of reading: then nothing, or 1."""
    of, longer = network(name), np.full((5, 1, 2), np.nan)
    longer[:3, 0] = X[:3, 0]
    one = trace(of, X[:3, 0]).backward(at=-1).layer(0, reverse=reverse)
    rec = trace(of, longer, lengths=[3])
    two = rec.backward(at=-1).layer(0, reverse=reverse)
    for state in one.of.run.cell.states:
        for part in ("total", "local", "through"):
            same(getattr(two.curve(state), part), [*getattr(one.curve(state), part), 0.0, 0.0])
        assert two.curve(state).start == one.curve(state).start
        same(two.waterfall(state).factors[:3], one.waterfall(state).factors)
        assert (two.waterfall(state).factors[3:] == 1.0).all()
        same(two.waterfall(state).rest[:4], one.waterfall(state).rest)
        assert not two.waterfall(state).total[4:].any()
    same(two.credit().shares[:3], one.credit().shares)
    same(two.credit().gradient, one.credit().gradient)
    assert not two.credit().shares[3:].any()
    if name in ("RNN (tanh)", "RNN (ReLU)"):
        same(two.bound().measured, [*one.bound().measured, 0.0, 0.0])
        same(two.bound().slopes, [*one.bound().slopes, 0.0, 0.0])
    jacobians = rec.layer(0, reverse=reverse).jacobians()
    same(jacobians[:3, 0], trace(of, X[:3, 0]).layer(0, reverse=reverse).jacobians())
    assert (jacobians[3:] == np.eye(jacobians.shape[-1])).all()


@pytest.mark.parametrize("lengths", [None, LENGTHS])
@pytest.mark.parametrize("reverse", [False, True])
def test_a_gradient_of_the_last_states_sets_out_at_the_last_step_that_is_read(reverse, lengths):
    """Which of a reverse direction is the sequence's first."""
    rec = trace(network(layers=1), np.nan_to_num(X), lengths=lengths)
    place = f"layers.0.{'reverse.' if reverse else ''}c"
    grads = rec.backward(dh=np.zeros_like(rec.output), final={place: np.ones((4, 3))})
    curve = grads.layer(0, reverse=reverse).curve("c")
    assert curve.start == np.flatnonzero(curve.total)[-1] == (TIME if lengths is None else 6) - 1


def test_a_cut_loses_what_it_loses_of_each_sequence():
    grads = padded(bidirectional=False, holds=()).backward(at=-1)
    for cut in (1, 3, 5):
        lost = [
            rec.backward(at=-1).truncation(cut).lost
            for rec in alone(bidirectional=False, holds=())
            if len(rec.x) > cut
        ]
        for parameter, found in grads.truncation(cut).lost.items():
            same(found, sum(each[parameter] for each in lost))


@pytest.mark.parametrize("steps", [[-1], [0, -1], [2], [-2, 5], None])
def test_a_loss_is_the_mean_over_the_steps_that_sequences_have(steps):
    """Negative steps count from each own end; those of the padding are asked of nobody."""
    rec = padded()
    asked = {
        (step % length if step < 0 else step, item)
        for item, length in enumerate(LENGTHS)
        for step in (range(length) if steps is None else steps)
        if -length <= step < length
    }
    at = tuple(np.array(sorted(asked)).T)
    y = torch.tensor(rec.prediction[at], requires_grad=True)
    wanted = torch.nn.functional.cross_entropy(y, torch.tensor(TARGETS[at]))
    wanted.backward()
    grads = rec.backward(loss=Loss("cross entropy", steps, TARGETS))
    assert grads.loss == pytest.approx(wanted.item(), rel=1e-13)
    given = np.zeros((TIME, len(LENGTHS), 3))
    given[at] = y.grad
    same(grads.parameters["readout.W"], rec.backward(dprediction=given).parameters["readout.W"])
    if steps is not None:
        assert rec.backward(at=steps).loss == pytest.approx(rec.output[at].sum(), rel=1e-13)


def test_the_loss_of_a_padded_batch_is_that_of_its_sequences():
    asked = [rec.backward(at=-1) for rec in alone()]
    both = padded().backward(at=-1)
    assert both.loss == pytest.approx(sum(g.loss for g in asked), rel=1e-13)
    same(both["c"], stacked([g["c"] for g in asked]))


def test_dropout_and_truncation_go_past_the_padding():
    """What a training pass may ask besides: the same factors, pieces counted from the beginning."""
    lengths = np.array(LENGTHS)
    of = between_layers(network(outputs=0), 0.5)
    given = DRAWS.standard_normal((TIME, len(LENGTHS), 6))
    runs = [
        propagate(of, x, lengths=lengths, truncate=2, generator=np.random.default_rng(7))
        for x in (X, np.where(np.isnan(X), 1e3, X))
    ]
    first, second = (run.backward(given) for run in runs)
    for parameter, found in first.parameters.items():
        np.testing.assert_array_equal(found, second.parameters[parameter])
    plain = network(outputs=0)
    run = propagate(plain, X, lengths=lengths, truncate=2)
    each = [
        propagate(plain, X[:n, [item]], truncate=2).backward(given[:n, [item]])
        for item, n in enumerate(LENGTHS)
    ]
    for parameter, found in run.backward(given).parameters.items():
        same(found, sum(one.parameters[parameter] for one in each))
    whole = propagate(plain, X, lengths=lengths)
    for place, cells in run.directions.items():
        for state in ("h", "c"):
            same(cells.value(state), whole.directions[place].value(state))


def test_what_is_given_in_the_padding_counts_nowhere():
    run = propagate(network(), X, lengths=np.array(LENGTHS))
    clean = np.where(ABSENT[..., None], 0.0, DRAWS.standard_normal((*ABSENT.shape, 9)))
    dirty = np.where(ABSENT[..., None], 5.0, clean)
    wanted, found = (run.backward(a[..., :6], a[..., 6:]).parameters for a in (clean, dirty))
    for parameter, array in wanted.items():
        np.testing.assert_array_equal(found[parameter], array)


def test_a_full_batch_with_its_lengths_said_is_the_batch():
    """To the last digit."""
    x = np.nan_to_num(X)
    said, plain = trace(network(), x, lengths=[TIME] * 4), trace(network(), x)
    np.testing.assert_array_equal(said.output, plain.output)
    np.testing.assert_array_equal(said["f"], plain["f"])
    found, wanted = (rec.backward(at=-1) for rec in (said, plain))
    assert found.loss == wanted.loss
    for parameter, array in wanted.parameters.items():
        np.testing.assert_array_equal(found.parameters[parameter], array)


def test_what_explodes_in_a_sequence_does_not_go_on_in_its_padding():
    """h is multiplied by 1e30 at each step: in 30 more it would be infinite, and 0 times it NaN."""
    of = Network.fresh(GALLERY["RNN (ReLU)"], inputs=1, hidden=1)
    given = {"layers.0.U": [[1e30]], "layers.0.W": [[1.0]], "layers.0.b": [0.0]}
    x = np.ones((40, 1, 1))
    grads = trace(of, x, params=given, lengths=[4]).backward(at=-1)
    assert grads.params["W"] == pytest.approx(1e90, rel=1e-9)


def test_padding_can_be_told_from_what_was_computed():
    rec = padded(holds=())
    np.testing.assert_array_equal(rec.lengths, LENGTHS)
    np.testing.assert_array_equal(rec.present, ~ABSENT)
    for name in ("i", "f", "g", "o", "f.4", "x"):
        np.testing.assert_array_equal(np.isnan(rec[name]).all(-1), ABSENT)
    last = rec["h"][np.array(LENGTHS) - 1, range(4)]
    np.testing.assert_array_equal(rec["h"][-1], last)
    np.testing.assert_array_equal(rec.final["h"], last)
    assert not rec.output[ABSENT].any()
    grads = rec.backward(at=-1)
    for name in (*rec.names, "x", "h_prev"):
        assert not grads[name][ABSENT].any()
    assert "lengths: 3, 6, 1, 4" in repr(rec)


def test_without_lengths_every_step_is_there():
    rec = trace(network(), np.nan_to_num(X))
    assert rec.lengths is None
    assert rec.present.all()
    assert rec.present.shape == (TIME, 4)
    assert trace(network(), np.nan_to_num(X[:, 0])).present.shape == (TIME,)
    np.testing.assert_array_equal(rec.final["h"], rec["h"][-1])
    backwards = rec.layer(0, reverse=True)
    np.testing.assert_array_equal(backwards.final["c"], backwards["c"][0])


def test_the_table_has_the_steps_that_sequences_have():
    rec = padded()
    rows = list(csv.DictReader(io.StringIO(rec.to_csv())))
    found = [(int(row["step"]), int(row["item"])) for row in rows]
    assert found == [tuple(place) for place in np.argwhere(~ABSENT)]
    for row, (step, item) in zip(rows, found, strict=True):
        backwards = rec.layer(1, reverse=True)["c"][step, item, 2]
        assert float(row["layers.1.reverse.c[2]"]) == backwards
        assert float(row["prediction[1]"]) == rec.prediction[step, item, 1]


@pytest.mark.parametrize("reverse", [False, True])
def test_a_figure_ends_with_its_sequence(reverse):
    rec = padded()
    layer, grads = rec.layer(0, reverse=reverse), rec.backward(at=-1).layer(0, reverse=reverse)
    for item, length in enumerate(LENGTHS):
        figure = layer.figure(grads, item=item)
        assert figure.layout.xaxis.range == (0.5, length + 0.5)
        for one in figure.data:
            assert len(one.x) == length
        shown = np.array(figure.data[1].z)
        np.testing.assert_array_equal(shown, layer["f"][:length, item].T)


def test_a_sequence_can_be_taken_out():
    """With its beginning and with what holds it."""
    for item, by_itself in enumerate(alone()):
        taken = padded().sequence(item)
        assert taken.lengths is None
        np.testing.assert_array_equal(taken.x, by_itself.x)
        same(taken["f"], by_itself["f"])
        assert len(taken.holds) == len(by_itself.holds)
    with pytest.raises(ValueError, match="there is no item 4: the batch has items 0 to 3"):
        padded().sequence(4)
    with pytest.raises(ValueError, match="give one sequence"):
        padded().backward(at=-1).layer(0, reverse=True).path_figure()


def test_the_lengths_are_of_a_batch_first_module_too():
    module = torch.nn.GRU(2, 3, batch_first=True, dtype=torch.float64)
    rec = trace(module, X.swapaxes(0, 1), lengths=LENGTHS)
    packed = pack_padded_sequence(torch.tensor(np.nan_to_num(X)), LENGTHS, enforce_sorted=False)
    same(rec.output[:6], pad_packed_sequence(module(packed)[0])[0].detach().numpy())


@pytest.mark.parametrize("sort", [False, True])
@pytest.mark.parametrize("kind", [torch.nn.LSTM, torch.nn.GRU])
def test_a_packed_sequence_is_read_as_it_is(kind, sort):
    """Whichever axis came first where it was packed, with its states in the order given."""
    module = kind(2, 3, 2, bidirectional=True, batch_first=True)
    lengths = sorted(LENGTHS, reverse=True) if sort else LENGTHS
    x = torch.tensor(np.nan_to_num(X), dtype=torch.float32)
    packed = pack_padded_sequence(x, lengths, enforce_sorted=sort)
    start = torch.randn(4, 4, 3)
    given = (start, -start) if kind is torch.nn.LSTM else start
    rec = trace(module, packed, initial=given)
    wanted, found_lengths = pad_packed_sequence(module(packed, given)[0])
    np.testing.assert_allclose(rec.output, wanted.detach(), atol=1e-6)
    np.testing.assert_array_equal(rec.lengths, found_lengths)
    assert rec.output.dtype == np.float32
    by_hand = PackedSequence(packed.data, packed.batch_sizes)
    by_size = trace(module, by_hand)
    assert sorted(by_size.lengths, reverse=True) == by_size.lengths.tolist()


def test_a_bare_cell_reads_a_packed_sequence_too():
    packed = torch.nn.utils.rnn.pack_sequence([torch.ones(3, 2), torch.ones(1, 2)])
    rec = trace(parse("h = 0.5 * h_prev + b"), packed, params={"b": np.ones(2)})
    np.testing.assert_array_equal(rec["h"][:, 1, 0], [1.0, 1.0, 1.0])


@pytest.mark.parametrize(
    ("lengths", "says"),
    [
        ([3, 2], "there are 4 sequences, and lengths for 2"),
        ([], "there are 4 sequences, and lengths for 0"),
        ([3, 0, 1, 2], "the length of item 1 is from 1 to 7 steps, not 0"),
        ([3, 1, 1, -2], "the length of item 3 is from 1 to 7 steps, not -2"),
        ([8, 1, 1, 1], "the length of item 0 is from 1 to 7 steps, not 8"),
        ([3.0, 2.5, 1, 1], r"lengths are whole numbers, not float64: \[3.0, 2.5, 1.0, 1.0\]"),
        ([True] * 4, "lengths are whole numbers, not bool"),
        (["3", "2", "1", "1"], "lengths must hold real numbers"),
        ([[3], [2, 1]], "lengths is no array of numbers"),
        (3, "lengths are one whole number for each sequence"),
        (np.ones((4, 1), int), "lengths are one whole number for each sequence"),
    ],
)
def test_lengths_that_do_not_fit_are_refused_in_a_sentence(lengths, says):
    with pytest.raises(ValueError, match=says):
        trace(network(), X, lengths=lengths)


def test_what_goes_with_no_lengths_is_refused_in_a_sentence():
    packed = torch.nn.utils.rnn.pack_sequence([torch.ones(3, 2), torch.ones(1, 2)])
    with pytest.raises(ValueError, match="lengths are those of a batch: x is a single sequence"):
        trace(network(), X[:3, 0], lengths=[3])
    with pytest.raises(ValueError, match="x is a PackedSequence, which has its own lengths"):
        trace(network(), packed, lengths=[3, 1])
    with pytest.raises(ValueError, match="dh is a PackedSequence: pad it with"):
        padded().backward(packed)
    with pytest.raises(ValueError, match="the steps of a hold count from the beginning"):
        trace(network(), X, lengths=LENGTHS, hold=Hold("h", 0.0, steps=-1))
    with pytest.raises(ValueError, match="no step 6: the sequence has steps 0 to 5"):
        padded().backward(at=6)
