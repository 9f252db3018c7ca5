"""An LSTM whose h is a projection, `proj_size` (Sak, Senior & Beaufays 2014, arXiv:1402.1128).

Its h has fewer numbers than its c. A cell here has one size for both, so h is written with as many
as c: those that are added are always 0, and so is whatever would multiply them.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from rnnviz.cells import ABOUT, GALLERY
from rnnviz.equations import parse
from rnnviz.network import projected as projected_h
from rnnviz.network.arrays import Array, Params
from rnnviz.network.attention import Attention
from rnnviz.network.layers import Layer
from rnnviz.network.network import Network
from rnnviz.network.readout import Readout
from rnnviz.network.stage import Stage
from rnnviz.representation import Cell
from rnnviz.texts import Sentence

State = Mapping[str, Array]
PROJECTED = "projected"
"""The size of an h that is projected, beside "hidden" and "inputs"."""


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


def without(layers: tuple[Layer, ...]) -> tuple[Layer, ...]:
    """The inverse of `projected`: the LSTM layers beside their V.

    Raises:
        ValueError: they are others than `projected` makes.
    """
    refuse_unprojected(layers)
    plain = GALLERY["LSTM"]
    ways = ([_of(plain, way) for way in layer.directions] for layer in layers)
    return tuple(Layer(plain, way, next(iter(back), None)) for way, *back in ways)


def _of(cell: Cell, params: Params) -> Params:
    return {name: params[name] for name in cell.parameters}


def refuse_unprojected(layers: tuple[Layer, ...]) -> None:
    """ValueError where layers are others than `projected` makes."""
    numbers, units = layers[0].projected, layers[0].hidden
    if any(layer.cell != cell() or layer.projected != numbers for layer in layers):
        raise ValueError(Sentence("h is projected in LSTMs alone, to one size in all layers"))
    rows = [way["V"][numbers:] for layer in layers for way in layer.directions]
    if not 0 < numbers < units or any(array.any() for array in rows):
        raise ValueError(Sentence("V has numbers where an h that is projected has none"))


def gathered(state: State, layers: tuple[Layer, ...]) -> dict[str, Array]:
    """The inverse of `spread`: a state dict with the projections of these layers."""
    numbers, units = layers[0].projected, layers[0].hidden
    found = dict(state)
    for k, layer in enumerate(layers):
        for ending, params in zip(("", "_reverse"), layer.directions, strict=False):
            of_layer = f"_l{k}{ending}"
            for reads in ["weight_hh", *(["weight_ih"] if k else [])]:
                whole = state[reads + of_layer]
                found[reads + of_layer] = projected_h.narrowed(whole, numbers, units)
            found[f"weight_hr{of_layer}"] = params["V"][:numbers]
    return found


def reading(stage: Stage, changed: Callable[[Array], Array]) -> Stage:
    """A stage, its matrices that read the h of the layer below changed: `Layer.narrowed` of that
    one, or `widened`."""
    if isinstance(stage, Readout | Attention):
        return replace(stage, W=changed(stage.W))
    if not isinstance(stage, Layer):
        return stage
    reads = [name for name, shape in stage.cell.parameters.items() if shape[1:] == ("inputs",)]
    ways = [{**way, **{name: changed(way[name]) for name in reads}} for way in stage.directions]
    return replace(stage, params=ways[0], reverse=next(iter(ways[1:]), None), inputs=0)


def own_parameters(network: Network) -> dict[str, Array]:
    """Full name → array, as `Network.parameters`, of the numbers that h has of its own."""
    found = dict(network.parameters)
    below: Layer | None = None
    for called, stage in network.stages.items():
        own = reading(stage, below.narrowed) if below and below.projected else stage
        found |= {f"{called}.{name}": array for name, array in own.parameters.items()}
        below = stage if isinstance(stage, Layer) else below
    for prefix, layer, _params in network.places():
        for name, sizes in own_shapes(layer).items():
            rows, *columns = (slice(layer.projected if n == PROJECTED else None) for n in sizes)
            found[prefix + name] = found[prefix + name][(rows, *columns)]
    return found


def widened_parameters(network: Network, own: Mapping[str, Array]) -> dict[str, Array]:
    """Some of `own_parameters`, with the zeros that `network` has beside them. An array of another
    shape than there stays as it is."""
    known = network.parameters
    places = {
        name: np.arange(array.size, dtype=float).reshape(array.shape)
        for name, array in known.items()
    }
    kept = own_parameters(network.replace(places))
    found = dict(own)
    for name in own.keys() & known.keys():
        if np.shape(own[name]) == kept[name].shape != known[name].shape:
            found[name] = np.zeros(known[name].shape)
            found[name].flat[kept[name].astype(int)] = own[name]
    return found


def own_shapes(layer: Layer) -> dict[str, tuple[str, ...]]:
    """Parameter → which sizes its dimensions have: "hidden", "inputs", or `PROJECTED` where h has
    fewer numbers than units."""
    shapes: dict[str, tuple[str, ...]] = {**layer.cell.parameters}
    if not layer.projected:
        return shapes
    for step in layer.cell.steps:
        for name in filter(shapes.__contains__, map(str, step.operands)):
            rows, *columns = shapes[name]
            if step.name == "h":
                rows = PROJECTED
            if "h_prev" in step.operands:
                columns = [PROJECTED]
            shapes[name] = (rows, *columns)
    return shapes


def own_features(network: Network) -> int:
    """How many numbers of its own the output has at each step."""
    top = network.layers[-1]
    return network.features * top.size("h") // top.hidden


def own_readout(network: Network) -> Readout | None:
    """The readout of a network, of the numbers that h has of its own."""
    read = network.readout
    return read and replace(read, W=network.layers[-1].narrowed(read.W))


def _square(matrix: Array) -> Array:
    rows, columns = matrix.shape
    return np.pad(matrix, ((0, columns - rows), (0, 0)))


def note(numbers: int, units: int) -> Sentence:
    """What is odd about it."""
    return Sentence(
        "h is projected: the matrix V makes {numbers} numbers of the {units} of o ⊙ tanh(c)",
        numbers=numbers,
        units=units,
    )
