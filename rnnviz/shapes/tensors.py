"""Every tensor that goes in or comes out, axis by axis, in symbols and in numbers.

The symbols are those of PyTorch's documentation: H_in = input_size, H_cell = hidden_size,
H_out = proj_size or hidden_size, D = 2 where bidirectional and else 1.
"""

from typing import Literal, NamedTuple

from rnnviz.shapes.setup import Setup
from rnnviz.texts import N_

Role = Literal["input", "state before", "output", "state after", "around"]


class Axis(NamedTuple):
    """symbol: as in PyTorch's documentation. size: here. meaning: to be translated, in words."""

    symbol: str
    size: int
    meaning: str


class Tensor(NamedTuple):
    """name: as the code line names it. role: which side of the module it stands on. contents: to
    be translated, a sentence on what its entries are."""

    name: str
    role: Role
    axes: tuple[Axis, ...]
    contents: str

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(axis.size for axis in self.axes)

    @property
    def symbols(self) -> tuple[str, ...]:
        return tuple(axis.symbol for axis in self.axes)


def tensors(setup: Setup) -> dict[str, Tensor]:
    """Name → tensor, in the order in which they meet: "tokens" (with an Embedding), "x", "h_0",
    "c_0" (LSTM), "output", "h_n", "c_n" (LSTM), "y" (with a Linear)."""
    found = [
        *([_tokens(setup)] if setup.vocabulary else []),
        Tensor("x", "input", _sequence(setup, setup.length, _inputs(setup)), _OF_X),
        *(_state(setup, state, "state before") for state in setup.states),
        Tensor("output", "output", _sequence(setup, setup.output_length, _outputs(setup)), _OF_OUT),
        *(_state(setup, state, "state after") for state in setup.states),
        *([_predictions(setup)] if setup.outputs else []),
    ]
    return {tensor.name: tensor for tensor in found}


_OF_X = N_("What is read: one vector for each step of each sequence.")
_OF_OUT = N_("h of the last layer, at every step.")
_OF_STATES = {
    ("h", "state before"): N_("h before the first step, of each layer and direction."),
    ("c", "state before"): N_("c before the first step, of each layer and direction."),
    ("h", "state after"): N_("h of each layer and direction, after the last step that it reads."),
    ("c", "state after"): N_("c of each layer and direction, after the last step that it reads."),
}


def _inputs(setup: Setup) -> Axis:
    return Axis("H_in", setup.input_size, N_("numbers read at each step"))


def _outputs(setup: Setup) -> Axis:
    if setup.bidirectional:
        return Axis("D·H_out", setup.features, N_("units, forward ones first, then backward ones"))
    return Axis("H_out", setup.features, N_("units"))


def _sequence(setup: Setup, length: int, *last: Axis) -> tuple[Axis, ...]:
    """The axes of what there is for each step of each sequence."""
    time = Axis("seq_len", length, N_("time steps"))
    if not setup.batch:
        return (time, *last)
    both = (time, Axis("batch", setup.batch, N_("sequences")))
    return (*(both[::-1] if setup.batch_first else both), *last)


def _state(setup: Setup, state: str, role: Role) -> Tensor:
    count = setup.num_layers * setup.directions
    rows = Axis("num_layers", count, N_("layers"))
    if setup.bidirectional:
        rows = Axis("D·num_layers", count, N_("layers, forward and backward of each"))
    units = Axis("H_out", setup.h_out, N_("units"))
    if state == "c":
        units = Axis("H_cell", setup.hidden_size, N_("units"))
    batch = (Axis("batch", setup.batch, N_("sequences")),) if setup.batch else ()
    name = f"{state}_{'0' if role == 'state before' else 'n'}"
    return Tensor(name, role, (rows, *batch, units), _OF_STATES[state, role])


def _tokens(setup: Setup) -> Tensor:
    contents = N_("Whole numbers from 0, each a row of the Embedding's table.")
    return Tensor("tokens", "around", _sequence(setup, setup.length), contents)


def _predictions(setup: Setup) -> Tensor:
    last = Axis("out_features", setup.outputs, N_("numbers the Linear gives"))
    axes = _sequence(setup, setup.output_length, last)
    return Tensor("y", "around", axes, N_("What the Linear makes of the output at every step."))
