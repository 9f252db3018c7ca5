"""The phase diagram: how much gradient is left, over recurrent scale × sequence length.

All networks of a block run at once, on the engine's leading axis. One run serves all lengths: it is
kept in segments that end at each of them, and a loss at a length's end goes back from there only.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from rnnviz.cells import OWN
from rnnviz.engine.cell_run import CellRun, Workspace, forward
from rnnviz.gradients.magnitude import norms
from rnnviz.gradients.setup import Setup
from rnnviz.network.arrays import Array
from rnnviz.representation import Cell, is_matrix
from rnnviz.summary import summary

CELLS = ("RNN (tanh)", "RNN (ReLU)", "RNN (linear)", "LSTM", "GRU (PyTorch)")
SCALES = tuple(round(0.1 * k, 1) for k in range(1, 26))
LENGTHS = (5, 10, 20, 30, 50, 75, 100, 150)
SEEDS = 10
NETWORKS_AT_ONCE = 50


def cells_of(setup: Setup) -> tuple[str, ...]:
    """Whose diagram there is: one's own too, if it is among the cells and hands on h, whose
    gradient the diagram is of."""
    own = OWN in setup.cells and "h" in setup.own.states
    return (*CELLS, *([OWN] if own else []))


@dataclass(frozen=True, eq=False)
class Phase:
    """log10(‖dL/dh_1‖ / ‖dL/dh_T‖), L the sum of h_T, over (cells, scales, lengths).

    log10: the mean over the seeds whose number is finite; nan where there is none (yet).
    vanished: how many seeds gave exactly zero. overflowed: how many left the range of float64.
    computed: how many seeds are done; `done` is the share of the whole.
    """

    cells: tuple[str, ...]
    scales: tuple[float, ...]
    lengths: tuple[int, ...]
    seeds: int
    log10: Array
    vanished: np.ndarray
    overflowed: np.ndarray
    computed: np.ndarray

    __repr__ = summary

    @property
    def done(self) -> float:
        return float(self.computed.mean()) / self.seeds


class PhaseDiagram:
    """A diagram that is being computed, as far as it is.

    A point is what `curves` of the setup with that scale and length gives, and the loss at the
    last step, averaged over the seeds setup.seed, setup.seed + 1, ….
    """

    def __init__(
        self,
        setup: Setup,
        *,
        cells: Sequence[str] = CELLS,
        scales: Sequence[float] = SCALES,
        lengths: Sequence[int] = LENGTHS,
        seeds: int = SEEDS,
    ) -> None:
        self.setup, self.seeds = setup, seeds
        self.cells, self.scales, self.lengths = tuple(cells), tuple(scales), tuple(lengths)
        shape = (len(cells), len(scales), len(lengths), seeds)
        self._found, self._computed = np.zeros(shape), np.zeros(shape, np.bool_)

    @property
    def is_whole(self) -> bool:
        return bool(self._computed.all())

    @property
    def phase(self) -> Phase:
        """What is known of it."""
        return _phase(self.cells, self.scales, self.lengths, self._found, self._computed)

    def blocks(self) -> Iterator[Phase]:
        """Compute what is left, a block of networks at a time; stop asking to leave it as it is.

        The arrays that the blocks reuse go with the iterator.
        """
        for k, name in enumerate(self.cells):
            yield from self._blocks_of(k, name)

    def _blocks_of(self, k: int, name: str) -> Iterator[Phase]:
        """What is left of one cell."""
        at_once = max(1, NETWORKS_AT_ONCE // self.seeds)
        parts = [slice(first, first + at_once) for first in range(0, len(self.scales), at_once)]
        left = [part for part in parts if not self._computed[k, part].all()]
        if not left:
            return
        block = _Block(self.setup, name, self.lengths, self.seeds)
        for part in left:
            self._found[k, part] = block.log10(self.scales[part])
            self._computed[k, part] = True
            yield self.phase


def _phase(
    cells: tuple[str, ...],
    scales: tuple[float, ...],
    lengths: tuple[int, ...],
    found: Array,
    computed: np.ndarray,
) -> Phase:
    finite = computed & np.isfinite(found)
    count = finite.sum(-1)
    mean = np.full(count.shape, np.nan)
    np.divide(np.where(finite, found, 0.0).sum(-1), count, out=mean, where=count > 0)
    vanished = (computed & np.isneginf(found)).sum(-1)
    overflowed = computed.sum(-1) - count - vanished
    seeds = found.shape[-1]
    return Phase(cells, scales, lengths, seeds, mean, vanished, overflowed, computed.sum(-1))


class _Block:
    """One cell's networks at scale 1, one for each seed, and the arrays its runs reuse."""

    def __init__(self, setup: Setup, name: str, lengths: tuple[int, ...], seeds: int) -> None:
        longest = max(lengths)
        each = [
            replace(setup, seed=setup.seed + k, scale=1.0, length=longest) for k in range(seeds)
        ]
        self.cell, self.lengths, self.seeds = setup.cell(name), lengths, seeds
        networks = [one.network(name).layers[0].params for one in each]
        self.params: dict[str, Array]
        self.params = {n: np.stack([p[n] for p in networks]) for n in self.cell.parameters}
        self.x = np.stack([one.x for one in each], axis=1)
        self.ends = sorted(set(lengths))
        self.workspaces = [Workspace() for _ in self.ends]

    def log10(self, scales: Sequence[float]) -> Array:
        """(scales, lengths, seeds)."""
        params: dict[str, Array] = {}
        for name, array in self.params.items():
            recurrent = is_matrix(name) and self.cell.parameters[name][-1] == "hidden"
            factors = np.array(scales) if recurrent else np.ones(len(scales))
            stacked = factors.reshape(-1, *[1] * array.ndim) * array
            params[name] = stacked.reshape(-1, *array.shape[1:])
        x = np.concatenate([self.x] * len(scales), axis=1)
        ratios = log10_ratios(self.cell, params, x, self.ends, self.workspaces)
        columns = [self.ends.index(length) for length in self.lengths]
        chosen: Array = ratios[:, columns].reshape(len(scales), self.seeds, -1)
        return chosen.swapaxes(1, 2)


