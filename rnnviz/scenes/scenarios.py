"""Behaviours in words that a cell has by its gates: remember forever, overwrite always, and so on.

Each is read off the cell: which gate keeps its memory, which writes, which shows it. A gate is set
by its bias alone, all else that it hears put to 0. Whether the share of the old state that is kept
is that gate, or what it leaves over, and whether a closed gate silences h, is tried out.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from rnnviz.cells import named
from rnnviz.network.arrays import Array
from rnnviz.network.network import Network
from rnnviz.operations import OPERATIONS
from rnnviz.recording import trace
from rnnviz.representation import Cell, Step, is_matrix
from rnnviz.texts import N_, _

FAR = 10.0
"""A gate's sum at which it counts as open; minus that, as closed: σ(10) is 0.99995."""
STEPS = 5.0
"""The time constant of a leaky average."""
NEAR = 1e-3

Given = dict[str, float | tuple[float, float]]
"""A gate → its sum; or its sum, and the weight on the last input."""


@dataclass(frozen=True)
class Gates:
    """The gates of a cell that do what a scenario needs; None where there is none.

    state: what is remembered. keep: the gate whose opening (sign +1) or closing (-1) keeps it.
    write: the gate on what is new, if it has one of its own. show: the gate between it and h.
    """

    state: str
    keep: str | None = None
    sign: int = 1
    write: str | None = None
    show: str | None = None


@dataclass(frozen=True)
class Scenario:
    """A behaviour. title: what is pressed. look: what to look for, where {gate}, {state} and
    {input} are names. sums: the gates to be set, of those a cell has; nothing where it cannot."""

    key: str
    title: str
    look: str
    sums: Callable[[Gates], Given]


def _kept(gates: Gates, at: float) -> Given:
    """The gate that keeps at this sum, in the direction of keeping."""
    return {gates.keep: gates.sign * at} if gates.keep else {}


def _written(gates: Gates, at: float) -> Given:
    return {gates.write: at} if gates.write else {}


def _remember(gates: Gates) -> Given:
    return _kept(gates, FAR) | _written(gates, -FAR) if gates.keep else {}


def _overwrite(gates: Gates) -> Given:
    return _kept(gates, -FAR) | _written(gates, FAR) if gates.keep else {}


def _leaky(gates: Gates) -> Given:
    """exp(-1/5) of the old is kept, and the rest is new."""
    at = -math.log(math.expm1(1 / STEPS))
    return _kept(gates, at) | _written(gates, -at) if gates.keep else {}


def _reset(gates: Gates) -> Given:
    if gates.keep is None:
        return {}
    return {gates.keep: (gates.sign * FAR, -2 * gates.sign * FAR)}


SCENARIOS = (
    Scenario(
        "remember",
        N_("remember forever"),
        N_("Look at {state}: at every step less than a ten-thousandth of it is lost, and less than "
           "a ten-thousandth of what is new comes in."),
        _remember,
    ),
    Scenario(
        "overwrite",
        N_("overwrite always"),
        N_("Look at {state}: at every step less than a ten-thousandth of the old one is kept; it "
           "is made anew each time."),
        _overwrite,
    ),
    Scenario(
        "leaky",
        N_("leaky average"),
        N_("Look at {state}: at every step 82 % of the old one is kept and 18 % of what is new is "
           "added; after five steps 37 % of what it was is left."),
        _leaky,
    ),
    Scenario(
        "close",
        N_("close the input"),
        N_("Look at {gate}: it is closed at every step, whatever is read, and less than a "
           "ten-thousandth of what is new reaches {state}."),
        lambda gates: _written(gates, -FAR),
    ),
    Scenario(
        "silence",
        N_("silence the output"),
        N_("Look at {gate}: it is closed at every step, so that h is all but 0, whatever {state} "
           "holds."),
        lambda gates: {gates.show: -FAR} if gates.show else {},
    ),
    Scenario(
        "reset",
        N_("reset on a signal"),
        N_("Look at a step at which the input “{input}” is 1: less than a ten-thousandth of the "
           "old {state} is kept there. Where that input is 0, less than that is lost."),
        _reset,
    ),
)  # fmt: skip


def offered(cell: Cell) -> tuple[Scenario, ...]:
    """The scenarios that a cell has the gates for."""
    return tuple(one for one in SCENARIOS if one.sums(gates_of(cell)))


def looked_for(one: Scenario, cell: Cell, last_input: str) -> str:
    """What to look for once it is set, in the language in force."""
    gates = gates_of(cell)
    (gate, *_others) = one.sums(gates)
    return _(one.look, state=gates.state, gate=gate, input=last_input)


