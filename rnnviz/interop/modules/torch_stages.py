"""The stages of a network that torch.nn has no module for. Each reads and hands up (time, batch,
size). Programs that are downloaded have the text of these classes in them: they need torch alone.
"""

from collections import OrderedDict

import torch
from torch import nn


class Stages(nn.Sequential):
    """A network: one stage after the other. kind: what its readout predicts, "linear" values or
    scores before a "softmax"."""

    def __init__(self, stages: OrderedDict[str, nn.Module], kind: str = "linear") -> None:
        super().__init__(stages)
        self.kind = kind


class Tokens(nn.Embedding):
    """An embedding of the numbers of tokens, (time, batch, 1)."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return super().forward(x[..., 0].long())


class Outputs(nn.Module):
    """What a recurrent module gives at each step; with a skip connection what it reads is added."""

    def __init__(self, rnn: nn.RNNBase, *, skip: bool = False) -> None:
        super().__init__()
        self.rnn, self.skip = rnn, skip

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        output: torch.Tensor = self.rnn(x)[0]
        return output + x if self.skip else output


class Mean(nn.Module):
    """At each step the mean of the steps so far."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        counts = torch.arange(1, len(x) + 1, dtype=x.dtype, device=x.device)
        return x.cumsum(0) / counts[:, None, None]


class Maximum(nn.Module):
    """At each step the largest so far of each number."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.cummax(0).values


class Attention(nn.Module):
    """At each step the mean of the steps so far, weighted by exp(v · tanh(W h + b))."""

    def __init__(self, inputs: int, units: int, dtype: torch.dtype | None = None) -> None:
        super().__init__()
        self.hidden = nn.Linear(inputs, units, dtype=dtype)
        self.query = nn.Linear(units, 1, bias=False, dtype=dtype)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        scores = self.query(torch.tanh(self.hidden(x)))[..., 0]
        later = torch.ones(len(x), len(x), dtype=torch.bool, device=x.device).triu(1)
        each = scores.expand(len(x), *scores.shape).masked_fill(later[..., None], -torch.inf)
        return torch.einsum("tsb,sbn->tbn", each.softmax(1), x)
