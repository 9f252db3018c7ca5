"""The last recorded update, whole: every value and every gradient of the sequences read for it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rnnviz import gradients
from rnnviz.network.arrays import Array
from rnnviz.recording.recorded_gradients import Gradients
from rnnviz.recording.recording import Recording
from rnnviz.representation import Cell
from rnnviz.summary import head_and_lines
from rnnviz.watching.repeated import Batch

if TYPE_CHECKING:
    import plotly.graph_objects as go


@dataclass(frozen=True, eq=False)
class Last:
    """number: which update it was, from 1. sequence: the first that was read for it is shown."""

    number: int
    batches: tuple[Batch, ...]

    def __repr__(self) -> str:
        calls = sum(len(batch.calls) for batch in self.batches)
        lines = [f"name one of {', '.join(self._cell.names)}: {self['h'].shape}", f"calls: {calls}"]
        return head_and_lines(f"Update {self.number}, last[name], last.gradient(name)", lines)

    def __getitem__(self, name: str) -> Array:
        """(time, batch, hidden): a named value of the last layer, forward."""
        return self.value(name)

    def value(self, name: str, layer: int = -1, *, reverse: bool = False) -> Array:
        """(time, batch, hidden): a value of a layer and direction, of the first sequence.

        KeyError, ValueError: there is no such value, layer or direction.
        """
        return self._joined(name, layer, reverse=reverse, derivative=False)

    def gradient(self, name: str, layer: int = -1, *, reverse: bool = False) -> Array:
        """(time, batch, hidden): the total derivative of the loss by a value, likewise."""
        return self._joined(name, layer, reverse=reverse, derivative=True)

    @property
    def recording(self) -> Recording:
        """As `trace` gives it. ValueError where the module was called several times."""
        return self._alone.recording

    @property
    def gradients(self) -> Gradients:
        """As `Recording.backward` gives them. ValueError where it was called several times."""
        return self._alone.gradients

    def figure(self, item: int = 0, layer: int = -1, *, reverse: bool = False) -> "go.Figure":
        """A Plotly figure: a map of every value over time, and the norms of the states' gradients.

        item: which sequence of the batch the maps show; the norms are of all.
        """
        from rnnviz.web.figures import figures

        cell = self._cell
        values = {name: self.value(name, layer, reverse=reverse)[:, item] for name in cell.names}
        norms = {
            name: gradients.norms(self.gradient(name, layer, reverse=reverse))
            for name in dict.fromkeys((*cell.h_and_states, *cell.names))
        }
        return figures.maps(cell, values, norms)

    @property
    def _cell(self) -> Cell:
        return self.batches[0].recording.layer(-1).cell

    @property
    def _alone(self) -> Batch:
        batch, *others = self.batches
        if others or len(batch.calls) > 1:
            raise ValueError("the module was called several times: see last[name], last.gradient")
        return batch

    def _joined(self, name: str, layer: int, *, reverse: bool, derivative: bool) -> Array:
        propagation = self.batches[0].recording.propagation
        direction = propagation.direction(layer, reverse=reverse)
        first = min(call.sequence for batch in self.batches for call in batch.calls)
        parts: dict[int, Array] = {}
        for batch in self.batches:
            found = (batch.derivatives if derivative else batch.values)(direction, name)
            for call, array in zip(batch.calls, found, strict=True):
                if call.sequence == first:
                    parts[call.number] = array
        return np.concatenate([parts[number] for number in sorted(parts)])
