"""The cliff (Pascanu, Mikolov & Bengio 2013): the loss of a one-unit RNN over its two parameters.

h_t = U · sigmoid(h_{t−1}) + b from h_0 = 0.5 over 50 steps, and L = (sigmoid(h_50) − 0.7)². Almost
everywhere the loss is flat; where the unit changes from one resting point to another it falls off a
wall whose gradient is thousands of times that of the ground. All on the engine: a cell as text, a
grid of networks at once. Any other cell of one recurrent weight and one bias has such a ground too.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from rnnviz import engine
from rnnviz.equations import parse
from rnnviz.operations import OPERATIONS
from rnnviz.representation import Cell
from rnnviz.texts import Sentence

Array = npt.NDArray[np.floating]

EQUATION = "h = U @ sigmoid(h_prev) + b"
STEPS = 50
START = 0.5
GOAL = 0.7
SOLVED = 0.005
WEIGHTS = (3.0, 8.0)
BIASES = (-4.5, -1.0)
LONGEST_WALK = 1000
MOST_OPERATIONS = 40
ANSWER = OPERATIONS["sigmoid"]


@dataclass(frozen=True)
class Ground:
    """A cell and what its loss is seen over: a recurrent weight and a bias, by their names."""

    cell: Cell
    weight: str
    bias: str


def ground_of(cell: Cell) -> Ground:
    """The ground of a cell, read with x = 0, so that what reads x does not count.

    ValueError in words where it has none: the map is over two numbers.
    """
    if len(cell.steps) > MOST_OPERATIONS:
        raise ValueError(
            Sentence(
                "the map is 25,600 networks, too many for a cell of {count} operations: up to "
                "{most} can be drawn",
                count=len(cell.steps),
                most=MOST_OPERATIONS,
            )
        )
    learnt = {n: shape for n, shape in cell.parameters.items() if shape[-1] != "inputs"}
    weights = [name for name in learnt if len(learnt[name]) == 2]
    biases = [name for name in learnt if len(learnt[name]) == 1]
    if (len(weights), len(biases)) != (1, 1):
        listed = ", ".join(learnt) or "–"
        raise ValueError(
            Sentence(
                "the map is over two numbers of one unit, a recurrent matrix and a vector, and "
                "this cell has {weights} and {biases} of these ({names})",
                weights=len(weights),
                biases=len(biases),
                names=listed,
            )
        )
    return Ground(cell, weights[0], biases[0])


PAPER = ground_of(parse(EQUATION))


@dataclass(frozen=True, eq=False)
class Surface:
    """L and |dL/d(U, b)| on a grid: both (biases, weights)."""

    weights: Array
    biases: Array
    loss: Array
    slope: Array


@dataclass(frozen=True, eq=False)
class Walk:
    """A gradient descent: before each of its steps, and at its end.

    points: (steps + 1, 2), the weight and the bias. loss, norm: (steps + 1,), of the gradient
    before it was clipped.
    """

    points: Array
    loss: Array
    norm: Array

    @property
    def solved(self) -> bool:
        """Whether it ends below L = 0.005."""
        return bool(self.loss[-1] < SOLVED)

    @property
    def longest_step(self) -> float:
        """The length of its longest step in the plane."""
        with np.errstate(all="ignore"):
            return float(np.linalg.norm(np.diff(self.points, axis=0), axis=1).max())


def loss_and_gradient(
    weights: npt.ArrayLike,
    biases: npt.ArrayLike,
    workspace: engine.Workspace | None = None,
    *,
    ground: Ground = PAPER,
) -> tuple[Array, Array, Array]:
    """L, dL/dU and dL/db of as many one-unit networks as there are numbers, all (networks,).

    Not finite where a state or a gradient leaves the range of float64.

    workspace: arrays kept from call to call; the next one overwrites what this one gave.
    """
    cell, many = ground.cell, np.size(weights)
    shapes = {n: (many, *[1] * len(shape)) for n, shape in cell.parameters.items()}
    params = {name: np.zeros(shape) for name, shape in shapes.items()}
    for name, values in ((ground.weight, weights), (ground.bias, biases)):
        params[name] = np.asarray(values, float).reshape(shapes[name])
    x, start = np.zeros((STEPS, many, 1, 1)), np.full((many, 1, 1), START)
    with np.errstate(all="ignore"):
        states = dict.fromkeys(cell.states, start)
        run = engine.forward(cell, params, x, initial=states, workspace=workspace)
        answer = ANSWER.forward(run.value("h")[-1, :, 0, 0])
        outside = {"gradient": 2.0 * (answer - GOAL), "result": answer}
        dh = np.zeros((STEPS, many, 1, 1))
        dh[-1, :, 0, 0] = ANSWER.gradients[0].of(outside.__getitem__)
        found = run.backward(dh).params
    return (answer - GOAL) ** 2, found[ground.weight][:, 0, 0], found[ground.bias][:, 0]


@lru_cache(maxsize=8)
def surface(points: int = 160, ground: Ground = PAPER) -> Surface:
    """The loss over U from 3 to 8 and b from −4.5 to −1, on a square grid."""
    weights, biases = np.linspace(*WEIGHTS, points), np.linspace(*BIASES, points)
    rows = [loss_and_gradient(weights, np.full(points, bias), ground=ground) for bias in biases]
    loss, by_weight, by_bias = (np.array(part) for part in zip(*rows, strict=True))
    return Surface(weights, biases, loss, np.hypot(by_weight, by_bias))


def walks(
    starts: npt.ArrayLike,
    *,
    learning_rate: float,
    clip_norm: npt.ArrayLike | None = None,
    clip_value: npt.ArrayLike | None = None,
    steps: int = 300,
    ground: Ground = PAPER,
) -> list[Walk]:
    """Gradient descent from each start (starts, 2), all at once.

    clip_norm, clip_value: one limit, or one for each start; infinity clips nothing.

    ValueError where a choice makes no sense.
    """
    if not 1 <= steps <= LONGEST_WALK:
        raise ValueError(f"a walk has from 1 to {LONGEST_WALK} steps, not {steps}")
    for name, limit in (("clip_norm", clip_norm), ("clip_value", clip_value)):
        if limit is not None and not np.all(np.asarray(limit) > 0):
            raise ValueError(f"{name} must be more than 0, not {limit}")
    here = np.array(starts, float).reshape(-1, 2)
    by_norm, by_value = (np.inf if limit is None else limit for limit in (clip_norm, clip_value))
    record: list[tuple[Array, Array, Array]] = []
    workspace = engine.Workspace()
    for _ in range(steps + 1):
        loss, *by = loss_and_gradient(here[:, 0], here[:, 1], workspace, ground=ground)
        gradient = np.stack(by, axis=1)
        with np.errstate(all="ignore"):
            norm = np.linalg.norm(gradient, axis=1)
            record.append((here, loss, norm))
            here = here - learning_rate * _clipped(gradient, norm, by_norm, by_value)
    points, losses, norms = (np.array(part) for part in zip(*record, strict=True))
    return [Walk(points[:, k], losses[:, k], norms[:, k]) for k in range(points.shape[1])]


def _clipped(
    gradient: Array, norm: Array, by_norm: npt.ArrayLike, by_value: npt.ArrayLike
) -> Array:
    cut = np.broadcast_to(by_value, norm.shape)[:, None]
    # torch's clip_grad_norm_: the factor never lengthens, and 1e-6 keeps it finite.
    factor: Array = np.minimum(1.0, np.divide(by_norm, norm + 1e-6))
    clipped: Array = np.clip(gradient, -cut, cut)
    return clipped * factor[:, None]
