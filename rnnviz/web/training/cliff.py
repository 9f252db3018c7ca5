"""The cliff on the page: its surface, and the walks of a clipped and an unclipped descent on it."""

from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnnviz.cells import OWN
from rnnviz.scenes.questions import Question
from rnnviz.scenes.settings import OWN_EQUATIONS
from rnnviz.settings.equations import equations
from rnnviz.settings.kinds import Choice, Number, Whole, choice
from rnnviz.settings.schema import Schema, setting
from rnnviz.training import cliff
from rnnviz.training.cliff import Ground, Surface, Walk
from rnnviz.training.clipping import KNOB_OF
from rnnviz.web.asking import ask
from rnnviz.web.controls import Panel, segmented, slider
from rnnviz.web.equations import equations_box
from rnnviz.web.literal import ended, literal

CALLED = {"free": "not clipped", "clipped": "clipped"}
"""What each walk is called."""
COLOURS = {"free": "#D55E00", "clipped": "#2B6CB0"}
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
DASHES = {"free": "dot", "clipped": "solid"}
QUESTION = Question(
    "Of 1,600 starts on this ground, at learning rate 0.2: how many reach the valley without "
    "clipping, and how many clipped to norm 0.5?",
    ("about as many", "a quarter without, three quarters with", "nearly all, both"),
    (1,),
    "27% without, 75% with. One step taken on the wall is thousands of times too long: from four "
    "starts in ten it throws the walk off for good, and clipping saves those. By value at 0.5: "
    "30%, for it turns the steps.",
)
WALKS = (
    "Walks start at the dot; where a walk leaves the picture, its step was longer than the picture "
    "is wide. Computed now."
)
HOW_TO_READ = (
    "**How to read this.** Colour is the loss of a one-unit network h = U·sigmoid(h before) + b "
    "after 50 steps, for each weight U and bias b. The sharp edge is the cliff, where the "
    f"unit changes from one resting point to another. {WALKS}"
)
FIRST = "h = 0.5 * h_prev + 0.5 * (U @ sigmoid(h_prev) + b)"
"""What an empty box begins with: the same resting points, come to by halves."""


@dataclass(frozen=True)
class CliffSettings:
    """Whose cliff it is, where the walks on it start, and how they go."""

    cell: str = setting(
        "paper",
        choice({"paper": "the paper's: h = U·sigmoid(h before) + b"}, OWN_EQUATIONS),
        "Cell",
        "One unit of it: any cell of one recurrent matrix and one vector has such a map.",
    )
    equations: str = equations()
    U: float = setting(5.5, Number(*cliff.WEIGHTS, step=0.05), "Weight U at the start")
    b: float = setting(-3.5, Number(*cliff.BIASES, step=0.05), "Bias b at the start")
    rate: float = setting(0.2, Number(0.01, 1.0, step=0.01), "Learning rate")
    kind: str = setting("norm", choice("norm", "value"), "Clipped by")
    limit: float = setting(0.5, Number(0.05, 2.0, step=0.05), "Threshold")
    steps: int = setting(300, Whole(10, 1000, step=10), "Steps")


CLIFF = Schema.of(CliffSettings, prefix="cliff ")


def show_cliff() -> dict[str, str]:
    """Choose a start and a step, and see where two descents end.

    Returns what the address is to say of it.
    """
    st.markdown(
        "Why clip? On the ground the gradient is tiny, on the wall thousands of times larger "
        "(Pascanu, Mikolov & Bengio 2013)."
    )
    panel = Panel("cliff", CLIFF)
    if panel.draw("cell") != OWN:
        ask(QUESTION, key="cliff")
    ground = _ground(panel)
    left, right = st.columns([1, 2.4])
    with left:
        for name, one in CLIFF.items():
            if name not in ("cell", "equations"):
                panel.draw(name, look=segmented if isinstance(one.kind, Choice) else slider)
    if ground:
        _show(CliffSettings(**panel.chosen), ground, left, right)
    return panel.query()


def _ground(panel: Panel) -> Ground | None:
    """The cell that is walked on; nothing, after a sentence on why, where it has no such map."""
    if panel.chosen["cell"] != OWN:
        return cliff.PAPER
    cell = equations_box(panel, begin=FIRST)
    if cell is None:
        return None
    try:
        return cliff.ground_of(cell.cell)
    except ValueError as error:
        st.error(f"No map of this cell: {ended(literal(str(error)))}")
    return None


