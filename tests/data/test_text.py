"""A text is split by place, learnt, judged, gone on with and looked into, in its own tokens."""

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnviz import trace, training
from rnnviz.data import text
from rnnviz.data.characters import cut, joined
from rnnviz.language_model import log_softmax, read
from rnnviz.tasks import RHYMES

LONG = RHYMES * 4
MARKS = "Don't stop, “he” said.\nNo! <b>x</b> 我爱你。 e\u0301te\u0301 👍🏽\n"
HINDI, FLAG = "हिन्दी", "🇩🇪"


def learnt(found, updates=30, **knobs):
    run = training.start(task=found, cell="GRU", hidden=12, batch=8, updates=updates, **knobs)
    return training.advance(run, updates).network


def test_the_last_part_is_held_out():
    found = text(LONG, window=10, held_out=0.25)
    assert found.split == round(0.75 * len(LONG))
    assert "".join(found.decode(found.codes)) == LONG
    rng = np.random.default_rng(0)
    batch, judged = found.task.batch(rng, 10, 500), found.task.held_out(rng, 10, 500)
    for windows, part in ((batch, LONG[: found.split]), (judged, LONG[found.split :])):
        shown = ["".join(found.task.words(x)) for x in windows.x.swapaxes(0, 1)]
        answers = windows.targets.argmax(axis=-1)
        for window, column in zip(shown, answers.T, strict=True):
            assert window + found.tokens[column[-1]] in part


@pytest.mark.parametrize("by", ["characters", "words"])
def test_what_is_known_is_what_is_learnt_from(by):
    """A token of the last part alone is read as unknown, and not judged."""
    found = text(LONG + "zebra zebra and jack zebra and jack", by, window=3, held_out=0.05)
    assert set(found.tokens) == set(cut(LONG, by)[: found.split])
    assert found.unknown > 0
    judged = found.task.held_out(np.random.default_rng(0), 3, 64)
    asked = judged.targets.any(axis=-1)
    assert np.array_equal(judged.mask, asked)
    assert judged.mask[-1].all()
    assert not asked.all()


def test_the_most_frequent_tokens_are_known():
    found = text("a b a b c a d b " * 20, "words", window=2, held_out=0.2, most=2)
    assert found.tokens == ("a", "b")
    assert "".join(found.decode(found.codes[:8])) == "abab�a�b"
    batch = found.task.batch(np.random.default_rng(0), 2, 50)
    assert batch.mask[-1].all()
    assert not batch.mask.all()


@given(st.integers(1, 9), st.integers(1, 40), st.integers(0, 5))
def test_windows_are_drawn_of_all_places_and_judged_at_the_same(length, batch, seed):
    task = text(LONG, window=9).task
    one, other = (task.held_out(np.random.default_rng(s), length, batch) for s in (seed, seed + 1))
    assert np.array_equal(one.x, other.x)
    assert one.x.shape[1] <= batch


def test_words_and_large_alphabets_are_read_by_their_numbers():
    many = "".join(map(chr, range(0x4E00, 0x4E00 + 200)))
    for found in (text(LONG, "words", window=4), text(many * 3, window=4, held_out=0.4)):
        assert found.is_numbered
        assert found.task.inputs == 1
        assert found.task.tokens == found.known + 1
    few = text(LONG, window=4)
    assert not few.is_numbered
    assert (few.task.inputs, few.task.tokens) == (few.known, 0)


def test_an_unknown_token_is_read_one_hot_as_zeros():
    assert read(np.array([0, 2]), known=2, numbered=False).tolist() == [[1, 0], [0, 0]]


@pytest.mark.parametrize("by", ["characters", "words"])
@pytest.mark.parametrize("source", [LONG, MARKS, f"{HINDI} {FLAG}{FLAG}\n"])
def test_tokens_put_together_again_are_cut_as_before(by, source):
    tokens = cut(source, by)
    assert cut(joined(tokens, by), by) == tokens
    if by == "characters":
        assert joined(tokens, by) == source


def test_words_keep_what_combines_and_leave_marks_alone():
    assert cut(MARKS, "words") == [
        "don't", "stop", ",", "“", "he", "”", "said", ".", "\n", "no", "!",
        "<", "b", ">", "x", "<", "/", "b", ">", "我", "爱", "你", "。", "e\u0301te\u0301", "👍🏽",
        "\n",
    ]  # fmt: skip
    assert cut(f"{HINDI} {FLAG}", "words") == [HINDI, FLAG]
    assert joined(cut(MARKS, "words"), "words").startswith("don't stop, “he” said.\nno!")


@pytest.mark.parametrize("by", ["characters", "words"])
def test_a_network_that_learnt_beats_how_often_each_token_occurs(by):
    found = text(LONG, by, window=8)
    network = learnt(found, 200, learning_rate=0.02)
    scores = [*found.ngram_scores.values()]
    ours = found.score(network)
    assert ours.perplexity < scores[0].perplexity
    assert scores[0].perplexity > scores[1].perplexity
    assert {one.tokens for one in (ours, *scores)} == {
        len(found.codes) - found.split - found.unknown
    }
    assert found.task.baseline.loss(8) == pytest.approx(scores[0].cross_entropy)


