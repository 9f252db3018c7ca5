"""The arrays of one recurrent module → its layers: what their names and shapes prove."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from rnnviz.cells import GALLERY
from rnnviz.interop.pytorch.insides import PEEPHOLES, Insides, insides
from rnnviz.interop.pytorch.layout import GATES, layers_from
from rnnviz.interop.pytorch.modules import Module
from rnnviz.interop.pytorch.projections import note as projection_note
from rnnviz.interop.pytorch.projections import projected, projection_of, spread
from rnnviz.interop.refusals import refuse_gaps, undecided_cells
from rnnviz.interop.stored import read
from rnnviz.network.arrays import Array
from rnnviz.network.layers import Layer
from rnnviz.texts import Counted, Sentence

_KINDS = {1: None, 3: "GRU (PyTorch)", 4: "LSTM"}
_RNNS = ("RNN (tanh)", "RNN (ReLU)")
_BIASES = {"bias_ih", "bias_hh"}
State = Mapping[str, Array]


class Found(NamedTuple):
    """A module's layers, what was decided about them, and how many numbers of h are not always 0 in
    each direction."""

    layers: tuple[Layer, ...]
    notes: tuple[Sentence, ...]
    projection: int


def layers_of(module: Module, kind: str | None, most: int) -> Found:
    """The layers that a module's arrays are.

    Args:
        kind: the gallery's name of the cell, if it is known.
        most: how many numbers it may have.

    Raises:
        ValueError: what cannot be proven, or does not fit. Undecided: tanh or ReLU.
    """
    state = read(module.own, most)
    extra = insides(module)
    state |= _completed(read(extra.biases, most))
    _check_names(state)
    numbers = projection_of(state)
    whole = spread(state) if numbers else state
    named = _kind_of(whole, _base_of(kind, extra))
    _check_shapes(whole, len(GATES[named]))
    layers = layers_from(named, _widened(whole))
    if extra.peepholes:
        layers = (_with_peepholes(layers[0], read(extra.peepholes, most)),)
    notes = (*extra.notes, *_of_the_whole(state, layers[0].hidden))
    if numbers:
        layers = projected(layers, state)
    return Found(tuple(map(_narrowed, layers)), notes, numbers or layers[-1].hidden)


def _of_the_whole(state: State, units: int) -> Iterator[Sentence]:
    if numbers := projection_of(state):
        yield projection_note(numbers, units)
    if not any(name.startswith("bias") for name in state):
        yield Sentence("the recurrent layers have no biases in the file: they are 0")


def _completed(biases: State) -> dict[str, Array]:
    """One bias as PyTorch's two."""
    others = {name.replace("_ih_", "_hh_"): 0 * array for name, array in biases.items()}
    return {**biases, **others}


def _base_of(kind: str | None, extra: Insides) -> str | None:
    """PyTorch's cell that a cell is known by: with peepholes, the LSTM."""
    if not extra.peepholes or kind is None:
        return kind
    if kind != PEEPHOLES:
        raise ValueError(Sentence("it is no {cell}: it has peepholes", cell=kind))
    return "LSTM"


def _with_peepholes(layer: Layer, peepholes: State) -> Layer:
    own = {f"p_{gate}": array.reshape(-1) for gate, array in peepholes.items()}
    return Layer(GALLERY[PEEPHOLES], {**layer.params, **own})


def _widened(state: State) -> dict[str, Array]:
    """Biases in float64, so that PyTorch's two are summed in it."""
    return {n: a.astype(float) if n.startswith("bias") else a for n, a in state.items()}


def _narrowed(layer: Layer) -> Layer:
    """Biases as float32 again, where that is what they are and all else is float32."""
    names = [n for n in layer.params if n.startswith("b")]
    weights = [a for ways in layer.directions for n, a in ways.items() if n not in names]
    biases = [ways[n] for ways in layer.directions for n in names]
    with np.errstate(over="ignore"):
        exact = all(np.array_equal(b.astype(np.float32), b) for b in biases)
    if not exact or any(a.dtype != np.float32 for a in weights):
        return layer
    single = {
        f"{k}": {n: a.astype(np.float32) for n, a in ways.items()}
        for k, ways in enumerate(layer.directions)
    }
    return replace(layer, params=single["0"], reverse=single.get("1"))


def _check_names(state: Mapping[str, Array]) -> None:
    """Every layer complete: both weights in each direction, both biases everywhere or nowhere."""
    numbers = {int(name.split("_l")[1].removesuffix("_reverse")) for name in state}
    refuse_gaps(sorted(numbers))
    ways = ["", "_reverse"] if any(name.endswith("_reverse") for name in state) else [""]
    kinds = {name.rpartition("_l")[0].removesuffix("_reverse") for name in state}
    both = {"weight_ih", "weight_hh"} | ({"bias_ih", "bias_hh"} if kinds & _BIASES else set())
    wanted = sorted(both | (kinds & {"weight_hr"}), reverse=True)
    for k in sorted(numbers):
        for way in ways:
            for name in (f"{what}_l{k}{way}" for what in wanted):
                if name not in state:
                    raise ValueError(
                        Sentence(
                            "{name} is missing: save the whole state dict, in one file", name=name
                        )
                    )


def _kind_of(state: Mapping[str, Array], kind: str | None) -> str:
    """The cell, from how many blocks of rows there are."""
    shape = state["weight_hh_l0"].shape
    if len(shape) != 2 or 0 in shape or shape[0] % shape[1]:
        raise ValueError(
            Sentence(
                "weight_hh_l0 has shape {shape}: its rows should be 1, 3 or 4 times its columns",
                shape=str(shape),
            )
        )
    blocks = shape[0] // shape[1]
    if blocks not in _KINDS:
        raise ValueError(
            Counted(
                "weight_hh_l0 has {count} block of rows: an RNN has 1, a GRU 3 and an LSTM 4",
                "weight_hh_l0 has {count} blocks of rows: an RNN has 1, a GRU 3 and an LSTM 4",
                blocks,
            )
        )
    if kind is not None and (kind not in GATES or len(GATES[kind]) != blocks):
        raise ValueError(
            Counted(
                "it is no {cell}: weight_hh_l0 has {count} block of rows",
                "it is no {cell}: weight_hh_l0 has {count} blocks of rows",
                blocks,
                cell=kind,
            )
        )
    proven = kind or _KINDS[blocks]
    if proven is None:
        raise undecided_cells(_RNNS)
    return proven


def _check_shapes(state: Mapping[str, Array], gates: int) -> None:
    rows, hidden = state["weight_hh_l0"].shape
    both = 2 if "weight_hh_l0_reverse" in state else 1
    first = state["weight_ih_l0"].shape
    for name, array in state.items():
        columns = hidden
        if "weight_ih" in name:
            columns = first[-1] if "_l0" in name and len(first) == 2 else hidden * both
        wanted = (rows,) if name.startswith("bias") else (rows, columns)
        if array.shape != wanted:
            raise ValueError(
                Sentence(
                    "{name} has shape {shape}, not {wanted} as {gates} gates of {hidden} units",
                    name=name,
                    shape=str(array.shape),
                    wanted=str(wanted),
                    gates=gates,
                    hidden=hidden,
                )
            )
