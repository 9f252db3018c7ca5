"""The toy tasks: their labels recomputed from what is read, and their baselines by simulation."""

import math
import pickle
import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnviz import tasks
from rnnviz.tasks.batch import Batch
from rnnviz.tasks.catalogue import TASKS
from rnnviz.tasks.sequences import training_series
from rnnviz.tasks.task import LARGEST_BATCH, Task

MANY = 4096
NAMES = list(TASKS)


def draw(name: str, length: int, batch: int, seed: int = 0) -> Batch:
    return TASKS[name].batch(np.random.default_rng(seed), length, batch)


def cross_entropy(probabilities: np.ndarray, batch: Batch) -> float:
    log = np.log(np.where(batch.targets > 0, probabilities, 1.0))
    return float(-((batch.targets * log).sum(axis=2) * batch.mask).sum() / batch.mask.sum())


def squared_error(prediction: np.ndarray, batch: Batch) -> float:
    error = ((prediction - batch.targets) ** 2).mean(axis=2)
    return float((error * batch.mask).sum() / batch.mask.sum())


def answer(batch: Batch) -> np.ndarray:
    return batch.targets[-1].argmax(axis=1)


# Each oracle reads one sequence (time, inputs) and says what the answer at the end must be.


def marked_symbol(x: np.ndarray) -> int:
    (step,) = [t for t in range(len(x)) if x[t, 4] == 1]
    return int(x[step, :4].argmax())


def first_symbol(x: np.ndarray) -> int:
    assert x[-1, 8] == 1
    assert all(x[t, 4:8].sum() == 1 for t in range(1, len(x) - 1))
    return int(x[0].argmax())


def first_bit(x: np.ndarray) -> int:
    return int(x[0, 0] > 0)


def latched_bit(x: np.ndarray) -> int:
    return int(x[:3].sum() > 0)


def order_of_specials(x: np.ndarray) -> int:
    seen = [int(step[5]) for step in x if step[4] or step[5]]
    return {(0, 0): 0, (0, 1): 1, (1, 0): 2, (1, 1): 3}[tuple(seen)]


def oddness(x: np.ndarray) -> int:
    return int(sum(x[:, 0])) % 2


AT_END = {
    "marked recall": marked_symbol,
    "recall": first_symbol,
    "bit recall": first_bit,
    "latch": latched_bit,
    "temporal order": order_of_specials,
    "parity": oddness,
}


@pytest.mark.parametrize("name", AT_END)
@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_the_answer_at_the_end_is_a_function_of_what_was_read(name, data):
    length = data.draw(st.integers(max(4, TASKS[name].length.shortest), 60))
    batch = draw(name, length, 16, seed=data.draw(st.integers(0, 2**32)))
    assert answer(batch).tolist() == [AT_END[name](batch.x[:, item]) for item in range(16)]
    assert batch.mask[-1].tolist() == [1.0] * 16
    assert batch.mask[:-1].sum() == 0


@settings(deadline=None, max_examples=25)
@given(length=st.integers(2, 60), seed=st.integers(0, 2**32))
def test_adding_asks_for_the_sum_of_one_marked_value_in_each_half(length, seed):
    batch = draw("adding problem", length, 16, seed)
    for item in range(16):
        steps = np.flatnonzero(batch.x[:, item, 1])
        assert len(steps) == 2
        assert steps[0] < length // 2 <= steps[1]
        assert batch.targets[-1, item, 0] == pytest.approx(batch.x[steps, item, 0].sum())


@settings(deadline=None, max_examples=25)
@given(length=st.integers(10, 400), seed=st.integers(0, 2**32))
def test_temporal_order_places_its_specials_in_their_windows(length, seed):
    batch = draw("temporal order", length, 16, seed)
    for item in range(16):
        first, second = np.flatnonzero(batch.x[:, item, 4:].any(axis=1))
        assert 10 * first in range(length, 2 * length)
        assert 10 * second in range(5 * length, 6 * length)


