"""The parameters of a network as the page lets them be typed, pasted and copied: what each is
called, here and by PyTorch, and what its rows and columns are (weights/names.js reads it)."""

from typing import Any

from rnnviz.interop.pytorch.layout import Block, blocks_of
from rnnviz.interop.pytorch.projections import own_parameters, own_readout
from rnnviz.network.attention import Attention
from rnnviz.network.given import BEFORE
from rnnviz.network.network import Network
from rnnviz.network.readout import Readout

Entry = dict[str, Any]


def layout(network: Network) -> Entry:
    """All parameters and initial states; PyTorch's arrays, None where it has no such network."""
    parameters = [*_of_layers(network), *_of_attention(network), *_of_readout(own_readout(network))]
    return {"parameters": parameters, "torch": _torch(network, _arrays(parameters))}


def _of_layers(network: Network) -> list[Entry]:
    found, arrays = [], own_parameters(network)
    for index, (prefix, layer, _) in enumerate(network.places()):
        below = "unit" if index >= len(network.layers[0].directions) else "input"
        each = {"hidden": "unit", "inputs": below}
        for name, sizes in layer.cell.parameters.items():
            kinds, full = [each[size] for size in sizes], prefix + name
            found.append(_entry(f"{index}.{name}", full, arrays[full].shape, kinds))
        for state in layer.cell.states:
            own, full = f"{index}.initial.{state}", f"{prefix}{BEFORE}{state}"
            found.append(_entry(own, full, (layer.size(state),), ["unit"]))
    return found


def _of_attention(network: Network) -> list[Entry]:
    arrays = own_parameters(network)
    kinds = {"W": ["row", "unit"], "b": ["row"], "v": ["row"]}
    return [
        _entry(
            f"{called}.{name}", f"{called}.{name}", arrays[f"{called}.{name}"].shape, kinds[name]
        )
        for called, stage in network.stages.items()
        if isinstance(stage, Attention)
        for name in stage.parameters
    ]


def _of_readout(readout: Readout | None) -> list[Entry]:
    if readout is None:
        return []
    return [
        _entry("readout.W", "readout.W", readout.W.shape, ["output", "unit"]),
        _entry("readout.b", "readout.b", readout.b.shape, ["output"]),
    ]


def _entry(array: str, name: str, shape: tuple[int, ...], kinds: list[str]) -> Entry:
    rows, columns = (*kinds, None)[:2]
    form = {"shape": list(shape), "rows": rows, "columns": columns}
    return {"array": array, "name": name, "form": form}


def _arrays(parameters: list[Entry]) -> dict[str, str]:
    """Full name → the name of its array."""
    return {one["name"]: one["array"] for one in parameters}


def _torch(network: Network, arrays: dict[str, str]) -> list[Entry] | None:
    try:
        _, stacked = blocks_of(network.layers_alone())
    except ValueError:
        return None
    if network.readout:
        for own, theirs in {"W": "weight", "b": "bias"}.items():
            stacked[f"readout.{theirs}"] = (Block(f"readout.{own}", negated=False),)
    return [
        {
            "name": name,
            "blocks": [{"array": arrays[own], "negated": negated} for own, negated in blocks],
        }
        for name, blocks in stacked.items()
    ]
