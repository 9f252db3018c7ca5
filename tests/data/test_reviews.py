"""A table of texts and labels becomes a task, and judges what was learnt from it."""

import pickle
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics
from sklearn.model_selection import StratifiedShuffleSplit

from rnnviz.cells import GALLERY
from rnnviz.data import Table, Vocabulary, made_reviews, read_text, reviews
from rnnviz.data.judged import Judged
from rnnviz.data.tokens import PADDING, UNKNOWN
from rnnviz.network.network import Network
from rnnviz.recording.recording import trace

TABLE = made_reviews(300)
OF = reviews(TABLE)


def table(*rows, names=("text", "label")):
    texts, labels = zip(*rows, strict=True)
    return Table({names[0]: np.array(texts), names[1]: np.array(labels)})


def network(of=OF, name="LSTM", seed=0, **sizes):
    chosen = {"hidden": 5, "embedding": 4, **sizes}
    outputs, tokens = len(of.labels), len(of.coding.vocabulary)
    return Network.fresh(
        GALLERY[name], inputs=1, outputs=outputs, tokens=tokens, seed=seed, kind="softmax", **chosen
    )


def alone(of, net, text):
    """What torch's conventions say of one text: the softmax after its last token."""
    codes = np.array(of.coding.vocabulary.encode(text)[: of.coding.length])
    scores = trace(net, codes[:, None].astype(float)).prediction[-1]
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()


# The split


@pytest.mark.parametrize("share", [0.1, 0.25, 0.5])
def test_each_label_is_held_out_in_its_share_as_scikit_learn_does(share):
    labels = np.repeat(["a", "b", "c"], [40, 100, 60])
    of = reviews(table(*((f"word {k}", label) for k, label in enumerate(labels))), held_out=share)
    theirs = StratifiedShuffleSplit(1, test_size=share, random_state=0)
    _, rows = next(theirs.split(labels, labels))
    assert np.bincount(of.test.classes).tolist() == [*Counter(sorted(labels[rows])).values()]


@given(st.lists(st.sampled_from("abc"), min_size=6, max_size=60), st.floats(0.01, 0.99))
def test_every_row_is_in_one_part_and_every_label_in_both(labels, share):
    counts = Counter(labels)
    if len(counts) < 2 or min(counts.values()) < 2:
        return
    of = reviews(table(*((f"w{k}", one) for k, one in enumerate(labels))), held_out=share)
    assert sorted([*of.train.rows, *of.test.rows]) == [*range(len(labels))]
    for part in (of.train, of.test):
        assert {*part.classes.tolist()} == {*range(len(of.labels))}
        for text, row, which in zip(part.texts, part.rows, part.classes, strict=True):
            assert (text, of.labels[which]) == (f"w{row}", labels[row])


def test_a_seed_says_which_rows_are_held_out():
    same, other = (reviews(TABLE, seed=seed) for seed in (0, 1))
    assert np.array_equal(OF.test.rows, same.test.rows)
    assert {*OF.test.rows.tolist()} != {*other.test.rows.tolist()}


def test_a_second_table_is_judged_on_and_all_of_the_first_is_learnt_from():
    held = made_reviews(60, held_out=True)
    of = reviews(TABLE, held_out=held)
    assert len(of.train) == 300
    assert sorted(of.test.texts) == sorted(held.columns["text"].tolist())
    assert of.test.codes.max() < len(of.coding.vocabulary)


def test_the_vocabulary_knows_nothing_of_what_is_held_out():
    rows = [(f"word{k} same", "ab"[k % 2]) for k in range(40)]
    of = reviews(table(*rows))
    assert UNKNOWN not in of.train.codes
    assert (of.test.codes == UNKNOWN).any(axis=0).all()


def test_numbers_are_labels_and_stand_by_size():
    of = reviews(read_text("text,stars\n" + "".join(f"w{k},{k % 3 * 5}\n" for k in range(12))),
                 label="stars")  # fmt: skip
    assert of.labels == ("0", "5", "10")


def test_rows_without_a_word_or_a_label_are_left_out_by_their_numbers():
    rows = [("good", "a"), ("", "a"), ("...!", "b"), ("bad", "b"), ("fine", ""), ("poor", "b"),
            ("nice", "a")]  # fmt: skip
    of = reviews(table(*rows), held_out=0.5)
    assert of.left_out == (1, 2, 4)
    assert sorted([*of.train.rows, *of.test.rows]) == [0, 3, 5, 6]


LABELS_OF_ELEVEN = [(f"w{k}", str(k % 11)) for k in range(44)]


