"""A run may begin at given weights: to the last digit, in a link, after a restart and a branch."""

import base64
import zlib
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from rnnviz import Network, training
from rnnviz.cells import GALLERY
from rnnviz.network.given import GivenWeights
from rnnviz.training.comparison.choices import Chosen, read, write
from rnnviz.training.comparison.live import Live, first_knobs
from rnnviz.training.knobs.effects import has_effect
from rnnviz.training.knobs.kinds import LONGEST_WEIGHTS
from rnnviz.training.knobs.knobs import Knobs
from rnnviz.training.runs import exports, runs
from rnnviz.web.training.in_browser import fit
from tests.training.workers.test_workers import same

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


@pytest.mark.parametrize("direction", ["forward", "both"])
def test_a_run_begins_every_sequence_at_the_states_that_are_given(direction):
    """Against torch.nn.LSTM with these h0 and c0, each update's loss before it is made."""
    knobs = {"task": "adding problem", "cell": "LSTM", "hidden": 3, "length": 6, "batch": 5}
    knobs |= {"direction": direction, "optimizer": "sgd", "learning_rate": 0.1}
    ways = ("", "reverse.")[: 1 + (direction == "both")]
    rng = np.random.default_rng(8)
    states = {f"layers.0.{way}initial.{s}": rng.normal(size=3) for way in ways for s in "hc"}
    run = runs.start(**knobs, weights=states)
    data = np.random.default_rng()
    data.bit_generator.state = dict(run.generators["data"])
    task = run.knobs.about_task
    for _update in range(3):
        batch = task.batch(data, 6, 5)
        network = run.network
        module = replace(network, readout=None, initial={}).to_torch()
        h0, c0 = (
            torch.tensor(np.stack([[states[f"layers.0.{way}initial.{s}"]] * 5 for way in ways]))
            for s in "hc"
        )
        with torch.no_grad():
            output, _last = module(torch.tensor(batch.x), (h0, c0))
        answer = output[-1].numpy() @ network.readout.W.T + network.readout.b
        run = training.advance(run, 1)
        wanted = np.square(answer - batch.targets[-1]).mean()
        assert run.history["loss"][-1] == pytest.approx(wanted, rel=1e-12)
    untouched = training.advance(runs.start(**knobs), 1).history["loss"][0]
    assert run.history["loss"][0] != pytest.approx(untouched)


def test_states_before_the_first_step_are_not_learnt_and_not_trained_in_the_browser():
    given = {"layers.0.initial.h": np.array([0.5, -1.0])}
    knobs = {"task": "adding problem", "cell": "RNN (tanh)", "hidden": 2, "length": 6, "batch": 4}
    run = training.advance(runs.start(**knobs, weights=given), 5)
    assert np.array_equal(run.network.initial["layers.0.h"], [0.5, -1.0])
    assert "layers.0.initial.h" not in run.parameters
    assert fit([runs.start(**knobs).knobs])
    assert not fit([run.knobs])


def test_a_state_of_another_size_or_name_is_refused_in_a_sentence():
    knobs = {"task": "adding problem", "cell": "RNN (tanh)", "hidden": 2}
    for name, size in (("layers.0.initial.h", 3), ("layers.0.initial.c", 2)):
        with pytest.raises(ValueError, match="not of the network that this run trains"):
            runs.start(**knobs, weights={name: np.zeros(size)})
