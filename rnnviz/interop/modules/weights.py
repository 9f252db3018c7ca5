"""The weights that a torch module computes with, whatever they are made of.

A parametrised weight (orthogonal, weight norm, spectral norm) and a pruned one are computed of
other parameters, by a property or by a hook that runs before each forward pass. They are computed
here in the same way, as in eval(), and nothing of the module changes: no power iteration is made,
no hook runs, and the state dict, which holds the parts, is not asked.
"""

from copy import deepcopy
from itertools import product
from typing import Any

import numpy as np

from rnnviz.network.arrays import Array
from rnnviz.texts import Sentence


def array_of(tensor: Any) -> Array:
    """A tensor's numbers on the CPU, detached; half precisions become float32."""
    plain = tensor.detach().cpu()
    if plain.is_floating_point() and plain.element_size() < 4:
        plain = plain.float()
    return np.array(plain.numpy())


def layer_arrays(module: Any) -> dict[str, Array]:
    """The arrays of an RNN, LSTM, GRU or one of their cells, by the names of a module of layers:
    "weight_ih_l0", "bias_hh_l1_reverse".

    Raises:
        ValueError: something outside of the module sets a weight before it is used.
    """
    return {
        f"{name}{ending or '_l0'}": weight(module, f"{name}{ending}")
        for ending in _endings(module)
        for name in _names(module)
    }


def linear_arrays(linear: Any) -> tuple[Array, Array]:
    """W and b of a torch.nn.Linear; b is 0 where it has none."""
    W = weight(linear, "weight")
    return W, np.zeros(len(W), W.dtype) if linear.bias is None else weight(linear, "bias")


def weight(module: Any, name: str) -> Array:
    """A weight as the module's forward pass would use it in eval mode.

    Raises:
        ValueError: something outside of the module sets it before it is used.
    """
    from torch.nn.utils import parametrize

    hook = hooks_of_weights(module).get(name)
    if hook is not None:
        return array_of(_made(hook, module))
    if parametrize.is_parametrized(module, name):
        return array_of(deepcopy(module.parametrizations[name]).eval()())
    if name not in module._parameters:
        raise ValueError(
            f"{name} is no parameter of {type(module).__name__}: something else sets it before "
            "each forward pass, as weight drop does, and what it would set is not known here"
        )
    return array_of(module._parameters[name])


def hooks_of_weights(module: Any) -> dict[str, Any]:
    """Weight → the hook that computes it before each forward pass: the older weight and spectral
    norm, and pruning."""
    from torch.nn.utils.prune import BasePruningMethod
    from torch.nn.utils.spectral_norm import SpectralNorm
    from torch.nn.utils.weight_norm import WeightNorm

    found: dict[str, Any] = {}
    hooks: list[Any] = [*module._forward_pre_hooks.values()]
    for hook in hooks:
        if isinstance(hook, WeightNorm | SpectralNorm | BasePruningMethod):
            found[hook._tensor_name if hasattr(hook, "_tensor_name") else hook.name] = hook
    return found


def notes_of(module: Any) -> tuple[Sentence, ...]:
    """What the module does that is left out of the network."""
    notes = [_dropout(module.dropout, is_training=module.training)] if _drops(module) else []
    if module.training and _has_spectral_norm(module):
        notes.append(
            Sentence(
                "spectral norm as in eval(); this module is in training mode, in which each "
                "forward pass changes its weights a little first"
            )
        )
    before = len(module._forward_pre_hooks) - len(hooks_of_weights(module))
    if before or module._forward_hooks:
        notes.append(Sentence("what its forward hooks do is left out"))
    return tuple(notes)


def _names(module: Any) -> list[str]:
    kinds = ("weight", "bias") if module.bias else ("weight",)
    projection = ["weight_hr"] if getattr(module, "proj_size", 0) else []
    return ["_".join(pair) for pair in product(kinds, ("ih", "hh"))] + projection


def _endings(module: Any) -> list[str]:
    """ "_l0", "_l0_reverse", …; a cell's names have none."""
    if not hasattr(module, "num_layers"):
        return [""]
    ways = ("", "_reverse") if module.bidirectional else ("",)
    return [f"_l{k}{way}" for k in range(module.num_layers) for way in ways]


def _made(hook: Any, module: Any) -> Any:
    """What a hook of `hooks_of_weights` would set, in eval mode."""
    from torch.nn.utils.spectral_norm import SpectralNorm

    if hasattr(hook, "apply_mask"):
        return hook.apply_mask(module)
    options = {"do_power_iteration": False} if isinstance(hook, SpectralNorm) else {}
    return hook.compute_weight(module, **options)


def _drops(module: Any) -> bool:
    """Dropout stands between layers: over a single one it does nothing."""
    return getattr(module, "num_layers", 1) > 1 and bool(module.dropout)


def _dropout(share: float, *, is_training: bool) -> Sentence:
    """That dropout is left out, and where it makes a difference at once."""
    if not is_training:
        return Sentence("dropout {dropout} is left out, as in eval()", dropout=share)
    return Sentence(
        "dropout {dropout} is left out, as in eval(); this module is in training mode, so it gives "
        "other numbers itself",
        dropout=share,
    )


def _has_spectral_norm(module: Any) -> bool:
    from torch.nn.utils.parametrizations import _SpectralNorm
    from torch.nn.utils.spectral_norm import SpectralNorm

    old = any(isinstance(hook, SpectralNorm) for hook in hooks_of_weights(module).values())
    return old or any(isinstance(one, _SpectralNorm) for one in module.modules())
