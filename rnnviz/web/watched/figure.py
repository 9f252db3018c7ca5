"""A watched training as a Plotly figure over its updates: norms over time, gradient, loss."""

import numpy as np
import plotly.graph_objects as go

from rnnviz.network.arrays import Array
from rnnviz.texts import N_, _
from rnnviz.watching.watched import Watched
from rnnviz.watching.ways import place
from rnnviz.web.figures.colours import BLANK, INK, LINE, ROLES
from rnnviz.web.figures.figure_sheet import axis, empty, label, symbol_in_html
from rnnviz.web.figures.figures import CHART, DASHES, MOST_DECADES
from rnnviz.web.figures.lines import decades
from rnnviz.web.parts import parts

HOW = N_(
    "Above, each column is a recorded update, each line a time step: the more it stands out, the "
    "larger the gradient, by powers of ten.<br>Faint at the top means that early steps get little "
    "of it; the faintest is {low} or less, and what is exactly 0 is blank.<br>Below, the gradient "
    "of the parameters: where the dashed line lies under the other, it was clipped."
)


def figure(watched: Watched, state: str, layer: int, *, reverse: bool) -> go.Figure:
    """See `Watched.figure`. ValueError where there is no such state, layer or direction."""
    norms = watched.norms(state, layer, reverse=reverse)
    low, high = decades([norms])
    low = max(low, high - MOST_DECADES)
    losses = watched.history["loss"]
    heights = [1.2 * CHART, CHART, *([0.7 * CHART] if np.isfinite(losses).any() else [])]
    drawn = empty(heights, len(watched.rows), _(HOW, low=_power(low)))
    part = parts(watched.of)[state]
    _map(drawn, watched, norms, (low, high))
    shown = [f"|dL/d{symbol_in_html(part)}|", f"{_power(low)} … {_power(high)}"]
    if len(watched.prefixes) > 1:
        shown = [str(place(watched, watched.prefix(layer, reverse=reverse))), *shown]
    label(drawn, 1, "", "<br>".join(shown))
    _gradient(drawn, watched)
    if len(heights) == 3:
        _line(drawn, watched, losses, _("loss"), "hidden", row=3)
        drawn.update_layout(yaxis3={"gridcolor": LINE, "title": {"text": _("loss")}})
    updates = watched.history["update"]
    edges = [updates[0], updates[-1]] if updates.size else [0, 1]
    room = max(1.0, float(np.diff(updates).min(initial=edges[-1] - edges[0]))) / 2
    drawn.update_layout(
        xaxis={
            "range": [float(edges[0]) - room, float(edges[1]) + room],
            "title": {"text": _("update")},
        }
    )
    return drawn


def _map(drawn: go.Figure, watched: Watched, norms: Array, span: tuple[float, float]) -> None:
    """A column for each update, a line for each time step, the first on top."""
    steps = np.arange(1, norms.shape[1] + 1)
    drawn.add_heatmap(
        x=watched.history["update"],
        y=steps,
        z=logarithms(norms).T,
        zmin=span[0],
        zmax=span[1],
        colorscale=[[0.0, BLANK], [1.0, INK]],
        showscale=False,
        customdata=norms.T,
        hovertemplate=_(
            "update {update}, step {step}: {value}",
            update="%{x}",
            step="%{y}",
            value="%{customdata:.4~g}",
        )
        + "<extra></extra>",
    )
    drawn.update_layout(
        yaxis={
            "range": [len(steps) + 0.5, 0.5],
            "title": {"text": _("step")},
            "showgrid": False,
            "tickformat": "d",
        }
    )


def _gradient(drawn: go.Figure, watched: Watched) -> None:
    """The norm of the parameters' gradient, before and after clipping, on a logarithmic axis."""
    before, after = (watched.history[name] for name in ("grad_norm", "grad_norm_clipped"))
    _line(drawn, watched, before, _("as backward left it"), "forget", row=2)
    if np.isfinite(after).any():
        _line(drawn, watched, after, _("at the step"), "output", row=2)
    low, high = decades([before, after])
    drawn.update_layout(
        yaxis2={
            "type": "log",
            "range": [low, high],
            "dtick": max(1, int(np.ceil((high - low) / MOST_DECADES))),
            "exponentformat": "power",
            "gridcolor": LINE,
            "title": {"text": _("gradient of the parameters")},
        }
    )


def _line(
    drawn: go.Figure, watched: Watched, values: Array, name: str, role: str, *, row: int
) -> None:
    count = sum(trace.type == "scatter" for trace in drawn.data)
    drawn.add_scatter(
        x=watched.history["update"],
        y=np.where(np.isfinite(values), values, np.nan),
        yaxis=axis("y", row),
        name=name,
        mode="lines+markers",
        marker={"size": 4},
        line={"color": ROLES[role].fill, "width": 2, "dash": DASHES[count % len(DASHES)]},
        hovertemplate=_("update {update}: {value}", update="%{x}", value="%{y:.4~g}"),
    )


def logarithms(norms: Array) -> Array:
    """Powers of ten; nan where there is none."""
    with np.errstate(all="ignore"):
        found: Array = np.log10(norms)
    return np.where(np.isfinite(found), found, np.nan)


def _power(exponent: float) -> str:
    return f"10<sup>{exponent:.0f}</sup>"
