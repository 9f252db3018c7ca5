"""What a network is made of: a layer (a cell and its parameters), a readout, their checks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from rnnviz.representation import Cell

Array = npt.NDArray[np.floating]
Params = Mapping[str, Array]
ReadoutKind = Literal["linear", "softmax"]


@dataclass(frozen=True, eq=False)
class Layer:
    """One cell and its parameters; with `reverse`, a second set that reads the sequence backwards.

    inputs, hidden: how many numbers x and h have. They follow from the parameters and need to be
    given only for a cell whose parameters do not tell (one without `W @ x`, say).

    Raises:
        ValueError: a parameter is missing, unknown, or of the wrong shape.
    """

    cell: Cell
    params: Params
    reverse: Params | None = None
    inputs: int = 0
    hidden: int = 0

    def __post_init__(self) -> None:
        _set(self, "params", _as_arrays(self.cell, self.params))
        if self.reverse is not None:
            _set(self, "reverse", _as_arrays(self.cell, self.reverse))
        for size in ("hidden", "inputs"):
            if not getattr(self, size):
                _set(self, size, self._size_told(size))
        if self.hidden < 1 or self.inputs < 1:
            raise ValueError("a layer has at least 1 input and 1 unit")
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

    def _size_told(self, size: str) -> int:
        """A size as the parameters tell it: rows and columns of the first one that has it."""
        for name, shape in self.cell.parameters.items():
            array = self.params[name]
            if size in shape and array.ndim == len(shape):
                return int(array.shape[shape.index(size)])
            check_shape(name, array, ("?",) * len(shape))
        raise ValueError(f"the parameters do not tell the size {size!r}: give Layer(…, {size}=…)")


@dataclass(frozen=True, eq=False)
class Readout:
    """prediction = W @ output + b at every time step.

    W (outputs, features), b (outputs,). kind "softmax": the predictions are scores of classes,
    still before the softmax.
    """

    W: Array
    b: Array
    kind: ReadoutKind = "linear"

    def __post_init__(self) -> None:
        _set(self, "W", _as_array("readout.W", self.W))
        _set(self, "b", _as_array("readout.b", self.b))
        if self.W.ndim != 2 or self.W.size == 0:
            raise ValueError(f"readout.W has shape {self.W.shape}, not (outputs, features)")
        check_shape("readout.b", self.b, (self.outputs,))
        if self.kind not in ("linear", "softmax"):
            raise ValueError(f"a readout is linear or softmax, not {self.kind!r}")

    @property
    def outputs(self) -> int:
        return int(self.W.shape[0])


def shapes(cell: Cell, inputs: int, hidden: int) -> dict[str, tuple[int, ...]]:
    """Parameter → its shape, where x has so many numbers and h so many."""
    sizes = {"inputs": inputs, "hidden": hidden}
    return {name: tuple(sizes[size] for size in words) for name, words in cell.parameters.items()}


def refuse_unknown(names: Iterable[str], known: Iterable[str], what: str) -> None:
    """ValueError with the nearest known name for the first that is not known."""
    known = list(known)
    for name in names:
        if name not in known:
            raise ValueError(f"there is no {what} {name!r}{_nearest(str(name), known)}")


def check_shape(name: str, array: Array, wanted: tuple[int | str, ...]) -> None:
    """ValueError that says which array has which shape instead of which; "?" is any size."""
    fits = array.ndim == len(wanted) and all(
        have == want or want == "?" for have, want in zip(array.shape, wanted, strict=True)
    )
    if not fits:
        sizes = ", ".join(map(str, wanted)) + ("," if len(wanted) == 1 else "")
        raise ValueError(f"{name} has shape {array.shape}, not ({sizes})")


def _nearest(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    return f"; did you mean {near[0]!r}?" if near else f"; there are {', '.join(known) or 'none'}"


def _as_arrays(cell: Cell, params: Params) -> Params:
    refuse_unknown(params, cell.parameters, "parameter")
    for name in cell.parameters:
        if name not in params:
            raise ValueError(f"the parameter {name!r} is missing")
    return MappingProxyType({n: _as_array(n, params[n]) for n in cell.parameters})


def _as_array(name: str, values: npt.ArrayLike) -> Array:
    """float32 and float64 arrays as they are (not copied), other numbers as float64."""
    array = np.asarray(values)
    if array.dtype in (np.float32, np.float64):
        return array
    if array.dtype.kind not in "fiub":
        raise ValueError(f"{name} holds {array.dtype}, not real numbers")
    return array.astype(float)


def _set(frozen: object, field: str, value: Any) -> None:
    object.__setattr__(frozen, field, value)
