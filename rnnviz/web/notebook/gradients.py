"""Gradients in a notebook: the size of dL/d(state) at each step, as curves."""

from typing import TYPE_CHECKING

from rnnviz.texts import N_, _
from rnnviz.web.figures.lines import Line
from rnnviz.web.notebook.chart import chart
from rnnviz.web.notebook.markup import caption, card
from rnnviz.web.parts import parts

if TYPE_CHECKING:
    from rnnviz.recording.recorded_gradients import LayerGradients

HOW = N_(
    "Read from right to left: a line that falls to the left vanishes, one that rises explodes; "
    "a gap is exactly 0."
)


def gradients_html(layer: "LayerGradients", loss: float | None = None) -> str:
    """A card with a line for each state of a layer."""
    cell = layer.of.run.cell
    called = parts(cell)
    lines = [
        Line(_("size of dL/d{state}", state=name), layer.norms(name), called[name]["role"])
        for name in cell.h_and_states
    ]
    steps = len(lines[0].sizes)
    of = _("Gradients of L = {loss}", loss=f"{loss:.4g}") if loss is not None else _("Gradients")
    says = _("size of the gradient of each state, over {steps} steps", steps=steps)
    return card(of, chart(lines, along=_("step"), says=says), caption(_(HOW)))