def test_marked_recall_marks_every_step_alike():
    shares = draw("marked recall", 8, MANY).x[:, :, 4].mean(axis=1)
    assert shares == pytest.approx(np.full(8, 1 / 8), abs=0.025)


@settings(deadline=None, max_examples=25)
@given(length=st.integers(1, 60), seed=st.integers(0, 2**32))
def test_copying_repeats_the_ten_symbols_after_the_delimiter(length, seed):
    batch = draw("copying memory", length, 8, seed)
    read, asked = batch.x.argmax(axis=2), batch.targets.argmax(axis=2)
    assert read.shape == (length + 20, 8)
    assert (asked[-10:] == read[:10]).all()
    assert (read[:10] < 8).all()
    assert (asked[:-10] == 8).all()
    delimiters = np.argwhere(read == 9)
    assert sorted(delimiters.tolist()) == [[length + 9, item] for item in range(8)]
    assert batch.scored.sum(axis=0).tolist() == [10.0] * 8


@settings(deadline=None, max_examples=25)
@given(length=st.integers(1, 60), seed=st.integers(0, 2**32))
def test_parity_at_every_step_flips_with_every_one(length, seed):
    batch = draw("parity at every step", length, 8, seed)
    odd = batch.targets.argmax(axis=2)
    before = np.vstack([np.zeros((1, 8)), odd[:-1]])
    assert (odd == (before != batch.x[:, :, 0])).all()


@settings(deadline=None, max_examples=25)
@given(length=st.integers(1, 60), seed=st.integers(0, 2**32))
def test_echo_asks_for_the_bit_that_was_read_so_many_steps_before(length, seed):
    batch = draw("echo", length, 8, seed)
    asked = batch.targets.argmax(axis=2)
    assert batch.x.shape == (length + 20, 8, 1)
    assert (asked[length:] == batch.x[:20, :, 0]).all()
    assert batch.mask.tolist() == [[float(t >= length)] * 8 for t in range(length + 20)]


# Written from the drawing of the grammar, as a regular expression: loops and all.
REBER = r"B(TS*XX(T*VPX)*T*VV|TS*XX(T*VPX)*T*VPS|TS*XS|PT*V(PXT*V)*V|PT*V(PXT*V)*PS)E"
EMBEDDED = re.compile(rf"BT{REBER}TE|BP{REBER}PE")


def reber_strings(batch: Batch) -> list[str]:
    symbols = TASKS["embedded Reber"].input_names
    strings = []
    for item in range(batch.x.shape[1]):
        steps = int(batch.mask[:, item].sum())
        read = [symbols[code] for code in batch.x[:steps, item].argmax(axis=1)]
        asked = [symbols[code] for code in batch.targets[:steps, item].argmax(axis=1)]
        assert read[1:] == asked[:-1]
        strings.append("".join(read) + asked[-1])
    return strings


@settings(deadline=None, max_examples=25)
@given(length=st.integers(9, 60), seed=st.integers(0, 2**32))
def test_every_reber_string_is_of_the_grammar(length, seed):
    batch = draw("embedded Reber", length, 16, seed)
    for item, string in enumerate(reber_strings(batch)):
        assert EMBEDDED.fullmatch(string), string
        assert len(string) <= length
        (scored,) = np.flatnonzero(batch.scored[:, item])
        asked = TASKS["embedded Reber"].output_names[batch.targets[scored, item].argmax()]
        assert asked == string[1]
        assert scored == len(string) - 3
        assert not batch.x[len(string) - 1 :, item].any()
        assert batch.lengths[item] == len(string) - 1


@pytest.mark.parametrize("string", ["BTBTXSEPE", "BTBTXSE", "BTBTSEETE", "BPBPVXEPE", "BTBPTSETE"])
def test_the_recogniser_refuses_what_is_not_of_the_grammar(string):
    assert not EMBEDDED.fullmatch(string)
    assert EMBEDDED.fullmatch("BTBTXSETE")


