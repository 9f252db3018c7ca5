"""The gradient check as a section of the page: one button, a table with every digit."""

import streamlit as st

from rnnviz.cells import OWN, OWN_TITLE
from rnnviz.gradients.check import Checked, Row, check
from rnnviz.gradients.setup import Setup
from rnnviz.texts import N_, _

CHECKED = "the gradient check"
COUNT = 6
HOW_TO_READ = N_(
    "**How to read this.** One row per weight: dL/d(weight) from the engine's backward pass, from "
    "nudging the weight up and down (central difference), and from PyTorch. The last two columns "
    "are the errors relative to the size of the numbers: 1e-16 is the rounding of float64, and a "
    "nudge rarely does better than 1e-10."
)


def gradient_check(now: Setup) -> None:
    """Ask for a check, and show the last one with the knobs it was made at."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox(
            _("Cell to check"),
            now.cells,
            placeholder=_("Choose an option"),
            key="cell to check",
            width=220,
            format_func=_title,
        )
        asked = st.button(_("Check the gradient"), type="primary")
    if asked:
        with st.spinner(_("Waiting for PyTorch, the independent opinion: the first time 1 to 3 s")):
            st.session_state[CHECKED] = (now, name, checked(now, name))
    if CHECKED in st.session_state:
        _show(*st.session_state[CHECKED])


def checked(now: Setup, name: str) -> list[Row]:
    """The rows at these knobs; imports torch."""
    return check(Checked(now.network(name), now.x, now.judge), count=COUNT, seed=now.seed)


def _show(at: Setup, name: str, rows: list[Row]) -> None:
    st.markdown(
        _(
            "{cell}, length {length}, scale {scale}, {hidden} units, bias {bias}, input scale "
            "{input}, seed {seed}:",
            cell=_title(name),
            length=at.length,
            scale=format(at.scale, "g"),
            hidden=at.hidden,
            bias=format(at.forget_bias, "g"),
            input=format(at.input_scale, "g"),
            seed=at.seed,
        )
    )
    st.table([_shown(row) for row in rows])
    st.caption(_(HOW_TO_READ))


def _shown(row: Row) -> dict[str, str]:
    return {
        _("weight"): f"{row.entry.name.removeprefix('layers.0.')}{_index(row)}",
        _("engine"): repr(row.engine),
        _("central difference"): repr(row.difference),
        "PyTorch": repr(row.autograd),
        _("error of the nudge"): _error(row.from_difference, row),
        _("error against PyTorch"): f"{row.from_autograd:.1e}",
    }


def _title(name: str) -> str:
    return _(OWN_TITLE) if name == OWN else _(name)


def _index(row: Row) -> str:
    return f"[{', '.join(str(k + 1) for k in row.entry.at)}]"


def _error(error: float, row: Row) -> str:
    """A difference that is all rounding is said to be."""
    hidden = abs(row.engine) < 10 * row.resolution
    size = f"{error:.1e}"
    return _("{error} (rounding: L moves too little)", error=size) if hidden else size