def set_by(one: Scenario, cell: Cell, inputs: int, hidden: int) -> dict[str, Array]:
    """Parameter → its numbers: every gate that the scenario sets, and nothing else."""
    return {
        name: array
        for gate, at in one.sums(gates_of(cell)).items()
        for name, array in _driven(cell, gate, at, inputs, hidden).items()
    }


@lru_cache(maxsize=64)
def gates_of(cell: Cell) -> Gates:
    """Its gates, as far as its equations tell and a trial confirms."""
    memory, show = named(cell).memory, _show(cell)
    cell_state = next((state for state in cell.states if state != "h"), "h")
    if memory is None:
        return Gates(cell_state, show=show)
    keep, write = (_gate_with(cell, bias) if bias else None for bias in (memory.keep, memory.write))
    for state in reversed(cell.states if keep else ()):
        if keep and _is_share(cell, state, keep, memory.sign):
            return Gates(state, keep, memory.sign, write if memory.write_sign == 1 else None, show)
    return Gates(cell_state, show=show)


def _owner(step: Step) -> str:
    """The named value in whose equation a step stands: `f.4` is a part of `f`."""
    return step.name.split(".")[0]


def _gate_with(cell: Cell, bias: str) -> str | None:
    """The gate in whose own sum a bias stands, and nowhere else."""
    owners = {_owner(step) for step, _at in cell.uses(bias)}
    return owners.pop() if len(owners) == 1 and owners <= set(cell.gates) else None


def _show(cell: Cell) -> str | None:
    """The gate that puts out, if h is nothing where it is closed."""
    parts = named(cell).about.parts
    for gate in cell.gates:
        if parts[gate].role == "output" and _bias(cell, gate):
            tried = _tried(cell, {gate: -FAR}, 1.0)
            if np.abs(tried["h"]).max() < NEAR:
                return gate
    return None


def _is_share(cell: Cell, state: str, gate: str, sign: int) -> bool:
    """Whether the share of the old state that is kept is what the gate says, or leaves over."""
    shares = []
    for at in (-FAR, 0.5, FAR):
        ends = [_tried(cell, {gate: sign * at}, start, state)[state][0] for start in (0.0, 0.1)]
        shares.append(float((ends[1] - ends[0]).squeeze()) / 0.1)
    return np.allclose(shares, [0.0, 1 / (1 + math.exp(-0.5)), 1.0], atol=NEAR)


def _tried(cell: Cell, sums: Given, start: float, state: str | None = None) -> Mapping[str, Array]:
    """A run of one unit whose other weights are 0.1, a state begun at a number."""
    network = Network.fresh(cell, inputs=1, hidden=1)
    weights = {n: np.full_like(a, 0.1 * (state is None)) for n, a in network.parameters.items()}
    for gate, at in sums.items():
        driven = _driven(cell, gate, at, 1, 1)
        weights |= {f"layers.0.{name}": array for name, array in driven.items()}
    begun = {f"layers.0.{s}": np.full(1, start) for s in cell.states if state in (None, s)}
    recording = trace(network.replace(weights), np.ones((3, 1)), initial=begun)
    return {name: recording[name] for name in cell.h_and_states}


def _driven(
    cell: Cell, gate: str, at: float | tuple[float, float], inputs: int, hidden: int
) -> dict[str, Array]:
    """The parameters of a gate's own sum: all 0 but its bias, and a weight on the last input."""
    bias, weight = at if isinstance(at, tuple) else (at, 0.0)
    network = Network.fresh(cell, inputs=inputs, hidden=hidden)
    found: dict[str, Array] = {}
    for name in cell.parameters:
        if any(_owner(step) == gate for step, _at in cell.uses(name)):
            array = np.zeros_like(network.parameters[f"layers.0.{name}"])
            if name == _bias(cell, gate):
                array[...] = bias
            elif is_matrix(name) and cell.parameters[name][1] == "inputs":
                array[:, -1] = weight
            found[name] = array
    return found


def _bias(cell: Cell, gate: str) -> str | None:
    """The vector that is added in a gate's own sum."""
    names = (n for n, shape in cell.parameters.items() if shape == ("hidden",))
    return next(
        (
            name
            for name in names
            if any(_owner(s) == gate and _is_sum(s) for s, _at in cell.uses(name))
        ),
        None,
    )


def _is_sum(step: Step) -> bool:
    operation = OPERATIONS[step.op]
    return operation.kind == "sum" and operation.arity == 2
