"""What `trace` is given, made into a network and arrays that fit it, or refused in a sentence."""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from rnnviz.engine.checks import Hold
from rnnviz.interop.module_choice import chosen
from rnnviz.interop.module_weights import array_of
from rnnviz.interop.modules import from_torch
from rnnviz.network.arrays import Array, refuse_unknown
from rnnviz.network.layers import Layer
from rnnviz.network.losses import chosen_steps
from rnnviz.network.network import Network
from rnnviz.network.propagation import direction_in
from rnnviz.representation import Cell

Numbers = Any
"""An array, a torch tensor, or nested lists of numbers."""


def as_network(
    model: Any, params: Mapping[str, Numbers] | None, x: Numbers, module: str | None = None
) -> tuple[Network, bool]:
    """The network to run, and whether its sequences come batch first."""
    arrays = {name: as_numbers(name, array) for name, array in (params or {}).items()}
    torch = sys.modules.get("torch")  # a torch module can only be given where torch is loaded
    if torch is not None and isinstance(model, torch.nn.Module):
        network = from_torch(model, module=module)
        batch_first = bool(getattr(chosen(model, module).module, "batch_first", False))
        return network.replace(arrays) if arrays else network, batch_first
    if module is not None:
        raise ValueError(f"module={module!r} chooses within a torch module: this is none")
    if isinstance(model, Network):
        return model.replace(arrays) if arrays else model, False
    if isinstance(model, Cell):
        if params is None:
            raise ValueError(
                f"a bare cell needs its arrays, params={{{_as_written(model)}}}; "
                "or give a network, as Network.fresh(cell, inputs=…, hidden=…)"
            )
        told = any("inputs" in shape for shape in model.parameters.values())
        inputs = 0 if told else np.shape(x)[-1]
        return Network((Layer(model, arrays, inputs=inputs),)), False
    called = type(model).__name__
    raise ValueError(f"trace runs a Network, a Cell or a torch module, not a {called}")


def _as_written(cell: Cell) -> str:
    """ "W": …, "U": … as a user would write them."""
    return ", ".join(f'"{name}": …' for name in cell.parameters)


def as_numbers(name: str, values: Numbers) -> Array:
    """float32 or float64; whole numbers stay as they are. ValueError where there are no numbers."""
    if type(values).__name__ == "PackedSequence":
        raise ValueError(
            f"{name} is a PackedSequence: unpack it with torch.nn.utils.rnn.pad_packed_sequence, "
            "and trace each sequence at its own length"
        )
    try:
        array = array_of(values) if hasattr(values, "detach") else np.asarray(values)
    except (ValueError, TypeError, RuntimeError):
        raise ValueError(f"{name} is no array of numbers: its rows differ in length") from None
    if array.dtype.kind not in "fiub":
        raise ValueError(f"{name} must hold real numbers; it holds {array.dtype}")
    if array.dtype.kind == "f" and array.dtype not in (np.float32, np.float64):
        array = array.astype(np.float32 if array.dtype.itemsize < 4 else np.float64)
    return array


def as_sequence(x: Numbers, network: Network, *, batch_first: bool) -> tuple[Array, bool]:
    """x as (time, batch, inputs), and whether it had a batch axis."""
    array = as_numbers("x", x)
    if array.dtype.kind != "f":
        array = array.astype(network.dtype)
    if array.ndim not in (2, 3):
        hint = "; write x[:, None] for one input" if array.ndim == 1 else ""
        raise ValueError(
            f"x must be (time, inputs) or (time, batch, inputs); it has shape {array.shape}{hint}"
        )
    batched = array.ndim == 3
    sequence = array if batched else array[:, None, :]
    if batched and batch_first:
        sequence = sequence.swapaxes(0, 1)
    if sequence.size == 0:
        raise ValueError(f"x is empty: it has shape {array.shape}")
    if sequence.shape[-1] != network.inputs:
        raise ValueError(
            f"x has {sequence.shape[-1]} numbers at each step, the network reads {network.inputs}"
        )
    return sequence, batched


def initial_states(
    network: Network, initial: Mapping[str, Numbers], sequence: Array, which: str = "initial"
) -> dict[str, Array]:
    """Full name of a state → (batch, hidden), for those that are given.

    which: "initial", or "last" of gradients that reach the last ones: what messages call them.
    """
    sizes = {
        prefix + state: layer.hidden
        for prefix, layer, _ in network.places()
        for state in layer.cell.states
    }
    only = len({name.rpartition(".")[0] for name in sizes}) == 1
    states: dict[str, Array] = {}
    for name, values in initial.items():
        full = f"layers.0.{name}" if only and "." not in name else name
        known = [n.removeprefix("layers.0.") for n in sizes] if only else sizes
        if full not in sizes:
            refuse_unknown([name], known, f"{which} state")
        array = as_numbers(f"the {which} {name}", values)
        wanted = (sequence.shape[1], sizes[full])
        if array.shape not in (wanted, wanted[1:]):
            raise ValueError(
                f"the {which} {name} has shape {array.shape}, not {wanted} (batch, hidden)"
            )
        states[full] = np.broadcast_to(array, wanted)
    return states


def placed_holds(network: Network, holds: Iterable[Hold], time: int) -> tuple[Hold, ...]:
    """The holds with their layer counted from 0 and their steps listed."""
    placed = []
    for hold in holds:
        direction = direction_in(network, hold.layer, reverse=hold.reverse)
        steps = None if hold.steps is None else chosen_steps(hold.steps, time)
        placed.append(replace(hold, layer=direction.layer, steps=steps))
    return tuple(placed)
