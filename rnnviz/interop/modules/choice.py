"""Which recurrent module of a model is meant, and why some cannot be taken."""

from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import torch


class Chosen(NamedTuple):
    """A recurrent module, and its name in the model as `named_modules` has it; "" is the model."""

    name: str
    module: Any


@cache
def kinds() -> tuple[Any, ...]:
    """PyTorch's recurrent modules: whole layers, and single steps."""
    from torch import nn

    return (nn.RNN, nn.LSTM, nn.GRU, nn.RNNCell, nn.LSTMCell, nn.GRUCell)


def chosen(model: "torch.nn.Module", name: str | None = None) -> Chosen:
    """The only recurrent module of a model, or the one of this name, or below it.

    Raises:
        ValueError: there is none, or several; or it cannot be taken (see `refuse`).
    """
    place, root = _below(model, name)
    held = [Chosen(_joined(place, n), one) for n, one in root.named_modules() if _is_kind(one)]
    if not held:
        raise ValueError(_why_none(root))
    if len(held) > 1:
        names = ", ".join(f"{each.name} ({_sizes(each.module)})" for each in held)
        raise ValueError(
            f"{type(root).__name__} holds {len(held)} recurrent modules, {names}: "
            f'choose one, as in trace(model, x, module="{held[0].name}")'
        )
    refuse(held[0])
    return held[0]


def refuse(chosen: Chosen) -> None:
    """ValueError where a module computes what its kind does not, or has no numbers to use."""
    module, called = chosen.module, f"`{chosen.name}`" if chosen.name else "it"
    kind = next(each for each in kinds() if isinstance(module, each))
    if type(module).forward is not kind.forward or "forward" in vars(module):
        raise ValueError(
            f"{called} is a {type(module).__name__} with a forward of its own, which may compute "
            f"something other than torch.nn.{kind.__name__}: trace a plain one with its weights"
        )
    refuse_without_numbers(module, called)


def refuse_without_numbers(module: Any, called: str) -> None:
    """ValueError where weights are not initialised yet, or have shapes and no numbers."""
    from torch.nn.parameter import is_lazy

    tensors = [*module.parameters(), *module.buffers()]
    if any(map(is_lazy, tensors)):
        raise ValueError(f"{called} is lazy, without weights yet: run the model once before")
    if any(tensor.is_meta for tensor in tensors):
        raise ValueError(
            f"{called} is on the meta device, where weights have shapes and no numbers: "
            "load them first, on a real device"
        )


def _below(model: Any, name: str | None) -> tuple[str, Any]:
    """Where to look for it: a name in the model, and the module of that name."""
    if not name:
        return "", model
    modules = dict(model.named_modules())
    if name in modules:
        return name, modules[name]
    held = [n for n, one in modules.items() if _is_kind(one)]
    near = get_close_matches(name, held, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(held) or 'none'}"
    raise ValueError(f"{type(model).__name__} has no recurrent module {name!r}; {hint}")


def _is_kind(module: Any) -> bool:
    return isinstance(module, kinds())


def _joined(place: str, name: str) -> str:
    return ".".join(filter(None, (place, name)))


def _sizes(module: Any) -> str:
    """ "LSTM, 3 → 8"."""
    kind = next(each for each in kinds() if isinstance(module, each))
    return f"{kind.__name__}, {module.input_size} → {module.hidden_size}"


def _why_none(model: Any) -> str:
    called = type(model).__name__
    for name, kind in _named_kinds(model):
        which = f"`{name}`" if name else "it"
        if "quantiz" in kind.__module__ and any(k in kind.__name__ for k in ("RNN", "LSTM", "GRU")):
            return f"{which} is quantised, its weights whole numbers: trace it as it was before"
    if any("ScriptModule" in kind.__name__ for _, kind in _named_kinds(model)):
        return f"{called} is TorchScript: give the model that it was made from"
    return (
        f"{called} is not an RNN, LSTM or GRU, nor one of their cells, and holds none: "
        "give the recurrent module itself, as in trace(model.lstm, x)"
    )


def _named_kinds(model: Any) -> Iterator[tuple[str, type]]:
    return ((name, type(one)) for name, one in model.named_modules())