def test_reber_walks_all_of_the_grammar():
    strings = reber_strings(draw("embedded Reber", 40, 1000))
    steps = {pair for string in strings for pair in pairwise(string)}
    assert {("S", "S"), ("T", "T"), ("P", "X"), ("V", "P"), ("X", "X"), ("V", "V")} <= steps


@settings(deadline=None, max_examples=25)
@given(length=st.integers(3, 80), seed=st.integers(0, 2**32))
def test_a_clean_sine_follows_its_own_recurrence(length, seed):
    # s_{t+1} + s_{t-1} = 2 cos(2 pi / period) s_t, with the period from 10 to 30.
    batch = draw("noisy sine", length, 8, seed)
    s = batch.targets[:, :, 0]
    twice_cosine = ((s[2:] + s[:-2]) * s[1:-1]).sum(axis=0) / (s[1:-1] ** 2).sum(axis=0)
    assert s[2:] + s[:-2] == pytest.approx(twice_cosine * s[1:-1], abs=1e-9)
    assert (twice_cosine / 2 >= math.cos(math.tau / 10) - 1e-9).all()
    assert (twice_cosine / 2 <= math.cos(math.tau / 30) + 1e-9).all()


def test_what_is_read_of_the_sine_is_the_value_of_now_with_noise_of_a_tenth():
    batch = draw("noisy sine", 50, MANY)
    noise = batch.x[1:] - batch.targets[:-1]
    assert noise.mean() == pytest.approx(0.0, abs=0.002)
    assert noise.std() == pytest.approx(0.1, abs=0.002)


@settings(deadline=None, max_examples=50)
@given(text=st.text(min_size=2, max_size=40).filter(lambda t: len(set(t)) > 1), data=st.data())
def test_next_character_reads_windows_of_the_text(text, data):
    task = tasks.find("next character", text)
    length = data.draw(st.integers(1, task.length.longest))
    batch = task.batch(np.random.default_rng(data.draw(st.integers(0, 99))), length, 4)
    for item in range(4):
        read = "".join(task.input_names[code] for code in batch.x[:, item].argmax(axis=1))
        asked = "".join(task.output_names[code] for code in batch.targets[:, item].argmax(axis=1))
        assert read + asked[-1] in text
        assert read[1:] == asked[:-1]


def test_the_tutorials_series_are_always_the_same_hundred():
    task = TASKS["series regression"]
    one = draw("series regression", 10, 100, seed=1)
    training_series.cache_clear()  # as in another process
    other = draw("series regression", 10, 100, seed=2)
    pairs = [{(*b.x[:, k, 0], b.targets[-1, k, 0]) for k in range(100)} for b in (one, other)]
    assert pairs[0] == pairs[1]
    assert len(pairs[0]) == 100
    unseen = task.held_out(np.random.default_rng(1), 10, 100)
    assert not {(*unseen.x[:, k, 0], unseen.targets[-1, k, 0]) for k in range(100)} & pairs[0]


@pytest.mark.parametrize("name", NAMES)
def test_a_task_that_foretells_asks_for_what_is_read_at_the_next_step(name):
    task, batch = TASKS[name], draw(name, 20, 64)
    if task.inputs != task.outputs:
        assert not task.foretells
        return
    counted = batch.mask[1:, :, None]
    off = np.abs(batch.targets[:-1] - batch.x[1:]) * counted
    assert task.foretells == (off.sum() / counted.sum() < 0.1)


# Baselines: the answer each task names as memoryless, simulated.


