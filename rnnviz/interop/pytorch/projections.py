"""An LSTM whose h is a projection, `proj_size` (Sak, Senior & Beaufays 2014, arXiv:1402.1128).

Its h has fewer numbers than its c. A cell here has one size for both, so h is written with as many
as c: those that are added are always 0, and so is whatever would multiply them.
"""

from collections.abc import Mapping

import numpy as np

from rnnviz.cells import ABOUT
from rnnviz.equations import parse
from rnnviz.network import projected as projected_h
from rnnviz.network.arrays import Array
from rnnviz.network.layers import Layer
from rnnviz.representation import Cell
from rnnviz.texts import Sentence

State = Mapping[str, Array]


def projection_of(state: State) -> int:
    """How many numbers h has; 0 where it is not projected."""
    return len(state["weight_hr_l0"]) if "weight_hr_l0" in state else 0


def cell() -> Cell:
    """The LSTM, its h multiplied by V."""
    text = ABOUT["LSTM"].equations
    return parse(text.replace("h = o * tanh(c)", "h = V @ (o * tanh(c))"))


def spread(state: State) -> dict[str, Array]:
    """A state dict without projections, of the same size in all: zeros where h has no number.

    Raises:
        ValueError: shapes that do not fit one another.
    """
    numbers, units = projection_of(state), state["weight_hr_l0"].shape[-1]
    found: dict[str, Array] = {}
    for name, array in state.items():
        if name.startswith("weight_hr"):
            if array.shape != (numbers, units) or not 0 < numbers < units:
                raise ValueError(
                    Sentence("{name} has shape {shape}", name=name, shape=str(array.shape))
                )
        elif name.startswith("weight_hh") or (
            name.startswith("weight_ih") and name.split("_l")[1].split("_")[0] != "0"
        ):
            found[name] = widened(array, numbers, units)
        else:
            found[name] = array
    return found


def widened(matrix: Array, numbers: int, units: int) -> Array:
    """A matrix that reads h of one direction or of both, with zeros for what is added to each."""
    if matrix.ndim != 2 or matrix.shape[1] % numbers:
        return matrix
    return projected_h.widened(matrix, numbers, units)


def projected(layers: tuple[Layer, ...], state: State) -> tuple[Layer, ...]:
    """These LSTM layers, each with its V."""
    return tuple(
        Layer(
            cell(),
            {**layer.params, "V": _square(state[f"weight_hr_l{k}"])},
            {**layer.reverse, "V": _square(state[f"weight_hr_l{k}_reverse"])}
            if layer.reverse is not None
            else None,
            projected=projection_of(state),
        )
        for k, layer in enumerate(layers)
    )


def _square(matrix: Array) -> Array:
    rows, columns = matrix.shape
    return np.pad(matrix, ((0, columns - rows), (0, 0)))


def note(numbers: int, units: int) -> Sentence:
    """What is odd about it."""
    return Sentence(
        "h is projected to {numbers} numbers: it is written with {units}, as c has, of which the "
        "others are always 0",
        numbers=numbers,
        units=units,
    )
