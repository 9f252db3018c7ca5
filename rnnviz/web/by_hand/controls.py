"""The By hand page's sidebar: which cell, how large, what it begins with."""

from dataclasses import asdict, replace
from typing import NamedTuple

import streamlit as st

from rnnviz.cells import ABOUT, OWN
from rnnviz.challenges import CHALLENGES
from rnnviz.scenes.by_hand import BIFURCATION, BY_HAND, ByHandSettings
from rnnviz.web.controls import Panel, put, segmented, slider
from rnnviz.web.equations import equations_box

PANEL = "by hand"
LAST = "the last equations of the By hand page that were a cell"


class Chosen(NamedTuple):
    """settings: what is to be shown. query: what the address is to say, a cell or not."""

    settings: ByHandSettings
    query: dict[str, str]


def choose() -> Chosen:
    """Draw the sidebar, and read it. A text that is no cell leaves what is shown as it was."""
    panel = Panel(PANEL, BY_HAND)
    with st.sidebar:
        if panel.draw("challenge"):
            return Chosen(ByHandSettings(**panel.chosen), panel.query())
        equations = _cell(panel)
        for name in ("units", "inputs", "outputs"):
            panel.draw(name, look=slider)
        panel.draw("length")
        if panel.draw("begin") == "drawn":
            panel.draw("seed")
        panel.draw("loss", look=segmented)
    settings = ByHandSettings(**panel.chosen)
    return Chosen(replace(settings, equations=equations), panel.query())


def open_challenge(key: str) -> None:
    """Choose a challenge, as the sidebar does; one that there is not is none."""
    put(PANEL, {"challenge": key if key in CHALLENGES else ""})


def open_bifurcation() -> None:
    """Choose, in the sidebar, one unit at its bifurcation."""
    put(PANEL, asdict(BIFURCATION))


def _cell(panel: Panel) -> str:
    """The equations of a cell: those typed, or of them the last that were one."""
    if panel.draw("cell") != OWN:
        return ""
    if equations_box(panel):
        st.session_state[LAST] = panel.chosen["equations"]
    return str(st.session_state.get(LAST, ABOUT[BY_HAND["cell"].default].equations))
