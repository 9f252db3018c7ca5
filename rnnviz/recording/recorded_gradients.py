"""Gradients as a user sees them: by name, time first, copied; and what they say about the run."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rnnviz import gradients
from rnnviz.engine.cell_run import CellGradients
from rnnviz.gradients.bound import Bound, bound, why_none
from rnnviz.gradients.credit import Credit, credit
from rnnviz.gradients.curve import Curve, curves
from rnnviz.gradients.measured import Measured
from rnnviz.gradients.truncation import Cuts, Truncation, all_cuts, truncate
from rnnviz.gradients.waterfall import Waterfall, waterfall
from rnnviz.network import propagation
from rnnviz.network.arrays import Array
from rnnviz.recording.recorded import View
from rnnviz.summary import NamedValues, head_and_lines, summary

if TYPE_CHECKING:
    import plotly.graph_objects as go


@dataclass(frozen=True, eq=False)
class LayerGradients:
    """dL/d every value of one layer: `layer["c"]` is (time, [batch,] hidden).

    Each is the TOTAL derivative: dL/dh_t is what comes from outside and all that comes back
    through time, and dL/dc_t includes the path from c_t through h_t. Of "h_prev" it is the part
    that comes through that step alone. (Torch: `retain_grad` on the tensor.) In padding it is 0.
    """

    measured: Measured
    view: View

    __repr__ = summary

    def _repr_html_(self) -> str:
        """What a notebook shows: the norms of the states' gradients over time."""
        from rnnviz.web.notebook.gradients import gradients_html

        return gradients_html(self)

    @property
    def of(self) -> CellGradients:
        return self.measured.cell

    def __getitem__(self, name: str) -> Array:
        return self.view.shown(self.view.own(name, self.of.value(name)))

    def norms(self, name: str) -> Array:
        """(time,) float64: the Euclidean norm of dL/d(value) at each step, over batch and units."""
        return gradients.norms(self[name])

    def all_norms(self) -> NamedValues[Array]:
        """`norms` of every named value of the cell, its states first."""
        cell = self.of.run.cell
        names = dict.fromkeys((*cell.h_and_states, *cell.names))
        return NamedValues({name: self.norms(name) for name in names})

    def curve(self, state: str = "h") -> Curve:
        """The norm of dL/d(state) at every step, split into what its own step adds and what comes
        back through time: where it sets out, and where it has vanished (see `Curve`).

        Here and in the methods below, steps are in the order in which the layer reads each
        sequence, and arrays have a batch axis whether x had one or not.

        Raises:
            ValueError: the cell has no such state.
        """
        self._check_state(state)
        return curves(self.measured)[state]

    def waterfall(self, state: str | None = None) -> Waterfall:
        """dL/d(state) as a running product along the direct path, from step to step, and the rest,
        which went through a matrix (see `Waterfall`). By default of c where there is one, else h.

        Raises:
            ValueError: the cell has no such state.
        """
        return waterfall(self.measured, state)

    def credit(self) -> Credit:
        """(time, gates): the norm of each step's share of the gradient of the layer's parameters,
        gate by gate (see `Credit`)."""
        return credit(self.measured)

    def bound(self) -> Bound:
        """Pascanu, Mikolov & Bengio's (2013) upper bounds of the norms of dL/dh, each (time,), for
        a cell whose state goes through one matrix and one function (see `Bound`).

        Raises:
            ValueError: the cell is built otherwise, with a sentence that says how.
        """
        found = bound(self.measured)
        if found is None:
            raise ValueError(why_none(self.of.run.cell))
        return found

    def figure(self) -> "go.Figure":
        """A Plotly figure: `norms` of every named value over time, on a logarithmic axis.

        The states' lines are shown at first, the others by a click in the legend.
        """
        from rnnviz.web.figures import figures

        return figures.norm_lines(self.of.run.cell, self.all_norms())

    def path_figure(self, state: str | None = None) -> "go.Figure":
        """A Plotly figure of the `waterfall`: the norms of dL/d(state), of its direct path and of
        the rest over time, and, for a plain cell, of the `bound`; below, the `credit` as a map.

        Raises:
            ValueError: a reverse direction read sequences of several lengths, each from its own
                end, so that what all have at a step of it lies at several of the sequences'.
        """
        from rnnviz.web.figures import path_figure

        if self.view.reverse and self.view.lengths is not None:
            raise ValueError(
                "a reverse direction begins at each sequence's own end, so the batch has no one "
                "axis of time: give one sequence, as rec.sequence(item)"
            )
        fall, limit, shares = self.waterfall(state), bound(self.measured), self.credit()
        norms = {name: self.view.in_time(sizes[1:]) for name, sizes in fall.norms().items()}
        return path_figure.paths(
            self.of.run.cell,
            fall.state,
            norms,
            self.view.in_time(limit.theory) if limit else None,
            replace(shares, shares=self.view.in_time(shares.shares)),
        )

    def _check_state(self, state: str) -> None:
        states = self.of.run.cell.states
        if state not in states:
            raise ValueError(f"`{state}` is no state of this cell; it has {', '.join(states)}")

    @cached_property
    def params(self) -> NamedValues[Array]:
        """Parameter → dL/d(parameter), in its shape."""
        return _copied(self.of.params)

    @property
    def initial(self) -> NamedValues[Array]:
        """State → ([batch,] hidden): dL/d(state before the first step)."""
        found = {name: self.view.own(name, array) for name, array in self.of.initial.items()}
        return NamedValues({name: self.view.shown_state(array) for name, array in found.items()})

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

    measured: Measured
    view: View
    loss: float | None = None

    def __repr__(self) -> str:
        sizes = self._last.all_norms()
        lines = [
            f"|dL/d{n}|: {s[0]:.3g} at step 1, {s[-1]:.3g} at the last" for n, s in sizes.items()
        ]
        of_loss = "" if self.loss is None else f" of L = {self.loss:.4g}"
        return head_and_lines(f"Gradients{of_loss}, {len(self['h'])} steps", lines)

    def _repr_html_(self) -> str:
        """What a notebook shows: those of the last layer, forward."""
        from rnnviz.web.notebook.gradients import gradients_html

        return gradients_html(self._last, self.loss)

    @property
    def found(self) -> propagation.Gradients:
        return self.measured.found

    def layer(self, layer: int, *, reverse: bool = False) -> LayerGradients:
        """One layer (from 0; −1 is the last) in one direction. ValueError where there is none."""
        direction = self.found.of.direction(layer, reverse=reverse)
        view = self.view.of(self.found.of.network, direction)
        return LayerGradients(replace(self.measured, direction=direction), view)

    def __getitem__(self, name: str) -> Array:
        return self._last[name]

    def norms(self, name: str) -> Array:
        """(time,) float64: the norm of dL/d(value) at each step, over batch and units together."""
        return self._last.norms(name)

    def curve(self, state: str = "h") -> Curve:
        """How the norm of dL/d(state) travels back (see `LayerGradients.curve`, and so on)."""
        return self._last.curve(state)

    def waterfall(self, state: str | None = None) -> Waterfall:
        """What comes along the direct path, and the rest."""
        return self._last.waterfall(state)

    def credit(self) -> Credit:
        """Each time step's share of the gradient of the parameters, gate by gate."""
        return self._last.credit()

    def bound(self) -> Bound:
        """Upper bounds of the norms. ValueError where the cell has none."""
        return self._last.bound()

    def truncation(self, cut: int) -> Truncation:
        """The gradient of all parameters with every state detached before step `cut`, as truncated
        backpropagation through time does, and what that loses (see `Truncation`).

        Raises:
            ValueError: there is no such step, or a layer reads in both directions.
        """
        return truncate(self.measured, cut)

    def cuts(self) -> Cuts:
        """Each (time,): what the cut before each step loses, as a norm, and the angle in degrees
        by which it turns the gradient. Without the readout, which loses nothing.

        Raises:
            ValueError: a layer reads in both directions.
        """
        return all_cuts(self.measured)

    def figure(self) -> "go.Figure":
        """A Plotly figure of the norms in the last layer, forward (see `LayerGradients.figure`)."""
        return self._last.figure()

    def path_figure(self, state: str | None = None) -> "go.Figure":
        """A Plotly figure of the waterfall and the credit (see `LayerGradients.path_figure`)."""
        return self._last.path_figure(state)

    @property
    def params(self) -> NamedValues[Array]:
        """Parameter of the last layer, forward → its gradient; `parameters` are all."""
        return self._last.params

    @property
    def initial(self) -> NamedValues[Array]:
        """State → ([batch,] hidden): dL/d(state before the first step), of the last layer."""
        return self._last.initial

    @cached_property
    def parameters(self) -> NamedValues[Array]:
        """Full name ("layers.0.W_f", "readout.b") → gradient, for all parameters of the network."""
        return _copied(self.found.parameters)

    @property
    def x(self) -> Array:
        """(time, [batch,] inputs): dL/d(the sequence), through all layers and both directions. 0
        where an embedding reads it: see `vectors`."""
        return self.view.shown(self.found.x)

    @property
    def vectors(self) -> Array:
        """(time, [batch,] size): dL/d(what the first layer read): of an embedding the vectors,
        which is what a word did to L; else `x`."""
        return self.view.shown(self.found.vectors)

    @cached_property
    def _last(self) -> LayerGradients:
        return self.layer(-1)


def _copied(arrays: Mapping[str, Array]) -> NamedValues[Array]:
    return NamedValues({name: np.array(array, order="C") for name, array in arrays.items()})
