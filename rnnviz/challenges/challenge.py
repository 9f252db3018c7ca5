"""What a challenge is: a network to be set by hand, what it reads, and what is wanted of it."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np

from rnnviz.cells import GALLERY
from rnnviz.equations import parse
from rnnviz.network.arrays import Array
from rnnviz.network.network import Network
from rnnviz.representation import Cell
from rnnviz.texts import N_, _, ngettext

Measure = Literal["value", "gradient", "share"]
"""What is compared with the target at each step: a value of the run; the decimal logarithm of how
long dL/d(a state) is, against the last step, where L is h at the last step; an input's share of all
that moves L."""
RULES: Mapping[Measure, str] = {
    "value": N_(
        "Solved when {what} is at most {tolerance} away from the target, at every step that counts "
        "in all {count} sequences."
    ),
    "gradient": N_(
        "Solved when at every step, in all {count} sequences, |dL/d{what}| is within a factor of "
        "{factor} of what it is at the last step. L is h at the last step."
    ),
    "share": N_(
        "Solved when at every step, in all {count} sequences, the input “{what}” has its share in "
        "what moves L, h at the last step: 1 at the marked step and 0 at all others, give or take "
        "{tolerance}. The share is |dL/dx| over its sum; a sum below 0.1 counts as 0.1."
    ),
}
Draw = Callable[[np.random.Generator], "Judged"]
Numbers = Sequence[float] | Sequence[Sequence[float]]


class Judged(NamedTuple):
    """The sequences a challenge is judged on, all as long as each other.

    x: (time, sequences, inputs). wanted: (time, sequences), what is wanted of the measure. counts:
    the same shape, whether a step counts.
    """

    x: Array
    wanted: Array
    counts: Array


@dataclass(frozen=True)
class Challenge:
    """A task for one network whose every weight is set by hand.

    key: stands in links. task: one sentence. cell: a name of the gallery, or equations. outputs:
    of a readout; 0 without. measure, of: what is judged: a value or state by its name; "y" is the
    readout's; of a "share" the place of the input. tolerance: how far it may be from what is
    wanted. draw: the sequences, from a generator. start: parameter → its numbers where the network
    begins; the others are 0. hints: one after the other, each says more. exercise, source: where
    courses set it.
    """

    key: str
    title: str
    task: str
    cell: str
    units: int
    input_names: tuple[str, ...]
    measure: Measure
    of: str
    tolerance: float
    draw: Draw
    hints: tuple[str, ...]
    source: str
    outputs: int = 0
    exercise: int | None = None
    start: Mapping[str, Numbers] = field(default_factory=dict)

    @property
    def named_cell(self) -> Cell:
        """The cell as it is."""
        return GALLERY[self.cell] if self.cell in GALLERY else parse(self.cell)

    @property
    def judged(self) -> Judged:
        """The sequences it is judged on: always the same."""
        return self.draw(np.random.default_rng([11, *self.key.encode()]))

    @property
    def network(self) -> Network:
        """The network it begins with."""
        return self.with_weights(self.start)

    def with_weights(self, weights: Mapping[str, Numbers]) -> Network:
        """The network with these numbers: "W_i" of the cell, "readout.W"; all others are 0.

        ValueError where a name is unknown or a shape is wrong.
        """
        zero = Network.fresh(
            self.named_cell,
            inputs=len(self.input_names),
            hidden=self.units,
            outputs=self.outputs,
        )
        given = {
            name if name.startswith("readout.") else f"layers.0.{name}": np.array(numbers, float)
            for name, numbers in weights.items()
        }
        nothing = {name: np.zeros_like(array) for name, array in zero.parameters.items()}
        return zero.replace(nothing | given)

    @property
    def rule(self) -> str:
        """When it counts as solved, in the language in force."""
        return _(
            RULES[self.measure],
            what=_(self.input_names[int(self.of)]) if self.measure == "share" else self.of,
            tolerance=f"{self.tolerance:g}",
            factor=f"{10**self.tolerance:.3g}",
            count=self.judged.x.shape[1],
        )

    @property
    def measured(self) -> str:
        """What the band is drawn around, in the language in force."""
        if self.measure == "share":
            return _("share of {gradient}", gradient="|dL/dx|")
        return self.of if self.measure == "value" else f"|dL/d{self.of}|"

    @property
    def size(self) -> str:
        """How many weights there are to set, in the language in force."""
        count = sum(math.prod(array.shape) for array in self.network.parameters.values())
        return ngettext("{count} weight", "{count} weights", count)
