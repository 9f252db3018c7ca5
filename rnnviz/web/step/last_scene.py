"""What the Step page showed last in this session, for the pages that look at it in another way."""

import streamlit as st

from rnnviz.scenes.scene import Scene, scene
from rnnviz.settings import StepSettings

LAST = "the last scene that could be computed"


def last_scene() -> Scene:
    """The Step page's network and sequence; its first screen's, if it was not visited yet."""
    found = st.session_state.get(LAST)
    return found[0] if found else _first()


@st.cache_resource(show_spinner=False)
def _first() -> Scene:
    return scene(StepSettings())
