"""Training on padded batches is torch's on packed ones, and that on the same sequences unpadded.

The tasks are the shipped ones, each sequence cut to a length of its own, its padding NaN.
"""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from rnnviz.network.propagation import propagate
from rnnviz.tasks import catalogue
from rnnviz.tasks.batch import Batch, answer_last
from rnnviz.training.loop import loop
from rnnviz.training.loop.head import _goes_on
from rnnviz.training.loop.loop import advance, start
from tests.training.loop.test_training import Reference

TASKS = ("marked recall", "adding problem", "parity at every step")
SHORTEST, LONGEST, MANY = 3, 9, 6


def of_several_lengths(draw):
    """The sequences of a task, each drawn at its own length."""

    def drawn(rng, length, batch):
        lengths = rng.integers(SHORTEST, length + 1, size=batch)
        each = [draw(rng, int(steps), 1) for steps in lengths]
        padded = {}
        for name in ("x", "targets", "mask", "scored"):
            arrays = [getattr(one, name) for one in each]
            padded[name] = np.full((length, batch, *arrays[0].shape[2:]), np.nan)
            for item, array in enumerate(arrays):
                padded[name][: len(array), item] = array[:, 0]
        return Batch(**padded, lengths=lengths)

    return drawn


@pytest.fixture(autouse=True)
def _tasks(monkeypatch):
    changed = {
        n: replace(catalogue.TASKS[n], draw=of_several_lengths(catalogue.TASKS[n].draw))
        for n in TASKS
    }
    monkeypatch.setattr(catalogue, "TASKS", {**catalogue.TASKS, **changed})
    loop.held_out.cache_clear()
    yield
    loop.held_out.cache_clear()


class Packed(Reference):
    """The same network in torch.nn, which reads the batch packed."""

    def answer(self, batch):
        x = torch.tensor(np.nan_to_num(batch.x))
        packed = pack_padded_sequence(x, batch.lengths, enforce_sorted=False)
        hidden = pad_packed_sequence(self.module(packed)[0], total_length=len(x))[0]
        return hidden @ self.W.T + self.b

    def loss(self, batch):
        counts = torch.tensor(batch.mask > 0)
        prediction, targets = self.answer(batch)[counts], torch.tensor(batch.targets)[counts]
        if self.task.kind == "regression":
            return torch.nn.functional.mse_loss(prediction, targets)
        return torch.nn.functional.cross_entropy(prediction, targets.argmax(-1))


def run_of(task, **knobs):
    sizes = {"length": LONGEST, "hidden": 5, "batch": MANY, "seed": 2}
    return start(task=task, **{**sizes, **knobs})


def first_batch(run):
    rng = np.random.default_rng([run.knobs.seed, 1])
    return run.knobs.about_task.batch(rng, LONGEST, MANY)


CASES = [
    (task, cell, knobs)
    for task in TASKS
    for cell, knobs in (
        ("LSTM", {"layers": 2}),
        ("GRU (PyTorch)", {}),
        ("RNN (tanh)", {"layers": 2, "direction": "both"}),
        ("RNN (ReLU)", {"direction": "both"}),
    )
    if not (task == "parity at every step" and "direction" in knobs)
]


@pytest.mark.parametrize(("task", "cell", "knobs"), CASES)
def test_losses_and_gradients_are_those_of_torch_packed(task, cell, knobs):
    """Of twenty updates, and of the held-out sequences before and after them."""
    run = run_of(task, cell=cell, learning_rate=0.01, **knobs)
    reference = Packed(run)
    wanted = reference.train(torch.optim.Adam(reference.parameters, lr=0.01), 20)
    after = advance(run, 20)
    np.testing.assert_allclose(after.history["loss"], wanted[0], rtol=1e-10)
    np.testing.assert_allclose(after.history["grad_norm"], wanted[1], rtol=1e-8)
    last = advance(after, loop.EVALUATED_EVERY - 20)
    reference, parts = Packed(last), loop.held_out(catalogue.TASKS[task], LONGEST, 2)
    final, counted = last.evaluations[-1], [part.mask.sum() for part in parts]
    losses = [float(reference.loss(part).detach()) for part in parts]
    assert final.loss == pytest.approx(np.average(losses, weights=counted), rel=1e-9)
    scores = [run.knobs.about_task.metric(reference.answer(p).detach().numpy(), p) for p in parts]
    scored = [part.scored.sum() for part in parts]
    assert final.metric == pytest.approx(np.average(scores, weights=scored), rel=1e-9)


@pytest.mark.parametrize(("task", "cell", "knobs"), CASES)
def test_the_gradient_is_that_of_the_same_sequences_one_by_one(task, cell, knobs):
    """A step of plain descent at rate 1 moves each weight by its gradient."""
    run = run_of(task, cell=cell, optimizer="sgd", momentum=0.0, learning_rate=1.0, **knobs)
    batch, reference = first_batch(run), Packed(run)
    for item, length in enumerate(batch.lengths):
        alone = batch.items([item]).steps(slice(length))
        assert np.isfinite(alone.x).all()
        hidden, _ = reference.module(torch.tensor(alone.x))
        counts = torch.tensor(alone.mask > 0)
        y = (hidden @ reference.W.T + reference.b)[counts]
        targets = torch.tensor(alone.targets)[counts]
        if run.knobs.about_task.kind == "regression":
            loss = ((y - targets) ** 2).sum() / y.shape[-1]
        else:
            loss = torch.nn.functional.cross_entropy(y, targets.argmax(-1), reduction="sum")
        (loss / batch.mask.sum()).backward()
    moved = Packed(advance(run, 1))
    for before, after in zip(reference.parameters, moved.parameters, strict=True):
        np.testing.assert_allclose((before - after).detach(), before.grad, rtol=0, atol=1e-10)


