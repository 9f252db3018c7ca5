"""The embedded Reber grammar: its strings, and how many coins decide them."""

import numpy as np

from rnnviz.tasks.batch import Batch, Rng, one_hot

SYMBOLS = "BTPSXVE"
NEXT = {  # state -> the two equally likely (symbol, next state); from END only E follows
    0: (("T", 1), ("P", 2)),
    1: (("S", 1), ("X", 3)),
    2: (("T", 2), ("V", 4)),
    3: (("X", 2), ("S", 5)),
    4: (("P", 3), ("V", 5)),
}
END = 5
FRAME = 6  # symbols of an embedded Reber string that no coin of the inner walk decides


def embedded(rng: Rng, length: int, batch: int) -> Batch:
    """Embedded Reber strings of at most `length` symbols: answer the next symbol at every step.

    length - 1 steps; those after a shorter string are padding. The metric counts the one step
    whose answer lies far back: the symbol before the last repeats the second.
    """
    codes = np.full((length, batch), -1)
    ends = np.zeros(batch, dtype=int)
    for sequence in range(batch):
        string = _string(rng, length)
        ends[sequence] = len(string)
        codes[: len(string), sequence] = [SYMBOLS.index(symbol) for symbol in string]
    mask = (codes[1:] >= 0).astype(float)
    known = mask[:, :, None]
    scored = np.zeros(mask.shape)
    scored[ends - 3, np.arange(batch)] = 1.0
    size = len(SYMBOLS)
    x, targets = (one_hot(part, size) * known for part in (codes[:-1], codes[1:]))
    return Batch(x, targets, mask, scored, ends - 1)


def coins(length: int) -> float:
    """Expected coin flips of the inner walk, among strings of at most `length` symbols."""
    at = {0: 1.0}
    finished, flips = 0.0, 0.0
    for coin in range(1, length - FRAME + 1):
        after: dict[int, float] = {}
        for state, probability in at.items():
            for _, target in NEXT[state]:
                after[target] = after.get(target, 0.0) + probability / 2
        ended = after.pop(END, 0.0)
        finished, flips, at = finished + ended, flips + coin * ended, after
    return flips / finished


def _string(rng: Rng, length: int) -> str:
    while True:
        outer, *flips = rng.integers(2, size=length - FRAME + 1).tolist()
        state, inner = 0, ""
        for coin in flips:
            symbol, state = NEXT[state][coin]
            inner += symbol
            if state == END:
                return f"B{'TP'[outer]}B{inner}E{'TP'[outer]}E"
