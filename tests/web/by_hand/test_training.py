"""What is trained from weights set by hand is what the page shows, and what is sent is checked."""

import json

import numpy as np
import pytest

from rnnviz import trace
from rnnviz.challenges import CHALLENGES
from rnnviz.scenes.by_hand import ByHandSettings, by_hand_scene
from rnnviz.training.loop.descent import advanced, begin
from rnnviz.web import stages
from rnnviz.web.by_hand.descending import Poll, Wanted, aim_of, aim_words, descending
from rnnviz.web.by_hand.payload import by_hand_payload
from tests.web.training.inline import Inline

CHALLENGE = ByHandSettings(challenge="parity")
SMALL = ByHandSettings(cell="GRU (PyTorch)", units=2, length=6)


def weights(settings):
    """As the page shows them at first: the states before step 1 among them."""
    network = by_hand_scene(settings).network
    arrays = stages.arrays(network) | stages.initial_arrays(network, {})
    return {name: array.ravel().tolist() for name, array in arrays.items()}


def poll(number=1, updates=5, **more):
    return {"number": number, "wanted": {"id": "a", "updates": updates, "weights": {}, **more}}


def asked(settings, updates=5):
    return Poll.read(poll(updates=updates, weights=weights(settings))).wanted


def carried(settings, updates=5):
    found = descending(settings, asked(settings, updates))
    while not found.is_over:
        found.proceed(Inline())
    return found


@pytest.mark.parametrize("settings", [CHALLENGE, SMALL])
def test_it_is_the_training_from_what_is_shown(settings):
    news = carried(settings).news()
    wanted = advanced(begin(aim_of(settings), by_hand_scene(settings).network), 5)
    assert (news["made"], news["planned"], news["error"]) == (5, 5, "")
    assert news["losses"] == list(wanted.losses)
    assert news["searched"] == list(wanted.searched)
    assert news["weights"].keys() == {n for n in weights(settings) if ".initial." not in n}
    for name, numbers in news["weights"].items():
        full = name if name.startswith("readout.") else f"layers.{name}"
        assert numbers == wanted.weights[full].ravel().tolist()


@pytest.mark.parametrize(
    "settings", [ByHandSettings(challenge="hold"), ByHandSettings(cell="LSTM", length=6)]
)
def test_it_begins_at_the_states_that_stand_before_step_1(settings):
    """Every loss, of the training and of the search, is that of networks which begin there."""
    here = weights(settings) | {"0.initial.c": [0.5], "0.initial.h": [-0.25]}
    found = descending(settings, Wanted("a", 3, here))
    found.proceed(Inline())
    found.proceed(Inline())
    made, begun = found.descent, {"c": [0.5], "h": [-0.25]}
    network = by_hand_scene(settings).network
    for ways, loss in [
        (network.parameters, made.losses[0]),
        (made.weights, made.losses[-1]),
        (made.best, made.searched[-1]),
    ]:
        values = trace(network.replace(ways), made.aim.x, initial=begun)[made.aim.of][..., 0]
        missing = (values - made.aim.wanted)[made.aim.counts]
        assert loss == pytest.approx(np.square(missing).mean(), rel=1e-12)
    assert "which are not trained" in aim_words(settings)


def header(payload):
    length = int.from_bytes(payload[:4], "little")
    return json.loads(payload[4 : 4 + length])


def test_with_other_news_it_is_the_same_run():
    one, other = (header(by_hand_payload(SMALL, training=news)) for news in (None, {"made": 3}))
    assert one["id"] == other["id"]
    assert one["training"] is None
    assert other["training"] == {"made": 3}


@pytest.mark.parametrize("key", CHALLENGES)
def test_a_challenge_that_wants_a_value_can_be_trained_and_the_others_say_why_not(key):
    settings = ByHandSettings(challenge=key)
    wants_value = CHALLENGES[key].measure == "value"
    assert (aim_of(settings) is not None) == wants_value
    assert ("there is no loss" in aim_words(settings)) != wants_value


def test_the_small_task_echoes_the_first_input_one_step_later():
    aim = aim_of(ByHandSettings(inputs=2, outputs=1, length=9))
    np.testing.assert_array_equal(aim.wanted[1:], aim.x[:-1, :, 0])
    assert aim.of == "y"
    assert not aim.counts[0].any()
    assert aim.counts[1:].all()


@pytest.mark.parametrize(
    "written",
    [
        None,
        7,
        {},
        {"number": -1, "wanted": None},
        poll(updates="many"),
        poll(weights={"0.W": ["1"]}),
        poll(weights={"0.W": [1e10]}),
        poll(weights={"0.W": [float("nan")]}),
        poll(weights={"0.W": [True]}),
        poll(weights=[1]),
        poll(id=3),
    ],
)
def test_what_is_no_poll_asks_for_nothing(written):
    assert Poll.read(written) == Poll()


def test_no_more_updates_are_made_than_the_page_offers():
    assert Poll.read(poll(updates=10**6)).wanted.updates == 200


@pytest.mark.parametrize(
    "change",
    [{"0.W_z": [1.0]}, {"0.unknown": [1.0]}, {"0.initial.h": [1.0]}, {"0.initial.c": [1.0, 1.0]}],
)
def test_weights_of_another_network_are_not_trained(change):
    wanted = Poll.read(poll(weights=weights(SMALL) | change)).wanted
    assert descending(SMALL, wanted) is None


def test_an_error_is_said():
    class Broken(Inline):
        def submit(self, fn, /, *args, **kwargs):
            return super().submit(lambda: 1 / 0)

    found = descending(SMALL, asked(SMALL))
    for _ in range(2):
        found.proceed(Broken())
    assert found.is_over
    assert found.news()["error"] == "Training ended with an error: division by zero"
