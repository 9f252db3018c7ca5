"""What a caller gives the engine, checked: arrays that fit the cell, holds of what it has."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rnnviz.engine.buffers import Shape
from rnnviz.operations import Array
from rnnviz.representation import Cell
from rnnviz.summary import summary

Arrays = Mapping[str, npt.ArrayLike]
Masks = dict[str, tuple[Array, npt.NDArray[np.bool_]]]


@dataclass(frozen=True)
class Hold:
    """Hold a named value at a number: at all steps or some, in all units, some or one.

    What is computed after it follows; no gradient passes through what is held. `layer` counts from
    0, with -1 the last; `reverse` picks the layer's other direction.
    """

    name: str
    value: float
    steps: range | Sequence[int] | int | None = None
    unit: range | Sequence[int] | int | None = None
    layer: int = -1
    reverse: bool = False

    __repr__ = summary


def unknown(name: str, known: Iterable[str], kind: str = "value") -> str:
    """The sentence for a name that is not there."""
    known = list(known)
    close = difflib.get_close_matches(name, known, 1)
    return f"no {kind} `{name}`; " + (f"did you mean `{close[0]}`?" if close else ", ".join(known))


def checked_arrays(
    cell: Cell, params: Arrays, x: npt.ArrayLike
) -> tuple[dict[str, Array], Array, Shape]:
    """Parameters and input as arrays of one float type, and the shape of the run.

    Raises:
        ValueError: one is missing, not numeric, or of the wrong shape.
    """
    if missing := [n for n in cell.parameters if n not in params]:
        raise ValueError(f"the cell needs {', '.join(cell.parameters)}; missing: {missing[0]}")
    arrays = {name: np.asarray(params[name]) for name in cell.parameters}
    dtype = np.result_type(np.asarray(x), *arrays.values())
    if dtype.kind not in "biuf":
        raise ValueError(f"numbers are needed, not {dtype}")
    dtype = dtype if dtype in (np.float32, np.float64) else np.dtype(np.float64)
    inputs = np.asarray(x, dtype)
    if inputs.ndim not in (3, 4) or not all(inputs.shape):
        raise ValueError(f"x must be (time, batch, inputs) and not empty; it is {inputs.shape}")
    arrays = {name: np.asarray(a, dtype) for name, a in arrays.items()}
    networks = inputs.shape[1:-2]
    if not arrays:
        raise ValueError("a cell without parameters does not tell how many units it has")
    first = next(iter(arrays))
    rank = len(cell.parameters[first])
    if arrays[first].ndim != rank + len(networks):
        raise ValueError(f"`{first}` has shape {arrays[first].shape}; {rank} axes are needed")
    hidden = arrays[first].shape[len(networks)]
    shape = Shape(
        inputs.shape[0], networks, inputs.shape[-2], inputs.shape[-1], hidden, np.dtype(dtype)
    )
    sizes = {"hidden": hidden, "inputs": shape.inputs, "number": 1}
    for name, words in cell.parameters.items():
        wanted = (*networks, *(sizes[w] for w in words))
        if arrays[name].shape != wanted:
            raise ValueError(f"`{name}` has shape {arrays[name].shape}; {wanted} fits the rest")
    return arrays, inputs, shape


def checked_initial(cell: Cell, initial: Arrays, shape: Shape) -> dict[str, Array]:
    """State → (batch, hidden); zeros where none is given.

    Raises:
        ValueError: no such state, or the wrong shape.
    """
    for name in initial:
        if name not in cell.states:
            raise ValueError(f"`{name}` is no state of this cell; it has {', '.join(cell.states)}")
    wanted = (*shape.networks, shape.batch, shape.hidden)
    arrays = {s: np.asarray(initial.get(s, 0.0), shape.dtype) for s in cell.states}
    for name, array in arrays.items():
        if array.shape not in ((), wanted):
            raise ValueError(f"the initial `{name}` has shape {array.shape}, not {wanted}")
    return {name: np.broadcast_to(array, wanted) for name, array in arrays.items()}


def checked_absent(present: npt.ArrayLike, shape: Shape) -> npt.NDArray[np.bool_]:
    """(time, batch): the steps that a sequence has not.

    Raises:
        ValueError: `present` is no array of truth values of that shape.
    """
    given, wanted = np.asarray(present), (shape.time, shape.batch)
    if given.dtype != np.bool_ or given.shape != wanted:
        found = f"{given.dtype} of shape {given.shape}"
        raise ValueError(f"present must be true or false for each of {wanted}; it is {found}")
    return ~given


def masks(cell: Cell, holds: Iterable[Hold], shape: Shape) -> Masks:
    """Held name → (values, where), both (time, [networks,] size, batch).

    Raises:
        ValueError: a hold of what is not there.
    """
    found: Masks = {}
    for hold in holds:
        if hold.name not in cell.names:
            raise ValueError(unknown(hold.name, cell.names))
        if not np.isfinite(hold.value):
            raise ValueError(f"`{hold.name}` can be held at a number, not at {hold.value}")
        size = shape.inputs if cell.sizes[hold.name] == "inputs" else shape.hidden
        whole = (shape.time, *shape.networks, size, shape.batch)
        if hold.name not in found:
            found[hold.name] = np.zeros(whole, shape.dtype), np.zeros(whole, np.bool_)
        values, where = found[hold.name]
        held = _units(hold.unit, size)
        for unit in held:
            if not 0 <= unit < size:
                raise ValueError(f"`{hold.name}` has units 0 to {size - 1}, not {unit}")
        steps = range(shape.time) if hold.steps is None else hold.steps
        for step in [steps] if isinstance(steps, int) else steps:
            if not -shape.time <= step < shape.time:
                raise ValueError(f"the sequence has steps 0 to {shape.time - 1}, not {step}")
            values[step][..., held, :] = hold.value
            where[step][..., held, :] = True
    return found


def _units(unit: Sequence[int] | int | None, size: int) -> list[int]:
    return list(range(size)) if unit is None else np.ravel(unit).tolist()
