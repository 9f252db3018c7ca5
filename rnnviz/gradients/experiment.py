"""The knobs of the Gradients page, and the networks and the sequence that they determine.

Everything is drawn once from the seed, at the largest size, and cut and scaled by the other knobs:
turning one of them moves every number smoothly, and the browser, which is given the draws, does the
same arithmetic. A longer sequence begins like a shorter one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np

from rnnviz.cells import GALLERY
from rnnviz.equations import parse
from rnnviz.network.arrays import Array
from rnnviz.network.initial import memory_of
from rnnviz.network.layers import Layer
from rnnviz.network.losses import Loss
from rnnviz.network.network import Network
from rnnviz.representation import Cell
from rnnviz.settings import Setting

INPUTS = 4
LARGEST, LONGEST = 64, 200
BETWEEN = ";"
"""What separates the names of cells in a link."""

CELLS: Mapping[str, Cell] = MappingProxyType(
    {"RNN (linear)": parse("h = W @ x + U @ h_prev + b"), **GALLERY}
)
PLAIN = "RNN"
"""The plain cell whose function is the knob `activation`."""

ACTIVATIONS = {"tanh": "RNN (tanh)", "relu": "RNN (ReLU)", "identity": "RNN (linear)"}
LOSSES = ("last step", "each step", "one step")

KNOBS: Mapping[str, Setting] = MappingProxyType(
    {
        knob.name: knob
        for knob in (
            Setting("length", "Length", 60, "How many steps the sequence has.", 1, LONGEST),
            Setting(
                "scale",
                "Recurrent scale",
                1.0,
                "The spectral radius, the largest |eigenvalue|, of every recurrent matrix.",
                0.0,
                3.0,
            ),
            Setting(
                "activation",
                "Function of the plain RNN",
                "tanh",
                "What the plain RNN applies to its sum.",
                options=tuple(ACTIVATIONS),
            ),
            Setting(
                "forget_bias",
                "Bias of the gate that keeps",
                1.0,
                "Larger opens the forget gate (LSTM), or keeps more of the old state (GRU).",
                -5.0,
                5.0,
            ),
            Setting(
                "input_scale",
                "Input scale",
                1.0,
                "A factor on the matrices that read the sequence.",
                0.0,
                5.0,
            ),
            Setting("hidden", "Hidden size", 16, "Units in the layer.", 1, LARGEST),
            Setting("seed", "Seed", 0, "The same seed draws the same numbers.", 0, 9999),
            Setting(
                "loss",
                "Loss at",
                LOSSES[0],
                "Where L, the sum of h, is asked: the gradient starts there.",
                options=LOSSES,
            ),
            Setting("step", "Step of the loss", 1, "From 1.", 1, LONGEST),
        )
    }
)


@dataclass(frozen=True)
class Experiment:
    """All knobs; with them every number on the page is determined.

    cells: names of `CELLS`, or `PLAIN` for the plain cell of the `activation`.

    Raises:
        ValueError: a knob is out of its range, or a cell has no such name.
    """

    cells: tuple[str, ...] = (PLAIN, "LSTM", "GRU (PyTorch)")
    length: int = 60
    scale: float = 1.0
    activation: str = "tanh"
    forget_bias: float = 1.0
    input_scale: float = 1.0
    hidden: int = 16
    seed: int = 0
    loss: str = LOSSES[0]
    step: int = 1

    def __post_init__(self) -> None:
        for name, knob in KNOBS.items():
            value = getattr(self, name)
            if knob.clamped(value) != value:
                allowed = ", ".join(knob.options or (f"{knob.low:g} to {knob.high:g}",))
                raise ValueError(f"{name} is {value!r}; allowed are {allowed}")
        for name in self.cells:
            if name != PLAIN and name not in CELLS:
                raise ValueError(f"there is no cell {name!r}; there are {', '.join(CELLS)}")

    @cached_property
    def x(self) -> Array:
        """(time, 1, inputs): standard normal numbers."""
        return np.random.default_rng([self.seed, 0]).standard_normal((self.length, 1, INPUTS))

    @cached_property
    def loss_steps(self) -> tuple[int, ...]:
        """The steps, from 0, at which L is asked; a step beyond the sequence is its last."""
        if self.loss == "each step":
            return tuple(range(self.length))
        return (self.length - 1 if self.loss == LOSSES[0] else min(self.step, self.length) - 1,)

    @property
    def judge(self) -> Loss:
        """L: the sum of h over units, at `loss_steps`."""
        return Loss("sum", self.loss_steps)

    def cell(self, name: str) -> Cell:
        """The cell that a name of `cells` stands for."""
        return CELLS[ACTIVATIONS[self.activation] if name == PLAIN else name]

    def network(self, name: str) -> Network:
        """One layer of a cell, with no readout, at these knobs."""
        cell = self.cell(name)
        params = {
            parameter: array * self._factor(cell, parameter)
            for parameter, array in unit_params(cell, self.hidden, self.seed).items()
        }
        memory = memory_of(cell)
        if memory:
            params[memory.keep] = np.full(self.hidden, memory.sign * self.forget_bias)
        return Network((Layer(cell, params, inputs=INPUTS, hidden=self.hidden),))

    def _factor(self, cell: Cell, parameter: str) -> float:
        size = cell.parameters[parameter][-1]
        if len(cell.parameters[parameter]) == 1:
            return 1.0
        return self.input_scale if size == "inputs" else self.scale


def unit_params(cell: Cell, hidden: int, seed: int) -> dict[str, Array]:
    """A cell's parameters before the knobs: recurrent matrices have the spectral radius 1.

    Vectors and input matrices are U(±1/√hidden). Of each draw the first rows and columns are used.
    """
    return {
        name: drawn(seed, k, sizes)[:hidden] / np.sqrt(hidden)
        if sizes[-1] == "inputs" or len(sizes) == 1
        else drawn(seed, k, sizes)[:hidden, :hidden] / radius(seed, k, hidden)
        for k, (name, sizes) in enumerate(cell.parameters.items())
    }


@dataclass(frozen=True, eq=False)
class Draws:
    """What the browser needs to follow every knob but the seed, up to a largest hidden size.

    x: (LONGEST, 1, inputs). params: parameter → its draw, (largest, inputs or largest) or
    (largest,). radii: recurrent matrix → (largest,), entry H − 1 the spectral radius of the draw's
    first H rows and columns, by which they are divided; other draws are divided by √H.
    """

    x: Array
    params: Mapping[str, Array]
    radii: Mapping[str, Array]


def draws(experiment: Experiment, name: str, largest: int = 32) -> Draws:
    """The draws of one of the experiment's cells; `network` makes its parameters of the same."""
    parameters = experiment.cell(name).parameters
    params, radii = {}, {}
    for k, (parameter, sizes) in enumerate(parameters.items()):
        params[parameter] = drawn(experiment.seed, k, sizes)[:largest]
        if sizes == ("hidden", "hidden"):
            params[parameter] = params[parameter][:, :largest]
            each = [radius(experiment.seed, k, size) for size in range(1, largest + 1)]
            radii[parameter] = np.array(each)
    return Draws(replace(experiment, length=LONGEST).x, params, radii)


