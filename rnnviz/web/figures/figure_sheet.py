"""What a Plotly figure is drawn on: rows over one axis of time, the light theme's colours."""

import plotly.graph_objects as go

from rnnviz.texts import _
from rnnviz.web.figures.colours import GROUND, INK, ROLES, SOFT
from rnnviz.web.parts import Part

LEFT, RIGHT, TOP, FOOT, GAP = 190, 70, 16, 84, 14


def empty(heights: list[float], steps: int, how: str) -> go.Figure:
    """Room for rows of these heights in pixels, from the top, over one axis of time."""
    inner = sum(heights) + GAP * (len(heights) - 1)
    figure = go.Figure()
    top = inner
    for row, height in enumerate(heights, 1):
        domain = [max(0.0, (top - height) / inner), top / inner]
        figure.update_layout({f"yaxis{row}": {"domain": domain, "zeroline": False}})
        top -= height + GAP
    notes = how.count("<br>") + 1
    foot = FOOT + 17 * (notes - 1)
    figure.update_layout(
        template="none",
        height=inner + TOP + foot,
        margin={"l": LEFT, "r": RIGHT, "t": TOP, "b": foot},
        font={"family": "Inter, system-ui, sans-serif", "size": 12, "color": INK},
        paper_bgcolor=GROUND,
        plot_bgcolor=GROUND,
        hoverlabel={"font": {"family": "Inter, system-ui, sans-serif"}},
        xaxis={
            "range": [0.5, steps + 0.5],
            "title": {"text": _("step"), "standoff": 6},
            "anchor": axis("y", len(heights)),
            "showgrid": False,
            "zeroline": False,
            "tickformat": "d",
        },
        legend={"x": 1.01, "y": 0, "yanchor": "bottom", "font": {"size": 13}},
        showlegend=True,
    )
    place = {"x": 0, "xref": "paper", "xanchor": "left", "y": 0, "yref": "paper", "yanchor": "top"}
    figure.add_annotation(
        place, yshift=-44, text=how, align="left", showarrow=False, font={"color": SOFT}
    )
    return figure


def label(figure: go.Figure, row: int, left: str, right: str) -> None:
    """What stands beside a row, at half its height."""
    low, high = figure.layout[f"yaxis{row}"].domain
    middle = {"y": (low + high) / 2, "yref": "paper", "xref": "paper", "showarrow": False}
    figure.add_annotation(middle, x=0, xanchor="right", xshift=-10, text=left)
    figure.add_annotation(
        middle, x=1, xanchor="left", xshift=8, text=right, font={"color": SOFT, "size": 11}
    )


def symbol_in_html(part: Part) -> str:
    """`f_t` as Plotly's HTML, in its role's colour."""
    base, _, below = part["symbol"].partition("_")
    small = f"<sub>{below}</sub>" if below else ""
    colour = ROLES[part["role"]].text
    return f'<span style="color:{colour};font-size:15px"><i>{base}</i>{small}</span>'


def axis(letter: str, row: int) -> str:
    return letter if row == 1 else f"{letter}{row}"
