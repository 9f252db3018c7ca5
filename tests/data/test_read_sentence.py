"""A text word by word: every figure is what `trace` and central differences say."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnviz.cells import GALLERY
from rnnviz.data import made_reviews, reviews
from rnnviz.data.read_sentence import OPEN, SHUT
from rnnviz.engine.checks import Hold
from rnnviz.network.lengths import present_steps
from rnnviz.network.network import Network
from rnnviz.network.softmax import softmax
from rnnviz.recording.recording import trace

OF = reviews(made_reviews(300))
TEXT = "The plot is not good, but the film is."
NAMES = ["RNN (tanh)", "LSTM", "GRU (PyTorch)"]
SIZES = [{}, {"layers": 2}, {"bidirectional": True}]


def network(name="LSTM", seed=0, **sizes):
    chosen = {"hidden": 5, "embedding": 4, **sizes}
    tokens = len(OF.coding.vocabulary)
    return Network.fresh(
        GALLERY[name], inputs=1, outputs=3, tokens=tokens, seed=seed, kind="softmax", **chosen
    )


def probabilities(net, codes, **options):
    """After the last step of one sequence, by torch's softmax."""
    scores = trace(net, np.array(codes, float)[:, None], **options).prediction[-1]
    return torch.softmax(torch.from_numpy(scores), -1).numpy()


@given(st.lists(st.floats(-30, 30), min_size=1, max_size=5))
def test_probabilities_are_torchs_softmax(scores):
    theirs = torch.softmax(torch.tensor(scores, dtype=torch.float64), -1)
    assert softmax(np.array(scores)) == pytest.approx(theirs.numpy(), rel=1e-13)


@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("name", NAMES)
def test_what_is_answered_after_each_word_is_what_the_text_up_to_it_is_answered(name, sizes):
    net = network(name, **sizes)
    read = OF.read(net, TEXT)
    assert read.words == ("the", "plot", "is", "not", "good", "but", "the", "film", "is")
    for step in range(len(read.words)):
        expected = probabilities(net, read.codes[: step + 1])
        assert read.after_each[step] == pytest.approx(expected, rel=1e-12)
    assert read.probabilities == pytest.approx(probabilities(net, read.codes), rel=1e-12)
    assert read.answer == probabilities(net, read.codes).argmax()


def test_the_answer_to_a_text_is_the_judges():
    net = network()
    judged = OF.judge(net)
    for place in range(0, len(OF.test), 11):
        read = OF.read(net, OF.test.texts[place])
        assert read.probabilities == pytest.approx(judged.probabilities[place], rel=1e-12)


@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("label", [None, 0, 2])
def test_a_words_gradient_is_that_of_central_differences(sizes, label):
    """A word that stands once has a row of its own: nudging that row nudges nothing else."""
    net = network(**sizes)
    read = OF.read(net, TEXT)
    chosen = read.answer if label is None else label
    W, nudge = net.parameters["embedding.W"], 1e-6

    def log_p(changed):
        other = net.replace({"embedding.W": changed})
        return float(np.log(probabilities(other, read.codes)[chosen]))

    found = read.by_gradient(label)
    for word in ("plot", "not", "but"):
        step = read.words.index(word)
        row, slopes = int(read.codes[step]), np.empty(W.shape[1])
        for k in range(len(slopes)):
            up, down = W.copy(), W.copy()
            up[row, k] += nudge
            down[row, k] -= nudge
            slopes[k] = (log_p(up) - log_p(down)) / (2 * nudge)
        assert found.norm[step] == pytest.approx(np.linalg.norm(slopes), rel=1e-6)
        assert found.along[step] == pytest.approx(float(slopes @ W[row]), rel=1e-5, abs=1e-9)


def scores_by_torch(net, vectors):
    """What torch's own modules, with the weights of `net`, score after the last of some vectors."""
    _embedding, *stages = net.to_torch().children()
    found = vectors[:, None]
    for stage in stages:
        found = stage(found)
    return found[-1, 0]


def vectors_by_torch(net, codes):
    return torch.from_numpy(net.parameters["embedding.W"])[torch.from_numpy(codes)]


@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("label", [None, 0, 2])
def test_what_a_word_weighs_by_gradient_is_what_autograd_says(name, sizes, label):
    net = network(name, **sizes)
    read = OF.read(net, TEXT)
    vectors = vectors_by_torch(net, read.codes).requires_grad_()
    scores = scores_by_torch(net, vectors)
    chosen = int(scores.argmax()) if label is None else label
    torch.log_softmax(scores, -1)[chosen].backward()
    found = read.by_gradient(label)
    assert found.norm == pytest.approx(vectors.grad.norm(dim=1).numpy(), rel=1e-10)
    along = (vectors.grad * vectors).sum(1).detach().numpy()
    assert found.along == pytest.approx(along, rel=1e-9, abs=1e-15)


