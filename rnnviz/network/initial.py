"""Initial values of a cell's parameters: the usual schemes, drawn from a seed.

Every parameter draws from a stream of its own, spawned from the generator in the order of
`cell.parameters` (the order in which the equations first use them). So the same seed gives the same
numbers, and changing the scheme of one kind of parameter leaves the numbers of all others as they
were. Nothing is drawn from a process-wide generator.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from rnnviz.cells.named import named
from rnnviz.representation import Cell
from rnnviz.texts import Sentence

Array = npt.NDArray[np.floating]
Recurrent = Literal["uniform", "orthogonal", "scaled", "identity"]
Inputs = Literal["uniform", "glorot"]


@dataclass(frozen=True)
class Initial:
    """How a cell's parameters begin.

    recurrent: matrices that multiply something of the hidden size.
        "uniform": U(±1/√hidden), PyTorch's. "orthogonal": uniform over the orthogonal matrices
        (Saxe, McClelland & Ganguli 2014, arXiv:1312.6120). "scaled": Gaussian, scaled to the
        spectral radius. "identity": Le, Jaitly & Hinton 2015, arXiv:1504.00941.
    inputs: matrices that multiply something of the input's size. "uniform" as above; "glorot":
        U(±√(6/(inputs + hidden))), Glorot & Bengio 2010.
    spectral_radius: largest |eigenvalue| of each recurrent matrix; None is 1. Not for "uniform".
    forget_bias: the value of the bias that keeps the memory, in the direction of keeping: +1 opens
        an LSTM's forget gate. None leaves it as drawn.
    write_bias: the value of the bias that lets new things in (LSTM and peephole LSTM: `b_i`), in
        the direction of letting in.
    chrono: the longest span to remember, T in steps: the keeping bias is log U(1, T − 1), the
        writing one its negative (Tallec & Ollivier 2018, arXiv:1804.11188). In place of the two
        biases above.
    input_scale: factor on the input matrices.

    Vectors are drawn from U(±1/√hidden). PyTorch draws two such biases for each gate and trains
    both: forward they act as their sum, but that begins as a sum of two draws, moves twice as fast
    under SGD, and counts twice in the gradient norm. Here there is one (the GRU's candidate apart,
    whose second bias the reset gate multiplies).

    Raises:
        ValueError: a scheme has no such name, a number is out of its range, or two contradict.
    """

    recurrent: Recurrent = "uniform"
    inputs: Inputs = "uniform"
    spectral_radius: float | None = None
    forget_bias: float | None = None
    write_bias: float | None = None
    chrono: int | None = None
    input_scale: float = 1.0

    def __post_init__(self) -> None:
        for field, known in (("recurrent", Recurrent), ("inputs", Inputs)):
            value = getattr(self, field)
            if value not in get_args(known):
                raise ValueError(f"{field} is one of {', '.join(get_args(known))}, not {value!r}")
        radius = self.spectral_radius
        if radius is not None and self.recurrent == "uniform":
            raise ValueError(
                Sentence(
                    "uniform draws have no spectral radius of your choice: leave it at none, or "
                    "let the recurrent matrices start scaled, orthogonal or as the identity"
                )
            )
        if radius is not None and not 0.0 <= radius < math.inf:
            raise ValueError(f"spectral_radius is a number from 0 on, not {radius}")
        for field in ("forget_bias", "write_bias", "input_scale"):
            value = getattr(self, field)
            if value is not None and not math.isfinite(value):
                raise ValueError(f"{field} is a finite number, not {value}")
        if self.chrono is not None and self.chrono < 3:
            raise ValueError(f"chrono is a span of at least 3 steps, not {self.chrono}")
        if self.chrono is not None and (self.forget_bias, self.write_bias) != (None, None):
            raise ValueError(
                Sentence(
                    "chrono biases set the forget-gate and input-gate biases themselves: "
                    "leave those two at none"
                )
            )


def draw_linear(inputs: int, outputs: int, generator: np.random.Generator) -> tuple[Array, Array]:
    """Weights (outputs, inputs) and biases (outputs,) of a readout, U(±1/√inputs) as PyTorch's."""
    bound = 1.0 / math.sqrt(inputs)
    of_weights, of_bias = generator.spawn(2)
    return (
        of_weights.uniform(-bound, bound, (outputs, inputs)),
        of_bias.uniform(-bound, bound, outputs),
    )


def draw_embedding(tokens: int, size: int, generator: np.random.Generator) -> Array:
    """(tokens, size), standard normal as PyTorch's."""
    return generator.standard_normal((tokens, size))


