"""The gallery as a page: each cell's equations, parts, paper and size, in the order of history."""

import streamlit as st

from rnnviz import notation
from rnnviz.cells import ABOUT, MENU, NamedCell, named
from rnnviz.cells.counting import count
from rnnviz.texts import _
from rnnviz.web.step.about_cells import parameters, parts_table


def show_gallery(hidden: int, inputs: int) -> None:
    """Every cell of the menu; hidden, inputs: the sizes that its parameters are counted at."""
    for name in sorted(MENU, key=lambda name: (ABOUT[name].year, name)):
        _show(named(name), hidden, inputs)


def _show(cell: NamedCell, hidden: int, inputs: int) -> None:
    about = cell.about
    st.markdown(f"### {about.year} · {_(about.title)}")
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
    )
    st.divider()
