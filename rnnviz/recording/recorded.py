"""Records as a user sees them: values by name, time first, copied."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rnnviz import gradients
from rnnviz.engine.cell_run import CellRun
from rnnviz.network.arrays import Array
from rnnviz.representation import Cell
from rnnviz.summary import summary

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from rnnviz.recording.recorded_gradients import LayerGradients


@dataclass(frozen=True)
class View:
    """How an array (time, batch, …) of a run is shown."""

    batched: bool
    reverse: bool = False

    def shown(self, array: Array) -> Array:
        """A copy with time as in the sequence, without the batch axis if there was none."""
        in_time = self.in_time(array)
        return np.array(in_time if self.batched else in_time[:, 0], order="C")

    def in_time(self, array: Array) -> Array:
        """Time, the first axis, as in the sequence."""
        return array[::-1] if self.reverse else array

    def item(self, array: Array, item: int) -> Array:
        """One sequence of the batch, (time, …), time as in the sequence."""
        return np.array(self.in_time(array)[:, item], order="C")

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
