"""What is compared: cells, how many layers of them, with skip connections and without; all else is
as it was chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import Any

from rnnviz.cells import NamedCell
from rnnviz.texts import _, ngettext
from rnnviz.training.knobs.knobs import Knobs
from rnnviz.training.race.entrants import Entrant
from rnnviz.training.runs.runs import start


@dataclass(frozen=True)
class Contender(Entrant):
    """A cell in so many layers, with skip connections between them or without. chosen: the knobs of
    its runs, but for the seed."""

    layers: int = 1
    skip: bool = False
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
        if self.skip:
            return ngettext(
                "{cell}, {count} layer, skip connections",
                "{cell}, {count} layers, skip connections",
                self.layers,
                cell=title,
            )
        return ngettext("{cell}, {count} layer", "{cell}, {count} layers", self.layers, cell=title)


def contenders(
    base: Mapping[str, Any],
    cells: Sequence[NamedCell],
    layers: Sequence[int],
    skips: Sequence[bool] = (False,),
) -> tuple[Contender, ...]:
    """Each cell in each number of layers, with the knobs of `base` otherwise; several layers with
    skip connections, without, or both.

    Weights that are given belong to one network and are left out; so are initial values of gates
    that a cell has not (`not_taken`).

    ValueError where a run cannot be.
    """
    found = []
    for cell in cells:
        left_out = {"weights", "seed", *not_taken(cell)}
        kept = {name: value for name, value in base.items() if name not in left_out}
        for many, skip in product(sorted(layers), skips):
            if many == 1 and skip != skips[0]:
                continue  # there is nothing to skip
            chosen = {**kept, "cell": cell, "layers": many, "skip": skip and many > 1}
            knobs = start(**chosen).knobs  # refuses what cannot be
            sizes = (knobs.hidden, knobs.parameters, many, knobs.skip)
            found.append(Contender(cell, *sizes, chosen))
    return tuple(found)


def not_taken(cell: NamedCell) -> frozenset[str]:
    """The knobs that start gates which this cell has not."""
    if cell.memory is None:
        return frozenset({"forget_bias", "write_bias", "chrono"})
    return frozenset() if cell.memory.write else frozenset({"write_bias"})
