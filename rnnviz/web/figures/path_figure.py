"""A Plotly figure of a gradient's paths: the direct one, the rest, the bound, and the credit."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from rnnviz.gradients.credit import Credit
from rnnviz.network.arrays import Array
from rnnviz.representation import Cell
from rnnviz.texts import N_, _
from rnnviz.web.figures.colours import BLANK, INK
from rnnviz.web.figures.figure_sheet import empty, symbol_in_html
from rnnviz.web.figures.figures import CHART, HOW_NORMS, MOST_DECADES, draw_lines
from rnnviz.web.figures.lines import Line, decades
from rnnviz.web.parts import parts

ROUNDING = 1e-14
"""A rest that is a smaller share of the whole is none: a difference of equal numbers, rounded."""
HOW_CREDIT = N_(
    "Below, how much each step adds to the gradient of a gate's parameters: the darker, the more, "
    "by powers of ten."
)


def paths(
    cell: Cell, state: str, fall: Mapping[str, Array], limit: Array | None, credit: Credit
) -> go.Figure:
    """The gradient of a state along its paths, and below it who gets the credit for L.

    Args:
        fall: "total", "direct", "rest" → (time,), see `Waterfall.norms`.
        limit: (time,), an upper bound of the total; None where there is none.
        credit: with `shares` in the order of time.
    """
    called = parts(cell)
    role = called[state]["role"]
    whole = Line(f"|dL/d{symbol_in_html(called[state])}|", fall["total"], role)
    lines = [
        whole,
        Line(_("its direct path"), fall["direct"], role),
        Line(
            _("the rest"),
            np.where(fall["rest"] > ROUNDING * fall["total"], fall["rest"], 0),
            "other",
        ),
    ]
    if limit is not None:
        lines.append(Line(_("upper bound"), limit, "other"))
    gates = list(credit.gates)
    height = float(min(max(24 * len(gates), 40), 120))
    figure = empty([1.5 * CHART, height], len(whole.sizes), f"{_(HOW_NORMS)}<br>{_(HOW_CREDIT)}")
    draw_lines(figure, lines, row=1)
    low, high = decades([credit.shares])
    figure.add_heatmap(
        x=np.arange(1, len(whole.sizes) + 1),
        y=np.arange(len(gates)),
        z=np.log10(np.where(credit.shares > 0, credit.shares, np.nan)).T,
        yaxis="y2",
        zmin=max(low, high - MOST_DECADES),
        zmax=high,
        colorscale=[[0.0, BLANK], [1.0, INK]],
        showscale=False,
        customdata=credit.shares.T,
        hovertemplate=_("step {step}: {value}", step="%{x}", value="%{customdata:.4~g}")
        + "<extra></extra>",
    )
    names = [symbol_in_html(called[gate]) for gate in gates]
    ticks = {"tickvals": list(range(len(gates))), "ticktext": names, "autorange": "reversed"}
    figure.update_layout(yaxis2={**ticks, "showgrid": False, "ticks": ""})
    return figure
