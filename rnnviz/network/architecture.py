"""What a network is built to, beside its cell: how large, and of which stages."""

import math
from dataclasses import dataclass

from rnnviz.network.layer_run import WAYS
from rnnviz.network.layers import shapes
from rnnviz.network.pooling import Pooling
from rnnviz.representation import Cell


@dataclass(frozen=True)
class Architecture:
    """The keywords of `Network.fresh` that say how a network is built.

    inputs, outputs: how many numbers it reads and predicts at each step; `outputs=0`: no readout.
    hidden: units of each layer and direction. tokens, embedding: how many tokens an embedding
    knows, and the size of its vectors; `tokens=0`: no embedding. pooling: what the readout reads.
    skip: each layer above the first hands up what it read besides.

    Raises:
        ValueError: there is no layer, or an embedding that does not fit.
    """

    inputs: int
    hidden: int
    outputs: int = 0
    layers: int = 1
    bidirectional: bool = False
    tokens: int = 0
    embedding: int = 0
    pooling: Pooling = "last"
    skip: bool = False

    def __post_init__(self) -> None:
        if self.layers < 1:
            raise ValueError(f"a network has at least one layer, not {self.layers}")
        if self.tokens and (self.inputs != 1 or self.embedding < 1):
            raise ValueError("an embedding reads 1 number at each step and hands up at least 1")

    @property
    def directions(self) -> tuple[str, ...]:
        """What stands before the names of a layer's parameters: "", and "reverse." if it reads in
        both directions."""
        return WAYS[: 1 + self.bidirectional]

    @property
    def features(self) -> int:
        """How many numbers a layer hands up at each step."""
        return self.hidden * len(self.directions)

    @property
    def read(self) -> tuple[int, ...]:
        """How many numbers each layer reads at each step."""
        first = self.embedding if self.tokens else self.inputs
        return first, *[self.features] * (self.layers - 1)

    def shapes(self, cell: Cell) -> dict[str, tuple[int, ...]]:
        """Full name → shape, of all parameters, in the order of `Network.parameters`."""
        found: dict[str, tuple[int, ...]] = {}
        if self.tokens:
            found["embedding.W"] = (self.tokens, self.embedding)
        for k, below in enumerate(self.read):
            for way in self.directions:
                own = shapes(cell, below, self.hidden)
                found |= {f"layers.{k}.{way}{name}": shape for name, shape in own.items()}
        if self.pooling == "attention":
            found |= {"attention.W": (self.hidden, self.features)}
            found |= {"attention.b": (self.hidden,), "attention.v": (self.hidden,)}
        if self.outputs:
            found |= {"readout.W": (self.outputs, self.features), "readout.b": (self.outputs,)}
        return found

    def count(self, cell: Cell) -> int:
        """How many numbers it has to learn."""
        return sum(map(math.prod, self.shapes(cell).values()))
