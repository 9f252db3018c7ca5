"""A training run in a notebook: loss and gradient over its updates."""

import numpy as np

from rnnviz.network.arrays import Array
from rnnviz.texts import _
from rnnviz.training.runs.runs import Run
from rnnviz.web.figures.lines import Line
from rnnviz.web.notebook.chart import chart
from rnnviz.web.notebook.markup import caption, card


def run_html(run: Run) -> str:
    """A card with what was chosen, and the curves so far."""
    head, *facts = repr(run).split("\n  ")
    if not run.pages:
        return card(head, *map(caption, facts))
    history = run.history
    loss = [
        Line(_("loss of each batch"), history["loss"], "hidden"),
        Line(_("held-out sequences"), _held_out(run), "forget"),
    ]
    norms = [Line(_("size of the gradient"), history["grad_norm"], "output")]
    if history["clipped"].any():
        norms.append(Line(_("after clipping"), history["grad_norm_clipped"], "forget"))
    along = _("update")
    return card(
        head,
        *map(caption, facts),
        chart(loss, along=along, says=_("loss at each update")),
        chart(norms, along=along, says=_("size of the gradient at each update")),
    )


def _held_out(run: Run) -> Array:
    """At each update the loss that was last measured on the held-out sequences."""
    at = [one.update for one in run.evaluations]
    losses = np.array([one.loss for one in run.evaluations])
    return losses[np.searchsorted(at, np.arange(1, run.update + 1), side="right") - 1]
