"""A run may begin at given weights: to the last digit, in a link, after a restart and a branch."""

import base64
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnviz import Network, training
from rnnviz.cells import GALLERY
from rnnviz.network.given import GivenWeights
from rnnviz.training import exports, runs
from rnnviz.training.choices import Chosen, read, write
from rnnviz.training.effects import has_effect
from rnnviz.training.kinds import LONGEST_WEIGHTS
from rnnviz.training.knobs import Knobs
from rnnviz.training.live import Live, first_knobs
from tests.training.test_workers import same

SMALL = {"task": "adding problem", "length": 8, "hidden": 3, "batch": 4, "updates": 60}
SIZES = {"inputs": 2, "hidden": 3, "outputs": 1}
LSTM = GALLERY["LSTM"]
TYPED = Network.fresh(LSTM, **SIZES, seed=11)


def alike(one, other):
    return one.keys() == other.keys() and all(np.array_equal(one[n], other[n]) for n in one)


@pytest.mark.parametrize("weights", [TYPED, TYPED.parameters, GivenWeights.of(TYPED)])
def test_a_run_begins_at_the_weights_it_is_given(weights):
    run = runs.start(**SMALL, weights=weights)
    assert alike(run.parameters, TYPED.parameters)
    assert run.knobs == Knobs(**SMALL, weights=TYPED)


def test_given_the_weights_it_would_draw_a_run_is_the_same_run():
    drawn = runs.start(**SMALL)
    given_them = runs.start(**SMALL, weights=drawn.network)
    one, other = training.advance(drawn, 30), training.advance(given_them, 30)
    assert alike(one.parameters, other.parameters)
    assert one.evaluations == other.evaluations
    assert alike(one.history, other.history)


def test_what_is_not_given_is_drawn_from_the_seed():
    run = runs.start(**SMALL, weights={"layers.0.b_f": np.full(3, 4.0)})
    drawn = runs.start(**SMALL)
    assert (run.parameters["layers.0.b_f"] == 4.0).all()
    others = [name for name in drawn.parameters if name != "layers.0.b_f"]
    assert all(np.array_equal(run.parameters[n], drawn.parameters[n]) for n in others)


def test_another_seed_reads_other_sequences_from_the_same_weights():
    one, other = (runs.start(**SMALL, weights=TYPED, seed=seed) for seed in (0, 1))
    assert alike(one.parameters, other.parameters)
    assert training.advance(one, 1).history["loss"] != training.advance(other, 1).history["loss"]


def test_a_restart_begins_there_again_and_a_branch_knows_where_it_began():
    live = Live(training.advance(runs.start(**SMALL, weights=TYPED), 3))
    assert same(live.restarted().run, runs.start(**SMALL, weights=TYPED))
    branch = live.branched(live.past.before(3))
    assert first_knobs(branch.run)["weights"] == GivenWeights.of(TYPED)


@pytest.mark.parametrize(
    ("knobs", "message"),
    [
        ({"hidden": 4}, "of the network that this run trains, which reads 2 numbers, has 4 units "
                        "a layer and answers 1 number: "
                        r"layers\.0\.W_\w has shape \(3, 2\), not \(4, 2\)"),
        ({"cell": "RNN"}, "there is no parameter 'layers.0.W_\\w'; did you mean 'layers.0.W'?"),
        ({"weights": {"layers.0.b": [0.0]}}, "there is no parameter 'layers.0.b'"),
        ({"weights": {"layers.0.b_f": [0.0, np.nan, 1.0]}}, "holds a number that is not finite"),
        ({"weights": {"layers.0.b_f": ["a", "b", "c"]}}, "holds <U1, not real numbers"),
        ({"weights": 3.0}, "weights must be a network, or arrays by their full names, or None"),
    ],
)  # fmt: skip
def test_weights_that_do_not_fit_are_refused_in_a_sentence(knobs, message):
    with pytest.raises(ValueError, match=message):
        runs.start(**{**SMALL, "weights": TYPED, **knobs})


def test_a_link_has_them_to_the_last_digit():
    chosen = Chosen({**SMALL, "weights": GivenWeights.of(TYPED)})
    again, complaint = read(write(chosen))
    assert complaint == ""
    assert again == chosen
    assert alike(again.base["weights"].arrays, TYPED.parameters)


def test_a_link_without_them_is_what_is_written_where_there_are_too_many():
    many = GivenWeights.of(Network.fresh(LSTM, inputs=2, hidden=64, outputs=1))
    assert len(many.text) > LONGEST_WEIGHTS
    chosen = Chosen({**SMALL, "hidden": 64, "weights": many})
    again, complaint = read(write(chosen))
    assert complaint == ""
    assert again.base.get("weights") is None
    assert alike(runs.start(**chosen.base).parameters, many.arrays)


@given(st.integers(0, 400), st.text("Ax_-0=é", max_size=4))
def test_a_text_that_was_cut_or_altered_gives_no_weights_or_those_of_its_numbers(cut, more):
    text = GivenWeights.of(TYPED).text[:cut] + more
    found = GivenWeights.read(text)
    assert found is None or found == GivenWeights.of(found.arrays)


@pytest.mark.parametrize("held", ['{"b":[NaN]}', '{"b":["1"]}', "[1]", '{"b":[[1],[1,2]]}', "["])
def test_a_text_that_holds_something_else_gives_none(held):
    text = base64.urlsafe_b64encode(zlib.compress(held.encode())).decode()
    assert GivenWeights.read(text) is None


def test_a_text_that_unpacks_to_more_than_fits_gives_none():
    bomb = zlib.compress(b'{"b":[' + b"0," * 10_000_000 + b"0]}", 9)
    assert GivenWeights.read(base64.urlsafe_b64encode(bomb).decode()) is None


def test_how_weights_are_drawn_is_not_offered_where_none_is():
    assert not has_effect("weights", SMALL)
    given_all = {**SMALL, "weights": GivenWeights.of(TYPED)}
    assert has_effect("weights", given_all)
    assert not has_effect("forget_bias", given_all)
    some = {**SMALL, "weights": GivenWeights.of({"readout.b": [1.0]})}
    assert has_effect("forget_bias", some)


def test_a_file_says_that_a_run_began_at_them():
    run = runs.start(**SMALL, weights=TYPED)
    count = sum(array.size for array in TYPED.parameters.values())
    assert f"It began at {count} given weights." in exports.about(run, "A")
    assert "given weights" not in exports.about(runs.start(**SMALL), "A")
