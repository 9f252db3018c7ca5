"""Records as a user sees them: values and gradients by name, time first, copied."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rnnviz import gradients
from rnnviz.engine.cell_run import CellGradients, CellRun
from rnnviz.network import propagation
from rnnviz.network.arrays import Array
from rnnviz.representation import Cell

if TYPE_CHECKING:
    import plotly.graph_objects as go


@dataclass(frozen=True)
class View:
    """How an array (time, batch, …) of a run is shown."""

    batched: bool
    reverse: bool = False

    def shown(self, array: Array) -> Array:
        """A copy with time as in the sequence, without the batch axis if there was none."""
        in_time = array[::-1] if self.reverse else array
        return np.array(in_time if self.batched else in_time[:, 0], order="C")

    def item(self, array: Array, item: int) -> Array:
        """One sequence of the batch, (time, …), time as in the sequence."""
        return np.array((array[::-1] if self.reverse else array)[:, item], order="C")

    def shown_state(self, array: Array) -> Array:
        """The same for an array without a time axis, (batch, hidden)."""
        return np.array(array if self.batched else array[0], order="C")


@dataclass(frozen=True, eq=False)
class LayerRecording:
    """Every value of one layer: `layer["f"]` is (time, [batch,] hidden)."""

    run: CellRun
    view: View

    @property
    def cell(self) -> Cell:
        return self.run.cell

    @property
    def names(self) -> tuple[str, ...]:
        """The cell's named values, in the order in which they are computed."""
        return self.cell.names

    def __getitem__(self, name: str) -> Array:
        """A named value, a part ("f.4"), "x", or "h_prev". KeyError with the nearest name."""
        return self.view.shown(self.run.value(name))

    def jacobians(self) -> Array:
        """(time, [batch,] S, S): d state_t / d state_{t−1}, all states stacked.

        Of a reverse direction "before" is the step after: d state_t / d state_{t+1}.
        """
        return self.view.shown(gradients.jacobians(self.run))

    def figure(self, gradients: "LayerGradients | None" = None, *, item: int = 0) -> "go.Figure":
        """A Plotly figure: a map of every named value over time, for one sequence of the batch.

        gradients: those of this layer; the sizes of its states' gradients are then drawn below.
        """
        from rnnviz.web import figures

        values = {name: self.view.item(self.run.value(name), item) for name in self.names}
        return figures.maps(self.cell, values, gradients.all_norms() if gradients else None)


@dataclass(frozen=True, eq=False)
class LayerGradients:
    """dL/d every value of one layer: `layer["c"]` is (time, [batch,] hidden).

    Each is the TOTAL derivative: dL/dh_t is what comes from outside and all that comes back
    through time, and dL/dc_t includes the path from c_t through h_t. Of "h_prev" it is the part
    that comes through that step alone. (Torch: `retain_grad` on the tensor.)
    """

    of: CellGradients
    view: View

    def __getitem__(self, name: str) -> Array:
        return self.view.shown(self.of.value(name))

    def norms(self, name: str) -> Array:
        """(time,) float64: the Euclidean norm of dL/d(value) at each step, over batch and units."""
        return gradients.norms(self[name])

    def all_norms(self) -> dict[str, Array]:
        """`norms` of every named value of the cell, its states first."""
        cell = self.of.run.cell
        return {name: self.norms(name) for name in dict.fromkeys(("h", *cell.states, *cell.names))}

    def figure(self) -> "go.Figure":
        """A Plotly figure: `norms` of every named value over time, on a logarithmic axis.

        The states' lines are shown at first, the others by a click in the legend.
        """
        from rnnviz.web import figures

        return figures.norm_lines(self.of.run.cell, self.all_norms())

    @cached_property
    def params(self) -> dict[str, Array]:
        """Parameter → dL/d(parameter), in its shape."""
        return {name: np.array(array, order="C") for name, array in self.of.params.items()}

    @property
    def initial(self) -> dict[str, Array]:
        """State → ([batch,] hidden): dL/d(state before the first step)."""
        return {name: self.view.shown_state(array) for name, array in self.of.initial.items()}

    @property
    def x(self) -> Array:
        """(time, [batch,] inputs): dL/d(what the layer read), through this direction alone."""
        return self["x"]


@dataclass(frozen=True, eq=False)
class Gradients:
    """dL/d everything. `grads["c"]` is (time, [batch,] hidden), of the last layer, forward.

    Every one is a TOTAL derivative (see `LayerGradients`). loss: L itself, where a Loss (or `at`)
    was given.
    """

    found: propagation.Gradients
    view: View
    loss: float | None = None

    def layer(self, layer: int, *, reverse: bool = False) -> LayerGradients:
        """One layer (from 0; −1 is the last) in one direction. ValueError where there is none."""
        place = self.found.of.place(layer, reverse=reverse)
        return LayerGradients(self.found.cells[place], View(self.view.batched, place.reverse))

    def __getitem__(self, name: str) -> Array:
        return self._last[name]

    def norms(self, name: str) -> Array:
        """(time,) float64: the norm of dL/d(value) at each step, over batch and units together."""
        return self._last.norms(name)

    def figure(self) -> "go.Figure":
        """A Plotly figure of the norms in the last layer, forward (see `LayerGradients.figure`)."""
        return self._last.figure()

    @property
    def params(self) -> dict[str, Array]:
        """Parameter of the last layer, forward → its gradient; `parameters` are all."""
        return self._last.params

    @property
    def initial(self) -> dict[str, Array]:
        """State → ([batch,] hidden): dL/d(state before the first step), of the last layer."""
        return self._last.initial

    @cached_property
    def parameters(self) -> dict[str, Array]:
        """Full name ("layers.0.W_f", "readout.b") → gradient, for all parameters of the network."""
        return {n: np.array(array, order="C") for n, array in self.found.parameters.items()}

    @property
    def x(self) -> Array:
        """(time, [batch,] inputs): dL/d(the sequence), through all layers and both directions."""
        return self.view.shown(self.found.x)

    @cached_property
    def _last(self) -> LayerGradients:
        return self.layer(-1)
