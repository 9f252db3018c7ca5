"""The sequences of the challenges, drawn from a generator, with what is wanted of a network.

All of length T in B sequences: x is (T, B, inputs), what is wanted and what counts (T, B).
"""

import numpy as np

from rnnviz.challenges.challenge import Judged
from rnnviz.network.arrays import Array

Rng = np.random.Generator
HELD = 0.6
"""Where h is to be while a bit is held."""
LITTLE = 0.2
"""How large an input is that is to be ignored."""


def hold(rng: Rng) -> Judged:
    """A 1 among little numbers is to be held for ten steps; one sequence has none."""
    T, B, held = 16, 6, 10
    x, wanted = _little(rng, T, B), np.zeros((T, B))
    counts = np.ones((T, B), bool)
    for k, at in enumerate(rng.integers(1, T - held, B - 1)):
        x[at, k] = 1.0
        wanted[at:, k] = HELD
        counts[at + held + 1 :, k] = False
    return Judged(x[..., None], wanted, counts)


def average(rng: Rng) -> Judged:
    """y_t = a y_{t-1} + (1 - a) x_t with a = exp(-1/5): a step fades to 1/e in five steps."""
    T, B, a = 24, 5, np.exp(-1 / 5)
    x = 0.4 * np.repeat(rng.choice([-1.0, 1.0], (T // 6, B)), 6, axis=0)
    x[:6], x[6:12] = 0.4, -0.4
    x[:, 1:] *= rng.choice([-1.0, 1.0], B - 1)
    wanted, y = np.zeros((T, B)), np.zeros(B)
    for t in range(T):
        wanted[t] = y = a * y + (1 - a) * x[t]
    return Judged(x[..., None], wanted, np.ones((T, B), bool))


def count(rng: Rng) -> Judged:
    """How many ones there were."""
    x = _bits(rng, 16, 5)
    return Judged(x[..., None], x.cumsum(axis=0), np.ones_like(x, bool))


def count_since(rng: Rng) -> Judged:
    """How many ones there were since the last signal, which comes with neither."""
    T, B = 16, 5
    ones, signal = _bits(rng, T, B), np.zeros((T, B))
    for k in range(B):
        at = rng.choice(np.arange(4, T - 2), 2, replace=False)
        signal[at, k], ones[at, k] = 1.0, 0.0
    wanted, c = np.zeros((T, B)), np.zeros(B)
    for t in range(T):
        wanted[t] = c = (1 - signal[t]) * c + ones[t]
    return Judged(np.stack([ones, signal], axis=2), wanted, np.ones((T, B), bool))


def latch(rng: Rng) -> Judged:
    """0.9 after a set, -0.9 after a reset, until the other comes."""
    T, B = 20, 6
    which = rng.choice([0, 0, 0, 1, 2], (T, B))
    which[1, :3], which[1, 3:] = 1, 2
    which[8, :3], which[8, 3:] = 2, 1
    set_it, reset = (which == 1) * 1.0, (which == 2) * 1.0
    wanted, now = np.zeros((T, B)), np.zeros(B)
    for t in range(T):
        now = np.where(which[t] == 1, 0.9, np.where(which[t] == 2, -0.9, now))
        wanted[t] = now
    return Judged(np.stack([set_it, reset], axis=2), wanted, wanted != 0)


def delay(steps: int, rng: Rng) -> Judged:
    """The bit that was read so many steps ago."""
    x = _bits(rng, 16, 6)
    wanted = np.zeros_like(x)
    wanted[steps:] = x[:-steps]
    counts = np.zeros_like(x, bool)
    counts[steps:] = True
    return Judged(x[..., None], wanted, counts)


def parity(rng: Rng) -> Judged:
    """1 where there was an odd number of ones."""
    x = _bits(rng, 14, 6)
    return Judged(x[..., None], x.cumsum(axis=0) % 2, np.ones_like(x, bool))


def addition(rng: Rng) -> Judged:
    """Two binary numbers, the lowest digits first; the sum's digits are wanted.

    The first pair is the exercise's: 100111 + 110010.
    """
    T, B = 9, 6
    pairs = [(0b100111, 0b110010), (0b11111111, 1), *rng.integers(0, 2 ** (T - 1), (B - 2, 2))]
    digits = np.array([[[int(n) >> t & 1 for n in pair] for pair in pairs] for t in range(T)])
    total = np.array([[(int(a) + int(b)) >> t & 1 for a, b in pairs] for t in range(T)])
    return Judged(digits.astype(float), total.astype(float), np.ones((T, B), bool))


def commands(rng: Rng) -> Judged:
    """value is ±1; memory is 0 (keep), 1 (erase) or 2 (overwrite); silence is 0 or 1.

    h is to be 0.7 times the value written last, and 0 after an erasure or where silent.
    """
    T, B = 16, 6
    value = rng.choice([-1.0, 1.0], (T, B))
    memory = rng.choice([0.0, 0.0, 1.0, 2.0], (T, B))
    memory[0] = 2.0
    silence = rng.choice([0.0, 0.0, 1.0], (T, B))
    wanted, kept = np.zeros((T, B)), np.zeros(B)
    for t in range(T):
        kept = np.where(memory[t] == 2, 0.7 * value[t], np.where(memory[t] == 1, 0.0, kept))
        wanted[t] = kept * (1 - silence[t])
    return Judged(np.stack([value, memory, silence], axis=2), wanted, np.ones((T, B), bool))


def fifty_steps(rng: Rng) -> Judged:
    """Fifty steps back from the last; the gradient is to be as long at each as at the last."""
    x = rng.choice([-1.0, 0.0, 1.0], (51, 3))
    return Judged(x[..., None], np.zeros_like(x), np.ones_like(x, bool))


def one_input(rng: Rng) -> Judged:
    """A value at each step, and one step that is marked: all of L is to come from that one."""
    T, B = 12, 6
    value, mark = rng.choice([-1.0, -0.5, 0.5, 1.0], (T, B)), np.zeros((T, B))
    mark[rng.choice(np.arange(1, T - 1), B, replace=False), np.arange(B)] = 1.0
    return Judged(np.stack([value, mark], axis=2), mark, np.ones((T, B), bool))


def _bits(rng: Rng, T: int, B: int) -> Array:
    bits: Array = rng.integers(0, 2, (T, B)).astype(float)
    return bits


def _little(rng: Rng, T: int, B: int) -> Array:
    little: Array = rng.uniform(-LITTLE, LITTLE, (T, B)).round(2) + 0.0
    return little
