"""Hooks on a recurrent module in somebody's training loop: what it read, and what came back.

They look and change nothing: no number, no random state, no graph. torch is imported in the calls.
"""

import math
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from rnnviz.interop.modules.calls import Norms, Update
from rnnviz.interop.modules.choice import chosen
from rnnviz.interop.modules.conversion import from_torch
from rnnviz.interop.modules.hook import Hook
from rnnviz.interop.modules.seen_calls import SeenCall, ancestors, states_in
from rnnviz.interop.modules.underway import Underway
from rnnviz.network.network import Network
from rnnviz.texts import Sentence

if TYPE_CHECKING:
    import torch

KEY = "rnnviz.watch: sequence"
SAME_FACTOR = 1e-3
"""Factors of two parameters that differ by less, relatively, are one: norms are rounded."""


class Hooks:
    """What is hung on a module until `remove`.

    Args:
        model: a torch.nn.RNN, LSTM, GRU, one of their cells, or what holds one.
        name: of the module in the model, where it holds several.
        every: every so many updates one is recorded, the first among them.
        record: is given what led to each of those, just before the optimizer's step.

    Raises:
        ValueError: a module that the engine has no equations of, or several.
    """

    def __init__(
        self,
        model: "torch.nn.Module",
        name: str | None = None,
        *,
        every: int,
        record: Callable[[Update], None],
    ) -> None:
        from torch.optim.optimizer import register_optimizer_step_pre_hook

        module = chosen(model, name).module
        self.first = from_torch(module)
        self.module, self.every, self.updates = module, every, 0
        self._record = record
        self._now = Underway()
        self._parameters: tuple[Any, ...] = tuple(p for p in module.parameters() if p.requires_grad)
        self._random: torch.Tensor | None = None
        self._weights: tuple[tuple[int, ...], Network] | None = None
        self._handles = [
            module.register_forward_pre_hook(Hook(self._before)),
            module.register_forward_hook(Hook(self._after), with_kwargs=True),
            *(p.register_post_accumulate_grad_hook(self._accumulated) for p in self._parameters),
            register_optimizer_step_pre_hook(self._steps),
        ]

    def remove(self, *, is_whole: bool = True) -> None:
        """Take all hooks away. What came back and was not stepped counts as an update, if it
        `is_whole`: if no error came in between."""
        if self._now.arrived and is_whole:
            self._finish("", None)
        for handle in [*self._handles, *self._now.on_tensors]:
            handle.remove()
        self._handles, self._now = [], Underway()

    @property
    def is_recorded(self) -> bool:
        """Whether the update under way is one of those that are recorded."""
        return self.updates % self.every == 0

    @property
    def is_under_way(self) -> bool:
        """Whether something was read since the last update."""
        return self._now.has_read

    @property
    def _key(self) -> tuple[str, int, int]:
        """Under which a node of torch's graph says which sequence of this update it belongs to."""
        return (KEY, id(self), self.updates)

    def _before(self, module: Any, args: Any) -> None:
        """Where dropout between layers is about to be drawn: what it will be drawn from."""
        import torch

        draws = module.training and getattr(module, "dropout", 0.0) > 0
        self._random = torch.get_rng_state() if draws and self.is_recorded else None

    def _after(self, module: Any, args: Any, kwargs: Any, given: Any) -> None:
        """Nothing that goes wrong here may stop the training: it is said."""
        try:
            self._look(module, args, kwargs, given)
        except Exception as error:
            self._now.note(_not_a_call(error))

    def _look(self, module: Any, args: Any, kwargs: Any, given: Any) -> None:
        returned = states_in(module, given)
        if not any(tensor.requires_grad for tensor in returned.values()):
            return
        versions = tuple(p._version for p in self._parameters)
        if self._now.has_read and versions != self._now.versions:
            self._finish("", None)  # changed by hand: no optimizer of torch's made a step
        self._now.has_read, self._now.versions = True, versions
        if not self.is_recorded or self._now.is_too_large:
            return
        why = _not_measured(returned["output"])
        if why:
            self._now.note(why)
            return
        read = args[0] if args else kwargs["input"]
        state = args[1] if len(args) > 1 else kwargs.get("hx")
        self._now.calls += 1
        call = SeenCall.of(
            module, self._network(versions), read, state, given, self._random,
            number=self._now.calls, sequence=self._sequence_of(state),
        )  # fmt: skip
        self._listen(call, returned)

    def _listen(self, call: SeenCall, returned: dict[str, Any]) -> None:
        """Hear of the gradients of what a call gave, and mark its states as of its sequence."""
        now = self._now
        for name, tensor in returned.items():
            if tensor.requires_grad:
                handle = tensor.register_hook(partial(now.arrives, call, name))
                now.on_tensors.append(handle)
            if tensor.grad_fn is not None:
                tensor.grad_fn.metadata[self._key] = call.sequence

    def _accumulated(self, parameter: "torch.Tensor") -> None:
        if self.is_recorded and parameter.grad is not None:
            self._now.norms[id(parameter)] = _norm(parameter.grad)

    def _steps(self, optimizer: "torch.optim.Optimizer", args: Any, kwargs: Any) -> None:
        held = {id(p) for group in optimizer.param_groups for p in group["params"]}
        own = {id(p): p for p in self._parameters}
        if own and not own.keys() & held:
            return
        gradients = {k: own[k].grad for k in self._now.norms}
        found = {k: _norm(gradient) for k, gradient in gradients.items() if gradient is not None}
        if found and not self._now.has_read:
            self._now.note(
                Sentence(
                    "its parameters had gradients, and no call of it was seen: what torch.compile "
                    "made before goes past hooks that come later (call torch._dynamo.reset() once "
                    "watching, or watch before the first call), as does a model that uses the "
                    "module's weights itself"
                )
            )
        self._finish(type(optimizer).__name__, found)

    def _finish(self, optimizer: str, at_step: dict[int, float] | None) -> None:
        """An update is about to be made, or was made by hand."""
        now, number = self._now, self.updates + 1
        if not now.has_read and not now.notes:
            return
        if self.is_recorded and (now.arrived or now.notes):
            try:
                calls = tuple(call.as_arrays() for _, call in sorted(now.arrived.items()))
            except Exception as error:
                calls = ()
                now.note(_not_a_call(error))
            norms = _compared(now.norms, at_step)
            self._record(Update(number, calls, norms, optimizer, tuple(now.notes)))
        for handle in now.on_tensors:
            handle.remove()
        self.updates, self._now = number, Underway()

    def _network(self, versions: tuple[int, ...]) -> Network:
        """The module's weights as they are, copied once as long as they stay."""
        if self._weights is None or self._weights[0] != versions:
            self._weights = versions, from_torch(self.module)
        return self._weights[1]

    def _sequence_of(self, state: Any) -> int:
        """Which sequence goes on: that whose state this one was made from, or a new one."""
        tensors = state if isinstance(state, tuple | list) else (state,)
        for node in ancestors([t.grad_fn for t in tensors if t is not None]):
            found: int | None = node.metadata.get(self._key)
            if found is not None:
                return found
        self._now.sequences += 1
        return self._now.sequences


def _not_measured(output: "torch.Tensor") -> Sentence | None:
    """Why a call is let pass, if it is."""
    import torch

    if torch.is_autocast_enabled(output.device.type) or output.dtype not in (
        torch.float32,
        torch.float64,
    ):
        return Sentence("mixed or half precision is not measured: rnnviz computes in float32 or 64")
    return None


def _not_a_call(error: Exception) -> Sentence:
    said = f"{type(error).__name__}: {error}"
    return Sentence("a call of the module was not measured: {error}", error=said)


def _norm(gradient: "torch.Tensor") -> float:
    """In float64, where squares of small numbers are not zero."""
    dense = gradient.detach()
    return float(dense.double().norm())


def _compared(backward: dict[int, float], at_step: dict[int, float] | None) -> Norms | None:
    if not backward:
        return None
    before = math.hypot(*backward.values())
    if not at_step:
        return Norms(before, None, by_one_factor=False)
    factors = np.array([at_step[k] / n for k, n in backward.items() if n > 0 and k in at_step])
    spread = float(np.ptp(factors)) if factors.size else 0.0
    same = bool(factors.size) and spread <= SAME_FACTOR * abs(float(factors.max()))
    return Norms(before, math.hypot(*at_step.values()), by_one_factor=same)
