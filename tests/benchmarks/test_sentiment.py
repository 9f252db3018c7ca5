"""A sentiment network of the tutorials' sizes: an embedding, an LSTM, three classes, 100 words."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from rnnviz.tasks.batch import Batch
from rnnviz.tasks.catalogue import TASKS
from rnnviz.tasks.task import Length
from rnnviz.training import advance, start
from rnnviz.training.knobs.knobs import EVALUATED_EVERY
from rnnviz.training.runs.drawn import held_out
from tests.benchmarks.timing import ratio

MODULES = {"LSTM": torch.nn.LSTM, "GRU (PyTorch)": torch.nn.GRU}
TOKENS, LENGTH, SIZE, BATCH = 2_000, 100, 64, 32


def words(rng, length, batch):
    """Words as often as they are in a language, and a class."""
    codes = np.minimum(rng.zipf(1.3, size=(length, batch)), TOKENS - 1)
    ends = np.zeros((length, batch))
    ends[-1] = 1.0
    targets = ends[..., None] * np.eye(3)[rng.integers(3, size=batch)]
    return Batch(codes[..., None].astype(float), targets, ends, ends)


SENTIMENT = replace(
    TASKS["marked recall"],
    name="sentiment",
    input_names=("word",),
    output_names=("bad", "middling", "good"),
    length=Length(1, 1000, LENGTH),
    tokens=TOKENS,
    draw=words,
)


class Torch:
    """The same in PyTorch: forward, backward, Adam; loss and metric on the same held-out rows."""

    def __init__(self, cell, dtype):
        self.embedding = torch.nn.Embedding(TOKENS, SIZE, dtype=dtype)
        self.recurrent = MODULES[cell](SIZE, SIZE, dtype=dtype)
        self.readout = torch.nn.Linear(SIZE, 3, dtype=dtype)
        modules = (self.embedding, self.recurrent, self.readout)
        self.optimizer = torch.optim.Adam([p for m in modules for p in m.parameters()], lr=0.001)
        self.rng = np.random.default_rng(1)
        self.held_out = held_out(SENTIMENT, LENGTH, seed=0)

    def advance(self, updates):
        for update in range(1, updates + 1):
            loss, _right = self.judged(words(self.rng, LENGTH, BATCH))
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if update % EVALUATED_EVERY == 0:
                with torch.no_grad():
                    for part in self.held_out:
                        self.judged(part)

    def judged(self, batch):
        codes = torch.from_numpy(batch.x[..., 0]).long()
        output, _ = self.recurrent(self.embedding(codes))
        answers = torch.from_numpy(batch.targets[-1].argmax(-1))
        scores = self.readout(output[-1])
        loss = torch.nn.functional.cross_entropy(scores, answers)
        return loss, (scores.argmax(-1) == answers).float().mean().item()


@pytest.mark.parametrize("precision", ["float64", "float32"])
@pytest.mark.parametrize("cell", MODULES)
def test_an_epoch_of_sentiment(figure, cell, precision):
    """Of 8,000 rows, 250 updates and evaluations, here a tenth of them at a time. What a page
    trains in unless told otherwise is float64; in float32 PyTorch's LSTM is oneDNN's."""
    sizes = {"hidden": SIZE, "embedding": SIZE, "batch": BATCH, "learning_rate": 0.001}
    begun = advance(start(task=SENTIMENT, cell=cell, **sizes, precision=precision), 1)
    theirs = Torch(cell, getattr(torch, precision))
    found = ratio(lambda: advance(begun, 25), lambda: theirs.advance(25), rounds=5)
    figure(
        "an epoch of sentiment, 64 units, embedding 64, 100 words: recorded training vs PyTorch's",
        found,
        1.5,
        case=f"{cell}, {precision}",
    )
