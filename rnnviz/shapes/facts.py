"""What is true of a setup's outputs: equalities in PyTorch's notation, each computed, with why.

Each side of an equality is code and the slice that the code is, so that the same slice finds the
numbers and the places where they stand.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from rnnviz.shapes.example import Example
from rnnviz.shapes.places import Entry, Place, place_of
from rnnviz.shapes.setup import Setup
from rnnviz.shapes.tensors import tensors
from rnnviz.texts import _

Slice = Callable[[Any], Any]


class Side(NamedTuple):
    """Some entries of one of PyTorch's tensors. code: how they are written. take: picks them."""

    tensor: str
    code: str
    take: Slice


class Fact(NamedTuple):
    """A statement about the example.

    code: the statement. holds: whether it is true of the numbers. why: a sentence.
    difference: the largest |left − right|; NaN where shapes differ, or it is not about values.
    """

    key: str
    code: str
    holds: bool
    why: str
    difference: float = float("nan")


class Claim(NamedTuple):
    """That two sides are the same numbers; and why they are, or are not."""

    key: str
    left: Side
    right: Side
    why: "Why"


class Why(NamedTuple):
    """Why two sides are equal: because they stand at the same places; and why else they are not."""

    same: str = ""
    other: str = ""


def facts(found: Example, of: Setup | None = None) -> tuple[Fact, ...]:
    """What a reader should know of a setup's outputs, the most asked first.

    of: the setup that the example stands for, where that is too large to be computed: codes and
        shapes are then those of this one.
    """
    setup = of or found.setup
    claims = zip(_claims(setup), _claims(found.setup), strict=True)
    every = [compared(found, one)._replace(code=_code(written)) for written, one in claims]
    return (*every, *_of_batch_first(setup))


def _claims(setup: Setup) -> Iterator[Claim]:
    """The same ones whatever its sizes are."""
    yield from _of_both(setup) if setup.bidirectional else _of_one(setup)
    yield from _of_lengths(setup)


def last(setup: Setup, units: str = "", step: int = -1) -> Side:
    """The output at a step of all sequences; units: "", ":20" or "20:"."""
    start, stop = (int(n) if n else None for n in units.split(":")) if units else (None, None)
    chosen = slice(start, stop)
    if setup.batch_first and setup.batch:
        code = f"output[:, {step}, {units}]" if units else f"output[:, {step}]"
        return Side("output", code, lambda a: a[:, step, chosen])
    between = ":, " if setup.batch else ""
    code = f"output[{step}, {between}{units}]" if units else f"output[{step}]"
    return Side("output", code, lambda a: a[step][..., chosen])


def row(number: int, state: str = "h") -> Side:
    """A row of h_n or c_n, counted from either end."""
    return Side(f"{state}_n", f"{state}_n[{number}]", lambda a: a[number])


def at_the_end(setup: Setup, units: str = "") -> Side:
    """The output at each sequence's own last step."""
    steps, every = np.array(setup.steps) - 1, np.arange(setup.batch)
    end = f", {units}" if units else ""
    stop = int(units[1:]) if units else None
    if setup.batch_first:
        code = f"output[torch.arange({setup.batch}), lengths - 1{end}]"
        return Side("output", code, lambda a: a[every, steps, :stop])
    code = f"output[lengths - 1, torch.arange({setup.batch}){end}]"
    return Side("output", code, lambda a: a[steps, every, :stop])


def compared(found: Example, claim: Claim) -> Fact:
    """Whether two sides are the same numbers."""
    key, left, right, why = claim
    values = [side.take(found.arrays[side.tensor]) for side in (left, right)]
    code = _code(claim)
    if values[0].shape != values[1].shape:
        return Fact(key, code, holds=False, why=why.other)
    difference = float(np.abs(values[0] - values[1]).max())
    if places(found.setup, left) == places(found.setup, right):
        return Fact(key, code, difference == 0.0, why.same, difference)
    if difference == 0.0:
        chance = _("Only by chance: they are other numbers of the network that happen to agree.")
        return Fact(key, code, holds=True, why=chance, difference=difference)
    return Fact(key, code, holds=False, why=why.other, difference=difference)


def _code(claim: Claim) -> str:
    return f"{claim.left.code} == {claim.right.code}"


