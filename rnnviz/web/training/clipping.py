"""Clipping as one control: by what, and the threshold where there is one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from rnnviz.texts import N_, _
from rnnviz.training.knobs.clipping import AT_FIRST, CLIPPING, KNOB_OF, Clipping
from rnnviz.training.knobs.knobs import KNOBS
from rnnviz.web.controls import draw, segmented


def clipping(now: Clipping, *, key: str, turn: Callable[[dict[str, Any]], None]) -> None:
    """Draw it.

    Args:
        now: what it begins with.
        key: how its widgets' keys begin.
        turn: is given both knobs as they have to be, where it was changed.
    """

    def change() -> None:
        kind = st.session_state[key]
        limit = None if kind == "none" else st.session_state.get(f"{key} at") or AT_FIRST
        turn(Clipping(kind, limit).knobs)

    helps = " ".join(_(KNOBS[name].help) for name in KNOB_OF.values())
    kind = draw(CLIPPING, now.kind, key=key, look=segmented, help=helps, on_change=change)
    if kind in KNOB_OF:
        threshold = replace(KNOBS[KNOB_OF[kind]], label=N_("Threshold"), optional=False)
        draw(threshold, now.threshold or AT_FIRST, key=f"{key} at", on_change=change)
