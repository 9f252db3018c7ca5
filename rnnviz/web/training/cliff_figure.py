"""The picture of a cliff: the loss from above, and the walks on it."""

import numpy as np
import plotly.graph_objects as go

from rnnviz.texts import N_, _
from rnnviz.training import cliff
from rnnviz.training.cliff import Ground, Surface, Walk

CALLED = {"free": N_("not clipped"), "clipped": N_("clipped")}
"""What each walk is called."""
COLOURS = {"free": "#D55E00", "clipped": "#2B6CB0"}
DASHES = {"free": "dot", "clipped": "solid"}
OPAQUE, CLEAR = ({"marker": {"opacity": opacity}} for opacity in (1, 0))
APART = 0.1
"""Between the points that a click can make the start."""


def figure(seen: Surface, walks: dict[str, Walk], ground: Ground) -> go.Figure:
    """The surface from above, each walk as a line from the start to its end."""
    drawn = go.Figure([_ground_of(seen), _starts(seen, ground)])
    for key, walk in walks.items():
        drawn.add_traces(_lines(walk, _(CALLED[key]), COLOURS[key], DASHES[key]))
    first = next(iter(walks.values())).points[0]
    drawn.add_scatter(
        x=[first[0]], y=[first[1]], mode="markers", name=_("start"), unselected=OPAQUE,
        marker={"size": 13, "color": "#fff", "line": {"color": "#111", "width": 3}},
    )  # fmt: skip
    drawn.update_xaxes(title=_("weight {name}", name=ground.weight), range=cliff.WEIGHTS)
    drawn.update_yaxes(title=_("bias {name}", name=ground.bias), range=cliff.BIASES)
    return drawn.update_layout(
        height=390,
        dragmode=False,
        margin={"l": 10, "r": 10, "t": 10, "b": 10},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom"},
    )


def _ground_of(seen: Surface) -> go.Heatmap:
    with np.errstate(all="ignore"):
        heights = np.log10(seen.loss)
    return go.Heatmap(
        x=seen.weights, y=seen.biases, z=heights, zmin=-4, zmax=np.log10(0.5), colorscale="Greys",
        colorbar={"title": "L", "tickvals": [-4, -3, -2, -1, np.log10(0.5)],
        "ticktext": ["≤ 10⁻⁴", "10⁻³", "10⁻²", "0.1", "0.5"]}, hoverinfo="skip",
    )  # fmt: skip


def _starts(seen: Surface, ground: Ground) -> go.Scatter:
    """What a click meets, and the mouse is told of: points all over the ground, unseen."""
    axes = (np.arange(low, high + APART / 2, APART) for low, high in (cliff.WEIGHTS, cliff.BIASES))
    weights, biases = (part.ravel().round(2) for part in np.meshgrid(*axes))
    across = np.abs(seen.weights[:, None] - weights).argmin(axis=0)
    up = np.abs(seen.biases[:, None] - biases).argmin(axis=0)
    return go.Scatter(
        x=weights, y=biases, mode="markers", showlegend=False, customdata=seen.loss[up, across],
        marker={"size": 12, "opacity": 0}, selected=CLEAR, unselected=CLEAR,
        hovertemplate=f"{ground.weight} %{{x:.2f}}, {ground.bias} %{{y:.2f}}<br>"
        "L %{customdata:.2g}<extra></extra>",
    )  # fmt: skip


def _lines(walk: Walk, name: str, colour: str, dash: str) -> tuple[go.Scatter, go.Scatter]:
    """A walk, on a white line that sets it off from any grey."""
    points = walk.points
    under = go.Scatter(
        x=points[:, 0], y=points[:, 1], mode="lines", showlegend=False, hoverinfo="skip",
        line={"color": "#fff", "width": 5},
    )  # fmt: skip
    over = go.Scatter(
        x=points[:, 0], y=points[:, 1], mode="lines+markers", name=name, unselected=OPAQUE,
        line={"color": colour, "width": 2, "dash": dash},
        marker={"size": 4},
        customdata=np.stack([walk.loss, walk.norm], axis=1),
        hovertemplate=_(
            "{name}<br>L {loss}, gradient {gradient}", name=name,
            loss="%{customdata[0]:.1g}", gradient="%{customdata[1]:.2g}",
        ) + "<extra></extra>",
    )  # fmt: skip
    return under, over
