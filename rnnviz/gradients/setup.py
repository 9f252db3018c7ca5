"""The knobs of the Gradients page, and the networks and the sequence that they determine.

Everything is drawn once from the seed, at the largest size, and cut and scaled by the other knobs:
turning one of them moves every number smoothly, and the browser, which is given the draws, does the
same arithmetic. A longer sequence begins like a shorter one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from types import MappingProxyType

import numpy as np

from rnnviz.cells import GALLERY, OWN, OWN_TITLE, named
from rnnviz.equations import parse
from rnnviz.network.arrays import Array
from rnnviz.network.attention import Attention
from rnnviz.network.layers import Layer
from rnnviz.network.losses import Loss
from rnnviz.network.network import Network
from rnnviz.representation import Cell
from rnnviz.settings.equations import equations
from rnnviz.settings.kinds import Number, Several, Whole, choice
from rnnviz.settings.schema import Schema, seed_setting, setting
from rnnviz.texts import N_

INPUTS = 4
LARGEST, LONGEST = 64, 200

CELLS: Mapping[str, Cell] = MappingProxyType(
    {"RNN (linear)": parse("h = W @ x + U @ h_prev + b"), **GALLERY}
)
PLAIN = "RNN"
"""The plain cell whose function is the knob `activation`."""

ACTIVATIONS = {"tanh": "RNN (tanh)", "relu": "RNN (ReLU)", "identity": "RNN (linear)"}
LOSSES = choice({"last": N_("last step"), "every": N_("each step"), "one": N_("one step")})


@dataclass(frozen=True)
class Setup:
    """All knobs; with them every number on the page is determined.

    cells: names of `CELLS`, `PLAIN` for the plain cell of the `activation`, or `OWN` for that of
        the `equations`.

    Raises:
        ValueError: a knob is out of its range, or a cell has no such name.
        EquationError: one's own cell is among the cells, and its equations are none.
    """

    cells: tuple[str, ...] = setting(
        (PLAIN, "LSTM", "GRU (PyTorch)"),
        Several(choice(PLAIN, *CELLS, {OWN: OWN_TITLE}), fewest=1),
        N_("Cells"),
    )
    equations: str = equations(key="own")
    length: int = setting(
        60, Whole(1, LONGEST), N_("Length"), N_("How many steps the sequence has.")
    )
    scale: float = setting(
        1.0,
        Number(0.0, 3.0, step=0.01),
        N_("Recurrent scale"),
        N_("The spectral radius, the largest |eigenvalue|, of every recurrent matrix."),
    )
    activation: str = setting(
        "tanh",
        choice("tanh", {"relu": "ReLU"}, {"identity": N_("identity")}),
        N_("Function of the plain RNN"),
        N_("What the plain RNN applies to its sum."),
    )
    forget_bias: float = setting(
        1.0,
        Number(-5.0, 5.0, step=0.1),
        N_("Bias of the gate that keeps"),
        N_("Larger opens the forget gate (LSTM), or keeps more of the old state (GRU)."),
    )
    input_scale: float = setting(
        1.0,
        Number(0.0, 5.0, step=0.05),
        N_("Input scale"),
        N_("A factor on the matrices that read the sequence."),
    )
    hidden: int = setting(16, Whole(1, LARGEST), N_("Hidden size"), N_("Units in the layer."))
    seed: int = seed_setting(N_("The same seed draws the same numbers."))
    loss: str = setting(
        "last",
        LOSSES,
        N_("Loss at"),
        N_("Where L, the sum of all units of h, is taken: there the gradient starts."),
    )
    step: int = setting(1, Whole(1, LONGEST), N_("Step of the loss"), N_("From 1."))

    def __post_init__(self) -> None:
        KNOBS.check(vars(self))
        if OWN in self.cells:
            _ = self.own  # raises where the equations are no cell

    @cached_property
    def own(self) -> Cell:
        """The cell of the `equations`."""
        return parse(self.equations)

    @cached_property
    def x(self) -> Array:
        """(time, 1, inputs): standard normal numbers."""
        return np.random.default_rng([self.seed, 0]).standard_normal((self.length, 1, INPUTS))

    @cached_property
    def loss_steps(self) -> tuple[int, ...]:
        """The steps, from 0, at which L is asked; a step beyond the sequence is its last."""
        if self.loss == "every":
            return tuple(range(self.length))
        return (self.length - 1 if self.loss == "last" else min(self.step, self.length) - 1,)

    @property
    def judge(self) -> Loss:
        """L: the sum of h over units, at `loss_steps`."""
        return Loss("sum", self.loss_steps)

    def cell(self, name: str) -> Cell:
        """The cell that a name of `cells` stands for."""
        if name == OWN:
            return self.own
        return CELLS[ACTIVATIONS[self.activation] if name == PLAIN else name]

    def network(self, name: str) -> Network:
        """One layer of a cell, with no readout, at these knobs."""
        cell = self.cell(name)
        params = {
            parameter: array * self._factor(cell, parameter)
            for parameter, array in unit_params(cell, self.hidden, self.seed).items()
        }
        memory = named(cell).memory
        if memory:
            params[memory.keep] = np.full(self.hidden, memory.sign * self.forget_bias)
        return Network((Layer(cell, params, inputs=INPUTS, hidden=self.hidden),))

    def attended(self, name: str) -> Network:
        """The same layer with an attention above it, over all steps so far; L is then the sum of
        what that hands up."""
        below = self.network(name)
        return Network((*below.body, attention(self.hidden, self.seed)))

    def _factor(self, cell: Cell, parameter: str) -> float:
        size = cell.parameters[parameter][-1]
        if len(cell.parameters[parameter]) == 1:
            return 1.0
        return self.input_scale if size == "inputs" else self.scale


KNOBS = Schema.of(Setup)


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


def attention(hidden: int, seed: int) -> Attention:
    """What stands above a layer of that size: W, b and v are U(±1/√hidden), and not learnt."""
    W, b, v = (array / np.sqrt(hidden) for array in attention_draws(seed, hidden).values())
    return Attention(W, b, v)


def attention_draws(seed: int, largest: int) -> dict[str, Array]:
    """Name → its draw U(±1): W (largest, largest), b and v (largest,)."""
    generator = np.random.default_rng([seed, 2])
    whole = generator.uniform(-1.0, 1.0, (LARGEST, LARGEST))
    b, v = generator.uniform(-1.0, 1.0, (2, LARGEST))
    return {"W": whole[:largest, :largest], "b": b[:largest], "v": v[:largest]}


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


def draws(setup: Setup, name: str, largest: int = 32) -> Draws:
    """The draws of one of the setup's cells; `network` makes its parameters of the same."""
    parameters = setup.cell(name).parameters
    params, radii = {}, {}
    for k, (parameter, sizes) in enumerate(parameters.items()):
        params[parameter] = drawn(setup.seed, k, sizes)[:largest]
        if sizes == ("hidden", "hidden"):
            params[parameter] = params[parameter][:, :largest]
            each = [radius(setup.seed, k, size) for size in range(1, largest + 1)]
            radii[parameter] = np.array(each)
    return Draws(replace(setup, length=LONGEST).x, params, radii)


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
