"""Arrays → Plotly figures for a notebook: maps of every value over time, sizes of gradients.

The look is that of the page's maps and its gradient chart: one line of a map a unit, one column a
time step, steps and units counted from 1 as they are read.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from rnnviz.network.arrays import Array
from rnnviz.operations import OPERATIONS
from rnnviz.representation import Cell
from rnnviz.texts import N_, _
from rnnviz.web.figures.colours import BLANK, INK, LINE, ROLES, SOFT
from rnnviz.web.figures.figure_sheet import axis, empty, label, symbol_in_html
from rnnviz.web.figures.lines import Line, decades
from rnnviz.web.parts import Part, parts
from rnnviz.web.step.payload import UNDERFLOW

NEGATIVE, POSITIVE = "#2f74d0", "#e07b27"
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
CHART = 210
"""A chart's height, in pixels."""
MOST_DECADES = 12
HOW_MAPS = N_(
    "Each line of a map is one unit, each column one time step. A gate goes from empty (0) to full "
    "colour (1),<br>a signed value from blue (negative) through the ground (0) to orange."
)
HOW_NORMS = N_(
    "Size of the gradient, read from right to left: one that falls to the left vanishes, one that "
    "rises explodes.<br>A gap is exactly 0; a name in the legend shows and hides its line."
)


@dataclass(frozen=True)
class Scale:
    """What a map's colours span: a gate's [0, 1], or as far below zero as above."""

    low: float
    high: float
    colours: list[list[float | str]]
    text: str


def maps(
    cell: Cell, values: Mapping[str, Array], norms: Mapping[str, Array] | None = None
) -> go.Figure:
    """A map of each value over time, and below them the sizes of gradients, if they are given.

    Args:
        cell: says what each value is called and which are gates.
        values: name → (time, units), in the order of the maps.
        norms: name → (time,), as for `norm_lines`.
    """
    called = parts(cell)
    heights = [float(min(max(3 * value.shape[1], 40), 96)) for value in values.values()]
    if norms:
        heights.append(CHART)
    steps = len(next(iter(values.values())))
    figure = empty(heights, steps, _(HOW_MAPS) + (f"<br>{_(HOW_NORMS)}" if norms else ""))
    for row, (name, value) in enumerate(values.items(), 1):
        scale = scale_of(cell, name, value)
        for trace in _map(called[name], value, scale):
            figure.add_trace(trace.update(yaxis=axis("y", row)))
        bare = {"showticklabels": False, "showgrid": False, "ticks": ""}
        figure.update_layout({f"yaxis{row}": {"range": [value.shape[1] + 0.5, 0.5], **bare}})
        label(figure, row, f"{symbol_in_html(called[name])}  {called[name]['title']}", scale.text)
    if norms:
        _draw_norms(figure, cell, norms, row=len(heights))
    return figure


def norm_lines(cell: Cell, norms: Mapping[str, Array]) -> go.Figure:
    """The size of the gradient of each value over time, on a logarithmic axis.

    Args:
        cell: says what each value is called, and which are its states: those are shown at first.
        norms: name → (time,), not negative.
    """
    figure = empty([1.5 * CHART], len(next(iter(norms.values()))), _(HOW_NORMS))
    _draw_norms(figure, cell, norms, row=1)
    return figure


def scale_of(cell: Cell, name: str, value: Array) -> Scale:
    """The span of a value's colours: of a gate 0 to 1, of what is bounded that, else as needed."""
    if name in cell.gates:
        full = ROLES[parts(cell)[name]["role"]].fill
        return Scale(0.0, 1.0, [[0.0, BLANK], [1.0, full]], "0 … 1")
    made_by = OPERATIONS[cell.step(name).op]
    bound = max(-made_by.low, made_by.high)
    high = bound if math.isfinite(bound) else nice_ceiling(value)
    return Scale(-high, high, [[0.0, NEGATIVE], [0.5, BLANK], [1.0, POSITIVE]], f"± {high:g}")


def nice_ceiling(value: Array) -> float:
    """The smallest of …0.1, 0.2, 0.5, 1, 2, 5, 10… that no finite number's size is above."""
    size = float(np.abs(value[np.isfinite(value)]).max(initial=0.0))
    if size == 0.0:
        return 1.0
    ten = math.floor(math.log10(size))
    return next(
        ceiling
        for ceiling in (float(f"{factor}e{ten}") for factor in (1, 2, 5, 10, 20))
        if ceiling >= size * (1 - 1e-9)
    )


def _map(part: Part, value: Array, scale: Scale) -> Iterator[go.Heatmap]:
    """The map; over it, in ink, what is no number any more."""
    time, units = (np.arange(1, count + 1) for count in value.shape)
    place = _("{title}, unit {unit}, step {step}: ", title=part["title"], unit="%{y}", step="%{x}")
    common = {"x": time, "y": units, "name": part["title"], "showscale": False}
    yield go.Heatmap(
        common,
        z=value.T,
        zmin=scale.low,
        zmax=scale.high,
        colorscale=scale.colours,
        hovertemplate=f"{place}%{{z:.6~g}}<extra></extra>",
    )
    broken = ~np.isfinite(value.T)
    if broken.any():
        yield go.Heatmap(
            common,
            z=np.where(broken, 1.0, np.nan),
            colorscale=[[0.0, INK], [1.0, INK]],
            text=value.T.astype(str),
            hovertemplate=f"{place}%{{text}}<extra></extra>",
        )


def _draw_norms(figure: go.Figure, cell: Cell, norms: Mapping[str, Array], *, row: int) -> None:
    called, states = parts(cell), set(cell.h_and_states)
    lines = [
        Line(
            f"|dL/d{symbol_in_html(called[name]) if name in called else name}|",
            sizes,
            called[name]["role"] if name in called else "other",
            name in states,
        )
        for name, sizes in norms.items()
    ]
    draw_lines(figure, lines, row=row)


def draw_lines(figure: go.Figure, lines: Sequence[Line], *, row: int) -> None:
    for k, line in enumerate(lines):
        figure.add_scatter(
            x=np.arange(1, len(line.sizes) + 1),
            y=np.where(line.sizes > 0, line.sizes, np.nan),
            yaxis=axis("y", row),
            name=line.name,
            mode="lines+markers",
            marker={"size": 4},
            line={"color": ROLES[line.role].fill, "width": 2, "dash": DASHES[k % len(DASHES)]},
            visible=True if line.is_shown else "legendonly",
            hovertemplate=_("step {step}: {value}", step="%{x}", value="%{y:.4~g}"),
        )
    low, high = decades([line.sizes for line in lines])
    figure.update_layout(
        {
            f"yaxis{row}": {
                "type": "log",
                "range": [low, high],
                "dtick": max(1, math.ceil((high - low) / MOST_DECADES)),
                "exponentformat": "power",
                "gridcolor": LINE,
                "title": {"text": _("size of the gradient")},
            }
        }
    )
    if low < math.log10(UNDERFLOW):
        figure.add_shape(
            {"y0": UNDERFLOW, "y1": UNDERFLOW, "yref": axis("y", row)},
            x0=0,
            x1=1,
            xref="paper",
            line={"color": SOFT, "width": 1, "dash": "dot"},
        )
        figure.add_annotation(
            {"y": math.log10(UNDERFLOW), "yref": axis("y", row), "x": 0, "xref": "paper"},
            text=_("the smallest float32"),
            showarrow=False,
            xanchor="left",
            yanchor="bottom",
        )