def draw_attention(inputs: int, units: int, generator: np.random.Generator) -> dict[str, Array]:
    """W (units, inputs), b and v (units,), each as those of PyTorch's linear maps."""
    of_map, of_query = generator.spawn(2)
    W, b = draw_linear(inputs, units, of_map)
    (v,), _ = draw_linear(units, 1, of_query)
    return {"W": W, "b": b, "v": v}


def draw(
    cell: Cell,
    inputs: int,
    hidden: int,
    generator: np.random.Generator,
    initial: Initial | None = None,
) -> dict[str, Array]:
    """Draw a cell's parameters, float64.

    Args:
        inputs, hidden: how many numbers x and h have.
        generator: is only asked to spawn, one stream for each parameter.
        initial: None is `Initial()`, PyTorch's uniform.

    Returns:
        Parameter → array, matrices (hidden, inputs or hidden), vectors (hidden,).

    Raises:
        ValueError: a size is below 1, or a bias is asked for that this cell does not have.
    """
    initial = initial or Initial()
    if inputs < 1 or hidden < 1:
        raise ValueError(f"a cell has at least 1 input and 1 unit, not {inputs} and {hidden}")
    streams = dict(zip(cell.parameters, generator.spawn(len(cell.parameters)), strict=True))
    params: dict[str, Array] = {}
    for name, shape in cell.parameters.items():
        if shape == ("hidden",):
            params[name] = _uniform(streams[name], hidden, 1)[:, 0]
        elif shape[1] == "inputs":
            params[name] = initial.input_scale * _inputs(streams[name], hidden, inputs, initial)
        else:
            params[name] = _recurrent(streams[name], hidden, initial)
    return params | _memory_biases(cell, hidden, streams, initial)


def _uniform(stream: np.random.Generator, hidden: int, columns: int) -> Array:
    bound = 1.0 / math.sqrt(hidden)
    return stream.uniform(-bound, bound, (hidden, columns))


def _inputs(stream: np.random.Generator, hidden: int, inputs: int, initial: Initial) -> Array:
    if initial.inputs == "uniform":
        return _uniform(stream, hidden, inputs)
    bound = math.sqrt(6.0 / (inputs + hidden))
    return stream.uniform(-bound, bound, (hidden, inputs))


def _recurrent(stream: np.random.Generator, hidden: int, initial: Initial) -> Array:
    matrix = _RECURRENT[initial.recurrent](stream, hidden)
    return matrix * (1.0 if initial.spectral_radius is None else initial.spectral_radius)


def _orthogonal(stream: np.random.Generator, hidden: int) -> Array:
    """QR of a Gaussian matrix; the signs make it uniform over the group (Mezzadri 2007)."""
    q, r = np.linalg.qr(stream.standard_normal((hidden, hidden)))
    return q * np.where(np.diagonal(r) < 0.0, -1.0, 1.0)


def _unit_radius(stream: np.random.Generator, hidden: int) -> Array:
    matrix = stream.standard_normal((hidden, hidden))
    radius: float = np.abs(np.linalg.eigvals(matrix)).max()
    return matrix / radius


_RECURRENT: MappingProxyType[str, Callable[[np.random.Generator, int], Array]] = MappingProxyType(
    {
        "uniform": lambda stream, hidden: _uniform(stream, hidden, hidden),
        "orthogonal": _orthogonal,
        "scaled": _unit_radius,
        "identity": lambda _, hidden: np.eye(hidden),
    }
)


def _memory_biases(
    cell: Cell, hidden: int, streams: dict[str, np.random.Generator], initial: Initial
) -> dict[str, Array]:
    """The biases that were asked for, in place of the drawn ones."""
    if (initial.forget_bias, initial.write_bias, initial.chrono) == (None, None, None):
        return {}
    about, memory = named(cell), named(cell).memory
    if memory is None:
        raise ValueError(
            Sentence(
                "{cell} has no bias known to keep its memory: "
                "leave forget-gate bias, input-gate bias and chrono biases at none",
                cell=Sentence(about.title),
            )
        )
    if initial.write_bias is not None and memory.write is None:
        raise ValueError(
            Sentence(
                "{cell} has no bias of its own that lets new things in: "
                "leave the input-gate bias at none",
                cell=Sentence(about.title),
            )
        )
    biases: dict[str, Array] = {}
    if initial.chrono is not None:
        spans = streams[memory.keep].uniform(1.0, initial.chrono - 1.0, hidden)
        biases[memory.keep] = memory.sign * np.log(spans)
        if memory.write is not None:
            biases[memory.write] = -memory.write_sign * np.log(spans)
    if initial.forget_bias is not None:
        biases[memory.keep] = np.full(hidden, memory.sign * float(initial.forget_bias))
    if initial.write_bias is not None and memory.write is not None:
        biases[memory.write] = np.full(hidden, memory.write_sign * float(initial.write_bias))
    return biases
