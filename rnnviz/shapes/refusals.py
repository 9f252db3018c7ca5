"""What PyTorch says to a module or a call that does not fit: its own words, in its own order.

The words are PyTorch's and stay in English. Every sentence of it is held to torch itself in the
tests.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from rnnviz.shapes.setup import Setup

Shape = tuple[int, ...]
State = Shape | tuple[Shape, ...]
"""A tensor's shape, or those of a tuple of tensors."""


class Refusal(NamedTuple):
    """error: the name of what PyTorch raises. words: its message."""

    error: str
    words: str


def to_build(kind: str, options: Mapping[str, Any]) -> Refusal | None:
    """What PyTorch says to `nn.LSTM(**options)`, all options given; None where it builds it."""
    if options.get("proj_size") and kind != "LSTM":
        words = "proj_size argument is only supported for LSTM, not RNN or GRU"
        return Refusal("ValueError", words)
    if not 0 <= options["dropout"] <= 1:
        words = (
            "dropout should be a number in range [0, 1] representing the probability of an element "
            "being zeroed"
        )
        return Refusal("ValueError", words)
    for name in ("input_size", "hidden_size", "num_layers"):
        if options[name] <= 0:
            return Refusal("ValueError", f"{name} must be greater than zero")
    if options["proj_size"] < 0:
        words = "proj_size should be a positive integer or zero to disable projections"
        return Refusal("ValueError", words)
    if options["proj_size"] >= options["hidden_size"]:
        return Refusal("ValueError", "proj_size has to be smaller than hidden_size")
    return None


def warning(setup: Setup) -> str:
    """What PyTorch warns of when it builds it; nothing where it does not."""
    if not setup.dropout or setup.num_layers > 1:
        return ""
    return (
        "dropout option adds dropout after all but last recurrent layer, so non-zero dropout "
        f"expects num_layers greater than 1, but got dropout={setup.dropout} and num_layers=1"
    )


def to_call(setup: Setup, x: Shape, state: State | None = None) -> Refusal | None:
    """What PyTorch says to `rnn(x, state)`, of tensors of these shapes; None where it runs."""
    if len(x) not in (2, 3):
        got = f"{len(x)}D tensor instead" if setup.kind == "RNN" else f"{len(x)}D instead"
        words = f"{setup.kind}: Expected input to be 2D or 3D, got {got}"
        return Refusal("ValueError", words)
    size = _of_size(setup, x)
    if state is None:
        return size
    if setup.kind == "LSTM":
        return _of_pair(state, batched=len(x) == 3) or size or _of_states(setup, x, state)
    if state and isinstance(state[0], tuple):
        return Refusal("AttributeError", "'tuple' object has no attribute 'dim'")
    return _of_tensor(state, batched=len(x) == 3) or size or _of_states(setup, x, (state,))


def _of_size(setup: Setup, x: Shape) -> Refusal | None:
    if x[-1] == setup.input_size:
        return None
    words = "input.size(-1) must be equal to input_size. "
    return Refusal("RuntimeError", words + f"Expected {setup.input_size}, got {x[-1]}")


def _of_pair(state: Any, *, batched: bool) -> Refusal | None:
    """The axes of an LSTM's (h_0, c_0); one tensor in their place is taken apart along its rows."""
    if not isinstance(state[0], tuple):
        if state[0] < 2:
            words = f"index 1 is out of bounds for dimension 0 with size {state[0]}"
            return Refusal("IndexError", words)
        state = (state[1:], state[1:])
    axes, wanted = [len(shape) for shape in state], 3 if batched else 2
    if axes == [wanted, wanted]:
        return None
    words = (
        f"For {'batched 3-D' if batched else 'unbatched 2-D'} input, hx and cx should also be "
        f"{wanted}-D but got ({axes[0]}-D, {axes[1]}-D) tensors"
    )
    return Refusal("RuntimeError", words)


def _of_tensor(state: Any, *, batched: bool) -> Refusal | None:
    wanted = 3 if batched else 2
    if len(state) == wanted:
        return None
    words = (
        f"For {'batched 3-D' if batched else 'unbatched 2-D'} input, hx should also be "
        f"{wanted}-D but got {len(state)}-D tensor"
    )
    return Refusal("RuntimeError", words)


def _of_states(setup: Setup, x: Shape, states: Any) -> Refusal | None:
    batch = 1 if len(x) == 2 else x[0 if setup.batch_first else 1]
    rows = setup.num_layers * setup.directions
    for k, (shape, units) in enumerate(zip(states, (setup.h_out, setup.hidden_size), strict=False)):
        got = list(shape if len(x) == 3 else (shape[0], 1, shape[1]))
        wanted = (rows, batch, units)
        if tuple(got) != wanted:
            of = f"hidden[{k}]" if setup.kind == "LSTM" else "hidden"
            return Refusal("RuntimeError", f"Expected {of} size {wanted}, got {got}")
    return None


def to_pack(batch: int, lengths: tuple[int, ...]) -> Refusal | None:
    """What PyTorch says to `pack_padded_sequence` of so many sequences with these lengths."""
    if len(lengths) != batch:
        words = "Expected `len(lengths)` to be equal to batch_size, but got "
        return Refusal("RuntimeError", words + f"{len(lengths)} (batch_size={batch})")
    if lengths[-1] <= 0:
        words = "Length of all samples has to be greater than 0, but found an element in 'lengths' "
        return Refusal("RuntimeError", words + "that is <= 0")
    if list(lengths) != sorted(lengths, reverse=True):
        words = (
            "`lengths` array must be sorted in decreasing order when `enforce_sorted` is True. You "
            "can pass `enforce_sorted=False` to pack_padded_sequence and/or pack_sequence to "
            "sidestep this requirement if you do not need ONNX exportability."
        )
        return Refusal("RuntimeError", words)
    return None


def to_read_out(rows: int, features: int, in_features: int, outputs: int) -> Refusal | None:
    """What PyTorch says to `nn.Linear(in_features, outputs)` of so many rows of `features`."""
    if features == in_features:
        return None
    words = "mat1 and mat2 shapes cannot be multiplied "
    return Refusal("RuntimeError", words + f"({rows}x{features} and {in_features}x{outputs})")
