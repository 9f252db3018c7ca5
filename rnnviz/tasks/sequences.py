"""How the toy tasks' sequences are drawn: seeded generators (tasks.py says what each shows).

Each takes a `numpy.random.Generator`, a length and a number of sequences and gives a Batch.
The same generator state gives the same batch to the last bit.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from rnnviz.network.arrays import set_frozen
from rnnviz.network.lengths import Lengths, checked_lengths, without_padding
from rnnviz.summary import summary

Array = np.ndarray
Rng = np.random.Generator

COPIED = 10  # symbols to copy
ECHOED = 20
COPY_ALPHABET = 8
BLANK, DELIMITER = 8, 9
SERIES = 100  # series in the tutorials' fixed training set

REBER_SYMBOLS = "BTPSXVE"
REBER = {  # state -> the two equally likely (symbol, next state); from REBER_END only E follows
    0: (("T", 1), ("P", 2)),
    1: (("S", 1), ("X", 3)),
    2: (("T", 2), ("V", 4)),
    3: (("X", 2), ("S", 5)),
    4: (("P", 3), ("V", 5)),
}
REBER_END = 5
REBER_FRAME = 6  # symbols of an embedded Reber string that no coin of the inner walk decides


@dataclass(frozen=True, eq=False)
class Batch:
    """Sequences with their answers, float64, time first.

    x: (time, batch, inputs).
    targets: (time, batch, outputs), one-hot or values; zero where nothing is asked.
    mask: (time, batch), the weight of each step in the loss.
    scored: (time, batch), its weight in the metric.
    lengths: (batch,), the steps of each sequence; what follows its end is padding, which no network
        reads. Targets, mask and scored are 0 there, whatever is given. None: all are as long as x.
        Where padding stands in front, as Keras puts it, turn each sequence's own steps to the
        front: a mask makes the same of both.

    Raises:
        ValueError: `lengths` that do not fit x.
    """

    x: Array
    targets: Array
    mask: Array
    scored: Array
    lengths: Lengths | None = None

    __repr__ = summary

    def __post_init__(self) -> None:
        if self.lengths is not None:
            lengths = checked_lengths(self.lengths, *self.x.shape[:2])
            set_frozen(self, "lengths", lengths)
            for name in ("targets", "mask", "scored"):
                set_frozen(self, name, without_padding(getattr(self, name), lengths))

    def items(self, chosen: Sequence[int]) -> "Batch":
        """These sequences of it alone."""
        lengths = None if self.lengths is None else self.lengths[list(chosen)]
        return replace(self._each(lambda array: array[:, list(chosen)]), lengths=lengths)

    def steps(self, part: slice) -> "Batch":
        """A part of its time, with no word of what is padding there."""
        return self._each(lambda array: array[part])

    def _each(self, of: Callable[[Array], Array]) -> "Batch":
        return Batch(of(self.x), of(self.targets), of(self.mask), of(self.scored))


def marked_recall(rng: Rng, length: int, batch: int, *, symbols: int = 4) -> Batch:
    """A random symbol at each step, one of them marked, at any step: answer the marked symbol."""
    codes = rng.integers(symbols, size=(length, batch))
    marked = rng.integers(length, size=batch)
    sequences = np.arange(batch)
    marker = np.zeros((length, batch, 1))
    marker[marked, sequences] = 1.0
    x = np.concatenate([_one_hot(codes, symbols), marker], axis=2)
    return answer_last(x, _one_hot(codes[marked, sequences], symbols))


def recall(rng: Rng, length: int, batch: int, *, symbols: int = 4, distractors: int = 4) -> Batch:
    """A symbol, then distractors of another alphabet, then a cue: answer the first symbol."""
    codes = symbols + rng.integers(distractors, size=(length, batch))
    codes[0] = rng.integers(symbols, size=batch)
    codes[-1] = symbols + distractors
    return answer_last(_one_hot(codes, symbols + distractors + 1), _one_hot(codes[0], symbols))


def bit_recall(rng: Rng, length: int, batch: int) -> Batch:
    """A stream of random -1 and +1: answer the first."""
    bits = rng.integers(2, size=(length, batch))
    return answer_last(2.0 * bits[:, :, None] - 1.0, _one_hot(bits[0], 2))


def latch(rng: Rng, length: int, batch: int, *, signal: int = 3, noise: float = 0.2) -> Batch:
    """The first `signal` steps carry -1 or +1, every step has Gaussian noise: answer which."""
    classes = rng.integers(2, size=batch)
    x = noise * rng.standard_normal((length, batch, 1))
    x[:signal] += (2.0 * classes - 1.0)[:, None]
    return answer_last(x, _one_hot(classes, 2))


def adding(rng: Rng, length: int, batch: int) -> Batch:
    """Values uniform on [0, 1), one marked in each half: answer the sum of the two."""
    values = rng.random((length, batch))
    half = length // 2
    first, second = rng.integers(half, size=batch), rng.integers(half, length, size=batch)
    sequences = np.arange(batch)
    marker = np.zeros((length, batch))
    marker[first, sequences] = marker[second, sequences] = 1.0
    return answer_last(np.stack([values, marker], axis=2), (values * marker).sum(axis=0)[:, None])


def temporal_order(rng: Rng, length: int, batch: int, *, distractors: int = 4) -> Batch:
    """Distractors, X or Y in [0.1 T, 0.2 T) and again in [0.5 T, 0.6 T): answer the pair."""
    codes = rng.integers(distractors, size=(length, batch))
    pair = rng.integers(2, size=(2, batch))
    sequences = np.arange(batch)
    for special, (start, stop) in zip(pair, order_windows(length), strict=True):
        codes[rng.integers(start, stop, size=batch), sequences] = distractors + special
    return answer_last(_one_hot(codes, distractors + 2), _one_hot(2 * pair[0] + pair[1], 4))


def order_windows(length: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """The steps (start, stop) in which temporal order places its two special symbols."""
    tenths = [-(-part * length // 10) for part in (1, 2, 5, 6)]  # rounded up
    return (tenths[0], tenths[1]), (tenths[2], tenths[3])


def copying(rng: Rng, length: int, batch: int) -> Batch:
    """Ten symbols, `length` - 1 blanks, a delimiter, ten blanks: answer the ten at the end.

    length + 20 steps; before the last ten the answer is a blank. The loss counts every
    step; the metric counts the ten symbols only.
    """
    symbols = rng.integers(COPY_ALPHABET, size=(COPIED, batch))
    codes = np.full((length + 2 * COPIED, batch), BLANK)
    answers = codes.copy()
    codes[:COPIED] = symbols
    codes[COPIED + length - 1] = DELIMITER
    answers[-COPIED:] = symbols
    mask = np.ones(codes.shape)
    scored = np.zeros(codes.shape)
    scored[-COPIED:] = 1.0
    return Batch(_one_hot(codes, DELIMITER + 1), _one_hot(answers, BLANK + 1), mask, scored)


def parity_at_end(rng: Rng, length: int, batch: int) -> Batch:
    """Random bits 0 and 1: answer at the end whether the number of ones is odd."""
    bits = rng.integers(2, size=(length, batch))
    return answer_last(bits[:, :, None].astype(float), _one_hot(bits.sum(axis=0) % 2, 2))


def parity_every_step(rng: Rng, length: int, batch: int) -> Batch:
    """Random bits 0 and 1: answer at each step whether the number of ones so far is odd."""
    bits = rng.integers(2, size=(length, batch))
    return _answer_always(bits[:, :, None].astype(float), _one_hot(np.cumsum(bits, axis=0) % 2, 2))


def echo(rng: Rng, length: int, batch: int) -> Batch:
    """Random bits 0 and 1: answer at each step the bit that was read `length` steps before.

    length + 20 steps; the first `length` are not asked.
    """
    bits = rng.integers(2, size=(length + ECHOED, batch))
    answers = np.zeros((*bits.shape, 2))
    answers[length:] = _one_hot(bits[:ECHOED], 2)
    mask = np.zeros(bits.shape)
    mask[length:] = 1.0
    return Batch(bits[:, :, None].astype(float), answers, mask, mask)


def embedded_reber(rng: Rng, length: int, batch: int) -> Batch:
    """Embedded Reber strings of at most `length` symbols: answer the next symbol at every step.

    length - 1 steps; those after a shorter string are padding. The metric counts the one step
    whose answer lies far back: the symbol before the last repeats the second.
    """
    codes = np.full((length, batch), -1)
    ends = np.zeros(batch, dtype=int)
    for sequence in range(batch):
        string = _reber_string(rng, length)
        ends[sequence] = len(string)
        codes[: len(string), sequence] = [REBER_SYMBOLS.index(symbol) for symbol in string]
    mask = (codes[1:] >= 0).astype(float)
    known = mask[:, :, None]
    scored = np.zeros(mask.shape)
    scored[ends - 3, np.arange(batch)] = 1.0
    size = len(REBER_SYMBOLS)
    x, targets = (_one_hot(part, size) * known for part in (codes[:-1], codes[1:]))
    return Batch(x, targets, mask, scored, ends - 1)


def reber_coins(length: int) -> float:
    """Expected coin flips of the inner walk, among strings of at most `length` symbols."""
    at = {0: 1.0}
    finished, flips = 0.0, 0.0
    for coin in range(1, length - REBER_FRAME + 1):
        after: dict[int, float] = {}
        for state, probability in at.items():
            for _, target in REBER[state]:
                after[target] = after.get(target, 0.0) + probability / 2
        ended = after.pop(REBER_END, 0.0)
        finished, flips, at = finished + ended, flips + coin * ended, after
    return flips / finished


def noisy_sine(rng: Rng, length: int, batch: int, *, noise: float = 0.1) -> Batch:
    """A sine of period U(10, 30) and random phase in noise: answer its next clean value."""
    period = rng.uniform(10.0, 30.0, size=batch)
    phase = rng.uniform(0.0, 2.0 * np.pi, size=batch)
    clean = np.sin(2.0 * np.pi * np.arange(length + 1)[:, None] / period + phase)[:, :, None]
    return _answer_always(clean[:-1] + noise * rng.standard_normal(clean[1:].shape), clean[1:])


def next_character(rng: Rng, length: int, batch: int, *, text: str) -> Batch:
    """Windows of a text, characters one-hot in sorted order: answer each next character."""
    codes, size = _characters(text)
    starts = rng.integers(len(codes) - length, size=batch)
    windows = codes[starts + np.arange(length + 1)[:, None]]
    return _answer_always(_one_hot(windows[:-1], size), _one_hot(windows[1:], size))


def target_shares(text: str, length: int) -> Array:
    """The share of each character among the answers, over all windows of `length` steps."""
    codes, size = _characters(text)
    place = np.arange(1, len(codes))
    windows = np.minimum.reduce(
        [place, len(codes) - place, np.full_like(place, min(length, len(codes) - length))]
    )
    counts = np.bincount(codes[1:], weights=windows, minlength=size)
    shares: Array = counts / counts.sum()
    return shares


def series_regression(rng: Rng, length: int, batch: int) -> Batch:
    """Series of a fixed training set of 100, in an order drawn afresh, one value to fit each."""
    x, values = training_series(length)
    rounds = -(-batch // SERIES)
    order = np.concatenate([rng.permutation(SERIES) for _ in range(rounds)])[:batch]
    return answer_last(x[:, order], values[order])


def new_series(rng: Rng, length: int, batch: int) -> Batch:
    """Series of the same kind that are not in the training set, with values of their own."""
    return answer_last(rng.random((length, batch, 1)), rng.random((batch, 1)))


@lru_cache(maxsize=8)
def training_series(length: int) -> tuple[Array, Array]:
    """The tutorials' fixed training set: x (length, 100, 1) and the values (100, 1)."""
    fixed = np.random.default_rng([20, length])
    return fixed.random((length, SERIES, 1)), fixed.random((SERIES, 1))


