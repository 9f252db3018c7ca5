"""PyTorch ↔ our networks. torch is imported inside the calls that need it, not before."""

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from rnnviz.interop.modules.choice import Chosen, chosen, refuse_without_numbers
from rnnviz.interop.modules.from_staged import layers_of, network_of
from rnnviz.interop.modules.readout import could_read, left_out, readout_of
from rnnviz.interop.modules.staged import (
    is_staged,
    module_of,
    part_of_layers,
    part_of_readout,
    staged_module,
)
from rnnviz.interop.modules.weights import linear_arrays, notes_of
from rnnviz.interop.pytorch.projections import own_readout
from rnnviz.network.arrays import check_shape
from rnnviz.network.layers import Layer
from rnnviz.network.network import Network
from rnnviz.network.readout import Readout, ReadoutKind
from rnnviz.texts import Sentence

if TYPE_CHECKING:
    import torch


def from_torch(
    model: "torch.nn.Module",
    readout: "torch.nn.Linear | None" = None,
    *,
    module: str | None = None,
) -> Network:
    """A copy of a torch.nn.RNN (tanh or relu), LSTM or GRU, or of one of their cells, in its dtype.

    All layers, with and without biases, one direction or both. PyTorch's two biases are summed
    where they only ever act as their sum; the GRU's `b_hn` is kept. Weights that are computed of
    others (parametrised, pruned) are as the module would use them in evaluation mode. Dropout
    between layers is left out, as there, and the network's `notes` say so. An h that is projected
    (`proj_size`) is `Layer.projected`: its numbers, then zeros. A network has no layout:
    what `batch_first` says concerns whoever passes sequences (`trace` heeds it).

    Args:
        model: the module, or a model that holds it; what `to_torch` gave is one. Of a model the
            recurrent module is taken, and the Linear that its forward proves to read it; what is
            left out stands in the network's `notes`. Its x is what the recurrent module reads.
        readout: a torch.nn.Linear that reads the last layer's output, in place of a proven one.
        module: which one, where a model holds several: "encoder.rnn".

    Raises:
        ValueError: there is none, or several; it has a forward of its own, or no numbers; or a
            readout does not fit.
    """
    staged = network_of(model)
    if staged is not None:
        return staged
    if isinstance(model, _module_with_readout()):
        network = from_torch(model.rnn, model.readout)
        read = network.readout and replace(network.readout, kind=model.kind)
        return replace(network, readout=read)
    found = chosen(model, module)
    layers, odd = layers_of(found.module)
    read, notes = _readout(model, found, readout, layers[-1])
    return Network(layers, read, notes_of(found.module) + odd + notes)


def _readout(
    model: "torch.nn.Module", found: Chosen, linear: Any, layer: Layer
) -> tuple[Readout | None, tuple[Sentence, ...]]:
    """The readout that is given, or else proven; and notes on what else the model holds."""
    features = layer.size("h") * len(layer.directions)
    called = next((name for name, one in model.named_modules() if one is linear), None)
    kind: ReadoutKind = "linear"
    proven = readout_of(model, found, features) if found.name and linear is None else None
    if proven is not None:
        called, kind = proven
        linear = model.get_submodule(proven.name)
    read = None
    if linear is not None:
        refuse_without_numbers(linear, f"`{called}`" if called else "the readout")
        W, b = linear_arrays(linear)
        check_shape("readout.W", W, (len(b), features))
        read = Readout(layer.widened(W), b, kind)
    if not found.name:
        return read, ()
    could = could_read(model, features) if read is None else []
    return read, left_out(model, [found.name, *([called] if called else [])], could)


def to_torch(network: Network) -> "torch.nn.Module":
    """The same network as a torch module in its dtype, time first.

    Without a readout a torch.nn.RNN, LSTM or GRU; with one a module whose `rnn` and `readout` are
    these and a torch.nn.Linear, and which gives the prediction (time, batch, outputs). With an
    embedding, a pool, dropout or skip connections a torch.nn.Sequential of the stages, in
    evaluation mode: `interop.programs.with_torch` writes the same as a file.

    Raises:
        ValueError: PyTorch has no such cell, or no module with such layers.
    """
    if network.initial:
        raise ValueError("a torch module begins at zeros, and this network at states of its own")
    if is_staged(network):
        return staged_module(network)
    recurrent = module_of(part_of_layers(network.layers_alone()), network.dtype)
    readout = own_readout(network)
    if readout is None:
        return recurrent
    linear = module_of(part_of_readout(readout), network.dtype)
    module: torch.nn.Module = _module_with_readout()(recurrent, linear, readout.kind)
    return module


@cache
def _module_with_readout() -> Any:
    """The class of `to_torch`'s modules, made when torch is first there."""
    import torch

    class RecurrentWithReadout(torch.nn.Module):
        """`readout` of every time step's output of `rnn`."""

        def __init__(self, rnn: torch.nn.Module, readout: torch.nn.Linear, kind: str) -> None:
            super().__init__()
            self.rnn, self.readout, self.kind = rnn, readout, kind

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            prediction: torch.Tensor = self.readout(self.rnn(x)[0])
            return prediction

    return RecurrentWithReadout