@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("name", NAMES)
def test_what_a_word_weighs_by_removal_is_what_torch_says_with_it_and_without(name, sizes):
    net = network(name, **sizes)
    read = OF.read(net, TEXT)
    with torch.no_grad():
        whole, *without = (
            torch.softmax(scores_by_torch(net, vectors_by_torch(net, codes)), -1).numpy()
            for codes in (read.codes, *(np.delete(read.codes, k) for k in range(len(read.codes))))
        )
    assert read.by_removal == pytest.approx(whole - np.array(without), rel=1e-9, abs=1e-14)


def test_a_word_whose_vector_is_zero_owes_nothing_to_it():
    net = network()
    W = net.parameters["embedding.W"].copy()
    W[OF.coding.vocabulary.encode("not")] = 0.0
    read = OF.read(net.replace({"embedding.W": W}), TEXT)
    assert read.by_gradient().along[read.words.index("not")] == 0.0


@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("name", NAMES)
def test_a_words_removal_is_the_text_without_it(name, sizes):
    net = network(name, **sizes)
    read = OF.read(net, TEXT)
    whole = probabilities(net, read.codes)
    for step in range(len(read.words)):
        left = probabilities(net, np.delete(read.codes, step))
        assert read.by_removal[step] == pytest.approx(whole - left, rel=1e-9, abs=1e-14)
    assert read.by_removal.sum(axis=1) == pytest.approx(0, abs=1e-12)


def test_without_its_only_word_there_is_no_text():
    assert np.isnan(OF.read(network(), "good").by_removal).all()


@given(st.integers(1, 9))
@settings(max_examples=10, deadline=None)
def test_padding_changes_nothing_and_neither_does_its_removal(more):
    """Masked, a text in a batch with a longer one is read as alone: that is what removal is of."""
    net = network()
    read = OF.read(net, TEXT)
    padded = np.concatenate([read.codes, np.full(more, 3)]).astype(float)[:, None, None]
    scores = trace(net, padded, lengths=[len(read.codes)]).prediction
    last = present_steps(np.array([len(read.codes)]), len(padded))[:, 0].nonzero()[0][-1]
    assert softmax(scores[last, 0]) == pytest.approx(read.probabilities, rel=1e-12)


@pytest.mark.parametrize("layer", [0, 1, -1])
@pytest.mark.parametrize("name", NAMES)
def test_a_gate_at_a_word_is_the_recorded_one(name, layer):
    net = network(name, layers=2)
    read = OF.read(net, TEXT)
    recorded = trace(net, read.codes[:, None].astype(float)).layer(layer)
    gates = read.gates(layer)
    assert [*gates] == [*net.layers[layer].cell.gates]
    for gate, found in gates.items():
        values = recorded[gate]
        assert np.array_equal(found.mean, values.mean(axis=1))
        assert np.array_equal(found.most, values[np.arange(len(values)), found.unit])
        assert (found.most[:, None] >= values).all()
        assert found.beyond.sum() == pytest.approx(0, abs=1e-12)
        assert found.beyond == pytest.approx(values.mean(axis=1) - values.mean(), abs=1e-12)


@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("name", NAMES)
def test_a_gate_that_is_held_at_a_word_is_held_as_trace_holds_it(name, sizes):
    net = network(name, **sizes)
    read = OF.read(net, TEXT)
    word = read.words.index("not")
    for layer in range(len(net.layers)):
        held = read.held(word, layer)
        gates = net.layers[layer].cell.gates
        assert [(one.gate, one.value) for one in held] == [
            (gate, value) for gate in gates for value in (SHUT, OPEN)
        ]
        for one in held:
            hold = Hold(one.gate, one.value, steps=word, layer=layer)
            expected = probabilities(net, read.codes, hold=hold)
            assert one.probabilities == pytest.approx(expected, rel=1e-12)


def test_attention_is_that_of_the_last_step_and_none_where_there_is_none():
    assert OF.read(network(), TEXT).attention is None
    net = network(pooling="attention")
    read = OF.read(net, TEXT)
    states = trace(net, read.codes[:, None].astype(float))["h"]
    W, b, v = (net.parameters[f"attention.{name}"] for name in "Wbv")
    scores = torch.from_numpy(np.tanh(states @ W.T + b) @ v.ravel())
    assert read.attention == pytest.approx(torch.softmax(scores, 0).numpy(), rel=1e-9)


def test_a_text_without_a_word_is_refused():
    for text in ("", "  ", "...!"):
        with pytest.raises(ValueError, match="There is no word in it to be read"):
            OF.read(network(), text)


def test_padding_that_is_read_stands_among_the_steps():
    of = reviews(made_reviews(300), length=12, padding="pre")
    read = of.read(network(), "not good")
    assert read.words == ("",) * 10 + ("not", "good")
    assert read.codes[:10].tolist() == [0] * 10
    assert len(read.after_each) == 12
