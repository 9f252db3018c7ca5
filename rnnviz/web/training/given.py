"""In the sidebar: that a run begins at given weights, and a way to have them drawn instead."""

from collections.abc import Callable

import streamlit as st

from rnnviz.network.given import GivenWeights
from rnnviz.texts import _
from rnnviz.training.knobs.kinds import Given
from rnnviz.training.knobs.knobs import KNOBS


def given_weights(weights: GivenWeights, *, key: str, let_go: Callable[[], None]) -> None:
    """Draw it. let_go: has them drawn."""
    knob = KNOBS["weights"]
    begun = _(
        "{setting}: {count} numbers, at which the run begins.",
        setting=_(knob.label),
        count=f"{weights.count:,}",
    )
    lost = _("They are more than an address can carry: a reload of the page draws others.")
    said = begun if Given().fits_a_link(weights) else f"{begun} {lost}"
    st.caption(said, help=_(knob.help))
    st.button(_("Draw the weights instead"), key=key, on_click=let_go)
