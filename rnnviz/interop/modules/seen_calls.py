"""One call of a recurrent module as its hooks see it, made into arrays in one layout."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from rnnviz.interop.modules.calls import Call
from rnnviz.interop.modules.packed import is_packed, unpacked
from rnnviz.interop.modules.weights import array_of
from rnnviz.network.arrays import Array
from rnnviz.network.lengths import Lengths
from rnnviz.network.network import Network

if TYPE_CHECKING:
    import torch


def states_in(module: Any, given: Any) -> "dict[str, torch.Tensor]":
    """What a module gave, by name: "output", and "h" and "c" where they are tensors of their own.

    A cell's h is its output.
    """
    import torch

    if isinstance(module, torch.nn.RNNCellBase):
        h, *others = given if isinstance(given, tuple) else (given,)
        return {"output": h} | dict(zip("c", others, strict=False))
    output, state = given
    data = output.data if is_packed(output) else output
    states = state if isinstance(state, tuple) else (state,)
    return {"output": data} | dict(zip("hc", states, strict=False))


ANCESTORS = 24
"""How many nodes of the graph are looked through for the tensor that another was made from."""


def ancestors(nodes: list[Any]) -> Iterator[Any]:
    """The nodes of the graph that some were made from, nearest first, and these themselves."""
    queue, met = deque(nodes), set[int]()
    while queue and len(met) < ANCESTORS:
        node = queue.popleft()
        if node is not None and id(node) not in met:
            met.add(id(node))
            yield node
            queue.extend(below for below, _ in node.next_functions)


def _is_made_from(h: "torch.Tensor", c: "torch.Tensor") -> bool:
    """Whether h was computed from this tensor c, and not beside it in one operation."""
    above = ancestors([h.grad_fn])
    return c.grad_fn is not h.grad_fn and any(node is c.grad_fn for node in above)


class Layout(NamedTuple):
    """How a call's arrays lie: a cell's have no time, some no batch, some the batch first.

    packed: the PackedSequence that was read.
    """

    is_cell: bool
    is_alone: bool
    is_batch_first: bool
    packed: Any = None

    @staticmethod
    def of(module: Any, read: Any) -> "Layout":
        import torch

        is_cell = isinstance(module, torch.nn.RNNCellBase)
        if is_packed(read):
            return Layout(is_cell, is_alone=False, is_batch_first=False, packed=read)
        is_alone = read.dim() == (1 if is_cell else 2)
        return Layout(is_cell, is_alone, bool(getattr(module, "batch_first", False)))

    @property
    def lengths(self) -> Lengths | None:
        """Of each item of the batch, where it was packed."""
        return None if self.packed is None else unpacked(self.packed).lengths

    def sequence(self, tensor: "torch.Tensor") -> Array:
        """(time, batch, size), of what has a number for each step; padded with zeros."""
        if self.packed is not None:
            return unpacked(self.packed._replace(data=tensor)).x
        array = array_of(tensor)
        if self.is_alone:
            array = array[None, None] if self.is_cell else array[:, None]
        elif self.is_cell:
            array = array[None]
        return array.swapaxes(0, 1) if self.is_batch_first and not self.is_alone else array

    def states(self, network: Network, state: str, tensor: "torch.Tensor") -> dict[str, Array]:
        """Full name → (batch, hidden), of a state of all layers and directions."""
        array = array_of(tensor)
        if self.is_alone:
            array = array[..., None, :]
        prefixes = [prefix for prefix, _, _ in network.places()]
        each = [array] if self.is_cell else list(array)
        return {prefix + state: a for prefix, a in zip(prefixes, each, strict=True)}


@dataclass(eq=False)
class SeenCall:
    """A call whose gradients are still to come."""

    network: Network
    layout: Layout
    x: Array
    initial: Mapping[str, Array]
    output: Array
    random: "torch.Tensor | None"
    dropout: float
    c_is_total: bool
    number: int
    sequence: int
    gradients: dict[str, Array] = field(default_factory=dict)

    @staticmethod
    def of(
        module: Any, network: Network, read: Any, state: Any, given: Any, random: Any,
        *, number: int, sequence: int,
    ) -> "SeenCall":  # fmt: skip
        """All copied: what was read may be overwritten before its gradients come."""
        layout = Layout.of(module, read)
        states = () if state is None else state if isinstance(state, tuple | list) else (state,)
        initial: dict[str, Array] = {}
        for name, tensor in zip("hc", states, strict=False):
            initial |= layout.states(network, name, tensor)
        returned = states_in(module, given)
        return SeenCall(
            network,
            layout,
            layout.sequence(read if layout.packed is None else read.data),
            initial,
            layout.sequence(returned["output"]),
            random,
            getattr(module, "dropout", 0.0),
            layout.is_cell and "c" in returned and _is_made_from(returned["output"], returned["c"]),
            number,
            sequence,
        )

    @property
    def size(self) -> int:
        """Bytes."""
        arrays = (self.x, self.output, *self.initial.values(), *self.gradients.values())
        return sum(array.nbytes for array in arrays)

    def add(self, name: str, gradient: "torch.Tensor") -> None:
        """A gradient arrives; where backward came twice, they add up, as in `.grad`."""
        array = array_of(gradient)
        known = self.gradients.get(name)
        self.gradients[name] = array if known is None else known + array

    def as_arrays(self) -> Call:
        import torch

        final: dict[str, Array] = {}
        for state in self.gradients.keys() - {"output"}:
            tensor = torch.from_numpy(self.gradients[state])
            final |= self.layout.states(self.network, state, tensor)
        doutput = np.zeros_like(self.output)
        if "output" in self.gradients:
            doutput = self.layout.sequence(torch.from_numpy(self.gradients["output"]))
        return Call(
            self.network,
            self.x,
            self.layout.lengths,
            self.initial,
            self.output,
            self._kept(),
            doutput,
            final,
            self.c_is_total,
            self.number,
            self.sequence,
        )

    def _kept(self) -> tuple[Array, ...]:
        """What dropout between the layers left, drawn once more from where it was drawn then."""
        import torch

        if self.random is None:
            return ()
        rows = self.output if self.layout.packed is None else self.layout.packed.data
        first = self.network.layers[0]
        shape = (*rows.shape[:-1], first.size("h") * len(first.directions))
        dtype = torch.from_numpy(self.output).dtype
        with torch.random.fork_rng(devices=[]):
            torch.set_rng_state(self.random)
            drawn = [
                torch.dropout(torch.ones(shape, dtype=dtype), self.dropout, train=True)
                for _ in self.network.layers[1:]
            ]
        layout = self.layout._replace(is_alone=False, is_batch_first=False)
        return tuple(layout.sequence(factors) for factors in drawn)
