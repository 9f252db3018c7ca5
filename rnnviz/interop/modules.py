"""PyTorch ↔ our networks. torch is imported inside the calls that need it, not before."""

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from rnnviz.interop.torch_layout import layers_from, state_of
from rnnviz.network.arrays import Array
from rnnviz.network.network import Network
from rnnviz.network.readout import Readout
from rnnviz.texts import Sentence

if TYPE_CHECKING:
    import torch

HOW_TO_PASS_A_PART = "give the recurrent module itself, as in trace(model.lstm, x)"


def from_torch(module: "torch.nn.Module", readout: "torch.nn.Linear | None" = None) -> Network:
    """A copy of a torch.nn.RNN (tanh or relu), LSTM or GRU, in the module's own dtype.

    All layers, with and without biases, one direction or both. PyTorch's two biases are summed
    where they only ever act as their sum; the GRU's `b_hn` is kept. Dropout between layers is left
    out, as in evaluation mode, and the network's `notes` say so. A network has no layout: what
    `batch_first` says concerns whoever passes sequences (`trace` heeds it).

    Args:
        module: the module, or what `to_torch` gave for a network with a readout.
        readout: a torch.nn.Linear that reads the last layer's output.

    Raises:
        ValueError: another module, a projection (proj_size), or a readout that does not fit.
    """
    import torch

    if isinstance(module, _module_with_readout()):
        network = from_torch(module.rnn, module.readout)
        kind = module.kind
        return Network(network.layers, Readout(*_linear(module.readout), kind), network.notes)
    if not isinstance(module, torch.nn.RNN | torch.nn.LSTM | torch.nn.GRU):
        raise ValueError(f"{type(module).__name__} is not an RNN, LSTM or GRU: {_instead(module)}")
    if module.proj_size:
        raise ValueError(
            f"an LSTM with projections (proj_size={module.proj_size}) has a cell that is not in "
            "the gallery: build it with proj_size=0"
        )
    state = {name: array_of(tensor) for name, tensor in module.state_dict().items()}
    notes = (_dropout_note(module),) if module.dropout else ()
    read = Readout(*_linear(readout)) if readout is not None else None
    return Network(layers_from(_gallery_name(module), state), read, notes)


def _instead(module: Any) -> str:
    """What to give in place of a module that is no RNN, LSTM or GRU."""
    import torch

    if isinstance(module, torch.nn.RNNCellBase):
        return "it computes a single step; rnnviz.load reads its state_dict from a file"
    kinds = torch.nn.RNN | torch.nn.LSTM | torch.nn.GRU
    held = [_path(name) for name, one in module.named_modules() if isinstance(one, kinds)]
    if not held:
        return HOW_TO_PASS_A_PART
    if len(held) == 1:
        return f"it holds one, so give that, as in trace({held[0]}, x)"
    return f"it holds several, so give one of {', '.join(held)}"


def _path(name: str) -> str:
    """ "encoder.0" → "model.encoder[0]"."""
    return "model" + "".join(f"[{p}]" if p.isdigit() else f".{p}" for p in name.split("."))


def _dropout_note(module: Any) -> Sentence:
    """That dropout is left out, and where it makes a difference at once."""
    if not module.training:
        return Sentence("dropout {dropout} is left out, as in eval()", dropout=module.dropout)
    return Sentence(
        "dropout {dropout} is left out, as in eval(); this module is in training mode, so it gives "
        "other numbers itself",
        dropout=module.dropout,
    )


def to_torch(network: Network) -> "torch.nn.Module":
    """The same network as a torch module in its dtype, time first.

    Without a readout a torch.nn.RNN, LSTM or GRU; with one a module whose `rnn` and `readout` are
    these and a torch.nn.Linear, and which gives the prediction (time, batch, outputs).

    Raises:
        ValueError: PyTorch has no such cell, or no module with such layers.
    """
    import torch

    name, state = state_of(network.layers_alone())
    kind: Any = {"LSTM": torch.nn.LSTM, "GRU (PyTorch)": torch.nn.GRU}.get(name, torch.nn.RNN)
    options: dict[str, Any] = {"nonlinearity": "relu"} if name == "RNN (ReLU)" else {}
    first = network.layers[0]
    dtype = torch.float32 if network.dtype == np.float32 else torch.float64
    with torch.random.fork_rng(devices=[]):  # building a module draws from the process's generator
        recurrent: torch.nn.RNNBase = kind(
            first.inputs,
            first.hidden,
            num_layers=len(network.layers),
            bidirectional=first.reverse is not None,
            dtype=dtype,
            **options,
        )
        linear = torch.nn.Linear(network.features, network.outputs or 1, dtype=dtype)
    recurrent.load_state_dict({n: torch.tensor(a) for n, a in state.items()})
    if network.readout is None:
        return recurrent
    weights = {"weight": network.readout.W, "bias": network.readout.b}
    linear.load_state_dict({n: torch.tensor(a) for n, a in weights.items()})
    module: torch.nn.Module = _module_with_readout()(recurrent, linear, network.readout.kind)
    return module


def array_of(tensor: Any) -> Array:
    """A tensor's numbers on the CPU, detached; half precisions become float32."""
    plain = tensor.detach().cpu()
    if plain.is_floating_point() and plain.element_size() < 4:
        plain = plain.float()
    return np.array(plain.numpy())


def _linear(linear: "torch.nn.Linear") -> tuple[Array, Array]:
    weights = array_of(linear.weight)
    bias = np.zeros(len(weights), weights.dtype) if linear.bias is None else array_of(linear.bias)
    return weights, bias


def _gallery_name(module: Any) -> str:
    named = {"LSTM": "LSTM", "GRU": "GRU (PyTorch)"}
    relu = module.mode == "RNN_RELU"
    return named.get(module.mode, "RNN (ReLU)" if relu else "RNN (tanh)")


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