@pytest.mark.parametrize(
    ("rows", "options", "says"),
    [
        ([("a", "x"), ("b", "x")], {}, "Every row has the label “x”: there is nothing to tell"),
        ([("a", "x"), ("b", "x"), ("c", "y")], {}, "“y” is the label of one row: two are needed"),
        (LABELS_OF_ELEVEN, {}, "“label” has 11 different labels: from 2 to 10 can be learnt"),
        ([("", "x"), ("...", "y")], {}, "No row has both a word in “text” and a label in “label”"),
        ([("a", "x")], {"text": "said"}, "There is no column “said”: there are text, label"),
        ([(1.0, "x")], {}, "“text” is no column of texts"),
        ([("a", "x"), ("b", "y")] * 2, {"length": 0}, "The length is from 1 to 1,000 tokens"),
        ([("a", "x"), ("b", "y")] * 2, {"held_out": 1.0}, "held out is between 0 and 1"),
        (
            [("a", "x"), ("b", "y")] * 2,
            {"held_out": table(("a", "z"))},
            "“z” is no label that is learnt: there are x, y",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_learnt_is_refused_in_a_sentence(rows, options, says):
    with pytest.raises(ValueError, match=says):
        reviews(table(*rows), **options)


# The task


def test_a_batch_asks_for_each_label_at_the_end_of_its_own_text():
    batch = OF.task.batch(np.random.default_rng(0), OF.coding.length, 32)
    known = {
        one: OF.labels[which] for one, which in zip(OF.train.texts, OF.train.classes, strict=True)
    }
    numbered = {tuple(OF.coding.vocabulary.encode(text)): text for text in known}
    for item in range(32):
        length = int(batch.lengths[item])
        codes = tuple(batch.x[:length, item, 0].astype(int).tolist())
        assert np.flatnonzero(batch.mask[:, item]).tolist() == [length - 1]
        which = batch.targets[length - 1, item].argmax()
        assert OF.labels[which] == known[numbered[codes]]
        assert (batch.x[length:, item] == PADDING).all()


def test_the_held_out_batch_is_of_texts_that_are_not_learnt_from():
    batch = OF.task.held_out(np.random.default_rng(0), OF.coding.length, 20)
    seen = {tuple(codes) for codes in OF.test.codes.T.tolist()}
    assert {tuple(codes) for codes in batch.x[:, :, 0].astype(int).T.tolist()} <= seen


def test_the_task_is_the_same_after_a_way_through_another_process():
    assert pickle.loads(pickle.dumps(OF.task)) == OF.task  # noqa: S301
    assert reviews(TABLE).task == OF.task
    assert reviews(TABLE, seed=1).task != OF.task


def test_the_baseline_is_what_always_the_commonest_label_scores():
    rows = [(f"w{k}", "yes" if k % 4 else "no") for k in range(40)]
    task = reviews(table(*rows)).task
    truth = np.repeat(["yes", "no"], [24, 8])
    assert task.baseline.metric(1) == pytest.approx(24 / 32)
    shares = np.full((32, 2), [8 / 32, 24 / 32])
    assert task.baseline.loss(1) == pytest.approx(metrics.log_loss(truth, shares))


def test_steps_have_the_words_for_names():
    vocabulary = OF.coding.vocabulary
    x = np.array([vocabulary.encode("the plot is zzz not good")], float).T
    assert OF.task.words(x) == ("the", "plot", "is", "?", "not", "good")
    assert OF.task.words(np.zeros((1, 1))) == ("",)


@given(st.integers(1, 10_000))
def test_an_epoch_reads_as_many_texts_as_there_are(batch):
    assert abs(OF.updates(5, batch) * batch - 5 * len(OF.train)) <= max(batch / 2, batch - 1200)


# Padding


def test_more_padding_changes_no_digit():
    net = network()
    wide = reviews(TABLE, length=400)
    assert wide.coding == OF.coding
    longer = np.concatenate([OF.test.codes, np.full((17, len(OF.test)), 3)])
    x, more = (codes[:, :, None].astype(float) for codes in (OF.test.codes, longer))
    short, long = (trace(net, one, lengths=OF.test.lengths).prediction for one in (x, more))
    assert np.array_equal(short, long[: len(short)], equal_nan=True)


@pytest.mark.parametrize(("padding", "end"), [("pre", "pre"), ("post", "post")])
@pytest.mark.parametrize("cut", ["pre", "post"])
def test_padding_that_is_read_is_keras(padding, end, cut):
    keras = pytest.importorskip("keras")
    of = reviews(TABLE, length=9, padding=padding, cut=cut)
    rows = [of.coding.vocabulary.encode(text) for text in of.train.texts]
    theirs = keras.utils.pad_sequences(rows, 9, padding=end, truncating=cut)
    assert np.array_equal(of.train.codes.T, theirs)
    assert (of.train.lengths == 9).all()
    batch = of.task.batch(np.random.default_rng(0), 9, 8)
    assert batch.lengths is None
    assert np.flatnonzero(batch.mask.any(axis=1)).tolist() == [8]


@pytest.mark.parametrize("cut", ["pre", "post"])
@pytest.mark.parametrize("padding", ["masked", "pre", "post"])
@given(text=st.text("ab .", min_size=1, max_size=30).filter(lambda text: text.strip(" .")))
def test_the_words_of_a_text_are_those_that_are_read(padding, cut, text):
    rows = [("aa b", "x"), ("a", "y")] * 4
    of = reviews(table(*rows), length=5, padding=padding, cut=cut)
    codes, lengths = of.coding.encoded([text])
    words = of.coding.words(text)
    again = [of.coding.vocabulary.encode(word)[0] if word else PADDING for word in words]
    assert again == codes[: lengths[0], 0].tolist()


# The judge


@st.composite
def answered(draw):
    labels = draw(st.integers(2, 5))
    texts = draw(st.integers(1, 30))
    classes = np.array(draw(st.lists(st.integers(0, labels - 1), min_size=texts, max_size=texts)))
    seed = draw(st.integers(0, 99))
    shares = np.random.default_rng(seed).dirichlet(np.ones(labels), texts)
    names = tuple("abcde"[:labels])
    return Judged(
        names, np.array([f"t{k}" for k in range(texts)]), np.arange(texts), classes, shares
    )


@given(answered())
@settings(deadline=None)
def test_the_scores_are_scikit_learns(judged):
    places = range(len(judged.labels))
    truth, given_ = judged.classes, judged.answers
    known = {"labels": [*places], "zero_division": np.nan}
    theirs = metrics.precision_recall_fscore_support(truth, given_, **known)
    ours = judged.precision, judged.recall, judged.f1, judged.confusion.sum(axis=1)
    for mine, other in zip(ours, theirs, strict=True):
        assert np.allclose(mine, other, equal_nan=True)
    assert judged.accuracy == pytest.approx(metrics.accuracy_score(truth, given_))
    assert np.array_equal(
        judged.confusion, metrics.confusion_matrix(truth, given_, labels=[*places])
    )
    assert judged.loss == pytest.approx(
        metrics.log_loss(truth, judged.probabilities, labels=[*places])
    )
    balanced = np.nanmean(metrics.recall_score(truth, given_, average=None, **known))
    assert judged.mean_recall == pytest.approx(balanced)


@given(answered())
def test_the_mistakes_are_all_that_is_wrong_the_surest_first(judged):
    wrong = {
        k
        for k, (own, given_) in enumerate(zip(judged.classes, judged.answers, strict=True))
        if own != given_
    }
    assert {one.row for one in judged.mistakes} == wrong
    assert [one.sure for one in judged.mistakes] == sorted(
        (one.sure for one in judged.mistakes), reverse=True
    )
    for one in judged.mistakes:
        shares = dict(zip(judged.labels, judged.probabilities[one.row], strict=True))
        assert (one.text, one.sure) == (f"t{one.row}", max(shares.values()))
        assert (shares[one.given], shares[one.label]) == (one.sure, one.of_own)


@pytest.mark.parametrize("name", ["RNN (tanh)", "LSTM", "GRU (PyTorch)"])
@pytest.mark.parametrize("padding", ["masked", "pre"])
def test_texts_judged_together_are_answered_as_each_alone(name, padding):
    of = reviews(TABLE, length=12, padding=padding)
    net, told = network(of, name), []
    judged = of.judge(net, progress=told.append)
    assert told[-1] == 1.0
    for place in range(0, len(of.test), 7):
        steps = of.test.codes[: of.test.lengths[place], place]
        scores = trace(net, steps[:, None].astype(float)).prediction[-1]
        expected = np.exp(scores) / np.exp(scores).sum()
        assert judged.probabilities[place] == pytest.approx(expected, rel=1e-12)
    assert judged.accuracy == np.mean(judged.answers == of.test.classes)


def test_a_table_of_its_own_can_be_judged_on_too():
    net, held = network(), made_reviews(40, held_out=True)
    judged = OF.judge(net, held)
    assert len(judged.classes) == 40
    for text, shares in zip(judged.texts[:5], judged.probabilities, strict=False):
        assert shares == pytest.approx(alone(OF, net, text), rel=1e-12)
    assert np.array_equal(OF.judge(net, OF.train).classes, OF.train.classes)


def test_chinese_is_read_by_characters():
    of = reviews(made_reviews(100, language="zh"))
    assert of.coding.vocabulary.by == "characters"
    assert of.coding.words("不好看。") == ("不", "好", "看")


def test_a_vocabulary_has_no_more_numbers_than_it_may():
    of = reviews(TABLE, vocabulary=12)
    assert len(of.coding.vocabulary) == of.task.tokens == 12
    assert of.train.codes.max() < 12
    whole = Vocabulary.of(of.train.texts.tolist())
    assert of.coding.vocabulary.tokens == whole.tokens[:10]