def log10_ratios(
    cell: Cell,
    params: Mapping[str, Array],
    x: Array,
    ends: Sequence[int],
    workspaces: Sequence[Workspace],
) -> Array:
    """(networks, ends): log10(‖dL/dh_1‖ / ‖dL/dh_T‖) for each length T in `ends`, in order.

    Args:
        params: with a leading axis of networks.
        x: (time, networks, 1, inputs): each network reads one sequence.
        workspaces: one for each of `ends`.

    Returns:
        −inf where the gradient is exactly zero, inf or nan where it left the range of float64.
    """
    runs: list[CellRun] = []
    states: dict[str, Array] = {}
    for (start, stop), space in zip(pairwise([0, *ends]), workspaces, strict=True):
        runs.append(forward(cell, params, x[start:stop], initial=states, workspace=space))
        states = {s: runs[-1].value(s)[-1] for s in cell.states}
    first = np.stack([_first_gradient(runs[: k + 1]) for k in range(len(ends))], axis=1)
    networks = first.shape[0]
    sizes = norms(first.reshape(networks * len(ends), -1)).reshape(networks, len(ends))
    with np.errstate(all="ignore"):
        ratios: Array = np.log10(sizes) - 0.5 * np.log10(first.shape[-1])
    return ratios


def _first_gradient(runs: Sequence[CellRun]) -> Array:
    """(networks, 1, hidden): dL/dh_1, with L the sum of the last h of the last run."""
    shape, cell = runs[0].buffers.shape, runs[0].cell
    arriving: dict[str, Array] = {"h": np.ones((*shape.networks, shape.batch, shape.hidden))}
    for run in reversed(runs):
        outside = {}
        for state, gradient in arriving.items():
            outside[state] = np.zeros((run.buffers.shape.time, *gradient.shape))
            outside[state][-1] = gradient
        found = run.backward(others=outside)
        arriving = {s: found.initial[s] for s in cell.states}
    first: Array = found.value("h")[0]
    return first.copy()
