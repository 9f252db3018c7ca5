"""The running example: what a setup takes and gives back, in numbers, computed by the engine."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from rnnviz.network.arrays import Array
from rnnviz.network.lengths import present_steps
from rnnviz.network.network import Network
from rnnviz.shapes.parameters import parameters
from rnnviz.shapes.running import Run, run
from rnnviz.shapes.setup import Setup
from rnnviz.shapes.weights import INPUT, STATES, TOKENS, draw, network_of

MOST_WEIGHTS, MOST_PRODUCTS = 1_000_000, 100_000_000


@dataclass(frozen=True, eq=False)
class Example:
    """The numbers of a setup.

    setup: of which they are; a smaller one than was asked for where that is too large to compute.
    weights: full name ("rnn.weight_ih_l0", "linear.bias") → array, in PyTorch's layout.
    arrays: name → array, for every name of `tensors(setup)`, in PyTorch's layout.
    h, c: (layers, directions, time, batch, units), the states everywhere, at the time step of the
        sequence; NaN where a sequence is not read. c is None without a cell state.
    run: what the engine did. Its h has zeros after a projection's numbers.
    """

    setup: Setup
    weights: Mapping[str, Array]
    arrays: Mapping[str, npt.NDArray[np.generic]]
    h: Array
    c: Array | None
    run: Run

    def state(self, name: str) -> Array:
        """h or c everywhere. KeyError where there is none."""
        found = {"h": self.h, "c": self.c}[name]
        if found is None:
            raise KeyError(f"a {self.setup.kind} has no cell state")
        return found


@lru_cache(maxsize=8)
def example(setup: Setup) -> Example:
    """The numbers of a setup; of a smaller one, where it is too large (see `computable`)."""
    setup = computable(setup)
    weights, tokens = draw(setup), _tokens(setup)
    x = _input(setup, weights, tokens)
    network = network_of(setup, weights)
    start = {state: initial_state(setup, state) for state in setup.states}
    done = run(network, x, setup.read_steps, by_name(network, start))
    arrays: dict[str, npt.NDArray[np.generic]] = {}
    if setup.vocabulary:
        arrays["tokens"] = in_layout(setup, tokens)
    arrays["x"] = in_layout(setup, x)
    arrays |= {f"{state}_0": _rows(setup, array) for state, array in start.items()}
    h = done.values("h")[..., : setup.h_out]
    c = done.values("c") if "c" in setup.states else None
    output = np.concatenate(list(np.nan_to_num(h[-1, :, : setup.output_length])), axis=-1)
    arrays["output"] = in_layout(setup, output)
    for state in setup.states:
        arrays[f"{state}_n"] = _rows(setup, by_place(setup, done.final, state))
    if setup.outputs:
        y = output @ weights["linear.weight"].T + weights["linear.bias"]
        arrays["y"] = in_layout(setup, y)
    return Example(setup, weights, arrays, h, c, done)


def computable(setup: Setup) -> Setup:
    """The setup, or the largest of those with halved sizes that is quick to compute.

    At most `MOST_WEIGHTS` parameters, each of which meets every step of every sequence: at most
    `MOST_PRODUCTS` products. Layers, directions, steps and sequences stay.
    """
    count = sum(one.entries for one in parameters(setup))
    if count <= MOST_WEIGHTS and count * sum(setup.read_steps) <= MOST_PRODUCTS:
        return setup
    halved = ("input_size", "hidden_size", "vocabulary", "outputs")
    values = {name: -(-getattr(setup, name) // 2) for name in halved}
    return computable(replace(setup, **values, proj_size=setup.proj_size // 2))


def in_layout(setup: Setup, array: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
    """(time, batch, …) → as the setup lays out what there is for each step of each sequence."""
    if not setup.batch:
        return array[:, 0]
    return array.swapaxes(0, 1) if setup.batch_first else array


def own_steps(setup: Setup) -> npt.NDArray[np.bool_]:
    """(time, batch): whether a step is one of the sequence's own, and no padding."""
    return present_steps(np.array(setup.steps), setup.length)


def initial_state(setup: Setup, state: str) -> Array:
    """(layers, directions, batch, units): a state before the first step."""
    units = setup.h_out if state == "h" else setup.hidden_size
    shape = (setup.num_layers, setup.directions, setup.sequences, units)
    if setup.initial == "zeros":
        return np.zeros(shape)
    stream = [setup.seed, STATES, setup.states.index(state)]
    return np.random.default_rng(stream).standard_normal(shape)


def by_name(network: Network, states: Mapping[str, Array]) -> dict[str, Array]:
    """State → (layers, directions, batch, units), as "layers.0.reverse.h" → (batch, hidden): what
    is missing after a projection is zeros."""
    return {
        f"layers.{k}.{way}{state}": np.pad(
            array[k, d], ((0, 0), (0, network.hidden - array.shape[-1]))
        )
        for state, array in states.items()
        for k in range(len(array))
        for d, way in zip(range(array.shape[1]), ("", "reverse."), strict=False)
    }


def by_place(setup: Setup, states: Mapping[str, Array], state: str) -> Array:
    """The inverse of `by_name`: (layers, directions, batch, units)."""
    ways = ("", "reverse.")[: setup.directions]
    units = setup.h_out if state == "h" else setup.hidden_size
    rows = [[states[f"layers.{k}.{w}{state}"] for w in ways] for k in range(setup.num_layers)]
    return np.array(rows)[..., :units]


def _rows(setup: Setup, states: Array) -> Array:
    """(layers, directions, batch, units) → as PyTorch has them: (layers · directions, …)."""
    rows: Array = states.reshape(-1, *states.shape[2:])
    return rows if setup.batch else rows[:, 0]


def _tokens(setup: Setup) -> npt.NDArray[np.generic]:
    """(time, batch): token numbers; 0 where there is padding, and else others where there are."""
    generator = np.random.default_rng([setup.seed, TOKENS])
    least = min(1, max(setup.vocabulary, 1) - 1)
    tokens = generator.integers(least, max(setup.vocabulary, 1), (setup.length, setup.sequences))
    return np.where(own_steps(setup), tokens, 0)


def _input(setup: Setup, weights: Mapping[str, Array], tokens: npt.NDArray[np.generic]) -> Array:
    """(time, batch, inputs): what is read; zeros where there is padding."""
    if setup.vocabulary:
        found: Array = weights["embedding.weight"][tokens]
        return found
    shape = (setup.length, setup.sequences, setup.input_size)
    drawn = np.random.default_rng([setup.seed, INPUT]).standard_normal(shape)
    return drawn * own_steps(setup)[..., None]
