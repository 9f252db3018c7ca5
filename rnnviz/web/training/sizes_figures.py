"""Pictures of a search: the scores against what was varied, and all that was tried side by side."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from rnnviz.settings.kinds import Choice
from rnnviz.texts import _
from rnnviz.training.knobs.kinds import with_values
from rnnviz.training.knobs.knobs import KNOBS
from rnnviz.training.trials.search import Search
from rnnviz.training.trials.space import BY_FACTORS
from rnnviz.training.trials.tried import Tried
from rnnviz.web.figures.colours import ROLES
from rnnviz.web.training.sizes_words import score_name, shown_value, value_of

LOOKS = tuple(
    zip(
        ("hidden", "forget", "input", "candidate", "output", "cell", "other"),
        ("circle", "diamond", "square", "triangle-up", "x", "cross", "star"),
        ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot", "solid"),
        strict=True,
    )
)
"""(colour, mark, dash) of one group after another."""
HEIGHT = 330
BAR = 2


def scores_figure(found: Search) -> go.Figure:
    """Each run as a mark over its number of units (or what else was varied), the mean of each
    choice with its spread as a bar, one look for each cell where several were tried."""
    across = _across(found)
    groups = _groups(found, across)
    drawn = go.Figure()
    for (title, tried), look in zip(groups.items(), _looks(len(groups)), strict=True):
        _draw_group(drawn, title or _("mean and spread"), tried, across, look, is_one=not title)
    values = [value_of(one, across) for tried in groups.values() for one in tried]
    drawn.update_xaxes(title=_(KNOBS[across].label), **_axis(across, values))
    drawn.update_yaxes(title=score_name(found))
    return drawn.update_layout(
        height=HEIGHT, margin={"l": 10, "r": 10, "t": 10, "b": 10}, dragmode=False,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom"},
    )  # fmt: skip


def parallel_figure(found: Search) -> go.Figure:
    """Each choice as a line through what it has of every knob that was varied, to its score."""
    tried = [one for one in found.ranked if not math.isnan(one.mean)]
    choices = [with_values(one.choice) for one in tried]
    scale = [[0.0, ROLES["forget"].fill], [1.0, ROLES["hidden"].fill]]
    lines = go.Parcoords(
        labelangle=-20,
        labelfont={"size": 14}, tickfont={"size": 13}, rangefont={"color": "rgba(0, 0, 0, 0)"},
        line={"color": [-one.badness for one in tried], "colorscale": scale},
        dimensions=[
            *(_dimension(name, [choice[name] for choice in choices]) for name in found.names),
            {"label": score_name(found), "values": [one.mean for one in tried]},
        ],
    )  # fmt: skip
    margin = {"l": 90, "r": 70, "t": 80, "b": 20}
    return go.Figure([lines]).update_layout(height=HEIGHT, margin=margin)


def _across(found: Search) -> str:
    """What the scores are drawn over: the units, or the first number that was varied."""
    numbers = [name for name in found.names if not isinstance(KNOBS[name].kind, Choice)]
    return "hidden" if "hidden" in numbers else next(iter(numbers), found.names[0])


def _groups(found: Search, across: str) -> dict[str, list[Tried]]:
    """The choices by their cell, or by what else is chosen from a list; one group "" where nothing
    is."""
    by = next((n for n in found.names if n != across and isinstance(KNOBS[n].kind, Choice)), None)
    groups: dict[str, list[Tried]] = {}
    for one in found.tried:
        title = shown_value(by, with_values(one.choice)[by]) if by else ""
        groups.setdefault(title, []).append(one)
    return groups


def _looks(many: int) -> list[tuple[str, str, str]]:
    return [LOOKS[place % len(LOOKS)] for place in range(many)]


def _draw_group(
    drawn: go.Figure,
    title: str,
    tried: Sequence[Tried],
    across: str,
    look: tuple[str, str, str],
    *,
    is_one: bool,
) -> None:
    role, mark, dash = look
    colour = ROLES[role].fill
    runs = [(one, result) for one in tried for result in one.results]
    drawn.add_scatter(
        x=[value_of(one, across) for one, _result in runs],
        y=[result.metric for _one, result in runs],
        mode="markers", name=_("one run"), showlegend=False, legendgroup=title,
        marker={"color": colour, "symbol": mark, "size": 8, "opacity": 0.55},
        text=[_("{choice}, seed {seed}", choice=one.title, seed=r.seed) for one, r in runs],
        hovertemplate="%{text}<br>%{y:.4~g}<extra></extra>",
    )  # fmt: skip
    whole = sorted(
        (one for one in tried if one.is_whole), key=lambda one: str(value_of(one, across))
    )
    whole.sort(key=lambda one: _order(value_of(one, across)))
    places = [value_of(one, across) for one in whole]
    drawn.add_scatter(
        x=places, y=[one.mean for one in whole], name=title, legendgroup=title,
        mode="lines+markers" if len({*places}) == len(places) else "markers",
        line={"color": colour, "width": 2, "dash": dash},
        marker={"color": colour, "symbol": f"{mark}-open", "size": 13, "line": {"width": 2}},
        error_y={
            "array": [0.0 if math.isnan(one.spread) else one.spread for one in whole],
            "thickness": BAR, "width": 6, "color": colour,
        },
        text=[str(one) for one in whole], hovertemplate="%{text}<extra></extra>",
        showlegend=True if not is_one else None,
    )  # fmt: skip


def _order(place: Any) -> float:
    return float(place) if isinstance(place, int | float) else 0.0


def _axis(name: str, values: Sequence[Any]) -> Mapping[str, Any]:
    """By factors where one step is twice as much; each value that was tried is written there."""
    if not all(isinstance(value, int | float) for value in values):
        return {"type": "category"}
    ticks = sorted({*values})
    few = {"tickvals": ticks, "ticktext": [f"{value:.4g}" for value in ticks]}
    is_log = name in BY_FACTORS and ticks[0] > 0
    return {"type": "log" if is_log else "linear", **(few if len(ticks) <= 8 else {})}


def _dimension(name: str, values: Sequence[Any]) -> dict[str, Any]:
    label = _(KNOBS[name].label)
    if not all(isinstance(value, int | float) for value in values):
        titles = [shown_value(name, value) for value in values]
        kinds = list(dict.fromkeys(titles))
        places = [*range(len(kinds))]
        return {
            "label": label, "values": [kinds.index(title) for title in titles],
            "tickvals": places, "ticktext": kinds, "range": [-0.1, len(kinds) - 0.9],
        }  # fmt: skip
    is_log = name in BY_FACTORS and min(values) > 0
    ticks = sorted({*values})
    if len(ticks) > 8:
        ticks = [ticks[round(k * (len(ticks) - 1) / 7)] for k in range(8)]
    place = math.log10 if is_log else float
    return {
        "label": label, "values": [place(value) for value in values],
        "tickvals": [place(value) for value in ticks],
        "ticktext": [f"{value:.3g}" for value in ticks],
    }  # fmt: skip
