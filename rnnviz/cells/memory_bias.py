"""Which bias keeps a cell's memory, and which lets new things in: read off its equations.

A step hands a state on as n = share · n_prev + rest, the share along the path that passes neither
matrix nor function (f in an LSTM's c, z or 1 − z in a GRU's h). A bias keeps the memory if the
share lies in [0, 1] and can only rise with it, or only fall: `f = sigmoid(… + b_f)` times the old
state keeps with +, `1 − z` times it with −. A bias writes if it leaves the share alone and moves a
gate that multiplies something of the rest: b_i in `i * g`.

What can be said of that whatever weights and sequence are, `influence` says.
"""

from dataclasses import dataclass
from functools import lru_cache

from rnnviz.cells.influence import Influence
from rnnviz.representation import Cell


@dataclass(frozen=True)
class MemoryBias:
    """The bias that keeps the memory at the start of training (`keep`), and the one that writes.

    sign, write_sign: +1 where a larger bias keeps, or writes, more; −1 where less.
    """

    keep: str
    write: str | None = None
    sign: int = 1
    write_sign: int = 1


@lru_cache(maxsize=64)
def memory_bias(cell: Cell) -> MemoryBias | None:
    """The biases of the state that is kept longest, as far as the equations tell.

    None where they do not tell which bias keeps it: plain RNNs, or gates without a bias.
    """
    biases = [name for name, shape in cell.parameters.items() if shape == ("hidden",)]
    for state in reversed(cell.states):
        seen = {bias: Influence(cell, state, bias) for bias in biases}
        keep = next((bias for bias in biases if seen[bias].keeps), None)
        if keep is None:
            continue
        write = next((bias for bias in biases if seen[bias].writes), None)
        signs = (seen[keep].keeps, seen[write].writes if write else 1)
        return MemoryBias(keep, write, *signs)
    return None
