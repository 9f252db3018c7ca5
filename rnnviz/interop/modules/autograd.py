"""A network's gradients as torch autograd finds them, operation by operation: a second opinion.

It shares with the engine only what a network is. torch is imported inside the call.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from rnnviz.network.arrays import Array
from rnnviz.network.attention import Attention
from rnnviz.network.dropout import Dropout
from rnnviz.network.embedding import Embedding
from rnnviz.network.layer_run import REVERSE
from rnnviz.network.layers import Layer
from rnnviz.network.losses import Loss, chosen_steps
from rnnviz.network.network import Network
from rnnviz.network.pooling import Maximum, Mean
from rnnviz.network.readout import Readout
from rnnviz.network.stage import Stage
from rnnviz.operations import OPERATIONS
from rnnviz.representation import Cell

if TYPE_CHECKING:
    import torch

Tensors = Mapping[str, "torch.Tensor"]


def gradients(network: Network, x: Array, loss: Loss) -> dict[str, Array]:
    """Full name → dL/d(parameter), in float64.

    Args:
        x: (time, batch, inputs).
    """
    import torch

    leaves = {
        name: torch.tensor(np.asarray(array, float), requires_grad=True)
        for name, array in network.parameters.items()
    }
    read = torch.tensor(np.asarray(x, float))
    handed_up = {}
    for name, stage in network.stages.items():
        own = {n: leaves[f"{name}.{n}"] for n in stage.parameters}
        read = handed_up[name] = RULES[type(stage)](stage, own, read)
    prediction = handed_up.pop("readout", None)
    output = list(handed_up.values())[-1]
    value = _judge(loss, output, prediction)
    if value.requires_grad:
        value.backward()  # type: ignore[no-untyped-call]
    return {
        name: np.zeros(leaf.shape) if leaf.grad is None else leaf.grad.numpy()
        for name, leaf in leaves.items()
    }


def _embedding(embedding: Embedding, params: Tensors, x: "torch.Tensor") -> "torch.Tensor":
    return params["W"][x[..., 0].long()]


def _layer(layer: Layer, params: Tensors, x: "torch.Tensor") -> "torch.Tensor":
    """(time, batch, hidden or 2 × hidden): every h, one step after the other."""
    import torch

    ways = [_read(layer, {n: params[n] for n in layer.params}, x)]
    if layer.reverse is not None:
        backwards = {n: params[REVERSE + n] for n in layer.params}
        ways.append(_read(layer, backwards, x.flip(0)).flip(0))
    whole = torch.cat(ways, dim=-1)
    return whole + x if layer.skip else whole


def _readout(readout: Readout, params: Tensors, x: "torch.Tensor") -> "torch.Tensor":
    return x @ params["W"].T + params["b"]


def _mean(mean: Mean, params: Tensors, x: "torch.Tensor") -> "torch.Tensor":
    import torch

    return torch.stack([x[: t + 1].mean(0) for t in range(len(x))])


def _maximum(maximum: Maximum, params: Tensors, x: "torch.Tensor") -> "torch.Tensor":
    import torch

    return torch.stack([x[: t + 1].max(0).values for t in range(len(x))])


def _attention(attention: Attention, params: Tensors, x: "torch.Tensor") -> "torch.Tensor":
    import torch

    scores = torch.tanh(x @ params["W"].T + params["b"]) @ params["v"]
    weights = [torch.softmax(scores[: t + 1], 0) for t in range(len(x))]
    return torch.stack([(w[..., None] * x[: len(w)]).sum(0) for w in weights])


def _unchanged(dropout: Dropout, params: Tensors, x: "torch.Tensor") -> "torch.Tensor":
    """As in evaluation: nothing is left out."""
    return x


RULES: Mapping[type[Stage], Callable[[Any, Tensors, "torch.Tensor"], "torch.Tensor"]] = (
    MappingProxyType(
        {
            Embedding: _embedding,
            Layer: _layer,
            Mean: _mean,
            Maximum: _maximum,
            Attention: _attention,
            Readout: _readout,
            Dropout: _unchanged,
        }
    )
)
"""Stage → what it hands up, in torch."""


def _read(layer: Layer, params: Tensors, x: "torch.Tensor") -> "torch.Tensor":
    """(time, batch, hidden), in the order in which x is given."""
    import torch

    return torch.stack([row["h"] for row in _rows(layer.cell, layer.hidden, params, x)])


def _rows(
    cell: Cell, hidden: int, params: Tensors, x: "torch.Tensor"
) -> "list[dict[str, torch.Tensor]]":
    """For each step every value by its name, (batch, its size); states begin at zero."""
    import torch

    operations = _operations()
    states = {s: torch.zeros(x.shape[1], hidden, dtype=x.dtype) for s in cell.states}
    rows = []
    for now in x.unbind(0):
        row = {**params, "x": now, **{f"{s}_prev": value for s, value in states.items()}}
        for name, op, args in cell.steps:
            operands = [row[a] if isinstance(a, str) else a for a in args]
            found = operations[op](*operands)
            size = hidden if cell.sizes[name] == "hidden" else x.shape[-1]
            row[name] = torch.as_tensor(found, dtype=x.dtype).expand(x.shape[1], size)
        states = {s: row[s] for s in states}
        rows.append(row)
    return rows


def _operations() -> dict[str, Callable[..., Any]]:
    """Each operation as generated code computes it: the table's own text, nothing a user gives."""
    import torch

    return {
        name: eval(f"lambda {one.letters}: {one.torch}", {"torch": torch})  # noqa: S307
        for name, one in OPERATIONS.items()
    }


def _judge(loss: Loss, output: "torch.Tensor", prediction: "torch.Tensor | None") -> "torch.Tensor":
    """L, as `losses.Loss` says it is."""
    import torch

    y = output if loss.kind == "sum" or prediction is None else prediction
    at = chosen_steps(loss.steps, len(y))
    if loss.kind == "sum":
        return y[at].sum()
    targets = np.asarray(loss.targets, float)
    target = torch.tensor(targets[:, None] if targets.ndim == 2 else targets)[at]
    if loss.kind == "squared error":
        return (y[at] - target).square().mean()
    return -(target * torch.log_softmax(y[at], dim=-1)).sum(-1).mean()