def test_a_part_of_what_is_held_out_may_judge():
    """By hand: of the tokens that come first, from the same past."""
    found = text(LONG, window=8)
    few, network = found.judged_on(20), learnt(found, 1)
    start = found.codes[: found.split + 20]
    grams = found.ngrams(2).at(start)[found.split :]
    assert few.ngram_scores[2].nats == pytest.approx(-np.log(grams).sum())
    assert few.score(network).tokens == 20
    assert few.exposure(network, distance=5, places=99).true.shape == (5, 16)
    assert found.judged_on(10**9).score(network) == found.score(network)


def test_bits_per_character_count_the_space_before_a_word():
    found = text("to be or not " * 30, "words", window=2, held_out=0.1)
    judged = len(found.codes) - found.split
    assert found.ngram_scores[1].characters == 13 * judged / 4


@pytest.mark.parametrize("by", ["characters", "words"])
def test_it_is_gone_on_with_and_looked_into(by):
    found = text(LONG, by, window=8)
    network = learnt(found)
    asked = {"seed": 3, "start": "Jack and", "temperature": 0.8, "top_k": 5}
    said = found.sample(network, 12, **asked)
    assert said.text == found.sample(network, 12, **asked).text
    assert said.text != found.sample(network, 12, **{**asked, "seed": 4}).text
    assert str(said).lower().startswith("jack and")
    assert len(said.tokens) == 12
    whole, begun = found.encode(str(said)), found.encode("Jack and")
    scores = trace(network, found.read(whole)).prediction[len(begun) - 1 : -1]
    np.testing.assert_allclose(said.probabilities, np.exp(log_softmax(scores)), atol=1e-12)


@pytest.mark.parametrize("by", ["characters", "words"])
def test_of_nothing_it_goes_on_with_the_text_s_first_token(by):
    found = text(LONG, by, window=8)
    said = found.sample(learnt(found, 1), 3)
    assert said.start == ("t" if by == "characters" else "twinkle")


def test_exposure_begins_in_the_part_that_is_judged():
    found = text(LONG, window=8)
    said = found.exposure(learnt(found), distance=12, places=7)
    assert said.true.shape == (12, 7)
    judged = "".join(found.decode(found.codes[found.split :]))
    starts = ["".join(found.decode(column)) for column in said.true.T]
    assert starts[0] == judged[:12]
    assert starts[-1] == judged[-12:]
    np.testing.assert_array_equal(said.forced[0], said.own[0])


def test_influence_is_in_the_text_s_own_tokens():
    found = text(LONG, "words", window=4)
    network = learnt(found)
    said = found.influence(network, "Jack and jill went", asked="up", others=5)
    assert said.tokens == ("jack", "and", "jill", "went")
    assert said.asked == "up"
    assert len(said.others) == 5
    assert "\n" in said.others
    changed = found.encode(f"{said.others[2]} and jill went")
    ends = [
        log_softmax(trace(network, found.read(codes)).prediction[-1])[found.tokens.index("up")]
        for codes in (changed, found.encode("Jack and jill went"))
    ]
    assert said.value == pytest.approx(ends[1])
    assert said.changes[0, 2] == pytest.approx(ends[0] - ends[1])
    assert said.largest[0] == np.abs(said.changes[0]).max()


def test_a_task_is_the_same_after_a_way_through_another_process():
    task = text(LONG, window=8).task
    sent = pickle.dumps(task)
    assert len(sent) < 4_000
    assert pickle.loads(sent) == task  # noqa: S301


@pytest.mark.parametrize(
    ("source", "asked", "says"),
    [
        ("", {}, "The text has 0 tokens"),
        ("ab" * 20, {"window": 10}, "40 tokens, 4 of them held out"),
        ("a" * 900, {}, "The text has 1 different tokens"),
        ("ab" * 900, {"window": 0}, "from 1 to 200"),
        ("ab" * 900, {"held_out": 1.0}, "not all"),
        ("ab" * 900, {"most": 1}, "two"),
        ("a" * 900 + "b" * 100, {"held_out": 0.1}, "both parts"),
        ("ab" * 900, {"by": "letters"}, "characters or words"),
    ],
)
def test_a_text_that_cannot_be_learnt_is_refused(source, asked, says):
    with pytest.raises(ValueError, match=says):
        text(source, **asked)


@pytest.mark.parametrize(
    ("do", "says"),
    [
        (lambda found, network: text(MARKS * 9, window=4).score(network), "not trained on this"),
        (lambda found, network: text(LONG, "words", window=4).score(network), "not trained on"),
        (lambda found, network: found.influence(network, ""), "nothing to read"),
        (lambda found, network: found.influence(network, "a", asked="ß"), "“ß” does not occur"),
        (lambda found, network: found.exposure(network, distance=10_000), "goes from 1"),
        (lambda found, network: found.sample(network, 0), "one or more"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(do, says):
    found = text(LONG, window=8)
    with pytest.raises(ValueError, match=says):
        do(found, learnt(found, 1))


def test_what_goes_with_the_task_is_bounded_whatever_the_words_are():
    words = [f"{'a' * 30_000}{k}" for k in range(30)]
    found = text(" ".join(words * 3), "words", window=4)
    assert len(pickle.dumps(found.task)) < 20_000
    assert {len(name) for name in found.task.output_names} == {40}
    assert found.encode(words[7])[0] == found.tokens.index(words[7])
