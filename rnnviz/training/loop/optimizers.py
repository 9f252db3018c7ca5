"""PyTorch's optimizers in their functional forms, on one tensor: the classes do the same steps, but
load torch's compiler first, which takes as long as torch itself."""

from collections.abc import Callable, Mapping

import torch
from torch.optim.adam import adam
from torch.optim.adamw import adamw
from torch.optim.rmsprop import rmsprop
from torch.optim.sgd import sgd

from rnnviz.training.knobs.knobs import Knobs

State = dict[str, torch.Tensor]
"""What an optimizer remembers, by the names of torch's own; empty before the first step."""
Step = Callable[[torch.Tensor, torch.Tensor, State, float, Knobs], None]
"""Moves a tensor by its gradient, at a learning rate; what is remembered changes with it."""


def _sgd(
    values: torch.Tensor,
    gradient: torch.Tensor,
    state: State,
    rate: float,
    k: Knobs,
    momentum: float = 0.0,
) -> None:
    buffers = [state.get("momentum_buffer")]
    sgd(
        [values],
        [gradient],
        buffers,
        foreach=False,
        fused=False,
        lr=rate,
        weight_decay=k.weight_decay,
        momentum=momentum,
        dampening=0.0,
        nesterov=False,
        maximize=False,
    )
    if buffers[0] is not None:
        state["momentum_buffer"] = buffers[0]


def _momentum(
    values: torch.Tensor, gradient: torch.Tensor, state: State, rate: float, k: Knobs
) -> None:
    _sgd(values, gradient, state, rate, k, k.momentum)


def _rmsprop(
    values: torch.Tensor, gradient: torch.Tensor, state: State, rate: float, k: Knobs
) -> None:
    _begin(state, values, "square_avg")
    rmsprop(
        [values],
        [gradient],
        [state["square_avg"]],
        [],
        [],
        [state["step"]],
        foreach=False,
        lr=rate,
        alpha=k.rms_decay,
        eps=k.epsilon,
        weight_decay=k.weight_decay,
        momentum=0.0,
        centered=False,
    )


def _adam_by(rule: Callable[..., None]) -> Step:
    def step(
        values: torch.Tensor, gradient: torch.Tensor, state: State, rate: float, k: Knobs
    ) -> None:
        _begin(state, values, "exp_avg", "exp_avg_sq")
        rule(
            [values],
            [gradient],
            [state["exp_avg"]],
            [state["exp_avg_sq"]],
            [],
            [state["step"]],
            foreach=False,
            fused=False,
            amsgrad=False,
            lr=rate,
            beta1=k.beta_1,
            beta2=k.beta_2,
            eps=k.epsilon,
            weight_decay=k.weight_decay,
            maximize=False,
        )

    return step


def _begin(state: State, values: torch.Tensor, *names: str) -> None:
    """What is remembered before the first step: nothing."""
    if not state:
        state["step"] = torch.zeros(())
        state.update({name: torch.zeros_like(values) for name in names})


OPTIMIZERS: Mapping[str, Step] = {
    "sgd": _sgd,
    "momentum": _momentum,
    "rmsprop": _rmsprop,
    "adam": _adam_by(adam),
    "adamw": _adam_by(adamw),
}
