"""A torch module of stages, as `staged` builds it → our network. torch is imported inside."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rnnviz.interop.modules.weights import layer_arrays, linear_arrays
from rnnviz.interop.pytorch import projections
from rnnviz.interop.pytorch.layout import layers_from
from rnnviz.network.attention import Attention
from rnnviz.network.dropout import Dropout
from rnnviz.network.embedding import Embedding
from rnnviz.network.layers import Layer
from rnnviz.network.network import Network
from rnnviz.network.pooling import Maximum, Mean
from rnnviz.network.readout import Readout
from rnnviz.network.stage import Stage
from rnnviz.texts import Sentence

if TYPE_CHECKING:
    import torch


def network_of(model: "torch.nn.Module") -> Network | None:
    """The network of what `staged.staged_module` built; None of any other module.

    Raises:
        ValueError: its stages do not fit one another.
    """
    from rnnviz.interop.modules import torch_stages

    if not isinstance(model, torch_stages.Stages):
        return None
    body = list(projections.reading_from_below(_stages(model), Layer.widened))
    readout = body.pop() if isinstance(body[-1], Readout) else None
    return Network(tuple(body), readout if isinstance(readout, Readout) else None)


def _stages(model: Any) -> Iterator[Stage]:
    """From the input up, each as it stands in the module."""
    size = 0
    for module in model:
        stage = _stage(module, size, model.kind)
        yield stage
        if isinstance(stage, Embedding | Layer):  # all others hand up as many as they read
            size = stage.outputs


def _stage(module: Any, size: int, kind: Any) -> Stage:
    """size: how many numbers the stage below hands up. kind: of a readout."""
    from torch import nn

    from rnnviz.interop.modules import torch_stages

    if isinstance(module, torch_stages.Tokens):
        return Embedding(module.weight.detach().numpy())
    if isinstance(module, torch_stages.Outputs):
        (layer,), _ = layers_of(module.rnn)
        return replace(layer, skip=module.skip)
    if isinstance(module, torch_stages.Attention):
        W, b = linear_arrays(module.hidden)
        return Attention(W, b, module.query.weight.detach().numpy()[0])
    if isinstance(module, nn.Dropout):
        return Dropout(size, module.p)
    if isinstance(module, nn.Linear):
        return Readout(*linear_arrays(module), kind)
    return Mean(size) if isinstance(module, torch_stages.Mean) else Maximum(size)


def layers_of(module: Any) -> tuple[tuple[Layer, ...], tuple[Sentence, ...]]:
    """The layers of an RNN, LSTM, GRU or one of their cells, and what is odd about them."""
    state, name = layer_arrays(module), gallery_name(module)
    numbers = projections.projection_of(state)
    if not numbers:
        return layers_from(name, state), ()
    layers = projections.projected(layers_from(name, projections.spread(state)), state)
    return layers, (projections.note(numbers, layers[0].hidden),)


def gallery_name(module: Any) -> str:
    """The gallery's name of the cell of an RNN, LSTM, GRU or one of their cells."""
    from torch import nn

    if isinstance(module, nn.LSTM | nn.LSTMCell):
        return "LSTM"
    if isinstance(module, nn.GRU | nn.GRUCell):
        return "GRU (PyTorch)"
    return "RNN (ReLU)" if module.nonlinearity == "relu" else "RNN (tanh)"
