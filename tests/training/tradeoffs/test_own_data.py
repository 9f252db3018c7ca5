"""A comparison on what a visitor brought: every figure is of those data and of that setting, and
each received sentence is judged by them."""

import re
import time
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from rnnviz import data, trace, training
from rnnviz.cells import named
from rnnviz.tasks import Task
from rnnviz.training.tradeoffs import SAYINGS, Study, contenders
from rnnviz.training.workers.workers import Workers

MODULES = {"RNN (tanh)": torch.nn.RNN, "LSTM": torch.nn.LSTM, "GRU (PyTorch)": torch.nn.GRU}
BIASES = {"RNN (tanh)": 1, "LSTM": 4, "GRU (PyTorch)": 4}
"""A layer's, of as many numbers as it has units: torch has two a gate, of which one is counted
here, but for the GRU's inside its reset."""
HIDDEN, BATCH, UPDATES, SEEDS = 5, 6, 40, (4, 5, 6)
SALES = "day;sales;rain\n" + "".join(
    f"{k};{50 + 20 * np.sin(k / 2) + k % 5:.2f};{np.cos(k):.3f}\n".replace(".", ",")
    for k in range(150)
)
REVIEWS = "text,label\n" + "".join(
    f"film {k % 7} is {'very ' * (k % 4)}{'not ' * (k % 2)}{'good' if k % 3 else 'bad'},"
    f"{'liked' if bool(k % 3) != bool(k % 2) else 'disliked'}\n"
    for k in range(200)
)
VERSE = "to be or not to be that is the question whether tis nobler in the mind " * 12


@dataclass(frozen=True)
class Brought:
    """Data as a visitor has them. reads, answers: numbers that a network's layers read at a step,
    and its readout gives. asked: at how many steps. embedded: parameters that look up tokens."""

    task: Task
    reads: int
    answers: int
    steps: int
    asked: int = 1
    embedded: int = 0
    lengths: tuple[int, ...] = ()
    layers: tuple[int, ...] = (1,)
    chosen: dict[str, Any] = field(default_factory=dict)


def series() -> Brought:
    table = data.read(SALES.encode("utf-16"))
    found = data.series(table, inputs=["sales", "rain"], target="sales", window=9)
    return Brought(found.task, reads=2, answers=1, steps=9, lengths=(4,), layers=(1, 2))


def text() -> Brought:
    letters = len(set(VERSE))
    found = data.text(VERSE, window=8)
    return Brought(found.task, reads=letters, answers=letters, steps=8, asked=8, lengths=(4,))


def reviews() -> Brought:
    found = data.reviews(data.read(REVIEWS.encode("gb18030")), text="text", label="label")
    chosen = {"embedding": 3, "dropout": 0.1, "recurrent_dropout": 0.2}
    words = len(found.coding.vocabulary)
    return Brought(
        found.task, reads=3, answers=2, steps=8, embedded=3 * words, chosen=chosen
    )  # fmt: skip


@pytest.fixture(scope="module", params=[series, text, reviews])
def brought(request):
    return request.param()


@pytest.fixture(scope="module")
def study(brought):
    base = {
        "task": brought.task, "hidden": HIDDEN, "batch": BATCH, "updates": UPDATES,
        "optimizer": "adam", "learning_rate": 0.02, **brought.chosen,
    }  # fmt: skip
    cells = [*map(named, MODULES)]
    found = Study(
        contenders(base, cells, brought.layers), len(SEEDS), brought.lengths, seed=SEEDS[0]
    )
    workers = Workers(1)
    with workers.session() as session:
        while not found.is_over:
            found.proceed(session)
            time.sleep(0.01)
    workers.shutdown()
    assert found.error is None
    return found


@pytest.fixture(scope="module")
def networks(study):
    """Cell and layers → the networks that runs with these knobs have learnt, a seed each."""
    return {
        _who(one): [
            training.advance(training.start(**one.contender.chosen, seed=seed), UPDATES).network
            for seed in SEEDS
        ]
        for one in study.figures
    }


def _who(one):
    return one.contender.cell.name, one.contender.layers


