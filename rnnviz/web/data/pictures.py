"""Columns as Plotly figures: numbers as lines, labels by how many there are, texts by length."""

import html

import numpy as np
import plotly.graph_objects as go

from rnnviz.data.table import Table
from rnnviz.network.arrays import Array
from rnnviz.texts import _
from rnnviz.writing import shortened

MOST_DRAWN = 6  # columns
MOST_POINTS = 2_000  # of a line
MOST_LABELS = 10
ROW, GAP, FOOT, BARS = 80, 16, 40, 190  # pixels
COLOUR = "#3f83cc"  # stands out from the light ground and from the dark one
DOT = 5  # pixels, of a number between two that are missing
LONGEST_NAME = 24
BINS = 30


def lines(table: Table) -> go.Figure | None:
    """Each column of numbers as a line of its own, over the dates if there are some, or rows; None
    where there is none."""
    names = table.numbers[:MOST_DRAWN]
    if not names:
        return None
    dates = next((c for c in table.columns.values() if c.dtype.kind == "M"), None)
    across = np.arange(len(table)) + table.first_row if dates is None else dates
    height = len(names) * (ROW + GAP) - GAP
    figure = go.Figure()
    for k, name in enumerate(names):
        shown = _ends(table.columns[name])
        column = table.columns[name][shown]
        alone = _is_alone(column)
        axis = "y" if k == 0 else f"y{k + 1}"
        title = _short(name)
        figure.add_scatter(
            x=across[shown], y=column, yaxis=axis, name=title,
            mode="lines+markers" if alone.any() else "lines",
            line={"width": 1.2, "color": COLOUR}, hovertemplate="%{x}: %{y:.6~g}",
            marker={"size": np.where(alone, DOT, 0).tolist(), "line": {"width": 0}},
        )  # fmt: skip
        top = 1 - k * (ROW + GAP) / height
        place = {"domain": [max(0.0, top - ROW / height), top], "title": {"text": title}}
        figure.update_layout(
            {f"yaxis{k + 1}": {**place, "nticks": 4, "zeroline": False, "fixedrange": True}}
        )
    return figure.update_layout(
        height=height + FOOT + 10, showlegend=False, dragmode=False,
        margin={"l": 10, "r": 10, "t": 10, "b": FOOT},
        xaxis={"anchor": "y" if len(names) == 1 else f"y{len(names)}", "fixedrange": True,
               "title": {"text": _("row") if dates is None else ""}, "showgrid": False},
    )  # fmt: skip


def labels(table: Table) -> go.Figure | None:
    """How often each label occurs, of a column of few different ones; None where there is none."""
    name = label_column(table)
    if name is None:
        return None
    found, counts = np.unique(table.columns[name], return_counts=True)
    titles = [_short(str(one)) for one in found]
    return _bars(titles, counts, _("“{name}”: rows by label", name=_short(name)), "")


def lengths(table: Table) -> go.Figure | None:
    """How long texts are, in characters, of the column with the longest."""
    name = text_column(table)
    if name is None:
        return None
    sizes = np.array([len(text) for text in table.columns[name]])
    counts, edges = np.histogram(sizes, bins=min(BINS, int(np.ptp(sizes)) + 1))
    title = _("“{name}”: rows by length", name=_short(name))
    return _bars((edges[:-1] + edges[1:]) / 2, counts, title, _("characters"))


def text_column(table: Table) -> str | None:
    """The column of texts whose texts are longest, on the whole."""
    sizes = {name: sum(map(len, table.columns[name])) for name in table.texts}
    return max(sizes, key=lambda name: sizes[name], default=None)


def label_column(table: Table) -> str | None:
    """The last column, beside a text, of two to ten different labels."""
    text = text_column(table)
    others = [
        name for name in table.columns if name != text and table.columns[name].dtype.kind != "M"
    ]
    few = [name for name in others if 2 <= len(np.unique(table.columns[name])) <= MOST_LABELS]
    return few[-1] if text is not None and few else None


def _ends(column: Array) -> np.ndarray:
    """Of a long column the rows with the smallest and the largest number of each stretch."""
    if len(column) <= MOST_POINTS:
        return np.arange(len(column))
    stretches = np.array_split(np.arange(len(column)), MOST_POINTS // 2)
    known = np.where(np.isnan(column), np.inf, column), np.where(np.isnan(column), -np.inf, column)
    ends = [(rows[known[0][rows].argmin()], rows[known[1][rows].argmax()]) for rows in stretches]
    return np.unique(ends)


def _is_alone(column: Array) -> np.ndarray:
    """(rows,): whether a number has none beside it, so that no line would show it."""
    gone = np.pad(np.isnan(column), 1, constant_values=True)
    alone: np.ndarray = ~gone[1:-1] & gone[:-2] & gone[2:]
    return alone


def _bars(across: Array | list[str], counts: np.ndarray, title: str, unit: str) -> go.Figure:
    bars = go.Bar(
        x=across, y=counts, marker_color=COLOUR, hovertemplate="%{x}: %{y}<extra></extra>"
    )
    return go.Figure(bars).update_layout(
        height=BARS, dragmode=False, bargap=0.1, margin={"l": 10, "r": 10, "t": 36, "b": FOOT},
        title={"text": title, "font": {"size": 14}}, yaxis={"nticks": 4, "fixedrange": True},
        xaxis={"title": {"text": unit}, "fixedrange": True},
    )  # fmt: skip


def _short(name: str) -> str:
    """A name out of a file as Plotly shows it: it takes some of HTML for markup."""
    return html.escape(shortened(name, LONGEST_NAME))
