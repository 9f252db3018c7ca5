"""What was seen of a training loop, as a value: a row for each recorded update."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, overload

import numpy as np

from rnnviz.cells import named
from rnnviz.network.arrays import Array
from rnnviz.network.layer_run import WAYS
from rnnviz.representation import Cell
from rnnviz.summary import NamedValues, head_and_lines
from rnnviz.texts import Sentence, _, ngettext
from rnnviz.writing import written

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from rnnviz.watching.findings import Finding

NONE = float("nan")
MOST_ROWS = 1000
"""So many are kept at most: then every second one goes."""
MOST_NOTES = 8


class Gate(NamedTuple):
    """A gate over all steps, units and sequences: its mean, and the shares of its values under 0.1
    and over 0.9."""

    mean: float
    closed: float
    open: float


@dataclass(frozen=True, eq=False)
class Row:
    """One recorded update: of the batch that led to it, before the parameters changed.

    update: its number, from 1.
    norms: full name of a state ("layers.0.h", "layers.0.reverse.c") → (time,): the norm of the
        total derivative of the loss by it, over all units and sequences.
    outside: prefix of a direction ("layers.0.") → the sum, over the steps, of the norms of what
        reached its states from outside: from the loss or the layer above.
    gates: full name of a gate → what it was like.
    gradient: the norm of the gradient of the module's parameters as backward left it; nan where
        none of them learns. stepped: as the optimizer found it; nan where none was seen.
    by_one_factor: whether clipping, or what else lies between the two, left its direction.
    optimizer: the name of its class. loss: as it was handed over, else nan.
    """

    update: int
    norms: Mapping[str, Array]
    outside: Mapping[str, float]
    gates: Mapping[str, Gate]
    gradient: float = NONE
    stepped: float = NONE
    by_one_factor: bool = False
    optimizer: str = ""
    loss: float = NONE


@dataclass(frozen=True, eq=False)
class Watched:
    """Rows of a module's training, and which module it was.

    cell: the gallery's name. layers, bidirectional, inputs, hidden: its sizes. notes: what could
    not be measured, and why. projected: how many numbers h has, where an LSTM projects it
    (`proj_size`); else 0.
    """

    cell: str
    inputs: int
    hidden: int
    layers: int = 1
    bidirectional: bool = False
    rows: tuple[Row, ...] = ()
    notes: tuple[Sentence | str, ...] = ()
    projected: int = 0

    def __repr__(self) -> str:
        return head_and_lines(self.title, [str(found) for found in self.sentences()])

    @property
    def title(self) -> str:
        """What was watched, and for how long."""
        layers = ngettext("{count} layer", "{count} layers", self.layers)
        count = len(self.rows)
        said = {
            "cell": _(named(self.cell).title),
            "layers": layers,
            "hidden": self.hidden,
            "recorded": ngettext("{count} recorded update", "{count} recorded updates", count),
            "last": self.rows[-1].update if self.rows else 0,
        }
        if not self.projected:
            return _("{cell}, {layers}, {hidden} units: {recorded} up to update {last}", **said)
        return _(
            "{cell}, {layers}, {hidden} units, h projected to {numbers} numbers: {recorded} up to "
            "update {last}",
            **said,
            numbers=self.projected,
        )

    def with_row(self, row: Row) -> "Watched":
        """With one more, which takes the place of one of its number."""
        rows = (*(r for r in self.rows[-1:] if r.update != row.update), row)
        return replace(self, rows=(*self.rows[:-1], *rows))

    def thinned(self) -> "Watched":
        """Without every second row."""
        return replace(self, rows=self.rows[::2])

    def with_note(self, note: Sentence | str) -> "Watched":
        """With a note that is not among them, as long as they are few."""
        known = note in self.notes or len(self.notes) >= MOST_NOTES
        return self if known else replace(self, notes=(*self.notes, note))

    @property
    def of(self) -> Cell:
        """The cell's equations."""
        return named(self.cell).cell

    @property
    def prefixes(self) -> tuple[str, ...]:
        """ "layers.0.", "layers.0.reverse.", …"""
        ways = WAYS[: 1 + self.bidirectional]
        return tuple(f"layers.{k}.{way}" for k in range(self.layers) for way in ways)

    def prefix(self, layer: int = -1, *, reverse: bool = False) -> str:
        """The beginning of the names of a layer's direction. ValueError where there is none."""
        if not -self.layers <= layer < self.layers:
            raise ValueError(f"there is no layer {layer}: there are layers 0 to {self.layers - 1}")
        if reverse and not self.bidirectional:
            raise ValueError("it reads in one direction only")
        return f"layers.{layer % self.layers}.{WAYS[reverse]}"

    def norms(self, state: str = "h", layer: int = -1, *, reverse: bool = False) -> Array:
        """(updates, time): the norm of dL/d(state) at each step of each recorded update, over all
        units and sequences together; nan where an update's sequences were shorter.

        Args:
            state: "h", or "c" of an LSTM: the total derivative, what passes through h included.
            layer, reverse: from 0, −1 is the last; and its direction.

        Raises:
            ValueError: there is no such state, layer or direction.
        """
        if state not in self.of.states:
            raise ValueError(f"{state!r} is no state of this cell; it has {self.of.states}")
        name = self.prefix(layer, reverse=reverse) + state
        return padded([row.norms[name] for row in self.rows])

    @cached_property
    def history(self) -> NamedValues[Array]:
        """Name → (updates,) or (updates, time), as in `training.Run.history`: "update" (their
        numbers), "loss", "grad_norm", "grad_norm_clipped", "clipped"; of the last layer, forward,
        "dh_norms", "dc_norms", "gate_mean.f", "gate_closed.f", "gate_open.f"; of the others the
        same behind "layers.0.", "layers.0.reverse."."""
        rows, last = self.rows, self.prefix()
        found = {
            "update": np.array([row.update for row in rows]),
            "loss": np.array([row.loss for row in rows]),
            "grad_norm": np.array([row.gradient for row in rows]),
            "grad_norm_clipped": np.array([row.stepped for row in rows]),
            "clipped": np.array([is_clipped(row) for row in rows]),
        }
        for prefix in self.prefixes:
            shown = prefix.removeprefix(last)
            for state in self.of.h_and_states:
                found[f"{shown}d{state}_norms"] = padded([r.norms[prefix + state] for r in rows])
            for gate in self.of.gates:
                of_gate = [row.gates[prefix + gate] for row in rows]
                for kind in Gate._fields:
                    values = np.array([getattr(one, kind) for one in of_gate])
                    found[f"{shown}gate_{kind}.{gate}"] = values
        return NamedValues(found)

    def sentences(self) -> "tuple[Finding, ...]":
        """What it says to whoever trains, most urgent first (see `findings`)."""
        from rnnviz.watching.findings import findings

        return findings(self)

    def figure(self, state: str = "h", layer: int = -1, *, reverse: bool = False) -> "go.Figure":
        """A Plotly figure over the updates: a map of `norms` by powers of ten, the norm of the
        parameters' gradient before and after clipping, and the loss where it was handed over."""
        from rnnviz.web.watched.figure import figure

        return figure(self, state, layer, reverse=reverse)

    @overload
    def to_html(self, path: None = None) -> str: ...
    @overload
    def to_html(self, path: str | Path) -> None: ...
    def to_html(self, path: str | Path | None = None) -> str | None:
        """The figure and the sentences in one HTML file, which works offline and asks nobody.

        Where a path is given it is written there and not returned.
        """
        from rnnviz.web.watched.page import page

        return written(page(self), path)

    def _repr_html_(self) -> str:
        from rnnviz.web.watched.picture import picture

        return picture(self)


FACTOR = 1e-4
"""A gradient that is shorter by less, relatively, is the same one, rounded."""


def is_clipped(row: Row) -> bool:
    """Whether the gradient was made shorter between backward and the step.

    Not where it was divided by a power of two alone: so a loss that was scaled up is taken back.
    """
    if not (row.gradient > 0 and row.stepped < row.gradient * (1 - FACTOR)):
        return False
    power = np.log2(row.gradient / row.stepped) if row.stepped > 0 else 0.5
    return not (row.by_one_factor and abs(power - round(power)) < FACTOR)


def padded(arrays: list[Array]) -> Array:
    """(arrays, longest), nan after an array's end."""
    longest = max(map(len, arrays), default=0)
    found = np.full((len(arrays), longest), NONE)
    for row, array in zip(found, arrays, strict=True):
        row[: len(array)] = array
    return found
