"""The recurrent stage: a cell and its parameters, read in one direction or in both."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from rnnviz.network.arrays import (
    Array,
    Params,
    as_array,
    check_shape,
    refuse_unknown,
    set_frozen,
)
from rnnviz.network.layer_run import REVERSE, WAYS, LayerRun, read
from rnnviz.network.projected import narrowed, widened
from rnnviz.network.stage import Pass
from rnnviz.representation import Cell
from rnnviz.summary import NamedValues, summary
from rnnviz.texts import Sentence


@dataclass(frozen=True, eq=False)
class Layer:
    """One cell and its parameters; with `reverse`, a second set that reads the sequence backwards.

    inputs, hidden: how many numbers x and h have. They follow from the parameters and need to be
    given only for a cell whose parameters do not tell (one without `W @ x`, say).
    skip: it hands up h + x, h and what it read (He et al. 2015, arXiv:1512.03385).
    projected: how many numbers h has of its own, where those after them are always 0 (`projected`);
        0 where all are.

    Raises:
        ValueError: a parameter is missing, unknown, or of the wrong shape; or with `skip`, it reads
            another size than it hands up.
    """

    full_name: ClassVar[str] = "layers.{}"

    cell: Cell
    params: Params
    reverse: Params | None = None
    inputs: int = 0
    hidden: int = 0
    skip: bool = False
    projected: int = 0

    __repr__ = summary

    def __post_init__(self) -> None:
        set_frozen(self, "params", _as_arrays(self.cell, self.params))
        if self.reverse is not None:
            set_frozen(self, "reverse", _as_arrays(self.cell, self.reverse))
        for size in ("hidden", "inputs"):
            if not getattr(self, size):
                set_frozen(self, size, self._size_told(size))
        if self.hidden < 1 or self.inputs < 1:
            raise ValueError("a layer has at least 1 input and 1 unit")
        if self.skip and self.inputs != self.outputs:
            raise ValueError(
                f"a skip connection needs one size: the layer reads {self.inputs} numbers "
                f"and hands up {self.outputs}"
            )
        for params in self.directions:
            for name, wanted in shapes(self.cell, self.inputs, self.hidden).items():
                check_shape(name, params[name], wanted)

    @property
    def directions(self) -> tuple[Params, ...]:
        """The parameters forward, and backward where there are any."""
        return (self.params,) if self.reverse is None else (self.params, self.reverse)

    @property
    def outputs(self) -> int:
        """How many numbers it hands up at each step: the h of all directions, side by side."""
        return self.hidden * len(self.directions)

    def size(self, state: str) -> int:
        """How many numbers a state has of its own."""
        return self.projected if self.projected and state == "h" else self.hidden

    def narrowed(self, h: Array) -> Array:
        """h, or what the layer hands up, (…, hidden) of each direction, without added zeros."""
        return narrowed(h, self.projected, self.hidden) if self.projected else h

    def widened(self, h: Array) -> Array:
        """The inverse of `narrowed`."""
        return widened(h, self.projected, self.hidden) if self.projected else h

    @property
    def parameters(self) -> NamedValues[Array]:
        """ "W_i", …, and "reverse.W_i", …, in the order of the cell's equations."""
        return NamedValues(
            {
                way + name: params[name]
                for way, params in zip(WAYS, self.directions, strict=False)
                for name in self.cell.parameters
            }
        )

    def replaced(self, parameters: Mapping[str, Array]) -> "Layer":
        """The layer with these arrays, by the names of `parameters`."""
        forward, *backward = (
            {name: parameters[way + name] for name in self.cell.parameters}
            for way, _ in zip(WAYS, self.directions, strict=False)
        )
        return replace(self, params=forward, reverse=next(iter(backward), None))

    def forward(self, x: Array, name: str, how: Pass) -> LayerRun:
        """Read x (time, batch, inputs) in each direction."""
        return LayerRun(
            tuple(
                read(self.cell, params, x, f"{name}.{way}", how, reverse=way == REVERSE)
                for way, params in zip(WAYS, self.directions, strict=False)
            ),
            x if self.skip else None,
        )

    def _size_told(self, size: str) -> int:
        """A size as the parameters tell it: rows and columns of the first one that has it."""
        for name, shape in self.cell.parameters.items():
            array = self.params[name]
            if size in shape and array.ndim == len(shape):
                return int(array.shape[shape.index(size)])
            check_shape(name, array, ("?",) * len(shape))
        raise ValueError(f"the parameters do not tell the size {size!r}: give Layer(…, {size}=…)")


def shapes(cell: Cell, inputs: int, hidden: int) -> dict[str, tuple[int, ...]]:
    """Parameter → its shape, where x has so many numbers and h so many."""
    sizes = {"inputs": inputs, "hidden": hidden}
    return {name: tuple(sizes[size] for size in words) for name, words in cell.parameters.items()}


def _as_arrays(cell: Cell, params: Params) -> Params:
    refuse_unknown(params, cell.parameters, "parameter")
    for name in cell.parameters:
        if name not in params:
            raise ValueError(Sentence("the parameter {name} is missing", name=repr(name)))
    return NamedValues({n: as_array(n, params[n]) for n in cell.parameters})
