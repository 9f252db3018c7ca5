"""Runs with an embedding, a pool, skip connections: torch trains the same network to the same."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from rnnviz.network.propagation import propagate
from rnnviz.tasks import catalogue
from rnnviz.tasks.batch import Batch
from rnnviz.training.knobs.effects import has_effect
from rnnviz.training.loop.loop import advance, start
from tests.network.test_pooling import naive
from tests.training.loop.test_training import Reference

TOKENS, LONGEST, MANY = 12, 9, 6
POOLS = ("last", "mean", "maximum", "attention")


def first_token(rng, length, batch):
    """Of several lengths: whether the first token is in the vocabulary's upper half."""
    lengths = rng.integers(2, length + 1, size=batch)
    codes = rng.integers(1, TOKENS, size=(length, batch))
    targets = np.eye(2)[(codes[0] >= TOKENS // 2).astype(int)]
    there = np.arange(length)[:, None] < lengths
    ends = (np.arange(length)[:, None] == lengths - 1).astype(float)
    x = np.where(there, codes, 0)[..., None].astype(float)
    return Batch(x, ends[..., None] * targets, ends, ends, lengths=lengths)


TASK = replace(
    catalogue.TASKS["latch"],
    name="first token",
    kind="classification",
    input_names=("token",),
    output_names=("low", "high"),
    length=replace(catalogue.TASKS["latch"].length, shortest=2, default=LONGEST),
    solved=0.9,
    draw=first_token,
    draw_held_out=None,
    extra_steps=0,
    loss_at="last",
    tokens=TOKENS,
)


SIZES = {"task": TASK, "length": LONGEST, "hidden": 5, "batch": MANY, "embedding": 4}


class WithStages(Reference):
    """The same with torch.nn.Embedding below, and each prefix pooled by itself above."""

    def __init__(self, run):
        wide = replace(run.knobs.about_task, input_names=("",) * run.knobs.embedding)
        knobs = replace(run.knobs)
        object.__setattr__(knobs, "about_task", wide)
        super().__init__(replace(run, knobs=knobs))
        self.task, self.knobs = run.knobs.about_task, run.knobs
        self.embedding = torch.nn.Embedding(TOKENS, run.knobs.embedding).double()
        with torch.no_grad():
            self.embedding.weight.copy_(torch.tensor(run.parameters["embedding.W"]))
        self.pool = {
            name.removeprefix("attention."): torch.tensor(array, requires_grad=True)
            for name, array in run.parameters.items()
            if name.startswith("attention.")
        }
        self.parameters += [*self.embedding.parameters(), *self.pool.values()]

    def loss(self, batch):
        vectors = self.embedding(torch.tensor(batch.x[..., 0]).long())
        packed = pack_padded_sequence(vectors, batch.lengths, enforce_sorted=False)
        hidden = pad_packed_sequence(self.module(packed)[0], total_length=len(vectors))[0]
        ends = []
        for item, length in enumerate(batch.lengths):
            own = hidden[:length, item]
            pooled = (
                own if self.knobs.readout == "last" else naive(self.knobs.readout, self.pool, own)
            )
            ends.append(pooled[-1])
        answers = torch.tensor(batch.targets.sum(0).argmax(-1))
        prediction = torch.stack(ends) @ self.W.T + self.b
        return torch.nn.functional.cross_entropy(prediction, answers)


@pytest.mark.parametrize(
    "knobs",
    [{"readout": pool} for pool in POOLS]
    + [
        {"readout": "attention", "cell": "GRU", "layers": 2},
        {"readout": "maximum", "cell": "RNN (tanh)", "direction": "both"},
    ],
    ids=str,
)
def test_thirty_updates_have_the_losses_of_torch(knobs):
    run = start(**SIZES, **knobs, seed=3)
    reference = WithStages(run)
    losses, norms, _ = reference.train(torch.optim.Adam(reference.parameters, lr=0.01), 30)
    history = advance(run, 30).history
    np.testing.assert_allclose(history["loss"], losses, rtol=1e-8)
    np.testing.assert_allclose(history["grad_norm"], norms, rtol=1e-6)
    assert np.ptp(losses) > 0.05


def test_skip_connections_are_in_the_network_that_is_trained():
    sizes = {"task": "adding problem", "length": 6, "hidden": 4, "batch": 3, "layers": 3}
    plain, skipping = start(**sizes), start(**sizes, skip=True)
    for name, array in plain.parameters.items():
        np.testing.assert_array_equal(skipping.parameters[name], array)
    assert [layer.skip for layer in skipping.network.layers] == [False, True, True]
    batch = plain.knobs.about_task.batch(np.random.default_rng([0, 1]), 6, 3)
    loss = advance(skipping, 1).history["loss"][0]
    answer = propagate(skipping.network, batch.x).prediction[-1]
    assert loss == pytest.approx(np.mean((answer - batch.targets[-1]) ** 2), rel=1e-12)
    assert loss != advance(plain, 1).history["loss"][0]


def test_a_run_with_all_of_them_can_be_cut_anywhere_and_sent():
    more = {"readout": "attention", "layers": 2, "skip": True, "dropout": 0.3, "truncate": 4}
    run = start(**SIZES, **more, recurrent_dropout=0.2)
    whole = advance(run, 6)
    parts = advance(advance(run, 2), 4)
    for name, array in whole.parameters.items():
        np.testing.assert_array_equal(parts.parameters[name], array)
        assert (array != run.parameters[name]).any()


def test_the_embedding_has_an_effect_only_where_tokens_are_read():
    assert has_effect("embedding", SIZES)
    assert has_effect("dropout", SIZES)
    assert not has_effect("embedding", {"task": "recall"})
    begun = start(**SIZES)
    dropped = start(**SIZES, dropout=0.5)
    assert advance(begun, 1).history["loss"] != advance(dropped, 1).history["loss"]


def test_a_second_head_has_no_next_input_to_foretell_where_tokens_are_read():
    with pytest.raises(ValueError, match="reads words or characters"):
        start(**SIZES, auxiliary=1.0)


def test_what_is_written_down_of_a_pools_gradient_is_what_reaches_the_states():
    """Where the readout reads the mean, every state has a share of L by a path of its own."""
    sizes = {"task": "marked recall", "length": 40, "hidden": 8, "batch": 4, "cell": "RNN (tanh)"}
    norms = {
        readout: advance(start(**sizes, readout=readout), 1).history["dh_norms"][0]
        for readout in POOLS
    }
    for readout, sizes_ in norms.items():
        assert (sizes_[0] > 0.01 * sizes_[-1]) == (readout != "last")
