"""The gallery as a page: each cell's equations, parts, paper and size, in the order of history."""

from fractions import Fraction

import streamlit as st

from rnnviz import notation
from rnnviz.cells import ABOUT, GALLERY, MENU, NamedCell, named
from rnnviz.cells.counting import Count, count
from rnnviz.texts import _
from rnnviz.web.step.about_cells import parts_table

LSTM = count(GALLERY["LSTM"])


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
    st.markdown(_size(count(cell.cell), hidden, inputs))
    st.caption(_("From: {paper}", paper=_(about.paper)))
    st.page_link(
        "app.py",
        label=_("Step through it: {cell}", cell=_(about.title)),
        query_params={"cell": cell.name},
    )
    st.divider()


def _size(counted: Count, hidden: int, inputs: int) -> str:
    """The number of parameters, as a formula and as a number, and beside an LSTM's."""
    total = counted.of(hidden, inputs)
    number = _(
        "Parameters: {formula} = {count}",
        formula=f"${counted.formula('latex')}$",
        count=f"{total:,}",
    )
    share = counted.share_of(LSTM)
    if share == 1:
        return number
    if share is not None:
        beside = _("{share} of an LSTM's, at any size.", share=_as_text(share))
    else:
        percent = f"{total / LSTM.of(hidden, inputs):.0%}"
        beside = _("{percent} of an LSTM's, at these sizes.", percent=percent)
    return f"{number}. {beside}"


def _as_text(share: Fraction) -> str:
    return f"{share.numerator}/{share.denominator}"
