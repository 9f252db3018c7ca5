"""Which torch.nn.Linear of a model reads what a recurrent module gives: proven, or none.

The model's own forward says so. torch.fx follows it once with placeholders in place of numbers, on
a copy that shares the weights; a Linear is the readout if nothing but dropout and a choice of steps
stands between the module's output and it, and nothing but a softmax and rearrangements between it
and what the model returns. A forward that cannot be followed so, as one that depends on its
numbers, proves nothing.
"""

import operator
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from rnnviz.interop.modules.choice import Chosen, kinds
from rnnviz.interop.refusals import joined, some
from rnnviz.network.readout import ReadoutKind
from rnnviz.texts import Sentence

if TYPE_CHECKING:
    import torch
    from torch.fx import Graph, Node

CHOOSES = frozenset({"contiguous", "view", "reshape"})
"""What leaves the rows of an output as they are, where their length stays."""
REARRANGES = CHOOSES | {"squeeze", "unsqueeze", "transpose", "permute", "flatten"}
SOFTMAX = frozenset({"softmax", "log_softmax", "Softmax", "LogSoftmax"})


class Proven(NamedTuple):
    """A readout: its name in the model, and whether a softmax stands above it."""

    name: str
    kind: ReadoutKind


def readout_of(model: "torch.nn.Module", chosen: Chosen, features: int) -> Proven | None:
    """The one Linear that is proven to read the module's output, of so many features, and to be the
    model's answer."""
    if not hasattr(chosen.module, "num_layers") or not could_read(model, features):
        return None
    graph = _followed(model)
    if graph is None:
        return None
    modules = dict(model.named_modules())
    called = [n for n in graph.nodes if n.op == "call_module" and n.target == chosen.name]
    found = [
        Proven(str(linear.target), kind)
        for answer in graph.nodes
        if answer.op == "output"
        for linear, kind in _answers(answer, modules)
        if len(called) == 1 and _reads(linear.args[0], called[0], chosen.module, modules)
    ]
    return found[0] if len(found) == 1 else None


def left_out(
    model: "torch.nn.Module", used: Sequence[str], could: Sequence[str]
) -> tuple[Sentence, ...]:
    """Notes on a model of which only some is taken.

    Args:
        used: the names of the recurrent module and of the readout, if there is one.
        could: where there is none, the names of the Linears that could be it.
    """
    rest = [
        ".".join(filter(None, (place, parameter)))
        for place, module in model.named_modules()
        for parameter in module._parameters
        if not any(f"{place}.".startswith(f"{name}.") for name in used)
    ]
    places = list(dict.fromkeys(name.rpartition(".")[0] or name for name in rest))
    notes: list[Sentence] = []
    if places:
        notes.append(
            Sentence(
                "of the model this is {used}; x is what {module} reads; left out: {names}",
                used=joined([*used]),
                module=used[0],
                names=some(places),
            )
        )
    if could:
        notes.append(
            Sentence(
                "no readout: it is not proven that {names} reads what {module} gives and that "
                "nothing follows; who knows it passes it, as in Network.from_torch(model, linear)",
                names=some([*could]),
                module=used[0],
            )
        )
    return tuple(notes)


def could_read(model: "torch.nn.Module", features: int) -> list[str]:
    """The names of the Linears that read so many numbers."""
    from torch.nn import Linear

    named = model.named_modules()
    return [n for n, one in named if isinstance(one, Linear) and one.in_features == features]


def _followed(model: "torch.nn.Module") -> "Graph | None":
    """The model's forward as a graph of calls; None where it cannot be followed."""
    import torch
    from torch.fx import Tracer

    class Outside(Tracer):
        """Recurrent modules are single calls, whoever has written their class."""

        def is_leaf_module(self, m: torch.nn.Module, module_qualified_name: str) -> bool:
            return isinstance(m, kinds()) or super().is_leaf_module(m, module_qualified_name)

    try:
        copy = _copied(model)
        with torch.random.fork_rng(devices=[]):  # a forward may draw its first state
            return Outside().trace(copy)
    except Exception:  # whatever somebody's forward does with what is no number
        return None


def _copied(model: "torch.nn.Module") -> "torch.nn.Module":
    """A copy whose forward can be followed: what it keeps there does not reach the model itself."""
    import torch

    shared: dict[int, Any] = {id(parameter): parameter for parameter in model.parameters()}
    for module in model.modules():
        if module._forward_hooks or any(
            not type(hook).__module__.startswith("torch.nn.utils.")
            for hook in module._forward_pre_hooks.values()
        ):
            raise ValueError("hooks may change what passes")
        held = (each for each in vars(module).values() if isinstance(each, torch.Tensor))
        shared |= {id(each): each for each in held if each.grad_fn is not None}
    copy: torch.nn.Module = deepcopy(model, shared).eval()
    return copy


def _answers(output: "Node", modules: dict[str, Any]) -> Iterator[tuple["Node", ReadoutKind]]:
    """The Linears whose values are returned, or a softmax of them."""
    from torch.nn import Linear

    for node in output.all_input_nodes:
        at: Any = node
        kind: ReadoutKind = "linear"
        while _is(at, SOFTMAX | REARRANGES, modules) or at.target is operator.getitem:
            if _is(at, SOFTMAX, modules):
                kind = "softmax"
            at = at.all_input_nodes[0]
        linear = modules[str(at.target)] if at.op == "call_module" else None
        if isinstance(linear, Linear) and type(linear).forward is Linear.forward:
            yield at, kind


def _reads(value: Any, of: "Node", module: Any, modules: dict[str, Any]) -> bool:
    """Whether a value is the output of that call, of all steps or some."""
    at = value
    while not _is_last_state(at, of, module):
        if at.target is operator.getitem:
            source, index = at.args
            if source is of:
                return bool(index == 0)
            if not _chooses_steps(index):
                return False
        elif not (_is(at, CHOOSES, modules) or _is_dropout(at, modules)):
            return False
        at = at.all_input_nodes[0]
    return True


def _is_last_state(node: Any, of: "Node", module: Any) -> bool:
    """h_n[-1], which in a single direction is the output of the last step."""
    if module.bidirectional or node.target is not operator.getitem or node.args[1] != -1:
        return False
    states = node.args[0]
    if module.mode == "LSTM":
        if states.target is not operator.getitem or states.args[1] != 0:
            return False
        states = states.args[0]
    return states.target is operator.getitem and states.args == (of, 1)


def _chooses_steps(index: Any) -> bool:
    """An index into time and batch, which leaves the units alone."""
    parts = index if isinstance(index, tuple) else (index,)
    steps, units = parts[:2], parts[2:]
    return all(isinstance(part, int | slice) for part in steps) and units in ((), (slice(None),))


def _is(node: Any, names: frozenset[str], modules: dict[str, Any]) -> bool:
    """Whether a call is of one of these functions, methods or modules."""
    if node.op == "call_module":
        return type(modules[str(node.target)]).__name__ in names
    called = node.target if node.op == "call_method" else getattr(node.target, "__name__", "")
    return node.op in ("call_method", "call_function") and called in names


def _is_dropout(node: Any, modules: dict[str, Any]) -> bool:
    from torch import nn

    passes = (nn.Dropout, nn.Identity)
    return node.op == "call_module" and isinstance(modules[str(node.target)], passes)
