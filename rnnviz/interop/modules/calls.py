"""What torch did with a recurrent module between two updates, as plain arrays: no torch here.

Arrays are (time, batch, size), time first whatever the module's own layout.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from rnnviz.network.arrays import Array
from rnnviz.network.lengths import Lengths
from rnnviz.network.network import Network
from rnnviz.texts import Sentence


@dataclass(frozen=True, eq=False)
class Call:
    """A module called once, and the gradients that arrived at what it gave.

    network: its weights then. x: (time, batch, inputs). lengths: of each item, where it was packed.
    initial: full name of a state ("layers.0.h") → (batch, hidden); zeros where it is not named.
    output: (time, batch, features), what the module gave.
    kept: for each layer but the last the factors of its dropout, (time, batch, features); () where
        nothing was left out.
    doutput: dL/d(output) from outside the module. final: full name of a state → (batch, hidden),
        what reached its last value (h_n, c_n) from outside.
    c_is_total: whether what reached c includes what came through the h of the same step: so it does
        where torch computes h from the very tensor that it hands out, as in an LSTMCell on the CPU.
    number: which call it was, from 1. sequence: calls of one sequence read it one after the other,
        each from the state of the one before.
    """

    network: Network
    x: Array
    lengths: Lengths | None
    initial: Mapping[str, Array]
    output: Array
    kept: tuple[Array, ...]
    doutput: Array
    final: Mapping[str, Array]
    c_is_total: bool
    number: int
    sequence: int


class Norms(NamedTuple):
    """Norms of the gradient of the module's own parameters, all as one vector.

    backward: as backward left it. step: as the optimizer found it, after clipping; None where no
    step of a torch optimizer was seen. by_one_factor: whether all parameters were changed by one.
    """

    backward: float
    step: float | None
    by_one_factor: bool


@dataclass(frozen=True, eq=False)
class Update:
    """What led to one update of the parameters.

    number: from 1. optimizer: the name of its class, "" where none was seen. notes: why something
    could not be measured.
    """

    number: int
    calls: tuple[Call, ...]
    norms: Norms | None
    optimizer: str
    notes: tuple[Sentence, ...] = ()
