"""Each received sentence agrees, differs or is left open by its figures, on either side of every
threshold; and says the figures it rests on."""

from dataclasses import replace

import pytest

from rnnviz import tasks
from rnnviz.cells import named, own
from rnnviz.equations import parse
from rnnviz.training.tradeoffs.contenders import contenders
from rnnviz.training.tradeoffs.figures import Figures
from rnnviz.training.tradeoffs.judgement import Verdict
from rnnviz.training.tradeoffs.sample import Sample
from rnnviz.training.tradeoffs.sayings import SAYINGS

AGREES, DIFFERS, OPEN = Verdict.AGREES, Verdict.DIFFERS, Verdict.OPEN
RECALL, SERIES = tasks.find("marked recall"), tasks.find("series regression")
BY_KEY = {one.key: one for one in SAYINGS}
CELLS = ("RNN (tanh)", "LSTM", "GRU (PyTorch)")


def _figures(*cells, layers=(1,), **knobs):
    """Figures of nothing but what can be counted, by cell or by layers."""
    base = {"task": "marked recall", "length": 10, "hidden": 8, **knobs}
    return [Figures(one) for one in contenders(base, [*map(named, cells)], layers)]


def _judge(key, found, task=RECALL):
    return BY_KEY[key].judge(found, task)


def _with(found, name, *each):
    return [
        replace(one, **{name: Sample(tuple(values))})
        for one, values in zip(found, each, strict=True)
    ]


@pytest.mark.parametrize(
    ("lstm", "gru", "verdict"),
    [
        ((4, 5, 6), (1, 2, 3), AGREES),
        ((1, 2, 3), (4, 5, 6), DIFFERS),
        ((2.7, 3.7, 4.7), (1, 2, 3), AGREES),
        ((2.6, 3.6, 4.6), (1, 2, 3), OPEN),
        ((1, 2, 3), (2.6, 3.6, 4.6), OPEN),
        ((4, 5), (1, 2), OPEN),
    ],
)
def test_faster_goes_by_the_time_of_an_update(lstm, gru, verdict):
    milliseconds = [[t / 1000 for t in each] for each in ((9, 9, 9), lstm, gru)]
    found = _with(_figures(*CELLS), "updates", *milliseconds)
    judgement = _judge("faster", found)
    assert judgement.verdict == verdict
    assert judgement.is_ready
    for each in (lstm, gru):
        assert f"{sum(each) / len(each):.3g} ms" in judgement.why


@pytest.mark.parametrize(
    ("gru", "hidden", "verdict"),
    [
        ("GRU (Cho)", 1, AGREES),  # 3 of 4, exactly
        ("GRU (Cho)", 256, AGREES),
        ("GRU (PyTorch)", 32, AGREES),  # one vector of biases more: 24.3%
        ("GRU (PyTorch)", 19, AGREES),  # 24.0%
        ("GRU (PyTorch)", 18, DIFFERS),  # 23.96%
        ("GRU (PyTorch)", 1, DIFFERS),
    ],
)
def test_a_quarter_fewer_is_counted(gru, hidden, verdict):
    judgement = _judge("quarter", _figures("LSTM", gru, hidden=hidden))
    assert judgement.verdict == verdict


def test_the_quarter_is_said_with_both_counts():
    why = _judge("quarter", _figures("LSTM", "GRU (Cho)", hidden=32)).why
    assert "3,648" in why  # 3 (32² + 5·32 + 32)
    assert "4,864" in why
    assert "25% fewer" in why


YES, NO = (1, 1, 1), (0, 0, 0)


@pytest.mark.parametrize(
    ("lstm", "gru", "verdict"),
    [
        ({10: YES, 20: YES}, {10: YES, 20: NO}, AGREES),
        ({10: YES, 20: NO}, {10: YES, 20: YES}, DIFFERS),
        ({10: YES, 20: YES}, {10: YES, 20: YES}, OPEN),
        ({10: YES, 20: NO}, {10: YES, 20: NO}, OPEN),
        ({10: NO}, {10: NO}, OPEN),
        ({10: YES, 20: YES}, {10: NO}, AGREES),  # it was not asked for 20
        ({10: YES, 20: YES}, {10: YES}, OPEN),  # 20 is not known: up to there they are alike
        ({10: (1, 1, 0)}, {10: NO}, OPEN),  # ± 0.67 is not less than 0.67
        ({10: (1, 1, 1, 0)}, {10: (0, 0, 0, 0)}, AGREES),
        ({10: (1, 1, 1, 0)}, {10: (0, 0, 1, 0)}, OPEN),
    ],
)
def test_longer_goes_by_the_lengths_that_are_solved(lstm, gru, verdict):
    found = _solved(lstm, gru)
    judgement = _judge("longer", found)
    assert judgement.verdict == verdict
    assert judgement.is_ready


def _solved(lstm, gru):
    return [
        replace(one, solved={at: Sample(tuple(map(float, s))) for at, s in each.items()})
        for one, each in zip(_figures("LSTM", "GRU (PyTorch)"), (lstm, gru), strict=True)
    ]


