"""What `trace` is given, made into a network and arrays that fit it, or refused in a sentence."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from rnnviz.engine.checks import Hold
from rnnviz.interop.modules.choice import chosen
from rnnviz.interop.modules.conversion import from_torch
from rnnviz.interop.modules.packed import is_packed, unpacked
from rnnviz.interop.modules.weights import array_of
from rnnviz.network.arrays import Array, refuse_unknown
from rnnviz.network.layers import Layer
from rnnviz.network.lengths import Lengths, checked_lengths
from rnnviz.network.losses import chosen_steps, listed
from rnnviz.network.network import Network
from rnnviz.network.propagation import direction_in
from rnnviz.representation import Cell

Numbers = Any
"""An array, a torch tensor, or nested lists of numbers."""
Initial = Mapping[str, Numbers] | tuple[Numbers, ...] | Numbers
"""States before the first step: by name, or h0 or (h0, c0) as torch takes them."""


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
        inputs = 0 if told else np.shape(x.data if is_packed(x) else x)[-1]
        return Network((Layer(model, arrays, inputs=inputs),)), False
    called = type(model).__name__
    raise ValueError(f"trace runs a Network, a Cell or a torch module, not a {called}")


def _as_written(cell: Cell) -> str:
    """ "W": …, "U": … as a user would write them."""
    return ", ".join(f'"{name}": …' for name in cell.parameters)


def as_numbers(name: str, values: Numbers) -> Array:
    """float32 or float64; whole numbers stay as they are. ValueError where there are no numbers."""
    if is_packed(values):
        raise ValueError(
            f"{name} is a PackedSequence: pad it with torch.nn.utils.rnn.pad_packed_sequence"
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


class Sequences(NamedTuple):
    """What `trace` reads: x (time, batch, inputs), and whether it was given a batch axis."""

    x: Array
    batched: bool
    lengths: Lengths | None


def as_sequences(
    x: Numbers, network: Network, *, batch_first: bool, lengths: Numbers | None
) -> Sequences:
    """x, which may be a PackedSequence, as a batch; and how long each sequence of it is."""
    if is_packed(x):
        if lengths is not None:
            raise ValueError("x is a PackedSequence, which has its own lengths: give no others")
        x, lengths = unpacked(x)
        batch_first = False
    sequence, batched = _as_batch(x, network, batch_first=batch_first)
    if lengths is None:
        return Sequences(sequence, batched, None)
    if not batched:
        raise ValueError("lengths are those of a batch: x is a single sequence, (time, inputs)")
    time, batch, _ = sequence.shape
    found = checked_lengths(as_numbers("lengths", lengths), time, batch)
    return Sequences(sequence, batched, found)


def _as_batch(x: Numbers, network: Network, *, batch_first: bool) -> tuple[Array, bool]:
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
    network: Network, initial: Initial, sequences: Sequences, which: str = "initial"
) -> dict[str, Array]:
    """Full name of a state → (batch, hidden), for those that are given, by name or all of them.

    which: "initial", or "last" of gradients that reach the last ones: what messages call them.
    """
    batch = sequences.x.shape[1]
    if not isinstance(initial, Mapping):
        return _stacked_states(network, initial, batch, batched=sequences.batched)
    sizes = {
        prefix + state: (layer, layer.size(state))
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
        layer, size = sizes[full]
        wanted = (batch, size)
        if array.shape not in (wanted, wanted[1:]):
            raise ValueError(
                f"the {which} {name} has shape {array.shape}, not {wanted} (batch, hidden)"
            )
        states[full] = whole_state(layer, array)
    return {name: np.broadcast_to(a, (batch, a.shape[-1])) for name, a in states.items()}


def whole_state(layer: Layer, state: Array) -> Array:
    """A state (…, hidden): of a projected h, its zeros too."""
    return state if state.shape[-1] == layer.hidden else layer.widened(state)


def _stacked_states(
    network: Network, given: Numbers, batch: int, *, batched: bool
) -> dict[str, Array]:
    """Full name of a state → (batch, hidden), of h0 or (h0, c0) as torch takes them."""
    places = [(prefix, layer) for prefix, layer, _ in network.places()]
    first = places[0][1]
    names = first.cell.states
    if any((one.cell.states, one.hidden) != (names, first.hidden) for _, one in places):
        raise ValueError('the layers differ in their states: give each by name, "layers.0.h"')
    is_one = not isinstance(given, tuple | list) or (isinstance(given, list) and len(names) == 1)
    arrays = (given,) if is_one else given
    if len(arrays) != len(names):
        zero = [f"{name}0" for name in names]
        wanted = zero[0] if len(zero) == 1 else f"({', '.join(zero)})"
        raise ValueError(
            f"this network carries {' and '.join(names)}: give initial={wanted}, or states by name"
        )
    states: dict[str, Array] = {}
    for name, values in zip(names, arrays, strict=True):
        whole = (len(places), batch, first.size(name))
        alone = (len(places), first.size(name))
        array = as_numbers(f"the initial {name}", values)
        if array.shape != whole and (batched or array.shape != alone):
            axes = ", batch, " if batched else ", "
            raise ValueError(
                f"the initial {name} has shape {array.shape}, not {whole if batched else alone} "
                f"(layers · directions{axes}hidden)"
            )
        rows = array.reshape(whole)
        states |= {
            f"{prefix}{name}": whole_state(layer, row)
            for (prefix, layer), row in zip(places, rows, strict=True)
        }
    return states


def placed_holds(network: Network, holds: Iterable[Hold], sequences: Sequences) -> tuple[Hold, ...]:
    """The holds with their layer counted from 0 and their steps listed."""
    placed, time = [], len(sequences.x)
    for hold in holds:
        direction = direction_in(network, hold.layer, reverse=hold.reverse)
        given = None if hold.steps is None else listed(hold.steps)
        steps = None if given is None else chosen_steps(given, time)
        if sequences.lengths is not None and any(step < 0 for step in given or ()):
            raise ValueError("where lengths differ, the steps of a hold count from the beginning")
        placed.append(replace(hold, layer=direction.layer, steps=steps))
    return tuple(placed)


def held_before(end: int, holds: Sequence[Hold]) -> tuple[Hold, ...]:
    """What placed holds hold at the steps before `end`."""
    found = []
    for hold in holds:
        steps = None if hold.steps is None else [s for s in listed(hold.steps) if s < end]
        if steps != []:
            found.append(replace(hold, steps=steps))
    return tuple(found)
