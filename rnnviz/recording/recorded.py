"""Records as a user sees them: values by name, time first, copied."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rnnviz import gradients
from rnnviz.engine.cell_run import CellRun
from rnnviz.network.arrays import Array
from rnnviz.network.layers import Layer
from rnnviz.network.lengths import Lengths, padded_with, turned
from rnnviz.network.network import Network
from rnnviz.network.propagation import Direction
from rnnviz.representation import Cell
from rnnviz.summary import NamedValues, summary

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from rnnviz.recording.recorded_gradients import LayerGradients


@dataclass(frozen=True)
class View:
    """How an array (time, batch, …) of a run is shown.

    lengths: how long each sequence is; None: all are as long as the batch.
    layer: whose values it shows. below: the layer whose h that one reads, if it reads one.
    """

    batched: bool
    reverse: bool = False
    lengths: Lengths | None = None
    layer: Layer | None = None
    below: Layer | None = None

    def of(self, network: Network, direction: Direction) -> "View":
        """The same of one layer and direction."""
        number, layers = direction.layer, network.layers
        below = layers[number - 1] if number else None
        return replace(self, reverse=direction.reverse, layer=layers[number], below=below)

    def own(self, name: str, array: Array) -> Array:
        """A value (…, units) without the zeros that are added to an h that is projected."""
        of_h = {"h": self.layer, "h_prev": self.layer, "x": self.below}.get(name)
        return array if of_h is None else of_h.narrowed(array)

    def shown(self, array: Array) -> Array:
        """A copy with time as in the sequence, without the batch axis if there was none."""
        in_time = self.in_time(array)
        return np.array(in_time if self.batched else in_time[:, 0], order="C")

    def in_time(self, array: Array) -> Array:
        """Time, the first axis, as in the sequence."""
        return turned(array, self.lengths) if self.reverse else array

    def without_padding(self, array: Array) -> Array:
        """The array with NaN in the padding."""
        return array if self.lengths is None else padded_with(np.nan, array, self.lengths)

    def item(self, array: Array, item: int) -> Array:
        """One sequence of the batch up to its end, (time, …), time as in the sequence."""
        return np.array(self.in_time(array)[: self.steps(array, item), item], order="C")

    def steps(self, array: Array, item: int) -> int:
        """How many steps of (time, …) an item of the batch has."""
        return len(array) if self.lengths is None else int(self.lengths[item])

    def last(self, array: Array) -> Array:
        """([batch,] …): at the last step that is read of each sequence, time as it is read."""
        ends = len(array) - 1 if self.lengths is None else self.lengths - 1
        return self.shown_state(array[ends, np.arange(array.shape[1])])

    def shown_state(self, array: Array) -> Array:
        """The same for an array without a time axis, (batch, hidden)."""
        return np.array(array if self.batched else array[0], order="C")


@dataclass(frozen=True, eq=False)
class LayerRecording:
    """Every value of one layer: `layer["f"]` is (time, [batch,] hidden)."""

    run: CellRun
    view: View

    __repr__ = summary

    @property
    def cell(self) -> Cell:
        return self.run.cell

    @property
    def names(self) -> tuple[str, ...]:
        """The cell's named values, in the order in which they are computed."""
        return self.cell.names

    def __getitem__(self, name: str) -> Array:
        """A named value, a part ("f.4"), "x", or "h_prev". KeyError with the nearest name.

        In padding a state stands as it was, and every other value is NaN.
        """
        value = self.view.own(name, self.run.value(name))
        stays = name.removesuffix("_prev") in self.cell.states
        return self.view.shown(value if stays else self.view.without_padding(value))

    @property
    def final(self) -> NamedValues[Array]:
        """h and each state → ([batch,] hidden) after the last step that this direction reads of
        each sequence: torch's h_n and c_n."""
        names = self.cell.h_and_states
        return NamedValues(
            {name: self.view.last(self.view.own(name, self.run.value(name))) for name in names}
        )

    def jacobians(self) -> Array:
        """(time, [batch,] S, S): d state_t / d state_{t−1}, all states stacked.

        Of a reverse direction "before" is the step after: d state_t / d state_{t+1}. In padding,
        which hands the states on, it is the identity.
        """
        whole = gradients.jacobians(self.run)
        layer, states = self.view.layer, self.cell.states
        if layer is not None and layer.projected:
            sizes = [(k * layer.hidden, layer.size(state)) for k, state in enumerate(states)]
            own = np.concatenate([first + np.arange(size) for first, size in sizes])
            whole = whole[..., own[:, None], own]
        return self.view.shown(whole)

    def figure(self, gradients: "LayerGradients | None" = None, *, item: int = 0) -> "go.Figure":
        """A Plotly figure: a map of every named value over time, for one sequence of the batch, up
        to its end.

        gradients: those of this layer; the sizes of its states' gradients are then drawn below.
        """
        from rnnviz.web.figures import figures

        values = {
            name: self.view.item(self.view.own(name, self.run.value(name)), item)
            for name in self.names
        }
        steps = len(values["h"])
        norms = gradients.all_norms() if gradients else {}
        sizes = {name: over_time[:steps] for name, over_time in norms.items()}
        return figures.maps(self.cell, values, sizes or None)
