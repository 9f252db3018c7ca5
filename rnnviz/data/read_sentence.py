"""A text word by word, as a network reads it: what it answers after each word, what each word
weighs, what the gates do there, and what becomes of the answer where a gate is held."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from rnnviz.data.tokens import Integers
from rnnviz.engine.checks import Hold
from rnnviz.network.arrays import Array
from rnnviz.network.attention import AttentionRun
from rnnviz.network.lengths import Lengths
from rnnviz.network.network import Network
from rnnviz.network.propagation import Propagation, propagate
from rnnviz.network.softmax import softmax
from rnnviz.summary import NamedValues, head_and_lines

SHUT, OPEN = 0.0, 1.0


class ByGradient(NamedTuple):
    """What the first order says of each word: d log p(label) / d(its vector).

    norm: (words,), its length. along: (words,), its product with the vector: about what log p owes
    to the vector being what it is and not zero. Positive: it speaks for the label.
    """

    norm: Array
    along: Array


class Gate(NamedTuple):
    """What a gate is at each word, over its units.

    mean: (words,). beyond: (words,), the mean less what it is over the whole text. most: (words,),
    the value of the unit that is the most open. unit: (words,), which that is.
    """

    mean: Array
    beyond: Array
    most: Array
    unit: Integers


class Held(NamedTuple):
    """What a network answers where a gate is held at one word in all units.

    gate: its name. value: SHUT or OPEN. probabilities: (labels,).
    """

    gate: str
    value: float
    probabilities: Array


@dataclass(frozen=True, eq=False)
class ReadSentence:
    """A text as a network reads it.

    words: what stands at each step, "" where it is padding. codes: (words,), their numbers.
    """

    network: Network
    labels: tuple[str, ...]
    words: tuple[str, ...]
    codes: Integers

    def __repr__(self) -> str:
        lines = [
            f"{word}: {', '.join(f'{p:.3f}' for p in row)}"
            for word, row in zip(self.words, self.after_each, strict=True)
        ]
        return head_and_lines(f"Read as {self.labels[self.answer]}", lines)

    @cached_property
    def after_each(self) -> Array:
        """(words, labels): the probabilities, had the text ended with this word."""
        steps = len(self.codes)
        return answers(self.network, np.tile(self.codes[:, None], steps), np.arange(1, steps + 1))

    @property
    def probabilities(self) -> Array:
        """(labels,): after the last word."""
        last: Array = self.after_each[-1]
        return last

    @property
    def answer(self) -> int:
        """The most probable label."""
        return int(self.probabilities.argmax())

    def by_gradient(self, label: int | None = None) -> ByGradient:
        """What each word weighs, by gradient; label: by default the answer."""
        chosen = self.answer if label is None else label
        run = self._run()
        vectors = run.stages["embedding"].output[:, 0]
        dprediction = np.zeros_like(_prediction(run))
        dprediction[-1, 0] = np.eye(len(self.labels))[chosen] - softmax(_prediction(run)[-1, 0])
        gradient = run.backward(dprediction=dprediction).vectors[:, 0]
        return ByGradient(np.linalg.norm(gradient, axis=1), (gradient * vectors).sum(axis=1))

    @cached_property
    def by_removal(self) -> Array:
        """(words, labels): the probability with the word minus that without it; NaN where it is
        the only one."""
        steps = len(self.codes)
        if steps == 1:
            return np.full((1, len(self.labels)), np.nan)
        others = ~np.eye(steps, dtype=bool)
        shorter = np.stack([self.codes[kept] for kept in others], axis=1)
        return self.probabilities - answers(self.network, shorter, np.full(steps, steps - 1))

    def gates(self, layer: int = -1) -> NamedValues[Gate]:
        """Gate → what it is at each word, in a layer, forward; nothing for a cell without gates."""
        run = self._run()
        cell_run = run.directions[run.direction(layer)]
        gates = {name: cell_run.value(name)[:, 0] for name in cell_run.cell.gates}
        return NamedValues({name: _gate(values) for name, values in gates.items()})

    @property
    def attention(self) -> Array | None:
        """(words,): how much the readout attends to each word after the last, 1 in all; None where
        it does not attend."""
        found = self._run().stages.get("attention")
        return found.weights[:, 0] if isinstance(found, AttentionRun) else None

    def held(self, word: int, layer: int = -1) -> tuple[Held, ...]:
        """What is answered where each gate of a layer is held shut, then open, at this word."""
        found = []
        for gate in self.network.layers[layer].cell.gates:
            for value in (SHUT, OPEN):
                run = self._run((Hold(gate, value, steps=[word], layer=layer),))
                found.append(Held(gate, value, softmax(_prediction(run)[-1, 0])))
        return tuple(found)

    def _run(self, holds: Sequence[Hold] = ()) -> Propagation:
        return propagate(self.network, _read(self.network, self.codes[:, None]), holds=holds)


def answers(network: Network, codes: Integers, lengths: Lengths) -> Array:
    """(texts, labels): the probabilities after each text's last step. codes: (time, texts)."""
    whole = None if (lengths == len(codes)).all() else lengths
    run = propagate(network, _read(network, codes), lengths=whole)
    return softmax(_prediction(run)[lengths - 1, np.arange(len(lengths))])


def _gate(values: Array) -> Gate:
    """values: (words, units)."""
    mean = values.mean(axis=1)
    return Gate(mean, mean - mean.mean(), values.max(axis=1), values.argmax(axis=1))


def _read(network: Network, codes: Integers) -> Array:
    """Numbers of tokens as a network reads them: (time, texts, 1)."""
    return codes[:, :, None].astype(network.dtype)


def _prediction(run: Propagation) -> Array:
    if run.prediction is None:
        raise ValueError("the network has no readout, so it answers nothing")
    return run.prediction