def test_what_is_written_down_is_of_the_steps_that_sequences_have():
    run = run_of("marked recall", cell="LSTM")
    batch = first_batch(run)
    there = np.arange(LONGEST)[:, None] < batch.lengths
    f = [
        propagate(run.network, batch.x[:length, [item]]).runs[(0, False)].value("f").reshape(-1)
        for item, length in enumerate(batch.lengths)
    ]
    f = np.concatenate(f)
    assert f.size == there.sum() * 5
    history = advance(run, 1).history
    assert history["gate_mean.f"][0] == pytest.approx(f.mean(), rel=1e-12)
    assert history["gate_open.f"][0] == (f > 0.9).mean()
    assert not history["dh_norms"][0, batch.lengths.max() :].any()


@pytest.mark.parametrize(
    "knobs",
    [
        {"dropout": 0.3, "layers": 2},
        {"recurrent_dropout": 0.3},
        {"truncate": 4, "layers": 2, "direction": "both"},
        {"auxiliary": 0.5},
        {"precision": "float32"},
    ],
)
def test_no_number_of_the_padding_comes_in_whatever_is_chosen(knobs):
    run = advance(run_of("marked recall", cell="LSTM", **knobs), 10)
    assert run.stopped is None
    assert run.update == 10
    assert all(np.isfinite(array).all() for array in run.parameters.values())


def padded(task, more):
    """A task as a value, its batches longer by so many steps of padding."""

    def drawn(rng, length, batch):
        short = catalogue.TASKS[task].draw(rng, length, batch)
        wide = [(0, more), (0, 0)]
        arrays = (
            np.pad(array, [*wide, (0, 0)][: array.ndim], constant_values=np.nan)
            for array in (short.x, short.targets, short.mask, short.scored)
        )
        return Batch(*arrays, short.lengths)

    return replace(catalogue.TASKS[task], draw=drawn, extra_steps=more)


@pytest.mark.parametrize(
    "knobs",
    [
        {"recurrent_dropout": 0.3},
        {"auxiliary": 0.7},
        {"auxiliary": 0.7, "truncate": 4},
        {"truncate": 3, "layers": 2, "direction": "both"},
        {"cell": "GRU (PyTorch)", "clip_norm": 0.1, "optimizer": "rmsprop"},
    ],
)
@pytest.mark.parametrize("task", TASKS)
def test_more_padding_changes_no_number_that_is_written_down(task, knobs):
    if task == "parity at every step" and "direction" in knobs:
        knobs = {
            **knobs,
            "direction": "forward",
        }  # it asks at each step for what was read till then
    plain, longer = (
        advance(run_of(padded(task, more), learning_rate=0.01, **knobs), 12) for more in (0, 5)
    )
    for name, values in plain.history.items():
        there = longer.history[name]
        if values.ndim == 2:
            assert not there[:, LONGEST:].any()
            there = there[:, :LONGEST]
        np.testing.assert_allclose(there, values, rtol=1e-6, atol=1e-9, err_msg=name)
    np.testing.assert_allclose(longer.evaluations, plain.evaluations, rtol=1e-8)


def test_the_second_head_foretells_every_step_a_sequence_has_wherever_it_is_asked():
    asked, lengths = np.zeros((4, 3)), [2, 4, 1]
    asked[0] = 1.0
    batch = Batch(np.ones((4, 3, 2)), asked[..., None], asked, asked, lengths)
    np.testing.assert_array_equal(_goes_on(batch).sum(0), lengths)


def test_a_batch_counts_nothing_after_a_sequences_end():
    x, ones = np.ones((4, 3, 2)), np.ones((4, 3))
    batch = Batch(x, np.full((4, 3, 1), 7.0), ones, ones, [2, 4, 1])
    there = np.array([[1, 1, 1], [1, 1, 0], [0, 1, 0], [0, 1, 0]])
    for weights in (batch.mask, batch.scored, batch.targets[..., 0] / 7.0):
        np.testing.assert_array_equal(weights, there)
    assert batch.items([2, 0]).lengths.tolist() == [1, 2]
    np.testing.assert_array_equal(batch.items([2, 0]).mask, there[:, [2, 0]])
    with pytest.raises(ValueError, match="the length of item 1 is from 1 to 4 steps, not 5"):
        Batch(x, ones[..., None], ones, ones, [2, 5, 1])


def test_what_is_asked_once_is_asked_at_each_own_end():
    x, answers, lengths = np.ones((4, 3, 2)), np.array([[5.0], [6.0], [7.0]]), np.array([2, 4, 1])
    batch = answer_last(x, answers, lengths)
    assert batch.targets[[1, 3, 0], [0, 1, 2], 0].tolist() == [5.0, 6.0, 7.0]
    assert batch.mask.sum() == 3
    np.testing.assert_array_equal(np.argwhere(batch.mask.T), [[0, 1], [1, 3], [2, 0]])