@pytest.mark.parametrize("name", AT_END)
def test_guessing_scores_chance(name):
    task, batch = TASKS[name], draw(name, 20, MANY)
    alike = np.full(batch.targets.shape, 1 / task.outputs)
    assert cross_entropy(alike, batch) == pytest.approx(task.baseline.loss(20))
    always = np.zeros(batch.targets.shape)
    always[:, :, -1] = 1.0
    assert task.metric(always, batch) == pytest.approx(task.baseline.metric(20), abs=0.03)
    assert task.baseline.metric(20) == 1 / task.outputs


@pytest.mark.parametrize(
    ("name", "constant", "expected"),
    [
        ("adding problem", 1.0, 1 / 6),
        ("noisy sine", 0.0, 1 / 2),
        ("series regression", 0.5, 1 / 12),
    ],
)
def test_the_best_constant_scores_the_baseline(name, constant, expected):
    task = TASKS[name]
    batch = task.held_out(np.random.default_rng(0), 20, MANY)
    prediction = np.full(batch.targets.shape, constant)
    assert squared_error(prediction, batch) == pytest.approx(expected, rel=0.03)
    assert task.metric(prediction, batch) == pytest.approx(squared_error(prediction, batch))
    assert task.baseline.loss(20) == task.baseline.metric(20) == expected
    for nearby in (constant - 0.1, constant + 0.1):
        worse = np.full(batch.targets.shape, nearby)
        assert task.metric(worse, batch) > task.metric(prediction, batch)


@pytest.mark.parametrize("length", [1, 30, 200])
def test_copying_without_memory_costs_ten_ln_eight_over_t_plus_twenty(length):
    task, batch = TASKS["copying memory"], draw("copying memory", length, 500)
    memoryless = np.zeros(batch.targets.shape)
    memoryless[:-10, :, 8] = 1.0
    memoryless[-10:, :, :8] = 1 / 8
    assert task.baseline.loss(length) == pytest.approx(10 * math.log(8) / (length + 20))
    assert cross_entropy(memoryless, batch) == pytest.approx(task.baseline.loss(length))
    memoryless[-10:, :, 0] += 0.01
    assert task.metric(memoryless, batch) == pytest.approx(task.baseline.metric(length), abs=0.02)


@pytest.mark.parametrize("length", [9, 14, 40])
def test_knowing_the_grammar_but_not_the_second_symbol_costs_the_reber_baseline(length):
    task, batch = TASKS["embedded Reber"], draw("embedded Reber", length, MANY)
    coins, steps, outer = 0, 0, []
    for string in reber_strings(batch):
        steps += len(string) - 1
        coins += 2 + len(string) - 6  # of the frame's and the walk's symbols, these were coins
        outer.append(string[1] == "T")
    assert coins * math.log(2) / steps == pytest.approx(task.baseline.loss(length), rel=0.01)
    assert np.mean(outer) == pytest.approx(task.baseline.metric(length), abs=0.03)


@pytest.mark.parametrize(("text", "length"), [("abracadabra", 3), ("abracadabra", 10), ("ab", 1)])
def test_frequencies_of_a_text_score_its_baseline(text, length):
    task = tasks.find("next character", text)
    windows = [text[start + 1 : start + length + 1] for start in range(len(text) - length)]
    shares = [sum(w.count(c) for w in windows) / (len(windows) * length) for c in sorted(set(text))]
    entropy = -sum(share * math.log(share) for share in shares if share)
    assert task.baseline.loss(length) == pytest.approx(entropy)
    assert task.baseline.metric(length) == pytest.approx(max(shares))


# What holds for every task.


def same(one: Batch, other: Batch) -> bool:
    return all(
        np.array_equal(getattr(one, part), getattr(other, part))
        for part in ("x", "targets", "mask", "scored")
    )