def _show(
    chosen: CliffSettings, ground: Ground, left: DeltaGenerator, right: DeltaGenerator
) -> None:
    surface, walks = cliff.surface(ground=ground), _walks(chosen, ground)
    left.table({
        "walk": list(CALLED.values()),
        "loss at the end": [_plain(walk.loss[-1]) for walk in walks.values()],
        "longest step": [_plain(walk.longest_step) for walk in walks.values()],
    })  # fmt: skip
    right.plotly_chart(
        figure(surface, walks, ground), key="cliff figure", theme="streamlit",
        config={"displayModeBar": False},
    )  # fmt: skip
    st.caption(_how_to_read(surface, ground))


def _how_to_read(surface: Surface, ground: Ground) -> str:
    if ground == cliff.PAPER:
        return HOW_TO_READ
    whole = bool(np.isfinite(surface.loss).all() and np.isfinite(surface.slope).all())
    holes = "" if whole else " Where a number left the range of float64, no gradient can be walked."
    return (
        "**How to read this.** Colour is the loss L = (sigmoid(h) − 0.7)² of one unit of your own "
        f"cell after {cliff.STEPS} steps without input, for each weight {literal(ground.weight)} "
        f"and bias {literal(ground.bias)}; its states start at {cliff.START}.{holes} {WALKS}"
    )


def _walks(chosen: CliffSettings, ground: Ground) -> dict[str, Walk]:
    """Each walk by its key in `CALLED`."""
    limits = {KNOB_OF[chosen.kind]: [np.inf, chosen.limit]}
    starts = [(chosen.U, chosen.b)] * 2
    both = cliff.walks(
        starts, learning_rate=chosen.rate, steps=chosen.steps, ground=ground, **limits
    )
    return dict(zip(CALLED, both, strict=True))


def _plain(number: float) -> str:
    """Two digits: 2000, 0.000031, and from a millionth down 3.1×10⁻³¹."""
    if not np.isfinite(number):
        return "beyond float64"
    if number == 0 or abs(number) >= 1e-6:
        return np.format_float_positional(number, 2, fractional=False, trim="-")
    digits, exponent = f"{number:.1e}".split("e")
    return f"{digits}×10{str(int(exponent)).translate(RAISED)}"


def figure(seen: Surface, walks: dict[str, Walk], ground: Ground) -> go.Figure:
    """The surface from above, each walk as a line from the start to its end."""
    weight, bias = ground.weight, ground.bias
    with np.errstate(all="ignore"):
        heights = np.log10(seen.loss)
    drawn = go.Figure(
        go.Heatmap(
            x=seen.weights, y=seen.biases, z=heights, zmin=-4, zmax=-0.3,
            colorscale="Greys", colorbar={"title": "L", "tickvals": [-4, -3, -2, -1, 0],
            "ticktext": ["10⁻⁴", "10⁻³", "10⁻²", "0.1", "1"]}, name="loss",
            customdata=seen.loss,
            hovertemplate=f"{weight} %{{x:.2f}}, {bias} %{{y:.2f}}<br>L %{{customdata:.3g}}"
            "<extra></extra>",
        )
    )  # fmt: skip
    for key, walk in walks.items():
        points, name = walk.points, CALLED[key]
        drawn.add_scatter(
            x=points[:, 0], y=points[:, 1], mode="lines+markers", name=name,
            line={"color": COLOURS[key], "width": 2, "dash": DASHES[key]},
            marker={"size": 4}, customdata=np.stack([walk.loss, walk.norm], axis=1),
            hovertemplate=f"{name}<br>L %{{customdata[0]:.3g}}, gradient %{{customdata[1]:.3g}}"
            "<extra></extra>",
        )  # fmt: skip
    first = next(iter(walks.values())).points[0]
    drawn.add_scatter(
        x=[first[0]],
        y=[first[1]],
        mode="markers",
        name="start",
        marker={"size": 11, "color": "#111", "line": {"color": "#fff", "width": 2}},
    )
    drawn.update_xaxes(title=f"weight {weight}", range=cliff.WEIGHTS)
    drawn.update_yaxes(title=f"bias {bias}", range=cliff.BIASES)
    return drawn.update_layout(
        height=540,
        margin={"l": 10, "r": 10, "t": 30, "b": 10},
        legend={"orientation": "h", "y": -0.13, "yanchor": "top"},
    )