def _counts(brought, cell, layers):
    """By torch: parameters, of the layers alone, and multiply-adds of a step, and of an update."""
    module = MODULES[cell](brought.reads, HIDDEN, num_layers=layers, dtype=torch.float64)
    readout = torch.nn.Linear(HIDDEN, brought.answers, dtype=torch.float64)
    matrices = sum(p.numel() for p in module.parameters() if p.ndim == 2)
    recurrent = matrices + layers * BIASES[cell] * HIDDEN
    whole = recurrent + sum(p.numel() for p in readout.parameters()) + brought.embedded

    def states(batch):
        one = [
            torch.zeros(layers, batch, HIDDEN, dtype=torch.float64, requires_grad=True)
            for _ in range(1 + (cell == "LSTM"))
        ]
        return tuple(one) if cell == "LSTM" else one[0]

    x = torch.zeros(brought.steps, BATCH, brought.reads, dtype=torch.float64)
    x.requires_grad_(bool(brought.embedded))  # what is looked up is learnt
    with FlopCounterMode(display=False) as step:
        readout(module(x[:1, :1].detach(), states(1))[0])
    with FlopCounterMode(display=False) as update:
        output, _ = module(x, states(BATCH))
        (output.sum() + readout(output[-brought.asked :]).sum()).backward()
    return whole, recurrent, step.get_total_flops() / 2, update.get_total_flops() / 2


def test_what_is_counted_is_what_torch_counts_of_such_a_network(brought, study):
    for one in study.figures:
        whole, recurrent, step, update = _counts(brought, *_who(one))
        assert (one.parameters, one.recurrent_parameters) == (whole, recurrent), _who(one)
        assert (one.step.multiply_adds, one.update_multiply_adds) == (step, update), _who(one)


def _means(network, batch):
    """(loss, metric) of a batch by torch, from what `trace` says the network answers."""
    answer = torch.from_numpy(trace(network, batch.x, lengths=batch.lengths).prediction)
    targets, mask = torch.from_numpy(batch.targets), torch.from_numpy(batch.mask)
    if network.readout.kind == "softmax":
        loss = -(torch.log_softmax(answer, -1) * targets).sum(-1)
        metric = (answer.argmax(-1) == targets.argmax(-1)).double()
    else:
        loss = metric = ((answer - targets) ** 2).mean(-1)
    counted = mask > 0  # in padding `trace` says nothing
    return [float((one * mask)[counted].sum() / mask.sum()) for one in (loss, metric)]


def test_scores_and_gaps_are_of_these_data(brought, study, networks):
    held_out = brought.task.held_out(np.random.default_rng(0), study.length, 256)
    for one in study.figures:
        for place, (seed, network) in enumerate(zip(SEEDS, networks[_who(one)], strict=True)):
            loss, metric = _means(network, held_out)
            assert one.scores.values[place] == pytest.approx(metric, rel=1e-6, abs=1e-9)
            rng, learnt = np.random.default_rng([seed, 5]), []
            for part in brought.task.held_out_parts(rng, study.length, 256, 64):
                batch = brought.task.batch(rng, study.length, part.x.shape[1])
                learnt += [_means(network, batch)[0]] * batch.x.shape[1]
            expected = loss - np.mean(learnt)
            assert one.gaps.values[place] == pytest.approx(expected, rel=1e-6, abs=1e-9)


def _one_by_one(network, batch):
    """Sequence for sequence what `trace` says is answered after each of its steps, as a share of
    each class where there are classes: (time, outputs) each."""
    found = []
    for k in range(batch.x.shape[1]):
        length = len(batch.x) if batch.lengths is None else batch.lengths[k]
        answer = torch.from_numpy(trace(network, batch.x[:length, k]).prediction)
        found.append(answer.softmax(-1).numpy() if network.readout.kind == "softmax" else answer)
    return found


def _with_another_past(network, batch, other, kept):
    """What is answered at the ends, all but the last `kept` steps being those of others."""
    ends = []
    for k in range(batch.x.shape[1]):
        own, theirs = (
            list(b.x[: len(b.x) if b.lengths is None else b.lengths[k], k]) for b in (batch, other)
        )
        before = max(len(own) - kept, 0)
        past = (theirs * len(own))[:before]
        answer = torch.from_numpy(trace(network, np.stack(past + own[before:])).prediction[-1])
        ends.append(answer.softmax(-1) if network.readout.kind == "softmax" else answer)
    return torch.stack(ends)


def test_the_last_steps_that_are_said_to_decide_do_and_fewer_do_not(brought, study, networks):
    for one in study.figures:
        for seed, network, reach in zip(
            SEEDS, networks[_who(one)], one.reaches.values, strict=True
        ):
            rng = np.random.default_rng([seed, 6])
            batch, other = (brought.task.batch(rng, study.length, 64) for _ in range(2))

            def changed(kept, parts=(network, batch, other)):
                swapped, own = (_with_another_past(*parts, k) for k in (kept, study.length))
                return float((swapped - own).abs().mean())

            assert 0 <= reach <= study.length
            assert changed(int(reach)) <= changed(0) / 10 + 1e-7
            if reach:
                assert changed(int(reach) - 1) > changed(0) / 10 - 1e-7


