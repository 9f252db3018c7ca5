"""How the toy tasks' sequences are drawn: seeded generators (catalogue.py says what each shows).

Each takes a `numpy.random.Generator`, a length and a number of sequences and gives a Batch.
The same generator state gives the same batch to the last bit.
"""

from functools import lru_cache

import numpy as np

from rnnviz.tasks.batch import Array, Batch, Rng, answer_always, answer_last, one_hot

COPIED = 10  # symbols to copy
ECHOED = 20
COPY_ALPHABET = 8
BLANK, DELIMITER = 8, 9
SERIES = 100  # series in the tutorials' fixed training set


def marked_recall(rng: Rng, length: int, batch: int, *, symbols: int = 4) -> Batch:
    """A random symbol at each step, one of them marked, at any step: answer the marked symbol."""
    codes = rng.integers(symbols, size=(length, batch))
    marked = rng.integers(length, size=batch)
    sequences = np.arange(batch)
    marker = np.zeros((length, batch, 1))
    marker[marked, sequences] = 1.0
    x = np.concatenate([one_hot(codes, symbols), marker], axis=2)
    return answer_last(x, one_hot(codes[marked, sequences], symbols))


def recall(rng: Rng, length: int, batch: int, *, symbols: int = 4, distractors: int = 4) -> Batch:
    """A symbol, then distractors of another alphabet, then a cue: answer the first symbol."""
    codes = symbols + rng.integers(distractors, size=(length, batch))
    codes[0] = rng.integers(symbols, size=batch)
    codes[-1] = symbols + distractors
    return answer_last(one_hot(codes, symbols + distractors + 1), one_hot(codes[0], symbols))


def bit_recall(rng: Rng, length: int, batch: int) -> Batch:
    """A stream of random -1 and +1: answer the first."""
    bits = rng.integers(2, size=(length, batch))
    return answer_last(2.0 * bits[:, :, None] - 1.0, one_hot(bits[0], 2))


def latch(rng: Rng, length: int, batch: int, *, signal: int = 3, noise: float = 0.2) -> Batch:
    """The first `signal` steps carry -1 or +1, every step has Gaussian noise: answer which."""
    classes = rng.integers(2, size=batch)
    x = noise * rng.standard_normal((length, batch, 1))
    x[:signal] += (2.0 * classes - 1.0)[:, None]
    return answer_last(x, one_hot(classes, 2))


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
    return answer_last(one_hot(codes, distractors + 2), one_hot(2 * pair[0] + pair[1], 4))


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
    return Batch(one_hot(codes, DELIMITER + 1), one_hot(answers, BLANK + 1), mask, scored)


def parity_at_end(rng: Rng, length: int, batch: int) -> Batch:
    """Random bits 0 and 1: answer at the end whether the number of ones is odd."""
    bits = rng.integers(2, size=(length, batch))
    return answer_last(bits[:, :, None].astype(float), one_hot(bits.sum(axis=0) % 2, 2))


def parity_every_step(rng: Rng, length: int, batch: int) -> Batch:
    """Random bits 0 and 1: answer at each step whether the number of ones so far is odd."""
    bits = rng.integers(2, size=(length, batch))
    return answer_always(bits[:, :, None].astype(float), one_hot(np.cumsum(bits, axis=0) % 2, 2))


def echo(rng: Rng, length: int, batch: int) -> Batch:
    """Random bits 0 and 1: answer at each step the bit that was read `length` steps before.

    length + 20 steps; the first `length` are not asked.
    """
    bits = rng.integers(2, size=(length + ECHOED, batch))
    answers = np.zeros((*bits.shape, 2))
    answers[length:] = one_hot(bits[:ECHOED], 2)
    mask = np.zeros(bits.shape)
    mask[length:] = 1.0
    return Batch(bits[:, :, None].astype(float), answers, mask, mask)


def noisy_sine(rng: Rng, length: int, batch: int, *, noise: float = 0.1) -> Batch:
    """A sine of period U(10, 30) and random phase in noise: answer its next clean value."""
    period = rng.uniform(10.0, 30.0, size=batch)
    phase = rng.uniform(0.0, 2.0 * np.pi, size=batch)
    clean = np.sin(2.0 * np.pi * np.arange(length + 1)[:, None] / period + phase)[:, :, None]
    return answer_always(clean[:-1] + noise * rng.standard_normal(clean[1:].shape), clean[1:])


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