def test_who_solved_a_shorter_length_on_no_seed_is_not_asked_for_longer_ones():
    why = _judge("longer", _solved({10: YES, 20: YES}, {10: NO})).why
    assert why == (
        "Length 20 is solved by LSTM on 3 of 3 seeds; GRU (PyTorch) solved a shorter one on none."
    )


def test_of_a_length_shorter_than_those_asked_nothing_is_known():
    assert not _judge("longer", _solved({10: YES}, {20: NO})).is_ready


@pytest.mark.parametrize(
    ("lstm", "gru", "verdict"),
    [
        ((4, 5, 6), (1, 2, 3), AGREES),
        ((2.6, 3.6, 4.6), (1, 2, 3), OPEN),
        ((2.7, 3.7, 4.7), (1, 2, 3), AGREES),
        ((1, 2, 3), (2.7, 3.7, 4.7), DIFFERS),
        ((-1, -1, -1), (-2, -2, -2), AGREES),
    ],
)
def test_overfitting_goes_by_the_gap(lstm, gru, verdict):
    found = _with(_figures("LSTM", "GRU (PyTorch)"), "gaps", lstm, gru)
    assert _judge("overfits", found, SERIES).verdict == verdict


def test_where_every_update_draws_new_sequences_nothing_is_learnt_by_heart():
    found = _with(_figures("LSTM", "GRU (PyTorch)"), "gaps", (4, 5, 6), (1, 2, 3))
    judgement = _judge("overfits", found, RECALL)
    assert judgement.verdict == OPEN
    assert "new sequences" in judgement.why


@pytest.mark.parametrize(
    ("rnn", "lstm", "verdict"),
    [
        (YES, YES, AGREES),
        ((1, 1, 0), YES, AGREES),
        ((1, 0, 1, 0), (1, 1, 1, 1), OPEN),  # half of them are not most; 0.5 against ± 0.58
        ((1, 0, 0, 0), (1, 1, 1, 1), DIFFERS),
        (NO, YES, DIFFERS),
        (NO, NO, OPEN),
    ],
)
def test_enough_goes_by_the_shortest_length(rnn, lstm, verdict):
    found = _figures("RNN (tanh)", "LSTM")
    short = [Sample(tuple(map(float, each))) for each in (rnn, lstm)]
    no = Sample((0.0,) * len(rnn))
    found = [replace(one, solved={10: s, 20: no}) for one, s in zip(found, short, strict=True)]
    judgement = _judge("short", found)
    assert judgement.verdict == verdict
    assert "Length 10" in judgement.why


def _own(kind=RECALL):
    """A task as a visitor's data make it: all that is judged on is a set of its own."""
    return replace(kind, is_held_out_fixed=True)


@pytest.mark.parametrize(
    ("lstm", "gru", "verdict"),
    [
        ((4, 5, 6), (1, 2, 3), AGREES),
        ((1, 2, 3), (4, 5, 6), DIFFERS),
        ((2.7, 3.7, 4.7), (1, 2, 3), AGREES),
        ((2.6, 3.6, 4.6), (1, 2, 3), OPEN),
        ((1, 2, 3), (2.6, 3.6, 4.6), OPEN),
        ((5, 5, 5), (5, 5, 5), OPEN),
        ((4, 5), (1, 2), OPEN),
        ((10, 10, 10), (10, 10, 10), OPEN),
        ((10, 10, 10), (9, 9, 9), AGREES),
    ],
)
def test_on_ones_own_data_longer_goes_by_the_last_steps_that_decide(lstm, gru, verdict):
    found = _with(_figures("LSTM", "GRU (PyTorch)"), "reaches", lstm, gru)
    found = [replace(one, solved={10: Sample((1.0, 1.0, 1.0))}) for one in found]
    judgement = _judge("longer", found, _own())
    assert judgement.verdict == verdict
    assert judgement.is_ready
    if lstm == gru == (10, 10, 10):
        assert judgement.why.startswith("With both, all 10 steps that are read decide")
    else:
        for each in (lstm, gru):
            assert f"by the last {sum(each) / len(each):.3g}" in judgement.why