def test_the_halves_are_the_answers_after_few_steps_and_after_many(brought, study, networks):
    batch = brought.task.held_out(np.random.default_rng(0), study.length, 256)
    lengths = [len(batch.x)] * batch.x.shape[1] if batch.lengths is None else batch.lengths
    asked = [(t, k) for k, n in enumerate(lengths) for t in range(n) if batch.scored[t, k]]
    most = study.shorter_half
    if len({t for t, _ in asked}) == 1:
        assert most is None
        assert not any(one.shorter.values or one.longer.values for one in study.figures)
        return
    few = [(t, k) for t, k in asked if t < most]
    assert 0.3 < len(few) / len(asked) < 0.7
    for one in study.figures:
        for place, network in enumerate(networks[_who(one)]):
            answers = _one_by_one(network, batch)
            right = {
                (t, k): answers[k][t].argmax() == batch.targets[t, k].argmax() for t, k in asked
            }
            shorter = np.mean([right[each] for each in few])
            longer = np.mean([right[each] for each in asked if each not in few])
            assert one.shorter.values[place] == pytest.approx(shorter)
            assert one.longer.values[place] == pytest.approx(longer)


def test_what_is_solved_is_what_runs_at_that_length_solve(brought, study):
    for one in study.figures:
        assert {study.length} <= one.solved.keys() <= {study.length, *brought.lengths}
        for length, solved in one.solved.items():
            chosen = {**one.contender.chosen, "length": length}
            runs = [
                training.advance(training.start(**chosen, seed=seed), UPDATES) for seed in SEEDS
            ]
            assert [*solved.values] == [float(run.solved_at is not None) for run in runs]


def _sign(first, second):
    """Whether the second is larger: 1, smaller: −1, or neither, by twice the standard error."""
    size = np.mean(second) - np.mean(first)
    margin = 2 * np.sqrt(sum(np.var(one, ddof=1) / len(one) for one in (first, second)))
    return int(np.sign(size)) if abs(size) > margin else 0


def _of_depth(task, found):
    """What comes of it that more layers score better."""
    upward = 1 if task.kind == "classification" else -1
    scores = [[found[cell, layers].scores.values for layers in (1, 2)] for cell in MODULES]
    signs = {upward * _sign(*pair) for pair in scores}
    if signs == {1}:
        return "agrees"
    return "differs" if -1 in signs and 1 not in signs else "open"


def test_every_sentence_is_judged_by_what_was_measured_on_these_data(brought, study):
    found = {_who(one): one for one in study.figures}
    lstm, gru = found["LSTM", 1], found["GRU (PyTorch)", 1]
    words = {1: "agrees", -1: "differs", 0: "open"}
    share = 1 - _counts(brought, "GRU (PyTorch)", 1)[1] / _counts(brought, "LSTM", 1)[1]
    judged = {one.key: one.judge(study.figures, study.task) for one in SAYINGS}
    assert all(one.is_ready and one.why for one in judged.values())
    assert {key: judged[key].verdict.value for key in ("faster", "overfits", "quarter")} == {
        "faster": words[-_sign(lstm.updates.values, gru.updates.values)],
        "overfits": words[-_sign(lstm.gaps.values, gru.gaps.values)],
        "quarter": "agrees" if abs(share - 0.25) <= 0.01 else "differs",
    }
    if len(brought.layers) > 1:
        assert judged["deeper"].verdict == _of_depth(brought.task, found)
    assert judged["longer"].verdict == words[_sign(gru.reaches.values, lstm.reaches.values)]
    if study.shorter_half is None:
        asked = {study.length, *brought.lengths}
        said = re.findall(r"[Ll]ength (\d+)", judged["short"].why)
        assert said
        assert {int(n) for n in said} <= asked
    else:
        assert judged["short"].verdict == _of_the_short(found)


def _of_the_short(found):
    """Whether a plain RNN is at most two points behind the better of the others, surely or surely
    not, by twice the standard error."""
    plain, *gated = (np.array(found[cell, 1].shorter.values) for cell in MODULES)
    best = max(gated, key=np.mean)
    margin = 2 * np.sqrt(sum(np.var(one, ddof=1) / len(one) for one in (plain, best)))
    behind = best.mean() - plain.mean()
    if behind + margin <= 0.02:
        return "agrees"
    return "differs" if behind - margin > 0.02 else "open"