Generator = Callable[[Rng, int, int], Batch]


def _one_hot(codes: Array, size: int) -> Array:
    hot: Array = np.eye(size)[codes]
    return hot


def answer_last(x: Array, answers: Array, lengths: Lengths | None = None) -> Batch:
    """Sequences x (time, batch, inputs) that are each asked once, answers (batch, outputs): at its
    own last step, where they have lengths."""
    last = (-1 if lengths is None else lengths - 1, np.arange(x.shape[1]))
    targets, mask = np.zeros((*x.shape[:2], answers.shape[-1])), np.zeros(x.shape[:2])
    targets[last], mask[last] = answers, 1.0
    return Batch(x, targets, mask, mask, lengths)


def _answer_always(x: Array, answers: Array) -> Batch:
    mask = np.ones(x.shape[:2])
    return Batch(x, answers, mask, mask)


def _reber_string(rng: Rng, length: int) -> str:
    while True:
        outer, *coins = rng.integers(2, size=length - REBER_FRAME + 1).tolist()
        state, inner = 0, ""
        for coin in coins:
            symbol, state = REBER[state][coin]
            inner += symbol
            if state == REBER_END:
                return f"B{'TP'[outer]}B{inner}E{'TP'[outer]}E"


@lru_cache(maxsize=8)
def _characters(text: str) -> tuple[Array, int]:
    alphabet, codes = np.unique(np.array(list(text)), return_inverse=True)
    return codes, len(alphabet)
