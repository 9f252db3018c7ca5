"""A challenge is solved by what is known to solve it, and by nothing that is near to that or to
nothing: judged by the page's own judge."""

import numpy as np
import pytest

from rnnviz import trace
from rnnviz.challenges import CHALLENGES
from rnnviz.scenes.by_hand import ByHandSettings
from rnnviz.web import stages
from rnnviz.web.by_hand.payload import by_hand_payload
from tests.challenges.solutions import KNOWN
from tests.javascript import run

JUDGE = """
import { unpack } from "./maths/payload.js";
import { createJudge } from "./by_hand/judge.js";
const { header, arrays } = unpack(input.payload);
const judge = createJudge(header);
output(input.networks.map((weights) =>
  judge(new Map([...arrays, ...Object.entries(weights)]))));
"""
BREAKS = [(key, broken) for key, known in KNOWN.items() for broken in known.breaks]


def judged(key, *networks):
    """The judge's verdict on each network."""
    payload = by_hand_payload(ByHandSettings(challenge=key))
    return run(JUDGE, {"payload": payload, "networks": [stages.arrays(n) for n in networks]})


def is_solved(key, network):
    return judged(key, network)[0]["isSolved"]


def test_there_is_a_solution_of_each():
    assert KNOWN.keys() == CHALLENGES.keys()


@pytest.mark.parametrize("key", CHALLENGES)
def test_the_known_solution_solves_it(key):
    (verdict,) = judged(key, CHALLENGES[key].with_weights(KNOWN[key].weights))
    assert verdict["isSolved"], verdict["furthest"]
    assert verdict["score"] == 1.0
    assert verdict["furthest"]["miss"] <= 0.8 * CHALLENGES[key].tolerance, "no room for a hand"


@pytest.mark.parametrize("key", CHALLENGES)
def test_the_start_and_zeros_do_not(key):
    one = CHALLENGES[key]
    start, zeros = judged(key, one.network, one.with_weights({}))
    assert not start["isSolved"]
    assert not zeros["isSolved"]
    assert start["score"] < 1.0


@pytest.mark.parametrize("key", CHALLENGES)
def test_random_weights_do_not(key):
    one, rng = CHALLENGES[key], np.random.default_rng(0)
    drawn = [
        one.network.replace(
            {name: rng.normal(0.0, size, a.shape) for name, a in one.network.parameters.items()}
        )
        for size in (0.1, 0.5, 1.0, 3.0)
        for _ in range(10)
    ]
    assert not any(verdict["isSolved"] for verdict in judged(key, *drawn))


@pytest.mark.parametrize(("key", "broken"), BREAKS, ids=[f"{key} {b}" for key, b in BREAKS])
def test_a_broken_solution_does_not(key, broken):
    assert not is_solved(key, CHALLENGES[key].with_weights(KNOWN[key].weights | broken))


def drawn(key, seed=3):
    rng, network = np.random.default_rng(seed), CHALLENGES[key].network
    return network.replace({n: rng.normal(size=a.shape) for n, a in network.parameters.items()})


VALUES = [key for key, one in CHALLENGES.items() if one.measure == "value"]


@pytest.mark.parametrize("key", VALUES)
def test_a_value_is_what_the_engine_gives(key):
    one, network = CHALLENGES[key], drawn(key)
    recording = trace(network, one.judged.x)
    wanted = recording.prediction if one.of == "y" else recording[one.of]
    (verdict,) = judged(key, network)
    np.testing.assert_allclose(np.transpose(verdict["measured"]), wanted[..., 0], rtol=1e-12)


def test_the_share_is_that_of_differences_of_the_last_h():
    one, network, little = CHALLENGES["one-input"], drawn("one-input"), 1e-6
    x = one.judged.x

    def last(moved):
        return trace(network, moved)["h"][-1, :, 0]

    pulls = np.empty(x.shape[:2])
    for t in range(len(x)):
        up, down = x.copy(), x.copy()
        up[t, :, 0] += little
        down[t, :, 0] -= little
        pulls[t] = np.abs(last(up) - last(down)) / (2 * little)
    (verdict,) = judged("one-input", network)
    wanted = pulls / np.maximum(pulls.sum(axis=0), 0.1)
    np.testing.assert_allclose(np.transpose(verdict["measured"]), wanted, atol=1e-7)


def test_the_gradient_is_the_product_of_the_forget_gates_where_nothing_reads_h():
    one = CHALLENGES["gradient"]
    network = one.with_weights({"W_f": [[1.5]], "b_f": [2.0], "W_g": [[1.0]], "b_o": [1.0]})
    f = trace(network, one.judged.x)["f"][..., 0]
    (verdict,) = judged("gradient", network)
    for item, measured in enumerate(verdict["measured"]):
        wanted = [np.log10(f[t + 1 :, item]).sum() for t in range(len(f))]
        np.testing.assert_allclose(measured, wanted, atol=1e-12)


def test_what_is_no_number_is_as_far_off_as_can_be():
    zeros = CHALLENGES["gradient"].with_weights({"b_o": [-1e5]})
    (verdict,) = judged("gradient", zeros)
    assert verdict["furthest"]["miss"] == np.inf
    assert verdict["score"] == 0.0


@pytest.mark.parametrize("key", CHALLENGES)
def test_the_verdict_adds_up(key):
    one = CHALLENGES[key]
    _x, wanted, counts = one.judged
    (verdict,) = judged(key, drawn(key))
    miss = np.where(counts, np.abs(np.transpose(verdict["measured"]) - wanted), -1.0)
    assert verdict["counted"] == counts.sum()
    assert verdict["within"] == ((miss <= one.tolerance) & counts).sum()
    assert verdict["score"] == pytest.approx(verdict["within"] / verdict["counted"])
    assert [place["step"] for place in verdict["worst"]] == miss.argmax(axis=0).tolist()
    assert verdict["furthest"]["miss"] == miss.max()


@pytest.mark.parametrize("key", CHALLENGES)
def test_no_two_sequences_are_alike_and_each_counts(key):
    """So that none can be learnt by heart."""
    x, _wanted, counts = CHALLENGES[key].judged
    assert x.shape[1] >= 3
    assert len({x[:, k].tobytes() for k in range(x.shape[1])}) == x.shape[1]
    assert counts.any(axis=0).all()


@pytest.mark.parametrize("key", CHALLENGES)
def test_each_says_what_to_do_when_it_is_solved_and_what_helps(key):
    one = CHALLENGES[key]
    assert one.title
    assert not one.title.endswith(".")
    assert one.task.endswith(".")
    assert one.rule.endswith(".")
    assert len(one.hints) >= 2
    assert all(hint.endswith((".", "?")) for hint in one.hints)
    assert one.source
