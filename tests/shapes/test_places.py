"""Which is which: an entry and its place are the same number, and lead to each other."""

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st

from rnnviz.shapes.example import example
from rnnviz.shapes.places import Entry, Place, entries_at, in_words, place_of, steps_seen
from rnnviz.shapes.setup import Setup
from rnnviz.shapes.tensors import tensors
from tests.shapes.setups import setups
from tests.shapes.test_example import PROJECTION, in_torch, loaded


def entries(draw, setup, names=("output", "h_n", "c_n")):
    found = tensors(setup)
    name = draw(st.sampled_from([n for n in names if n in found]))
    return Entry(name, tuple(draw(st.integers(-size, size - 1)) for size in found[name].shape))


def value(found, place):
    array = found.state(place.state)
    return array[place.layer, int(place.reverse), place.step, place.sequence, place.unit]


@PROJECTION
@given(setups(), st.data())
def test_an_entry_is_the_number_at_its_place_in_pytorch_too(setup, data):
    entry = entries(data.draw, setup)
    found, place = example(setup), place_of(setup, entry)
    expected = in_torch(found)[entry.tensor][entry.at]
    assert (0.0 if place is None else value(found, place)) == pytest.approx(expected, abs=1e-12)


@given(setups(), st.data())
def test_a_place_leads_back_to_all_its_entries(setup, data):
    entry = entries(data.draw, setup)
    place = place_of(setup, entry)
    assume(place is not None)
    back = entries_at(setup, place)
    shape = tensors(setup)[entry.tensor].shape
    from_zero = tuple(n % size for n, size in zip(entry.at, shape, strict=True))
    assert entry._replace(at=from_zero) in back
    assert all(place_of(setup, one) == place for one in back)


@given(setups())
def test_the_places_without_an_entry_are_those_no_tensor_shows(setup):
    shown = {
        place_of(setup, Entry(name, index))
        for name, tensor in tensors(setup).items()
        if name in ("output", "h_n", "c_n")
        for index in np.ndindex(tensor.shape)
    }
    found = example(setup)
    for state in setup.states:
        for where in np.argwhere(np.isfinite(found.state(state))):
            layer, reverse, step, sequence, unit = map(int, where)
            place = Place(state, layer, step, sequence, unit, bool(reverse))
            assert bool(entries_at(setup, place)) == (place in shown)


@PROJECTION
@given(setups(nonlinearity="tanh", packed=True, outputs=0), st.data())
def test_the_steps_seen_are_those_that_pytorchs_gradient_reaches(setup, data):
    entry = entries(data.draw, setup, ("output", "h_n"))
    place = place_of(setup, entry)
    assume(place is not None and not setup.lengths)
    found = example(setup)
    x = torch.tensor(found.arrays["x"], requires_grad=True)
    state = [torch.tensor(found.arrays[f"{s}_0"]) for s in setup.states]
    output, after = loaded(found)(x, tuple(state) if len(state) > 1 else state[0])
    h_n = after[0] if len(state) > 1 else after
    {"output": output, "h_n": h_n}[entry.tensor][entry.at].backward()
    reached = x.grad if not setup.batch_first or not setup.batch else x.grad.swapaxes(0, 1)
    reached = reached[:, place.sequence] if setup.batch else reached
    steps = [t for t in range(setup.length) if reached[t].abs().sum() > 0]
    assert steps == list(steps_seen(setup, place))


def test_above_the_first_layer_each_direction_has_seen_all_that_both_have_below():
    two = Setup(bidirectional=True, input_size=2, hidden_size=2)
    top, bottom = (Place("h", layer, 4, 0, 0, reverse=True) for layer in (1, 0))
    assert (list(steps_seen(two, top)), list(steps_seen(two, bottom))) == ([0, 1, 2, 3, 4], [4])


BOTH = Setup(bidirectional=True, lengths=(5, 3, 2))


@pytest.mark.parametrize(
    ("setup", "entry", "place"),
    [
        (Setup(), Entry("output", (4, 2, 7)), Place("h", 1, 4, 2, 7)),
        (Setup(), Entry("h_n", (1, 2, 7)), Place("h", 1, 4, 2, 7)),
        (Setup(), Entry("c_n", (0, 0, 0)), Place("c", 0, 4, 0, 0)),
        (Setup(batch_first=True), Entry("output", (2, 4, 7)), Place("h", 1, 4, 2, 7)),
        (Setup(batch=0), Entry("output", (-1, -1)), Place("h", 1, 4, 0, 19)),
        (BOTH, Entry("output", (0, 0, 27)), Place("h", 1, 0, 0, 7, reverse=True)),
        (BOTH, Entry("output", (3, 1, 0)), None),
        (BOTH, Entry("h_n", (2, 1, 0)), Place("h", 1, 2, 1, 0)),
        (BOTH, Entry("h_n", (3, 1, 0)), Place("h", 1, 0, 1, 0, reverse=True)),
    ],
)
def test_where_entries_stand(setup, entry, place):
    assert place_of(setup, entry) == place


@pytest.mark.parametrize(
    ("setup", "entry", "says"),
    [
        (Setup(), Entry("output", (5, 0, 0)), r"output\[5, 0, 0\] is outside of \(5, 3, 20\)"),
        (Setup(), Entry("output", (0, 0)), "output has 3 axes, not 2"),
        (Setup(kind="GRU"), Entry("c_n", (0, 0, 0)), "a GRU gives back no c_n"),
        (Setup(), Entry("x", (0, 0, 0)), "a LSTM gives back no x"),
    ],
)
def test_what_is_no_entry_is_refused(setup, entry, says):
    with pytest.raises(IndexError, match=says):
        place_of(setup, entry)


def test_a_place_in_words():
    assert in_words(BOTH, Place("h", 1, 0, 2, 7, reverse=True)) == (
        "h of layer 1, backward, step 0, sequence 2, unit 7"
    )
    assert in_words(BOTH, None) == "padding: zeros put there by pad_packed_sequence"
