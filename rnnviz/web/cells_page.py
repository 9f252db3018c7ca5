"""The gallery as a page: each cell's equations, parts, paper and size, in the order of history."""

import re

import streamlit as st

from rnnviz import notation
from rnnviz.cells import ABOUT, MENU, NamedCell, named
from rnnviz.cells.counting import count
from rnnviz.texts import _
from rnnviz.web.gates_table import GATES, show_gates
from rnnviz.web.step.about_cells import parameters, parts_table

LOOK = """<style>
.stMainBlockContainer .katex-display { margin: 0.3rem 0; padding: 0 0.2rem; text-align: left; }
.stMainBlockContainer .katex-display > .katex { text-align: left; }
.stMainBlockContainer .stMarkdown > div:has(.katex-display) { margin-left: 0; }
.stMainBlockContainer table { width: 100%; font-size: 0.9rem; }
.stMainBlockContainer td:first-child, .stMainBlockContainer td:nth-child(2) { white-space: nowrap; }
.stMainBlockContainer hr { margin: 0.4rem 0; }
</style>"""


def show_gallery(hidden: int, inputs: int) -> None:
    """Every cell of the menu; hidden, inputs: the sizes that its parameters are counted at."""
    st.html(LOOK)
    names = sorted(MENU, key=lambda name: (ABOUT[name].year, name))
    st.markdown(" · ".join(f"[{_(ABOUT[name].title)}](#{_anchor(name)})" for name in names))
    st.caption(f"[{_(GATES)}](#gates)")
    for name in names:
        st.divider()
        _show(named(name), hidden, inputs)
    st.divider()
    show_gates()


def _anchor(name: str) -> str:
    """Where a cell stands on the page, as an address says it: `gru-pytorch`."""
    return "-".join(re.findall(r"[a-z0-9]+", name.lower()))


def _show(cell: NamedCell, hidden: int, inputs: int) -> None:
    about = cell.about
    st.subheader(f"{about.year} · {_(about.title)}", anchor=_anchor(cell.name))
    st.markdown(_(about.changed))
    left, right = st.columns([5, 6], gap="large")
    with left:
        st.latex(notation.latex(cell.cell))
    with right:
        st.markdown(parts_table(cell, with_aliases=False))
    st.markdown(parameters(count(cell.cell), hidden, inputs))
    st.caption(_("From: {paper}", paper=_(about.paper)))
    st.page_link(
        "app.py",
        label=_("Step through it: {cell}", cell=_(about.title)),
        query_params={"cell": cell.name},
        icon=":material/arrow_forward:",
    )
