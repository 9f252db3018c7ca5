"""The gradient check as a section of the page: one button, a table with every digit."""

import streamlit as st

from rnnviz.cells import OWN, OWN_TITLE
from rnnviz.gradients.check import Checked, Row, check
from rnnviz.gradients.experiment import Experiment

CHECKED = "the gradient check"
COUNT = 6
HOW_TO_READ = (
    "**How to read this.** One line a number of the network: its derivative from the engine's "
    "backward pass, from nudging that number up and down, and from PyTorch. The last two columns "
    "say how far the others are from the engine, relative to their size: about 1e-16 is the last "
    "digit of float64; a difference cannot do better than about 1e-10. :green-badge[computed now]"
)


def gradient_check(now: Experiment) -> None:
    """Ask for a check, and show the last one with the knobs it was made at."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox(
            "Cell to check", now.cells, key="cell to check", width=220, format_func=_title
        )
        asked = st.button("Check the gradient", type="primary")
    if asked:
        with st.spinner("Waiting for PyTorch, the independent opinion: the first time 1 to 3 s"):
            st.session_state[CHECKED] = (now, name, checked(now, name))
    if CHECKED in st.session_state:
        _show(*st.session_state[CHECKED])


def checked(now: Experiment, name: str) -> list[Row]:
    """The rows at these knobs; imports torch."""
    return check(Checked(now.network(name), now.x, now.judge), count=COUNT, seed=now.seed)


def _show(at: Experiment, name: str, rows: list[Row]) -> None:
    st.markdown(
        f"{_title(name)}, length {at.length}, scale {at.scale:g}, {at.hidden} units, "
        f"bias {at.forget_bias:g}, input scale {at.input_scale:g}, seed {at.seed}:"
    )
    st.table(
        [
            {
                "number": f"{row.entry.name.removeprefix('layers.0.')}{_index(row)}",
                "engine": repr(row.engine),
                "central difference": repr(row.difference),
                "PyTorch": repr(row.autograd),
                "off, difference": _error(row.from_difference, row),
                "off, PyTorch": f"{row.from_autograd:.1e}",
            }
            for row in rows
        ]
    )
    st.caption(HOW_TO_READ)


def _title(name: str) -> str:
    return OWN_TITLE if name == OWN else name


def _index(row: Row) -> str:
    return f"[{', '.join(str(k + 1) for k in row.entry.at)}]"


def _error(error: float, row: Row) -> str:
    """A difference that is all rounding is said to be."""
    hidden = abs(row.engine) < 10 * row.resolution
    return f"{error:.1e} (rounding: L moves too little)" if hidden else f"{error:.1e}"
