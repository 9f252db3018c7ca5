"""A network with more to it than layers and a readout, as a torch.nn.Sequential of its stages: what
stands in it is said once, for the module that is built and for the program that is downloaded."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from rnnviz.interop.pytorch.layout import state_of
from rnnviz.interop.pytorch.projections import reading_from_below
from rnnviz.network.arrays import Array
from rnnviz.network.attention import Attention
from rnnviz.network.dropout import Dropout
from rnnviz.network.embedding import Embedding
from rnnviz.network.layers import Layer
from rnnviz.network.network import Network
from rnnviz.network.pooling import Maximum, Mean
from rnnviz.network.readout import Readout
from rnnviz.network.stage import Stage

if TYPE_CHECKING:
    import torch

NO_ARRAYS: Mapping[str, Array] = MappingProxyType({})


class Part(NamedTuple):
    """A stage as a module. kind: a class of torch.nn or of `torch_stages`; given: what it is made
    with, in order, a `Part` among it as that module; named: by keyword; arrays: its state dict."""

    kind: str
    given: tuple[Any, ...] = ()
    named: Mapping[str, Any] = MappingProxyType({})
    arrays: Mapping[str, Array] = NO_ARRAYS
    has_numbers: bool = True


def is_staged(network: Network) -> bool:
    """Whether there is more to it than layers and a readout."""
    return any(
        not isinstance(stage, Layer | Readout) or (isinstance(stage, Layer) and stage.skip)
        for stage in network.stages.values()
    )


def parts_of(network: Network) -> dict[str, Part]:
    """Name in the module → stage, in order.

    Raises:
        ValueError: a stage that torch has no module for, or a cell that it has not.
    """
    odd = next((name for name, stage in network.stages.items() if type(stage) not in PARTS), None)
    if odd is not None:
        raise ValueError(f"there is no place for the stage {odd} in it")
    own = reading_from_below(network.stages.values(), Layer.narrowed)
    return {
        name.replace(".", "_"): PARTS[type(stage)](stage)
        for name, stage in zip(network.stages, own, strict=True)
    }


def staged_module(network: Network) -> "torch.nn.Module":
    """The network as a torch.nn.Sequential in its dtype, time first; in evaluation mode.

    Raises:
        ValueError: as `parts_of`.
    """
    from rnnviz.interop.modules import torch_stages

    modules = OrderedDict(
        (name, module_of(part, network.dtype)) for name, part in parts_of(network).items()
    )
    kind = network.readout.kind if network.readout else "linear"
    return torch_stages.Stages(modules, kind).eval()


def module_of(part: Part, dtype: np.dtype[np.floating]) -> "torch.nn.Module":
    """A part by itself, with its arrays."""
    import torch

    numbers = torch.float32 if dtype == np.float32 else torch.float64
    with torch.random.fork_rng(devices=[]):  # building a module draws from the process's generator
        module = _built(part, numbers)
    module.load_state_dict({name: torch.tensor(array) for name, array in part.arrays.items()})
    return module


def state_dict_of(network: Network) -> dict[str, Array]:
    """Name in the state dict → array."""
    return {
        f"{called}.{name}": array
        for called, part in parts_of(network).items()
        for name, array in part.arrays.items()
    }


def written(part: Part) -> str:
    """The expression that makes a stage, in float64, where `nn` is torch.nn."""
    named = {name: repr(value) for name, value in part.named.items()}
    if part.has_numbers:
        named["dtype"] = "torch.float64"
    given = [written(one) if isinstance(one, Part) else repr(one) for one in part.given]
    arguments = [*given, *(f"{name}={value}" for name, value in named.items())]
    return f"{part.kind}({', '.join(arguments)})"


def stages_text() -> str:
    """The classes of `torch_stages`, as that file has them."""
    text = files("rnnviz.interop.modules").joinpath("torch_stages.py").read_text(encoding="utf-8")
    return text[text.index("\n\nclass Tokens") :].rstrip() + "\n"


def _built(part: Part, dtype: "torch.dtype") -> "torch.nn.Module":
    import torch

    from rnnviz.interop.modules import torch_stages

    place, _, name = part.kind.rpartition(".")
    kind = getattr(torch.nn if place == "nn" else torch_stages, name)
    given = [_built(one, dtype) if isinstance(one, Part) else one for one in part.given]
    named = {**part.named, **({"dtype": dtype} if part.has_numbers else {})}
    module: torch.nn.Module = kind(*given, **named)
    return module


def _embedding(embedding: Embedding) -> Part:
    sizes = embedding.W.shape
    return Part("Tokens", tuple(map(int, sizes)), arrays={"weight": embedding.W})


def _layer(layer: Layer) -> Part:
    recurrent = part_of_layers((layer,))
    arrays = {f"rnn.{name}": array for name, array in recurrent.arrays.items()}
    skip = {"skip": True} if layer.skip else {}
    return Part("Outputs", (recurrent,), skip, arrays, has_numbers=False)


def part_of_layers(layers: tuple[Layer, ...]) -> Part:
    """Layers alone, as a torch.nn.RNN, LSTM or GRU.

    Raises:
        ValueError: PyTorch has no such cell, or no module with such layers.
    """
    name, state = state_of(layers)
    first = layers[0]
    named: dict[str, Any] = {"num_layers": len(layers)} if len(layers) > 1 else {}
    if first.reverse is not None:
        named["bidirectional"] = True
    if first.projected:
        named["proj_size"] = first.projected
    if name == "RNN (ReLU)":
        named["nonlinearity"] = "relu"
    kind = {"LSTM": "nn.LSTM", "GRU (PyTorch)": "nn.GRU"}.get(name, "nn.RNN")
    return Part(kind, (first.inputs, first.hidden), named, state)


def _attention(attention: Attention) -> Part:
    units, inputs = map(int, attention.W.shape)
    arrays = {"hidden.weight": attention.W, "hidden.bias": attention.b}
    return Part(
        "Attention", (inputs, units), arrays=arrays | {"query.weight": attention.v[None]}
    )  # fmt: skip


def part_of_readout(readout: Readout) -> Part:
    outputs, inputs = map(int, readout.W.shape)
    arrays = {"weight": readout.W, "bias": readout.b}
    return Part("nn.Linear", (inputs, outputs), arrays=arrays)


def _dropout(dropout: Dropout) -> Part:
    return Part("nn.Dropout", (float(dropout.share),), has_numbers=False)


PARTS: Mapping[type[Stage], Callable[[Any], Part]] = MappingProxyType(
    {
        Embedding: _embedding,
        Layer: _layer,
        Mean: lambda _mean: Part("Mean", has_numbers=False),
        Maximum: lambda _maximum: Part("Maximum", has_numbers=False),
        Attention: _attention,
        Readout: part_of_readout,
        Dropout: _dropout,
    }
)
"""Stage → its module."""
