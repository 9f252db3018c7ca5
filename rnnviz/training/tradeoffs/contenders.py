"""What is compared: cells, and how many layers of them, all else being as it was chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from rnnviz.cells import NamedCell
from rnnviz.texts import _, ngettext
from rnnviz.training.entrants import Entrant
from rnnviz.training.knobs import Knobs
from rnnviz.training.runs import start


@dataclass(frozen=True)
class Contender(Entrant):
    """A cell in so many layers. chosen: the knobs of its runs, but for the seed."""

    layers: int = 1
    chosen: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def knobs(self) -> Knobs:
        return Knobs(**self.chosen)

    @property
    def says(self) -> str:
        """Its cell, and its layers where they are several."""
        title = _(self.cell.title)
        if self.layers == 1:
            return title
        return ngettext("{cell}, {count} layer", "{cell}, {count} layers", self.layers, cell=title)


def contenders(
    base: Mapping[str, Any], cells: Sequence[NamedCell], layers: Sequence[int]
) -> tuple[Contender, ...]:
    """Each cell in each number of layers, with the knobs of `base` otherwise.

    Weights that are given belong to one network and are left out; so are initial values of gates
    that a cell has not (`not_taken`).

    ValueError where a run cannot be.
    """
    found = []
    for cell in cells:
        left_out = {"weights", "seed", *not_taken(cell)}
        kept = {name: value for name, value in base.items() if name not in left_out}
        for many in sorted(layers):
            chosen = {**kept, "cell": cell, "layers": many}
            knobs = start(**chosen).knobs  # refuses what cannot be
            found.append(Contender(cell, knobs.hidden, knobs.parameters, many, chosen))
    return tuple(found)


def not_taken(cell: NamedCell) -> frozenset[str]:
    """The knobs that start gates which this cell has not."""
    if cell.memory is None:
        return frozenset({"forget_bias", "write_bias", "chrono"})
    return frozenset() if cell.memory.write else frozenset({"write_bias"})