@pytest.mark.parametrize("name", NAMES)
@settings(deadline=None, max_examples=15)
@given(data=st.data())
def test_any_length_in_range_gives_a_batch_that_answers_itself(name, data):
    task = TASKS[name]
    bounds = task.length
    length = data.draw(st.integers(bounds.shortest, min(bounds.longest, bounds.shortest + 80)))
    size, seed = data.draw(st.integers(1, 20)), data.draw(st.integers(0, 2**32))
    for draw_one in (task.batch, task.held_out):
        batch = draw_one(np.random.default_rng(seed), length, size)
        assert batch.x.shape == (task.steps(length), size, task.inputs)
        assert batch.targets.shape == (task.steps(length), size, task.outputs)
        assert batch.mask.shape == batch.scored.shape == (task.steps(length), size)
        assert {a.dtype for a in (batch.x, batch.targets, batch.mask)} == {np.dtype(np.float64)}
        right = 1.0 if task.kind == "classification" else 0.0
        assert task.metric(batch.targets, batch) == right
        assert same(batch, draw_one(np.random.default_rng(seed), length, size))
        counted = batch.targets[batch.mask > 0]
        if task.kind == "classification":
            assert (counted.sum(axis=1) == 1).all()
        assert not batch.targets[batch.mask == 0].any()
        if task.loss_at == "last":
            assert np.unique(np.argwhere(batch.mask)[:, 0]).tolist() == [task.steps(length) - 1]


@pytest.mark.parametrize("name", NAMES)
def test_another_seed_gives_another_batch_and_drawing_moves_the_generator_on(name):
    task = TASKS[name]
    length = task.length.default
    rng = np.random.default_rng(0)
    first, second = task.batch(rng, length, 16), task.batch(rng, length, 16)
    assert not same(first, second)
    assert not same(first, task.batch(np.random.default_rng(1), length, 16))


@pytest.mark.parametrize("name", NAMES)
def test_a_task_says_its_range_and_survives_a_pickle(name):
    task = TASKS[name]
    low, high = task.length.shortest, task.length.longest
    assert low <= task.length.default <= high
    for bad in (low - 1, high + 1, 10**6, 2.0, True):
        with pytest.raises(ValueError, match=f"whole number from {low} to {high:,}, not"):
            task.batch(np.random.default_rng(0), bad, 4)
    for bad in (0, LARGEST_BATCH + 1):
        with pytest.raises(ValueError, match="batch size must be a whole number from 1 to 4,096"):
            task.batch(np.random.default_rng(0), task.length.default, bad)
    again = pickle.loads(pickle.dumps(task))  # noqa: S301
    assert same(
        again.batch(np.random.default_rng(3), low, 4), task.batch(np.random.default_rng(3), low, 4)
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_baseline_is_not_solved_and_a_perfect_answer_is(name):
    task: Task = TASKS[name]
    for length in (task.length.shortest, task.length.default, task.length.longest):
        assert not task.is_solved(task.baseline.metric(length))
    assert task.is_solved(1.0 if task.kind == "classification" else 0.0)
    assert not task.is_solved(math.nan)


def test_every_task_says_what_it_is_and_where_it_comes_from():
    assert NAMES[0] == "marked recall"
    assert all(task.name == name and task.source and task.story for name, task in TASKS.items())


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("marked recal", None, "did you mean 'marked recall'"),
        ("zzz", None, "the tasks are marked recall, adding problem"),
        ("recall", "abc", "only next character reads a text"),
        ("next character", "a", "no character has a next one: give it at least 2"),
        ("next character", "aaa", "the text has 1 different characters: from 2 to 128"),
        ("next character", "ab" * 100_001, "the text has 200,002 characters, more than 200,000"),
        ("next character", "".join(map(chr, range(32, 200))), "the text has 168 different"),
    ],
)
def test_an_impossible_task_is_refused_in_a_sentence(name, text, message):
    with pytest.raises(ValueError, match=message):
        tasks.find(name, text)


def test_a_prediction_of_another_shape_is_refused():
    batch = draw("recall", 5, 3)
    with pytest.raises(ValueError, match=r"the prediction has shape \(5, 3, 1\), the targets have"):
        TASKS["recall"].metric(np.zeros((5, 3, 1)), batch)