@lru_cache(maxsize=256)
def drawn(seed: int, k: int, sizes: tuple[str, ...]) -> Array:
    """The numbers of a cell's k-th parameter at the largest size: U(±1), or normal if square."""
    generator = np.random.default_rng([seed, 1, k])
    array: Array
    if sizes == ("hidden", "hidden"):
        array = generator.standard_normal((LARGEST, LARGEST))
    else:
        array = generator.uniform(-1.0, 1.0, (LARGEST, INPUTS)[: len(sizes)])
    array.flags.writeable = False
    return array


@lru_cache(maxsize=1024)
def radius(seed: int, k: int, hidden: int) -> float:
    """The largest |eigenvalue| of the first rows and columns of a square draw."""
    square = drawn(seed, k, ("hidden", "hidden"))[:hidden, :hidden]
    return float(np.abs(np.linalg.eigvals(square)).max())


def read(query: Mapping[str, Any]) -> Experiment:
    """The experiment that an address asks for, clamped; never raises. Other names are ignored."""
    chosen = {n: knob.clamped(_last(query[n])) for n, knob in KNOBS.items() if n in query}
    known = {name.casefold(): name for name in (PLAIN, *CELLS)}
    words = str(_last(query.get("cells", ""))).casefold().split(BETWEEN)
    cells = tuple(dict.fromkeys(known[w.strip()] for w in words if w.strip() in known))
    return Experiment(**chosen) if not cells else Experiment(cells, **chosen)


def write(experiment: Experiment) -> dict[str, str]:
    """The query that `read` turns into this experiment: what is not the default, as text."""
    found = {}
    for field in fields(Experiment):
        value = getattr(experiment, field.name)
        if value != field.default:
            joined = BETWEEN.join(value) if isinstance(value, tuple) else value
            found[field.name] = f"{joined:.10g}" if isinstance(joined, float) else str(joined)
    return found


def _last(value: Any) -> Any:
    return (value[-1] if value else "") if isinstance(value, list | tuple) else value
