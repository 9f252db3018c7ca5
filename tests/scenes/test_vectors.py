"""A scene of words is shown as the vectors that its network's embedding makes of them."""

import numpy as np
import pytest

from rnnviz import Network, trace
from rnnviz.cells import GALLERY
from rnnviz.interop.saving import packed
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import OWN_NUMBERS, OWN_TEXT, YOUR_FILE, StepSettings
from rnnviz.scenes.uploads import Upload
from rnnviz.scenes.vectors import read_as_vectors
from rnnviz.scenes.weights import Refused
from rnnviz.web.step.payload import step_payload

TOKENS, SIZE = 9, 4


def network():
    sizes = {"inputs": 1, "tokens": TOKENS, "embedding": SIZE, "hidden": 3, "outputs": 2}
    return Network.fresh(GALLERY["GRU (PyTorch)"], **sizes, pooling="attention", seed=1)


def file():
    return Upload("words.npz", packed(network(), ".npz"))


def of_file(**settings):
    return scene(StepSettings(weights=YOUR_FILE, **settings), file())


@pytest.mark.parametrize("sequence", ["random", OWN_TEXT, "noisy sine", "marked recall"])
def test_a_file_that_reads_words_is_given_random_ones_whatever_was_chosen(sequence):
    found = of_file(sequence=sequence)
    codes = found.reading.x
    assert ((codes >= 0) & (codes < TOKENS) & (codes == codes.round())).all()
    assert any("words.npz reads words by their numbers, from 0 to 8" in one for one in found.notes)
    assert step_payload(found)


def test_the_visitors_own_numbers_are_read_where_they_are_of_words():
    found = of_file(sequence=OWN_NUMBERS, numbers="3\n8\n0")
    assert found.reading.x[:, 0, 0].tolist() == [3, 8, 0]


@pytest.mark.parametrize("numbers", ["3\n9", "-1", "0.5\n1"])
def test_numbers_of_no_word_are_refused_where_they_are_typed(numbers):
    with pytest.raises(Refused, match="whole numbers from 0 to 8") as refusal:
        of_file(sequence=OWN_NUMBERS, numbers=numbers)
    assert refusal.value.where == "numbers"


def test_as_vectors_it_is_the_same_run_under_the_same_words():
    found = of_file(sequence=OWN_NUMBERS, numbers="3\n8\n0")
    shown = read_as_vectors(found)
    expected = network().parameters["embedding.W"][[3, 8, 0]]
    np.testing.assert_array_equal(shown.reading.x[:, 0], expected)
    assert shown.reading.labels == found.reading.labels == (("3", "8", "0"),)
    before, after = (trace(one.network, one.reading.x).prediction for one in (found, shown))
    np.testing.assert_array_equal(before, after)
    assert len(shown.reading.input_names) == SIZE


def test_what_reads_numbers_stays_as_it_is():
    plain = scene(StepSettings())
    assert read_as_vectors(plain) is plain
