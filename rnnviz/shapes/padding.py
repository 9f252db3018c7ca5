"""A batch of different lengths, packed or read with its padding: what changes.

L, for the gradient, is the sum of h_n over all layers, directions, sequences and units.
"""

from dataclasses import dataclass, replace

import numpy as np

from rnnviz.network.arrays import Array
from rnnviz.notation import number
from rnnviz.shapes.example import Example, by_place, example, own_steps
from rnnviz.shapes.setup import Setup
from rnnviz.texts import _, ngettext

ROUNDING = 1e-12


@dataclass(frozen=True, eq=False)
class Padded:
    """What becomes of the padding in one of the two ways.

    output: the largest |number| of the output at padded steps. gradient: (time, batch), ‖dL/dx‖ at
    each step of each sequence. at_padding: its largest at a padded step. steps: how many steps of
    all sequences are computed in a layer and direction.
    """

    packed: bool
    output: float
    gradient: Array
    at_padding: float
    steps: int


@dataclass(frozen=True, eq=False)
class Comparison:
    """Packed beside padded. h_n: (batch,), the largest difference of a sequence's h_n, over layers,
    directions and units. output: the largest difference at steps that are no padding."""

    packed: Padded
    padded: Padded
    h_n: Array
    output: float


def compare(setup: Setup) -> Comparison:
    """The two ways to hand over the sequences of a setup with lengths.

    Raises:
        ValueError: it has none.
    """
    if not setup.lengths:
        raise ValueError("there is no padding where all sequences are whole")
    padded = example(replace(setup, packed=False))
    packed = example(replace(padded.setup, packed=True))
    finals = [by_place(one.setup, one.run.final, "h") for one in (packed, padded)]
    apart = np.abs(packed.h[-1] - padded.h[-1])[:, own_steps(packed.setup)]
    return Comparison(
        _padded(packed),
        _padded(padded),
        np.abs(finals[0] - finals[1]).max(axis=(0, 1, 3)),
        float(apart.max()),
    )


def in_words(found: Comparison, setup: Setup) -> tuple[str, ...]:
    """What packing changes: a sentence each."""
    if not setup.is_padded:
        return (_("All sequences are as long as the input: packing changes nothing."),)
    work = _(
        "Packed, {packed} steps are computed in each layer and direction in place of {padded}.",
        packed=found.packed.steps,
        padded=found.padded.steps,
    )
    return _of_h_n(found), _of_output(found), _of_gradient(found), work


def _of_h_n(found: Comparison) -> str:
    other = [str(b) for b, difference in enumerate(found.h_n) if difference > ROUNDING]
    if not other:
        return _("h_n is the same here: reading this padding moves no state.")
    return ngettext(
        "h_n of sequence {names} differs: without packing it is taken after the padding.",
        "h_n of the sequences {names} differs: without packing it is taken after the padding.",
        len(other),
        names=", ".join(other),
    )


def _of_output(found: Comparison) -> str:
    if found.output <= ROUNDING:
        return _("The output at steps that are no padding is the same.")
    return _(
        "The output differs at steps that are no padding, too: without packing the backward "
        "direction reads the padding first."
    )


def _of_gradient(found: Comparison) -> str:
    if not found.padded.at_padding:
        return _("The gradient at padded steps is 0, packed or not.")
    return _(
        "The gradient at padded steps is 0 when packed; else it is up to {largest}, and the "
        "padding takes part in learning.",
        largest=number(found.padded.at_padding),
    )


def _padded(found: Example) -> Padded:
    setup, done = found.setup, found.run
    ones = {name: np.ones_like(a) for name, a in done.final.items() if name.endswith(".h")}
    gradient = np.sqrt((done.backward(final=ones).x ** 2).sum(axis=-1))
    beyond = ~own_steps(setup)
    output = np.abs(np.nan_to_num(found.h[-1]))[:, beyond]
    return Padded(
        setup.is_packed,
        float(output.max(initial=0.0)),
        gradient,
        float(gradient[beyond].max(initial=0.0)),
        sum(setup.read_steps),
    )