@pytest.mark.parametrize(
    ("rnn", "gated", "verdict"),
    [
        ((0.8, 0.8, 0.8), (0.82, 0.82, 0.82), AGREES),  # two points behind are enough
        ((0.8, 0.8, 0.8), (0.83, 0.83, 0.83), DIFFERS),
        ((0.9, 0.9, 0.9), (0.7, 0.8, 0.9), AGREES),
        ((0.78, 0.8, 0.82), (0.8, 0.8, 0.8), OPEN),  # 0 ± 2.3 points
        ((0.79, 0.8, 0.81), (0.8, 0.8, 0.8), AGREES),  # 0 ± 1.2
        ((0.78, 0.8, 0.82), (0.84, 0.84, 0.84), OPEN),  # 4 ± 2.3
        ((0.78, 0.8, 0.82), (0.85, 0.85, 0.85), DIFFERS),  # 5 ± 2.3
        ((0.8, 0.8), (0.8, 0.8), OPEN),
    ],
)
def test_on_long_and_short_data_enough_goes_by_the_shorter_half(rnn, gated, verdict):
    found = _with(_figures("RNN (tanh)", "LSTM"), "shorter", rnn, gated)
    found = _with(found, "longer", (0.5, 0.5, 0.5), (0.25, 0.25, 0.25))
    judgement = _judge("short", found, _own())
    assert judgement.verdict == verdict
    assert judgement.is_ready
    for said in (100 * sum(rnn) / len(rnn), 100 * sum(gated) / len(gated), 50, 25):
        assert f"{said:.3g}%" in judgement.why


@pytest.mark.parametrize("saying", SAYINGS, ids=lambda one: one.key)
def test_a_sentence_says_what_is_measured_on_the_data_at_hand(saying):
    """On a visitor's own, two go by something else."""
    assert not saying.is_measured_otherwise(None)
    assert not saying.is_measured_otherwise(RECALL)
    assert saying.is_measured_otherwise(_own()) == (saying.key in ("longer", "short"))


@pytest.mark.parametrize(
    ("kind", "few", "many", "verdict"),
    [
        (RECALL, (0.1, 0.2, 0.3), (0.4, 0.5, 0.6), AGREES),
        (SERIES, (0.1, 0.2, 0.3), (0.4, 0.5, 0.6), DIFFERS),
        (SERIES, (0.4, 0.5, 0.6), (0.1, 0.2, 0.3), AGREES),
        (RECALL, (0.1, 0.2, 0.3), (0.26, 0.36, 0.46), OPEN),
        (RECALL, (0.1, 0.2, 0.3), (0.27, 0.37, 0.47), AGREES),
    ],
)
def test_deeper_goes_by_the_score_as_the_task_counts_it(kind, few, many, verdict):
    found = _with(_figures("LSTM", layers=(1, 2)), "scores", few, many)
    assert _judge("deeper", found, kind).verdict == verdict


@pytest.mark.parametrize(
    ("gru", "verdict"),
    [((0.7, 0.8, 0.9), AGREES), ((0.4, 0.5, 0.6), OPEN), ((0.1, 0.2, 0.3), OPEN)],
)
def test_deeper_holds_where_it_does_for_every_cell(gru, verdict):
    found = _figures("LSTM", "GRU (PyTorch)", layers=(1, 4))
    each = [(0.1, 0.2, 0.3), (0.7, 0.8, 0.9), (0.4, 0.5, 0.6), gru]
    assert _judge("deeper", _with(found, "scores", *each)).verdict == verdict


@pytest.mark.parametrize("saying", SAYINGS, ids=lambda one: one.key)
def test_what_is_not_measured_is_not_judged(saying):
    found = _figures(*CELLS, layers=(1, 2))
    judgement = saying.judge(found, SERIES)
    assert judgement.is_ready == (saying.key == "quarter")
    if not judgement.is_ready:
        assert judgement == (OPEN, "Not measured.", False)


@pytest.mark.parametrize("saying", SAYINGS, ids=lambda one: one.key)
def test_where_a_cell_is_missing_it_is_said_which(saying):
    alone = contenders(
        {"task": "marked recall"}, [own(parse("h = tanh(W @ x + U @ h_prev))"[:-1]))], (1,)
    )
    judgement = saying.judge([Figures(one) for one in alone], RECALL)
    assert judgement.verdict == OPEN
    assert judgement.why.startswith("This takes")


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("faster", "updates"), ("overfits", "gaps"), ("deeper", "scores"), ("longer", "reaches"),
        ("short", "shorter"),
    ],
)  # fmt: skip
def test_where_no_run_came_to_its_end_that_is_what_is_said(key, name):
    found = _figures(*CELLS, layers=(1, 2))
    nan = (float("nan"),) * 3
    judgement = _judge(key, _with(found, name, *[nan] * 6), _own(SERIES))
    assert judgement.verdict == OPEN
    assert "not finite" in judgement.why


def test_the_deepest_stand_beside_the_fewest_with_and_without_skip_connections():
    base = {"task": "marked recall", "length": 10, "hidden": 4}
    each = contenders(base, [named("LSTM")], (1, 2, 4), (False, True))
    assert [(one.layers, one.skip) for one in each] == [
        (1, False), (2, False), (2, True), (4, False), (4, True),
    ]  # fmt: skip
    low, high = (0.1, 0.2, 0.3), (0.7, 0.8, 0.9)
    found = _with([*map(Figures, each)], "scores", low, high, high, low, high)
    judgement = _judge("deeper", found)
    assert judgement.verdict == OPEN  # better with them, no better without
    assert "LSTM, 4 layers, skip connections 0.8" in judgement.why
    assert _judge("deeper", [found[0], found[4]]).verdict == AGREES