def places(setup: Setup, side: Side) -> list[Place | None]:
    """Where the first unit of each of its rows stands."""
    shape = tensors(setup)[side.tensor].shape
    numbers = np.arange(int(np.prod(shape))).reshape(shape)
    chosen = np.atleast_2d(side.take(numbers))[..., 0].ravel()
    entries = (tuple(map(int, np.unravel_index(n, shape))) for n in chosen)
    return [place_of(setup, Entry(side.tensor, entry)) for entry in entries]


def _of_one(setup: Setup) -> Iterator[Claim]:
    """In one direction."""
    yield Claim("last", last(setup), row(-1), _why_last(setup))
    if setup.kind == "LSTM":
        yield Claim("cell", last(setup), row(-1, "c"), _why_cell(setup))
    if setup.num_layers > 1:
        yield Claim("layer", last(setup), row(0), _why_layer(setup))
    if not setup.batch_first:
        yield Claim("axes", last(setup, step=0), row(0), _why_axes())


def _of_both(setup: Setup) -> Iterator[Claim]:
    """In both directions: the halves of the output."""
    size = setup.h_out
    forward, backward = last(setup, f":{size}"), last(setup, f"{size}:")
    begins = Why(same=_("The backward direction ends where the sequence begins."))
    yield Claim("forward", forward, row(-2), _why_last(setup))
    yield Claim("backward", backward, row(-1), _why_backward(setup))
    yield Claim("begins", last(setup, f"{size}:", step=0), row(-1), begins)
    if setup.num_layers > 1:
        yield Claim("layer", forward, row(0), _why_layer(setup))


def _of_lengths(setup: Setup) -> Iterator[Claim]:
    """Where sequences are of different lengths."""
    if not setup.lengths:
        return
    units = f":{setup.h_out}" if setup.bidirectional else ""
    final = row(-2 if setup.bidirectional else -1)
    why = Why(
        _("At its own last step each sequence has read all of itself and no padding."),
        _("The module was not told the lengths: h_n is taken after the padding was read."),
    )
    yield Claim("own end", at_the_end(setup, units), final, why)


def _of_batch_first(setup: Setup) -> Iterator[Fact]:
    if not setup.batch:
        return
    shape = tensors(setup)["h_n"].shape
    turned = (shape[1], shape[0], shape[2])
    why = _("batch_first turns the input and the output; h_n keeps (layers, batch, units).")
    if setup.bidirectional:
        why = _(
            "batch_first turns the input and the output; h_n keeps (layers and directions, batch, "
            "units)."
        )
    if shape == turned:
        why = _("The two numbers are alike here; the first still counts layers, not sequences.")
    yield Fact("batch_first", f"h_n.shape == {turned}", holds=shape == turned, why=why)


def _why_last(setup: Setup) -> Why:
    same = _("Both are the last layer at the last step.")
    if setup.bidirectional:
        same = _("Both are the last layer, forward, at the last step.")
    if setup.is_padded and not setup.is_packed:
        same = _("Both are the last layer at the last step, after the padding was read as well.")
    other = _(
        "For a shorter sequence the last column of output is padding; h_n is taken at each "
        "sequence's own last step."
    )
    return Why(same, other)


def _why_backward(setup: Setup) -> Why:
    other = _(
        "Backward, reading begins at the last step: there it has taken one. h_n is taken where it "
        "has taken all, at step 0."
    )
    if setup.is_packed and len(set(setup.read_steps)) > 1:
        other = _(
            "Backward, reading begins at the last step: there it has taken at most one. h_n is "
            "taken where it has taken all, at step 0."
        )
    return Why(_("There is one step: the backward direction begins and ends at it."), other)


def _why_cell(setup: Setup) -> Why:
    if setup.proj_size:
        projected = _("The projection brings h down and leaves c; output holds h only.")
        return Why(other=projected)
    return Why(other=_("output holds h only; c leaves through c_n alone."))


def _why_layer(setup: Setup) -> Why:
    top = setup.num_layers - 1
    return Why(other=_("h_n[0] is of layer 0; output shows layer {layer} only.", layer=top))


def _why_axes() -> Why:
    return Why(
        _("There is one layer and one step."),
        _("output counts steps and h_n counts layers: [0] is not the same in both."),
    )
