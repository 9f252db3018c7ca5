"""How fast a text and a network's own words part, as a Plotly figure."""

import html
from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from rnnviz.language_model import Exposure
from rnnviz.texts import _

COLOURS = ("#3f83cc", "#c2762b", "#2e9e7b", "#b0659a")
"""Of the runs; they stand out from the light ground and from the dark one."""


def exposure_lines(found: Mapping[str, Exposure]) -> go.Figure:
    """Perplexity of the true next token over the distance, of each run after the text's own past
    and after what the run wrote in its place."""
    figure = go.Figure()
    for (says, exposure), colour in zip(found.items(), COLOURS, strict=False):
        lines = (
            (exposure.forced_mean, "solid", _("{run}, after the text", run=says)),
            (exposure.own_mean, "dash", _("{run}, after its own words", run=says)),
        )
        for mean, dash, name in lines:
            figure.add_scatter(
                x=np.arange(1, len(mean) + 1),
                y=np.exp(np.minimum(-mean, 700.0)),
                mode="lines",
                name=html.escape(name),
                line={"color": colour, "dash": dash, "width": 1.6},
                hovertemplate="%{x}: %{y:.3g}",
            )
    return figure.update_layout(
        height=280,
        dragmode=False,
        margin={"l": 10, "r": 10, "t": 10, "b": 40},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        xaxis={"title": {"text": _("token after the place")}},
        yaxis={"title": {"text": _("perplexity")}, "type": "log"},
    )
